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
//! Where both sums together reach a threshold, the usual misreadings are tried on the
//! part that looks worst (`probe`): a rare word looks like damage, but no misreading
//! makes better text of it.
//!
//! In comes a line, out comes whether it deserves a search. A false alarm costs a search,
//! a miss costs a repair.
//!
//! The tables are made by `tools/trainer`, which garbles its corpus in all the
//! ways that [`crate::search`] can undo. Those of the scan are counted first, then moved
//! until as few lines as possible are on the wrong side.

pub mod classes;
mod kana;
pub mod probe;
pub mod scan;
pub mod sequence;
pub mod step;
mod strangers;
pub mod tables;

use self::classes::{Classes, classes};
pub use self::scan::alarm;
use self::scan::peak;
use self::tables::{BINS, BLOB, COSTS};
use crate::channel::traces::{is_dot, may_be_dotted, may_be_replaced, swallowed_blanks};
use crate::model::latin::{self, Profile};
use crate::model::{BIT, Bits, State, model};
use crate::text::blocks::{ascii_run, beyond_ascii_run};
use crate::text::marks::Marks;
use std::cmp::Reverse;
use std::ops::Range;

/// The sum of the scan, in eighths of a bit, at which a line is looked at again.
pub const THRESHOLD: i32 = 10;
/// The scan's sum at which it is asked whether the text is UTF-8 that was read as CJK: of 10,000
/// words that were, three were below.
const SEQUENCE: i32 = 5;
/// The scan's sum at which it is asked whether text of double bytes is out of step, where there is
/// a sign of it.
const LOW: i32 = 8;
/// By how much more it must be.
const LOWER: i32 = 8 * BIT as i32;
/// By how much more it must be where a letter stands alone: in shapes, sizes and blood types they
/// do in text in step.
const STRAY: i32 = 12 * BIT as i32;
/// The scan's sum, in eighths of a bit, at which it is asked whether all letters are of one
/// alphabet.
const MIXED: i32 = 3;
/// The scan's sum, in eighths of a bit, at which a short text is looked at again, and how long it
/// may be, in bytes: each character counts less there.
pub const FAINT: i32 = 4;
const SHORT: usize = 60;
/// The sum of the second look, in eighths of a bit, at which it is asked what explains it, and by
/// how much more than usual that must be better text: in alphabets, and with characters of CJK.
/// With less to gain, words of languages that the model has not seen are taken for others.
const ODD: (i32, i32) = (24, 20 * BIT as i32);
const ODD_CJK: (i32, i32) = (40, 0);
/// By how much a letter must misfit a language.
const STRANGE: Bits = 3 * BIT;
/// What the scan's sum counts at most beside that of the second look.
const AT_MOST: i32 = 20 * 8;
/// Tenths of the scan's sum that count beside that of the second look.
const TENTHS: i32 = 3;
/// The sum of both, in eighths of a bit, at which a line is suspect.
const TOGETHER: i32 = 23;
/// The sum of both at which nothing need explain it: of intact lines, one in some thousands.
const EVIDENT: i32 = 20 * 8;
/// The sum of both at which a text that a search made is garbled beyond doubt.
const STILL: i32 = 16 * 8;

/// Whether a text looks garbled somewhere, and not only rare: some misreading makes better
/// text of it, or it shows where bytes were lost. `calm` is how much more than by itself a
/// text must look garbled, for standing among others that are intact.
pub fn is_suspect(text: &str, calm: Bits) -> bool {
    looks(text, calm).is_suspect(text, Marks::of(text))
}

/// Whether a text that a search made still looks garbled: by more than what intact text
/// of some languages does.
pub fn is_still_garbled(text: &str) -> bool {
    looks(text, 0).show_damage(text, 0)
}

/// What the two looks at a text saw.
#[derive(Clone, Debug, Default)]
pub struct Looks {
    /// The highest sum of the scan, in eighths of a bit.
    pub first: i32,
    /// The highest sum of the second look, in eighths of a bit; 0 where none was taken.
    pub second: i32,
    /// What the second look took in, if one was taken, and the stretches of the text that
    /// look worst to it and to the scan.
    places: Option<[Range<usize>; 3]>,
    /// How much more than usual each sum must be.
    more: i32,
}

impl Looks {
    /// What [`is_suspect`] says of the text that was looked at, which has these marks.
    pub fn is_suspect(&self, text: &str, marks: Marks) -> bool {
        self.are_explained(text)
            || marks.has_question() && (shows_step(text) || swallowed_blanks(text).next().is_some())
            || marks.may_have_gap() && is_full_of_gaps(text)
            || marks.is_past_latin() && !marks.is_wide() && self.has_stranger(text)
            || marks.is_wide() && self.show_garbled_cjk(text, marks)
            || self.is_odd(text, if marks.is_wide() { ODD_CJK } else { ODD })
    }

    /// Whether both sums are high enough together, and something explains what they saw: bytes that
    /// were lost, or a misreading, or a byte lost or added, where the text looks worst.
    fn are_explained(&self, text: &str) -> bool {
        let Some([near, worst, peak]) = self.places.as_ref().filter(|_| self.reach(TOGETHER))
        else {
            return false;
        };
        let is_explained = |part: &Range<_>| probe::is_explained(text, part.clone(), self.more);
        self.reach(EVIDENT)
            || has_lost(text)
            || may_be_dotted(text)
            || is_explained(worst)
            || !overlap(worst, peak) && is_explained(peak)
            || strangest(text).is_some_and(|part| is_explained(&part))
            || step::is_out_of_step(text.get(near.clone()).unwrap_or_default(), self.more)
    }

    /// Whether a text with characters of CJK has a sign of what garbles those, though the sums are
    /// low.
    fn show_garbled_cjk(&self, text: &str, marks: Marks) -> bool {
        self.first >= THRESHOLD && may_be_replaced(text)
            || self.first >= SEQUENCE && sequence::is_utf8_as_cjk(text)
            || self.first > 0 && kana::are_among_simplified(text)
            || self.has_stray(text)
            || (LOW..THRESHOLD).contains(&self.first) && self.is_out_of_step(text, marks)
    }

    /// Whether characters of a short text, in which the scan saw little, are rare where they stand,
    /// and a misreading explains them. In a document of intact lines this is not asked.
    fn is_odd(&self, text: &str, (odd, more): (i32, i32)) -> bool {
        let is_asked = (FAINT..THRESHOLD).contains(&self.first) && self.more == 0;
        if !is_asked || text.len() > SHORT {
            return false;
        }
        let (second, worst) = second_look(text);
        second >= odd && probe::is_explained(text, worst, more)
    }

    /// Whether a text in which no second look was taken is out of step where it looks worst, and
    /// has something that text in step seldom has.
    fn is_out_of_step(&self, text: &str, marks: Marks) -> bool {
        let worst = || text.get(where_worst(text)).unwrap_or_default();
        (marks.has_question() || step::ends_in_step(text))
            && step::is_out_of_step(worst(), self.more + LOWER)
    }

    /// Whether a misreading explains a letter of another alphabet than the rest.
    fn has_stranger(&self, text: &str) -> bool {
        (MIXED..THRESHOLD).contains(&self.first)
            && strangers::stranger(text)
                .is_some_and(|part| probe::is_explained(text, part, self.more))
    }

    /// Whether a text is out of step before a letter or sign that stands alone in it.
    fn has_stray(&self, text: &str) -> bool {
        near_strays(text).any(|part| step::is_out_of_step(part, self.more + STRAY))
    }

    /// What [`is_still_garbled`] says of the text that was looked at, if it says so of one
    /// in which both sums together are no more than `most`.
    pub fn show_damage(&self, text: &str, most: i32) -> bool {
        self.reach(STILL.max(most)) || shows_step(text)
    }

    /// The highest sums of the scan and of the second look.
    pub fn sums(&self) -> [i32; 2] {
        [self.first, self.second]
    }

    /// Whether a text that is not suspect is not for any `more`.
    pub fn are_final(&self) -> bool {
        self.more == 0 || self.first < FAINT
    }

    /// Whether both sums say that nothing long need be asked of a text.
    pub fn are_low(&self) -> bool {
        !self.reach(TOGETHER)
    }

    /// Whether a second look was taken, and both sums together reach so much.
    fn reach(&self, enough: i32) -> bool {
        self.places.is_some() && self.second + beside(self.first) >= enough + self.more
    }
}

/// Looks at a text, and again where the scan's sum reaches its threshold and `more`.
pub fn looks(text: &str, more: Bits) -> Looks {
    looks_again(text, alarm(text), more)
}

/// Looks again at a text of which the scan's sum is known.
pub fn looks_again(text: &str, first: i32, more: Bits) -> Looks {
    let more = more as i32;
    if first < THRESHOLD + more {
        return Looks { first, more, ..Looks::default() };
    }
    let part = peak(text);
    let near = around(text, &part);
    let (second, worst) = second_look(text.get(near.clone()).unwrap_or_default());
    let worst = near.start + worst.start..near.start + worst.end;
    let start = part.start.max(part.end.saturating_sub(STRETCH));
    let peak = text.floor_char_boundary(start)..part.end;
    Looks { first, second, places: Some([near, worst, peak]), more }
}

/// Where the letter stands that fits the language of a text least, if one does not.
fn strangest(text: &str) -> Option<Range<usize>> {
    let letters = text.char_indices().filter_map(|(at, c)| Some((latin::letter(c)?, at, c)));
    let mut letters: Vec<(usize, usize, char)> = letters.collect();
    if letters.is_empty() {
        return None;
    }
    letters.sort_unstable();
    letters.dedup_by_key(|&mut (letter, ..)| letter);
    let profile = Profile::of(text);
    let misfit = |(_, at, c)| (profile.misfit(std::iter::once(c)), Reverse(at), c);
    let (most, Reverse(at), c) = letters.into_iter().map(misfit).max()?;
    (most > STRANGE).then(|| at..at + c.len_utf8())
}

/// Whether two parts of a text have something in common.
fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// The part of a text that looks worst to the scan, with what stands around it; the end of
/// a long one.
pub fn where_worst(text: &str) -> Range<usize> {
    around(text, &peak(text))
}

/// So many letters that stand alone are looked at in a line.
const STRAYS: usize = 8;

/// What stands around letters and signs of ASCII that are alone among characters of CJK, of which
/// the one before is rare there.
pub fn near_strays(text: &str) -> impl Iterator<Item = &str> {
    let strays = step::strays(text).filter(|&at| step::is_rare_before(text, at));
    strays.take(STRAYS).filter_map(|at| text.get(around(text, &(at..at + 1))))
}

/// Bytes of a text that the second look takes in before the peak of the scan's sum, and
/// before and behind the part in which it rose.
const LONGEST: usize = 192;
const AROUND: usize = 24;

/// A part of a text with what stands around it; the end of a long one.
fn around(text: &str, part: &Range<usize>) -> Range<usize> {
    let start = part.start.max(part.end.saturating_sub(LONGEST)).saturating_sub(AROUND);
    let start = text.floor_char_boundary(start);
    let end = text.ceil_char_boundary((part.end + AROUND).min(text.len()));
    start..end
}

/// Whether characters stand in the text that decoders put in the place of lost bytes: a
/// question mark with a character of CJK or the like right behind it is one, and so is one
/// between such a character and what may be the second byte of another.
fn has_lost(text: &str) -> bool {
    let bytes = text.as_bytes();
    text.contains('\u{FFFD}')
        || memchr::memchr_iter(b'?', bytes).any(|at| {
            let before = at.checked_sub(1).and_then(|at| bytes.get(at)).copied().unwrap_or(b'.');
            match bytes.get(at + 1) {
                Some(0xE3..) => before != b' ',
                Some(0x40..0x7F) => before >= 0x80,
                _ => false,
            }
        })
}

/// A replacement character, and how many of them show damage that need not be looked for.
const GAP: [u8; 3] = *b"\xEF\xBF\xBD";
const GAPS: usize = 3;

/// Whether so many bytes were lost, or such, that nothing else need be seen.
fn is_full_of_gaps(text: &str) -> bool {
    let [first, ..] = GAP;
    let bytes = text.as_bytes();
    let mut gaps = 0;
    memchr::memchr_iter(first, bytes).any(|at| {
        let is_gap = bytes.get(at..at + GAP.len()) == Some(&GAP);
        gaps += usize::from(is_gap);
        is_gap && (gaps == GAPS || is_dot(bytes, at))
    })
}

/// What the scan's sum counts beside that of the second look.
fn beside(first: i32) -> i32 {
    first.min(AT_MOST) * TENTHS / 10
}

/// Whether a question mark stands where CJK text has none: it may be what is left of
/// a lead byte, and the punctuation or letters behind it of what followed.
fn shows_step(text: &str) -> bool {
    let bytes = text.as_bytes();
    step::questions_behind_cjk(bytes).any(|at| {
        let [first, second] = [at + 1, at + 2].map(|i| bytes.get(i).copied().unwrap_or(b' '));
        matches!(first, b'!' | b'?') && second > b' ' || first.is_ascii_lowercase() || first == b'/'
    })
}

/// The highest sum of what the costs under the model tell, in eighths of a bit, and the
/// stretch of a few characters of the text that tells most.
pub fn second_look(text: &str) -> (i32, Range<usize>) {
    let ratios = BLOB.get(COSTS..).unwrap_or_default();
    let (mut sum, mut highest) = (0, 0);
    let mut last = [(0, 0); STRETCH];
    let (mut most, mut worst) = (i32::MIN, 0..0);
    let mut stretch = 0;
    let mut next = 0;
    look(text, classes(), |class, bin, at| {
        let place = class * BINS + bin;
        let ratio = i32::from(ratios.get(place).copied().unwrap_or(0) as i8);
        sum += ratio;
        highest = highest.max(sum);
        sum = sum.max(0);
        if let Some(slot) = last.get_mut(next) {
            let (first, start) = *slot;
            *slot = (ratio, at);
            next = (next + 1) % STRETCH;
            stretch += ratio - first;
            if stretch > most {
                most = stretch;
                worst = start..at;
            }
        }
    });
    (highest, worst)
}

/// Characters of the stretch.
const STRETCH: usize = 8;

/// ASCII characters before and after others that the second look takes in.
const BEFORE: usize = 5;
const AFTER: usize = 4;

/// Tells the class, the step of cost and the end of every character, without the
/// stretches of ASCII that no other character is near to.
pub fn look(text: &str, classes: &Classes, mut tell: impl FnMut(usize, usize, usize)) {
    let mut state = State::default();
    let mut step = |c: char, told: bool, end: usize| {
        let cost = model().step(&mut state, c);
        if told {
            tell(classes.of(c), ((cost / (2 * BIT)) as usize).min(BINS - 1), end);
        }
    };
    let mut at = 0;
    let mut rest = text;
    let mut behind_other = false;
    while !rest.is_empty() {
        let ascii = ascii_run(rest.as_bytes());
        let (prefix, other) = rest.split_at_checked(ascii).unwrap_or((rest, ""));
        let after = prefix.len().min(AFTER);
        let before = prefix.len().saturating_sub(BEFORE).max(after);
        for (i, c) in prefix.get(..after).unwrap_or_default().char_indices() {
            step(c, behind_other, at + i + 1);
        }
        for c in prefix.get(before..).unwrap_or_default().chars() {
            step(c, false, 0);
        }
        at += prefix.len();
        let end = beyond_ascii_run(other.as_bytes());
        let (others, after) = other.split_at_checked(end).unwrap_or((other, ""));
        for c in others.chars() {
            at += c.len_utf8();
            step(c, true, at);
        }
        behind_other = true;
        rest = after;
    }
    let last = text.bytes().rev().take(AFTER).position(|b| !b.is_ascii());
    step(' ', last.is_some(), at);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbled_lines_are_suspect_and_intact_ones_are_not() {
        for garbled in
            ["gefÃ¤hrlich", "РџСЂРёРІРµС‚", "оПХБЕР НЙТ", "浠婂ぉ澶╂皵寰堝ソ", "ÄãºÃÊÀ½ç"]
        {
            assert!(is_suspect(garbled, 0), "{garbled} {}", alarm(garbled));
        }
        for intact in [
            "gefährlich und schön",
            "Привет, как дела сегодня?",
            "今天天气很好，我们出去走走。",
            "今日は天気がいいから、散歩しましょう。",
            "L’été à la plage – c’est « bien ».",
            "",
        ] {
            assert!(!is_suspect(intact, 0), "{intact} {}", alarm(intact));
        }
    }

    #[test]
    fn short_lines_of_cjk_are_looked_at_again() {
        // GBK read as EUC-JP, of which the scan sees nothing.
        let line = "譜崔匈重議冲弼。";
        assert!(alarm(line) < THRESHOLD);
        assert!(is_suspect(line, 0));
        assert!(!is_suspect(line, BIT) && !is_suspect(&"、好".repeat(40), 0));
        for intact in ["设置页脚的颜色。", "ページの色を設定する。", "系統變數；"]
        {
            assert!(!is_suspect(intact, 0), "{intact}");
        }
    }

    #[test]
    fn short_lines_in_alphabets_are_looked_at_again() {
        // KOI8-R read as windows-1251, of a boat.
        let line = "мПДЛБ";
        assert!(alarm(line) < THRESHOLD);
        assert!(is_suspect(line, 0));
        assert!(!is_suspect(line, BIT));
        // Scottish Gaelic, which the model has not seen.
        for intact in ["ath-stiùireadh", "Cuir a-steach àireamh.", "Лодка"] {
            assert!(!is_suspect(intact, 0), "{intact}");
        }
    }

    #[test]
    fn a_letter_that_fits_no_other_is_found() {
        let line = "A nagymamám minden vasárnap süteményt süt, és a szomszédoknak is visz belõle";
        assert_eq!(strangest(line).and_then(|part| line.get(part)), Some("õ"));
        assert_eq!(strangest(&line.replace('õ', "ő")), None);
        assert_eq!(strangest("Os meninos não vão à escola com o professor na segunda"), None);
    }

    #[test]
    fn some_looks_may_be_left_but_no_gap() {
        let [odd, gap] = ["gefÃ¤hrlich und schÃ¶n", "新聞?!记者在現場"];
        assert!(looks(odd, 0).show_damage(odd, 0));
        assert!(!looks(odd, 0).show_damage(odd, i32::MAX));
        assert!(looks(gap, 0).show_damage(gap, i32::MAX));
    }
}
