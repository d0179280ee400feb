//! What was done to a text, so that it can be done again.
//!
//! A [`Plan`] holds no text: for each repaired line it names the misreadings that
//! were undone, and for the later stages their switches. [`Plan::replay`] runs it
//! on the text that it came from, without a search; [`Plan::undo`] undoes the same damage
//! in other text from the same source. [`learn_plan`] makes one from a pair of texts.

use crate::Options;
use crate::channel::Chain;
use crate::normalize::Normalization;
use crate::options::ChineseMode;
use crate::pipeline::{self, Answer};
use crate::quiet::Quiet;
use crate::search::replay::run;
use crate::search::{self, Evidence, Undone};
use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

#[cfg(feature = "serde")]
mod serial;

/// What was done to a text.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct Plan {
    /// Places of the input from which pinyin residue was removed, in bytes.
    #[cfg_attr(feature = "serde", serde(with = "serial::ranges"))]
    pub residue: Vec<Range<usize>>,
    /// Repaired lines, by their place in the text without the residue.
    pub repairs: Vec<LineRepair>,
    /// The normalization that ran.
    pub normalization: Normalization,
    /// What happened to Chinese text.
    pub chinese: ChineseMode,
    /// What was then done to the text that this made: what is undone can bring more damage
    /// to light, and cleaning ends where nothing is left to clean.
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub then: Option<Box<Plan>>,
}

/// How one line was repaired.
#[derive(Clone, Debug, PartialEq)]
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
    pub fn chains(&self) -> Vec<Chain> {
        let all = self.rounds().flat_map(|plan| &plan.repairs).flat_map(|r| &r.passes);
        let chains = all.map(|undone| match undone {
            Undone::Whole(chain) => chain.clone(),
            Undone::Parts { misreading, .. } => Chain::new(vec![*misreading]),
        });
        by_count(chains).collect()
    }

    /// Whether nothing was removed and nothing undone.
    pub fn is_empty(&self) -> bool {
        self.rounds().all(|plan| plan.residue.is_empty() && plan.repairs.is_empty())
    }

    /// This plan and those that follow it.
    fn rounds(&self) -> impl Iterator<Item = &Plan> {
        std::iter::successors(Some(self), |plan| plan.then.as_deref())
    }

    /// Undoes in other text what the plan undid in its own: for a damaged file of which one
    /// part was repaired and looked at, or the next one of the same source. Nothing is
    /// searched for. A line in which nothing of the plan is there to undo stays as it is,
    /// and so does one that would be the worse for it.
    ///
    /// ```
    /// let plan = ungarble::repair("РџСЂРёРІРµС‚, РјРёСЂ").plan;
    /// assert_eq!(plan.undo("РґР°\nнет").text, "да\nнет");
    /// ```
    ///
    /// A chain alone is undone by [`Chain::undo`], which knows no lines and asks for no
    /// sense in what comes out.
    pub fn undo<'t>(&self, text: &'t str) -> Answer<'t> {
        let options = Options::repair().normalization(self.normalization).chinese(self.chinese);
        options.plan(self).text(text)
    }

    /// What was undone in a line, each way once, the commonest first.
    pub(crate) fn ways(&self) -> Vec<Vec<Undone>> {
        let ways = self.rounds().flat_map(|plan| &plan.repairs).map(|repair| &repair.passes);
        by_count(ways).cloned().collect()
    }

    /// Does again what the plan says, to the text that it was made for.
    ///
    /// Places that another text does not have are passed over. So is what no repair needs, for
    /// a plan may come from anybody: passes over a line and plans that follow each other
    /// beyond the first 8 and 32, and a step that would make a line more than 16 times as
    /// long as it was.
    ///
    /// ```
    /// let text = "gefÃ¤hrlich";
    /// let answer = ungarble::repair(text);
    /// assert_eq!(answer.plan.replay(text), answer.text);
    /// ```
    pub fn replay(&self, text: &str) -> String {
        let rounds = self.rounds().take(pipeline::ROUNDS);
        rounds.fold(text.to_owned(), |text, plan| plan.replay_round(&text))
    }

    fn replay_round(&self, text: &str) -> String {
        let residue = self.residue.iter().map(|place| (place, ()));
        let removed = splice(text, residue, |_, ()| String::new());
        let repairs = self.repairs.iter().map(|repair| (&repair.source, &repair.passes));
        let repaired = splice(&removed, repairs, |line, passes| run(line, passes));
        let rest = Options::repair()
            .undo_misreadings(false)
            .normalization(self.normalization)
            .chinese(self.chinese);
        let (mut evidence, mut quiet) = (Evidence::default(), Quiet::default());
        pipeline::round(&rest, &repaired, &mut evidence, &mut quiet).0.text.into_owned()
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
    let mut plan = Plan::default();
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
                plan.repairs.push(LineRepair { source: source.clone(), passes });
            }
            None => failures += 1,
        }
    }
    (!plan.repairs.is_empty()).then_some(plan)
}

/// Lines on end that nothing is found for, before no more is learned.
const FAILURES: usize = 16;

/// A text with ranges replaced. They come in ascending order; one that does not is passed
/// over before anything is made of it, so that each part of the text is worked on once.
fn splice<'p, P>(
    text: &str,
    changes: impl Iterator<Item = (&'p Range<usize>, P)>,
    with: impl Fn(&str, P) -> String,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (range, how) in changes {
        let Some(between) = text.get(copied..range.start) else { continue };
        if let Some(part) = text.get(range.clone()) {
            out.push_str(between);
            out.push_str(&with(part, how));
            copied = range.end;
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}
