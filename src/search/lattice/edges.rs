//! What a garbled character may stand for: its edges in the lattice of bytes.
//!
//! A decoder that meets bytes it cannot read leaves something in their place: a
//! replacement character, a question mark, a middle dot, nothing. Which bytes
//! went, and whether the next one went with them, depends on the decoder; all
//! manners in use are edges here, each at a cost. What went was not readable:
//! that leaves few bytes to choose from. So is what becomes of readable
//! characters later: a no-break space that turns into a blank, quotes that are
//! straightened, full-width punctuation that is folded to ASCII.

use super::sets::{BEFORE, LEAD, PARTNER, Sets, UNREADABLE, sets};
use super::slots::{Pending, Slot};
use crate::channel::Misreading;
use crate::channel::traces::is_gap;
use crate::charset::{Charset, Family};
use crate::model::{BIT, Bits};

/// Bytes that a garbled character may stand for, and what it costs to believe it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    pub slots: Pending,
    pub cost: Bits,
    /// Only inside an unfinished character.
    pub inside: bool,
    /// How the decoder left it, if it could not read the bytes.
    pub manner: Option<Taken>,
    /// Characters that it takes up.
    pub length: usize,
}

/// What a decoder takes of bytes that make no character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The first byte.
    One,
    /// The first byte and the next.
    Two,
}

/// How text was garbled: a misreading, and bytes lost on the way.
pub struct Channel {
    pub misreading: Misreading,
    /// The bytes that each unknown slot may be.
    pub sets: &'static Sets,
}

/// What the manners of losing a byte cost.
const LOST: Bits = BIT;
/// The same for a byte taken along, and for a question mark, which may be one.
const TAKEN_ALONG: Bits = 2 * BIT;
const DOUBT: Bits = 2 * BIT;
/// What it costs that a text fell out of step, besides what each place costs.
const OUT_OF_STEP: Bits = 4 * BIT;
/// One byte in text out of step: decoders that take one at a time find back soon.
const IN_STEP: Bits = 4 * BIT;
const DROPPED: Bits = 4 * BIT;
const CHANGED: Bits = 3 * BIT;
/// A no-break space that went into the blank behind it; as often as not it becomes one.
const COLLAPSED: Bits = 3 * BIT / 2;
/// What it costs besides if a straight quote is that would close one.
const CLOSING: Bits = 20 * BIT;
/// A full-width form in a text that has such, and in one that has none.
const FOLDED: [Bits; 2] = [6 * BIT, BIT];

impl Channel {
    pub fn new(misreading: Misreading) -> Self {
        Channel { misreading, sets: sets(misreading.read) }
    }

    /// The byte strings that each character of a text may stand for.
    pub fn edges(&self, chars: &[(usize, char)], folded: bool) -> Edges {
        let mut edges = Edges { all: Vec::with_capacity(chars.len() * 2), ends: Vec::new() };
        let read = self.misreading.read;
        let mut quotes = Quotes::default();
        for (at, &(_, c)) in chars.iter().enumerate() {
            let next = chars.get(at + 1).map(|&(_, c)| c);
            let from = edges.all.len();
            for (rank, bytes) in read.preimages(c).enumerate() {
                let slots = Pending::bytes(&bytes).unwrap_or_default();
                let cost = if rank == 0 { 0 } else { 2 * BIT };
                edges.add(from, Edge { slots, cost, inside: false, manner: None, length: 1 });
            }
            let before = at.checked_sub(1).and_then(|at| chars.get(at)).map(|&(_, c)| c);
            if c.is_ascii() {
                let closing = if quotes.closes(before, c, next) { CLOSING } else { 0 };
                self.add_changed(&mut edges, from, c, folded, closing);
            }
            if is_gap(c) && (c != '・' || read == Charset::SHIFT_JIS && !self.is_out_of_step()) {
                let next_byte = |c| read.preimages(c).next()?.first().copied();
                let byte = next.filter(|&c| !is_gap(c)).and_then(next_byte);
                self.add_gap(&mut edges, from, c, next, byte);
            }
            edges.ends.push(edges.all.len());
        }
        edges
    }

    /// Characters that were changed after they were read.
    fn add_changed(&self, edges: &mut Edges, from: usize, c: char, folded: bool, closing: Bits) {
        let read = self.misreading.read;
        let mut add = |slots: Pending, cost: Bits| {
            edges.add(from, Edge { slots, cost, inside: true, manner: None, length: 1 });
        };
        // Full-width forms that were folded to ASCII.
        if read.family() == Family::DoubleByte
            && let Some(wide) = char::from_u32(c as u32 + 0xFEE0).filter(|_| c > ' ')
        {
            let [rarely, often] = FOLDED;
            for bytes in read.preimages(wide).filter(|bytes| bytes.len() == 2) {
                let slots = Pending::bytes(&bytes).unwrap_or_default();
                add(slots, if folded { often } else { rarely });
            }
        }
        if c == ' ' && read.family() != Family::SingleByte {
            add(Pending::of(Slot::byte(0xA0)), CHANGED);
        }
        for bytes in straightened(c).chars().flat_map(|c| read.preimages(c)) {
            add(Pending::bytes(&bytes).unwrap_or_default(), CHANGED + closing);
        }
        if c == ' '
            && let Some(slots) = self.no_break_space()
        {
            add(slots, 0);
        }
        // The second byte of the middle dot that Windows' Japanese decoder writes, the
        // first of which was lost in turn.
        if c == 'E' && read == Charset::SHIFT_JIS {
            add(Pending::of(Slot::unknown(UNREADABLE)), CHANGED);
        }
    }

    /// What decoders put in the place of bytes.
    fn add_gap(
        &self,
        edges: &mut Edges,
        from: usize,
        c: char,
        next: Option<char>,
        byte: Option<u8>,
    ) {
        let doubt = match c {
            '\u{FFFD}' => 0,
            '?' => DOUBT,
            _ => 2 * DOUBT,
        };
        let mut add = |slots: Pending, cost: Bits, manner: Option<Taken>, length: usize| {
            let cost = cost + doubt;
            // Middle dots are common in text.
            let inside = c == '・';
            edges.add(from, Edge { slots, cost, inside, manner, length });
        };
        let has = |set: u16| self.sets.get(set).is_some_and(|set| !set.is_empty());
        if self.misreading.read.family() == Family::DoubleByte {
            let one = byte.map_or(UNREADABLE, |byte| BEFORE + u16::from(byte));
            // Browsers give back an ASCII byte that they cannot read behind another.
            let certain = next.is_none() || c == '\u{FFFD}' && next.is_some_and(|c| c.is_ascii());
            if has(one) {
                let (cost, manner) = match certain {
                    true => (LOST, None),
                    false if self.is_out_of_step() => (LOST + IN_STEP, Some(Taken::One)),
                    false => (LOST, Some(Taken::One)),
                };
                add(Pending::of(Slot::unknown(one)), cost, manner, 1);
            }
            let two = Pending::pair(Slot::unknown(LEAD), Slot::unknown(PARTNER));
            // Those that leave a replacement character seldom take anything along.
            let seldom = if self.is_out_of_step() && c == '\u{FFFD}' { IN_STEP } else { 0 };
            add(two, LOST + TAKEN_ALONG + seldom, Some(Taken::Two), 1);
            if next == Some('E') && self.misreading.read == Charset::SHIFT_JIS {
                add(Pending::of(Slot::unknown(UNREADABLE)), LOST, None, 2);
            }
        } else if has(UNREADABLE) {
            add(Pending::of(Slot::unknown(UNREADABLE)), LOST, None, 1);
        }
    }

    /// The byte of a no-break space, where it has one.
    fn no_break_space(&self) -> Option<Pending> {
        let read = self.misreading.read;
        let bytes = read.encode_char('\u{A0}').filter(|_| read.family() == Family::SingleByte)?;
        Pending::bytes(&bytes)
    }

    /// A no-break space that went into the blank behind it, or with those at the end.
    pub fn collapsed(&self) -> Option<Edge> {
        let slots = self.no_break_space()?;
        Some(Edge { slots, cost: COLLAPSED, inside: true, manner: None, length: 0 })
    }

    /// Bytes that may have vanished without a trace inside an unfinished character:
    /// C1 controls and the soft hyphen, or a no-break space.
    pub fn dropped(&self) -> Vec<Edge> {
        let read = self.misreading.read;
        let mut edges = Vec::new();
        if read.family() != Family::SingleByte {
            return edges;
        }
        let mut add = |slots: Pending, cost: Bits| {
            edges.push(Edge { slots, cost, inside: true, manner: None, length: 0 });
        };
        if self.sets.get(UNREADABLE).is_some_and(|set| !set.is_empty()) {
            let slot = Slot::unknown(UNREADABLE);
            add(Pending::of(slot), DROPPED);
            if self.misreading.is_utf8() {
                add(Pending::pair(slot, slot), DROPPED + BIT);
            }
        }
        for bytes in ['\u{AD}', '\u{A0}'].iter().filter_map(|&c| read.encode_char(c)) {
            add(Pending::bytes(&bytes).unwrap_or_default(), DROPPED + 4 * BIT);
        }
        edges
    }

    /// The cost of the channel, if a misreading costs as much as given. No charset is
    /// likelier than another to lose a byte, for text shows what it can be in.
    pub fn prior(&self, misreading: Bits) -> Bits {
        if self.is_out_of_step() { misreading.min(OUT_OF_STEP) } else { misreading }
    }

    /// Whether written and read are one: damage is a byte lost or added, nothing else.
    pub fn is_out_of_step(&self) -> bool {
        self.misreading.is_out_of_step()
    }
}

/// What typography has for a character of ASCII, which may have been straightened to it.
fn straightened(c: char) -> &'static str {
    match c {
        '\'' => "’‘‚",
        '"' => "“”„",
        '-' => "–—",
        '~' => "˜",
        _ => "",
    }
}

/// Quotes of ASCII that are open: a straight one behind damage may be part of it, or close one.
#[derive(Default)]
struct Quotes([bool; 2]);

impl Quotes {
    /// Whether a character that may be part of what stands before it closes a quote that is none.
    fn closes(&mut self, before: Option<char>, c: char, next: Option<char>) -> bool {
        let Quotes(quotes) = self;
        let Some(at) = ['"', '\''].iter().position(|&quote| quote == c) else { return false };
        let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
        let Some(open) = quotes.get_mut(at) else { return false };
        match before {
            Some(before) if !before.is_ascii() => *open,
            _ if is_letter(before) && is_letter(next) => false,
            _ => {
                *open = !*open;
                false
            }
        }
    }
}

/// Whether typography has other forms of a character of ASCII.
pub fn is_straight(c: char) -> bool {
    !straightened(c).is_empty()
}

/// The edges of all characters of a text.
pub struct Edges {
    all: Vec<Edge>,
    ends: Vec<usize>,
}

impl Edges {
    /// Those of the character at an index.
    pub fn of(&self, at: usize) -> &[Edge] {
        let start = at.checked_sub(1).and_then(|at| self.ends.get(at)).copied().unwrap_or(0);
        let end = self.ends.get(at).copied().unwrap_or(start);
        self.all.get(start..end).unwrap_or_default()
    }

    /// Drops all but the bytes that each character was read from.
    pub fn retain_exact(&mut self) {
        let mut kept = Vec::with_capacity(self.all.len());
        let mut from = 0;
        for end in &mut self.ends {
            let own = self.all.get(from..*end).unwrap_or_default();
            let known = |edge: &Edge| !edge.inside && edge.slots.known().is_some();
            kept.extend(own.iter().filter(|edge| known(edge)));
            from = std::mem::replace(end, kept.len());
        }
        self.all = kept;
    }

    fn add(&mut self, from: usize, edge: Edge) {
        let own = self.all.get(from..).unwrap_or_default();
        if !own.iter().any(|other| other.slots == edge.slots && other.length == edge.length) {
            self.all.push(edge);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn closing(text: &str) -> Vec<usize> {
        let mut quotes = Quotes::default();
        let chars: Vec<char> = text.chars().collect();
        let mut before = None;
        let closes = |(at, &c): (usize, &char)| {
            let closes = quotes.closes(before, c, chars.get(at + 1).copied());
            before = Some(c);
            closes.then_some(at)
        };
        chars.iter().enumerate().filter_map(closes).collect()
    }

    #[test]
    fn a_quote_that_is_open_is_closed() {
        assert_eq!(closing("x = \"×©×\";"), [8]);
        assert_eq!(closing("('Ð¸Ñ')"), [5]);
        assert_eq!(closing("a â€\" b â€\" c"), []);
        assert_eq!(closing("don't say Ã'"), []);
    }
}
