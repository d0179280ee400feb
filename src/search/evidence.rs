//! What a document has shown so far.
//!
//! A chain that repaired one line is likelier in the next, and surer: a document is
//! seldom damaged in two ways. Where many lines passed as intact and none was
//! repaired, damage is less likely than before, and it takes more to suspect it.

use super::found::Found;
use crate::channel::hints::Hints;
use crate::channel::{Chain, Layer, Misreading};
use crate::model::{BIT, Bits};
use std::collections::{BTreeMap, VecDeque};

/// The cost of a misreading that the document has shown once; less with each time.
const SHOWN: Bits = 6 * BIT;
const LEAST: Bits = 2 * BIT;

/// Lines that a chain must have repaired to be tried before all others, and one of how
/// many of all lines.
const HABIT: u32 = 2;
const ONE_OF: u32 = 8;

/// Lines that a chain must have repaired to be believed by looks alone.
const SETTLED: u32 = 16;

/// Lines without damage after which damage is a bit less likely; bits by which it is so after
/// each line that only looked damaged, for what is rare comes again in a document; and what
/// all of a document says at most.
const CALM: u32 = 8;
const VAIN: u32 = 2;
const CALMEST: Bits = 10 * BIT;

/// What the lines of a document have shown, in their order.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    chains: BTreeMap<Chain, u32>,
    steps: BTreeMap<Layer, u32>,
    /// The chain that repaired most lines, the earlier of several, and how many.
    habit: Option<(Chain, u32)>,
    /// The one that repaired the last line, and how many: documents of several sources have
    /// stretches of each.
    latest: Option<(Chain, u32)>,
    /// The misreading that repaired the last line of which bytes were lost, and how many in
    /// a row.
    lossy: Option<(Misreading, u32)>,
    /// The last lines that were searched, and what was found.
    searched: VecDeque<Searched>,
    /// Lines that were repaired, lines beyond ASCII that were intact, and lines that looked
    /// garbled but were searched in vain.
    repaired: u32,
    intact: u32,
    vain: u32,
    /// What was known before the first line.
    pub hints: Hints,
}

/// A line that was searched, and what was found in the light of how many lines.
#[derive(Clone, Debug)]
struct Searched {
    line: String,
    found: Found,
    repaired: u32,
    intact: u32,
}

/// How many lines that were searched are remembered. Records repeat the one before them, and
/// a giant line of one thing is cut into pieces that are the same.
const REMEMBERED: usize = 16;

impl Evidence {
    /// Nothing but hints.
    pub fn new(hints: Hints) -> Self {
        Evidence { hints, ..Evidence::default() }
    }

    /// Notes that a chain repaired something.
    pub fn add(&mut self, chain: &Chain) {
        self.repaired = self.repaired.saturating_add(1);
        let count = match self.chains.get_mut(chain) {
            Some(count) => {
                *count = count.saturating_add(1);
                *count
            }
            None => {
                self.chains.insert(chain.clone(), 1);
                1
            }
        };
        match &mut self.latest {
            Some((latest, times)) if latest == chain => *times = count,
            latest => *latest = Some((chain.clone(), count)),
        }
        match &mut self.habit {
            Some((habit, most)) if habit == chain => *most = count,
            Some((_, most)) if *most >= count => {}
            habit => *habit = Some((chain.clone(), count)),
        }
        for &step in chain.steps() {
            let count = self.steps.entry(step).or_default();
            *count = count.saturating_add(1);
        }
    }

    /// Notes what repaired a line of which bytes were lost.
    pub fn add_lossy(&mut self, misreading: Misreading) {
        match &mut self.lossy {
            Some((same, times)) if *same == misreading => *times = times.saturating_add(1),
            lossy => *lossy = Some((misreading, 1)),
        }
    }

    /// The misreading that repaired all of the last lines of which bytes were lost, if they
    /// were many.
    pub fn lossy_habit(&self) -> Option<Misreading> {
        self.lossy.filter(|&(_, times)| times >= SETTLED).map(|(misreading, _)| misreading)
    }

    /// Remembers what a search found.
    pub fn remember(&mut self, line: &str, found: &Found) {
        self.vain = self.vain.saturating_add(found.passes.is_empty().into());
        if self.searched.len() == REMEMBERED {
            self.searched.pop_front();
        }
        let (line, found) = (line.to_owned(), found.clone());
        let (repaired, intact) = (self.repaired, self.intact);
        self.searched.push_back(Searched { line, found, repaired, intact });
    }

    /// What was found in the same line before, if nothing else can be found now: what has
    /// repaired a line is likelier since, and where nothing did, nothing has been shown since.
    pub fn recall(&self, line: &str) -> Option<Found> {
        let searched = self.searched.iter().rev().find(|searched| searched.line == line)?;
        let is_shown = |searched: &Searched| {
            self.repaired > searched.repaired || self.repaired > 0 && self.intact > searched.intact
        };
        let holds = !searched.found.passes.is_empty() || !is_shown(searched);
        holds.then(|| searched.found.clone())
    }

    /// Notes a line that nothing is wrong with.
    pub fn add_intact(&mut self) {
        self.intact = self.intact.saturating_add(1);
    }

    /// The cost of a step or misreading, in the light of what was shown.
    pub fn prior(&self, step: impl Into<Layer>) -> Bits {
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

    /// The chain that repaired most lines so far, and the one that repaired the last, as far
    /// as they are worth a try before all others.
    pub fn habits(&self) -> impl Iterator<Item = &Chain> {
        let least = self.least();
        let [habit, latest] =
            [&self.habit, &self.latest].map(|known| known.as_ref().filter(|(_, n)| *n >= least));
        let latest = latest.filter(|(chain, _)| {
            // Anything can be read in a single byte each: what does so is a habit or nothing.
            self.habit.as_ref().is_some_and(|(habit, _)| habit != chain)
                && chain.steps().iter().all(Layer::is_utf8)
        });
        [habit, latest].into_iter().flatten().map(|(chain, _)| chain)
    }

    /// Whether there are any.
    #[inline]
    pub fn has_habits(&self) -> bool {
        // No other chain repaired more lines.
        self.habit.as_ref().is_some_and(|&(_, count)| count >= self.least())
    }

    /// Lines that a habit has repaired.
    fn least(&self) -> u32 {
        HABIT.max(self.intact / ONE_OF)
    }

    /// Whether the habitual chain of a document repaired as many lines of it as were intact.
    pub fn is_settled(&self) -> bool {
        self.habit.as_ref().is_some_and(|(_, count)| *count >= SETTLED.max(self.intact))
    }

    /// Whether that is so, and this is the chain.
    pub fn is_settled_on(&self, chain: &Chain) -> bool {
        self.is_settled() && self.habit.as_ref().is_some_and(|(habit, _)| habit == chain)
    }

    /// How much more than by itself a line must look garbled, in the light of what was
    /// shown: `log2` of how many lines were intact for each that was not, and something for
    /// each search in vain.
    pub fn calm(&self) -> Bits {
        let damaged = self.repaired.saturating_add(1);
        let each = self.intact / CALM / damaged;
        let vain = VAIN * (self.vain / damaged).min(CALMEST);
        (((1 + each).ilog2() + vain) * BIT).min(CALMEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::confidence::Signs;

    fn chain(name: &str) -> Chain {
        name.parse().unwrap()
    }

    fn habits(evidence: &Evidence) -> Vec<String> {
        evidence.habits().map(Chain::to_string).collect()
    }

    #[test]
    fn the_latest_chain_is_a_habit_beside_the_commonest() {
        let mut evidence = Evidence::default();
        let [western, central, cyrillic] =
            ["UTF-8>windows-1252", "UTF-8>windows-1250", "KOI8-R>windows-1251"].map(chain);
        (0..5).for_each(|_| evidence.add(&western));
        assert_eq!(habits(&evidence), ["UTF-8>windows-1252"]);
        (0..3).for_each(|_| evidence.add(&central));
        assert_eq!(habits(&evidence), ["UTF-8>windows-1252", "UTF-8>windows-1250"]);
        (0..3).for_each(|_| evidence.add(&cyrillic));
        assert_eq!(habits(&evidence), ["UTF-8>windows-1252"]);
        (0..48).for_each(|_| evidence.add_intact());
        assert_eq!(habits(&evidence), [""; 0]);
    }

    #[test]
    fn a_line_left_alone_is_searched_again_once_something_was_shown() {
        let mut evidence = Evidence::default();
        let signs = Signs::default();
        let text = "x".to_owned();
        let found = Found { passes: Vec::new(), text, repaired: signs, standing: signs };
        evidence.remember("x", &found);
        evidence.add_intact();
        assert_eq!(evidence.recall("x"), Some(found.clone()));
        assert_eq!(evidence.recall("y"), None);
        assert_eq!(evidence.calm(), VAIN * BIT);
        evidence.add(&chain("UTF-8>windows-1252"));
        assert_eq!(evidence.recall("x"), None);
        // The last time counts, also where an earlier one is still remembered.
        evidence.remember("x", &found);
        assert_eq!(evidence.recall("x"), Some(found.clone()));
        (0..REMEMBERED).for_each(|i| evidence.remember(&i.to_string(), &found));
        assert_eq!(evidence.searched.len(), REMEMBERED);
    }

    #[test]
    fn a_document_settles_on_the_chain_of_most_lines() {
        let mut evidence = Evidence::default();
        let [western, central] = ["UTF-8>windows-1252", "UTF-8>windows-1250"].map(chain);
        (1..SETTLED).for_each(|_| evidence.add(&western));
        assert!(!evidence.is_settled_on(&western));
        evidence.add(&western);
        assert!(evidence.is_settled_on(&western) && !evidence.is_settled_on(&central));
        (0..=SETTLED).for_each(|_| evidence.add_intact());
        assert!(!evidence.is_settled_on(&western));
    }
}
