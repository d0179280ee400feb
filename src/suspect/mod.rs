//! Which lines deserve a search.
//!
//! Intact text must cost one pass. Every character belongs to one of 512 classes
//! (`classes`), and every pair of classes has a log-likelihood ratio, in eighths
//! of a bit: how much commoner the pair is in garbled text than in intact text. The
//! scan sums the ratios and never lets the sum fall below zero (Page's CUSUM
//! test), so that a garbled span shows wherever it begins. Stretches of ASCII say
//! nothing and are skipped by blocks, but letters remember each other across them:
//! `õ` is at home behind `ã`, and behind `ä`, but not behind `á` and `é`.
//!
//! A line that the scan flags is looked at again, by the same test over what each
//! character costs under the language model: how much commoner that cost is, for
//! characters of the class, in garbled lines that the scan flags than in intact ones.
//!
//! In comes a line, out comes whether both sums together reached a threshold. A false
//! alarm costs a search, a miss costs a repair.
//!
//! The tables are made by `tools/trainer`, which garbles its corpus in all the
//! ways that [`crate::search`] can undo.

pub mod classes;

use self::classes::{ASCII, COUNT, Classes, classes};
use crate::model::{BIT, State, ascii_prefix, model};

/// The sum of the scan, in eighths of a bit, at which a line is looked at again.
const THRESHOLD: i32 = 2 * 8;
/// What the scan's sum counts at most beside that of the second look.
const AT_MOST: i32 = 20 * 8;
/// Tenths of the scan's sum that count beside that of the second look.
const TENTHS: i32 = 3;
/// The sum of both, in eighths of a bit, at which a line is suspect.
const TOGETHER: i32 = 4 * 8;

/// Costs under the model are told apart in steps of two bits, up to this many.
pub const BINS: usize = 16;

static BLOB: &[u8] = include_bytes!("suspect.bin");
/// Bytes of text before the tables.
const HEADER: usize = 1024;
/// Where the tables begin that follow that of the pairs.
const SKIPS: usize = HEADER + COUNT * COUNT;
const COSTS: usize = SKIPS + LETTERS * LETTERS;

/// Whether a text looks garbled somewhere.
pub fn is_suspect(text: &str) -> bool {
    let first = first_look(text, AT_MOST).min(AT_MOST);
    first >= THRESHOLD && second_look(text) + first * TENTHS / 10 >= TOGETHER
        || has_gap(text)
        || has_rare_neighbours(text)
}

/// Whether a text that a search made still looks garbled: by more than what intact text
/// of some languages does.
pub fn is_still_garbled(text: &str) -> bool {
    let first = first_look(text, AT_MOST).min(AT_MOST);
    first >= THRESHOLD && second_look(text) + first * TENTHS / 10 >= 4 * TOGETHER || has_gap(text)
}

/// What a character of CJK costs by itself that is rare.
const RARE: u32 = 16 * BIT;

/// Whether two rare characters of CJK stand close together. Text read in the wrong
/// double-byte charset is full of them, whatever stands between.
fn has_rare_neighbours(text: &str) -> bool {
    // Lead bytes of U+3400 and up.
    if !text.bytes().any(|b| matches!(b, 0xE3..=0xED)) {
        return false;
    }
    let mut since_rare = usize::MAX;
    text.chars().any(|c| {
        let rare = matches!(c, '\u{3400}'..='\u{D7A3}') && model().anywhere(c) >= RARE;
        let close = rare && since_rare <= 4;
        since_rare = if rare { 0 } else { since_rare.saturating_add(1) };
        close
    })
}

/// Whether a question mark stands where CJK text has none: it may be what is left of
/// a lead byte, and the punctuation or letters behind it of what followed.
pub fn has_gap(text: &str) -> bool {
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
    first_look(text, i32::MAX)
}

fn first_look(text: &str, enough: i32) -> i32 {
    let table = |start| BLOB.get(start..).unwrap_or_default();
    scan(text, table(HEADER), table(SKIPS), classes(), enough)
}

/// The first sum that reaches `enough`, in eighths of a bit, or the highest.
pub fn scan(text: &str, pairs: &[u8], skips: &[u8], classes: &Classes, enough: i32) -> i32 {
    let mut sum = 0;
    let mut highest = 0;
    let mut before = 0;
    let mut letters = Letters::default();
    let mut rest = text;
    while highest < enough {
        let ascii = ascii_prefix(rest);
        let (prefix, other) = rest.split_at_checked(ascii).unwrap_or((rest, ""));
        if let [first, ..] = prefix.as_bytes() {
            sum += ratio(pairs, COUNT, before, classes.of((*first).into()));
            highest = highest.max(sum);
            sum = sum.max(0);
            before = prefix.as_bytes().last().map_or(0, |&b| classes.of(b.into()));
        }
        let mut chars = other.chars();
        let Some(first) = chars.next() else { break };
        if let Some(letter) = letter(classes.of(first)) {
            let ratios = letters.pairs(letter).map(|at| skips.get(at).copied().unwrap_or(0) as i8);
            sum += ratios.map(i32::from).sum::<i32>();
        }
        let mut c = first;
        loop {
            let class = classes.of(c);
            if let Some(letter) = letter(class) {
                letters.push(letter);
            }
            sum += ratio(pairs, COUNT, before, class);
            highest = highest.max(sum);
            sum = sum.max(0);
            before = class;
            rest = chars.as_str();
            match chars.next() {
                Some(next) if !next.is_ascii() => c = next,
                _ => break,
            }
        }
    }
    highest.max(sum + ratio(pairs, COUNT, before, 0))
}

/// Classes that remember each other across ASCII.
pub const LETTERS: usize = 256;

/// The number of a character's class among those beyond ASCII, if it is its own.
#[inline]
pub fn letter(class: usize) -> Option<usize> {
    class.checked_sub(ASCII).filter(|&letter| letter < LETTERS)
}

/// The last letters beyond ASCII.
#[derive(Default)]
pub struct Letters([Option<u8>; 3]);

impl Letters {
    #[inline]
    pub fn push(&mut self, letter: usize) {
        let [a, b, _] = self.0;
        if a != Some(letter as u8) {
            self.0 = [Some(letter as u8), a, b];
        }
    }

    /// Places in the table of the pairs of these letters with one.
    #[inline]
    pub fn pairs(&self, letter: usize) -> impl Iterator<Item = usize> {
        self.0.into_iter().flatten().map(move |before| usize::from(before) * LETTERS + letter)
    }
}

/// The log-likelihood ratio of two neighbours; 0 for two of ASCII.
#[inline]
fn ratio(pairs: &[u8], count: usize, before: usize, class: usize) -> i32 {
    i32::from(pairs.get(before * count + class).copied().unwrap_or(0) as i8)
}

/// The highest sum of what the costs under the model tell, in eighths of a bit.
pub fn second_look(text: &str) -> i32 {
    let ratios = BLOB.get(COSTS..).unwrap_or_default();
    let (mut sum, mut highest) = (0, 0);
    look(text, classes(), |class, bin| {
        let at = class * BINS + bin;
        sum += i32::from(ratios.get(at).copied().unwrap_or(0) as i8);
        highest = highest.max(sum);
        sum = sum.max(0);
    });
    highest
}

/// ASCII characters before and after others that the second look takes in.
const BEFORE: usize = 5;
const AFTER: usize = 4;

/// Tells the class and the step of cost of every character, without the stretches of
/// ASCII that no other character is near to.
pub fn look(text: &str, classes: &Classes, mut tell: impl FnMut(usize, usize)) {
    let mut state = State::default();
    let mut step = |c: char, told: bool| {
        let cost = model().step(&mut state, c);
        if told {
            tell(classes.of(c), ((cost / (2 * BIT)) as usize).min(BINS - 1));
        }
    };
    let mut rest = text;
    let mut behind_other = false;
    while !rest.is_empty() {
        let (prefix, other) = rest.split_at_checked(ascii_prefix(rest)).unwrap_or((rest, ""));
        let after = prefix.len().min(AFTER);
        let before = prefix.len().saturating_sub(BEFORE).max(after);
        for c in prefix.get(..after).unwrap_or_default().chars() {
            step(c, behind_other);
        }
        for c in prefix.get(before..).unwrap_or_default().chars() {
            step(c, false);
        }
        let end = other.bytes().position(|b| b.is_ascii()).unwrap_or(other.len());
        let (others, after) = other.split_at_checked(end).unwrap_or((other, ""));
        for c in others.chars() {
            step(c, true);
        }
        behind_other = true;
        rest = after;
    }
    step(' ', behind_other);
}

/// Whether both characters are of ASCII, which says nothing.
pub const fn is_mute(before: usize, class: usize) -> bool {
    before < ASCII && class < ASCII
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
            "L’été à la plage – c’est « bien ».",
            "",
        ] {
            assert!(!is_suspect(intact), "{intact} {}", alarm(intact));
        }
        // A false alarm, which the search has to answer.
        let intact = "今日は天気がいいから、散歩しましょう。";
        assert!(is_suspect(intact), "move {intact} to the lines that are not suspect");
    }
}
