//! Ligatures that typesetting left in the text. Text in and out; the Latin and
//! Armenian ligatures of the block Alphabetic Presentation Forms (`ﬁ`, `ﬄ`, `ﬓ`)
//! become the letters that they are made of. Letters such as `æ`, `œ`, `ĳ` stay:
//! they are spelling, not typesetting.

use super::Changed;
use super::writer::{beyond_ascii, joined};
use unicode_normalization::char::decompose_compatible;

pub(super) const NAME: &str = "ligatures";

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    for (at, c) in beyond_ascii(text) {
        if matches!(c, '\u{FB00}'..='\u{FB06}' | '\u{FB13}'..='\u{FB17}') {
            let mut letters = String::new();
            decompose_compatible(c, |letter| letters.push(letter));
            writer.replace(at..at + c.len_utf8(), &letters);
        }
    }
    writer.finish()
}
