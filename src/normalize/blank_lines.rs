//! Repeated blank lines. Text in and out; of several blank lines one stays. A
//! line of blanks only is blank.

use super::Changed;
use super::trailing_blanks::{is_blank, lines};
use super::writer::joined;

pub(super) const NAME: &str = "blank-lines";

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    let mut blank_before = false;
    let mut lines = lines(text).peekable();
    while let Some((start, line)) = lines.next() {
        let blank = line.chars().all(is_blank);
        // What comes after the last line break is no line that repeats.
        if let Some((next, _)) = lines.peek()
            && blank
            && blank_before
        {
            writer.remove(start..*next);
        }
        blank_before = blank;
    }
    writer.finish()
}
