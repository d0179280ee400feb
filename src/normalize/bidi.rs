//! Bidirectional controls, which can make a reader see another text than a
//! program does. Text in and out; the embeddings, overrides and isolates (U+202A to
//! U+202E, U+2066 to U+2069) and the marks (U+200E, U+200F, U+061C) go.
//!
//! In a line with letters written from right to left they mend the order, as
//! Hebrew catalogues of messages do: there only the overrides U+202D and U+202E
//! go, with the U+202C that ends each, and a U+202C or U+2069 that ends nothing.

use super::Changed;
use super::trailing_blanks::lines;
use super::writer::{beyond_ascii, joined};
use crate::text::characters::is_right_to_left;

pub(super) const NAME: &str = "bidi-controls";

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    for (start, line) in lines(text) {
        let mut controls = beyond_ascii(line).filter(|(_, c)| is_control(*c)).peekable();
        if controls.peek().is_none() {
            continue;
        }
        let mends = line.chars().any(is_right_to_left);
        // Of each embedding that is open, whether it stays.
        let mut open: Vec<bool> = Vec::new();
        for (at, c) in controls {
            let stays = mends
                && match c {
                    '\u{202C}' | '\u{2069}' => open.pop().unwrap_or(false),
                    '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2068}' => {
                        let stays = !matches!(c, '\u{202D}' | '\u{202E}');
                        open.push(stays);
                        stays
                    }
                    _ => true,
                };
            if !stays {
                writer.remove(start + at..start + at + c.len_utf8());
            }
        }
    }
    writer.finish()
}

pub(super) fn is_control(c: char) -> bool {
    matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}'
        | '\u{2066}'..='\u{2069}')
}
