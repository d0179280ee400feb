//! Bytes appended to a hypothesis, one by one, until they make characters.
//!
//! In come a hypothesis and bytes, out come the hypotheses behind them: one where all bytes are
//! known, the best few guesses where they are not.

use super::beam::Hypothesis;
use super::complete::Read;
use super::guesses::{Best, Guess};
use super::path::{Text, step};
use super::search::Search;
use super::slots::{Pending, Slot};
use crate::model::{BIT, Bits, model};

/// Characters that are tried at least for an unknown byte.
const FEWEST: usize = 8;
/// By how much less than anywhere a sign costs at most that UTF-8 tells, so many bytes of which
/// are known: that a text has a sign at all is what they tell. Where it stands says something
/// about one that is common.
const SIGN: Bits = 12 * BIT;
const COMMON: Bits = 12 * BIT;
const SEQUENCE: usize = 3;
/// By how much one costs less, two bytes of which are known.
const TOLD: Bits = 8 * BIT;

impl Search<'_> {
    /// Appends bytes to a hypothesis one by one.
    pub fn feed(&mut self, from: Hypothesis, slots: Pending, to: usize) {
        if from.cost > self.least.saturating_add(self.spread) {
            return;
        }
        let Some((slot, slots)) = slots.split_first() else {
            // A character that began inside the last one belongs to its place.
            let inside = !from.pending.is_empty() && from.since as usize == to;
            let since = from.since.saturating_sub(inside.into());
            self.reach(Hypothesis { since, ..from });
            return;
        };
        let slot = match from.pending.is_empty() {
            true => self.channel.sets.behind(slot, from.last),
            false => slot,
        };
        let Some(pending) = from.pending.with(slot) else { return };
        let from = Hypothesis { last: slot.known(), ..from };
        match pending.known() {
            Some((bytes, length)) => {
                let bytes = bytes.get(..length).unwrap_or_default();
                self.read_known(from, pending, bytes, slots, to);
            }
            None => self.guess(from, pending, slots, to),
        }
    }

    /// The bytes of a character so far, all of which are known.
    fn read_known(
        &mut self,
        from: Hypothesis,
        pending: Pending,
        bytes: &[u8],
        slots: Pending,
        to: usize,
    ) {
        match self.completer.read(bytes) {
            Read::Whole(text) => {
                let mut state = from.state;
                let cost = self.cost_at_most(step(&mut state, text), text, pending)
                    + self.strangeness.cost_of_latin(text);
                let guess = Guess { cost, state, text, last: from.last };
                self.take(&from, &guess, Pending::default(), slots, to);
            }
            Read::Begun => self.feed(Hypothesis { pending, ..from }, slots, to),
            Read::Malformed => {}
        }
    }

    /// The bytes of a character so far, some of which are not: the best of what they can be, or
    /// more bytes.
    fn guess(&mut self, from: Hypothesis, pending: Pending, slots: Pending, to: usize) {
        let whole = from;
        let from = self.as_sign(Hypothesis { pending, ..from }, to);
        let completion = self.completer.complete(pending);
        let tried = (completion.candidates.len() >> self.effort).max(FEWEST).min(self.left);
        self.left -= tried.min(completion.candidates.len());
        let most = self.least.saturating_add(self.spread).saturating_sub(from.cost);
        let mut best = Best::new(most, std::mem::take(&mut self.guesses));
        let mut before = from.state;
        before.end_run();
        for candidate in completion.candidates.iter().take(tried) {
            let strange = self.strangeness.cost(candidate.letters, candidate.text);
            if strange > best.limit() {
                continue;
            }
            let own = match candidate.text {
                [Some(c), None] => model().ahead(&before, c),
                text => step(&mut before.clone(), text),
            };
            let cost = self.cost_at_most(own, candidate.text, pending) + strange;
            if cost <= best.limit() {
                let mut state = before;
                step(&mut state, candidate.text);
                let last = Some(candidate.last);
                best.add(Guess { cost, state, text: candidate.text, last });
            }
        }
        let mut guesses = best.finish();
        for guess in &guesses {
            self.take(&from, guess, pending, slots, to);
        }
        guesses.clear();
        self.guesses = guesses;
        if completion.incomplete {
            self.feed(Hypothesis { pending, last: None, ..whole }, slots, to);
        }
    }

    /// What a sign costs, or less where it is made of well-formed UTF-8: that is no accident
    /// for being rare.
    fn cost_at_most(&self, cost: Bits, text: Text, pending: Pending) -> Bits {
        let is_sign = |c| {
            matches!(c,
                '\u{2000}'..='\u{2BFF}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
        };
        if !self.channel.misreading.is_utf8() || !text.into_iter().flatten().all(is_sign) {
            return cost;
        }
        // A0 may have been a blank.
        let known = pending.iter().filter_map(Slot::known).filter(|&byte| byte != 0xA0).count();
        match known {
            SEQUENCE.. => {
                let anywhere: Bits = text.into_iter().flatten().map(|c| model().anywhere(c)).sum();
                cost.saturating_sub(TOLD).min(anywhere.saturating_sub(SIGN).max(COMMON))
            }
            2 if pending.len() > 2 => cost.saturating_sub(TOLD),
            _ => cost,
        }
    }

    /// A character is finished; more bytes may follow.
    fn take(&mut self, from: &Hypothesis, guess: &Guess, own: Pending, slots: Pending, to: usize) {
        let cost = from.cost + guess.cost;
        if cost > self.least.saturating_add(self.spread) {
            return;
        }
        let piece = self.link(from, guess.text, to, false, own);
        let next = Hypothesis {
            pending: Pending::default(),
            since: to as u32,
            state: guess.state,
            cost,
            piece,
            last: guess.last,
            open: from.open.after_text(guess.text),
            ..*from
        };
        self.feed(next, slots, to);
    }
}
