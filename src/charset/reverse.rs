//! From a character to the codes that read as it: a page table over code points, and runs of codes.
//!
//! In: (character, code) pairs in order of preference. Out: a slice of codes, the preferred one first.

/// Codes by character. A code is its bytes as one big-endian number.
#[derive(Debug, Default)]
pub(super) struct Reverse {
    /// For each block of 256 code points, where its entries begin; 0 for a block without any.
    pages: Vec<u16>,
    /// `start << 4 | count` into `codes`, by page and low byte. The first page is empty.
    entries: Vec<u32>,
    codes: Vec<u32>,
}

const PAGE: usize = 256;
/// More than any charset has: cp932 maps one character to at most three codes.
const MOST: usize = 15;

impl Reverse {
    /// Of equal characters the earlier code is preferred; a code given twice counts once.
    pub(super) fn build(pairs: impl Iterator<Item = (char, u32)>) -> Self {
        let mut keyed: Vec<(u32, u32, u32)> =
            pairs.enumerate().map(|(rank, (c, code))| (c.into(), rank as u32, code)).collect();
        keyed.sort_unstable();
        let mut table = Reverse { entries: vec![0; PAGE], ..Reverse::default() };
        for of_char in keyed.chunk_by(|a, b| a.0 == b.0) {
            let start = table.codes.len();
            for &(_, _, code) in of_char {
                let run = table.codes.get(start..).unwrap_or_default();
                if run.len() < MOST && !run.contains(&code) {
                    table.codes.push(code);
                }
            }
            if let Some(&(c, ..)) = of_char.first() {
                let entry = (start << 4 | (table.codes.len() - start)) as u32;
                if let Some(slot) = table.slot(c as usize) {
                    *slot = entry;
                }
            }
        }
        table
    }

    fn slot(&mut self, c: usize) -> Option<&mut u32> {
        let (page, low) = (c / PAGE, c % PAGE);
        if self.pages.len() <= page {
            self.pages.resize(page + 1, 0);
        }
        let at = self.pages.get_mut(page)?;
        if *at == 0 {
            *at = (self.entries.len() / PAGE) as u16;
            self.entries.resize(self.entries.len() + PAGE, 0);
        }
        let start = usize::from(*at) * PAGE;
        self.entries.get_mut(start + low)
    }

    /// The codes of `c`, none where the charset has no such character.
    #[inline]
    pub(super) fn get(&self, c: char) -> &[u32] {
        let c = c as usize;
        let page = self.pages.get(c / PAGE).copied().unwrap_or(0);
        let entry = self.entries.get(usize::from(page) * PAGE + c % PAGE).copied().unwrap_or(0);
        let start = (entry >> 4) as usize;
        self.codes.get(start..start + (entry & 15) as usize).unwrap_or_default()
    }

    /// Every character that has a code.
    pub(super) fn chars(&self) -> impl Iterator<Item = char> + '_ {
        let blocks = self.pages.iter().enumerate().filter(|&(_, &at)| at != 0);
        blocks.flat_map(|(block, &at)| {
            let start = usize::from(at) * PAGE;
            let entries = self.entries.get(start..start + PAGE).unwrap_or_default();
            entries
                .iter()
                .enumerate()
                .filter(|&(_, &entry)| entry & 15 != 0)
                .filter_map(move |(low, _)| char::from_u32((block * PAGE + low) as u32))
        })
    }
}
