//! What was undone in one line, undone in another, without a search.
//!
//! In come a line and what to undo, one thing after the other; out comes the line after it.
//! There are limits to it, for a plan may come from anybody.

use super::parts::parts_pass;
use super::pass::{Undone, apply};

/// Passes over a line that are run at most, twice as many as a search makes; and how many
/// times as long as it was they can make it. A step can make text three times as long, and
/// one after the other would fill any memory; what a repair undoes makes it shorter, but
/// for some double-byte characters that were two letters each.
pub(crate) const MOST_PASSES: usize = 8;
const GROWTH: usize = 16;

/// How long, in bytes, a line can get.
pub(crate) fn most_of(line: &str) -> usize {
    line.len().saturating_mul(GROWTH)
}

impl Undone {
    /// Undoes it in a text, if the text is no longer than `most` bytes after any step.
    pub(crate) fn again(&self, text: &str, most: usize) -> Option<String> {
        match self {
            Undone::Whole(chain) => chain.undo_within(text, most),
            Undone::Parts { misreading, guess } => {
                let pass = parts_pass(text, *misreading, *guess)?;
                Some(apply(text, &pass)).filter(|text| text.len() <= most)
            }
        }
    }
}

/// A line after what was undone in it, one after the other.
pub(crate) fn run(line: &str, passes: &[Undone]) -> String {
    let most = most_of(line);
    let passes = passes.iter().take(MOST_PASSES);
    passes.fold(line.to_owned(), |text, undone| undone.again(&text, most).unwrap_or(text))
}
