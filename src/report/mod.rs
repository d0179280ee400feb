//! What is told about an answer: every edit, with where it was and how sure it is.
//!
//! A stage of the pipeline takes text and gives back text, borrowed when nothing
//! changed, and a list of [`Edit`]s. [`Rewrite`] is how a stage writes both at
//! once; [`compose`] joins the edits of two stages so that all spans refer to the
//! text that came in first and the text that goes out last.

mod compose;
mod joined;
mod rewrite;
#[cfg(feature = "serde")]
mod step_name;

pub use self::compose::{Block, blocks, compose};
pub(crate) use self::joined::Joined;
pub use self::rewrite::Rewrite;

use std::ops::Range;

/// A name of ours. Under this name, since a derived `Deserialize` would borrow a `&str` from
/// what it reads, and that does not live as long.
type Name = &'static str;

/// Which stage made an edit.
///
/// ```
/// use ungarble::normalize::Switch;
/// use ungarble::report::Step;
/// let answer = ungarble::clean("na\u{308}her");
/// assert_eq!(answer.edits[0].step, Step::Normalize(Switch::Compose.name()));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Step {
    /// A misreading undone.
    Repair,
    /// Pinyin that a converter left behind, removed.
    PinyinResidue,
    /// A normalization step, by the name of its switch, such as `"line-breaks"`.
    Normalize(#[cfg_attr(feature = "serde", serde(with = "step_name"))] Name),
    /// Chinese conversion.
    Chinese,
}

/// One change, as byte ranges in the text before and in the text after.
///
/// With the feature `serde` it is written as
/// `{"source":{"start":3,"end":5},"output":{"start":3,"end":4},"step":"repair",…}`; a
/// normalization step as `{"normalize":"line-breaks"}`.
///
/// ```
/// let answer = ungarble::repair("gefÃ¤hrlich");
/// let edit = &answer.edits[0];
/// assert_eq!((edit.source.clone(), edit.output.clone()), (3..7, 3..5));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Edit {
    /// Bytes of the input that were replaced; empty for an insertion.
    pub source: Range<usize>,
    /// Bytes of the output that stand there now; empty for a removal.
    pub output: Range<usize>,
    /// The stage that made the edit.
    pub step: Step,
    /// Probability, 0 to 1, that the new text is the text that was meant.
    pub confidence: f32,
    /// The second best reading of the whole line, where there was one.
    pub runner_up: Option<Box<str>>,
}

impl Edit {
    /// An edit without a runner-up.
    pub fn new(source: Range<usize>, output: Range<usize>, step: Step, confidence: f32) -> Self {
        Edit { source, output, step, confidence, runner_up: None }
    }
}
