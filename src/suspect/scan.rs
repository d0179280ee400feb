//! The first look: one pass over the pairs of characters of a text.
//!
//! In comes a text, out comes the highest sum of the ratios of its pairs, and where it is
//! reached. All text is read here, and most text nowhere else.

use super::classes::{ASCII, Classes, classes};
use super::tables::{BLOB, COUNT, LETTERS, PAIRS, PAIRS_OF_LETTERS};
use crate::model::layout::HEADER;
use crate::text::blocks::ascii_run;
use std::ops::Range;

/// The highest sum anywhere in the text, in eighths of a bit.
pub fn alarm(text: &str) -> i32 {
    let mut sums = Sums::new();
    walk(text, classes(), |place, ends, _| sums.add(place, ends));
    sums.highest
}

/// The part of a text in which the sum of the scan rises to its highest.
pub(super) fn peak(text: &str) -> Range<usize> {
    let mut sums = Sums::new();
    let (mut start, mut peak) = (0, 0..0);
    walk(text, classes(), |place, ends, left| {
        let before = sums.highest;
        sums.add(place, ends);
        let at = text.len() - left;
        if sums.highest > before {
            peak = start..at;
        }
        if ends && sums.sum == 0 {
            start = at;
        }
    });
    peak
}

/// A sum that never falls below zero, and the highest that it was.
struct Sums {
    pairs: &'static [u8; PAIRS],
    letters: &'static [u8; PAIRS_OF_LETTERS],
    sum: i32,
    highest: i32,
}

impl Sums {
    fn new() -> Self {
        let tables = BLOB.get(HEADER..).and_then(|tables| {
            let (pairs, rest) = tables.split_first_chunk()?;
            Some((pairs, rest.first_chunk()?))
        });
        let (pairs, letters) = tables.unwrap_or((&[0; PAIRS], &[0; PAIRS_OF_LETTERS]));
        Sums { pairs, letters, sum: 0, highest: 0 }
    }

    #[inline]
    fn add(&mut self, place: usize, ends: bool) {
        if ends {
            let ratio = self.pairs.get(place % PAIRS).copied().unwrap_or(0);
            self.sum += i32::from(ratio as i8);
            self.highest = self.highest.max(self.sum);
            self.sum = self.sum.max(0);
        } else {
            let ratio = self.letters.get(place % PAIRS_OF_LETTERS).copied().unwrap_or(0);
            self.sum += i32::from(ratio as i8);
        }
    }
}

/// Tells the places, in the table of pairs and that of letters behind it, of all that
/// the scan counts in a text; whether the sum may begin anew behind it; and how many bytes
/// of the text are left there.
#[inline]
pub fn walk(text: &str, classes: &Classes, mut tell: impl FnMut(usize, bool, usize)) {
    let mut before = 0;
    let mut letters = LastLetters::default();
    let mut rest = text.as_bytes();
    while let [first, ref behind @ ..] = *rest {
        if first.is_ascii() {
            // Of a stretch of ASCII only its ends are beside anything else; most are one blank.
            let class = classes.of_unit(first.into());
            if before >= ASCII {
                tell(before * COUNT + class, true, rest.len());
            }
            before = class;
            rest = behind;
            if let [second, ..] = *behind
                && second.is_ascii()
            {
                let (ascii, others) =
                    behind.split_at_checked(ascii_run(behind)).unwrap_or_default();
                before = classes.of_unit(ascii.last().copied().unwrap_or(first).into());
                rest = others;
            }
        }
        let Some((class, tail)) = classes.next(rest) else { break };
        if before < ASCII
            && let Some(letter) = letter(class)
        {
            letters.pairs(letter, |place| tell(PAIRS + place, false, tail.len()));
            letters.push(letter);
        }
        tell(before * COUNT + class, true, tail.len());
        before = class;
        rest = tail;
        // What follows is most often as long: each loop is half as long as one for both.
        while let Some((class, tail)) = classes.next_of_two(rest) {
            tell(before * COUNT + class, true, tail.len());
            before = class;
            rest = tail;
        }
        while let Some((class, tail)) = classes.next_of_three(rest) {
            tell(before * COUNT + class, true, tail.len());
            before = class;
            rest = tail;
        }
    }
    if before >= ASCII {
        tell(before * COUNT, true, 0);
    }
}

/// The number of a character's class among those beyond ASCII, if it is its own.
#[inline]
fn letter(class: usize) -> Option<usize> {
    class.checked_sub(ASCII).filter(|&letter| letter < LETTERS)
}

/// The last letters that stood behind ASCII, one a byte, the newest first; and how many.
#[derive(Default)]
struct LastLetters(u32, usize);

impl LastLetters {
    #[inline]
    fn push(&mut self, letter: usize) {
        let LastLetters(last, count) = *self;
        if count == 0 || last as u8 != letter as u8 {
            *self = LastLetters(last << 8 | letter as u32, (count + 1).min(3));
        }
    }

    /// Tells the places in the table of the pairs of these letters with one.
    #[inline]
    fn pairs(&self, letter: usize, mut tell: impl FnMut(usize)) {
        let LastLetters(last, count) = *self;
        let place = |shift: u32| (last >> shift) as usize % LETTERS * LETTERS + letter;
        if count > 0 {
            tell(place(0));
        }
        if count > 1 {
            tell(place(8));
        }
        if count > 2 {
            tell(place(16));
        }
    }
}
