//! What a search found for a line, and the parts of the line that it changes.

use super::confidence::Signs;
use super::pass::{Change, Pass};
use crate::text::blocks::{ascii_run, beyond_ascii_run};
use std::ops::Range;

/// What was found out about a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What repairs it; none if it is best left as it is.
    pub passes: Vec<Pass>,
    /// The line repaired.
    pub text: String,
    /// What the probability that the repaired line is right is made of.
    pub repaired: Signs,
    /// What the probability that the line is right as it stands is made of.
    pub standing: Signs,
}

/// The parts of a line that its repair changed.
///
/// Where every pass kept ASCII in its place, each run of other characters is a part.
pub fn changes(line: &str, found: &Found) -> Vec<Change> {
    // What the lattice changed it names, each with its own certainty.
    if let [only] = found.passes.as_slice()
        && only.lattice
    {
        return only.changes.iter().flat_map(|change| change.parts(line)).collect();
    }
    let runner_up = runner_up(line, found);
    let certainty = certainty(found);
    let whole = || {
        let text = found.text.clone();
        vec![Change { certainty, ..Change::certain(0..line.len(), text, None) }]
    };
    let parts = unlike_parts(line, &found.text).map(|parts| {
        let change = |(source, text): (Range<usize>, &str)| Change {
            source,
            text: text.to_owned(),
            certainty,
            runner_up: runner_up.clone(),
            inferred: Vec::new(),
        };
        parts.into_iter().map(change).collect()
    });
    parts.unwrap_or_else(whole)
}

fn runner_up(line: &str, found: &Found) -> Option<String> {
    match found.passes.as_slice() {
        [only] if line.len() < 200 => only.runner_up.clone(),
        _ => None,
    }
}

fn certainty(found: &Found) -> f32 {
    found.passes.iter().flat_map(|pass| &pass.changes).map(|change| change.certainty).product()
}

/// A place in a line, and the text that it has become.
pub type Part<'t> = (Range<usize>, &'t str);

/// What [`changes`] tells, of a line of which no byte was lost, where there is nothing to tell
/// of a part but its place and its text, and how certain all of them are: most lines of a
/// garbled document, whose parts are many.
pub fn plain_changes<'f>(line: &str, found: &'f Found) -> Option<(Vec<Part<'f>>, f32)> {
    let is_plain = |pass: &Pass| !pass.lattice && pass.runner_up.is_none();
    if !found.passes.iter().all(is_plain) {
        return None;
    }
    let parts = unlike_parts(line, &found.text);
    Some((parts.unwrap_or_else(|| vec![(0..line.len(), &found.text)]), certainty(found)))
}

/// The runs of characters beyond ASCII in a text that have become others, if ASCII is the
/// same before, between and behind them.
fn unlike_parts<'t>(old: &str, new: &'t str) -> Option<Vec<Part<'t>>> {
    let ascii = |text: &str| ascii_run(text.as_bytes());
    let run = |text: &str| beyond_ascii_run(text.as_bytes());
    let mut parts = Vec::new();
    let (mut old_rest, mut new_rest) = (old, new);
    while !old_rest.is_empty() || !new_rest.is_empty() {
        let (old_ascii, old_others) = old_rest.split_at_checked(ascii(old_rest))?;
        let (new_ascii, new_others) = new_rest.split_at_checked(ascii(new_rest))?;
        let (old_run, old_after) = old_others.split_at_checked(run(old_others))?;
        let (new_run, new_after) = new_others.split_at_checked(run(new_others))?;
        if old_ascii != new_ascii || old_run.is_empty() != new_run.is_empty() {
            return None;
        }
        if old_run != new_run {
            let end = old.len() - old_after.len();
            parts.push((end - old_run.len()..end, new_run));
        }
        (old_rest, new_rest) = (old_after, new_after);
    }
    Some(parts)
}
