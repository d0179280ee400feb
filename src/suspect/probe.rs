//! Whether some misreading explains the worst part of a line.
//!
//! Intact text has rare words and names, which look like damage but which no misreading
//! makes into better text. In comes a line and its part that looks worst; out comes
//! whether one of the usual misreadings gains enough there, or in all such parts of the
//! line together, for [`crate::search`] to act. Most readings are given up after a
//! character or two, when they cost more than the part as it stands.

use crate::channel::language::credit;
use crate::channel::traces::DOUBLED;
use crate::channel::{Misreading, byte_costs, letters_cost, sides};
use crate::charset::{Charset, Family, Next, charsets_with};
use crate::model::{BIT, Bits, State, model};
use crate::text::characters::is_text;
use std::ops::Range;

/// Characters of a part that are looked at.
const LENGTH: usize = 20;
/// ASCII before it that the model has seen, and behind it that counts.
const BEFORE: usize = 5;
const AFTER: usize = 4;
/// How much more than as it stands a part may cost on the way.
const SLACK: i32 = 16 * BIT as i32;
/// What a part must gain for a misreading to be tried on the rest of the line.
const LEAST: i32 = 5 * BIT as i32;
/// What is enough, the misreading's own cost paid: a little less than what a repair must gain.
const ENOUGH: i32 = 8 * BIT as i32;
/// How much unlikelier the letters may be, by themselves.
const UNLIKELIER: Bits = 4 * BIT;
/// Misreadings that are tried on the rest of the line, the best first.
const TRIED: usize = 3;
/// Well-formed sequences of UTF-8, so many of which are no accident.
const SEQUENCES: i32 = 3;
/// How much a well-formed sequence of UTF-8 says by itself.
const WELL_FORMED: i32 = 5 * BIT as i32;
/// What it costs that a no-break space became a blank, or one with the blank behind it.
const COLLAPSED: i32 = 2 * BIT as i32;
/// The most bytes that a character has.
const LONGEST: usize = 4;
/// Characters of UTF-16 with its bytes swapped, so many of which are no accident.
const SWAPPED: usize = 3;

/// Whether a misreading gains enough in the part of a line that looks worst, or in all such
/// parts together: by `more` than usual.
pub fn is_explained(line: &str, worst: Range<usize>, more: i32) -> bool {
    let enough = ENOUGH + more;
    let part = Part::around(line, worst, 0);
    let mut found: Vec<(i32, Misreading)> = Vec::new();
    let mut possible = u128::MAX;
    for c in part.text.chars().filter(|&c| !c.is_ascii()) {
        possible &= charsets_with(c);
    }
    // UTF-16 with its bytes swapped: letters of ASCII in the high byte.
    let is_swapped = |&c: &char| c >= '\u{2000}' && c as u32 & 0xFF == 0;
    if part.text.chars().filter(is_swapped).count() >= SWAPPED {
        return true;
    }
    let unlikely = letters_cost(part.text) + UNLIKELIER;
    if part.standing() < LEAST {
        return false;
    }
    let sides = sides();
    // The usual charsets have many bytes in common; the first to have them is the likeliest.
    let mut seen: Vec<Vec<u8>> = Vec::new();
    for &read in sides.usual_read.iter().filter(|c| possible >> c.index() & 1 == 1) {
        let Some(bytes) = Encoded::new(&part, read) else { continue };
        if seen.contains(&bytes.bytes) {
            continue;
        }
        seen.push(bytes.bytes.clone());
        for &written in sides.usual_written.iter().filter(|&&written| written != read) {
            if byte_costs(written).is_some_and(|costs| bytes.is_unlikely(costs, unlikely)) {
                continue;
            }
            let Some(gain) = bytes.gain(&part, written).filter(|&gain| gain >= LEAST) else {
                continue;
            };
            let misreading = Misreading { written, read };
            let gain = gain - misreading.prior() as i32;
            if gain >= enough {
                return true;
            }
            found.push((gain, misreading));
        }
    }
    found.sort_unstable_by_key(|&(gain, misreading)| (-gain, misreading));
    found.iter().take(TRIED).any(|&(_, misreading)| {
        let gain = line_gain(line, misreading);
        gain >= enough || gain + credit(misreading, line) as i32 >= enough
    })
}

/// What a misreading gains in all parts of a line in which it gains anything.
fn line_gain(line: &str, misreading: Misreading) -> i32 {
    let mut sum = 0;
    let mut at = 0;
    while let Some(start) = line.get(at..).and_then(|rest| rest.find(|c: char| !c.is_ascii())) {
        let start = at + start;
        let run = line.get(start..).unwrap_or_default().chars().take_while(|c| !c.is_ascii());
        at = start + run.take(LENGTH).map(char::len_utf8).sum::<usize>();
        let part = Part::around(line, start..at, start);
        if let Some(bytes) = Encoded::new(&part, misreading.read) {
            sum += bytes.gain(&part, misreading.written).unwrap_or(0).max(0);
        }
    }
    sum - misreading.prior() as i32
}

/// A part of a line that begins beyond ASCII, in its surroundings.
struct Part<'t> {
    text: &'t str,
    /// After what stands before it.
    state: State,
    /// What the part costs as it stands up to the end of each character.
    costs: Vec<i32>,
    /// Whether the run of characters beyond ASCII goes on before it, and behind it.
    cut: [bool; 2],
}

impl<'t> Part<'t> {
    /// The part made whole: no run of other characters is cut, but where it is too long, or
    /// begins before `first`.
    fn around(line: &'t str, part: Range<usize>, first: usize) -> Self {
        let (before, behind) = line.split_at_checked(part.end).unwrap_or((line, ""));
        let (head, stretch) = before.split_at_checked(part.start).unwrap_or(("", before));
        // Not into characters that cannot have come from the same bytes.
        let all = charsets_with(char::MAX);
        let mut common = stretch
            .chars()
            .filter(|c| !c.is_ascii())
            .fold(u128::MAX, |common, c| common & charsets_with(c));
        let mut joins = |c: char| {
            let both = common & charsets_with(c);
            let joins = !c.is_ascii() && (both & !all != 0 || common & !all == 0);
            common = if joins { both } else { common };
            joins
        };
        let run = head.char_indices().rev().take_while(|&(_, c)| joins(c)).last();
        let run = run.map_or(part.start, |(at, _)| at);
        let longest = before.char_indices().rev().take(LENGTH).last();
        let longest = longest.map_or(part.end, |(at, _)| at);
        let start = run.max(longest).max(first);
        let ascii = line.get(start..).unwrap_or_default().find(|c: char| !c.is_ascii());
        let start = start + ascii.unwrap_or(0);
        let cut_before =
            line.get(..start).is_some_and(|head| head.ends_with(|c: char| !c.is_ascii()));
        let left = LENGTH.saturating_sub(before.get(start..).map_or(0, |b| b.chars().count()));
        let more = behind.char_indices().take_while(|&(_, c)| joins(c)).take(left).last();
        let end = part.end.max(start) + more.map_or(0, |(at, c)| at + c.len_utf8());
        let rest = line.get(end..).unwrap_or_default();
        let after = rest.bytes().take(AFTER).take_while(u8::is_ascii).count();
        let context = line.get(..start).unwrap_or_default();
        let known = context.bytes().rev().take(BEFORE).take_while(u8::is_ascii).count();
        let mut state = State::default();
        for c in context.get(start - known..).unwrap_or_default().chars() {
            model().step(&mut state, c);
        }
        let text = line.get(start..end + after).unwrap_or_default();
        let (mut on, mut sum) = (state, 0);
        let costs = text.chars().map(|c| {
            sum += model().step(&mut on, c) as i32;
            sum
        });
        Part {
            text,
            state,
            costs: costs.collect(),
            cut: [cut_before, rest.starts_with(|c: char| !c.is_ascii())],
        }
    }

    /// What it costs as it stands.
    fn standing(&self) -> i32 {
        self.costs.last().copied().unwrap_or(0)
    }
}

/// A part's bytes in a charset, and what the part costs as it stands up to each of them.
struct Encoded {
    bytes: Vec<u8>,
    costs: Vec<i32>,
    /// The bytes beyond ASCII.
    beyond: Vec<u8>,
    /// Whether A0 is a no-break space, which becomes a blank.
    has_blank: bool,
}

impl Encoded {
    fn new(part: &Part, read: Charset) -> Option<Self> {
        let mut bytes = Vec::with_capacity(part.text.len());
        let mut costs = Vec::with_capacity(part.text.len() + 1);
        costs.push(0);
        if read.family() == Family::SingleByte {
            read.encode(part.text, &mut bytes).ok()?;
            costs.extend_from_slice(&part.costs);
        } else {
            for (c, &cost) in part.text.chars().zip(&part.costs) {
                bytes.extend_from_slice(&read.encode_char(c)?);
                costs.resize(bytes.len() + 1, cost);
            }
        }
        let beyond = bytes.iter().copied().filter(|b| !b.is_ascii()).collect();
        let has_blank = read.decode_next(&[0xA0]) == Next::Char('\u{A0}', 1);
        Some(Encoded { bytes, costs, beyond, has_blank })
    }

    /// Whether the bytes cost more than this in a charset in which each has a cost by itself.
    fn is_unlikely(&self, costs: &[Bits; 256], most: Bits) -> bool {
        let cost = |&byte: &u8| costs.get(usize::from(byte)).copied().unwrap_or(0);
        // All of few bytes are summed in the time that it takes to stop in the middle.
        self.beyond.iter().map(cost).sum::<Bits>() > most
    }

    /// How much less the part costs as `written`; `None` if it is malformed there, but
    /// for what a cut may have left over, or if it costs too much on the way.
    fn gain(&self, part: &Part, written: Charset) -> Option<i32> {
        let mut at = 0;
        let mut state = part.state;
        let mut sum = 0;
        // What the bytes cost that a cut left over.
        let mut before = 0;
        let mut begun = false;
        let mut sequences = 0;
        while let Some(rest) = self.bytes.get(at..).filter(|rest| !rest.is_empty()) {
            match written.decode_next(rest) {
                Next::Char(c, length) => {
                    let is_text = is_text(c) || written == Charset::UTF_8 && c > '\u{7F}';
                    if !is_text {
                        return None;
                    }
                    at += length;
                    sum += model().step(&mut state, c) as i32;
                    if written == Charset::UTF_8 && length > 1 {
                        sum -= WELL_FORMED;
                        sequences += 1;
                    }
                    begun = true;
                }
                Next::Pair(first, second, length) => {
                    at += length;
                    sum += model().step(&mut state, first) as i32;
                    sum += model().step(&mut state, second) as i32;
                    begun = true;
                }
                Next::Malformed(length) if part.cut[0] && !begun && at + length < LONGEST => {
                    at += length;
                    before = *self.costs.get(at)?;
                }
                Next::Incomplete if part.cut[1] => break,
                _ if let Some(c) = self.before_blank(rest, written) => {
                    at += 1;
                    sum += model().step(&mut state, c) as i32 + COLLAPSED;
                    if rest.get(1..3) == Some(b"  ") {
                        sum -= DOUBLED as i32;
                    }
                    begun = true;
                }
                // What follows may have lost bytes.
                _ if sequences >= SEQUENCES => break,
                _ => return None,
            }
            if before + sum > self.costs.get(at)? + SLACK {
                return None;
            }
        }
        let gain = self.costs.get(at)? - before - sum;
        begun.then_some(gain)
    }

    /// The character of UTF-8 that begins before a blank, or before the end, if its second byte
    /// was a no-break space.
    fn before_blank(&self, rest: &[u8], written: Charset) -> Option<char> {
        let (&first, rest) = rest.split_first()?;
        if written != Charset::UTF_8 || !self.has_blank || rest.first().is_some_and(|&b| b != b' ')
        {
            return None;
        }
        match written.decode_next(&[first, 0xA0]) {
            Next::Char(c, 2) => Some(c),
            _ => None,
        }
    }
}
