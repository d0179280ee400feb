//! Pinyin readings, from pypinyin's `pinyin_dict.json`.

use crate::binary::twelve;
use crate::dict::Dict;
use crate::pinyin::{join, split};
use anyhow::{Context, Result, ensure};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The characters that can have readings: those of the charsets of China and Taiwan.
const RANGE: std::ops::Range<u32> = 0x4E00..0x9FC0;

/// The table that `src/chinese/readings.rs` reads.
///
/// It has the characters of GB 2312, those that OpenCC makes characters of GB 2312
/// of, and the frequent half of Big5: what a converter from Simplified can have
/// annotated, at half the size of all. Interjections without a vowel are left out.
///
/// The letters of all syllables, sorted, each followed by a line feed; a NUL; for each
/// block of 64 characters eight bytes, a bit for each that has readings, lowest bit
/// first, and the index of the block's first reading, 16 bits, little endian; and then
/// all readings in the order of their characters, twelve bits each: eleven of five
/// times the letters' number plus the tone, 0 for the neutral one, and the highest set
/// on the last reading of a character.
pub fn table(pypinyin: &Path, simplify: &Dict) -> Result<Vec<u8>> {
    let path = pypinyin.join("pinyin_dict.json");
    let text = std::fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let json: BTreeMap<u32, String> = serde_json::from_str(&text)?;
    let mut readings: BTreeMap<u32, Vec<(String, u8)>> = BTreeMap::new();
    for (code, list) in json.iter().filter(|(code, _)| RANGE.contains(code)) {
        let Some(c) = char::from_u32(*code).filter(|c| is_frequent(*c, simplify)) else { continue };
        let mut syllables = Vec::new();
        for written in list.split(',') {
            let (letters, tone) = split(written);
            ensure!(join(&letters, tone) == written, "{c}: {written} is spelt in another way");
            if letters.contains(['a', 'e', 'i', 'o', 'u', 'ü']) {
                syllables.push((letters, tone));
            }
        }
        if !syllables.is_empty() {
            readings.insert(*code, syllables);
        }
    }
    let letters: BTreeSet<&str> = readings.values().flatten().map(|(l, _)| l.as_str()).collect();
    let number: BTreeMap<&str, u16> = letters.iter().copied().zip(0u16..).collect();
    ensure!(number.len() * 5 <= 0x800, "more syllables than eleven bits hold");
    let mut blocks = Vec::new();
    let mut codes: Vec<u16> = Vec::new();
    for block in RANGE.step_by(64) {
        let first = u16::try_from(codes.len())?;
        let mut known = 0u64;
        for (code, list) in readings.range(block..block + 64) {
            known |= 1 << (code - block);
            codes.extend(list.iter().map(|(l, tone)| number[l.as_str()] * 5 + u16::from(*tone)));
            *codes.last_mut().context("no reading")? |= 0x800;
        }
        blocks.extend(known.to_le_bytes());
        blocks.extend(first.to_le_bytes());
    }
    let mut out: Vec<u8> = letters.iter().flat_map(|l| [l.as_bytes(), b"\n"].concat()).collect();
    out.push(0);
    out.extend(blocks);
    out.extend(twelve(codes));
    Ok(out)
}

fn is_frequent(c: char, simplify: &Dict) -> bool {
    let simplified = simplify.alone(c);
    let mut buffer = [0; 4];
    let big5 = encoding_rs::BIG5.encode(c.encode_utf8(&mut buffer)).0.into_owned();
    [&c.to_string(), &simplified].into_iter().any(|text| in_gb2312(text))
        || matches!(big5[..], [0xA4..=0xC6, _])
}

/// GB 2312 is the part of GBK with Han characters from B0 A1 to F7 FE.
fn in_gb2312(text: &str) -> bool {
    let (bytes, _, unmappable) = encoding_rs::GBK.encode(text);
    !unmappable && matches!(*bytes, [0xB0..=0xF7, 0xA1..=0xFE])
}
