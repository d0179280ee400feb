//! Which letters a line is written in, by what is known of it.
//!
//! Few letters of a small alphabet are cheaper to a language model than rare Han, and where
//! all bytes of several characters are lost it would fill the place with some language that
//! the rest of the line knows nothing of. In come the characters of a line whose bytes are
//! all there, out comes what a guess costs more for being of another script, or of the other
//! form of Han.

use crate::charset::Charset;
use crate::model::{BIT, Bits};

/// Letters that texts mix, or do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Letters {
    /// At home anywhere.
    Any,
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Thai,
    Kana,
    Hangul,
    /// Han in a form of most who write them, in a Traditional and in a Simplified one.
    Han,
    Traditional,
    Simplified,
    Other,
}

/// How many they are.
const COUNT: usize = Letters::Other as usize + 1;

impl Letters {
    pub fn of(c: char) -> Self {
        match c as u32 {
            ..0xC0 | 0xD7 | 0xF7 | 0x2000..0x2C00 | 0x3000..0x3040 | 0xFE00.. => Letters::Any,
            0xC0..0x250 | 0x1E00..0x1F00 => Letters::Latin,
            0x370..0x400 | 0x1F00..0x2000 => Letters::Greek,
            0x400..0x530 => Letters::Cyrillic,
            0x590..0x600 => Letters::Hebrew,
            0x600..0x700 => Letters::Arabic,
            0xE00..0xE80 => Letters::Thai,
            0x3040..0x3100 => Letters::Kana,
            0xAC00..0xD7A4 => Letters::Hangul,
            0x2E80..0xA000 | 0xF900..0xFB00 => Self::of_han(c),
            _ => Letters::Other,
        }
    }

    /// By the charsets of either side: the first plane of GB2312 has the Simplified forms,
    /// Big5 the Traditional ones.
    fn of_han(c: char) -> Self {
        let bytes = Charset::GBK.encode_char(c);
        let simplified = bytes.is_some_and(|bytes| matches!(*bytes, [0xB0..=0xF7, 0xA1..=0xFE]));
        match (simplified, Charset::BIG5.contains(c)) {
            (true, true) | (false, false) => Letters::Han,
            (true, false) => Letters::Simplified,
            (false, true) => Letters::Traditional,
        }
    }
}

/// The most that letters cost that a line has none of.
const STRANGE: Bits = 10 * BIT;

/// What letters cost more than the model says, each kind.
#[derive(Clone, Debug, Default)]
pub struct Strangeness([Bits; COUNT]);

impl Strangeness {
    /// From the characters that are known.
    pub fn of(known: impl Iterator<Item = char>) -> Self {
        let mut counts = [0usize; COUNT];
        for c in known {
            if let Some(count) = counts.get_mut(Letters::of(c) as usize) {
                *count += 1;
            }
        }
        let count = |letters: Letters| counts.get(letters as usize).copied().unwrap_or(0);
        let all: usize = counts.iter().skip(1).sum();
        let han = count(Letters::Han) + count(Letters::Traditional) + count(Letters::Simplified);
        let mut costs = [0; COUNT];
        for (letters, cost) in costs.iter_mut().enumerate().skip(1) {
            let own = counts.get(letters).copied().unwrap_or(0);
            let others = match letters {
                _ if letters == Letters::Traditional as usize => count(Letters::Simplified),
                _ if letters == Letters::Simplified as usize => count(Letters::Traditional),
                _ if letters == Letters::Han as usize => all - han,
                _ => all - own,
            };
            let own = if letters == Letters::Han as usize { han } else { own };
            let odds = (1 + others / (1 + RARE * own)) as Bits;
            *cost = (odds.ilog2() * EACH).min(STRANGE);
        }
        Strangeness(costs)
    }

    pub fn cost(&self, letters: Letters) -> Bits {
        self.0.get(letters as usize).copied().unwrap_or(0)
    }
}

/// What each doubling of the odds against them costs.
const EACH: Bits = 4 * BIT;

/// How many of others stand beside letters of a kind that a text knows.
const RARE: usize = 8;
