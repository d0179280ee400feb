//! What was undone in a line, by name: what a plan is made of.

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
crate::serial::as_text!(Undone);

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
