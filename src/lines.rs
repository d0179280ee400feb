//! The lines of a text, long ones in pieces.
//!
//! In comes a text, out come the places of its lines, one by one, or of many together in which
//! nothing can be wrong.

use crate::marks::plain_lines;
use std::ops::Range;

/// Bytes of a line that are searched in one piece.
const PIECE: usize = 4096;

/// The lines of a text without their ends, long ones in pieces.
pub(crate) struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Lines { text, at: 0 }
    }

    /// Passes the next lines as far as nothing can be wrong in them; they come without the end
    /// of the last.
    pub(crate) fn pass_plain(&mut self) -> Option<Range<usize>> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let plain = Some(plain_lines(rest)).filter(|&plain| plain > 0)?;
        let start = self.at;
        self.at += plain;
        Some(start..self.at - 1)
    }
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        // No further than a piece goes: of one giant line, each piece would look through
        // all that comes after it.
        let near = rest.as_bytes().get(..PIECE + 1).unwrap_or(rest.as_bytes());
        let (length, end) = match memchr::memchr(b'\n', near) {
            Some(length) => (length, 1),
            None if near.len() > PIECE => (piece(rest), 0),
            None => (rest.len(), 0),
        };
        let start = self.at;
        self.at += length + end;
        Some(start..start + length)
    }
}

/// Where to cut a long line: behind its last blank, else before a character that is
/// not in the middle of others, else anywhere.
fn piece(line: &str) -> usize {
    let mut end = PIECE;
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let head = line.get(..end).unwrap_or(line);
    match head.rfind([' ', '\t']).or_else(|| head.rfind(|c: char| c.is_ascii())) {
        Some(at) if at > PIECE / 2 => at + 1,
        _ => end,
    }
}
