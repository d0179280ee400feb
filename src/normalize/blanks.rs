//! Blanks of other widths. Text in and out; the no-break space, the spaces U+2000
//! to U+200A, U+202F and U+205F become a plain blank. The ideographic space stays:
//! in Chinese and Japanese it indents.

use super::Changed;
use super::writer::replace_beyond_ascii;

pub(super) const NAME: &str = "blanks";

pub(super) fn apply(text: &str) -> Changed<'_> {
    replace_beyond_ascii(text, NAME, |c| match c {
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' => Some(' '),
        _ => None,
    })
}
