//! The byte lattice: undoes a misreading where bytes were lost, added or changed,
//! and where only part of the text is garbled.
//!
//! A garbled character stands for every byte string that its reading could have
//! come from (`channel`); these are edges from its place in the text to the
//! next. Along the edges the bytes are decoded as the charset they were written
//! in; a byte that is not known may be any of a set (`slots`). A beam search
//! with the language model finds the path that costs least. Characters may also
//! pass as they are: that is how a garbled span in an intact line is found.
//!
//! Work is bounded: at each place at most `BEAM` hypotheses live, and none that
//! costs `SPREAD` more than the best.

mod channel;
mod infer;
mod notes;
mod slots;

pub use self::channel::Channel;

use self::channel::{Edge, HIGH, LEAD, PRIVATE};
use self::notes::Note;
use self::slots::{Completer, Pending, Slot};
use crate::model::{BIT, Bits, State, model};

/// Hypotheses that live at one place.
const BEAM: usize = 16;
/// How much more than the best a hypothesis may cost.
const SPREAD: Bits = 40 * BIT;
/// Ways to fill an unknown byte that are followed.
const GUESSES: usize = 6;
/// Going from intact to garbled text or back.
const SWITCH: Bits = 6 * BIT;
/// A character whose bytes are not all there.
const LOST: Bits = 26 * BIT;
/// The last character, cut.
const CUT: Bits = 20 * BIT;
/// A byte lost or added in double-byte text.
const STEP: Bits = 18 * BIT;
/// A bracket that went with a lead byte, where the rest of its tag stands.
const BRACKET: Bits = 2 * BIT;
/// A quote or bracket that is opened and not closed, or closed and not opened.
const UNPAIRED: Bits = 6 * BIT;
/// An annotation.
const NOTE: Bits = 3 * BIT;
/// The same where a full-width form was folded to ASCII across two characters.
const FOLDED: Bits = 5 * BIT;
/// A private-use character dropped from double-byte text out of step.
const PRIVATE_DROPPED: Bits = 7 * BIT;

/// The best way through the lattice.
#[derive(Clone, Debug)]
pub struct Path {
    pub pieces: Vec<Piece>,
    /// Cost of the text and of all that was believed on the way.
    pub cost: Bits,
}

/// A character of the output, with where it comes from.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Byte range in the garbled text.
    pub source: std::ops::Range<usize>,
    pub text: Text,
    /// Whether the characters of the source pass as they are.
    pub intact: bool,
    /// Probability of the character given its known bytes and its neighbours; 1
    /// where all bytes are known.
    pub certainty: f32,
    slots: Pending,
}

/// One character; two where one byte string makes two; none where something was left
/// behind that nobody wrote.
pub type Text = [Option<char>; 2];

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Mode {
    Start,
    Intact,
    Garbled,
}

#[derive(Clone, Copy)]
struct Hypothesis {
    pending: Pending,
    /// Where the pending bytes began.
    since: u32,
    state: State,
    mode: Mode,
    cost: Bits,
    /// The last piece in the arena; `u32::MAX` for none.
    piece: u32,
    /// The last byte, if it is known and not ASCII.
    last: Option<u8>,
    /// Quotes and brackets that were opened and not closed.
    open: Nesting,
}

struct Link {
    parent: u32,
    from: u32,
    to: u32,
    text: Text,
    intact: bool,
    slots: Pending,
}

/// Finds the best path of `text` through a channel; `None` if all bytes are as they were.
pub fn decode(text: &str, channel: &mut Channel) -> Option<Path> {
    let mut search = Search::new(text, channel);
    for at in 0..search.chars.len() {
        search.advance(at);
    }
    let (cost, last) = search.finish()?;
    let mut path = Path { pieces: search.trace(last), cost };
    if path.pieces.iter().all(|piece| piece.intact) {
        return None;
    }
    infer::certainties(&mut path, &mut search.completer);
    Some(path)
}

struct Search<'c> {
    chars: Vec<(usize, char)>,
    length: usize,
    /// Whether a character so rare follows soon that the text may be out of step here.
    odd: Vec<bool>,
    channel: &'c mut Channel,
    out_of_step: bool,
    dropped: Vec<Edge>,
    completer: Completer,
    links: Vec<Link>,
    now: Vec<Hypothesis>,
    next: Vec<Hypothesis>,
    /// Hypotheses that have passed over more than one character, and where they go on.
    later: Vec<(usize, Hypothesis)>,
    /// The annotation that begins at each character.
    notes: Vec<Option<Note>>,
    /// The least cost in `next`.
    least: Bits,
}

impl<'c> Search<'c> {
    fn new(text: &str, channel: &'c mut Channel) -> Self {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        let start = Hypothesis {
            pending: Pending::default(),
            since: 0,
            state: State::default(),
            mode: Mode::Start,
            cost: 0,
            piece: u32::MAX,
            last: None,
            open: Nesting::default(),
        };
        let out_of_step = channel.is_out_of_step();
        let note = |&(at, _): &(usize, char)| notes::note(text.get(at..)?);
        let notes = if out_of_step { chars.iter().map(note).collect() } else { Vec::new() };
        Search {
            odd: if out_of_step { odd(&chars) } else { Vec::new() },
            chars,
            length: text.len(),
            out_of_step,
            dropped: channel.dropped(),
            completer: Completer::new(channel.misreading.written, channel.sets.clone()),
            channel,
            links: Vec::new(),
            now: vec![start],
            next: Vec::new(),
            later: Vec::new(),
            notes,
            least: Bits::MAX,
        }
    }

    /// Takes all hypotheses past the character at index `at`.
    fn advance(&mut self, at: usize) {
        let Some(&(_, c)) = self.chars.get(at) else { return };
        let mut hypotheses = std::mem::take(&mut self.now);
        hypotheses.extend(self.later.extract_if(.., |(place, _)| *place == at).map(|(_, h)| h));
        self.least = Bits::MAX;
        self.lose(&mut hypotheses, at);
        let edges = self.channel.edges(c).to_vec();
        let note = self.notes.get(at).cloned().flatten();
        for hypothesis in &hypotheses {
            if hypothesis.pending.is_empty() {
                self.pass(hypothesis, at, c, &edges);
            }
            self.read(hypothesis, at, c, &edges);
            if let Some(note) = &note {
                self.take_note(hypothesis, at, note);
            }
        }
        let mut next = std::mem::take(&mut self.next);
        prune(&mut next);
        self.now = next;
    }

    /// Adds hypotheses in which something vanished before this place.
    fn lose(&mut self, hypotheses: &mut Vec<Hypothesis>, at: usize) {
        let unfinished: Vec<Hypothesis> =
            hypotheses.iter().filter(|h| !h.pending.is_empty()).copied().collect();
        for hypothesis in unfinished {
            for i in 0..self.dropped.len() {
                let Some(edge) = self.dropped.get(i).cloned() else { break };
                self.push(&hypothesis, &edge.slots, edge.cost, at);
            }
            if self.out_of_step && hypothesis.pending.len() == 1 {
                let pair = [Slot::unknown(PRIVATE), Slot::unknown(HIGH)];
                self.push(&hypothesis, &pair, PRIVATE_DROPPED, at);
            }
            let lost =
                self.emit(&hypothesis, [Some('\u{FFFD}'), None], at, false, hypothesis.pending);
            self.next.push(Hypothesis {
                pending: Pending::default(),
                cost: lost.cost + LOST,
                ..lost
            });
        }
        hypotheses.append(&mut self.next);
        self.least = Bits::MAX;
    }

    /// The character passes as it is.
    fn pass(&mut self, hypothesis: &Hypothesis, at: usize, c: char, edges: &[Edge]) {
        let mut state = hypothesis.state;
        let cost = model().step(&mut state, c);
        let switch = !c.is_ascii() && hypothesis.mode == Mode::Garbled && !self.out_of_step;
        let mode = if c.is_ascii() { hypothesis.mode } else { Mode::Intact };
        let from = Hypothesis { since: at as u32, ..*hypothesis };
        let piece = self.link(&from, [Some(c), None], at + 1, true, Pending::default());
        self.next.push(Hypothesis {
            state,
            mode,
            cost: hypothesis.cost + cost + if switch { SWITCH } else { 0 },
            piece,
            open: hypothesis.open.after(c),
            last: edges.first().and_then(|edge| edge.slots.last()).and_then(|slot| slot.known()),
            ..from
        });
    }

    /// An annotation is passed over, or tells what byte stood before it.
    fn take_note(&mut self, hypothesis: &Hypothesis, at: usize, note: &Note) {
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
        let from = Hypothesis { since: at as u32, mode: Mode::Garbled, ..*hypothesis };
        let before = std::mem::take(&mut self.next);
        for trail in notes::trail_bytes(self.channel.misreading.written, last, &note.pinyin) {
            self.push(&from, &[Slot::byte(trail)], NOTE, to);
        }
        let reached = std::mem::replace(&mut self.next, before);
        self.later.extend(reached.into_iter().map(|mut h| {
            if !h.pending.is_empty() {
                h.since = at as u32;
            }
            (to, h)
        }));
    }

    /// The character is read back into bytes.
    fn read(&mut self, hypothesis: &Hypothesis, at: usize, c: char, edges: &[Edge]) {
        let fresh = hypothesis.pending.is_empty();
        let mut from = *hypothesis;
        if fresh {
            from.since = at as u32;
            if self.out_of_step {
                if self.odd.get(at).copied().unwrap_or(false) {
                    self.fall_out_of_step(&from, at, edges);
                }
                return;
            }
            if c.is_ascii() && edges.len() == 1 {
                // It passes as it is.
                return;
            }
            if from.mode == Mode::Intact && !c.is_ascii() {
                from.cost += SWITCH;
            }
        }
        from.mode = Mode::Garbled;
        for edge in edges.iter().filter(|edge| !(fresh && edge.inside)) {
            let itself = c.is_ascii() && edge.slots.as_slice() == [Slot::byte(c as u8)];
            if !(fresh && itself) {
                self.push(&from, &edge.slots, edge.cost, at + 1);
            }
        }
        if !fresh && matches!(c, '?' | '\u{FFFD}') && self.ends_a_tag(at + 1) {
            self.swallow_bracket(&from, at);
        }
    }

    /// A lead byte took the bracket of a tag with it. To the text before it, a tag is
    /// the end of a line.
    fn swallow_bracket(&mut self, from: &Hypothesis, at: usize) {
        let before = std::mem::take(&mut self.next);
        self.push(from, &[Slot::unknown(LEAD)], BRACKET, at + 1);
        let reached = std::mem::replace(&mut self.next, before);
        for mut hypothesis in reached.into_iter().filter(|h| h.pending.is_empty()) {
            let mut end = hypothesis.state;
            hypothesis.cost += model().step(&mut end, ' ');
            model().step(&mut hypothesis.state, '<');
            hypothesis.since = at as u32;
            hypothesis.piece =
                self.link(&hypothesis, [Some('<'), None], at + 1, false, Pending::default());
            self.next.push(hypothesis);
        }
    }

    /// Whether what follows is a closing tag without its bracket, such as `/p>`.
    fn ends_a_tag(&self, at: usize) -> bool {
        let mut rest = self.chars.iter().skip(at).map(|&(_, c)| c);
        rest.next() == Some('/')
            && rest.next().is_some_and(|c| c.is_ascii_alphabetic())
            && rest.take(10).find(|c| !c.is_ascii_alphanumeric()) == Some('>')
    }

    /// A byte was lost before this character, or is one too many in it.
    fn fall_out_of_step(&mut self, from: &Hypothesis, at: usize, edges: &[Edge]) {
        let whole = *from;
        let from = Hypothesis { mode: Mode::Garbled, cost: from.cost + STEP, ..*from };
        for edge in edges {
            let [first, second] = edge.slots.as_slice() else { continue };
            self.push(&from, &[Slot::unknown(LEAD), *first, *second], edge.cost, at + 1);
            self.push(&from, &[*second], edge.cost, at + 1);
        }
        // A lone lead byte that was replaced by itself, which is no wonder where what
        // follows may be a full-width form folded without minding where it began.
        let follows = self.chars.get(at + 1).is_some_and(|(_, c)| c.is_ascii_punctuation());
        let step = if follows { FOLDED } else { STEP };
        let from = Hypothesis { mode: Mode::Garbled, cost: whole.cost + step, ..whole };
        let lone = |edge: &&Edge| matches!(edge.slots.as_slice(), [slot] if slot.known().is_none());
        for edge in edges.iter().filter(lone) {
            self.push(&from, &edge.slots, edge.cost, at + 1);
        }
    }

    /// Appends bytes to a hypothesis and adds what comes of it, as of index `to`.
    fn push(&mut self, from: &Hypothesis, slots: &[Slot], cost: Bits, to: usize) {
        if from.cost + cost > self.least.saturating_add(SPREAD) {
            return;
        }
        let mut front = vec![Hypothesis { cost: from.cost + cost, ..*from }];
        for &slot in slots {
            let mut reached = Vec::new();
            for hypothesis in front {
                let Some(pending) = hypothesis.pending.with(slot) else { continue };
                let hypothesis = Hypothesis { last: slot.known(), ..hypothesis };
                let completion = self.completer.complete(pending);
                if completion.incomplete {
                    reached.push(Hypothesis { pending, ..hypothesis });
                }
                let mut guesses: Vec<(Bits, State, Text)> = completion
                    .characters
                    .iter()
                    .map(|&(a, b)| {
                        let mut state = hypothesis.state;
                        let text = [Some(a), b];
                        let cost =
                            text.into_iter().flatten().map(|c| model().step(&mut state, c)).sum();
                        (cost, state, text)
                    })
                    .collect();
                if guesses.len() > GUESSES {
                    guesses.select_nth_unstable_by_key(GUESSES, |&(cost, _, text)| (cost, text));
                }
                for (cost, state, text) in guesses.into_iter().take(GUESSES) {
                    let slots = if pending.unknowns() > 0 { pending } else { Pending::default() };
                    let piece = self.link(&hypothesis, text, to, false, slots);
                    reached.push(Hypothesis {
                        pending: Pending::default(),
                        since: to as u32,
                        state,
                        cost: hypothesis.cost + cost,
                        piece,
                        open: text.into_iter().flatten().fold(hypothesis.open, Nesting::after),
                        ..hypothesis
                    });
                }
            }
            front = reached;
        }
        // A character that began inside this one belongs to its place.
        for hypothesis in &mut front {
            if !hypothesis.pending.is_empty() && hypothesis.since as usize == to && to > 0 {
                hypothesis.since = to as u32 - 1;
            }
        }
        self.least = front.iter().map(|h| h.cost).fold(self.least, Bits::min);
        self.next.append(&mut front);
    }

    /// A hypothesis after a character that the model is not asked about.
    fn emit(
        &mut self,
        from: &Hypothesis,
        text: Text,
        to: usize,
        intact: bool,
        slots: Pending,
    ) -> Hypothesis {
        let mut state = from.state;
        state.forget();
        let piece = self.link(from, text, to, intact, slots);
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
        let mut best: Option<(Bits, u32)> = None;
        for mut hypothesis in ends {
            if !hypothesis.pending.is_empty() {
                let cost = hypothesis.cost + CUT;
                let pending = hypothesis.pending;
                hypothesis = self.emit(&hypothesis, [Some('\u{FFFD}'), None], end, false, pending);
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

/// The cost of a text as it stands, to be compared with [`Path::cost`].
pub fn standing_cost(text: &str) -> Bits {
    model().cost(text) + text.chars().fold(Nesting::default(), Nesting::after).cost()
}

/// How many quotes and brackets of CJK text are open: curly quotes, corner brackets, others.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Nesting([i8; 3]);

impl Nesting {
    fn after(self, c: char) -> Self {
        let [curly, corner, other] = self.0;
        let (up, down) = (|n: i8| n.saturating_add(1), |n: i8| n.saturating_sub(1));
        Nesting(match c {
            '“' => [up(curly), corner, other],
            '”' => [down(curly), corner, other],
            '「' | '『' => [curly, up(corner), other],
            '」' | '』' => [curly, down(corner), other],
            '《' | '（' | '【' => [curly, corner, up(other)],
            '》' | '）' | '】' => [curly, corner, down(other)],
            _ => self.0,
        })
    }

    fn cost(self) -> Bits {
        self.0.iter().map(|open| Bits::from(open.unsigned_abs()) * UNPAIRED).sum()
    }
}

/// Keeps the best hypotheses, one for each way to go on.
fn prune(hypotheses: &mut Vec<Hypothesis>) {
    hypotheses.sort_by_key(|h| h.cost);
    let limit = hypotheses.first().map_or(0, |h| h.cost.saturating_add(SPREAD));
    let mut kept: Vec<Hypothesis> = Vec::with_capacity(BEAM);
    for h in hypotheses.iter().take_while(|h| h.cost <= limit) {
        if kept.len() == BEAM {
            break;
        }
        let goes_on_like = |k: &Hypothesis| {
            k.pending == h.pending && k.mode == h.mode && k.open == h.open && k.state == h.state
        };
        if !kept.iter().any(goes_on_like) {
            kept.push(*h);
        }
    }
    *hypotheses = kept;
}

/// For each character, whether it or one of the next three is one that text out of
/// step is full of: rare, or put in the place of bytes that made no character.
fn odd(chars: &[(usize, char)]) -> Vec<bool> {
    const RARE: Bits = 15 * BIT;
    let rare: Vec<bool> = chars
        .iter()
        .map(|&(_, c)| {
            matches!(c, '?' | '\u{FFFD}') || !c.is_ascii() && model().anywhere(c) >= RARE
        })
        .collect();
    (0..rare.len()).map(|i| rare.iter().skip(i).take(4).any(|&r| r)).collect()
}
