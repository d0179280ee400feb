//! Double-byte text that fell out of step: a byte was lost or added, and what follows
//! was read from the wrong byte on, up to the next byte that stands alone.
//!
//! In comes the text read in its own charset; the search leaves the step where what
//! follows looks odd, and comes back into step by itself.

use super::beam::{Hypothesis, Mode};
use super::edges::Edge;
use super::notes::{self, Note};
use super::path::GONE;
use super::search::Search;
use super::sets::{HIGH, LEAD, PRIVATE};
use super::slots::{Pending, Slot};
use super::step::Steps;
use crate::model::{BIT, Bits, model};

/// A byte lost or added in double-byte text: where it left something that is no
/// character, and elsewhere.
const STEP: [Bits; 2] = [12 * BIT, 18 * BIT];
/// What a byte says that was added, in both cases.
const ADDED: [Bits; 2] = [BIT, 4 * BIT];
/// A character of which a byte was lost, and that is not guessed; in both cases.
const UNGUESSED: [Bits; 2] = [4 * BIT, 7 * BIT];
/// A bracket that went with a lead byte, where the rest of its tag stands.
const BRACKET: Bits = 2 * BIT;
/// An annotation.
const NOTE: Bits = 3 * BIT;
/// A private-use character dropped from double-byte text out of step.
const PRIVATE_DROPPED: Bits = 7 * BIT;
/// By how much less it costs that a byte was lost where a blank may have gone with it
/// ([`swallowed_blanks`](crate::channel::traces::swallowed_blanks)).
const SWALLOWED: Bits = 4 * BIT;

impl Search<'_> {
    /// A byte was lost before this character, or is one too many in it.
    pub fn fall_out_of_step(&mut self, from: &Hypothesis, at: usize, edges: &[Edge]) {
        let odd = |steps: &&Steps| steps.odd.get(at) == Some(&true);
        let Some(steps) = self.steps.as_ref().filter(odd) else { return };
        let Some((place, _)) = self.chars.get(at) else { return };
        let mut from = Hypothesis { mode: Mode::Garbled, last: None, ..*from };
        if steps.swallowed.binary_search(place).is_ok() {
            from.cost = from.cost.saturating_sub(SWALLOWED);
        }
        for edge in edges {
            let slots: Vec<Slot> = edge.slots.iter().collect();
            let [first, second] = *slots.as_slice() else { continue };
            let which = usize::from(first.known().is_some());
            let [slip, added, unguessed] =
                [STEP, ADDED, UNGUESSED].map(|costs| costs.get(which).copied().unwrap_or_default());
            let lost = Pending::pair(Slot::unknown(LEAD), first).with(second);
            let lost = Edge { slots: lost.unwrap_or_default(), ..*edge };
            self.push(&Hypothesis { cost: from.cost + slip, ..from }, &lost, at + 1);
            if second.known().is_some_and(|byte| byte.is_ascii()) {
                continue;
            }
            let rest = Edge { slots: Pending::of(second), ..*edge };
            let added = Hypothesis { cost: from.cost + slip + added, ..from };
            self.push(&added, &rest, at + 1);
            let gone = self.emit(&from, GONE, at + 1, Pending::default());
            let gone = Hypothesis { cost: from.cost + slip + unguessed, ..gone };
            self.push(&gone, &rest, at + 1);
        }
    }

    /// A private-use character vanished inside an unfinished one.
    pub fn lose_private(&mut self, from: &Hypothesis, at: usize) {
        if self.steps.as_ref().is_some_and(|steps| steps.annotated) && from.pending.len() == 1 {
            let cost = from.cost + PRIVATE_DROPPED;
            let pair = Pending::pair(Slot::unknown(PRIVATE), Slot::unknown(HIGH));
            self.feed(Hypothesis { cost, ..*from }, pair, at);
        }
    }

    /// An annotation is passed over, or tells what byte stood before it.
    pub fn take_note(&mut self, hypothesis: &Hypothesis, at: usize, note: &Note) {
        let to = at + note.length;
        if !note.headless {
            // In step, an annotation is no damage.
            if hypothesis.mode != Mode::Garbled {
                return;
            }
            let annotated = self.links.get(hypothesis.piece as usize).and_then(|link| link.text[0]);
            if annotated.is_some_and(|c| notes::has_reading(c, &note.pinyin)) {
                let from = Hypothesis { since: at as u32, ..*hypothesis };
                let piece = self.link(&from, [None, None], to, false, Pending::default());
                self.later.push((to, Hypothesis { cost: from.cost + NOTE, piece, ..from }));
            }
            return;
        }
        let Some(last) = hypothesis.last else { return };
        let cost = hypothesis.cost + NOTE;
        let from = Hypothesis { since: at as u32, mode: Mode::Garbled, cost, ..*hypothesis };
        let reached = self.reached(|search| {
            for trail in notes::trail_bytes(search.channel.misreading.written, last, &note.pinyin) {
                search.feed(from, Pending::of(Slot::byte(trail)), to);
            }
        });
        self.later.extend(reached.into_iter().map(|mut h| {
            if !h.pending.is_empty() {
                h.since = at as u32;
            }
            (to, h)
        }));
    }

    /// A lead byte took the bracket of a tag with it. To the text before it, a tag is
    /// the end of a line.
    pub fn swallow_bracket(&mut self, from: &Hypothesis, at: usize) {
        let cost = from.cost + BRACKET;
        let from = Hypothesis { cost, ..*from };
        let lead = Pending::of(Slot::unknown(LEAD));
        let reached = self.reached(|search| search.feed(from, lead, at + 1));
        for mut hypothesis in reached.into_iter().filter(|h| h.pending.is_empty()) {
            let mut end = hypothesis.state;
            hypothesis.cost += model().step(&mut end, ' ');
            model().step(&mut hypothesis.state, '<');
            hypothesis.since = at as u32;
            let bracket = [Some('<'), None];
            hypothesis.piece = self.link(&hypothesis, bracket, at + 1, false, Pending::default());
            self.reach(hypothesis);
        }
    }

    /// Whether what follows is a closing tag without its bracket, such as `/p>`.
    pub fn ends_a_tag(&self, at: usize) -> bool {
        let mut rest = self.chars.iter().skip(at).map(|&(_, c)| c);
        rest.next() == Some('/')
            && rest.next().is_some_and(|c| c.is_ascii_alphabetic())
            && rest.take(10).find(|c| !c.is_ascii_alphanumeric()) == Some('>')
    }
}
