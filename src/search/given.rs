//! Undoes in a line what is known already, without a search.
//!
//! In come a line and the ways in which text of its source was repaired; out comes what
//! the first of them makes of the line that leaves better text, and nothing where the line
//! is better as it stands: other text of the source may be intact.

use super::confidence::Signs;
use super::escapes::may_be_escaped;
use super::found::Found;
use super::parts::parts_pass;
use super::pass::Change;
use super::pass::Undone;
use super::pass::{Pass, apply};
use super::replay::{MOST_PASSES, most_of};
use super::standing::standing_cost;
use crate::channel::Chain;
use crate::model::model;

/// What the best of some ways makes of a line, the first of equals.
pub fn repair(line: &str, ways: &[Vec<Undone>]) -> Found {
    // Where letters of ASCII may be part of the damage, they are part of the cost.
    let escaped = may_be_escaped(line);
    let cost = |text: &str| if escaped { model().cost(text) } else { model().active_cost(text) };
    let standing = if escaped { cost(line) } else { standing_cost(line) };
    let done = ways.iter().filter_map(|way| run(line, way)).filter(|(_, text)| text != line);
    let best = done.map(|(passes, text)| (cost(&text), passes, text));
    let (cost, mut passes, text) =
        best.min_by_key(|&(cost, ..)| cost).unwrap_or((standing, Vec::new(), line.to_owned()));
    let margin = i64::from(cost) - i64::from(standing);
    if margin > 0 {
        passes.clear();
    }
    for pass in &mut passes {
        pass.gain = standing.saturating_sub(cost);
        pass.lead = pass.gain;
    }
    let repaired = Signs::repaired(line, &passes, &text);
    Found { passes, text, repaired, standing: Signs::standing(line, margin) }
}

/// One thing undone after the other; `None` where one of them is not there to undo.
fn run(line: &str, way: &[Undone]) -> Option<(Vec<Pass>, String)> {
    let mut text = line.to_owned();
    let mut passes = Vec::new();
    let most = most_of(line);
    for undone in way.iter().take(MOST_PASSES) {
        let pass = match undone {
            Undone::Whole(chain) => whole(&text, chain, most)?,
            Undone::Parts { misreading, guess } => parts_pass(&text, *misreading, *guess)?,
        };
        text = apply(&text, &pass);
        if text.len() > most {
            return None;
        }
        passes.push(pass);
    }
    Some((passes, text))
}

fn whole(text: &str, chain: &Chain, most: usize) -> Option<Pass> {
    let undone = chain.undo_within(text, most)?;
    let change = Change::certain(0..text.len(), undone, None);
    Some(Pass {
        changes: vec![change],
        chain: chain.clone(),
        lattice: false,
        gain: 0,
        lead: 0,
        runner_up: None,
    })
}
