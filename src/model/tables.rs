//! The layout of `model.bin`, and look-ups in it.
//!
//! After 1,024 bytes of text come, little-endian: the numbers of symbols, of
//! pages and of lines (`u32` each); eight case costs; an index of 512 pages;
//! the pages, 256 characters of four bytes each; a cost and a back-off cost for
//! each symbol; 256 pairs of such costs, the codebook; and the n-grams, in lines of 64 bytes.
//! `tools/trainer/src/blob.rs` writes it.
//!
//! A line holds up to 21 n-grams: the fingerprint of each, 16 bits of its hash, which no two
//! share, then the code of each, the number of its pair of costs in the codebook, then of
//! which eighths, by three more bits of the hash, there was no room for others that belong
//! there. Those are in another line, which the other half of the hash tells.

use super::bits::Bits;
use super::layout::{ENTRIES, HEADER, NO_SCRIPT, REPLACEMENT, UNITS};
use crate::text::characters::is_digit;
use wide::u16x8;

/// The script of letters that are neither Latin, nor Cyrillic, nor CJK, and of their digits.
const OTHER_SCRIPT: u8 = 3;

/// The symbol of Han characters too rare for one of their own.
const RARE_HAN: u16 = 10;
/// The symbol of controls and private use.
const RARE_CONTROL: u16 = 2;
/// The symbols of letters too rare for one of their own: Greek, Cyrillic, other alphabets.
const RARE_LETTERS: std::ops::RangeInclusive<u16> = 6..=8;

static BLOB: &[u8] = include_bytes!("model.bin");
const PAGES: usize = 512;
/// Units of a line that are compared together: those of its n-grams, and somewhat more.
const COMPARED: usize = 24;

/// How one character is scored.
#[derive(Clone, Copy, Debug)]
pub struct CharClass {
    pub symbol: u16,
    pub emission: Bits,
    /// 0 no case, 1 lower case, 2 upper case.
    pub case: u8,
    /// 0 Latin, 1 Cyrillic, 2 CJK, 3 others, 4 neutral.
    pub script: u8,
}

/// What is looked at together: one cache line, and never two.
#[repr(align(64))]
struct Line([u16; UNITS]);

impl Line {
    fn read(bytes: [u8; 2 * UNITS]) -> Self {
        let mut units = [0; UNITS];
        for (unit, &bytes) in units.iter_mut().zip(bytes.as_chunks().0) {
            *unit = u16::from_le_bytes(bytes);
        }
        Line(units)
    }

    /// The code of the n-gram with this fingerprint, which is not zero.
    #[inline]
    fn code(&self, fingerprint: u16) -> Option<u8> {
        let Line(units) = self;
        let (compared, _) = units.split_first_chunk::<COMPARED>()?;
        // Where it stands cannot be foreseen: all are compared, without branches.
        let wanted = u16x8::splat(fingerprint);
        let found = compared.as_chunks().0.iter().rev().fold(0, |found: u32, &eight| {
            found << 8 | u16x8::new(eight).simd_eq(wanted).to_bitmask()
        });
        let found = found & ((1 << ENTRIES) - 1);
        if found == 0 {
            return None;
        }
        let at = found.trailing_zeros() as usize;
        let [low, high] = units.get(ENTRIES + at / 2)?.to_le_bytes();
        Some(if at.is_multiple_of(2) { low } else { high })
    }

    /// Whether n-grams that belong here, and are of the eighth of this one, had to go elsewhere.
    #[inline]
    fn is_overfull(&self, hash: u64) -> bool {
        let Line([.., last]) = self;
        last >> 8 >> (hash >> 16 & 7) & 1 != 0
    }
}

impl CharClass {
    /// Whether this is a class of signs.
    pub fn is_sign(self) -> bool {
        self.script == NO_SCRIPT && self.symbol > REPLACEMENT
    }

    /// Whether it is one of letters that are rare in their script, or unknown.
    pub fn is_rare_letter(self) -> bool {
        RARE_LETTERS.contains(&self.symbol)
    }

    /// Whether this class's character `c` can begin what others go on with: a run of signs,
    /// a word of rare letters, or a number.
    #[inline]
    pub fn can_begin(self, c: char) -> bool {
        let may_be_digit = self.script == OTHER_SCRIPT;
        !c.is_ascii() && (self.is_sign() || self.is_rare_letter() || may_be_digit && is_digit(c))
    }
}

/// The tables, aligned for look-up.
pub struct Tables {
    case_costs: [[Bits; 2]; 4],
    index: [u8; PAGES],
    pages: Vec<[u32; 256]>,
    unigrams: Vec<[u8; 2]>,
    codebook: [[u8; 2]; 256],
    lines: Vec<Line>,
}

/// Takes arrays off the front of the file.
struct Reader<'b>(&'b [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> [u8; N] {
        match self.0.split_first_chunk::<N>() {
            Some((head, rest)) => {
                self.0 = rest;
                *head
            }
            // The file is part of the program and of this layout: see the test.
            None => [0; N],
        }
    }

    fn number(&mut self) -> u32 {
        u32::from_le_bytes(self.take())
    }
}

impl Tables {
    /// Reads the tables in the program: 3 MB are copied, once.
    pub fn read() -> Self {
        let mut reader = Reader(BLOB.get(HEADER..).unwrap_or_default());
        let [symbols, pages, lines] = std::array::from_fn(|_| reader.number());
        Tables {
            case_costs: std::array::from_fn(|_| reader.take::<2>().map(Bits::from)),
            index: reader.take(),
            pages: (0..pages).map(|_| std::array::from_fn(|_| reader.number())).collect(),
            unigrams: (0..symbols).map(|_| reader.take()).collect(),
            codebook: std::array::from_fn(|_| reader.take()),
            lines: (0..lines).map(|_| Line::read(reader.take())).collect(),
        }
    }

    #[inline]
    pub fn class(&self, c: char) -> CharClass {
        let code = c as u32;
        let page =
            self.index.get((code >> 8) as usize).and_then(|&p| self.pages.get(usize::from(p)));
        match page.and_then(|page| page.get((code & 0xFF) as usize)) {
            Some(&entry) => CharClass {
                symbol: (entry & 0x3FFF) as u16,
                emission: entry >> 14 & 0xFF,
                case: (entry >> 22 & 3) as u8,
                script: (entry >> 24 & 7) as u8,
            },
            // Beyond the tables: rare Han of planes 2 and 3, or nothing that a text holds.
            None if code < 0x40000 => {
                CharClass { symbol: RARE_HAN, emission: 17 * 8, case: 0, script: 2 }
            }
            None => CharClass { symbol: RARE_CONTROL, emission: 20 * 8, case: 0, script: 4 },
        }
    }

    /// Cost of a letter of this case after a case state; nothing for a character without case.
    #[inline]
    pub fn case_cost(&self, state: u8, case: u8) -> Bits {
        let Some(which) = case.checked_sub(1) else { return 0 };
        let costs = self.case_costs.get(usize::from(state));
        costs.and_then(|costs| costs.get(usize::from(which))).copied().unwrap_or(0)
    }

    /// Cost of a symbol by itself, and of backing off from it, in eighths of a bit.
    #[inline]
    pub fn unigram(&self, symbol: u16) -> (u16, u16) {
        let [cost, back_off] = self.unigrams.get(usize::from(symbol)).copied().unwrap_or([255, 0]);
        (cost.into(), back_off.into())
    }

    /// Cost of an n-gram's newest symbol, and of backing off from it, if it was kept.
    #[inline]
    pub fn lookup(&self, hash: u64) -> Option<(u16, u16)> {
        let fingerprint = (hash as u16).max(1);
        let line = self.line(hash)?;
        let code = match line.code(fingerprint) {
            None if line.is_overfull(hash) => self.line(hash.rotate_left(32))?.code(fingerprint),
            code => code,
        };
        let [cost, back_off] = self.codebook.get(usize::from(code?)).copied()?;
        Some((cost.into(), back_off.into()))
    }

    #[inline]
    fn line(&self, hash: u64) -> Option<&Line> {
        self.lines.get(((u128::from(hash) * self.lines.len() as u128) >> 64) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_to_its_end() {
        let tables = Tables::read();
        let size = HEADER
            + 12
            + 8
            + PAGES
            + tables.pages.len() * 1024
            + tables.unigrams.len() * 2
            + tables.codebook.len() * 2
            + tables.lines.len() * UNITS * 2;
        assert_eq!(size, BLOB.len());
        assert!(BLOB.len() <= 3 << 20);
        // Most look-ups that find nothing end in the first line.
        let eighths = (0..8).map(|eighth| eighth << 16);
        let go_on =
            |line: &Line| eighths.clone().filter(|&eighth| line.is_overfull(eighth)).count();
        let all: usize = tables.lines.iter().map(go_on).sum();
        assert!(all < 8 * tables.lines.len() / 4, "{all}");
        // What is found is the only one.
        for Line(units) in &tables.lines {
            let mut used: Vec<u16> = units[..ENTRIES].iter().copied().filter(|&u| u > 0).collect();
            let count = used.len();
            used.sort_unstable();
            used.dedup();
            assert_eq!(used.len(), count);
        }
    }
}
