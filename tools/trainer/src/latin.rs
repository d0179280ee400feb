//! The table that tells which language Latin letters are of; `src/model/latin.rs` of the
//! library reads it and describes its layout.
//!
//! Languages count alike, whatever the size of their text.

use crate::corpus::Language;
use crate::fixed::{self, ONE, Probability};
use ungarble::model::latin::{LANGUAGES, LETTERS, PAIRS, SIGNS, letter, pairs};

/// Occurrences that all languages together lend to each, so that a small corpus is no
/// language in which much is impossible.
const LENT: u64 = 64;
/// A letter that is one in so many (2^12) costs nothing.
const USUAL: u32 = 12 * 256;
/// Costs are in 1/256 bit; the table has eighths of a bit.
const EIGHTH: u32 = 32;

/// What was counted in one language.
struct Counts {
    pairs: Vec<u64>,
    letters: Vec<u64>,
}

/// Everything after the header.
pub fn tables(languages: &[Language]) -> Vec<u8> {
    let counted: Vec<Counts> = languages.iter().filter(|l| is_latin(l)).map(count).collect();
    assert!(counted.len() <= LANGUAGES, "{} languages in Latin letters", counted.len());
    eprintln!("{} languages in Latin letters", counted.len());
    let mut table = vec![0; (PAIRS + LETTERS) * LANGUAGES];
    for (row, pairs) in table.chunks_mut(LANGUAGES).enumerate() {
        for (column, cell) in pairs.iter_mut().enumerate() {
            *cell = match (counted.get(column), row.checked_sub(PAIRS)) {
                (None, None) => i8::MIN.cast_unsigned(),
                (None, Some(_)) => u8::MAX,
                (Some(counts), Some(letter)) => rarity(counts, letter),
                (Some(counts), None) => commonness(counts, row, &counted).cast_unsigned(),
            };
        }
    }
    table
}

/// Whether most letters of a language are Latin.
fn is_latin(language: &Language) -> bool {
    let letters = |line: &String| line.chars().filter(|c| c.is_alphabetic()).collect::<Vec<_>>();
    let all: Vec<char> = language.lines.iter().take(1000).flat_map(letters).collect();
    let latin = all.iter().filter(|&&c| c.is_ascii() || letter(c).is_some()).count();
    latin * 2 > all.len()
}

fn count(language: &Language) -> Counts {
    let mut counts = Counts { pairs: vec![0; PAIRS], letters: vec![0; LETTERS] };
    for line in &language.lines {
        for pair in pairs(line) {
            counts.pairs[pair] += 1;
        }
        for letter in line.chars().filter_map(letter) {
            counts.letters[letter] += 1;
        }
    }
    counts
}

/// The share of a pair among those that begin with the same letter.
fn share(counts: &Counts, pair: usize) -> Probability {
    let first = pair / SIGNS * SIGNS;
    let all: u64 = counts.pairs[first..first + SIGNS].iter().sum();
    fixed::ratio(counts.pairs[pair], all)
}

/// By how many eighths of a bit a pair is commoner in one language than in all.
fn commonness(counts: &Counts, pair: usize, all: &[Counts]) -> i8 {
    let shares: Probability = all.iter().map(|counts| share(counts, pair)).sum();
    // A pair that nothing holds is as rare everywhere.
    let usual = (shares / all.len() as u64).max(ONE >> 20);
    let first = pair / SIGNS * SIGNS;
    let begun: u64 = counts.pairs[first..first + SIGNS].iter().sum();
    let own = (u128::from(counts.pairs[pair]) << 48) + u128::from(LENT) * u128::from(usual);
    let own = (own / u128::from(begun + LENT)) as Probability;
    let more = i64::from(fixed::log2(own)) - i64::from(fixed::log2(usual));
    (more / i64::from(EIGHTH)).clamp(i64::from(i8::MIN), i64::from(i8::MAX)) as i8
}

/// What it costs that a letter is rare in a language, in eighths of a bit.
fn rarity(counts: &Counts, letter: usize) -> u8 {
    let all: u64 = counts.pairs.iter().sum();
    // Half an occurrence, where there is none.
    let share = fixed::ratio((2 * counts.letters[letter]).max(1), 2 * all);
    (fixed::cost(share).saturating_sub(USUAL) / EIGHTH).min(255) as u8
}
