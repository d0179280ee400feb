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
struct Way {
    cost: Bits,
    state: State,
    /// The last choice, by its place among all that were followed.
    last: Option<usize>,
}

impl Way {
    fn read(&mut self, text: &str) {
        for c in text.chars() {
            self.cost = self.cost.saturating_add(model().step(&mut self.state, c));
        }
    }
}

/// Chooses in all places what makes the text cost least: a beam search with the model.
pub fn settle(text: &str, choices: &[Choice]) -> Vec<Span> {
    let mut ways = vec![Way { cost: 0, state: State::default(), last: None }];
    // What was chosen, and what before.
    let mut chosen: Vec<(&str, Option<usize>)> = Vec::new();
    let mut at = 0;
    for choice in choices {
        let between = text.get(at..choice.source.start).unwrap_or_default();
        ways.iter_mut().for_each(|way| way.read(between));
        let mut longer = Vec::with_capacity(ways.len() * choice.texts.len());
        for way in &ways {
            for text in &*choice.texts {
                let mut longer_way = *way;
                longer_way.read(text);
                longer.push((longer_way, text));
            }
        }
        longer.sort_by_key(|(way, _)| way.cost);
        longer.truncate(BEAM);
        ways.clear();
        for (way, text) in longer {
            chosen.push((text, way.last));
            ways.push(Way { last: Some(chosen.len() - 1), ..way });
        }
        at = choice.source.end;
    }
    let rest = text.get(at..).unwrap_or_default();
    ways.iter_mut().for_each(|way| way.read(rest));
    let best = ways.iter().min_by_key(|way| way.cost).and_then(|way| way.last);
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
