//! The generated files' formats; their readers are `src/chinese/{charmap,phrases}.rs`.

use crate::dict::Dict;
use crate::hash::{pair_hash, slot, tag};
use anyhow::{Result, ensure};
use std::collections::{BTreeMap, BTreeSet};

/// First character of the blocks in [`chars`], and the number of blocks of 256.
pub const FIRST: u32 = 0x3400;
const BLOCKS: u32 = (0xA000 - FIRST) / 256;

/// Entries of one character that become one.
///
/// Little endian. For each block of 256 characters from U+3400 to U+9FFF, and once
/// more at the end, the number of entries before it, 16 bits; of each entry the low
/// byte of its key; of each entry its value, 16 bits. Then, sorted, six bytes for each
/// entry whose key or value is no such character: key and value of 24 bits. If only the
/// value is none, the entry stands in the first part too, with the value 0, so that what
/// is not there is nowhere.
pub fn chars(dict: &Dict, keep: impl Fn(&str, &str) -> bool) -> Result<Vec<u8>> {
    let mut near: Vec<(u32, u32)> = Vec::new();
    let mut far: Vec<(u32, u32)> = Vec::new();
    for (key, value) in dict.entries.iter().filter(|(key, value)| key != value) {
        if let (Some(from), Some(to), true) = (single(key), single(value), keep(key, value)) {
            ensure!(from >= 0x800, "{key}: the reader skips what has less than three bytes");
            let inside = |code| (FIRST..0xA000).contains(&code);
            if inside(from) {
                near.push((from, if inside(to) { to } else { 0 }));
            }
            if !(inside(from) && inside(to)) {
                far.push((from, to));
            }
        }
    }
    let mut out = Vec::new();
    for block in 0..=BLOCKS {
        let start = near.partition_point(|(from, _)| (from - FIRST) / 256 < block);
        out.extend(u16::try_from(start)?.to_le_bytes());
    }
    out.extend(near.iter().map(|(from, _)| *from as u8));
    out.extend(near.iter().flat_map(|(_, to)| (*to as u16).to_le_bytes()));
    for (from, to) in far {
        out.extend(&from.to_le_bytes()[..3]);
        out.extend(&to.to_le_bytes()[..3]);
    }
    Ok(out)
}

/// Entries of one character that become several: a line each, the key and then the value.
pub fn longer(dict: &Dict) -> String {
    let entries = dict.entries.iter();
    let longer = entries.filter(|(key, value)| single(key).is_some() && single(value).is_none());
    longer.map(|(key, value)| format!("{key}{value}\n")).collect()
}

/// The only character of a text.
fn single(text: &str) -> Option<u32> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none()).map(u32::from)
}

/// Entries of two and more characters, as an open-addressing table by the first
/// two: slots, and the text that they point into.
///
/// Slots: one byte, log2 of their number; then 32 bits each, little endian: 0 is
/// empty, else ten bits of tag over 22 of offset into the text. There, a group: a
/// byte with the number of its entries, the two characters, and each entry (longest
/// key first) as a byte of length of the key's rest, a byte of value length, rest,
/// value. A value of length zero stands for "character by character". All these
/// bytes are below 0x80, so that the whole is UTF-8.
pub fn phrases(dict: &Dict, keep: impl Fn(&str, &str) -> bool) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut groups: BTreeMap<(char, char), Vec<(&String, String)>> = BTreeMap::new();
    for (key, value) in dict.phrases().filter(|(key, value)| keep(key, value)) {
        let mut head = key.chars();
        let (Some(a), Some(b)) = (head.next(), head.next()) else { continue };
        let value = if dict.charwise(key) == *value { String::new() } else { value.clone() };
        groups.entry((a, b)).or_default().push((key, value));
    }
    let mut bits = 1;
    while (1usize << bits) * 3 < groups.len() * 4 {
        bits += 1;
    }
    let mut slots = vec![0u32; 1 << bits];
    let mut text = vec![0u8];
    let small = |n: usize| -> Result<u8> {
        ensure!(n < 0x80, "{n} does not fit seven bits");
        Ok(n as u8)
    };
    for ((a, b), mut entries) in groups {
        let hash = pair_hash(a, b);
        let mut at = slot(hash, bits);
        while slots[at] != 0 {
            at = (at + 1) % slots.len();
        }
        ensure!(text.len() < 1 << 22, "more than 22 bits of phrases");
        slots[at] = tag(hash) << 22 | text.len() as u32;
        entries.sort_by_key(|(key, _)| (std::cmp::Reverse(key.len()), *key));
        text.push(small(entries.len())?);
        text.extend(format!("{a}{b}").as_bytes());
        let head = a.len_utf8() + b.len_utf8();
        for (key, value) in entries {
            let rest = &key[head..];
            text.extend([small(rest.len())?, small(value.len())?]);
            text.extend(rest.as_bytes());
            text.extend(value.as_bytes());
        }
    }
    let mut out = vec![bits as u8];
    out.extend(slots.iter().flat_map(|s| s.to_le_bytes()));
    Ok((out, text))
}

/// A set of pairs that says yes to each member and to few others: one byte with
/// log2 of the number of bits, then the bits, one set for each pair's hash.
/// Sixteen bits a pair: a stranger is taken in once in sixteen times.
pub fn pairs(pairs: &BTreeSet<(char, char)>) -> Vec<u8> {
    let mut bits = 3;
    while 1usize << bits < pairs.len() * 16 {
        bits += 1;
    }
    let mut out = vec![0u8; 1 + (1 << bits) / 8];
    out[0] = bits as u8;
    for (a, b) in pairs {
        let at = slot(pair_hash(*a, *b), bits);
        out[1 + at / 8] |= 1 << (at % 8);
    }
    out
}

/// Numbers of twelve bits, two in three bytes, lowest bits first.
pub fn twelve(numbers: impl IntoIterator<Item = u16>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut numbers = numbers.into_iter();
    while let Some(a) = numbers.next() {
        let b = numbers.next().unwrap_or_default();
        out.extend([a as u8, (a >> 8 | b << 4) as u8, (b >> 4) as u8]);
    }
    out
}
