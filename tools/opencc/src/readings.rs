//! Pinyin readings, from pypinyin's `pinyin_dict.json`.

use crate::binary::twelve;
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// First and last character with readings: the block CJK Unified Ideographs as
/// far as the charsets of China and Taiwan use it.
pub const RANGE: std::ops::RangeInclusive<u32> = 0x4E00..=0x9FA5;

/// The table that `src/chinese/readings.rs` reads.
///
/// The syllables, sorted, each followed by a line feed; a NUL; then for each block
/// of 64 characters the index of its first reading, 16 bits, little endian; and then
/// all readings in the order of their characters, twelve bits each: eleven of
/// syllable, and the highest set on the last reading of a character. 0xFFF stands for
/// a character without readings.
pub fn table(pypinyin: &Path) -> Result<Vec<u8>> {
    let path = pypinyin.join("pinyin_dict.json");
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let json: BTreeMap<String, String> = serde_json::from_str(&text)?;
    let mut readings: BTreeMap<u32, Vec<&str>> = BTreeMap::new();
    for (code, list) in &json {
        let code: u32 = code.parse()?;
        if RANGE.contains(&code) {
            readings.insert(code, list.split(',').collect());
        }
    }
    let syllables: BTreeSet<&str> = readings.values().flatten().copied().collect();
    let index: BTreeMap<&str, u16> =
        syllables.iter().zip(0u16..).map(|(syllable, i)| (*syllable, i)).collect();
    ensure!(index.len() < 0x7FF, "more syllables than eleven bits hold");
    let mut starts: Vec<u16> = Vec::new();
    let mut codes: Vec<u16> = Vec::new();
    for code in RANGE {
        if code % 64 == 0 {
            starts.push(u16::try_from(codes.len())?);
        }
        match readings.get(&code) {
            None => codes.push(0xFFF),
            Some(list) => {
                for (i, syllable) in list.iter().enumerate() {
                    let last = if i + 1 == list.len() { 0x800 } else { 0 };
                    codes.push(index[syllable] | last);
                }
            }
        }
    }
    let mut out = Vec::new();
    for syllable in &syllables {
        out.extend(syllable.as_bytes());
        out.push(b'\n');
    }
    out.push(0);
    out.extend(starts.iter().flat_map(|v| v.to_le_bytes()));
    out.extend(twelve(codes));
    Ok(out)
}
