//! Pinyin left behind by a converter: `網(wǎng)`, `區(qū)`.
//!
//! Some pages were turned from Simplified to Traditional by a converter that wrote
//! the reading of certain characters behind them. That is damage. A reader for
//! children, a dictionary and a note such as `机 (jī)` carry readings rightly. The
//! two differ in what is annotated: the converter annotates characters that it
//! converted, each time that they occur, in running text; people annotate what is
//! hard to read, once, or everything.
//!
//! In comes a text; out comes where its residue is, if it is residue, and which
//! characters the page annotates, so that the repair of text out of step can read
//! what is left of a damaged annotation.

use super::readings::Syllable;
use super::{Config, convert};
use std::collections::HashMap;
use std::ops::Range;

/// A reading in parentheses behind a character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// The annotated character.
    pub character: char,
    /// The parentheses and what is between them, in bytes of the text.
    pub span: Range<usize>,
    /// Whether a Han character follows at once.
    pub runs_on: bool,
}

/// Bits of evidence at which annotations are residue.
const RESIDUE: i32 = 4;

/// The annotations of a text, if they are what a converter left.
pub fn residue(text: &str) -> Option<Vec<Annotation>> {
    let annotations = annotations(text);
    if annotations.is_empty() {
        return None;
    }
    let mut annotated: HashMap<char, (i32, i32)> = HashMap::new();
    for annotation in &annotations {
        annotated.entry(annotation.character).or_default().0 += 1;
    }
    let mut han = 0;
    for c in text.chars().filter(|&c| is_han(c)) {
        han += 1;
        if let Some((_, all)) = annotated.get_mut(&c) {
            *all += 1;
        }
    }
    // A reader annotates all it can; a converter some of what it converted.
    if annotations.len() * 2 > han && han > 3 {
        return None;
    }
    let evidence: i32 = annotations
        .iter()
        .map(|annotation| {
            let (count, all) = annotated.get(&annotation.character).copied().unwrap_or((1, 1));
            let converted = if is_converted(annotation.character) { 3 } else { -3 };
            let always = if count == all { 1 } else { -2 * (all - count).min(3) / count.max(1) };
            let running = if annotation.runs_on { 1 } else { 0 };
            converted + always + running
        })
        .sum();
    (evidence >= RESIDUE).then_some(annotations)
}

/// Whether the character is one that a converter from Simplified writes.
fn is_converted(c: char) -> bool {
    let mut buffer = [0; 4];
    let text: &str = c.encode_utf8(&mut buffer);
    convert(Config::T2s, text) != text
}

/// Every `X(reading)` whose reading is one of `X`.
fn annotations(text: &str) -> Vec<Annotation> {
    memchr::memchr_iter(b'(', text.as_bytes())
        .filter_map(|open| {
            let character = text.get(..open)?.chars().next_back().filter(|&c| is_han(c))?;
            let inside = text.get(open + 1..)?;
            let pinyin = syllable(inside)?;
            let end = open + 1 + pinyin.len();
            if text.as_bytes().get(end) != Some(&b')') || !has_reading(character, pinyin) {
                return None;
            }
            let runs_on = text.get(end + 1..)?.chars().next().is_some_and(is_han);
            Some(Annotation { character, span: open..end + 1, runs_on })
        })
        .collect()
}

/// The letters of a pinyin syllable that a text begins with.
pub fn syllable(text: &str) -> Option<&str> {
    // No syllable has more than six letters, of two bytes at most each.
    let end = text
        .char_indices()
        .take(8)
        .find(|&(_, c)| !is_pinyin_letter(c))
        .map_or(text.len().min(12), |(at, _)| at);
    text.get(..end).filter(|letters| !letters.is_empty() && letters.chars().count() <= 6)
}

fn is_pinyin_letter(c: char) -> bool {
    c.is_ascii_lowercase()
        || matches!(
            c,
            'ā' | 'á'
                | 'ǎ'
                | 'à'
                | 'ē'
                | 'é'
                | 'ě'
                | 'è'
                | 'ī'
                | 'í'
                | 'ǐ'
                | 'ì'
                | 'ō'
                | 'ó'
                | 'ǒ'
                | 'ò'
                | 'ū'
                | 'ú'
                | 'ǔ'
                | 'ù'
                | 'ü'
                | 'ǖ'
                | 'ǘ'
                | 'ǚ'
                | 'ǜ'
                | 'ń'
                | 'ň'
                | 'ǹ'
                | 'ḿ'
        )
}

/// Whether `pinyin` is a reading of `c`; without a tone, any.
pub fn has_reading(c: char, pinyin: &str) -> bool {
    Syllable::new(pinyin).is_some_and(|syllable| syllable.reads(c))
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_converters_residue_is_found() {
        let text = "這個網(wǎng)站介紹本區(qū)的農(nóng)業(yè)發(fā)展。";
        let found = residue(text).expect("residue");
        let characters: String = found.iter().map(|a| a.character).collect();
        assert_eq!(characters, "網區農業發");
    }

    #[test]
    fn rightful_readings_are_left() {
        for text in [
            "“囧”字读作囧(jiǒng)，很有意思。",
            "我(wǒ)们(men)学(xué)习(xí)中(zhōng)文(wén)。",
            "機 (jī) 是一個字。",
            "no Han (at all) here",
            "網(站)",
        ] {
            assert_eq!(residue(text), None, "{text}");
        }
    }
}
