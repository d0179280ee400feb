//! Statistics for script detection: how much each Han character speaks against
//! Simplified, Traditional, Japanese and Korean.

use crate::dict::Dict;
use anyhow::{Context, Result, ensure};
use encoding_rs::{BIG5, EUC_JP, EUC_KR, Encoding, GBK};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

/// Lines in a block. Even blocks train, odd ones are left for measuring.
const BLOCK: usize = 1000;

/// Units of a bit in the table: 4 bits hold 0 to 10 bits.
const UNITS: f64 = 1.5;

/// Added to every count, so that what was not met is only unlikely; and much less so
/// where the charset of the script does not even have the character.
const UNMET: f64 = 0.3;
const UNKNOWN: f64 = 0.002;

/// How many characters of a script's text may be about something else than its corpus,
/// by the number of those that it has. Which of its charset's common characters these
/// are is a matter of the topic, unless a character is more frequent than that.
const TOPICS: f64 = 0.25;
const FREQUENT: f64 = 5e-4;

/// Bits that say nothing of a common character, as texts have their topics.
const ALLOWANCE: f64 = 2.0;

/// The first and the last character of the table.
const FIRST: u16 = 0x3400;
const LAST: u16 = 0x9FFF;

type Counts = BTreeMap<char, f64>;

/// What OpenCC knows of single characters.
struct Characters {
    /// What conversion from Simplified changes, and from Traditional.
    simplified: BTreeSet<char>,
    traditional: BTreeSet<char>,
    /// New Japanese forms by the old ones.
    shinjitai: BTreeMap<char, char>,
}

/// The table that `src/chinese/script.rs` reads, from the three corpora Simplified,
/// Traditional, Japanese.
///
/// First a bit for each character from U+3400 to U+9FFF, set if it has an entry,
/// lowest bit first; then the entries in order, of sixteen bits: four times four,
/// lowest first. The four bits say, in 1 / 1.5 bits and at most 15, how much less likely
/// the character is in Simplified, Traditional, Japanese and Korean text than in the
/// likeliest of them. Characters that both standards of Chinese write alike speak
/// against neither: they would tell the topic.
pub fn table(opencc: &Path, corpora: &[PathBuf; 3]) -> Result<Vec<u8>> {
    let characters = Characters {
        simplified: changed(&Dict::read(opencc, "STCharacters")?).into_keys().collect(),
        traditional: changed(&Dict::read(opencc, "TSCharacters")?).into_keys().collect(),
        shinjitai: changed(&Dict::read(opencc, "JPShinjitaiCharactersRev")?),
    };
    let mut counts: [Counts; 4] = Default::default();
    for (which, path) in corpora.iter().enumerate() {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        counts[which] = count(&text, which, &characters);
    }
    counts[3] = korean(&counts[2], &characters.shinjitai);
    let totals = counts.each_ref().map(|c| c.values().sum::<f64>() + 2000.0);
    ensure!(totals.iter().all(|t| *t > 50_000.0), "too little text");
    let mut out = vec![0; usize::from(LAST - FIRST + 1) / 8];
    let mut entries = Vec::new();
    for code in FIRST..=LAST {
        let Some(c) = char::from_u32(u32::from(code)) else { continue };
        let knows = known(c, &characters);
        let japanese_alone = knows == [false, false, true, false];
        if !japanese_alone && counts.iter().all(|counts| !counts.contains_key(&c)) {
            continue;
        }
        let share = |i: usize| counts[i].get(&c).unwrap_or(&0.0) / totals[i];
        let anywhere = ((share(0) + share(1) + share(2)) / 3.0).min(FREQUENT) * TOPICS;
        let common = common(c, &characters);
        let bits = std::array::from_fn(|i| {
            let unmet = if knows[i] { UNMET } else { UNKNOWN };
            let topics = if common[i] { anywhere } else { 0.0 };
            (share(i) + topics + unmet / totals[i]).log2()
        });
        let packed = packed(bits, characters.tell(c), common);
        if packed & 0xEEEE != 0 {
            let index = usize::from(code - FIRST);
            out[index / 8] |= 1 << (index % 8);
            entries.push(packed);
        }
    }
    out.extend(entries.into_iter().flat_map(u16::to_le_bytes));
    Ok(out)
}

/// Characters of a corpus that has lines of the other script: those are left out.
fn count(text: &str, which: usize, characters: &Characters) -> Counts {
    let mut counts = Counts::new();
    let lines = text.lines().enumerate().filter(|(n, _)| (n / BLOCK).is_multiple_of(2));
    for (_, line) in lines {
        let votes = |a: &BTreeSet<char>, b: &BTreeSet<char>| {
            line.chars().filter(|c| a.contains(c) && !b.contains(c)).count()
        };
        let (simplified, traditional) = (&characters.simplified, &characters.traditional);
        let (s, t) = (votes(simplified, traditional), votes(traditional, simplified));
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
    counts
}

/// Korean text writes Han characters too seldom to count them. Its words of Chinese
/// origin are mostly those of Japanese, in the old forms.
fn korean(japanese: &Counts, shinjitai: &BTreeMap<char, char>) -> Counts {
    let mut counts = Counts::new();
    let old = shinjitai.iter().map(|(old, new)| (*old, *new));
    let alike = japanese.keys().map(|c| (*c, *c));
    for (c, new) in alike.chain(old) {
        if has(EUC_KR, c)
            && let Some(count) = japanese.get(&new)
        {
            let so_far = counts.entry(c).or_default();
            *so_far = count.max(*so_far);
        }
    }
    counts
}

/// Whether the scripts' charsets have a character; what is converted as Traditional
/// counts as such.
fn known(c: char, characters: &Characters) -> [bool; 4] {
    [
        gb2312(c) || characters.simplified.contains(&c),
        has(BIG5, c) || characters.traditional.contains(&c),
        has(EUC_JP, c),
        has(EUC_KR, c),
    ]
}

/// Whether the scripts write a character commonly: it is in the first level of the
/// charset, and no old form.
fn common(c: char, characters: &Characters) -> [bool; 4] {
    let in_japanese = |c| !characters.shinjitai.contains_key(&c) && level(EUC_JP, c, 0xB0..=0xCF);
    let new = characters.shinjitai.get(&c).copied().unwrap_or(c);
    [
        level(GBK, c, 0xB0..=0xD7) && gb2312(c),
        level(BIG5, c, 0xA4..=0xC6),
        in_japanese(c),
        has(EUC_KR, c) && in_japanese(new),
    ]
}

/// Whether the first of two bytes of a character is among these.
fn level(charset: &'static Encoding, c: char, first: RangeInclusive<u8>) -> bool {
    let text = c.to_string();
    has(charset, c) && charset.encode(&text).0.first().is_some_and(|byte| first.contains(byte))
}

/// Whether a charset writes a character in two bytes. Three, in EUC-JP, are JIS X 0212,
/// which has rare ones.
fn has(charset: &'static Encoding, c: char) -> bool {
    let text = c.to_string();
    let (bytes, _, unmappable) = charset.encode(&text);
    !unmappable && bytes.len() == 2
}

/// Whether it is in GB 2312: the part of GBK with Han characters from B0 A1 to F7 FE.
fn gb2312(c: char) -> bool {
    matches!(*GBK.encode(&c.to_string()).0, [0xB0..=0xF7, 0xA1..=0xFE])
}

impl Characters {
    /// Whether a character tells Simplified from Traditional.
    fn tell(&self, c: char) -> bool {
        self.simplified.contains(&c) || self.traditional.contains(&c)
    }
}

/// An entry, from the logarithms of probabilities.
fn packed(mut bits: [f64; 4], tells: bool, common: [bool; 4]) -> u16 {
    if !tells {
        let mean = (bits[0] + bits[1]) / 2.0;
        (bits[0], bits[1]) = (mean, mean);
    }
    let best = bits.iter().copied().fold(f64::MIN, f64::max);
    let against = bits.iter().zip(common).enumerate().map(|(i, (b, common))| {
        let doubt = if common && (i > 1 || !tells) { ALLOWANCE } else { 0.0 };
        ((best - b - doubt).max(0.0) * UNITS).round().min(15.0) as u16
    });
    against.enumerate().fold(0, |packed, (i, v)| packed | v << (4 * i))
}

/// Characters that a dictionary changes, with what they become.
fn changed(dict: &Dict) -> BTreeMap<char, char> {
    let changed = dict.entries.iter().filter(|(key, value)| key != value);
    changed.filter_map(|(key, value)| Some((key.chars().next()?, value.chars().next()?))).collect()
}
