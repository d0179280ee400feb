//! What was done to a text, so that it can be done again.
//!
//! A [`Plan`] holds no text: for each repaired line it names the misreadings that
//! were undone, and for the later stages their switches. [`Plan::replay`] runs it
//! on the text that it came from, without a search; [`Plan::undo`] undoes the same damage
//! in other text from the same source. [`learn_plan`] makes one from a pair of texts.

use super::options::{ChineseMode, Options};
use crate::channel::Chain;
use crate::normalize::Normalization;
use crate::search::{self, Undone};
use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

#[cfg(feature = "serde")]
mod serial;

/// What was done to a text: what is undone can bring more damage to light, so that there may be several
/// rounds, and cleaning ends where nothing is left to clean.
///
/// ```
/// let plan = ungarble::repair("gefÃ¤hrlich").plan;
/// assert_eq!(plan.rounds.len(), 1);
/// assert_eq!(plan.rounds[0].repairs[0].source, 0..13);
/// ```
// A list, for a plan may come from anybody: rounds inside each other could be so deep that to drop them
// would end the program.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
#[non_exhaustive]
pub struct Plan {
    /// What was done in each round to the text that the one before it made.
    pub rounds: Vec<Round>,
}

/// One round of a [`Plan`]: all stages over a text, once, in the order of the fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct Round {
    /// Places of the input from which pinyin residue was removed, in bytes.
    #[cfg_attr(feature = "serde", serde(with = "serial::ranges"))]
    pub residue: Vec<Range<usize>>,
    /// Repaired lines, by their place in the text without the residue.
    pub repairs: Vec<LineRepair>,
    /// The normalization that ran.
    pub normalization: Normalization,
    /// What happened to Chinese text.
    pub chinese: ChineseMode,
}

/// How one line was repaired.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct LineRepair {
    /// The line, in bytes.
    #[cfg_attr(feature = "serde", serde(with = "serial::range"))]
    pub source: Range<usize>,
    /// What was undone, one after the other; more than 8 are not read from a serialized plan.
    #[cfg_attr(feature = "serde", serde(rename = "undone", deserialize_with = "serial::passes"))]
    pub passes: Vec<Undone>,
}

impl Plan {
    /// The chains that were undone anywhere, each once, the commonest first.
    ///
    /// ```
    /// let plan = ungarble::repair("FÃ¼r\nKÃ¶ln\nо мире: РјРёСЂ").plan;
    /// assert_eq!(plan.chains()[0].to_string(), "UTF-8>windows-1252");
    /// ```
    pub fn chains(&self) -> Vec<Chain> {
        let all = self.repairs().flat_map(|repair| &repair.passes);
        let chains = all.map(|undone| match undone {
            Undone::Whole(chain) => chain.clone(),
            Undone::Parts { misreading, .. } => Chain::new(vec![*misreading]),
        });
        by_count(chains).collect()
    }

    /// Whether nothing was removed and nothing undone.
    pub fn is_empty(&self) -> bool {
        self.rounds.iter().all(|round| round.residue.is_empty() && round.repairs.is_empty())
    }

    /// The repaired lines of all rounds.
    fn repairs(&self) -> impl Iterator<Item = &LineRepair> {
        self.rounds.iter().flat_map(|round| &round.repairs)
    }

    /// What was undone in a line, each way once, the commonest first.
    pub(crate) fn ways(&self) -> Vec<Vec<Undone>> {
        let ways = self.repairs().map(|repair| &repair.passes);
        by_count(ways).cloned().collect()
    }
}

impl Options {
    /// Undoes what a plan undid, where it is there to undo, and searches for nothing else:
    /// for other text of the source that the plan was made for. See [`Plan::undo`].
    ///
    /// ```
    /// use ungarble::Options;
    /// let plan = ungarble::repair("gefÃ¤hrlich").plan;
    /// let options = Options::repair().plan(&plan);
    /// assert_eq!(options.text("KÃ¶ln").text, "Köln");
    /// assert_eq!(options.text("РјРёСЂ").text, "РјРёСЂ");
    /// ```
    #[must_use]
    pub fn plan(mut self, plan: &Plan) -> Self {
        let ways = plan.ways();
        let is_guess = |undone: &Undone| matches!(undone, Undone::Parts { guess: true, .. });
        self.guess |= ways.iter().flatten().any(is_guess);
        self.given = Some(ways);
        self
    }
}

/// Each of some things once, the commonest first, the earlier of several.
fn by_count<T: Hash + Eq + Clone>(all: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
    let mut places: HashMap<T, usize> = HashMap::new();
    let mut counted: Vec<(usize, T)> = Vec::new();
    for one in all {
        let place = *places.entry(one.clone()).or_insert(counted.len());
        match counted.get_mut(place) {
            Some((count, _)) => *count += 1,
            None => counted.push((1, one)),
        }
    }
    counted.sort_by_key(|&(count, _)| std::cmp::Reverse(count));
    counted.into_iter().map(|(_, one)| one)
}

/// Finds the plan that leads from a garbled text back to the right one, where both are
/// known: to repair all else that comes from where the pair came from.
///
/// Every pair of charsets is tried, up to four layers of them, and no language is asked.
/// Where bytes were lost, the plan undoes the misreading whose damage comes nearest, and
/// [`replay`](Plan::replay) gives back what is left of the text. Lines go in pairs from the
/// first, or from the last where that teaches nothing; where the lines of one text are those of
/// the other put together, nothing is learned. `None` where no pair was garbled by anything
/// known; 16 such lines on end, and the lines behind them are only tried with what was learned.
///
/// ```
/// let plan = ungarble::learn_plan("prÃ©nom", "prénom").unwrap();
/// assert_eq!(plan.chains()[0].to_string(), "UTF-8>windows-1252");
/// assert_eq!(plan.undo("Ã‰tÃ©, franÃ§ais").text, "Été, français");
/// ```
///
/// Costs a millisecond for each byte of a line that differs, once for each way in which lines
/// were garbled, of which the first 1,024 bytes are looked at.
pub fn learn_plan(garbled: &str, right: &str) -> Option<Plan> {
    let (own, others) = (lines(garbled), lines(right));
    learn_from(&own, &others).or_else(|| {
        let both = own.len().min(others.len());
        let [own_last, others_last] = [&own, &others].map(|lines| lines.get(lines.len() - both..));
        (own.len() != others.len()).then(|| learn_from(own_last?, others_last?)).flatten()
    })
}

/// The lines of a text, and where they stand in it.
fn lines(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut at = 0;
    let with_place = |line| {
        let start = at;
        at += str::len(line) + 1;
        (start..at - 1, line)
    };
    text.split('\n').map(with_place).collect()
}

/// A plan from lines of a garbled text, each with its line of the right one.
fn learn_from(own: &[(Range<usize>, &str)], others: &[(Range<usize>, &str)]) -> Option<Plan> {
    let mut round = Round::default();
    let mut ways: Vec<Vec<Undone>> = Vec::new();
    let mut failures = 0;
    for ((source, line), (_, right)) in own.iter().zip(others) {
        if line == right {
            continue;
        }
        let known = ways.iter().find(|way| search::learn::leads(line, right, way)).cloned();
        let learned = match known {
            None if failures < FAILURES => search::learn::learn(line, right),
            _ => None,
        };
        ways.extend(learned.clone());
        match known.or(learned) {
            Some(passes) => {
                failures = 0;
                round.repairs.push(LineRepair { source: source.clone(), passes });
            }
            None => failures += 1,
        }
    }
    (!round.repairs.is_empty()).then(|| Plan { rounds: vec![round] })
}

/// Lines on end that nothing is found for, before no more is learned.
const FAILURES: usize = 16;
