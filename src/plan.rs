//! What was done to a text, so that it can be done again.
//!
//! A [`Plan`] holds no text: for each repaired line it names the misreadings that
//! were undone, and for the later stages their switches. [`Plan::replay`] runs it
//! on the text that it came from, without a search; its [`Plan::chains`] can be
//! undone in other text from the same source.

use crate::Options;
use crate::normalize::Normalization;
use crate::options::ChineseMode;
use crate::search::{self, Chain, Misreading};
use std::fmt;
use std::ops::Range;

/// What was done to a text.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Plan {
    /// Places of the input from which pinyin residue was removed, in bytes.
    pub residue: Vec<Range<usize>>,
    /// Repaired lines, by their place in the text without the residue.
    pub repairs: Vec<LineRepair>,
    /// The normalization that ran.
    pub normalization: Normalization,
    /// What happened to Chinese text.
    pub chinese: ChineseMode,
}

/// How one line was repaired.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LineRepair {
    /// The line, in bytes.
    pub source: Range<usize>,
    /// What was undone, one after the other.
    pub passes: Vec<Undone>,
}

/// One thing that was undone in a line.
#[derive(Clone, Debug, PartialEq, Eq)]
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

impl Plan {
    /// The chains that were undone anywhere, each once, the commonest first.
    pub fn chains(&self) -> Vec<Chain> {
        let mut counted: Vec<(usize, Chain)> = Vec::new();
        for undone in self.repairs.iter().flat_map(|repair| &repair.passes) {
            let chain = match undone {
                Undone::Whole(chain) => chain.clone(),
                Undone::Parts { misreading, .. } => Chain::new(vec![*misreading]),
            };
            match counted.iter_mut().find(|(_, c)| *c == chain) {
                Some((count, _)) => *count += 1,
                None => counted.push((1, chain)),
            }
        }
        counted.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
        counted.into_iter().map(|(_, chain)| chain).collect()
    }

    /// Whether nothing was removed and nothing undone.
    pub fn is_empty(&self) -> bool {
        self.residue.is_empty() && self.repairs.is_empty()
    }

    /// Does again what the plan says, to the text that it was made for.
    ///
    /// Places that another text does not have are passed over.
    ///
    /// ```
    /// let text = "gefÃ¤hrlich";
    /// let answer = ungarble::repair(text);
    /// assert_eq!(answer.plan.replay(text), answer.text);
    /// ```
    pub fn replay(&self, text: &str) -> String {
        let removed = splice(text, self.residue.iter().map(|range| (range.clone(), String::new())));
        let repaired = splice(
            &removed,
            self.repairs.iter().filter_map(|repair| {
                let line = removed.get(repair.source.clone())?;
                let again = repair
                    .passes
                    .iter()
                    .fold(line.to_owned(), |text, undone| undone.again(&text).unwrap_or(text));
                Some((repair.source.clone(), again))
            }),
        );
        let rest = Options::repair()
            .undo_misreadings(false)
            .normalization(self.normalization)
            .chinese(self.chinese);
        rest.text(&repaired).text.into_owned()
    }
}

impl Undone {
    fn again(&self, text: &str) -> Option<String> {
        match self {
            Undone::Whole(chain) => chain.undo(text),
            Undone::Parts { misreading, guess } => search::undo_parts(text, *misreading, *guess),
        }
    }
}

impl fmt::Display for Undone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Undone::Whole(chain) => write!(f, "{chain}"),
            Undone::Parts { misreading, .. } => write!(f, "parts {misreading}"),
        }
    }
}

/// A text with ranges replaced; ranges come in ascending order.
fn splice(text: &str, changes: impl Iterator<Item = (Range<usize>, String)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (range, with) in changes {
        let Some(between) = text.get(copied..range.start) else { continue };
        if text.get(range.clone()).is_some() {
            out.push_str(between);
            out.push_str(&with);
            copied = range.end;
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}
