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
        let pairs: Vec<(char, u32)> = pairs.collect();
        let mut table = Reverse { entries: vec![0; PAGE], ..Reverse::default() };
        // How many codes each character has, at first; then where its codes begin.
        for &(c, _) in &pairs {
            if let Some(count) = table.slot(c as usize) {
                *count += 1;
            }
        }
        let mut start = 0;
        for entry in &mut table.entries {
            let count = std::mem::replace(entry, start << 4);
            start += count;
        }
        let mut codes = vec![0; start as usize];
        for &(c, code) in &pairs {
            let Some(entry) = table.slot(c as usize) else { continue };
            let (start, count) = ((*entry >> 4) as usize, (*entry & 15) as usize);
            let is_known = codes.get(start..start + count).is_none_or(|own| own.contains(&code));
            if count < MOST
                && !is_known
                && let Some(next) = codes.get_mut(start + count)
            {
                *next = code;
                *entry += 1;
            }
        }
        table.codes = codes;
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
