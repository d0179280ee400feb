//! What every step writes with: a [`Rewrite`] that joins neighbouring changes.
//!
//! A thousand control characters in a row are one edit, not a thousand, so that a
//! report is never much larger than the text it is about.

use super::Changed;
use crate::report::{Rewrite, Step};
use std::ops::Range;

pub(super) struct Writer<'t> {
    rewrite: Rewrite<'t>,
    step: Step,
    place: Range<usize>,
    with: String,
}

impl<'t> Writer<'t> {
    /// A writer for the step of this name.
    pub(super) fn new(text: &'t str, name: &'static str) -> Self {
        Writer {
            rewrite: Rewrite::new(text),
            step: Step::Normalize(name),
            place: 0..0,
            with: String::new(),
        }
    }

    /// Replaces the bytes `place`; places come in ascending order.
    pub(super) fn replace(&mut self, place: Range<usize>, with: &str) {
        self.begin(&place);
        self.with.push_str(with);
    }

    /// Replaces the bytes `place` by one character.
    pub(super) fn put(&mut self, place: Range<usize>, with: char) {
        self.begin(&place);
        self.with.push(with);
    }

    /// Removes the bytes `place`.
    pub(super) fn remove(&mut self, place: Range<usize>) {
        self.begin(&place);
    }

    pub(super) fn finish(mut self) -> Changed<'t> {
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

    /// Steps are rules, not guesses: each edit is certain to be what its switch says.
    fn flush(&mut self) {
        if !(self.place.is_empty() && self.with.is_empty()) {
            self.rewrite.replace(self.place.clone(), &self.with, self.step, 1.0);
            self.with.clear();
        }
    }
}

/// Replaces each character for which `with` has something else; for steps that
/// look at nothing but the character, and leave ASCII alone.
pub(super) fn replace_beyond_ascii<'t>(
    text: &'t str,
    name: &'static str,
    with: impl Fn(char) -> Option<char>,
) -> Changed<'t> {
    let mut writer = Writer::new(text, name);
    for (at, c) in beyond_ascii(text) {
        if let Some(new) = with(c) {
            writer.put(at..at + c.len_utf8(), new);
        }
    }
    writer.finish()
}

/// Each character above U+007F and where it begins.
pub(super) fn beyond_ascii(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let skip = rest.bytes().position(|b| !b.is_ascii())?;
        let c = rest.get(skip..)?.chars().next()?;
        let start = at + skip;
        at = start + c.len_utf8();
        Some((start, c))
    })
}
