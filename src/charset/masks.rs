//! Which charsets have a character: one table over all of Unicode.

use std::sync::OnceLock;

use super::registry::{ALL, How};
use super::{Charset, double};

/// Masks by character; equal masks are kept once.
struct Masks {
    /// For each block of 256 code points, where its entries begin.
    pages: Vec<u16>,
    entries: Vec<u16>,
    masks: Vec<u128>,
    /// Charsets that have every character.
    every: u128,
}

const PAGE: usize = 256;

/// The charsets that can give `c` when they decode, in some dialect: bit `Charset::index()` is set.
///
/// The first call builds the tables of all double-byte charsets, some 10 ms.
///
/// ```
/// use ungarble::charset::{Charset, charsets_with};
/// let has = |charset: Charset, c| charsets_with(c) >> charset.index() & 1 == 1;
/// assert!(has(Charset::WINDOWS_1251, 'ж') && !has(Charset::WINDOWS_1252, 'ж'));
/// ```
#[inline]
pub fn charsets_with(c: char) -> u128 {
    static MASKS: OnceLock<Masks> = OnceLock::new();
    let masks = MASKS.get_or_init(build);
    let at = c as usize;
    let page = masks.pages.get(at / PAGE).copied().unwrap_or(0);
    let entry = masks.entries.get(usize::from(page) * PAGE + at % PAGE).copied().unwrap_or(0);
    masks.every | masks.masks.get(usize::from(entry)).copied().unwrap_or(0)
}

fn build() -> Masks {
    let mut every = 0;
    let mut by_char: Vec<(u32, u128)> = Vec::new();
    for charset in Charset::all() {
        let bit = 1 << charset.index();
        let mut add = |c: char| by_char.push((c.into(), bit));
        match ALL.get(charset.index()).map(|info| info.how) {
            Some(How::Unicode(_)) => every |= bit,
            // The four bytes of gb18030 reach all of Unicode, and browsers decode GBK as gb18030.
            Some(How::Double(super::Kind::Gb18030 | super::Kind::Gbk)) => every |= bit,
            Some(How::Double(kind)) => double(kind).reverse.chars().for_each(add),
            Some(How::Single(number)) => {
                charset.reverse(number).into_iter().flat_map(|r| r.chars()).for_each(add);
            }
            Some(How::Escaped(scheme)) => {
                (0..0x2_F800).filter_map(char::from_u32).filter(|&c| scheme.contains(c)).for_each(&mut add);
            }
            None => {}
        }
    }
    by_char.sort_unstable_by_key(|&(c, _)| c);
    let mut numbers = std::collections::BTreeMap::from([(0, 0)]);
    let mut made = Masks { pages: Vec::new(), entries: vec![0; PAGE], masks: vec![0], every };
    for of_char in by_char.chunk_by(|a, b| a.0 == b.0) {
        let mask = of_char.iter().fold(0, |mask, &(_, bit)| mask | bit);
        let next = made.masks.len() as u16;
        let number = *numbers.entry(mask).or_insert(next);
        if number == next {
            made.masks.push(mask);
        }
        let Some(&(c, _)) = of_char.first() else { continue };
        let (page, low) = (c as usize / PAGE, c as usize % PAGE);
        if made.pages.len() <= page {
            made.pages.resize(page + 1, 0);
            if let Some(at) = made.pages.last_mut() {
                *at = (made.entries.len() / PAGE) as u16;
            }
            made.entries.resize(made.entries.len() + PAGE, 0);
        }
        let start = made.entries.len() - PAGE;
        if let Some(slot) = made.entries.get_mut(start + low) {
            *slot = number;
        }
    }
    made
}
