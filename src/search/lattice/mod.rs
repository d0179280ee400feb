//! The byte lattice: undoes a misreading where bytes were lost, added or changed,
//! and where only part of the text is garbled.
//!
//! A garbled character stands for every byte string that its reading could have
//! come from (`channel`); these are edges from its place in the text to the
//! next. Along the edges the bytes are decoded as the charset they were written
//! in; a byte that is not known may be any of a set (`slots`, `complete`). A beam
//! search with the language model finds the path that costs least (`beam`).
//! Characters may also pass as they are: that is how a garbled span in an intact
//! line is found. Text that is read in its own charset and out of step has more ways to
//! go on (`step`).
//!
//! Work is bounded: at each place a fixed number of hypotheses live, each of which tries
//! a fixed number of characters where bytes are unknown.

mod alone;
mod beam;
mod channel;
mod complete;
mod guesses;
mod infer;
mod letters;
mod notes;
mod path;
mod slots;
mod standing;
mod step;

pub use self::channel::Channel;
pub use self::complete::common;
pub use self::path::{Path, Piece, Text};
pub use self::standing::standing_cost;

use self::beam::{Hypothesis, Mode, prune};
use self::channel::{Edge, Edges};
use self::complete::{Completer, Read};
use self::guesses::{Best, Guess};
use self::letters::Strangeness;
use self::path::GONE;
use self::slots::{Pending, Slot};
use self::standing::undercharge;
use self::step::Steps;
use crate::channel::traces::is_gap;
use crate::characters::is_c1;
use crate::model::{BIT, Bits, State, model};

/// Hypotheses that live at one place, and where the misreading is known.
const BEAM: usize = 32;
const NARROW: usize = 12;
/// How much more than the best a hypothesis may cost; and where nothing else than one charset
/// is asked about, so that none has to catch up that was intact for long.
const SPREAD: Bits = 28 * BIT;
const CLOSE: Bits = 16 * BIT;
/// The same where nothing may be lost: what begins a character that never ends costs nothing
/// until then.
const WIDE: Bits = 120 * BIT;
/// Characters that are tried at one place for all unknown bytes together: the ceiling on
/// the work of the search.
const WORK: usize = 4000;
/// Characters that are tried at least for an unknown byte.
const FEWEST: usize = 8;
/// Going from intact to garbled text or back.
const SWITCH: Bits = 6 * BIT;
/// A decoder that takes now one byte and now two; and one that may have found back into step.
const CHANGE_OF_MANNER: [Bits; 2] = [20 * BIT, 8 * BIT];
/// A character whose bytes are not all there.
const LOST: Bits = 26 * BIT;
/// A sign that UTF-8 tells, so many bytes of which are known, at most.
const SIGN: Bits = 20 * BIT;
const SEQUENCE: usize = 3;
/// By how much one costs less, two bytes of which are known.
const TOLD: Bits = 8 * BIT;
/// The last character, cut: one of UTF-8, which its first byte tells, and another.
const CUT: [Bits; 2] = [14 * BIT, 20 * BIT];

struct Link {
    parent: u32,
    from: u32,
    to: u32,
    text: Text,
    intact: bool,
    slots: Pending,
}

/// Finds the best path of `text` through a channel; `None` if all bytes are as they were.
pub fn decode(text: &str, channel: &Channel) -> Option<Path> {
    best_path(Search::new(text, channel), None)
}

/// The same, if it may come near another path of the same text, by another channel.
pub fn decode_beside(text: &str, channel: &Channel, other: &Path) -> Option<Path> {
    best_path(Search::new(text, channel), Some(other))
}

/// The same where no byte was lost or changed: only what is well-formed is read.
pub fn decode_exact(text: &str, channel: &Channel) -> Option<Path> {
    let search = Search::new(text, channel);
    best_path(Search { exact: true, spread: WIDE, dropped: Vec::new(), ..search }, None)
}

/// The same with fewer hypotheses at a place, for text of which the misreading is known.
pub fn decode_narrow(text: &str, channel: &Channel) -> Option<Path> {
    best_path(Search { beam: NARROW, spread: CLOSE, ..Search::new(text, channel) }, None)
}

fn best_path(mut search: Search, other: Option<&Path>) -> Option<Path> {
    let channel = search.channel;
    let folded = channel.is_out_of_step() && step::is_folded(&search.chars);
    let mut edges = channel.edges(&search.chars, folded);
    if search.exact {
        edges.retain_exact();
    }
    let known = search.known(&edges);
    search.strangeness = Strangeness::of(known);
    let mut so_far = Vec::with_capacity(search.chars.len());
    for at in 0..search.chars.len() {
        search.advance(at, edges.of(at));
        let least = search.now.iter().map(|h| h.cost).min();
        if other.is_some_and(|other| least.is_some_and(|least| other.is_far_ahead(at, least))) {
            return None;
        }
        so_far.push(least.unwrap_or_default());
    }
    let (cost, last) = search.finish()?;
    let mut path = Path { pieces: search.trace(last), cost, so_far };
    if path.pieces.iter().all(|piece| piece.intact) {
        return None;
    }
    infer::certainties(&mut path, &search.completer, &search.strangeness);
    if folded {
        step::fold(&mut path.pieces);
    }
    Some(path)
}

struct Search<'c> {
    chars: Vec<(usize, char)>,
    length: usize,
    channel: &'c Channel,
    /// What is needed for text out of step.
    steps: Option<Steps>,
    dropped: Vec<Edge>,
    /// Whether nothing may be lost.
    exact: bool,
    /// Hypotheses that live at one place.
    beam: usize,
    /// How much more than the best of them one may cost.
    spread: Bits,
    completer: Completer,
    /// What guesses cost that are in letters of another kind than the line.
    strangeness: Strangeness,
    /// Room for guesses.
    guesses: Vec<Guess>,
    links: Vec<Link>,
    now: Vec<Hypothesis>,
    next: Vec<Hypothesis>,
    /// Hypotheses that have passed over more than one character, and where they go on.
    later: Vec<(usize, Hypothesis)>,
    /// The least cost in `next`.
    least: Bits,
    /// One in how many candidates is tried, to the power of two: the commonest.
    effort: u32,
    /// Characters that may still be tried at this place.
    left: usize,
}

impl<'c> Search<'c> {
    fn new(text: &str, channel: &'c Channel) -> Self {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        Search {
            steps: channel.is_out_of_step().then(|| Steps::new(text, &chars)),
            chars,
            length: text.len(),
            dropped: channel.dropped(),
            exact: false,
            beam: BEAM,
            spread: if channel.is_out_of_step() { CLOSE } else { SPREAD },
            completer: Completer::new(channel.misreading.written, channel.sets),
            channel,
            strangeness: Strangeness::default(),
            guesses: Vec::new(),
            links: Vec::new(),
            now: vec![Hypothesis::start()],
            next: Vec::new(),
            later: Vec::new(),
            least: Bits::MAX,
            effort: 0,
            left: WORK,
        }
    }

    /// The characters whose bytes are all there, without the gaps between them.
    fn known(&self, edges: &Edges) -> String {
        let mut bytes = Vec::new();
        let mut text = String::new();
        for at in 0..=self.chars.len() {
            let known = edges.of(at).first().and_then(|edge| edge.slots.known());
            match known {
                Some((own, length)) => bytes.extend(own.iter().take(length)),
                None => {
                    self.channel.misreading.written.decode_lossy(&bytes, &mut text);
                    bytes.clear();
                }
            }
        }
        text
    }

    /// Takes all hypotheses past the character at index `at`.
    fn advance(&mut self, at: usize, edges: &[Edge]) {
        let Some(&(_, c)) = self.chars.get(at) else { return };
        let mut hypotheses = std::mem::take(&mut self.now);
        hypotheses.extend(self.later.extract_if(.., |(place, _)| *place == at).map(|(_, h)| h));
        self.least = Bits::MAX;
        self.left = WORK;
        self.lose(&mut hypotheses, at);
        let note = self.steps.as_ref().and_then(|steps| steps.note(at)).cloned();
        for (rank, hypothesis) in hypotheses.iter().enumerate() {
            self.effort = effort(rank);
            if hypothesis.pending.is_empty() {
                self.pass(hypothesis, at, c, edges);
            }
            self.read(hypothesis, at, c, edges);
            if let Some(note) = &note {
                self.take_note(hypothesis, at, note);
            }
        }
        prune(&mut self.next, self.beam, self.spread);
        // The vector of hypotheses that have been taken on serves again.
        hypotheses.clear();
        self.now = std::mem::replace(&mut self.next, hypotheses);
    }

    /// Adds hypotheses in which something vanished before this place.
    fn lose(&mut self, hypotheses: &mut Vec<Hypothesis>, at: usize) {
        for i in 0..if self.exact { 0 } else { hypotheses.len() } {
            let Some(&hypothesis) = hypotheses.get(i).filter(|h| !h.pending.is_empty()) else {
                continue;
            };
            self.effort = effort(i);
            for i in 0..self.dropped.len() {
                let Some(&edge) = self.dropped.get(i) else { break };
                self.push(&hypothesis, &edge, at);
            }
            // Of a run of blanks one is left, and none stood before what ends a sentence.
            let char_at = |at: usize| self.chars.get(at).map(|&(_, c)| c);
            if char_at(at) == Some(' ')
                && !matches!(char_at(at + 1), Some('.' | ',' | ')'))
                && let Some(edge) = self.channel.collapsed()
            {
                let from = self.behind_pair(hypothesis, at);
                self.push(&from, &edge, at);
            }
            self.lose_private(&hypothesis, at);
            let lost = self.emit(&hypothesis, GONE, at, hypothesis.pending);
            self.reach(Hypothesis { pending: Pending::default(), cost: lost.cost + LOST, ..lost });
        }
        hypotheses.append(&mut self.next);
        self.least = Bits::MAX;
    }

    /// The character passes as it is.
    fn pass(&mut self, hypothesis: &Hypothesis, at: usize, c: char, edges: &[Edge]) {
        let mut state = hypothesis.state;
        let char_at = |at: usize| self.chars.get(at).map(|&(_, c)| c);
        let extra = undercharge(at.checked_sub(1).and_then(char_at), c, char_at(at + 1));
        let cost = model().step(&mut state, c) + extra;
        let whole = self.steps.is_none();
        let switch = whole && !c.is_ascii() && hypothesis.mode == Mode::Garbled;
        let mode = if c.is_ascii() { hypothesis.mode } else { Mode::Intact };
        let from = Hypothesis { since: at as u32, ..*hypothesis };
        let piece = self.link(&from, [Some(c), None], at + 1, true, Pending::default());
        self.reach(Hypothesis {
            state,
            mode,
            cost: hypothesis.cost + cost + if switch { SWITCH } else { 0 },
            piece,
            since: at as u32 + 1,
            open: hypothesis.open.after(c),
            last: edges.first().and_then(|edge| edge.slots.last()).and_then(|slot| slot.known()),
            ..from
        });
    }

    /// The character is read back into bytes.
    fn read(&mut self, hypothesis: &Hypothesis, at: usize, c: char, edges: &[Edge]) {
        let fresh = hypothesis.pending.is_empty();
        let mut from = *hypothesis;
        if fresh {
            from.since = at as u32;
            if self.steps.is_some() {
                if self.effort > 1 {
                    return;
                }
                self.fall_out_of_step(&from, at, edges);
                return;
            }
            if from.mode == Mode::Intact && !c.is_ascii() {
                from.cost += SWITCH;
            }
        }
        from.mode = Mode::Garbled;
        self.charge(&mut from, at, c);
        let itself = |edge: &Edge| c.is_ascii() && edge.slots == Pending::of(Slot::byte(c as u8));
        for edge in edges.iter().filter(|edge| !fresh || !edge.inside && !itself(edge)) {
            self.push(&from, edge, at + edge.length);
        }
        if !fresh && is_gap(c) && self.ends_a_tag(at + 1) {
            self.swallow_bracket(&from, at);
        }
    }

    /// Appends the bytes of an edge to a hypothesis and adds what comes of it, as of
    /// index `to`.
    fn push(&mut self, from: &Hypothesis, edge: &Edge, to: usize) {
        let [in_step, out_of_step] = CHANGE_OF_MANNER;
        let change = match (from.manner, edge.manner) {
            (Some(before), Some(now)) if before != now && self.steps.is_none() => in_step,
            (Some(before), Some(now)) if before != now => out_of_step,
            _ => 0,
        };
        let manner = edge.manner.or(from.manner);
        let from = Hypothesis { cost: from.cost + edge.cost + change, manner, ..*from };
        if edge.length > 1 {
            let reached = self.reached(|search| search.feed(from, edge.slots, to));
            self.later.extend(reached.into_iter().map(|hypothesis| (to, hypothesis)));
        } else {
            self.feed(from, edge.slots, to);
        }
    }

    /// What comes of something, apart from all else.
    fn reached(&mut self, push: impl FnOnce(&mut Self)) -> Vec<Hypothesis> {
        let before = (std::mem::take(&mut self.next), self.least);
        push(self);
        self.least = before.1;
        std::mem::replace(&mut self.next, before.0)
    }

    /// Appends bytes to a hypothesis one by one.
    fn feed(&mut self, from: Hypothesis, slots: Pending, to: usize) {
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
        if let Some((bytes, length)) = pending.known() {
            match self.completer.read(bytes.get(..length).unwrap_or_default()) {
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
            return;
        }
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
            SEQUENCE.. => cost.saturating_sub(TOLD).min(SIGN),
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

    /// Adds a hypothesis at the next place.
    fn reach(&mut self, hypothesis: Hypothesis) {
        if hypothesis.cost > self.least.saturating_add(self.spread) {
            return;
        }
        self.least = self.least.min(hypothesis.cost);
        self.next.push(hypothesis);
    }

    /// A hypothesis after a character that the model is not asked about.
    fn emit(&mut self, from: &Hypothesis, text: Text, to: usize, slots: Pending) -> Hypothesis {
        let mut state = from.state;
        state.forget();
        let piece = self.link(from, text, to, false, slots);
        Hypothesis { state, piece, since: to as u32, ..*from }
    }

    fn link(
        &mut self,
        from: &Hypothesis,
        text: Text,
        to: usize,
        intact: bool,
        slots: Pending,
    ) -> u32 {
        self.links.push(Link {
            parent: from.piece,
            from: from.since,
            to: to as u32,
            text,
            intact,
            slots,
        });
        self.links.len() as u32 - 1
    }

    /// The cost and the last piece of the best hypothesis at the end.
    fn finish(&mut self) -> Option<(Bits, u32)> {
        let end = self.chars.len();
        let mut ends = std::mem::take(&mut self.now);
        ends.extend(self.later.drain(..).filter(|(to, _)| *to == end).map(|(_, h)| h));
        if !self.exact {
            // Where controls stand none were dropped: the end was cut off.
            let cut = self.chars.iter().any(|&(_, c)| is_c1(c));
            let dropped = self.dropped.iter().copied().take(usize::from(!cut));
            let vanished: Vec<Edge> = dropped.chain(self.channel.collapsed()).collect();
            self.least = Bits::MAX;
            for hypothesis in ends.iter().filter(|h| !h.pending.is_empty()) {
                for edge in &vanished {
                    self.push(hypothesis, edge, end);
                }
            }
            ends.append(&mut self.next);
        }
        let mut best: Option<(Bits, u32)> = None;
        for mut hypothesis in ends {
            if !hypothesis.pending.is_empty() {
                if self.exact {
                    continue;
                }
                let [told, untold] = CUT;
                let is_told = self.channel.misreading.is_utf8();
                let cost = hypothesis.cost + if is_told { told } else { untold };
                hypothesis = self.emit(&hypothesis, GONE, end, hypothesis.pending);
                hypothesis.cost = cost;
            }
            let open = hypothesis.open.cost();
            let cost = hypothesis.cost + open + model().step(&mut hypothesis.state, ' ');
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, hypothesis.piece));
            }
        }
        best
    }

    fn trace(&self, last: u32) -> Vec<Piece> {
        let place = |index: u32| self.chars.get(index as usize).map_or(self.length, |&(at, _)| at);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut at = last;
        while let Some(link) = self.links.get(at as usize) {
            pieces.push(Piece {
                source: place(link.from)..place(link.to),
                text: link.text,
                intact: link.intact,
                certainty: 1.0,
                slots: link.slots,
            });
            at = link.parent;
        }
        pieces.reverse();
        // Two characters may share a garbled one: it belongs to the first.
        let mut end = 0;
        for piece in &mut pieces {
            piece.source.start = piece.source.start.max(end);
            piece.source.end = piece.source.end.max(piece.source.start);
            end = piece.source.end;
        }
        pieces
    }
}

fn step(state: &mut State, text: Text) -> Bits {
    text.into_iter().flatten().map(|c| model().step(state, c)).sum()
}

/// How many candidates are tried for the hypothesis of a rank, as a power of two less
/// than all.
fn effort(rank: usize) -> u32 {
    (rank as u32 / 4).min(2)
}
