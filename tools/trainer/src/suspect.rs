//! The table of the scan: how much commoner each pair of character classes is in
//! garbled than in intact text.
//!
//! Each language's lines are garbled in every way that its charsets allow: written
//! as UTF-8 or as a legacy charset, read in each of the charsets that were the
//! default of some system. Languages count alike, and so do the ways of garbling one.

use crate::corpus::Language;
use crate::fixed;
use std::collections::HashMap;
use ungarble::charset::Charset;
use ungarble::model::{BIT, model};
use ungarble::search::Misreading;
use ungarble::suspect::classes::{COUNT, assign};

/// Lines of each language that are looked at.
const LINES: usize = 1500;
/// Lines that are garbled in one way.
const GARBLED_LINES: usize = 60;

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

/// The pair table (signed bytes, eighths of a bit), then an index of 256 pages, then the pages.
pub fn tables(languages: &[Language]) -> Vec<u8> {
    let (index, pages) = pages();
    let class = |c: char| match c as u32 {
        code @ 0..0x10000 => {
            pages[usize::from(index[(code >> 8) as usize])][(code & 0xFF) as usize]
        }
        0x10000..0x20000 => 254,
        _ => 255,
    };
    // Shares of pairs, in units of 2^-32 of a language's or a misreading's pairs.
    let mut intact = vec![0u64; COUNT * COUNT];
    let mut garbled = vec![0u64; COUNT * COUNT];
    let (mut intact_total, mut garbled_total) = (0u64, 0u64);
    for language in languages {
        let step = (language.lines.len() / LINES).max(1);
        let lines: Vec<&str> = language.lines.iter().step_by(step).map(String::as_str).collect();
        if add_shares(&mut intact, lines.iter().copied(), class) {
            intact_total += 1;
        }
        let sample: Vec<&str> = lines
            .iter()
            .copied()
            .filter(|line| !line.is_ascii())
            .step_by((lines.len() / GARBLED_LINES / 2).max(1))
            .take(GARBLED_LINES)
            .collect();
        for misreading in misreadings(&sample) {
            let texts: Vec<String> =
                sample.iter().filter_map(|line| misreading.garble(line)).collect();
            let changed = texts.iter().zip(&sample).any(|(garbled, line)| garbled != line);
            if texts.len() * 3 > sample.len()
                && changed
                && add_shares(&mut garbled, texts.iter().map(String::as_str), class)
            {
                garbled_total += 1;
            }
        }
    }
    eprintln!("scan: {intact_total} languages, {garbled_total} ways of garbling them");
    let mut out: Vec<u8> = Vec::with_capacity(COUNT * COUNT);
    // A pair that neither has: nothing. One that only one has: as if the other had a little.
    let little = |total: u64| (total << 32) / 4_000_000;
    for (at, (&i, &g)) in intact.iter().zip(&garbled).enumerate() {
        let ascii = |class: usize| class < 8;
        let value = if (i == 0 && g == 0) || (ascii(at >> 8) && ascii(at & 255)) {
            0
        } else {
            let share = |sum: u64, total: u64| {
                fixed::log2(((sum + little(total)) << 8) / total.max(1)) as i32
            };
            ((share(g, garbled_total) - share(i, intact_total)) / 32).clamp(-80, 80)
        };
        out.push(value as i8 as u8);
    }
    out.extend(index);
    out.extend(pages.concat());
    out
}

/// Adds each pair's share of the texts' pairs.
fn add_shares<'t>(
    sums: &mut [u64],
    texts: impl Iterator<Item = &'t str>,
    class: impl Fn(char) -> u8,
) -> bool {
    let mut counts: HashMap<usize, u64> = HashMap::new();
    let mut total = 0;
    for text in texts {
        let mut before = 0u8;
        for after in text.chars().map(&class).chain([0]) {
            if before >= 8 || after >= 8 {
                *counts.entry(usize::from(before) << 8 | usize::from(after)).or_default() += 1;
                total += 1;
            }
            before = after;
        }
    }
    for (&pair, &count) in &counts {
        sums[pair] += (count << 32) / total;
    }
    total > 0
}

fn misreadings(sample: &[&str]) -> Vec<Misreading> {
    let charset = |label: &&str| Charset::for_label(label).expect("a known label");
    let written = WRITTEN.iter().map(charset).filter(|charset| {
        let whole = sample.iter().filter(|line| charset.encode(line, &mut Vec::new()).is_ok());
        whole.count() * 3 > sample.len()
    });
    written
        .flat_map(|written| READ.iter().map(charset).map(move |read| Misreading { written, read }))
        .filter(|m| m.written != m.read)
        .collect()
}

/// Pages of 256 characters' classes, equal ones once, and which page is whose.
fn pages() -> (Vec<u8>, Vec<Vec<u8>>) {
    let mut pages: Vec<Vec<u8>> = Vec::new();
    let index = (0..256u32)
        .map(|page| {
            let classes: Vec<u8> = (0..256)
                .map(|low| match char::from_u32(page << 8 | low) {
                    Some(c) => assign(c, model().anywhere(c) / BIT),
                    None => 255,
                })
                .collect();
            let at = pages.iter().position(|p| *p == classes).unwrap_or_else(|| {
                pages.push(classes);
                pages.len() - 1
            });
            at as u8
        })
        .collect();
    (index, pages)
}
