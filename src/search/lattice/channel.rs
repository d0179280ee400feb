//! What a garbled character may stand for: its edges in the lattice of bytes.
//!
//! A decoder that meets bytes it cannot read leaves something in their place: a
//! replacement character, a question mark, a middle dot, nothing. Which bytes
//! went, and whether the next one went with them, depends on the decoder; all
//! manners in use are edges here, each at a cost. What went was not readable:
//! that leaves few bytes to choose from. So is what becomes of readable
//! characters later: a no-break space that turns into a blank, quotes that are
//! straightened, full-width punctuation that is folded to ASCII.

use super::slots::{ByteSet, Pending, Slot};
use crate::channel::Misreading;
use crate::channel::traces::is_gap;
use crate::characters::{is_c1, is_private};
use crate::charset::{Charset, Family, Next};
use crate::model::{BIT, Bits};
use std::sync::OnceLock;

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

// Numbers of the byte sets.
/// Single bytes that the reading charset has no character for.
const UNREADABLE: u16 = 0;
/// Bytes that make no character of the reading charset with some others.
pub const LEAD: u16 = 1;
/// Any byte that stands in a text.
pub const ANY: u16 = 2;
/// Any byte beyond ASCII.
pub const HIGH: u16 = 3;
/// Lead bytes of rows that have only private-use characters.
pub const PRIVATE: u16 = 4;
/// Bytes that make no character with the byte before them.
pub const PARTNER: u16 = 5;
/// The same where that byte is known: this and the byte.
const BEHIND: u16 = 8;
/// Bytes that make no character with the byte behind them: this and the byte.
const BEFORE: u16 = BEHIND + 256;

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
        for (at, &(_, c)) in chars.iter().enumerate() {
            let next = chars.get(at + 1).map(|&(_, c)| c);
            let from = edges.all.len();
            for (rank, bytes) in read.preimages(c).enumerate() {
                let slots = Pending::bytes(&bytes).unwrap_or_default();
                let cost = if rank == 0 { 0 } else { 2 * BIT };
                edges.add(from, Edge { slots, cost, inside: false, manner: None, length: 1 });
            }
            if c.is_ascii() {
                self.add_changed(&mut edges, from, c, folded);
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
    fn add_changed(&self, edges: &mut Edges, from: usize, c: char, folded: bool) {
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
            add(Pending::bytes(&bytes).unwrap_or_default(), CHANGED);
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

/// The byte sets of a reading charset.
pub struct Sets {
    pub read: Charset,
    sets: Vec<ByteSet>,
}

impl Sets {
    fn new(read: Charset) -> Self {
        let double = read.family() == Family::DoubleByte;
        let next = |bytes: &[u8]| read.decode_next(bytes);
        let is_lead = |b: u8| double && b >= 0x80 && matches!(next(&[b]), Next::Incomplete);
        let private = |b: u8| matches!(b, 0xAA..=0xAF | 0xF8..=0xFE);
        let is_read = |a: u8, b: u8| match next(&[a, b]) {
            _ if double && !is_read_everywhere(read, a, b) => false,
            Next::Char(c, 2) => !is_private(c),
            // A byte that is a character by itself is read with what follows, if that is one.
            Next::Char(_, _) => a < 0x80 || !is_lead(b),
            Next::Pair(..) => true,
            _ => false,
        };
        let mut sets = vec![
            ByteSet::of(|b| {
                b >= 0x80
                    && match next(&[b]) {
                        // Some decoders have a character for these, others have none.
                        _ if double && matches!(b, 0x80 | 0xA0 | 0xFF) => true,
                        Next::Char(c, _) => is_c1(c),
                        Next::Incomplete => double,
                        _ => true,
                    }
            }),
            ByteSet::of(|a| double && a >= 0x80 && (0x20..=0xFF).any(|b| !is_read(a, b))),
            ByteSet::of(|b| b != b'\n' && b != b'\r'),
            ByteSet::of(|b| b >= 0x80),
            ByteSet::of(|b| double && private(b)),
        ];
        sets.resize(BEHIND.into(), ByteSet::default());
        if double {
            let text = |b: u8| b >= b' ' && b != 0x7F;
            sets.extend((0..=255).map(|a| ByteSet::of(|b| text(b) && !is_read(a, b))));
            let alone =
                |a: u8| matches!(next(&[a]), Next::Char(..)) && !matches!(a, 0x80 | 0xA0 | 0xFF);
            sets.extend(
                (0..=255).map(|b| ByteSet::of(|a| a >= 0x80 && !alone(a) && !is_read(a, b))),
            );
        }
        Sets { read, sets }
    }

    pub fn get(&self, set: u16) -> Option<&ByteSet> {
        self.sets.get(usize::from(set))
    }

    /// Tells whether bytes are among those that the slots may be.
    pub fn admission(&self, pending: Pending) -> Admission<'_> {
        let mut checks = [Check::Any; 4];
        for (check, slot) in checks.iter_mut().zip(pending.iter()) {
            *check = match (slot.known(), slot.set()) {
                (Some(known), _) => Check::Known(known),
                (_, Some(PARTNER)) => Check::Unread,
                (_, Some(set)) => self.get(set).map_or(Check::None, Check::In),
                _ => Check::None,
            };
        }
        Admission { sets: self, checks }
    }

    fn is_unread(&self, first: u8, second: u8) -> bool {
        self.get(BEHIND + u16::from(first)).is_some_and(|set| set.contains(second))
    }

    /// A slot behind a byte that is known.
    pub fn behind(&self, slot: Slot, byte: Option<u8>) -> Slot {
        match (slot.set(), byte) {
            (Some(PARTNER), Some(byte)) => Slot::unknown(BEHIND + u16::from(byte)),
            (Some(PARTNER), None) => Slot::unknown(ANY),
            _ => slot,
        }
    }
}

/// What bytes the slots of a character may be.
pub struct Admission<'s> {
    sets: &'s Sets,
    checks: [Check<'s>; 4],
}

#[derive(Clone, Copy)]
enum Check<'s> {
    Known(u8),
    In(&'s ByteSet),
    /// No character with the byte before.
    Unread,
    Any,
    None,
}

impl Admission<'_> {
    pub fn admits(&self, bytes: [u8; 4]) -> bool {
        let mut before = None;
        self.checks.iter().zip(bytes).all(|(check, byte)| {
            let admits = match *check {
                Check::Known(known) => known == byte,
                Check::In(set) => set.contains(byte),
                Check::Unread => before.is_none_or(|before| self.sets.is_unread(before, byte)),
                Check::Any => true,
                Check::None => false,
            };
            before = Some(byte);
            admits
        })
    }
}

/// Whether all decoders that go by the name of a charset read a pair of bytes, if one does.
///
/// From comparing the standard's tables with those of Python and glibc: bytes that are
/// letters to Windows alone, the extensions of ETEN and Hong Kong to Big5, the signs that
/// gb18030 added to GBK, rows of NEC and IBM in EUC-JP.
fn is_read_everywhere(read: Charset, a: u8, b: u8) -> bool {
    let extension = match read {
        Charset::BIG5 => {
            matches!((a, b), (0x80..=0xA0 | 0xC7 | 0xC8 | 0xFA.., _) | (0xC6, 0xA1..) | (0xF9, 0xD6..))
        }
        Charset::GBK | Charset::GB18030 => {
            matches!(
                (a, b),
                (0xA2, 0xA1..=0xAA)
                    | (0xA6, 0xE0..=0xF5)
                    | (0xA8, 0xBC..=0xBF)
                    | (0xA9, 0x89..=0x95)
                    | (0xFE, 0x50..=0xA0)
            )
        }
        Charset::EUC_JP => matches!(a, 0xAD | 0xF9..=0xFC),
        _ => false,
    };
    !extension && !matches!(a, 0x80 | 0xA0 | 0xFF)
}

/// The byte sets of a reading charset, found once.
fn sets(read: Charset) -> &'static Sets {
    static SETS: [OnceLock<Sets>; Charset::COUNT] = [const { OnceLock::new() }; Charset::COUNT];
    static NONE: OnceLock<Sets> = OnceLock::new();
    SETS.get(read.index()).unwrap_or(&NONE).get_or_init(|| Sets::new(read))
}
