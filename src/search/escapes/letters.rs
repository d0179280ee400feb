//! Mojibake whose letters were changed: transliterated to ASCII, or put into lower case.

use super::{Span, choose};
use crate::charset::Charset;
use crate::search::chain::Misreading;
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
    let mut spans: Vec<Span> = Vec::new();
    if misreading.read != Charset::WINDOWS_1252 || !text.contains(TELL_TALE) {
        return spans;
    }
    let mut done = String::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let found = sequences().iter().find(|(flat, _)| rest.starts_with(flat.as_str()));
        if let Some((flat, meant)) = found
            && let Some(best) = choose(&done, meant, rest.get(flat.len()..).unwrap_or_default())
        {
            done.push_str(best);
            spans.push(Span { source: at..at + flat.len(), meant: best.clone() });
            at += flat.len();
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        done.push(c);
        at += c.len_utf8();
    }
    spans
}

/// UTF-8 sequences of which some characters are the lower case of what was there.
pub(super) fn lower_case(misreading: Misreading, text: &str) -> Vec<Span> {
    let byte = |c: char| match misreading.read.encode_char(c).as_deref() {
        Some(&[byte]) if byte >= 0x80 => Some(byte),
        _ => None,
    };
    let upper = |c: char| {
        let mut all = c.to_uppercase();
        all.next().filter(|&u| all.next().is_none() && u != c).and_then(byte)
    };
    let mut spans = Vec::new();
    if text.chars().any(|c| !c.is_ascii() && c.is_uppercase()) {
        return spans;
    }
    let mut changed = false;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let Some(c) = rest.chars().next() else { break };
        let end = at + c.len_utf8();
        // The lead byte as it stands, or of the capital; then its continuation.
        let ways = [byte(c).map(|b| (b, false)), upper(c).map(|b| (b, true))];
        let sequence = ways.into_iter().flatten().find_map(|(lead, raised)| {
            let wanted = match lead {
                0xC2..=0xDF => 1,
                0xE0..=0xEF => 2,
                0xF0..=0xF4 => 3,
                _ => return None,
            };
            let mut bytes = vec![lead];
            let mut raised = raised;
            let mut end = end;
            for c in text.get(end..)?.chars().take(wanted) {
                let continuation = |b: &u8| (0x80..0xC0).contains(b);
                let as_is = byte(c).filter(continuation);
                raised |= as_is.is_none();
                bytes.push(as_is.or_else(|| upper(c).filter(continuation))?);
                end += c.len_utf8();
            }
            let meant = str::from_utf8(&bytes).ok()?.to_owned();
            Some((end, raised, meant))
        });
        at = match sequence {
            Some((end, raised, meant)) => {
                changed |= raised;
                spans.push(Span { source: at..end, meant });
                end
            }
            None => end,
        };
    }
    if changed { spans } else { Vec::new() }
}
