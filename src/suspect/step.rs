//! Whether a byte lost or added explains what looks odd in double-byte text.
//!
//! In comes the part of a line that looks worst; out comes whether reading on from the
//! next byte makes so much better text of a few characters of it that
//! [`crate::search`] should look. Reading begins only at characters that are rare where
//! they stand, and at those that decoders put in the place of lost bytes.

use crate::channel::traces::is_replacement;
use crate::charset::{Charset, Next};
use crate::model::{BIT, State, is_wide, model};
use crate::text::blocks::any_pair;
use crate::text::characters::{beside, is_half_width_kana, is_text};

/// What a character costs that is rare where it stands.
const RARE: i32 = 11 * BIT as i32;
/// Characters before such a one at which text may have fallen out of step.
const BEFORE: usize = 2;
/// Characters that are read from there.
const AHEAD: usize = 8;
/// How much more than as it stands the text may cost on the way.
const SLACK: i32 = 12 * BIT as i32;
/// What a character costs of which bytes are not known.
const UNKNOWN: i32 = 6 * BIT as i32;
/// What reading from the next byte must gain.
const ENOUGH: i32 = 18 * BIT as i32;
/// The same in a text that shows no place where it fell into step again: rare words gain less.
const TELLING: i32 = 26 * BIT as i32;

/// The double-byte charsets that text falls out of step in.
pub const CHARSETS: [Charset; 5] =
    [Charset::GBK, Charset::BIG5, Charset::SHIFT_JIS, Charset::EUC_JP, Charset::EUC_KR];

/// Those in which kana are usual.
const JAPANESE: [Charset; 2] = [Charset::SHIFT_JIS, Charset::EUC_JP];

/// What stands for a character that the charset has not.
const OTHER: u8 = 0;

/// Whether a byte lost or added gains enough somewhere in a text: by `more` than usual.
pub fn is_out_of_step(text: &str, more: i32) -> bool {
    // Most lines have no CJK; no charset is tried on fewer characters of it than two.
    if wide(text).nth(1).is_none() {
        return false;
    }
    let enough = if ends_in_step(text) { ENOUGH } else { TELLING };
    gaining(&Standing::new(text), enough + more).next().is_some()
}

/// Whether a text has something where it may have fallen into step again: a letter or sign of
/// ASCII alone between others, for such a byte begins nothing, but can be the second of a
/// character; a half-width kana alone between others, which is one byte, too; or a question mark
/// right behind CJK.
pub fn ends_in_step(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_stray = |bytes: &[u8]| matches!(bytes, [0x80..=0xFF, b'@'..=b'~', 0x80..=0xFF]);
    // Most texts have nothing of the kind, and are read to their end.
    let may_be_stray = |byte: u8, next: u8| (b'@'..=b'~').contains(&byte) & (next >= 0x80);
    let may_be_half = |byte: u8, next: u8| (byte == 0xEF) & ((next == 0xBD) | (next == 0xBE));
    any_pair(bytes, may_be_stray) && bytes.windows(3).any(is_stray)
        || questions_behind_cjk(bytes).next().is_some()
        || any_pair(bytes, may_be_half) && has_lone_half_width(text)
}

/// Where a letter or sign of ASCII stands alone between characters of CJK, or is alone but for a
/// question mark before it: text in step seldom has that.
pub fn strays(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let may_be_stray = |byte: u8, next: u8| (b'@'..=b'~').contains(&byte) & (next >= 0xE3);
    let is_stray = move |&at: &usize| {
        let is_behind_question = at.checked_sub(1).and_then(|at| bytes.get(at)) == Some(&b'?');
        is_behind_cjk(bytes, at - usize::from(is_behind_question))
    };
    let pairs = if any_pair(bytes, may_be_stray) { bytes.windows(2) } else { [].windows(2) };
    let places = pairs
        .enumerate()
        .filter(move |(_, pair)| matches!(pair, [byte, next] if may_be_stray(*byte, *next)));
    places.map(|(at, _)| at).filter(is_stray)
}

/// Characters before another by which it is told whether it is rare there.
const CONTEXT: usize = 3;

/// Whether a character of CJK before a place in a text is rare where it stands.
pub fn is_rare_before(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end_matches('?');
    let context = before.char_indices().rev().take(CONTEXT + 1).last();
    let mut state = State::default();
    let costs = before.get(context.map_or(0, |(at, _)| at)..).unwrap_or_default().chars();
    costs.map(|c| model().step(&mut state, c) as i32).last().is_some_and(|cost| cost >= RARE)
}

/// Where question marks stand right behind characters of CJK.
pub fn questions_behind_cjk(utf8: &[u8]) -> impl Iterator<Item = usize> {
    memchr::memchr_iter(b'?', utf8).filter(move |&at| is_behind_cjk(utf8, at))
}

fn is_behind_cjk(utf8: &[u8], at: usize) -> bool {
    at.checked_sub(3).and_then(|at| utf8.get(at)).is_some_and(|&byte| byte >= 0xE3)
}

fn has_lone_half_width(text: &str) -> bool {
    let is_full = |c: Option<char>| c.is_some_and(|c| is_wide(c) && !is_half_width_kana(c));
    text.match_indices(is_half_width_kana)
        .any(|(at, half)| beside(text, at..at + half.len()).into_iter().all(is_full))
}

/// The charsets in which a text makes better text somewhere, one byte further on.
pub fn charsets_gaining(text: &str) -> Vec<Charset> {
    gaining(&Standing::new(text), ENOUGH).collect()
}

/// Characters of CJK, some of which are kana where they are Japanese.
const SENTENCE: usize = 8;

/// The charsets in which a text can have fallen out of step.
pub fn charsets_of(text: &str) -> impl Iterator<Item = Charset> {
    let count = wide(text).count();
    let kana = wide(text).filter(|&c| matches!(c, 'ぁ'..='ヺ') || is_half_width_kana(c)).count();
    // Chinese out of step has some kana, Japanese has many, or did when it was in step.
    let is_possible = move |charset: &Charset| match JAPANESE.contains(charset) {
        true => kana > 0 || count < SENTENCE || had_kana(text, *charset),
        false => kana * 3 <= count,
    };
    let charsets = CHARSETS.into_iter().filter(is_possible);
    charsets.filter(move |&charset| count > 1 && has_all(charset, text))
}

/// Whether lead bytes of kana have become trail bytes in a text: of Kanji, one in forty has one.
fn had_kana(text: &str, charset: Charset) -> bool {
    let leads = match charset {
        Charset::SHIFT_JIS => 0x82..=0x83,
        _ => 0xA4..=0xA5,
    };
    let is_trail = |c: char| {
        charset
            .encode_char(c)
            .and_then(|bytes| bytes.last().copied())
            .is_some_and(|last| leads.contains(&last))
    };
    wide(text).filter(|&c| is_trail(c)).nth(1).is_some()
}

/// Whether a charset has all of a text that is CJK and was not lost.
pub fn has_all(charset: Charset, text: &str) -> bool {
    wide(text).all(|c| charset.contains(c))
}

fn wide(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|&c| is_wide(c) && !is_replacement(c))
}

/// Those in which so much is gained.
fn gaining<'s>(standing: &'s Standing<'_>, enough: i32) -> impl Iterator<Item = Charset> + 's {
    let is_odd = standing.places.iter().any(|place| place.odd);
    let charsets = charsets_of(standing.text).filter(move |_| is_odd);
    charsets.filter(move |&c| Recoded::new(&standing.places, c).gain(&standing.places) >= enough)
}

/// A text as it stands.
struct Standing<'t> {
    text: &'t str,
    places: Vec<Place>,
}

/// A character of the text as it stands.
struct Place {
    char: char,
    before: State,
    /// The cost of the text up to it.
    sum: i32,
    odd: bool,
}

impl<'t> Standing<'t> {
    fn new(text: &'t str) -> Self {
        let mut state = State::default();
        let mut sum = 0;
        let place = |char| {
            let before = state;
            let cost = model().step(&mut state, char) as i32;
            sum += cost;
            Place { char, before, sum, odd: cost >= RARE || is_replacement(char) }
        };
        Standing { text, places: text.chars().map(place).collect() }
    }
}

/// The text's bytes in a charset.
struct Recoded {
    charset: Charset,
    bytes: Vec<u8>,
    /// Where each character begins.
    starts: Vec<usize>,
    /// What the text as it stands costs up to each byte.
    costs: Vec<i32>,
}

impl Recoded {
    fn new(places: &[Place], charset: Charset) -> Self {
        let mut recoded =
            Recoded { charset, bytes: Vec::new(), starts: Vec::new(), costs: vec![0] };
        for place in places {
            recoded.starts.push(recoded.bytes.len());
            match charset.encode_char(place.char) {
                _ if is_replacement(place.char) => recoded.bytes.push(b'?'),
                Some(bytes) => recoded.bytes.extend(bytes.iter()),
                None => recoded.bytes.push(OTHER),
            }
            // Inside a character, what stands before it.
            let before = recoded.costs.last().copied().unwrap_or(0);
            recoded.costs.resize(recoded.bytes.len(), before);
            recoded.costs.push(place.sum);
        }
        recoded
    }

    /// The most that reading from the second byte of some character gains.
    fn gain(&self, places: &[Place]) -> i32 {
        let mut most = 0;
        for (at, (place, &start)) in places.iter().zip(&self.starts).enumerate() {
            let near = places.iter().skip(at).take(BEFORE + 1);
            if place.char.is_ascii() && !is_replacement(place.char)
                || !near.clone().any(|place| place.odd)
            {
                continue;
            }
            let before =
                at.checked_sub(1).and_then(|at| places.get(at)).map_or(0, |place| place.sum);
            // A byte was added, or one was lost and the character with it.
            let mut after_lost = place.before;
            after_lost.forget();
            for (state, cost) in [(place.before, 0), (after_lost, UNKNOWN / 2)] {
                most = most.max(self.gain_from(start, state, before + cost));
            }
        }
        most
    }

    fn gain_from(&self, start: usize, mut state: State, before: i32) -> i32 {
        let (mut at, mut sum, mut most) = (start + 1, before, 0);
        if self.bytes.get(start) == Some(&b'?') {
            // The second byte of what was lost begins a character.
            at += 1;
            sum += UNKNOWN;
            state.forget();
        }
        for read in 0..AHEAD {
            let Some(rest) = self.bytes.get(at..).filter(|rest| !rest.is_empty()) else { break };
            match (self.charset.decode_next(rest), rest) {
                (Next::Char(OTHER_CHAR, _), _) => break,
                (Next::Char(c, length), _) if is_text(c) => {
                    at += length;
                    sum += model().step(&mut state, c) as i32;
                }
                // The last byte of one character and the first of the next are lost.
                (_, [_, b'?', ..]) => {
                    at += 3;
                    sum += 2 * UNKNOWN;
                    state.forget();
                }
                _ => break,
            }
            let Some(standing) = self.costs.get(at) else { break };
            // One character may be better by chance, unless the text is in step behind it.
            if read > 0 || self.starts.binary_search(&at).is_ok() {
                most = most.max(standing - sum);
            }
            if standing - sum < -SLACK {
                break;
            }
        }
        most
    }
}

/// What [`OTHER`] is read as.
const OTHER_CHAR: char = OTHER as char;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_stand_alone_are_found() {
        let strays =
            |text: &str| -> Vec<String> { strays(text).map(|at| text[..=at].to_owned()).collect() };
        assert_eq!(strays("並且鬗U「下一步」"), ["並且鬗U"]);
        assert_eq!(strays("メニ?[より、ポ氏[ト"), ["メニ?[", "メニ?[より、ポ氏["]);
        for text in ["按 U 键", "按U 键", "UI 按键", "按UI键", "第1课", "写?U 键", "aUé", ""]
        {
            assert!(strays(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn what_stands_before_a_letter_may_be_rare() {
        let is_rare = |text: &str| is_rare_before(text, text.find('U').unwrap());
        assert!(is_rare("並且鬗U「下一步」"));
        assert!(is_rare("並且鬗?U「下一步」"));
        assert!(!is_rare("我们插入U盘"));
        assert!(!is_rare("U键"));
    }
}
