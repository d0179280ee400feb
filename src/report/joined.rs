//! A [`Rewrite`] that joins neighbouring changes.
//!
//! A thousand control characters in a row are one edit, not a thousand, so that a
//! report is never much larger than the text it is about.

use super::{Edit, Rewrite, Step};
use std::borrow::Cow;
use std::ops::Range;

/// Changes of one stage, all equally sure, on their way to a [`Rewrite`].
pub(crate) struct Joined<'t> {
    rewrite: Rewrite<'t>,
    step: Step,
    confidence: f32,
    place: Range<usize>,
    with: String,
}

impl<'t> Joined<'t> {
    pub(crate) fn new(text: &'t str, step: Step, confidence: f32) -> Self {
        let (rewrite, with) = (Rewrite::new(text), String::new());
        Joined { rewrite, step, confidence, place: 0..0, with }
    }

    /// Replaces the bytes `place`; places come in ascending order.
    pub(crate) fn replace(&mut self, place: Range<usize>, with: &str) {
        self.begin(&place);
        self.with.push_str(with);
    }

    /// Replaces the bytes `place` by one character.
    pub(crate) fn put(&mut self, place: Range<usize>, with: char) {
        self.begin(&place);
        self.with.push(with);
    }

    /// Removes the bytes `place`.
    pub(crate) fn remove(&mut self, place: Range<usize>) {
        self.begin(&place);
    }

    pub(crate) fn finish(mut self) -> (Cow<'t, str>, Vec<Edit>) {
        self.flush();
        self.rewrite.finish()
    }

    fn begin(&mut self, place: &Range<usize>) {
        if place.start == self.place.end && !self.place.is_empty() {
            self.place.end = place.end;
        } else {
            self.flush();
            self.place = place.clone();
        }
    }

    fn flush(&mut self) {
        if !(self.place.is_empty() && self.with.is_empty()) {
            self.rewrite.replace(self.place.clone(), &self.with, self.step, self.confidence);
            self.with.clear();
        }
    }
}
