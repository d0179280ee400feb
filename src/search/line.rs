//! One line: the best plan for it, whole or in parts, again while damage is left.
//!
//! First the line as a whole ([`layers`]), in which nothing is lost. Where that
//! leaves a line that still looks damaged, or finds nothing, the byte lattice
//! ([`lattice`]) is run with the misreadings that explain most of the line
//! ([`suggest`]).

use super::chain::{Chain, Misreading, Step};
use super::escapes::{Manner, may_be_escaped};
use super::evidence::Evidence;
use super::lattice::{self, Channel, Path, Piece};
use super::layers::{self, Reading};
use super::suggest::suggest;
use crate::model::{BIT, Bits, model};
use crate::suspect::is_suspect;
use std::ops::Range;

/// How much better than identity a plan must be.
const MARGIN: Bits = 2 * BIT;
/// Passes over one line, each of which may undo a layer of damage in parts of it.
const PASSES: usize = 4;
/// Below this certainty an inferred character comes back as U+FFFD.
const CERTAIN: f32 = 0.3;
/// The same for one of which all bytes are unknown.
const CERTAIN_ASCII: f32 = 0.6;

/// A part of the line that changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// Byte range in the text of the pass.
    pub source: Range<usize>,
    pub text: String,
    /// What was undone.
    pub chain: Chain,
    /// Least certainty of an inferred character in it; 1 where no byte was lost.
    pub certainty: f32,
}

/// One pass: changes to the text that the pass before it made.
#[derive(Clone, Debug, PartialEq)]
pub struct Pass {
    pub changes: Vec<Change>,
    /// Whether bytes were lost or only part of the line was garbled, so that the
    /// lattice must be run to replay it.
    pub lattice: bool,
    /// How much more the line cost before.
    pub gain: Bits,
    /// How much more the runner-up costs.
    pub lead: Bits,
    pub runner_up: Option<String>,
}

/// The passes that repair a line; none if it is best left as it is.
pub fn repair(line: &str, evidence: &mut Evidence, guess: bool) -> Vec<Pass> {
    let mut passes = Vec::new();
    let mut text = line.to_owned();
    let mut seen = vec![line.to_owned()];
    while passes.len() < PASSES && (!text.is_ascii() || may_be_escaped(&text)) {
        let Some(pass) = best_pass(&text, evidence, guess) else { break };
        text = apply(&text, &pass);
        if seen.contains(&text) {
            break;
        }
        seen.push(text.clone());
        for change in &pass.changes {
            evidence.add(&change.chain);
        }
        passes.push(pass);
        if !is_suspect(&text) {
            break;
        }
    }
    passes
}

/// The text after a pass.
pub fn apply(text: &str, pass: &Pass) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for change in &pass.changes {
        out.push_str(text.get(copied..change.source.start).unwrap_or_default());
        out.push_str(&change.text);
        copied = change.source.end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// The whole line by one chain, if that leaves nothing suspect; else that or parts of
/// it, whichever gains more.
fn best_pass(text: &str, evidence: &Evidence, guess: bool) -> Option<Pass> {
    let whole = whole(text, evidence);
    if let Some(pass) = &whole
        && !is_suspect(&apply(text, pass))
    {
        return whole;
    }
    let parts = parts(text, evidence, guess);
    [whole, parts].into_iter().flatten().max_by_key(|pass| pass.gain)
}

/// The whole line by one chain.
fn whole(text: &str, evidence: &Evidence) -> Option<Pass> {
    let readings = layers::readings(text, evidence);
    let [best, others @ ..] = readings.as_slice() else { return None };
    let identity = readings.iter().find(|r| r.chain.is_empty()).map_or(0, Reading::cost);
    let gain = identity.saturating_sub(best.cost());
    if best.chain.is_empty() || gain < MARGIN {
        return None;
    }
    if let Some(pass) = refine(text, best, gain) {
        return Some(pass);
    }
    let runner_up = others.first();
    Some(Pass {
        changes: vec![Change {
            source: 0..text.len(),
            text: best.text.clone(),
            chain: best.chain.clone(),
            certainty: 1.0,
        }],
        lattice: false,
        gain,
        lead: runner_up.map_or(gain, |r| r.cost() - best.cost()),
        runner_up: runner_up.map(|r| r.text.clone()),
    })
}

/// The same misreading, where its characters stand for several byte strings and
/// others of them make better text.
fn refine(text: &str, best: &Reading, gain: Bits) -> Option<Pass> {
    let [Step { misreading, manner: Manner::Plain }] = *best.chain.steps() else { return None };
    let several = |c: char| !c.is_ascii() && misreading.read.preimages(c).count() > 1;
    if !text.chars().any(several) {
        return None;
    }
    let path = lattice::decode(text, &mut Channel::new(misreading))?;
    let better = lattice::standing_cost(&best.text).checked_sub(path.cost)?;
    let changes = changes(text, &path.pieces, misreading, false);
    (better > BIT && !changes.is_empty()).then_some(Pass {
        changes,
        lattice: true,
        gain: gain + better,
        lead: better,
        runner_up: Some(best.text.clone()),
    })
}

/// Parts of the line, or all of it with bytes lost.
fn parts(text: &str, evidence: &Evidence, guess: bool) -> Option<Pass> {
    let spared = model().active_cost(text) - layers::standing_cost(text);
    let identity = lattice::standing_cost(text).saturating_sub(spared);
    let mut ways: Vec<(Bits, Path, Misreading)> = suggest(text, evidence)
        .into_iter()
        .filter_map(|misreading| {
            let path = lattice::decode(text, &mut Channel::new(misreading))?;
            let prior = layers::GARBLED + evidence.prior(misreading);
            Some((path.cost + prior, path, misreading))
        })
        .collect();
    ways.sort_by_key(|&(cost, _, misreading)| (cost, misreading));
    let (cost, path, misreading) = ways.first()?;
    let gain = identity.saturating_sub(*cost);
    if gain < MARGIN {
        return None;
    }
    let changes = changes(text, &path.pieces, *misreading, guess);
    let lead = ways.get(1).map_or(gain, |(other, _, _)| gain.min(other - cost));
    (!changes.is_empty()).then_some(Pass { changes, lattice: true, gain, lead, runner_up: None })
}

/// Neighbouring pieces that are not intact, as one change each; ASCII between two
/// of them belongs to them.
fn changes(text: &str, pieces: &[Piece], misreading: Misreading, guess: bool) -> Vec<Change> {
    let chain = Chain::new(vec![misreading]);
    let mut changes: Vec<Change> = Vec::new();
    let mut bridge = String::new();
    for piece in pieces {
        let own = |c: char| {
            let enough = if c.is_ascii() { CERTAIN_ASCII } else { CERTAIN };
            if piece.certainty < enough && !guess { '\u{FFFD}' } else { c }
        };
        let [first, second] = piece.text;
        let characters = [first.map(own), second];
        if piece.intact {
            if text.get(piece.source.clone()).is_some_and(str::is_ascii) {
                bridge.extend(characters.into_iter().flatten());
            } else {
                bridge.clear();
                bridge.push('\n');
            }
            continue;
        }
        let near = !bridge.starts_with('\n') && bridge.len() <= 3;
        match changes.last_mut() {
            Some(last) if near => {
                last.text.push_str(&bridge);
                last.text.extend(characters.into_iter().flatten());
                last.source.end = piece.source.end.max(last.source.end);
                last.certainty = last.certainty.min(piece.certainty);
            }
            _ => changes.push(Change {
                source: piece.source.clone(),
                text: characters.into_iter().flatten().collect(),
                chain: chain.clone(),
                certainty: piece.certainty,
            }),
        }
        bridge.clear();
    }
    changes.retain(|change| text.get(change.source.clone()) != Some(change.text.as_str()));
    changes
}
