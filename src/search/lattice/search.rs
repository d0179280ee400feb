//! The search itself: a beam of hypotheses, taken from place to place of the text.
//!
//! In come the edges of each character, out comes the path that costs least. At a place each
//! hypothesis lets the character pass, reads it back into bytes, or loses something before it.

use super::beam::{Hypothesis, Mode, prune};
use super::complete::Completer;
use super::edges::{Channel, Edge, Edges};
use super::guesses::Guess;
use super::letters::Strangeness;
use super::path::{GONE, Piece, Text};
use super::slots::{Pending, Slot};
use super::standing::undercharge;
use super::step::Steps;
use crate::channel::traces::is_gap;
use crate::model::{BIT, Bits, model};
use crate::text::characters::is_c1;

/// Hypotheses that live at one place, and where the misreading is known.
const BEAM: usize = 32;
const NARROW: usize = 12;
/// How much more than the best a hypothesis may cost; and where nothing else than one charset
/// is asked about, so that none has to catch up that was intact for long.
const SPREAD: Bits = 28 * BIT;
const CLOSE: Bits = 16 * BIT;
/// How much more than the best a hypothesis may cost where nothing may be lost: what begins a
/// character that never ends costs nothing until then.
const WIDE: Bits = 120 * BIT;
/// Characters that are tried at one place for all unknown bytes together: the ceiling on
/// the work of the search.
const WORK: usize = 4000;
/// The same behind so many characters that are all lost, of which nobody can tell what they were.
const WORK_IN_RUN: usize = 128;
const RUN: usize = 3;
/// Going from intact to garbled text or back.
const SWITCH: Bits = 6 * BIT;
/// A decoder that takes now one byte and now two; and one that may have found back into step.
const CHANGE_OF_MANNER: [Bits; 2] = [20 * BIT, 8 * BIT];
/// A character whose bytes are not all there.
const LOST: Bits = 26 * BIT;
/// The last character, cut: one of UTF-8, which its first byte tells, another, and a sign of
/// UTF-8, which is rarer than a letter.
const CUT: [Bits; 3] = [14 * BIT, 20 * BIT, 26 * BIT];

/// A piece of a path, and the one before it.
pub struct Link {
    parent: u32,
    from: u32,
    to: u32,
    pub text: Text,
    intact: bool,
    slots: Pending,
}

/// A search through the lattice of a text, from place to place.
pub struct Search<'c> {
    pub chars: Vec<(usize, char)>,
    length: usize,
    pub channel: &'c Channel,
    /// What is needed for text out of step.
    pub steps: Option<Steps>,
    dropped: Vec<Edge>,
    /// Whether nothing may be lost.
    pub exact: bool,
    /// Hypotheses that live at one place.
    beam: usize,
    /// How much more than the best of them one may cost.
    pub spread: Bits,
    pub completer: Completer,
    /// What guesses cost that are in letters of another kind than the line.
    pub strangeness: Strangeness,
    /// Room for guesses.
    pub guesses: Vec<Guess>,
    pub links: Vec<Link>,
    pub now: Vec<Hypothesis>,
    next: Vec<Hypothesis>,
    /// Hypotheses that have passed over more than one character, and where they go on.
    pub later: Vec<(usize, Hypothesis)>,
    /// The least cost in `next`.
    pub least: Bits,
    /// One in how many candidates is tried, to the power of two: the commonest.
    pub effort: u32,
    /// Characters that may still be tried at this place.
    pub left: usize,
}

impl<'c> Search<'c> {
    pub fn new(text: &str, channel: &'c Channel) -> Self {
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

    /// This search where nothing may be lost.
    pub fn exact(self) -> Self {
        Search { exact: true, spread: WIDE, dropped: Vec::new(), ..self }
    }

    /// This search with fewer hypotheses at a place.
    pub fn narrow(self) -> Self {
        Search { beam: NARROW, spread: CLOSE, ..self }
    }

    /// The characters whose bytes are all there, without the gaps between them.
    pub fn known(&self, edges: &Edges) -> String {
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
    pub fn advance(&mut self, at: usize, edges: &[Edge]) {
        let Some(&(_, c)) = self.chars.get(at) else { return };
        let mut hypotheses = std::mem::take(&mut self.now);
        hypotheses.extend(self.later.extract_if(.., |(place, _)| *place == at).map(|(_, h)| h));
        self.least = Bits::MAX;
        self.left = if self.is_in_run(at) { WORK_IN_RUN } else { WORK };
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

    /// Whether so many characters before a place, and the one there, are all lost.
    fn is_in_run(&self, at: usize) -> bool {
        let run = at.checked_sub(RUN).and_then(|start| self.chars.get(start..=at));
        run.is_some_and(|run| run.iter().all(|&(_, c)| c == char::REPLACEMENT_CHARACTER))
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
    pub fn push(&mut self, from: &Hypothesis, edge: &Edge, to: usize) {
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
    pub fn reached(&mut self, push: impl FnOnce(&mut Self)) -> Vec<Hypothesis> {
        let before = (std::mem::take(&mut self.next), self.least);
        push(self);
        self.least = before.1;
        std::mem::replace(&mut self.next, before.0)
    }

    /// Adds a hypothesis at the next place.
    pub fn reach(&mut self, hypothesis: Hypothesis) {
        if hypothesis.cost > self.least.saturating_add(self.spread) {
            return;
        }
        self.least = self.least.min(hypothesis.cost);
        self.next.push(hypothesis);
    }

    /// A hypothesis after a character that the model is not asked about.
    pub fn emit(&mut self, from: &Hypothesis, text: Text, to: usize, slots: Pending) -> Hypothesis {
        let mut state = from.state;
        state.forget();
        let piece = self.link(from, text, to, false, slots);
        Hypothesis { state, piece, since: to as u32, ..*from }
    }

    pub fn link(
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
    pub fn finish(&mut self) -> Option<(Bits, u32)> {
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
                let [told, untold, sign] = CUT;
                let cost = hypothesis.cost
                    + match hypothesis.pending.lead() {
                        _ if !self.channel.misreading.is_utf8() => untold,
                        Some(0xE2 | 0xF0) => sign,
                        _ => told,
                    };
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

    pub fn trace(&self, last: u32) -> Vec<Piece> {
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

/// How many candidates are tried for the hypothesis of a rank, as a power of two less
/// than all.
fn effort(rank: usize) -> u32 {
    (rank as u32 / 4).min(2)
}
