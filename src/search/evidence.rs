//! What a document has shown so far: a chain that repaired one line is likelier in
//! the next.

use super::chain::{Chain, Misreading, Step};
use super::escapes::Manner;
use crate::model::{BIT, Bits};
use std::collections::HashMap;

/// The cost of a misreading that the document has shown once; less with each time.
const SHOWN: Bits = 6 * BIT;
const LEAST: Bits = 2 * BIT;

/// Chains that repaired lines of the same document.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    chains: HashMap<Chain, u32>,
    steps: HashMap<Step, u32>,
}

impl Evidence {
    /// Notes that a chain repaired something.
    pub fn add(&mut self, chain: &Chain) {
        *self.chains.entry(chain.clone()).or_default() += 1;
        for &step in chain.steps() {
            *self.steps.entry(step).or_default() += 1;
        }
    }

    /// The cost of a step or misreading, in the light of what was shown.
    pub fn prior(&self, step: impl Into<Step>) -> Bits {
        let step = step.into();
        let prior = step.prior();
        match self.steps.get(&step) {
            Some(count) => prior.min(SHOWN.saturating_sub(count.ilog2() * BIT).max(LEAST)),
            None => prior,
        }
    }

    /// The chain that repaired most, the first in order of several.
    pub fn favourite(&self) -> Option<&Chain> {
        self.chains.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(chain, _)| chain)
    }

    /// The misreadings shown, the commonest first.
    pub fn misreadings(&self) -> Vec<Misreading> {
        let plain = self.steps.iter().filter(|(step, _)| step.manner == Manner::Plain);
        let mut all: Vec<_> = plain.map(|(step, &count)| (count, step.misreading)).collect();
        all.sort_by_key(|&(count, m)| (std::cmp::Reverse(count), m));
        all.into_iter().map(|(_, m)| m).collect()
    }
}
