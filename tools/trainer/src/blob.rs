//! Writes the model file that `src/model` of the library reads; the layout is
//! described there.

use crate::codebook::{self, Codebook};
use crate::fixed;
use crate::ngrams::{self, Entry};
use crate::symbols::{self, CharClass, Symbols};
use std::collections::HashMap;
use ungarble::model::layout::{ENTRIES, UNITS, extend};

/// Bytes of a line.
const LINE: usize = UNITS * 2;

/// Everything after the header.
pub fn tables(
    symbols: &Symbols,
    case_costs: [[u8; 2]; 4],
    grams: &[Vec<Entry>],
    lines: usize,
) -> Vec<u8> {
    let (index, pages) = pages(symbols);
    let mut out = Vec::new();
    for number in [symbols.count, pages.len(), lines] {
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
    let costs: Vec<[u32; 2]> = grams[1..].iter().flatten().map(|e| [e.cost, e.back_off]).collect();
    let Codebook { pairs, codes } = Codebook::new(&costs);
    for at in 0..codebook::SIZE {
        out.extend(pairs.get(at).copied().unwrap_or_default().map(eighths));
    }
    out.extend(table(&grams[1..], &codes, lines));
    out
}

/// In eighths of a bit, what is in 1/256 bit.
fn eighths(cost: u32) -> u8 {
    ((cost + 16) / 32).min(255) as u8
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

/// Lines of fingerprints and codes. What finds its line full goes into its other one, or into
/// the place of one that can; the full one says so in its last byte, which has a bit for each
/// eighth of the n-grams. One with the fingerprint of another in a line in which it is looked
/// for would never be found, and is left out.
fn table(grams: &[Vec<Entry>], codes: &[u8], count: usize) -> Vec<u8> {
    let place = |hash: u64| ((u128::from(hash) * count as u128) >> 64) as usize;
    let other = |hash: u64| place(hash.rotate_left(32));
    let fingerprint = |hash: u64| (hash as u16).max(1);
    let mut lines: Vec<Vec<(u64, u8)>> = vec![Vec::new(); count];
    let mut overfull = vec![0_u8; count];
    let (mut hidden, mut moved, mut lost) = (0, 0, 0);
    let orders =
        grams.iter().enumerate().flat_map(|(at, list)| list.iter().map(move |e| (at + 2, e)));
    for ((order, entry), &code) in orders.zip(codes) {
        // From its newest symbol to its oldest.
        let hash = ngrams::unpack(entry.key, order).into_iter().rev().fold(0, extend);
        let is_there = |line: &[(u64, u8)], hash| {
            line.iter().any(|&(other, _)| fingerprint(other) == fingerprint(hash))
        };
        let has_room = |line: &[(u64, u8)], hash| line.len() < ENTRIES && !is_there(line, hash);
        let [home, away] = [place(hash), other(hash)];
        if is_there(&lines[home], hash) {
            hidden += 1;
        } else if lines[home].len() < ENTRIES {
            lines[home].push((hash, code));
        } else if has_room(&lines[away], hash) {
            overfull[home] |= 1 << (hash >> 16 & 7);
            lines[away].push((hash, code));
            moved += 1;
        } else if let Some(at) = lines[home].iter().rposition(|&(first, _)| {
            // The other line has room, so it is not this one.
            place(first) == home && has_room(&lines[other(first)], first)
        }) {
            let first = std::mem::replace(&mut lines[home][at], (hash, code));
            overfull[home] |= 1 << (first.0 >> 16 & 7);
            lines[other(first.0)].push(first);
            moved += 1;
        } else {
            lost += 1;
        }
    }
    eprintln!("table: {moved} n-grams moved, {hidden} hidden by others, {lost} without a place");
    let mut table = vec![[0; LINE]; count];
    for ((bytes, line), overfull) in table.iter_mut().zip(lines).zip(overfull) {
        for (at, (hash, code)) in line.into_iter().enumerate() {
            bytes[2 * at..2 * at + 2].copy_from_slice(&fingerprint(hash).to_le_bytes());
            bytes[2 * ENTRIES + at] = code;
        }
        bytes[LINE - 1] = overfull;
    }
    table.into_flattened()
}
