//! A pass over a line: what it changes, what it undoes, and by how much that is better.
//!
//! Whatever looks for a way back, in the line as a whole or in its parts, hands over one of
//! these; the best is made, and the next may follow it.

mod change;
mod undone;

pub use self::change::{Change, Inferred, between, replaced};
pub use self::undone::Undone;

use crate::channel::{Chain, Layer, Manner};
use crate::model::{BIT, Bits};

/// How much better than identity a plan must be.
pub const MARGIN: Bits = 2 * BIT;
/// By how much a reading is certain that leads the next.
pub const CLEAR: Bits = 24 * BIT;

/// One pass: changes to the text that the pass before it made.
#[derive(Clone, Debug, PartialEq)]
pub struct Pass {
    pub changes: Vec<Change>,
    /// What was undone.
    pub chain: Chain,
    /// Whether bytes were lost or only part of the line was garbled, so that the
    /// lattice must be run to replay it.
    pub lattice: bool,
    /// How much more the line cost before.
    pub gain: Bits,
    /// How much more the runner-up costs.
    pub lead: Bits,
    pub runner_up: Option<String>,
}

impl Pass {
    /// Whether text was read in the charset that it was written in, a byte off.
    pub fn is_out_of_step(&self) -> bool {
        self.lattice && self.chain.steps().iter().any(|step| step.misreading.is_out_of_step())
    }

    /// The pass as a plan has it.
    pub fn undone(&self, guess: bool) -> Undone {
        match *self.chain.steps() {
            [Layer { misreading, manner: Manner::Plain }] if self.lattice => {
                Undone::Parts { misreading, guess }
            }
            _ => Undone::Whole(self.chain.clone()),
        }
    }
}

/// A pass that may be made, and by how much the line is better left as it is.
pub struct Attempt {
    pub pass: Option<Pass>,
    /// Cost of the best other reading, less that of the line as it stands.
    pub margin: i64,
}

/// The text after a pass.
pub fn apply(text: &str, pass: &Pass) -> String {
    apply_changes(text, &pass.changes)
}

pub fn apply_changes(text: &str, changes: &[Change]) -> String {
    replaced(text, changes.iter().map(|change| (change.source.clone(), &*change.text)))
}
