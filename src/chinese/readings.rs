//! Pinyin readings of a character.
//!
//! For telling an annotation that a converter left behind, such as `網(wǎng)`, from
//! anything else in brackets: a character comes in, its syllables go out.

use super::pinyin::{join, split};
use super::twelve::twelve;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Letters, a NUL, then blocks and readings: `tools/opencc/src/readings.rs` tells the
/// format. Made of pypinyin's data, see `NOTICE`.
static DATA: &[u8] = include_bytes!("data/readings.bin");

/// First character with readings, and the number of blocks of 64.
const FIRST: u32 = 0x4E00;
const BLOCKS: usize = (0x9FC0 - FIRST as usize) / 64;

struct Table {
    /// What syllables are without their tones, sorted.
    letters: Vec<&'static str>,
    /// For each block of 64 characters, which have readings, and where they begin.
    blocks: &'static [[u8; 10]],
    packed: &'static [u8],
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let end = DATA.iter().position(|b| *b == 0).unwrap_or_default();
    let (letters, rest) = DATA.split_at_checked(end).unwrap_or_default();
    let rest = rest.get(1..).unwrap_or_default();
    let (blocks, packed) = rest.split_at_checked(10 * BLOCKS).unwrap_or_default();
    Table {
        letters: std::str::from_utf8(letters).unwrap_or_default().lines().collect(),
        blocks: blocks.as_chunks().0,
        packed,
    }
});

impl Table {
    /// Where the readings of a character begin.
    fn find(&self, c: char) -> Option<usize> {
        let index = u32::from(c).checked_sub(FIRST)?;
        let &[known @ .., low, high] = self.blocks.get((index / 64) as usize)?;
        let known = u64::from_le_bytes(known);
        let bit = 1 << (index % 64);
        if known & bit == 0 {
            return None;
        }
        let mut at = usize::from(u16::from_le_bytes([low, high]));
        for _ in 0..(known & (bit - 1)).count_ones() {
            while twelve(self.packed, at)? & LAST == 0 {
                at += 1;
            }
            at += 1;
        }
        Some(at)
    }
}

/// Set on the last reading of a character.
const LAST: u16 = 0x800;

/// Readings of a character: the number of their letters, and their tone.
fn numbers(c: char) -> impl Iterator<Item = (usize, u8)> {
    let table = &*TABLE;
    let mut next = table.find(c);
    std::iter::from_fn(move || {
        let number = twelve(table.packed, next?)?;
        next = if number & LAST == 0 { next.map(|at| at + 1) } else { None };
        let number = number & (LAST - 1);
        Some((usize::from(number / 5), (number % 5) as u8))
    })
}

/// Pinyin syllables of a Han character, with tone marks, the most frequent first; none
/// for any other character. Covers GB 2312, the Traditional forms of its characters, and
/// the frequent half of Big5.
///
/// ```
/// use ungarble::chinese::readings;
/// assert_eq!(readings('網').collect::<Vec<_>>(), ["wǎng"]);
/// ```
pub fn readings(c: char) -> impl Iterator<Item = Cow<'static, str>> {
    numbers(c).filter_map(|(letters, tone)| Some(join(TABLE.letters.get(letters)?, tone)))
}

/// A syllable as written, taken apart to be looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Syllable {
    letters: usize,
    tone: u8,
}

impl Syllable {
    /// The syllable, if it is one of Chinese.
    pub(super) fn new(written: &str) -> Option<Self> {
        let (letters, tone) = split(written);
        let letters = TABLE.letters.binary_search(&letters.as_str()).ok()?;
        Some(Syllable { letters, tone })
    }

    /// Whether a tone is written.
    pub(super) fn has_tone(&self) -> bool {
        self.tone != 0
    }

    /// The place of this reading among those of a character, the most frequent being 0;
    /// without a tone, any tone will do.
    pub(super) fn place(&self, c: char) -> Option<usize> {
        numbers(c).position(|(letters, tone)| {
            letters == self.letters && (self.tone == 0 || tone == self.tone % 5)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_have_readings() {
        for (c, expected) in
            [('網', "wǎng"), ('网', "wǎng"), ('一', "yī"), ('略', "lüè"), ('區', "qū")]
        {
            assert_eq!(readings(c).next().as_deref(), Some(expected), "{c}");
        }
        assert!(readings('長').any(|r| r == "zhǎng") && readings('長').any(|r| r == "cháng"));
    }

    #[test]
    fn other_characters_have_none() {
        for c in ['a', 'ā', 'の', '\u{4DFF}', '\u{9FC0}', '\u{20000}', '\u{10FFFF}'] {
            assert_eq!(readings(c).count(), 0, "{c}");
        }
    }

    #[test]
    fn a_tone_is_told_by_mark_or_digit_or_not_at_all() {
        let reads = |written, c| Syllable::new(written).is_some_and(|s| s.place(c).is_some());
        for written in ["lián", "lian2", "lian"] {
            assert!(reads(written, '聯'), "{written}");
        }
        for written in ["liàn", "lian4", "lan2", "", "2"] {
            assert!(!reads(written, '聯'), "{written}");
        }
        assert!(reads("nv3", '女') && reads("de5", '的'));
    }
}
