//! Layer upon layer: the likeliest chain of misreadings of a whole text.
//!
//! A beam over texts, the text itself first. Each round undoes one misreading of
//! the best texts so far; a text that was seen is not looked at again, so the
//! search cannot turn in circles, and four rounds are the most.

mod undo;
mod weight;

use self::undo::{OneBack, undo};
use crate::channel::hints::Hints;
use crate::channel::language::Language;
use crate::channel::{Chain, Earlier, GARBLED, Layer};
use crate::model::{BIT, Bits, model};
use crate::search::escapes;
use crate::search::evidence::Evidence;
use crate::search::standing::{controls, standing, standing_cost, with_ligatures};
use crate::suspect::is_suspect;
use std::collections::HashSet;

/// Misreadings in a row, at most.
const LAYERS: usize = 4;
/// Texts that are carried from round to round.
const BEAM: usize = 5;
/// What it costs that a text that was misread once was written in UTF-8 again.
const GARBLED_AGAIN: Bits = 4 * BIT;
/// What it costs that it was misread in another way, where no layer was UTF-8, which is what text
/// is written in again.
const GARBLED_OTHERWISE: Bits = 12 * BIT;

/// One way to read a text.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The text before the chain's misreadings.
    pub text: String,
    /// Empty for the text as it stands.
    pub chain: Chain,
    /// Cost of the text.
    pub text_cost: Bits,
    /// Cost of the chain.
    pub prior: Bits,
}

impl Reading {
    /// A text as it stands.
    pub fn identity(text: &str) -> Self {
        let (text, text_cost) = (text.to_owned(), standing_cost(text));
        Reading { text, chain: Chain::default(), text_cost, prior: 0 }
    }

    /// Cost of text and chain together.
    pub fn cost(&self) -> Bits {
        self.text_cost.saturating_add(self.prior)
    }
}

/// How much more than the text as it stands a reading can cost, and not just be too much.
const MOST: Bits = 40 * BIT;

/// How much more than the text as it stands one can cost that has more to undo.
const SLACK: Bits = 16 * BIT;

/// What texts cost on the way from one.
struct Scale<'t> {
    hints: &'t Hints,
    /// Where letters of ASCII may be part of the damage, they are part of the cost.
    escaped: bool,
}

impl Scale<'_> {
    /// The cost of a text, or more than `most`.
    fn cost(&self, text: &str, most: Bits) -> Bits {
        let language = with_ligatures(text, |text| match self.escaped {
            true => model().cost_in_full(text, most),
            false => model().active_cost_up_to(text, most),
        });
        language.saturating_sub(self.hints.worth(text)) + controls(text)
    }
}

/// What is known on the way back from a text.
struct Layers<'t> {
    evidence: &'t Evidence,
    scale: Scale<'t>,
    /// The letters of ASCII are the same in all readings.
    language: Language<'t>,
    /// By how much more than this readings are worse does not matter.
    most: Bits,
    seen: HashSet<String>,
}

impl Layers<'_> {
    /// Adds what a text may have been one step before a reading of it, of which so many layers
    /// are undone, as far as it can be among the best.
    fn add_earlier(&mut self, reading: &Reading, layer: usize, next: &mut Best) {
        // Where one code page after another was taken for the next, there is always one more.
        let is_endless =
            matches!(reading.chain.steps(), [a, b, ..] if !a.is_utf8() && !b.is_utf8());
        let plain = match reading.text.is_ascii() {
            true => OneBack::default(),
            false => undo(&reading.text),
        };
        let others = match plain.is_certain {
            true => Vec::new(),
            false => escapes::candidates(&reading.text, layer == 0),
        };
        let before = &reading.text;
        let mut likely: Vec<Likely> = Vec::new();
        for undone in plain.all.into_iter().chain(others) {
            if is_endless && !undone.step.is_utf8() || !self.seen.insert(undone.text.clone()) {
                continue;
            }
            let prior = reading.prior
                + self.garbled(reading, undone.step, layer)
                + self.evidence.prior(undone.step);
            let less = weight::less(&undone, before, &self.language, layer == 0);
            let text_cost = self.scale.cost(&undone.text, self.most.saturating_add(less));
            likely.push(Likely { text_cost: text_cost.saturating_sub(less), prior, undone });
        }
        // What speaks against a step takes longest to find, and only of the best it is asked.
        likely.sort_by_key(Likely::least);
        for one in likely {
            if !one.undone.step.is_utf8() && one.least() >= next.most() {
                continue;
            }
            let Likely { undone, text_cost, prior } = one;
            next.add(Reading {
                text_cost,
                chain: reading.chain.preceded_by(undone.step),
                prior: prior + weight::extra(&undone, before, &self.language),
                text: undone.text,
            });
        }
    }

    /// What it costs that a reading was garbled by one more step.
    fn garbled(&self, reading: &Reading, step: Layer, layer: usize) -> Bits {
        match layer {
            0 => self.evidence.hints.garbled(),
            _ if step.is_utf8() => GARBLED_AGAIN,
            _ if reading.chain.steps().iter().all(Layer::is_utf8) => GARBLED,
            _ => GARBLED_OTHERWISE,
        }
    }
}

/// A reading of which is not known what speaks against its last step.
struct Likely {
    undone: Earlier,
    text_cost: Bits,
    prior: Bits,
}

impl Likely {
    /// What it costs at least.
    fn least(&self) -> Bits {
        self.text_cost.saturating_add(self.prior)
    }
}

/// The readings of one round.
#[derive(Default)]
struct Best {
    readings: Vec<Reading>,
    /// What the best of them cost, in order.
    costs: Vec<Bits>,
}

impl Best {
    /// What the last of the best costs: what costs more is not kept, if it is no UTF-8.
    fn most(&self) -> Bits {
        self.costs.get(BEAM - 1).copied().unwrap_or(Bits::MAX)
    }

    fn add(&mut self, reading: Reading) {
        let rank = self.costs.partition_point(|&cost| cost <= reading.cost());
        if rank < BEAM {
            self.costs.insert(rank, reading.cost());
            self.costs.truncate(BEAM);
        }
        self.readings.push(reading);
    }
}

/// Whether the step that was undone last was one of UTF-8.
fn is_utf8(reading: &Reading) -> bool {
    reading.chain.steps().first().is_some_and(Layer::is_utf8)
}

/// Keeps the best readings, and two of UTF-8: well-formed UTF-8 is no accident, however bad the
/// text that it makes, for there may be more to undo. Says how many of UTF-8 there were.
fn prune(readings: &mut Vec<Reading>) -> usize {
    readings.sort_by_key(Reading::cost);
    let mut rank = 0;
    let mut utf8 = 0;
    readings.retain(|reading| {
        rank += 1;
        utf8 += usize::from(is_utf8(reading));
        rank <= BEAM || is_utf8(reading) && utf8 <= 2
    });
    utf8
}

/// Readings of `text`, the best first; the text as it stands is one of them.
pub fn readings(text: &str, evidence: &Evidence) -> Vec<Reading> {
    let scale = Scale { hints: &evidence.hints, escaped: escapes::may_be_escaped(text) };
    let identity = Reading {
        text: text.to_owned(),
        chain: Chain::default(),
        text_cost: standing(text, scale.cost(text, Bits::MAX), model().active(text)),
        prior: 0,
    };
    // Controls say that something is wrong, not that anything else is better.
    let standing = identity.text_cost.saturating_sub(controls(text));
    let mut layers = Layers {
        evidence,
        scale,
        language: Language::of(text, &evidence.hints),
        most: standing.saturating_add(MOST),
        seen: HashSet::from([text.to_owned()]),
    };
    let mut frontier = vec![identity.clone()];
    let mut all = vec![identity];
    for layer in 0..LAYERS {
        let mut next = Best::default();
        for reading in &frontier {
            layers.add_earlier(reading, layer, &mut next);
        }
        let mut next = next.readings;
        let utf8 = prune(&mut next);
        let Some(best) = next.first() else { break };
        // Undoing makes text shorter and plainer; what it makes costlier was not garbled
        // by anything but, perhaps, UTF-8.
        let hopeless = best.text_cost > standing && utf8 == 0;
        // Nothing left to undo in the best text: further layers only make it worse.
        let done = all.iter().all(|r| best.cost() < r.cost())
            && !is_suspect(&best.text, 0)
            && (is_utf8(best) || !next.iter().any(is_utf8));
        all.extend(next.iter().cloned());
        next.retain(|reading| is_utf8(reading) || reading.text_cost <= standing + SLACK);
        frontier = next;
        if done || hopeless {
            break;
        }
    }
    all.sort_by_key(Reading::cost);
    all
}
