//! Which letters a line is written in, by what is known of it.
//!
//! Few letters of a small alphabet are cheaper to a language model than rare Han, and where
//! all bytes of several characters are lost it would fill the place with some language that
//! the rest of the line knows nothing of. In come the characters of a line whose bytes are
//! all there, out comes what a guess costs more for being of another script, of the other
//! form of Han, or a Latin letter of another language: `Å` may be the half of a Polish `Ł` or
//! of an `ŝ`, and the n-grams do not see so far that the line is Polish.

use super::path::Text;
use crate::charset::{Charset, gb2312};
use crate::model::latin::{self, Profile};
use crate::model::{BIT, Bits};
use std::cell::OnceCell;

/// Letters that texts mix, or do not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Letters {
    /// At home anywhere.
    Any,
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Thai,
    Kana,
    Hangul,
    /// Han in a form of most who write them, in a Traditional and in a Simplified one.
    Han,
    Traditional,
    Simplified,
    Other,
}

/// How many they are.
const COUNT: usize = Letters::Other as usize + 1;

impl Letters {
    pub fn of(c: char) -> Self {
        match c as u32 {
            ..0xC0 | 0xD7 | 0xF7 | 0x2000..0x2C00 | 0x3000..0x3040 | 0xFE00.. => Letters::Any,
            _ if latin::is_letter_beyond_ascii(c) => Letters::Latin,
            0x370..0x400 | 0x1F00..0x2000 => Letters::Greek,
            0x400..0x530 => Letters::Cyrillic,
            0x590..0x600 => Letters::Hebrew,
            0x600..0x700 => Letters::Arabic,
            0xE00..0xE80 => Letters::Thai,
            0x3040..0x3100 => Letters::Kana,
            0xAC00..0xD7A4 => Letters::Hangul,
            0x2E80..0xA000 | 0xF900..0xFB00 => Self::of_han(c),
            _ => Letters::Other,
        }
    }

    /// By the charsets of either side: GB 2312 has the Simplified forms, Big5 the Traditional
    /// ones.
    fn of_han(c: char) -> Self {
        let code = Charset::GBK.encode_char(c);
        let simplified = code.is_some_and(|code| gb2312::level(&code).is_some());
        match (simplified, Charset::BIG5.contains(c)) {
            (true, true) | (false, false) => Letters::Han,
            (true, false) => Letters::Simplified,
            (false, true) => Letters::Traditional,
        }
    }
}

/// The most that letters cost that a line has none of.
const STRANGE: Bits = 10 * BIT;

/// What letters cost more than the model says, each kind.
#[derive(Clone, Debug, Default)]
pub struct Strangeness {
    kinds: [Bits; COUNT],
    /// The characters that are known.
    known: String,
    /// What each Latin letter costs; most texts of CJK never ask.
    latin: OnceCell<Vec<Bits>>,
}

impl Strangeness {
    /// From the characters that are known.
    pub fn of(known: String) -> Self {
        let mut counts = [0usize; COUNT];
        for c in known.chars() {
            if let Some(count) = counts.get_mut(Letters::of(c) as usize) {
                *count += 1;
            }
        }
        let count = |letters: Letters| counts.get(letters as usize).copied().unwrap_or(0);
        let all: usize = counts.iter().skip(1).sum();
        let han = count(Letters::Han) + count(Letters::Traditional) + count(Letters::Simplified);
        let mut costs = [0; COUNT];
        for (letters, cost) in costs.iter_mut().enumerate().skip(1) {
            let own = counts.get(letters).copied().unwrap_or(0);
            let others = match letters {
                _ if letters == Letters::Traditional as usize => count(Letters::Simplified),
                _ if letters == Letters::Simplified as usize => count(Letters::Traditional),
                _ if letters == Letters::Han as usize => all - han,
                _ => all - own,
            };
            let own = if letters == Letters::Han as usize { han } else { own };
            let odds = (1 + others / (1 + RARE * own)) as Bits;
            *cost = (odds.ilog2() * EACH).min(STRANGE);
        }
        Strangeness { kinds: costs, known, latin: OnceCell::new() }
    }

    /// What a character of these letters costs.
    pub fn cost(&self, letters: Letters, text: Text) -> Bits {
        let kind = self.kinds.get(letters as usize).copied().unwrap_or(0);
        kind + if letters == Letters::Latin { self.cost_of_latin(text) } else { 0 }
    }

    /// What a Latin letter costs that the language of the line has not.
    pub fn cost_of_latin(&self, text: Text) -> Bits {
        let [Some(c), None] = text else { return 0 };
        let Some(letter) = latin::letter(c) else { return 0 };
        let costs = self.latin.get_or_init(|| strangers(&self.known));
        costs.get(letter).map_or(0, |&cost| cost.min(STRANGE))
    }
}

/// What each Latin letter beyond ASCII costs in a text, but those that stand there.
fn strangers(known: &str) -> Vec<Bits> {
    let mut own: Vec<char> = known.chars().filter(|&c| latin::letter(c).is_some()).collect();
    own.sort_unstable();
    own.dedup_by_key(|c| latin::letter(*c));
    let mut costs = Profile::of(known).strangers(own.iter().copied());
    for letter in own.into_iter().filter_map(latin::letter) {
        if let Some(cost) = costs.get_mut(letter) {
            *cost = 0;
        }
    }
    costs
}

/// What each doubling of the odds against them costs.
const EACH: Bits = 4 * BIT;

/// How many of others stand beside letters of a kind that a text knows.
const RARE: usize = 8;
