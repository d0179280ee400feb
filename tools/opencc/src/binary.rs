//! The generated files' formats; their readers are `src/chinese/{charmap,phrases}.rs`.

use crate::dict::Dict;
use crate::hash::{pair_hash, slot, tag};
use anyhow::{Result, ensure};
use std::collections::{BTreeMap, BTreeSet};

/// Entries of one character: pairs of key and value, one after the other, and
/// after a line feed those with longer values, as `key value…` lines.
pub fn chars(dict: &Dict, keep: impl Fn(&str, &str) -> bool) -> Vec<u8> {
    let mut pairs = String::new();
    let mut longer = String::new();
    for (key, value) in &dict.entries {
        if key.chars().count() != 1 || key == value || !keep(key, value) {
            continue;
        }
        let to = if value.chars().count() == 1 { &mut pairs } else { &mut longer };
        if value.chars().count() != 1 {
            to.push('\n');
        }
        to.push_str(key);
        to.push_str(value);
    }
    (pairs + &longer).into_bytes()
}

/// Entries of two and more characters, as an open-addressing table by the first
/// two: slots, and the text that they point into.
///
/// Slots: one byte, log2 of their number; then 32 bits each, little endian: 0 is
/// empty, else ten bits of tag over 22 of offset into the text. There, a group: a
/// byte with the number of its entries, the two characters, and each entry (longest
/// key first) as a byte of length of the key's rest, a byte of value length, rest,
/// value. A value of length zero stands for "character by character". All these bytes are below 0x80, so that the whole
/// is UTF-8.
pub fn phrases(dict: &Dict) -> Result<(Vec<u8>, Vec<u8>)> {
    let mut groups: BTreeMap<(char, char), Vec<(&String, String)>> = BTreeMap::new();
    for (key, value) in dict.phrases() {
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
