//! The lines of a text, long ones in pieces.
//!
//! In comes a text, out come its lines, each with its place and what bytes stand in it, or the
//! place of many together in which nothing can be wrong.

use crate::text::marks::{Marks, plain_lines};
use std::ops::Range;

/// Bytes of a line that are searched in one piece.
pub(crate) const PIECE: usize = 4096;

/// A line of a text, without its end, or a piece of a long one.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) range: Range<usize>,
    pub(crate) marks: Marks,
}

/// The lines of a text, long ones in pieces.
pub(crate) struct Lines<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Lines<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Lines { text, at: 0 }
    }

    /// Passes some of the next lines, as far as nothing can be wrong in them; they come without
    /// the end of the last.
    pub(crate) fn pass_plain(&mut self) -> Option<Range<usize>> {
        let plain = Some(plain_lines(self.near())).filter(|&plain| plain > 0)?;
        let start = self.at;
        self.at += plain;
        Some(start..self.at - 1)
    }

    /// What comes next, no further than a piece goes: of one giant line, each piece would look
    /// through all that comes after it.
    fn near(&self) -> &'t [u8] {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        rest.get(..PIECE + 1).unwrap_or(rest)
    }
}

impl Iterator for Lines<'_> {
    type Item = Line;

    fn next(&mut self) -> Option<Line> {
        let rest = self.text.get(self.at..).filter(|rest| !rest.is_empty())?;
        let (mut marks, mut length) = Marks::of_line(self.near());
        let mut end = 1;
        if length > PIECE {
            (length, end) = (piece(rest), 0);
            marks = Marks::of(rest.get(..length).unwrap_or_default());
        }
        let range = self.at..self.at + length;
        // Behind the last line there may be no end.
        self.at = (range.end + end).min(self.text.len());
        Some(Line { range, marks })
    }
}

/// Where to cut a long line, not in its first half: behind its last blank, else behind its last
/// character of ASCII, which may be inside a word but in no garbled character, else anywhere.
fn piece(line: &str) -> usize {
    let mut end = PIECE;
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let head = line.get(..end).unwrap_or(line);
    let late = |at: &usize| *at > PIECE / 2;
    let blank = head.rfind([' ', '\t']).filter(late);
    let ascii = || head.rfind(|c: char| c.is_ascii()).filter(late);
    blank.or_else(ascii).map_or(end, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines one by one, and how they come where plain ones are passed.
    fn both(text: &str) -> [Vec<Range<usize>>; 2] {
        let mut lines = Lines::new(text);
        let mut passed = Vec::new();
        loop {
            passed.extend(lines.pass_plain());
            let Some(line) = lines.next() else { break };
            passed.push(line.range);
        }
        [Lines::new(text).map(|line| line.range).collect(), passed]
    }

    #[test]
    fn lines_that_are_passed_are_whole_and_the_others_the_same() {
        let plain = "what anybody may write\n".repeat(300);
        let long = "long ".repeat(PIECE);
        for text in [
            plain.clone(),
            format!("{plain}é\n{plain}&amp;\n{plain}"),
            format!("{long}\n{plain}{long}é{long}\n{plain}"),
            "one\n\n".to_owned(),
            String::new(),
        ] {
            let [all, passed] = both(&text);
            assert!(passed.len() < all.len() || all.len() < 3, "nothing is passed");
            let mut covered = 0;
            for stretch in &passed {
                assert!(stretch.start == covered || text.as_bytes()[covered] == b'\n');
                covered = stretch.end;
                let inside =
                    all.iter().filter(|l| l.start >= stretch.start && l.end <= stretch.end);
                let length: usize = inside.map(|line| line.len() + 1).sum();
                assert_eq!(length, stretch.len() + 1, "whole lines");
            }
        }
    }
}
