//! The tables of the scan and of the second look: how much commoner something is in
//! garbled than in intact text.
//!
//! Each language's lines are garbled in every way that its charsets allow: written
//! as UTF-8 or as a legacy charset, read in each of the charsets that were the
//! default of some system, or out of step in its own. Languages count alike, and so do
//! the kinds of ways of garbling one (single bytes as CJK, say), and the ways of a kind.

use crate::corpus::Language;
use crate::fixed;
use crate::tune::{Example, FINE, Step, highest, tune};
use std::collections::HashMap;
use std::ops::Range;
use ungarble::Misreading;
use ungarble::charset::{Charset, Family};
use ungarble::model::BIT;
use ungarble::suspect::classes::{ASCII, BEYOND, BEYOND_UNIT, Classes, EMOJI, EMOJI_UNIT};
use ungarble::suspect::scan::walk;
use ungarble::suspect::tables::{BINS, COUNT, LETTERS};
use ungarble::suspect::{THRESHOLD, look};

/// Lines of each language that are looked at.
const LINES: usize = 8000;
/// Lines that are garbled in one way.
const GARBLED_LINES: usize = 90;
/// Languages whose use of Han tells classes of it apart.
const HAN_USERS: [&str; 3] = ["ja", "zh-Hans", "zh-Hant"];
/// Characters beyond ASCII with a class of their own.
const OWN: usize = 256;
/// Sums of shares are in units of 2^-40 of a text's pairs.
const ONE: u64 = 1 << 40;

/// Charsets that text is taken for by mistake.
const READ: &[&str] = &[
    "windows-1252",
    "ISO-8859-1",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "IBM437",
    "IBM850",
    "IBM852",
    "IBM866",
    "macintosh",
    "x-mac-cyrillic",
    "KOI8-R",
    "KOI8-U",
    "ISO-8859-2",
    "ISO-8859-5",
    "ISO-8859-7",
    "ISO-8859-9",
    "ISO-8859-15",
    "gb18030",
    "Big5",
    "Shift_JIS",
    "EUC-JP",
    "EUC-KR",
];

/// Charsets that text is written in.
const WRITTEN: &[&str] = &[
    "UTF-8",
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1256",
    "windows-1257",
    "windows-1258",
    "windows-874",
    "IBM437",
    "IBM850",
    "IBM852",
    "IBM866",
    "macintosh",
    "x-mac-cyrillic",
    "KOI8-R",
    "KOI8-U",
    "ISO-8859-2",
    "ISO-8859-5",
    "ISO-8859-7",
    "ISO-8859-8",
    "ISO-8859-9",
    "GBK",
    "Big5",
    "Shift_JIS",
    "EUC-JP",
    "EUC-KR",
    "TCVN",
];

/// Texts that count together as one.
struct Sample {
    lines: Vec<String>,
    /// What its shares count, in sixteenths.
    weight: u64,
}

/// The pair table, the table of the second look (signed bytes, eighths of a bit), then
/// an index of 256 pages, then the pages: the low bytes, then the high bits.
pub fn tables(languages: &[Language]) -> Vec<u8> {
    let intact: Vec<Sample> = languages
        .iter()
        .map(|language| {
            let step = (language.lines.len() / LINES).max(1);
            let lines = language.lines.iter().step_by(step).cloned().collect();
            Sample { lines, weight: 16 }
        })
        .collect();
    let garbled: Vec<Sample> = intact.iter().flat_map(garble).collect();
    eprintln!("scan: {} languages, {} ways of garbling them", intact.len(), garbled.len());

    let users: Vec<&Sample> = languages
        .iter()
        .zip(&intact)
        .filter(|(language, _)| HAN_USERS.contains(&language.tag.as_str()))
        .map(|(_, sample)| sample)
        .collect();
    let (all, groups) = assign(&intact, &garbled, &users);
    let classes = Classes::new(&all);
    let pairs = COUNT * COUNT;
    let count = |samples: &[Sample], places: Range<usize>| {
        let all = shares(samples, places.len(), |line, tell| {
            walk(line, &classes, |place, _, _| {
                if places.contains(&place) {
                    tell(place - places.start);
                }
            });
        });
        smoothed(all, &groups)
    };
    let mut scan = Vec::new();
    for (places, rare) in [(0..pairs, 100_000_000), (pairs..pairs + LETTERS * LETTERS, 10_000_000)]
    {
        let intact = count(&intact, places.clone());
        scan.extend(ratios(intact, count(&garbled, places), rare));
    }
    let line = |text: &str| {
        let mut places = Vec::new();
        walk(text, &classes, |place, ends, _| places.push(Step::new(place, ends)));
        places
    };
    let scan = tune(&scan, &examples(&intact, &garbled, line), AIM);
    let flagged =
        |samples: &[Sample]| kept(samples, |_, text| highest(&scan, &line(text)) >= THRESHOLD);
    let (intact, garbled) = (flagged(&intact), flagged(&garbled));
    let count = |samples: &[Sample]| {
        shares(samples, COUNT * BINS, |line, tell| {
            look(line, &classes, |class, bin, _| tell(class * BINS + bin));
        })
    };
    let costs = ratios(count(&intact), count(&garbled), 1_000_000);
    let mut out: Vec<u8> = scan.into_iter().chain(costs).collect();
    out.extend(pages(&all));
    out
}

/// The lines of both to learn from. Garbled ones count the more the likelier their way is.
fn examples(
    intact: &[Sample],
    garbled: &[Sample],
    line: impl Fn(&str) -> Vec<Step>,
) -> Vec<Example> {
    let example = |text: &String, garbled, most| Example { steps: line(text), garbled, most };
    let intact = intact.iter().flat_map(|s| &s.lines).map(|text| example(text, false, MOST));
    let garbled = garbled.iter().flat_map(|sample| {
        let most = (MOST * (sample.weight * 16).isqrt() as i32 / 16).clamp(MOST / 8, MOST * 5);
        sample.lines.iter().map(move |text| (text, most))
    });
    let garbled = garbled.map(|(text, most)| example(text, true, most));
    intact.chain(garbled).filter(|example| !example.steps.is_empty()).collect()
}

/// How far a line may move a weight: a quarter of an eighth of a bit.
const MOST: i32 = FINE / 4;

/// Where the sums of garbled and of intact lines are told apart, in eighths of a bit.
const AIM: i32 = 5 * 8;

/// Log-likelihood ratios in eighths of a bit. What neither has says nothing; what only
/// one has counts as if the other had a little, the `rare`th part.
fn ratios((intact, total): Shares, (garbled, garbled_total): Shares, rare: u64) -> Vec<u8> {
    let log = |sum: u64, total: u64| {
        let little = (u128::from(total) * u128::from(ONE) / u128::from(rare)) as u64;
        let share = (u128::from(sum + little) << 20) / u128::from(total.max(1));
        fixed::log2(share as u64) as i32
    };
    intact
        .iter()
        .zip(&garbled)
        .map(|(&i, &g)| match (i, g) {
            (0, 0) => 0,
            _ => ((log(g, garbled_total) - log(i, total)) / 32).clamp(-80, 80) as i8 as u8,
        })
        .collect()
}

/// Gives pairs a part of what the pairs of their groups of classes have, so that those
/// too rare to be counted are judged by the scripts of their characters.
fn smoothed((sums, total): Shares, groups: &[u8]) -> Shares {
    let count = sums.len().isqrt();
    let group =
        |class: usize| usize::from(groups[if count == COUNT { class } else { class + ASCII }]);
    let (mut left, mut right) = (vec![0u64; count], vec![0u64; count]);
    let (mut lefts, mut rights) = (vec![0u64; 256], vec![0u64; 256]);
    let mut both = vec![0u64; 256 * 256];
    for (at, &sum) in sums.iter().enumerate() {
        let (a, b) = (at / count, at % count);
        left[a] += sum;
        right[b] += sum;
        lefts[group(a)] += sum;
        rights[group(b)] += sum;
        both[group(a) * 256 + group(b)] += sum;
    }
    let part = |sum: u64, part: u64, whole: u64| {
        (u128::from(sum) * u128::from(part) / u128::from(whole.max(1))) as u64
    };
    let shared = |(at, &sum): (usize, &u64)| {
        let (a, b) = (at / count, at % count);
        let (ga, gb) = (group(a), group(b));
        let expected = part(part(both[ga * 256 + gb], left[a], lefts[ga]), right[b], rights[gb]);
        sum - sum / SMOOTHED + expected / SMOOTHED
    };
    (sums.iter().enumerate().map(shared).collect(), total)
}

/// The part of a pair's share that comes from its groups is one in so many.
const SMOOTHED: u64 = 10;

/// Sums of shares, and of the weights of those that have a share.
type Shares = (Vec<u64>, u64);

/// The share of each thing that lines tell of, added up over samples.
fn shares(samples: &[Sample], size: usize, tell: impl Fn(&str, &mut dyn FnMut(usize))) -> Shares {
    let (mut sums, mut weights) = (vec![0; size], 0);
    let mut counts: HashMap<usize, u64> = HashMap::new();
    for sample in samples {
        counts.clear();
        for line in &sample.lines {
            tell(line, &mut |at| *counts.entry(at).or_default() += 1);
        }
        let total: u64 = counts.values().sum();
        for (&at, &count) in &counts {
            sums[at] += (ONE / total * count).saturating_mul(sample.weight) / 16;
        }
        weights += if total > 0 { sample.weight } else { 0 };
    }
    (sums, weights / 16)
}

/// A language's lines garbled in all ways.
fn garble(intact: &Sample) -> Vec<Sample> {
    let lines: Vec<&str> =
        intact.lines.iter().map(String::as_str).filter(|line| !line.is_ascii()).collect();
    let mut offset = 0;
    let mut take = |way: &dyn Fn(&str, usize) -> Option<String>| {
        offset += 1;
        let step = (lines.len() / GARBLED_LINES).max(1);
        let sample: Vec<&str> =
            lines.iter().copied().skip(offset % step).step_by(step).take(GARBLED_LINES).collect();
        let texts: Vec<String> = sample
            .iter()
            .enumerate()
            .filter_map(|(at, line)| way(line, at).filter(|text| text != line))
            .collect();
        (texts.len() * 5 > sample.len()).then_some(texts)
    };
    let mut kinds: HashMap<(u8, u8), Vec<Sample>> = HashMap::new();
    let charset = |label: &&str| Charset::for_label(label).expect("a known label");
    for written in WRITTEN.iter().map(charset) {
        let whole = |line: &&&str| written.encode(line, &mut Vec::new()).is_ok();
        if lines.iter().take(300).filter(whole).count() * 3 <= lines.len().min(300) {
            continue;
        }
        for read in READ.iter().map(charset).filter(|&read| read != written) {
            let misreading = Misreading { written, read };
            let texts = take(&|line, at| {
                let whole = if at % 3 > 0 { misreading.garble(line) } else { None };
                whole.or_else(|| misreading.garble(piece(line, at)))
            });
            // Single bytes are mostly taken for what Windows has in the West; but of what is
            // rare, little would be seen if it counted by how rare it is.
            let halvings = if kind(read) == 1 { misreading.prior() / BIT * 2 / 3 } else { 0 };
            let weight = (1 << 40) >> halvings.min(40);
            let samples = texts.map(|lines| Sample { lines, weight });
            kinds.entry((kind(written), kind(read))).or_default().extend(samples);
        }
        if written.family() == Family::DoubleByte {
            let texts = take(&|line, at| out_of_step(line, written, at));
            let samples = texts.map(|lines| Sample { lines, weight: 1 });
            kinds.entry((2, 9)).or_default().extend(samples);
        }
    }
    let mut kinds: Vec<_> = kinds.into_iter().collect();
    kinds.sort_by_key(|(kind, _)| *kind);
    for (kind, ways) in &mut kinds {
        let total: u64 = ways.iter().map(|way| way.weight).sum();
        for way in ways {
            way.weight = way.weight * weight(*kind) / total.max(1);
        }
    }
    kinds.into_iter().flat_map(|(_, ways)| ways).collect()
}

/// What a kind counts: less if no language looks like it, for then it shows anyway; more
/// if it looks like another language.
fn weight(kind: (u8, u8)) -> u64 {
    match kind {
        (0 | 2, 1) => 256,
        (1, 1) => 4096,
        (2, 2) => 3072,
        _ => 1024,
    }
}

/// Some characters of a line, for charsets that cannot read all of it.
fn piece(line: &str, at: usize) -> &str {
    let mut bounds = line.char_indices().map(|(at, _)| at).step_by(6).skip(at % 5);
    let start = bounds.next().unwrap_or(0);
    let end = bounds.next().unwrap_or(line.len());
    &line[start..end]
}

fn kind(charset: Charset) -> u8 {
    match charset.family() {
        Family::Utf8 => 0,
        Family::SingleByte => 1,
        _ => 2,
    }
}

/// The text after one of its bytes was lost in its middle.
fn out_of_step(line: &str, charset: Charset, at: usize) -> Option<String> {
    let mut bytes = Vec::new();
    charset.encode(line, &mut bytes).ok()?;
    let beyond: Vec<usize> = (0..bytes.len()).filter(|&i| bytes[i] >= 0x80).collect();
    bytes.remove(*beyond.get(at % (beyond.len() / 2).max(1))?);
    let mut text = String::new();
    charset.decode_lossy(&bytes, &mut text);
    Some(text.replace('\u{FFFD}', "?"))
}

/// The class of Han and of Hangul that no line has by which the classes are told: the other half
/// of the lines tells how much commoner they are in garbled text.
const UNSEEN: u8 = u8::MAX;

/// Samples with those of their lines, by place and text, that pass a test.
fn kept(samples: &[Sample], test: impl Fn(usize, &str) -> bool) -> Vec<Sample> {
    let lines = |sample: &Sample| {
        let lines = sample.lines.iter().enumerate().filter(|(at, line)| test(*at, line));
        lines.map(|(_, line)| line.clone()).collect()
    };
    samples.iter().map(|s| Sample { lines: lines(s), weight: s.weight }).collect()
}

/// The class of each character of the first plane, and the group of each class.
fn assign(intact: &[Sample], garbled: &[Sample], users: &[&Sample]) -> (Vec<u16>, Vec<u8>) {
    let count = |samples: &[Sample]| {
        shares(samples, 0x10000, |line, tell| {
            line.chars().map(|c| c as usize).filter(|&c| c < 0x10000 && c > 0x7F).for_each(tell);
        })
    };
    let halved = |samples: &[Sample]| kept(samples, |at, _| at % 2 == 0);
    let (ours, theirs) = (count(&halved(intact)), count(&halved(garbled)));
    let weight = |c: usize| ours.0[c] / ours.1 + theirs.0[c] / theirs.1;
    let ratio = ratios(ours.clone(), theirs.clone(), 10_000_000);
    let is_many = |c: usize| matches!(c, 0x3400..=0x9FFF | 0xAC00..=0xD7FF | 0xE000..=0xFAFF);
    let mut ranked: Vec<usize> =
        (0x80..0x10000).filter(|&c| weight(c) > 0 && !is_many(c)).collect();
    ranked.sort_by_key(|&c| (std::cmp::Reverse(weight(c)), c));
    ranked.truncate(OWN);

    // Han is told apart also by the languages that use it.
    let users: Vec<Vec<u64>> =
        users.iter().map(|&sample| count(std::slice::from_ref(sample)).0).collect();
    let used = |c: usize| {
        users.iter().fold(0u8, |used, shares| used << 1 | u8::from(shares[c] > ONE / 40_000))
    };
    let mut numbers: HashMap<(u8, u8, u8), u16> = HashMap::new();
    let mut next = (ASCII + ranked.len()) as u16;
    let mut classes = vec![0; 0x10000];
    for (c, class) in classes.iter_mut().enumerate() {
        let bin = |steps: i32| ((i32::from(ratio[c] as i8) + 80) * steps / 161) as u8;
        *class = match c {
            0..=0x20 | 0x7F => 0,
            _ if c == usize::from(EMOJI_UNIT) => EMOJI,
            _ if c == usize::from(BEYOND_UNIT) => BEYOND,
            0x21..0x7F => c as u16,
            _ => match ranked.iter().position(|&r| r == c) {
                Some(at) => (ASCII + at) as u16,
                None => {
                    let is_seen = ours.0[c] > 0 || theirs.0[c] > 0;
                    let key = match c {
                        0x4E00..=0x9FFF | 0xAC00..=0xD7FF if !is_seen => (block(c), 0, UNSEEN),
                        0x4E00..=0x9FFF => (block(c), used(c), bin(8)),
                        0xAC00..=0xD7FF => (block(c), 0, bin(12)),
                        _ => (block(c), 0, bin(3)),
                    };
                    *numbers.entry(key).or_insert_with(|| {
                        next += 1;
                        next - 1
                    })
                }
            },
        };
    }
    eprintln!("scan: {next} classes");
    assert!(next <= EMOJI);
    let mut groups = vec![GROUPS; COUNT];
    for (c, &class) in classes.iter().enumerate() {
        groups[usize::from(class)] = block(c);
    }
    (classes, groups)
}

/// The group of the classes beyond the first plane.
const GROUPS: u8 = 30;

/// Characters that are alike, below [`GROUPS`].
fn block(c: usize) -> u8 {
    match c {
        0..=0x20 | 0x7F => 22,
        0x30..=0x39 => 23,
        0x41..=0x5A => 24,
        0x61..=0x7A => 25,
        0x21..0x7F => 26,
        0x80..=0x9F => 0,
        0xA0..=0xBF | 0xD7 | 0xF7 => 28,
        0xC0..=0x2FF | 0x1E00..=0x1EFF => 1,
        0x300..=0x36F => 2,
        0x370..=0x3FF | 0x1F00..=0x1FFF => 3,
        0x400..=0x52F => 4,
        0x530..=0x5FF => 5,
        0x600..=0x8FF => 6,
        0x900..=0xDFF => 7,
        0xE00..=0x1DFF => 8,
        0x2000..=0x24FF => 9,
        0x2500..=0x2BFF => 10,
        0x2C00..=0x2FFF => 11,
        0x3000..=0x303F => 12,
        0x3040..=0x309F => 13,
        0x30A0..=0x30FF => 27,
        0x3100..=0x33FF => 14,
        0x3400..=0x4DBF => 15,
        0x4E00..=0x9FFF => 20,
        0xAC00..=0xD7FF => 21,
        0xD800..=0xDFFF => GROUPS,
        0xE000..=0xF8FF => 16,
        0xF900..=0xFAFF => 17,
        0xFE30..=0xFFEF => 18,
        _ => 19,
    }
}

/// Pages of 256 characters' classes, equal ones once, behind the index of them.
fn pages(classes: &[u16]) -> Vec<u8> {
    let mut pages: Vec<&[u16]> = Vec::new();
    let mut out: Vec<u8> = classes
        .chunks(256)
        .map(|page| {
            let at = pages.iter().position(|p| *p == page).unwrap_or_else(|| {
                pages.push(page);
                pages.len() - 1
            });
            at as u8
        })
        .collect();
    for page in pages {
        out.extend(page.iter().map(|&class| class as u8));
        out.extend(
            page.chunks(8).map(|eight| {
                eight.iter().rev().fold(0, |bits, class| bits << 1 | (class >> 8) as u8)
            }),
        );
    }
    out
}
