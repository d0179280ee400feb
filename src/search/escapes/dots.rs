//! UTF-8 that a Japanese program read as Shift_JIS and wrote again: `コード生戁E`.
//!
//! Where bytes were no character it put `・`, and as it wrote Shift_JIS, all other bytes came
//! back. Read as UTF-8 once more, the text is whole but for these places, where the two bytes
//! of `・` stand: 81, which is the last byte of a character or none, and 45, the letter E.
//!
//! In comes a text, out come these places, each with the character that fits in best. What
//! the bytes were, the place tells in part: those before them, and that Shift_JIS has nothing
//! for them.

use super::spans::{Choice, Span, settle};
use crate::charset::{Charset, Next};
use crate::model::{BIT, Bits, State, model};
use crate::search::lattice::{self, CERTAIN, CERTAIN_BLIND};
use crate::text::characters::has_kana;
use std::sync::OnceLock;

/// Characters that are tried for one of which two bytes are lost: the commonest of Japanese.
const CUT: usize = 600;
/// Places of a text in which this is tried. In a text of more nothing would be left to tell
/// by what they were.
const PLACES: usize = 16;
/// Characters on each side that a guess is judged by.
const NEIGHBOURS: usize = 4;

const LOST: char = '\u{FFFD}';
/// What is left of a character whose first byte is lost.
const REST: &str = "\u{FFFD}\u{FFFD}";

/// The places in which `・` stands, each as the character that it was.
pub(super) fn dots(text: &str) -> Vec<Span> {
    if !has_kana(text) {
        return Vec::new();
    }
    let mut choices = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let mut chars = rest.chars();
        let (first, second) = (chars.next().unwrap_or_default(), chars.next());
        let start = at;
        at += first.len_utf8();
        if second != Some('E') {
            continue;
        }
        if first == LOST {
            at += 1;
            choices.push(Choice { source: start..at, texts: cut().into() });
        } else if is_cut(first) {
            at += 1;
            // What is left of the next character, if its first byte was taken along.
            let left = chars.as_str().strip_prefix(REST);
            let texts = with_last_byte(first, chars.as_str().starts_with(LOST));
            choices.push(Choice { source: start..at, texts: texts.into() });
            if let Some(behind) = left {
                let start = at;
                at += REST.len() + usize::from(behind.starts_with('E'));
                choices.push(Choice { source: start..at, texts: gone().into() });
            }
        }
        if choices.len() > PLACES {
            return Vec::new();
        }
    }
    let spans = settle(text, &choices);
    let is_certain = |place: usize| {
        let source = spans.get(place).and_then(|span| text.get(span.source.clone()));
        let is_blind = source.is_some_and(|source| source.starts_with(REST));
        let enough = if is_blind { CERTAIN_BLIND } else { CERTAIN };
        let may_be = !is_blind || before(text, &spans, place).is_some_and(|c| is_katakana(&c));
        may_be && certainty(text, &spans, place, &choices) >= enough
    };
    let certain: Vec<bool> = (0..spans.len()).map(is_certain).collect();
    let doubted = |(span, certain)| match certain {
        true => span,
        false => Span { meant: LOST.to_string(), ..span },
    };
    spans.into_iter().zip(certain).map(doubted).collect()
}

/// Whether the last byte of a character may be one of `・`.
fn is_cut(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{9FFF}') && c as u32 & 0x3F == 1
}

/// The characters that differ from one in their last byte, if that begins nothing in Shift_JIS:
/// not with any byte that begins a character of Japanese, or not with what is no second byte.
fn with_last_byte(c: char, takes_lead: bool) -> Vec<String> {
    let pairs = |lead: u8| (0xE3..=0xE9).any(|trail| is_malformed(lead, trail));
    let fits = |&last: &u8| matches!(last, 0x81..=0x9F) && (!takes_lead || pairs(last));
    let with = |last: u8| char::from_u32(c as u32 & !0x3F | u32::from(last & 0x3F));
    // An E behind a comma stands there by itself.
    let is_other = |&other: &char| other != c || c != '、';
    let chars = (0x80..=0xBF).filter(fits).filter_map(with);
    chars.filter(is_japanese).filter(is_other).map(String::from).collect()
}

fn is_malformed(lead: u8, trail: u8) -> bool {
    matches!(Charset::SHIFT_JIS.decode_next(&[lead, trail]), Next::Malformed(_))
}

/// Kana, signs and the Han characters of JIS X 0208's first level: nearly all that is written.
fn is_japanese(c: &char) -> bool {
    Charset::SHIFT_JIS.encode_char(*c).is_some_and(|bytes| matches!(*bytes, [0x81..=0x98, _]))
}

/// The commonest characters of Japanese of which the last two bytes are nothing in Shift_JIS.
fn cut() -> &'static [String] {
    static LIST: OnceLock<Vec<String>> = OnceLock::new();
    LIST.get_or_init(|| {
        let is_lost = |c: &char| match *c.encode_utf8(&mut [0; 4]).as_bytes() {
            [_, lead, trail] => is_malformed(lead, trail),
            _ => false,
        };
        common().filter(is_lost).take(CUT).map(String::from).collect()
    })
}

/// Katakana: of what is lost altogether, only the rest of a foreign word can be told.
fn gone() -> &'static [String] {
    static LIST: OnceLock<Vec<String>> = OnceLock::new();
    LIST.get_or_init(|| common().filter(is_katakana).map(String::from).collect())
}

fn is_katakana(c: &char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー')
}

/// What stands before a place, in a place or not.
fn before(text: &str, spans: &[Span], place: usize) -> Option<char> {
    let start = spans.get(place)?.source.start;
    let last = place.checked_sub(1).and_then(|last| spans.get(last));
    let last = last.filter(|last| last.source.end == start);
    let before = last.map_or(text.get(..start)?, |last| &last.meant);
    before.chars().next_back()
}

/// The characters of Japanese, the commonest first.
fn common() -> impl Iterator<Item = char> {
    let all = lattice::common().iter().copied();
    all.filter(|c| matches!(c, '\u{3000}'..='\u{9FFF}')).filter(is_japanese)
}

/// The share of probability that what was chosen for a place has among all that was tried,
/// between what stands before and behind it.
fn certainty(text: &str, spans: &[Span], place: usize, choices: &[Choice]) -> f32 {
    let (Some(span), Some(choice)) = (spans.get(place), choices.get(place)) else { return 0.0 };
    let (before, behind) = spans.split_at_checked(place).unwrap_or_default();
    let behind = behind.get(1..).unwrap_or_default();
    let between = |from: usize, to: usize| text.get(from..to).unwrap_or_default();
    let mut head = match before.last() {
        Some(last) => last.meant.clone() + between(last.source.end, span.source.start),
        None => between(0, span.source.start).to_owned(),
    };
    let known = head.char_indices().rev().nth(NEIGHBOURS - 1).map_or(0, |(at, _)| at);
    head.drain(..known);
    let tail = match behind.first() {
        Some(next) => between(span.source.end, next.source.start).to_owned() + &next.meant,
        None => between(span.source.end, text.len()).to_owned(),
    };
    let mut state = State::default();
    for c in head.chars() {
        model().step(&mut state, c);
    }
    let cost = |meant: &str| -> Bits {
        let mut state = state;
        let tail = tail.chars().chain([' ']).take(NEIGHBOURS);
        meant.chars().chain(tail).map(|c| model().step(&mut state, c)).sum()
    };
    let own = cost(&span.meant);
    let weight = |other: Bits| ((f64::from(own) - f64::from(other)) / f64::from(BIT)).exp2();
    let total: f64 = choice.texts.iter().map(|meant| weight(cost(meant))).sum();
    (1.0 / total) as f32
}

/// What becomes of intact text, where each pair or byte that is nothing in Shift_JIS is read
/// as browsers do.
pub(super) fn write_dots(text: &str) -> String {
    let dot = Charset::SHIFT_JIS.encode_char('・');
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some(&first) = rest.first() {
        let taken = match Charset::SHIFT_JIS.decode_next(rest) {
            Next::Char(_, length) | Next::Pair(_, _, length) => {
                bytes.extend_from_slice(rest.get(..length).unwrap_or_default());
                length
            }
            Next::Malformed(length) => {
                bytes.extend(dot.iter().flat_map(|dot| dot.iter()));
                length.max(1)
            }
            Next::Incomplete if first.is_ascii() => 1,
            Next::Incomplete => {
                bytes.extend(dot.iter().flat_map(|dot| dot.iter()));
                rest.len()
            }
        };
        rest = rest.get(taken..).unwrap_or_default();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
