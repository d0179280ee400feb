//! Steps and chains run: back, from a text to the one before them, and forward.
//!
//! They are named in [`crate::channel`]. They are run here, above the lattice, by which some
//! manners are undone.

use super::escapes;
use crate::channel::{Chain, Layer, Manner};

impl Layer {
    /// The text before this step, if it can have come from it.
    pub fn undo(self, text: &str) -> Option<String> {
        match self.manner {
            Manner::Plain => self.misreading.undo(text),
            manner => escapes::undo(manner, self.misreading, text),
        }
    }

    /// The step run forward: what becomes of an intact text.
    pub fn garble(self, text: &str) -> Option<String> {
        match self.manner {
            Manner::Plain => self.misreading.garble(text),
            manner => escapes::garble(manner, self.misreading, text),
        }
    }
}

impl Chain {
    /// Undoes the whole chain, if no step of it meets a character or byte that it cannot take.
    pub fn undo(&self, text: &str) -> Option<String> {
        self.undo_within(text, usize::MAX)
    }

    /// Undoes the whole chain, if the text is no longer than `most` bytes after any step.
    pub(crate) fn undo_within(&self, text: &str, most: usize) -> Option<String> {
        let short = |text: &String| text.len() <= most;
        let mut steps = self.steps().iter().rev();
        let Some(last) = steps.next() else { return Some(text.to_owned()) };
        let first = last.undo(text).filter(short)?;
        steps.try_fold(first, |text, step| step.undo(&text).filter(short))
    }

    /// Runs the chain forward over intact text.
    pub fn garble(&self, text: &str) -> Option<String> {
        self.steps().iter().try_fold(text.to_owned(), |text, step| step.garble(&text))
    }
}
