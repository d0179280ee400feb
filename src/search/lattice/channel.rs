//! What a garbled character may stand for: its edges in the lattice of bytes.
//!
//! A decoder that meets bytes it cannot read leaves something in their place: a
//! replacement character, a question mark, a middle dot, nothing. Which bytes
//! went, and whether the next one went with them, depends on the decoder; all
//! manners in use are edges here, each at a cost. So is what becomes of readable
//! characters later: a no-break space that turns into a blank, quotes that are
//! straightened, full-width punctuation that is folded to ASCII.

use super::slots::{ByteSet, Slot};
use crate::charset::{Charset, Family, Next};
use crate::model::{BIT, Bits};
use crate::search::chain::Misreading;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Bytes that a garbled character may stand for, and what it costs to believe it.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    pub slots: Vec<Slot>,
    pub cost: Bits,
    /// Only inside an unfinished character.
    pub inside: bool,
}

/// How text was garbled: a misreading, and bytes lost on the way.
pub struct Channel {
    pub misreading: Misreading,
    /// The bytes that each unknown slot may be.
    pub sets: Vec<ByteSet>,
    edges: HashMap<char, Vec<Edge>>,
}

// Numbers of the byte sets.
/// Single bytes that the reading charset has no character for.
const UNREADABLE: u8 = 0;
/// Lead bytes of the reading charset.
pub const LEAD: u8 = 1;
/// Bytes that may stand after a lead byte without making a character with it.
const SWALLOWED: u8 = 2;
/// Any byte beyond ASCII.
pub const HIGH: u8 = 3;
/// Lead bytes of rows that have only private-use characters.
pub const PRIVATE: u8 = 4;

/// What the manners of losing a byte cost.
const REPLACED: Bits = BIT;
const SWALLOWING: Bits = 3 * BIT;
const DROPPED: Bits = 4 * BIT;
const CHANGED: Bits = 3 * BIT;

impl Channel {
    pub fn new(misreading: Misreading) -> Self {
        Channel { misreading, sets: sets(misreading.read).clone(), edges: HashMap::new() }
    }

    /// Whether a question mark or replacement character may stand for a lead byte
    /// and what followed.
    fn has_lead_bytes(&self) -> bool {
        self.sets.get(usize::from(LEAD)).is_some_and(|set| !set.is_empty())
    }

    fn has_unreadable(&self) -> bool {
        self.sets.get(usize::from(UNREADABLE)).is_some_and(|set| !set.is_empty())
    }

    /// The byte strings that `c` may stand for.
    pub fn edges(&mut self, c: char) -> &[Edge] {
        if !self.edges.contains_key(&c) {
            let edges = self.find(c);
            self.edges.insert(c, edges);
        }
        self.edges.get(&c).map_or(&[], Vec::as_slice)
    }

    fn find(&self, c: char) -> Vec<Edge> {
        let mut edges: Vec<Edge> = Vec::new();
        let mut add = |slots: Vec<Slot>, cost: Bits, inside: bool| {
            if !edges.iter().any(|edge| edge.slots == slots) {
                edges.push(Edge { slots, cost, inside });
            }
        };
        for (i, bytes) in self.misreading.read.preimages(c).enumerate() {
            let slots = bytes.iter().map(|&b| Slot::byte(b)).collect();
            add(slots, if i == 0 { 0 } else { 2 * BIT }, false);
        }
        // Full-width forms that were folded to ASCII.
        let full_width = char::from_u32(c as u32 + 0xFEE0).filter(|_| matches!(c, '!'..='~'));
        for bytes in full_width.into_iter().flat_map(|c| self.misreading.read.preimages(c)) {
            if bytes.len() > 1 {
                add(bytes.iter().map(|&b| Slot::byte(b)).collect(), CHANGED, true);
            }
        }
        let byte = |b: u8| vec![Slot::byte(b)];
        let unreadable = || vec![Slot::unknown(UNREADABLE)];
        let lead_and = || vec![Slot::unknown(LEAD), Slot::unknown(SWALLOWED)];
        match c {
            '\u{FFFD}' | '?' | '・' => {
                let doubt = if c == '\u{FFFD}' { 0 } else { 2 * BIT };
                if self.has_unreadable() {
                    add(unreadable(), REPLACED + doubt, false);
                }
                if self.has_lead_bytes() {
                    add(lead_and(), SWALLOWING + doubt, false);
                }
            }
            ' ' => add(byte(0xA0), CHANGED, true),
            '\'' => {
                add(byte(0x92), CHANGED, true);
                add(byte(0x91), CHANGED, true);
            }
            '"' => {
                add(byte(0x93), CHANGED, true);
                add(byte(0x94), CHANGED, true);
            }
            '-' => {
                add(byte(0x96), CHANGED, true);
                add(byte(0x97), CHANGED, true);
            }
            '~' => add(byte(0x98), CHANGED, true),
            _ => {}
        }
        edges
    }

    /// Bytes that may have vanished without a trace inside an unfinished character:
    /// C1 controls and the soft hyphen, or a private-use character.
    pub fn dropped(&self) -> Vec<Edge> {
        let read = self.misreading.read;
        let mut edges = Vec::new();
        if self.has_unreadable() && read.family() == Family::SingleByte {
            edges.push(Edge {
                slots: vec![Slot::unknown(UNREADABLE)],
                cost: DROPPED,
                inside: true,
            });
        }
        for c in ['\u{AD}', '\u{A0}'] {
            if read.family() == Family::SingleByte
                && let Some(bytes) = read.encode_char(c)
            {
                let slots = bytes.iter().map(|&b| Slot::byte(b)).collect();
                edges.push(Edge { slots, cost: DROPPED + 2 * BIT, inside: true });
            }
        }
        edges
    }

    /// Whether written and read are one: damage is a byte lost or added, nothing else.
    pub fn is_out_of_step(&self) -> bool {
        same_bytes(self.misreading.written) == same_bytes(self.misreading.read)
    }
}

/// gb18030 and GBK differ in nothing that matters for steps.
fn same_bytes(charset: Charset) -> Charset {
    if charset == Charset::GB18030 { Charset::GBK } else { charset }
}

/// The byte sets of a reading charset, found once.
fn sets(read: Charset) -> &'static Vec<ByteSet> {
    static SETS: [OnceLock<Vec<ByteSet>>; Charset::COUNT] =
        [const { OnceLock::new() }; Charset::COUNT];
    static NONE: Vec<ByteSet> = Vec::new();
    SETS.get(read.index()).map_or(&NONE, |sets| sets.get_or_init(|| find_sets(read)))
}

fn find_sets(read: Charset) -> Vec<ByteSet> {
    let double = read.family() == Family::DoubleByte;
    let next = |bytes: &[u8]| read.decode_next(bytes);
    let is_lead = |b: u8| double && b >= 0x80 && matches!(next(&[b]), Next::Incomplete);
    let private = |b: u8| matches!(b, 0xAA..=0xAF | 0xF8..=0xFE);
    vec![
        ByteSet::of(|b| {
            b >= 0x80
                && match next(&[b]) {
                    // Some decoders have a character for these, others have none.
                    _ if double && matches!(b, 0x80 | 0xA0 | 0xFF) => true,
                    Next::Char(c, _) => matches!(c, '\u{80}'..='\u{9F}'),
                    Next::Incomplete => double,
                    _ => true,
                }
        }),
        ByteSet::of(is_lead),
        ByteSet::of(|b| b != b'\n' && b != b'\r'),
        ByteSet::of(|b| b >= 0x80),
        ByteSet::of(|b| double && private(b)),
    ]
}
