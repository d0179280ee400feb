//! Blanks at the ends of lines. Text in and out; blanks and tabs, no-break and
//! ideographic spaces before a line break or at the end go. Not part of what
//! `clean` does: in Markdown two blanks there are a line break.

use super::Changed;
use super::writer::joined;
use memchr::memchr_iter;

pub(super) const NAME: &str = "trailing-blanks";

pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{A0}' | '\u{3000}')
}

/// The lines of a text with where each begins, without their LF or CR LF.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = memchr_iter(b'\n', text.as_bytes()).chain(std::iter::once(text.len()));
    ends.scan(0, |start, end| {
        let line = text.get(*start..end)?;
        let at = std::mem::replace(start, end + 1);
        Some((at, line.strip_suffix('\r').unwrap_or(line)))
    })
}

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    for (start, line) in lines(text) {
        let kept = line.trim_end_matches(is_blank).len();
        if kept < line.len() {
            writer.remove(start + kept..start + line.len());
        }
    }
    writer.finish()
}
