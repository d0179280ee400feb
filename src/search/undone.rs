//! What was undone in a line, by name: what a plan is made of.
//!
//! It can be undone in another line without a search, within limits, for a plan may come from
//! anybody.

use super::parts::undo_parts;
use crate::channel::{Chain, Misreading};
use std::fmt;
use std::str::FromStr;

/// One thing that was undone in a line. Written as text, as in a serialized plan:
///
/// ```
/// use ungarble::Undone;
/// let undone: Undone = "parts UTF-8>windows-1252".parse()?;
/// assert!(matches!(undone, Undone::Parts { guess: false, .. }));
/// assert_eq!(undone.to_string(), "parts UTF-8>windows-1252");
/// # Ok::<(), ungarble::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Undone {
    /// A chain of misreadings of the whole line, in which nothing was lost.
    Whole(Chain),
    /// A misreading of parts of the line, or one in which bytes were lost.
    Parts {
        /// The misreading.
        misreading: Misreading,
        /// Whether unsure characters were filled in.
        guess: bool,
    },
}

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
                undo_parts(text, *misreading, *guess).filter(|text| text.len() <= most)
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

impl fmt::Display for Undone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Undone::Whole(chain) => write!(f, "{chain}"),
            Undone::Parts { misreading, guess: false } => write!(f, "{PARTS}{misreading}"),
            Undone::Parts { misreading, guess: true } => write!(f, "{GUESSED}{misreading}"),
        }
    }
}

#[cfg(feature = "serde")]
crate::channel::serial::as_text!(Undone);

const PARTS: &str = "parts ";
const GUESSED: &str = "guessed parts ";

impl FromStr for Undone {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Some(misreading) = text.strip_prefix(PARTS) {
            return Ok(Undone::Parts { misreading: misreading.parse()?, guess: false });
        }
        if let Some(misreading) = text.strip_prefix(GUESSED) {
            return Ok(Undone::Parts { misreading: misreading.parse()?, guess: true });
        }
        match text.parse()? {
            chain if Chain::is_empty(&chain) => Err(crate::Error::bad_chain(text)),
            chain => Ok(Undone::Whole(chain)),
        }
    }
}
