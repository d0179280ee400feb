//! What bytes an unknown one may be, by the charset that the text was read in.
//!
//! What a decoder could not read was not readable, and that leaves few bytes to choose from.
//! The sets of a charset are found once.

use super::slots::{ByteSet, Pending, Slot};
use crate::charset::{Charset, Family, Next};
use crate::text::characters::{is_c1, is_private};
use std::sync::OnceLock;

// Numbers of the byte sets.
/// Single bytes that the reading charset has no character for.
pub const UNREADABLE: u16 = 0;
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
pub const BEFORE: u16 = BEHIND + 256;

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
pub fn sets(read: Charset) -> &'static Sets {
    static SETS: [OnceLock<Sets>; Charset::COUNT] = [const { OnceLock::new() }; Charset::COUNT];
    static NONE: OnceLock<Sets> = OnceLock::new();
    SETS.get(read.index()).unwrap_or(&NONE).get_or_init(|| Sets::new(read))
}
