//! Frames and trees, whose lines meet.
//!
//! To a model of language each `─` of a frame is a rare event, and DOS drew many. In goes a text,
//! character by character; out comes whether one goes on with a line of a drawing, from the left
//! or from above. In text of another charset signs stand beside each other by chance.

use crate::model::{goes_down, is_box, is_drawn};

/// The drawing so far.
#[derive(Default)]
pub(super) struct Frame {
    /// The characters of drawings in the line above and in this one, with their columns.
    above: Vec<(usize, char)>,
    row: Vec<(usize, char)>,
    column: usize,
}

impl Frame {
    /// Whether a line of the drawing goes on with the next character.
    pub(super) fn goes_on(&mut self, c: char) -> bool {
        let column = self.column;
        self.column += 1;
        if c == '\n' {
            self.above = std::mem::take(&mut self.row);
            self.column = 0;
            return false;
        }
        if !is_box(c) {
            return false;
        }
        let left = self.row.last().filter(|&&(at, _)| at + 1 == column);
        let from_left = left.is_some_and(|&(_, left)| is_drawn(left, c));
        let up = self.above.binary_search_by_key(&column, |&(at, _)| at);
        let up = up.ok().and_then(|at| self.above.get(at));
        let from_above = up.is_some_and(|&(_, up)| goes_down(up, c));
        self.row.push((column, c));
        from_left || from_above
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_of_a_frame_goes_on() {
        let goes_on = |text: &str| {
            let mut frame = Frame::default();
            text.chars().filter(|&c| frame.goes_on(c)).count()
        };
        assert_eq!(goes_on("┌──┐\n│a │\n└──┘"), 3 + 2 + 4);
        assert_eq!(goes_on("├── a\n│   └── b"), 2 + 1 + 2);
        assert_eq!(goes_on("╥╔┼"), 0);
    }
}
