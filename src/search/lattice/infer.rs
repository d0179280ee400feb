//! How sure an inferred character is: its share of probability among all
//! characters that its known bytes allow, between its neighbours on both sides.

use super::beam::{Nesting, UNPAIRED};
use super::complete::{Candidate, Completer};
use super::letters::Strangeness;
use super::path::{Path, Text, step};
use crate::model::{BIT, Bits, State};

/// Below this certainty an inferred character comes back as U+FFFD.
pub const CERTAIN: f32 = 0.2;
/// Below this certainty one of which all bytes are unknown comes back as U+FFFD.
pub const CERTAIN_BLIND: f32 = 0.6;

/// Neighbours on each side that the model looks at.
const NEIGHBOURS: usize = 4;
/// A character that costs so much more than another has no share that would be seen.
const NOTHING: Bits = 24 * BIT;

/// Sets the certainty of every inferred piece.
pub fn certainties(path: &mut Path, completer: &Completer, strangeness: &Strangeness) {
    for at in 0..path.pieces.len() {
        let Some(piece) = path.pieces.get(at) else { break };
        if piece.slots.is_empty() {
            continue;
        }
        let slots = piece.slots;
        let chosen = piece.text;
        let nesting = |text: Text| Nesting::default().after_text(text);
        let context: Vec<Text> = neighbours(path, at.saturating_sub(NEIGHBOURS)..at);
        let mut after: Vec<Text> = neighbours(path, at + 1..at + 1 + NEIGHBOURS);
        if after.len() < NEIGHBOURS {
            // The end of the text.
            after.push([Some(' '), None]);
        }
        let completion = completer.complete(slots);
        let mut known = State::default();
        for &before in &context {
            step(&mut known, before);
        }
        known.end_run();
        let mut least = Bits::MAX;
        let mut costs: Vec<(Bits, Text)> = Vec::with_capacity(completion.candidates.len());
        for &Candidate { text, letters, .. } in &completion.candidates {
            let mut state = known;
            // The path has seen what is open elsewhere in the line.
            let unpaired = if nesting(text) == nesting(chosen) { 0 } else { UNPAIRED };
            let own = step(&mut state, text) + unpaired + strangeness.cost(letters, text);
            if own > least.saturating_add(NOTHING) {
                continue;
            }
            let cost = after.iter().fold(own, |sum, &next| {
                state.end_run();
                sum + step(&mut state, next)
            });
            least = least.min(cost);
            costs.push((cost, text));
        }
        if costs.is_empty() {
            set(path, at, [Some('\u{FFFD}'), None], 0.0);
            continue;
        }
        let weight = |cost: Bits| (-((cost - least) as f32) / BIT as f32).exp2();
        let total: f32 = costs.iter().map(|&(cost, _)| weight(cost)).sum();
        let own = costs.iter().find(|(_, text)| *text == chosen).map_or(0.0, |&(c, _)| weight(c));
        set(path, at, chosen, own / total);
    }
}

fn neighbours(path: &Path, range: std::ops::Range<usize>) -> Vec<Text> {
    let end = range.end.min(path.pieces.len());
    let pieces = path.pieces.get(range.start.min(end)..end).into_iter().flatten();
    // To the text before it, a tag is the end of a line.
    let text = |text: Text| if text[0] == Some('<') { [Some(' '), None] } else { text };
    pieces.map(|piece| text(piece.text)).collect()
}

fn set(path: &mut Path, at: usize, text: Text, certainty: f32) {
    if let Some(piece) = path.pieces.get_mut(at) {
        piece.text = text;
        piece.certainty = certainty;
    }
}
