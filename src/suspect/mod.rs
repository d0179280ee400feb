//! One linear scan: which lines deserve a search.
//!
//! Intact text must cost one pass. Every character belongs to one of at most 256
//! classes, and every pair of classes has a log-likelihood ratio, in eighths of a
//! bit: how much commoner the pair is in garbled text than in intact text. The
//! scan sums the ratios and never lets the sum fall below zero (Page's CUSUM
//! test), so that a garbled span shows wherever it begins. Stretches of ASCII say
//! nothing and are skipped by blocks.
//!
//! In comes a text, out comes whether its sum reached the threshold. A false
//! alarm costs a search, a miss costs a repair; the threshold is set for few
//! misses.
//!
//! The tables are made by `tools/trainer`, which garbles its corpus in all the
//! ways that [`crate::search`] can undo.

pub mod classes;

use self::classes::class_of;

/// The sum, in eighths of a bit, at which a line is suspect.
const THRESHOLD: i32 = 3 * 8;

static BLOB: &[u8] = include_bytes!("suspect.bin");
/// Bytes of text before the tables.
const HEADER: usize = 1024;

/// Whether a text looks garbled somewhere.
pub fn is_suspect(text: &str) -> bool {
    alarm(text) >= THRESHOLD || has_gap(text)
}

/// Whether a question mark stands where CJK text has none: it may be what is left of
/// a lead byte, and the punctuation or letters behind it of what followed.
fn has_gap(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'?', bytes).any(|at| {
        let before = at.checked_sub(1).and_then(|i| bytes.get(i)).is_some_and(|&b| b >= 0x80);
        let [first, second] = [at + 1, at + 2].map(|i| bytes.get(i).copied().unwrap_or(b' '));
        before
            && (matches!(first, b'!' | b'?') && second > b' '
                || first.is_ascii_lowercase()
                || first == b'/')
    })
}

/// The highest sum anywhere in the text, in eighths of a bit.
pub fn alarm(text: &str) -> i32 {
    let pairs = BLOB.get(HEADER..).unwrap_or_default();
    let mut sum = 0;
    let mut highest = 0;
    let mut before = 0u8;
    let mut rest = text;
    while !rest.is_empty() {
        let ascii = crate::model::ascii_prefix(rest);
        if ascii > 0 {
            let (prefix, after) = rest.split_at_checked(ascii).unwrap_or((rest, ""));
            let first = prefix.as_bytes().first().map_or(0, |&b| class_of(b.into()));
            sum += ratio(pairs, before, first);
            highest = highest.max(sum);
            sum = sum.max(0);
            before = prefix.as_bytes().last().map_or(0, |&b| class_of(b.into()));
            rest = after;
        }
        let mut taken = 0;
        for c in rest.chars() {
            if c.is_ascii() {
                break;
            }
            taken += c.len_utf8();
            let class = class_of(c);
            sum += ratio(pairs, before, class);
            highest = highest.max(sum);
            sum = sum.max(0);
            before = class;
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    highest.max(sum + ratio(pairs, before, 0))
}

/// The log-likelihood ratio of two neighbours; 0 for two of ASCII.
#[inline]
fn ratio(pairs: &[u8], before: u8, class: u8) -> i32 {
    let at = usize::from(before) << 8 | usize::from(class);
    i32::from(pairs.get(at).copied().unwrap_or(0) as i8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbled_lines_are_suspect_and_intact_ones_are_not() {
        for garbled in
            ["gefÃ¤hrlich", "РџСЂРёРІРµС‚", "оПХБЕР НЙТ", "浠婂ぉ澶╂皵寰堝ソ", "ÄãºÃÊÀ½ç"]
        {
            assert!(is_suspect(garbled), "{garbled} {}", alarm(garbled));
        }
        for intact in [
            "gefährlich und schön",
            "Привет, как дела сегодня?",
            "今天天气很好，我们出去走走。",
            "今日は天気がいいから、散歩しましょう。",
            "L’été à la plage – c’est « bien ».",
            "",
        ] {
            assert!(!is_suspect(intact), "{intact} {}", alarm(intact));
        }
    }
}
