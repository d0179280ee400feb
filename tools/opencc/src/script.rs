//! Statistics for script detection: how much each Han character speaks against
//! Simplified, Traditional and Japanese.

use crate::binary::twelve;
use crate::dict::Dict;
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Lines in a block. Even blocks train, odd ones are left for measuring.
const BLOCK: usize = 1000;

/// Units of a bit in the table: 4 bits hold 0 to 10 bits.
const UNITS: f64 = 1.5;

/// Added to every count, so that what was not met is only unlikely.
const UNMET: f64 = 0.3;

/// The table that `src/chinese/script.rs` reads, from the three corpora Simplified,
/// Traditional, Japanese.
///
/// First a bit for each character from U+3400 to U+9FFF, set if it has an entry,
/// lowest bit first; then the entries in order, of twelve bits: three times four,
/// lowest first. The four bits say, in 1 / 1.5 bits and
/// at most 15, how much less likely the character is in Simplified, Traditional and
/// Japanese text than in the likeliest of them. Characters that both standards of
/// Chinese write alike speak against neither: they would tell the topic.
pub fn table(opencc: &std::path::Path, corpora: &[PathBuf; 3]) -> Result<Vec<u8>> {
    let simplified: BTreeSet<char> = changed(&Dict::read(opencc, "STCharacters")?);
    let traditional: BTreeSet<char> = changed(&Dict::read(opencc, "TSCharacters")?);
    let mut counts: [BTreeMap<char, f64>; 3] = Default::default();
    for (which, (path, counts)) in corpora.iter().zip(&mut counts).enumerate() {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let lines = text.lines().enumerate().filter(|(n, _)| (n / BLOCK).is_multiple_of(2));
        for (_, line) in lines {
            // Each corpus has lines of the other script: those are left out.
            let votes = |a: &BTreeSet<char>, b: &BTreeSet<char>| {
                line.chars().filter(|c| a.contains(c) && !b.contains(c)).count()
            };
            let (s, t) = (votes(&simplified, &traditional), votes(&traditional, &simplified));
            let foreign = match which {
                0 => t * 10 > s,
                1 => s * 10 > t,
                _ => false,
            };
            if !foreign {
                for c in line.chars().filter(|c| ('\u{3400}'..='\u{9FFF}').contains(c)) {
                    *counts.entry(c).or_default() += 1.0;
                }
            }
        }
    }
    let totals: Vec<f64> = counts.iter().map(|c| c.values().sum::<f64>() + 2000.0).collect();
    ensure!(totals.iter().all(|t| *t > 50_000.0), "too little text");
    let mut out = vec![0; (0xA000 - 0x3400) / 8];
    let mut entries = Vec::new();
    for code in 0x3400..=0x9FFFu16 {
        let Some(c) = char::from_u32(u32::from(code)) else { continue };
        if counts.iter().all(|counts| !counts.contains_key(&c)) {
            continue;
        }
        let mut bits: Vec<f64> = counts
            .iter()
            .zip(&totals)
            .map(|(counts, total)| ((counts.get(&c).unwrap_or(&0.0) + UNMET) / total).log2())
            .collect();
        if !simplified.contains(&c) && !traditional.contains(&c) {
            let mean = (bits[0] + bits[1]) / 2.0;
            (bits[0], bits[1]) = (mean, mean);
        }
        let best = bits.iter().copied().fold(f64::MIN, f64::max);
        let against = bits.iter().map(|b| ((best - b) * UNITS).round().min(15.0) as u16);
        let packed = against.enumerate().fold(0, |packed, (i, v)| packed | v << (4 * i));
        if packed & 0xEEE != 0 {
            let index = usize::from(code - 0x3400);
            out[index / 8] |= 1 << (index % 8);
            entries.push(packed);
        }
    }
    out.extend(twelve(entries));
    Ok(out)
}

/// Characters that a dictionary changes.
fn changed(dict: &Dict) -> BTreeSet<char> {
    let changed = dict.entries.iter().filter(|(key, value)| key != value);
    changed.filter_map(|(key, _)| key.chars().next()).collect()
}
