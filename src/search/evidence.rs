//! What a document has shown so far.
//!
//! A chain that repaired one line is likelier in the next, and surer: a document is
//! seldom damaged in two ways. Where many lines passed as intact and none was
//! repaired, damage is less likely than before, and it takes more to suspect it.

use super::chain::{Chain, Step};
use super::hints::Hints;
use crate::model::{BIT, Bits};
use std::collections::HashMap;

/// The cost of a misreading that the document has shown once; less with each time.
const SHOWN: Bits = 6 * BIT;
const LEAST: Bits = 2 * BIT;

/// Lines that a chain must have repaired to be tried before all others, and one of how
/// many of all lines.
const HABIT: u32 = 2;
const ONE_OF: u32 = 8;

/// Lines that a chain must have repaired to be believed by looks alone.
const SETTLED: u32 = 16;

/// Lines without damage after which damage is a bit less likely; and what all of a
/// document says at most.
const CALM: u32 = 8;
const CALMEST: Bits = 10 * BIT;

/// What the lines of a document have shown, in their order.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    chains: HashMap<Chain, u32>,
    steps: HashMap<Step, u32>,
    /// The chain that repaired most lines, the earlier of several, and how many.
    habit: Option<(Chain, u32)>,
    /// Lines that were repaired, and lines beyond ASCII that were intact.
    repaired: u32,
    intact: u32,
    /// What was known before the first line.
    pub hints: Hints,
}

impl Evidence {
    /// Nothing but hints.
    pub fn new(hints: Hints) -> Self {
        Evidence { hints, ..Evidence::default() }
    }

    /// Notes that a chain repaired something.
    pub fn add(&mut self, chain: &Chain) {
        self.repaired = self.repaired.saturating_add(1);
        let count = self.chains.entry(chain.clone()).or_default();
        *count += 1;
        match &mut self.habit {
            Some((habit, most)) if habit == chain => *most = *count,
            Some((_, most)) if *most >= *count => {}
            habit => *habit = Some((chain.clone(), *count)),
        }
        for &step in chain.steps() {
            *self.steps.entry(step).or_default() += 1;
        }
    }

    /// Notes a line that nothing is wrong with.
    pub fn add_intact(&mut self) {
        self.intact = self.intact.saturating_add(1);
    }

    /// The cost of a step or misreading, in the light of what was shown.
    pub fn prior(&self, step: impl Into<Step>) -> Bits {
        let step = step.into();
        let prior = self.hints.prior(step, step.prior());
        match self.steps.get(&step) {
            Some(count) => {
                let often = SHOWN.saturating_sub(count.ilog2() * BIT).max(LEAST);
                let seldom = (1 + self.intact / count).ilog2() * BIT;
                prior.min(often + seldom)
            }
            None => prior,
        }
    }

    /// The chain that repaired most lines so far, if it is worth a try before all others.
    pub fn habit(&self) -> Option<&Chain> {
        let (chain, count) = self.habit.as_ref()?;
        (*count >= HABIT && self.intact / ONE_OF <= *count).then_some(chain)
    }

    /// Whether most lines of a document were repaired by its habitual chain.
    pub fn is_settled(&self) -> bool {
        self.habit.as_ref().is_some_and(|(_, count)| *count >= SETTLED.max(self.intact))
    }

    /// How much more than by itself a line must look garbled, in the light of what was
    /// shown: `log2` of how many lines were intact for each that was not.
    pub fn calm(&self) -> Bits {
        let each = self.intact / CALM / self.repaired.saturating_add(1);
        ((1 + each).ilog2() * BIT).min(CALMEST)
    }
}
