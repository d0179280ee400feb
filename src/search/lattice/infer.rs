//! How sure an inferred character is: its share of probability among all
//! characters that its known bytes allow, between its neighbours on both sides.

use super::slots::Completer;
use super::{Path, Text};
use crate::model::{BIT, Bits, State, model};

/// Neighbours on each side that the model looks at.
const NEIGHBOURS: usize = 4;

/// Sets the certainty of every inferred piece, and puts the likeliest character there.
pub fn certainties(path: &mut Path, completer: &mut Completer) {
    for at in 0..path.pieces.len() {
        let Some(piece) = path.pieces.get(at) else { break };
        if piece.slots.is_empty() {
            continue;
        }
        let slots = piece.slots;
        let context: Vec<Text> = neighbours(path, at.saturating_sub(NEIGHBOURS)..at);
        let after: Vec<Text> = neighbours(path, at + 1..at + 1 + NEIGHBOURS);
        let candidates = &completer.complete(slots).characters;
        let costs: Vec<(Bits, Text)> = candidates
            .iter()
            .map(|&text| {
                let mut state = State::default();
                for &before in &context {
                    step(&mut state, before);
                }
                let own = step(&mut state, text);
                (after.iter().fold(own, |sum, &next| sum + step(&mut state, next)), text)
            })
            .collect();
        let Some(&(least, best)) = costs.iter().min() else {
            set(path, at, ('\u{FFFD}', None), 0.0);
            continue;
        };
        let weight = |cost: Bits| (-((cost - least) as f32) / BIT as f32).exp2();
        let total: f32 = costs.iter().map(|&(cost, _)| weight(cost)).sum();
        set(path, at, best, 1.0 / total);
    }
}

fn neighbours(path: &Path, range: std::ops::Range<usize>) -> Vec<Text> {
    let end = range.end.min(path.pieces.len());
    path.pieces.get(range.start.min(end)..end).into_iter().flatten().map(|p| p.text).collect()
}

fn step(state: &mut State, (a, b): Text) -> Bits {
    let first = model().step(state, a);
    first + b.map_or(0, |b| model().step(state, b))
}

fn set(path: &mut Path, at: usize, text: Text, certainty: f32) {
    if let Some(piece) = path.pieces.get_mut(at) {
        piece.text = text;
        piece.certainty = certainty;
    }
}
