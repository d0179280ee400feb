//! What a text costs as a reading of bytes: the model's bits, and what orthography says beside it.
//!
//! In: the characters of a reading. Out: its cost, or nothing as soon as it is more than allowed.

use super::frame::Frame;
use super::signs::Signs;
use super::{letters, romanian};
use crate::model::alphabets::{Counts, LATIN};
use crate::model::{BIT, Bits, State, latin, model};
use crate::text::characters::is_combining;

/// The most that a character costs: less than a malformed place.
const RAREST: Bits = 30 * BIT;
/// The most that a character costs that stands right before it, and one that stands there twice: frames are
/// drawn of many alike.
pub(super) const AGAIN: Bits = 8 * BIT;
pub(super) const RUN: Bits = BIT;
/// The most that one costs that goes on with a line of a drawing.
const DRAWN: Bits = 2 * BIT;
/// The most that one of the 86 katakana costs: the model has seen them in loanwords, but whole letters and
/// telegrams were written in them.
const KATAKANA: Bits = 9 * BIT;
/// The most that a sign costs where it is written: texts differ in what signs they need. Of 3,000 short
/// lines in windows-1252 with one to three of them 214 are read otherwise, and 575 without this.
const IN_PLACE: Bits = 10 * BIT;
/// What a soft hyphen costs inside a word.
const PARTED: Bits = 12 * BIT;
const SOFT_HYPHEN: char = '\u{AD}';
/// A Latin letter beside another script's, as where a charset of pairs takes an accented letter and its
/// neighbour for one Han character.
const SCRIPTS_MEET: Bits = 9 * BIT;

/// What a mark costs more that stands on no letter.
const NO_LETTER: Bits = 12 * BIT;

/// Latin letters and others, which seldom stand in one word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letter {
    None,
    Latin,
    Other,
}

fn letter(c: char) -> Letter {
    match c {
        'a'..='z' | 'A'..='Z' => Letter::Latin,
        _ if latin::is_letter_beyond_ascii(c) => Letter::Latin,
        '\u{370}'..='\u{1DFF}' | '\u{3041}'..='\u{D7FF}' => Letter::Other,
        _ => Letter::None,
    }
}

/// `start` and what the text costs. `goes_on` is told the sum after each character and says whether the
/// reading is still worth it; nothing where it is not.
pub(super) fn cost_within(
    text: impl Iterator<Item = char>,
    start: Bits,
    mut goes_on: impl FnMut(Bits) -> bool,
) -> Option<Bits> {
    let model = model();
    let mut state = State::default();
    let mut sum = start;
    let mut before = Letter::None;
    let mut signs = Signs::default();
    let mut counts = Counts::default();
    let (mut recent, mut alike) = ('\0', 0);
    let mut frame = Frame::default();
    let mut text = text.peekable();
    while let Some(c) = text.next() {
        let is_drawn = frame.goes_on(c);
        let aside = match c {
            // A malformed place is paid for as such.
            char::REPLACEMENT_CHARACTER => Some(0),
            // A place to part a word is no part of it.
            SOFT_HYPHEN
                if before != Letter::None
                    && text.peek().is_some_and(|&next| letter(next) != Letter::None) =>
            {
                Some(PARTED)
            }
            _ => None,
        };
        if let Some(cost) = aside {
            sum = sum.saturating_add(cost);
            if !goes_on(sum) {
                return None;
            }
            continue;
        }
        let letter = letter(c);
        if letter != before && letter != Letter::None && before != Letter::None {
            sum = sum.saturating_add(SCRIPTS_MEET);
        }
        before = letter;
        let cost = if c.is_ascii() {
            model.step_in_full(&mut state, c)
        } else {
            counts.add(&LATIN, c);
            // The model has both as one letter; which of them it is habit says.
            let cost_of_other =
                romanian::other_habit(c).map(|c| model.step_in_full(&mut state.clone(), c));
            let cost = model.step_in_full(&mut state, c).min(cost_of_other.unwrap_or(Bits::MAX));
            letters::cost(c, cost)
        };
        if is_combining(c) && !recent.is_alphabetic() && !is_combining(recent) {
            sum = sum.saturating_add(NO_LETTER);
        }
        alike = if c == recent { alike + 1 } else { 0 };
        recent = c;
        let most = match c {
            _ if is_drawn => DRAWN,
            _ if alike > 1 => RUN,
            _ if alike > 0 => AGAIN,
            '\u{30A1}'..='\u{30FC}' => KATAKANA,
            _ if cost > IN_PLACE && signs.is_in_place(c, text.peek().copied()) => IN_PLACE,
            _ => RAREST,
        };
        let sign = signs.cost(c);
        sum = sum.saturating_add(cost.min(most) + if is_drawn { 0 } else { sign });
        if !goes_on(sum) {
            return None;
        }
    }
    let sum = sum.saturating_add(letters::cost_of_foreign(&counts) + signs.rest());
    goes_on(sum).then_some(sum)
}
