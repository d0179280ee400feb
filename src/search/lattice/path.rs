//! A way through the lattice, piece by piece: what text comes of which part of the garbled one.

use super::slots::Pending;
use crate::model::{BIT, Bits, State, model};

/// How much more than another path one costs that need not be followed to its end, and what
/// part of what the rest of the other costs it costs for certain.
const FAR: Bits = 40 * BIT;
const LIKE_THIS: Bits = 4;

/// The best way through the lattice.
#[derive(Clone, Debug)]
pub struct Path {
    pub pieces: Vec<Piece>,
    /// Cost of the text and of all that was believed on the way.
    pub cost: Bits,
    /// What the best way past each character cost, whichever went on.
    pub(super) so_far: Vec<Bits>,
}

impl Path {
    /// Whether another path that has cost so much past a character can hardly come near
    /// this one, though it had most of the rest for free.
    pub(super) fn is_far_ahead(&self, at: usize, cost: Bits) -> bool {
        let rest = self.cost.saturating_sub(self.so_far.get(at).copied().unwrap_or_default());
        cost > self.cost.saturating_sub(rest / LIKE_THIS).saturating_add(FAR)
    }
}

/// A character of the output, with where it comes from.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Byte range in the garbled text.
    pub source: std::ops::Range<usize>,
    pub text: Text,
    /// Whether the characters of the source pass as they are.
    pub intact: bool,
    /// Probability of the character given its known bytes and its neighbours; 1
    /// where all bytes are known.
    pub certainty: f32,
    pub(super) slots: Pending,
}

impl Piece {
    /// Whether some of its bytes are not known.
    pub fn is_inferred(&self) -> bool {
        !self.slots.is_empty()
    }

    /// Whether nothing is known of its only byte.
    pub fn is_blind(&self) -> bool {
        self.slots.len() == 1
    }
}

/// One character; two where one byte string makes two; none where something was left
/// behind that nobody wrote.
pub type Text = [Option<char>; 2];

/// A character that is lost.
pub(super) const GONE: Text = [Some('\u{FFFD}'), None];

/// Reads a character with the model, and tells what it costs.
pub(super) fn step(state: &mut State, text: Text) -> Bits {
    text.into_iter().flatten().map(|c| model().step(state, c)).sum()
}
