//! Which language Latin letters are of.
//!
//! In come a text and letters beyond ASCII that it may hold, out come bits by which these do
//! not fit the rest. The n-grams know the company of a letter, a few letters wide, and take
//! `aľ ` for likely because Slovak has it. Whether the text is Slovak is known from its
//! other letters, far more of them, and from the pairs of ASCII alone it can be told: they
//! are the same in every reading of a text by charsets that have ASCII.
//!
//! The tables come from `tools/trainer/src/latin.rs`; `latin.bin` begins with a header that
//! names the command and the inputs. After it come rows of [`LANGUAGES`] bytes, one for each
//! language in Latin letters: a row for each of [`PAIRS`] pairs of letters of ASCII, how much
//! commoner it is in the language than in all of them, in signed eighths of a bit; and a row
//! for each of [`LETTERS`] letters beyond ASCII, what it costs that it is rare there, in
//! eighths of a bit.

use super::bits::{BIT, Bits};
use super::layout::HEADER;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

/// Columns of the tables: languages, and some that are free.
pub const LANGUAGES: usize = 48;
/// What stands for a letter of ASCII in a pair: 0 for what is no letter, then a to z.
pub const SIGNS: usize = 27;
/// Rows of pairs.
pub const PAIRS: usize = SIGNS * SIGNS;
/// The blocks of Latin letters beyond ASCII that languages are written in; `×` and `÷` stand
/// there, too.
pub const BLOCKS: [RangeInclusive<char>; 2] = ['\u{C0}'..='\u{24F}', '\u{1E00}'..='\u{1EFF}'];
/// Rows of letters beyond ASCII.
pub const LETTERS: usize = FIRST_LETTERS + 0x100;
const FIRST_LETTERS: usize = 0x250 - 0xC0;

static BLOB: &[u8] = include_bytes!("latin.bin");

/// Characters of a text that are looked at.
const LOOKED_AT: usize = 1024;

/// How well the letters of ASCII in a text fit each language.
#[derive(Clone, Debug)]
pub struct Profile {
    fits: [i32; LANGUAGES],
    /// Pairs that were looked at.
    pairs: i32,
}

/// By how many eighths of a bit a pair of letters of a text in a language that is known fits it at
/// least: of lines that were rightly repaired, one in 20 fits by less.
const LEAST: i32 = 1;
/// By how much a pair fits where the text is in the language beyond doubt: one in a language that
/// is not known fits its sisters by less.
const KNOWN: i32 = 2;
/// How much of that is missed at most: a line may be code, or full of names.
const FOREIGN: i32 = 48;

impl Profile {
    /// Looks at the first 1,024 characters of a text.
    pub fn of(text: &str) -> Self {
        let mut fits = [0; LANGUAGES];
        let mut count = 0;
        for pair in pairs(text) {
            count += 1;
            let row = row(pair);
            for (fit, &more) in fits.iter_mut().zip(row) {
                *fit += i32::from(more.cast_signed());
            }
        }
        Profile { fits, pairs: count }
    }

    /// By how much, in eighths of a bit, the text is likelier in the language that fits it and
    /// these letters best than in none; nothing where it fits none well.
    pub fn fit(&self, letters: impl Iterator<Item = char>) -> Option<Bits> {
        let fit = best(self.with(letters)).max(0);
        (fit >= KNOWN * self.pairs).then_some(fit.unsigned_abs())
    }

    /// By how much, in eighths of a bit, the text is less likely in the language that these
    /// letters fit best than in the likeliest one. One that fits no language is in one that is
    /// not known, and its letters are its own.
    pub fn misfit(&self, letters: impl Iterator<Item = char>) -> Bits {
        let fit = best(self.fits);
        fit.max((LEAST * self.pairs).min(fit + FOREIGN)).abs_diff(best(self.with(letters)))
    }

    /// What each letter of [`letter`] costs in this text, in eighths of a bit, in which these
    /// letters are known to stand: by how much less likely that makes its likeliest language.
    pub fn strangers(&self, known: impl Iterator<Item = char>) -> Vec<Bits> {
        let fits = self.with(known);
        let likeliest = best(fits);
        let cost = |letter| {
            let costs = row(PAIRS + letter);
            let with_it = fits.iter().zip(costs).map(|(fit, &cost)| fit - i32::from(cost)).max();
            likeliest.abs_diff(with_it.unwrap_or(likeliest))
        };
        (0..LETTERS).map(cost).collect()
    }

    /// How well each language fits the text with these letters in it.
    fn with(&self, letters: impl Iterator<Item = char>) -> [i32; LANGUAGES] {
        let mut fits = self.fits;
        for letter in letters.filter_map(letter) {
            for (fit, &cost) in fits.iter_mut().zip(row(PAIRS + letter)) {
                *fit -= i32::from(cost);
            }
        }
        fits
    }
}

fn best(fits: [i32; LANGUAGES]) -> i32 {
    fits.into_iter().max().unwrap_or(0)
}

fn row(number: usize) -> &'static [u8] {
    let start = HEADER + number * LANGUAGES;
    BLOB.get(start..start + LANGUAGES).unwrap_or_default()
}

/// The pairs of letters of ASCII in a text, and of such a letter and what is none; pairs with
/// letters beyond ASCII, which a misreading may have changed, are left out.
pub fn pairs(text: &str) -> impl Iterator<Item = usize> {
    let signs = text.chars().take(LOOKED_AT).map(sign).chain([Some(0)]);
    let mut last = Some(0);
    signs.filter_map(move |sign| {
        let [first, second] = [std::mem::replace(&mut last, sign)?, sign?];
        (first != 0 || second != 0).then_some(first * SIGNS + second)
    })
}

/// Whether a character is a Latin letter beyond ASCII.
pub fn is_letter_beyond_ascii(c: char) -> bool {
    BLOCKS.iter().any(|block| block.contains(&c)) && !matches!(c, '×' | '÷')
}

/// The row of a Latin letter beyond ASCII, small or capital.
pub fn letter(c: char) -> Option<usize> {
    // Nearly all letters of a text are of ASCII.
    let small = if c < '\u{C0}' { c } else { c.to_lowercase().next()? };
    let row = match small {
        _ if !is_letter_beyond_ascii(small) => return None,
        ..'\u{1E00}' => small as usize - 0xC0,
        _ => small as usize - 0x1E00 + FIRST_LETTERS,
    };
    Some(row)
}

/// What the row of a letter says at most of a language that has it in everyday use.
const USED: u8 = 3 * BIT as u8;
/// A language with more letters beyond ASCII has most that there are: Vietnamese.
const MOST_LETTERS: usize = 24;

/// The languages that have the letter of a row in everyday use, a bit for each.
pub fn writers(letter: usize) -> u64 {
    static WRITERS: OnceLock<Vec<u64>> = OnceLock::new();
    let all = WRITERS.get_or_init(|| {
        let used = |language: usize, letter| {
            row(PAIRS + letter).get(language).is_some_and(|&cost| cost <= USED)
        };
        let count = |&language: &usize| (0..LETTERS).filter(|&l| used(language, l)).count();
        let told: Vec<usize> =
            (0..LANGUAGES).filter(|language| count(language) <= MOST_LETTERS).collect();
        let writers = |letter| {
            let own = told.iter().filter(|&&language| used(language, letter));
            own.fold(0, |all, language| all | 1 << language)
        };
        (0..LETTERS).map(writers).collect()
    });
    all.get(letter).copied().unwrap_or(0)
}

fn sign(c: char) -> Option<usize> {
    match c.to_ascii_lowercase() {
        small @ 'a'..='z' => Some(small as usize - 'a' as usize + 1),
        other if !other.is_ascii() && other.is_alphabetic() => None,
        _ => Some(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_whole() {
        assert_eq!(BLOB.len(), HEADER + (PAIRS + LETTERS) * LANGUAGES);
    }

    #[test]
    fn letters_fit_their_language() {
        for (text, letters, others) in [
            ("Nie wiem, dlaczego on to zrobi", "łę", "³ê"),
            ("Pe strada noastra sunt multe case vechi", "ăș", "ãõ"),
            ("Os meninos foram para a escola com o professor", "ãç", "ăē"),
            ("Il faut que nous partions avant la nuit", "éè", "ęč"),
            ("Bu kitap bizim evde yok, hafta sonu geri gelecek", "şı", "ãê"),
        ] {
            let profile = Profile::of(text);
            assert!(profile.misfit(letters.chars()) < 8, "{text} {letters}");
            assert!(profile.misfit(others.chars()) > 8 * 8, "{text} {others}");
        }
    }

    #[test]
    fn letters_have_their_writers() {
        let of_all = |letters: &str| {
            letters.chars().filter_map(letter).fold(u64::MAX, |all, l| all & writers(l))
        };
        for letters in ["äöüß", "åäö", "ąćęłńóśźż", "ăâîșț", "éèêë", "ğışçöü", "ÆØÅ"]
        {
            assert_ne!(of_all(letters), 0, "{letters}");
        }
        for letters in ["äþ", "ñß", "ąő", "ýğ", "îíñ"] {
            assert_eq!(of_all(letters), 0, "{letters}");
        }
    }

    #[test]
    fn a_short_text_says_little() {
        assert!(Profile::of("").misfit("ľ".chars()) == 0);
        assert!(Profile::of("ol").misfit("ľ".chars()) < 4 * 8);
    }
}
