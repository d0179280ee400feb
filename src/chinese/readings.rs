//! Pinyin readings of a character.
//!
//! For telling an annotation that a converter left behind, such as `網(wǎng)`, from
//! anything else in brackets: a character comes in, its syllables go out.

use super::twelve::twelve;
use std::sync::LazyLock;

/// Syllables, a NUL, then starts and readings: `tools/opencc/src/readings.rs` tells
/// the format. Made of pypinyin's data, see `NOTICE`.
static DATA: &[u8] = include_bytes!("data/readings.bin");

/// First and last character with readings.
const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FA5;

/// Number of starts: one for each block of 64 characters.
const BLOCKS: usize = ((LAST - FIRST) / 64 + 1) as usize;

struct Table {
    syllables: Vec<&'static str>,
    /// For each block of 64 characters, the index of its first reading.
    starts: &'static [[u8; 2]],
    packed: &'static [u8],
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let end = DATA.iter().position(|b| *b == 0).unwrap_or_default();
    let (syllables, numbers) = DATA.split_at_checked(end).unwrap_or_default();
    let numbers = numbers.get(1..).unwrap_or_default();
    let (starts, packed) = numbers.split_at_checked(2 * BLOCKS).unwrap_or_default();
    Table {
        syllables: std::str::from_utf8(syllables).unwrap_or_default().lines().collect(),
        starts: starts.as_chunks().0,
        packed,
    }
});

impl Table {
    fn number(&self, at: usize) -> Option<u16> {
        twelve(self.packed, at)
    }

    /// Where the readings of a character begin.
    fn find(&self, c: char) -> Option<usize> {
        let code = Some(u32::from(c)).filter(|code| (FIRST..=LAST).contains(code))?;
        let index = (code - FIRST) as usize;
        let mut at = usize::from(u16::from_le_bytes(*self.starts.get(index / 64)?));
        for _ in 0..index % 64 {
            while self.number(at)? & 0x800 == 0 {
                at += 1;
            }
            at += 1;
        }
        Some(at)
    }
}

/// Pinyin syllables of a Han character, with tone marks, the most frequent first;
/// none for any other character. Covers U+4E00 to U+9FA5.
///
/// ```
/// use ungarble::chinese::readings;
/// assert_eq!(readings('網').collect::<Vec<_>>(), ["wǎng"]);
/// ```
pub fn readings(c: char) -> impl Iterator<Item = &'static str> {
    let table = &*TABLE;
    let mut next = table.find(c);
    std::iter::from_fn(move || {
        let number = table.number(next?)?;
        next = if number & 0x800 == 0 { next.map(|at| at + 1) } else { None };
        table.syllables.get(usize::from(number & 0x7FF)).copied()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_scripts_have_readings() {
        for (c, expected) in
            [('網', "wǎng"), ('网', "wǎng"), ('一', "yī"), ('龥', "yù"), ('區', "qū")]
        {
            assert_eq!(readings(c).next(), Some(expected), "{c}");
        }
        assert!(readings('長').any(|r| r == "zhǎng") && readings('長').any(|r| r == "cháng"));
    }

    #[test]
    fn other_characters_have_none() {
        for c in ['a', 'ā', 'の', '\u{4DFF}', '\u{9FA6}', '\u{20000}', '\u{10FFFF}'] {
            assert_eq!(readings(c).count(), 0, "{c}");
        }
    }
}
