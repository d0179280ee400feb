//! Bidirectional controls, which can make a reader see another text than a
//! program does. Text in and out; embeddings, overrides and isolates go (U+202A to
//! U+202E, U+2066 to U+2069), and so do the marks U+200E, U+200F and U+061C, except
//! in a line with letters written from right to left, whose order they mend.

use super::Changed;
use super::scripts::is_right_to_left;
use super::trailing_blanks::lines;
use super::writer::{Writer, beyond_ascii};

pub(super) const NAME: &str = "bidi-controls";

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = Writer::new(text, NAME);
    for (start, line) in lines(text) {
        let mut controls = beyond_ascii(line).filter(|(_, c)| is_mark(*c) || is_embedding(*c));
        let Some(first) = controls.next() else { continue };
        let keep_marks = line.chars().any(is_right_to_left);
        for (at, c) in std::iter::once(first).chain(controls) {
            if is_embedding(c) || !keep_marks {
                writer.remove(start + at..start + at + c.len_utf8());
            }
        }
    }
    writer.finish()
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}')
}

fn is_embedding(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
