//! Writes the model file that `src/model` of the library reads; the layout is
//! described there.

use crate::fixed;
use crate::ngrams::{self, Entry};
use crate::symbols::{self, CharClass, Symbols};
use std::collections::HashMap;

/// Bytes of text before the tables.
pub const HEADER: usize = 1024;
/// Entries a bucket.
const BUCKET: usize = 8;

/// Everything after the header.
pub fn tables(
    symbols: &Symbols,
    case_costs: [[u8; 2]; 4],
    grams: &[Vec<Entry>],
    slots: usize,
) -> Vec<u8> {
    let (index, pages) = pages(symbols);
    let buckets = slots / BUCKET;
    let mut out = Vec::new();
    for number in [symbols.count, pages.len(), buckets] {
        out.extend((number as u32).to_le_bytes());
    }
    out.extend(case_costs.as_flattened());
    out.extend(index);
    for entry in pages.iter().flatten() {
        out.extend(entry.to_le_bytes());
    }
    for entry in &grams[0] {
        out.push((entry.cost / 32).min(255) as u8);
        out.push((entry.back_off / 32).min(255) as u8);
    }
    for entry in table(&grams[1..], buckets) {
        out.extend(entry.to_le_bytes());
    }
    out
}

/// One `u32` a character: symbol (14 bits), emission (8), case (2), script (3); equal pages once.
fn pages(symbols: &Symbols) -> (Vec<u8>, Vec<Vec<u32>>) {
    let mut unseen: HashMap<u16, u64> = HashMap::new();
    let all = || (0..0x20000).filter_map(char::from_u32);
    for c in all().filter(|c| !symbols.classes.contains_key(c)) {
        *unseen.entry(symbols::rare(c)).or_default() += 1;
    }
    let mut pages: Vec<Vec<u32>> = Vec::new();
    let mut index = Vec::new();
    for page in 0..0x200u32 {
        let entries: Vec<u32> = (0..256)
            .map(|low| {
                let c = char::from_u32(page << 8 | low).unwrap_or('\u{FFFD}');
                let class = symbols.classes.get(&c).copied().unwrap_or_else(|| CharClass {
                    symbol: symbols::rare(c),
                    emission: (fixed::log2(unseen.get(&symbols::rare(c)).copied().unwrap_or(1))
                        / 32)
                        .min(255) as u8,
                    case: if c.is_uppercase() { 2 } else { u8::from(c.is_lowercase()) },
                    script: symbols::script(c),
                });
                u32::from(class.symbol)
                    | u32::from(class.emission) << 14
                    | u32::from(class.case) << 22
                    | u32::from(class.script) << 24
            })
            .collect();
        let at = pages.iter().position(|p| *p == entries).unwrap_or_else(|| {
            pages.push(entries);
            pages.len() - 1
        });
        index.push(u8::try_from(at).expect("at most 256 different pages"));
    }
    (index, pages)
}

/// The hash of an n-gram: from its newest symbol to its oldest.
pub fn hash(newest_first: impl Iterator<Item = u16>) -> u64 {
    newest_first.fold(0, |hash: u64, symbol| {
        let mixed =
            (hash ^ u64::from(symbol) ^ 0x9E37_79B9_7F4A_7C15).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        mixed ^ mixed >> 32
    })
}

/// Buckets of eight `u32`: fingerprint (18 bits), cost in 1/8 bit (8), back-off
/// in 1/4 bit (6). A full bucket overflows into the next.
fn table(grams: &[Vec<Entry>], buckets: usize) -> Vec<u32> {
    let mut table = vec![0u32; buckets * BUCKET];
    let mut longest_run = 0;
    for (order, list) in grams.iter().enumerate().map(|(i, list)| (i + 2, list)) {
        for entry in list {
            let hash = hash(ngrams::unpack(entry.key, order).into_iter().rev());
            let mut bucket = ((u128::from(hash) * buckets as u128) >> 64) as usize;
            let fingerprint = ((hash & 0x3FFFF) as u32).max(1);
            let value = fingerprint
                | (entry.cost / 32).min(255) << 18
                | ((entry.back_off + 32) / 64).min(63) << 26;
            let mut run = 0;
            loop {
                let slots = &mut table[bucket * BUCKET..(bucket + 1) * BUCKET];
                if let Some(slot) = slots.iter_mut().find(|slot| **slot == 0) {
                    *slot = value;
                    break;
                }
                bucket = (bucket + 1) % buckets;
                run += 1;
            }
            longest_run = longest_run.max(run);
        }
    }
    eprintln!("table: longest overflow {longest_run} buckets");
    table
}
