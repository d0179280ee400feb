//! Pinyin that a converter wrote behind a character, met in text out of step.
//!
//! The converter replaced byte pairs without minding where characters begin, so an
//! annotation may stand behind half a character, and its opening parenthesis may
//! have been taken for a trail byte: then `?lián)` is all that is left of it. The
//! reading tells which bytes stood before it.

use crate::charset::{Charset, Next};

/// What is left of an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Characters that it takes up.
    pub length: usize,
    /// The reading.
    pub pinyin: String,
    /// Whether a lead byte and the parenthesis have become one question mark.
    pub headless: bool,
}

/// The annotation that begins at `text`, if one does.
pub fn note(text: &str) -> Option<Note> {
    let first = text.chars().next()?;
    let headless = match first {
        '(' => false,
        '?' | '\u{FFFD}' => true,
        _ => return None,
    };
    // A reading that a converter wrote has its tone.
    let pinyin = toned_syllable(text.get(first.len_utf8()..)?)?;
    let end = first.len_utf8() + pinyin.len();
    (text.as_bytes().get(end) == Some(&b')')).then(|| Note {
        length: pinyin.chars().count() + 2,
        pinyin: pinyin.to_owned(),
        headless,
    })
}

/// The bytes that may follow `last` so that both are the character annotated.
pub fn trail_bytes(charset: Charset, last: u8, pinyin: &str) -> Vec<u8> {
    (0x40..=0xFE)
        .filter(|&trail| match charset.decode_next(&[last, trail]) {
            Next::Char(c, 2) => has_reading(c, pinyin),
            _ => false,
        })
        .collect()
}

#[cfg(feature = "chinese")]
pub use crate::chinese::residue::{has_reading, toned_syllable};

/// Without the table of readings there are no annotations.
#[cfg(not(feature = "chinese"))]
fn toned_syllable(_text: &str) -> Option<&str> {
    None
}

#[cfg(not(feature = "chinese"))]
pub fn has_reading(_c: char, _pinyin: &str) -> bool {
    false
}
