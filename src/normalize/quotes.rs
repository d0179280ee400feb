//! Curly quotes. Text in and out; the quotation marks U+2018 to U+201F become `'`
//! and `"`. Never part of what `clean` does: in Chinese and in careful typography
//! the curly ones are the right ones.

use super::Changed;
use super::writer::replace_beyond_ascii;

pub(super) const NAME: &str = "quotes";

pub(super) fn apply(text: &str) -> Changed<'_> {
    replace_beyond_ascii(text, NAME, |c| match c {
        '\u{2018}'..='\u{201B}' => Some('\''),
        '\u{201C}'..='\u{201F}' => Some('"'),
        _ => None,
    })
}
