//! Mojibake whose letters were changed: transliterated to ASCII, or put into lower case.

use super::spans::{Choice, Span, settle};
use crate::channel::Misreading;
use crate::charset::Charset;
use crate::text::characters::is_text;
use std::borrow::Cow;
use std::sync::OnceLock;

/// What the commonest mojibake of all, that of punctuation, is transliterated to: no
/// language has it.
pub(super) const TELL_TALE: &str = "aEUR";

/// Transliterations of what windows-1252 has beyond ASCII, as the usual tables have them
/// (Unidecode, iconv, ICU); letters lose their marks.
const SIGNS: [(char, &str); 40] = [
    ('€', "EUR"),
    ('‚', ","),
    ('ƒ', "f"),
    ('„', "\""),
    ('…', "..."),
    ('†', "+"),
    ('‡', "++"),
    ('ˆ', "^"),
    ('‰', "%o"),
    ('‹', "<"),
    ('›', ">"),
    ('‘', "'"),
    ('’', "'"),
    ('“', "\""),
    ('”', "\""),
    ('•', "*"),
    ('–', "-"),
    ('—', "-"),
    ('˜', "~"),
    ('™', "(tm)"),
    ('Œ', "OE"),
    ('œ', "oe"),
    ('\u{A0}', " "),
    ('¡', "!"),
    ('¦', "|"),
    ('©', "(c)"),
    ('ª', "a"),
    ('«', "<<"),
    ('»', ">>"),
    ('¬', "!"),
    ('\u{AD}', ""),
    ('®', "(r)"),
    ('¯', "-"),
    ('°', "deg"),
    ('±', "+/-"),
    ('´', "'"),
    ('·', "*"),
    ('¿', "?"),
    ('Æ', "AE"),
    ('ß', "ss"),
];

/// The transliteration of a text in windows-1252.
pub(super) fn flatten(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match SIGNS.iter().find(|row| row.0 == c) {
            Some((_, ascii)) => out.push_str(ascii),
            None if c.is_ascii() => out.push(c),
            // The letter without its marks; C1 controls and other signs have none.
            None => unicode_normalization::char::decompose_canonical(c, |part| {
                if part.is_ascii() {
                    out.push(part);
                }
            }),
        }
    }
    out
}

/// The characters that are looked for.
const MEANT: &str = "–—‘’‚“”„†•…‹›€™àáâãäåæçèéêëìíîïñòóôõöøùúûüýÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝ©®«»°";
/// Signs that are seldom in text where mojibake is not: a sequence must have one to be told.
const TOLD_BY: [&str; 4] = ["EUR", "(tm)", "(c)", "(r)"];

/// What a flattened sequence may stand for, the longest sequences first.
fn sequences() -> &'static [(String, Vec<String>)] {
    static ALL: OnceLock<Vec<(String, Vec<String>)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let misreading = Misreading { written: Charset::UTF_8, read: Charset::WINDOWS_1252 };
        let mut all: Vec<(String, Vec<String>)> = Vec::new();
        for c in MEANT.chars() {
            let Some(seen) = misreading.garble(c.encode_utf8(&mut [0; 4])) else { continue };
            let flat = flatten(&seen);
            // A letter that was put into lower case with the text around it.
            for flat in [flat.replace('A', "a"), flat] {
                if !TOLD_BY.iter().any(|sign| flat.contains(sign)) {
                    continue;
                }
                match all.iter_mut().find(|row| row.0 == flat) {
                    Some((_, meant)) if meant.iter().any(|m| m.starts_with(c)) => {}
                    Some((_, meant)) => meant.push(c.to_string()),
                    None => all.push((flat, vec![c.to_string()])),
                }
            }
        }
        all.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.0.cmp(&b.0)));
        all
    })
}

/// Sequences that are flattened mojibake. One that code has too, `a(c)`, counts only
/// beside one that nothing else has.
pub(super) fn flattened(misreading: Misreading, text: &str) -> Vec<Span> {
    let mut choices: Vec<Choice> = Vec::new();
    if misreading.read != Charset::WINDOWS_1252 || !text.contains(TELL_TALE) {
        return Vec::new();
    }
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        match sequences().iter().find(|(flat, _)| rest.starts_with(flat.as_str())) {
            Some((flat, meant)) => {
                choices.push(Choice { source: at..at + flat.len(), texts: meant.into() });
                at += flat.len();
            }
            None => at += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    settle(text, &choices)
}

/// UTF-8 sequences of which some characters are the lower case of what was there.
pub(super) fn lower_case(misreading: Misreading, text: &str) -> Vec<Span> {
    if text.chars().any(|c| !c.is_ascii() && c.is_uppercase()) {
        return Vec::new();
    }
    // The byte of a character, and that of its capital.
    let byte = |c: char| match misreading.read.encode_char(c).as_deref() {
        Some(&[byte]) if byte >= 0x80 => Some(byte),
        _ => None,
    };
    let ways = |c: char| {
        let mut upper = c.to_uppercase();
        let upper = upper.next().filter(|&u| upper.next().is_none() && u != c);
        [byte(c), upper.and_then(byte)].into_iter().flatten()
    };
    let mut choices = Vec::new();
    let mut raised = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(c) = rest.chars().next() else { break };
        let mut choice = Choice { source: at..at + c.len_utf8(), texts: Cow::default() };
        for lead in ways(c) {
            let wanted = match lead {
                0xC2..=0xDF => 1,
                0xE0..=0xEF => 2,
                0xF0..=0xF4 => 3,
                _ => continue,
            };
            let mut all = vec![vec![lead]];
            let mut end = choice.source.end;
            for c in rest.chars().skip(1).take(wanted) {
                end += c.len_utf8();
                let longer =
                    |bytes: Vec<u8>| ways(c).map(move |b| [bytes.as_slice(), &[b]].concat());
                all = all.into_iter().flat_map(longer).collect();
            }
            let texts = all.into_iter().filter_map(|bytes| String::from_utf8(bytes).ok());
            let texts: Vec<String> =
                texts.filter(|t| t.chars().count() == 1 && t.chars().all(is_text)).collect();
            if !texts.is_empty() {
                raised += usize::from(byte(c) != Some(lead));
                choice = Choice { source: at..end, texts: texts.into() };
                break;
            }
        }
        at = choice.source.end;
        if !choice.texts.is_empty() {
            choices.push(choice);
        }
    }
    // A text of which most sequences are whole lost a byte here and there.
    if raised > 0 && 2 * raised >= choices.len() { settle(text, &choices) } else { Vec::new() }
}

/// Words that make better text when read on their own.
pub(super) fn words(misreading: Misreading, text: &str) -> Vec<Span> {
    let mut choices = Vec::new();
    let mut at = 0;
    for word in text.split(|c: char| !c.is_alphabetic()) {
        let source = at..at + word.len();
        at += word.len();
        at += text.get(at..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
        if word.is_ascii() {
            continue;
        }
        // A code with fewer characters than bytes: as many are no evidence.
        if let Some(meant) = misreading.undo(word)
            && meant.chars().count() < word.chars().count()
        {
            choices.push(Choice { source, texts: vec![word.to_owned(), meant].into() });
        }
    }
    let mut spans = settle(text, &choices);
    spans.retain(|span| text.get(span.source.clone()) != Some(span.meant.as_str()));
    spans
}
