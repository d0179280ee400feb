//! Which charsets have a character: one table over all of Unicode.

use std::sync::OnceLock;

use super::Charset;
use super::double::{Double, END};
use super::kind::DoubleByte;
use super::registry::How;

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
/// The first call builds the tables of all double-byte charsets, some 15 ms.
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
    let mut by_char = vec![0_u128; END];
    for charset in Charset::all() {
        let bit = 1 << charset.index();
        let add = |c: char| {
            if let Some(mask) = by_char.get_mut(c as usize) {
                *mask |= bit;
            }
        };
        match charset.info().how {
            How::Unicode(_) => every |= bit,
            // The four bytes of gb18030 reach all of Unicode, and browsers decode GBK as gb18030.
            How::Double(DoubleByte::Gb18030 | DoubleByte::Gbk) => every |= bit,
            How::Double(kind) => Double::of(kind).reverse.chars().for_each(add),
            How::Vni => super::vni::chars().for_each(add),
            How::Single(number) => {
                charset.reverse(number).into_iter().flat_map(|r| r.chars()).for_each(add);
            }
            How::Escaped(scheme) => scheme.each_char(add),
        }
    }
    let mut numbers = std::collections::BTreeMap::from([(0, 0)]);
    let mut made = Masks { pages: Vec::new(), entries: vec![0; PAGE], masks: vec![0], every };
    let mut last = (0, 0);
    for block in by_char.chunks(PAGE) {
        if block.iter().all(|&mask| mask == 0) {
            made.pages.push(0);
            continue;
        }
        made.pages.push((made.entries.len() / PAGE) as u16);
        for &mask in block {
            if mask != last.0 {
                let next = made.masks.len() as u16;
                last = (mask, *numbers.entry(mask).or_insert(next));
                if last.1 == next {
                    made.masks.push(mask);
                }
            }
            made.entries.push(last.1);
        }
    }
    made
}
