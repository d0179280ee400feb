//! Parts of a text that a manner explains, and the choice among what each may have been.
//!
//! In come places with the texts that may stand there, out come the texts that together cost
//! least under the model.

use crate::model::{Bits, State, model};
use crate::search::pass::replaced;
use std::borrow::Cow;
use std::ops::Range;

/// A part of a text, and what it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Span {
    pub source: Range<usize>,
    pub meant: String,
}

/// A part of a text that may have been any of several texts.
pub struct Choice {
    pub source: Range<usize>,
    pub texts: Cow<'static, [String]>,
}

pub fn replace(text: &str, spans: &[Span]) -> String {
    replaced(text, spans.iter().map(|span| (span.source.clone(), &*span.meant)))
}

/// Ways to choose that are followed.
const BEAM: usize = 16;

/// A way to choose in the places so far, and what the text costs up to there.
#[derive(Clone, Copy)]
struct Trail {
    cost: Bits,
    state: State,
    /// The last choice, by its place among all that were followed.
    last: Option<usize>,
}

impl Trail {
    fn read(&mut self, text: &str) {
        for c in text.chars() {
            self.cost = self.cost.saturating_add(model().step(&mut self.state, c));
        }
    }
}

/// Chooses in all places what makes the text cost least: a beam search with the model.
pub fn settle(text: &str, choices: &[Choice]) -> Vec<Span> {
    let mut trails = vec![Trail { cost: 0, state: State::default(), last: None }];
    // What was chosen, and what before.
    let mut chosen: Vec<(&str, Option<usize>)> = Vec::new();
    let mut at = 0;
    for choice in choices {
        let between = text.get(at..choice.source.start).unwrap_or_default();
        trails.iter_mut().for_each(|trail| trail.read(between));
        let mut longer = Vec::with_capacity(trails.len() * choice.texts.len());
        for trail in &trails {
            for text in &*choice.texts {
                let mut longer_trail = *trail;
                longer_trail.read(text);
                longer.push((longer_trail, text));
            }
        }
        longer.sort_by_key(|(trail, _)| trail.cost);
        longer.truncate(BEAM);
        trails.clear();
        for (trail, text) in longer {
            chosen.push((text, trail.last));
            trails.push(Trail { last: Some(chosen.len() - 1), ..trail });
        }
        at = choice.source.end;
    }
    let rest = text.get(at..).unwrap_or_default();
    trails.iter_mut().for_each(|trail| trail.read(rest));
    let best = trails.iter().min_by_key(|trail| trail.cost).and_then(|trail| trail.last);
    let step = |last: Option<usize>| chosen.get(last?).copied();
    let back = std::iter::successors(step(best), |&(_, before)| step(before));
    let spans = choices.iter().rev().zip(back);
    let span = |(choice, (meant, _)): (&Choice, (&str, _))| Span {
        source: choice.source.clone(),
        meant: meant.to_owned(),
    };
    let mut spans: Vec<Span> = spans.map(span).collect();
    spans.reverse();
    spans
}
