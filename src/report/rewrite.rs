//! Text in, text and edits out: the writer that every stage uses.

use super::{Edit, Step};
use std::borrow::Cow;
use std::ops::Range;

/// Copies a text while replacing parts of it, from left to right.
///
/// Nothing is copied before the first replacement, so that a stage which finds
/// nothing to do costs no memory.
///
/// ```
/// use ungarble::report::{Rewrite, Step};
/// let mut rewrite = Rewrite::new("a\u{200B}b");
/// rewrite.replace(1..4, "", Step::Normalize("invisible"), 1.0);
/// let (text, edits) = rewrite.finish();
/// assert_eq!(text, "ab");
/// assert_eq!(edits[0].source, 1..4);
/// assert_eq!(edits[0].output, 1..1);
/// ```
#[derive(Debug)]
pub struct Rewrite<'t> {
    text: &'t str,
    out: String,
    copied: usize,
    edits: Vec<Edit>,
}

impl<'t> Rewrite<'t> {
    /// A writer that has replaced nothing yet.
    pub fn new(text: &'t str) -> Self {
        Rewrite { text, out: String::new(), copied: 0, edits: Vec::new() }
    }

    /// Replaces the bytes `source` of the text by `with`.
    ///
    /// Ranges come in ascending order and do not overlap; one that does, or that
    /// cuts a character, is left out, and so is a replacement by the same text.
    pub fn replace(&mut self, source: Range<usize>, with: &str, step: Step, confidence: f32) {
        let (Some(between), Some(old)) =
            (self.text.get(self.copied..source.start), self.text.get(source.clone()))
        else {
            return;
        };
        if old == with {
            return;
        }
        self.out.push_str(between);
        let start = self.out.len();
        self.out.push_str(with);
        self.copied = source.end;
        self.edits.push(Edit::new(source, start..self.out.len(), step, confidence));
    }

    /// Names the second best reading of the edit made last.
    pub fn runner_up(&mut self, reading: &str) {
        if let Some(edit) = self.edits.last_mut() {
            edit.runner_up = Some(reading.into());
        }
    }

    /// Where a place of the text, behind all that was replaced, comes to stand.
    pub(crate) fn place(&self, at: usize) -> usize {
        self.out.len() + at.saturating_sub(self.copied)
    }

    /// The new text, borrowed if nothing was replaced, and the edits in order.
    pub fn finish(mut self) -> (Cow<'t, str>, Vec<Edit>) {
        if self.edits.is_empty() {
            return (Cow::Borrowed(self.text), self.edits);
        }
        self.out.push_str(self.text.get(self.copied..).unwrap_or_default());
        (Cow::Owned(self.out), self.edits)
    }
}
