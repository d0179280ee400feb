//! Lines of a document that was garbled by one program: what repaired its other lines is
//! tried before all else.
//!
//! In comes a line and what was shown so far; out comes what the habitual chain makes of
//! it, if that is to be believed without a search, and nothing otherwise.

use super::chain::{Chain, Step, is_text};
use super::change::Change;
use super::confidence::Signs;
use super::escapes::Manner;
use super::evidence::Evidence;
use super::layers;
use super::line::{Attempt, CLEAR, Found, Pass, Run, apply_changes, identity, ways_of};
use crate::charset::Family;
use crate::model::{BIT, model};
use crate::suspect::step::is_replacement;
use crate::suspect::{self, Looks, THRESHOLD, alarm, is_still_garbled, where_worst};

/// Eighths of a bit by which a line must look more garbled than what the document's
/// habitual chain makes of it, and than intact lines do.
const GARBLED_BY_LOOKS: i32 = 8 * BIT as i32;

/// Characters of its worst part that are compared.
const SAMPLE: usize = 32;

/// Repairs a line by the chain that repaired most lines of the document, if the line looks
/// garbled by far and what comes out does not at all: what [`super::repair`] would find, at a
/// hundredth of the cost. Tells also how the text that came out looks.
pub fn by_habit(line: &str, evidence: &mut Evidence) -> Option<(Found, Looks)> {
    let mut looks = None;
    let (chain, text, left) = evidence.habits().find_map(|chain| {
        let (text, left) = undone_by_habit(line, chain, evidence, &mut looks)?;
        Some((chain.clone(), text, left))
    })?;
    evidence.add(&chain);
    let looks = looks.unwrap_or_default();
    let gain = looks.saturating_sub(left.first).unsigned_abs();
    let passes = vec![Pass {
        changes: vec![Change::certain(0..line.len(), text.clone(), None)],
        chain,
        lattice: false,
        gain,
        lead: gain,
        runner_up: None,
    }];
    let repaired = Signs::habitual(line, &passes, &text, left.first);
    Some((Found { passes, text, repaired, standing: Signs::left_garbled(looks) }, left))
}

/// What a habitual chain makes of a line, and how that looks, if it is to be believed; `looks` is the sum over the line, once it was asked for.
fn undone_by_habit(
    line: &str,
    chain: &Chain,
    evidence: &Evidence,
    looks: &mut Option<i32>,
) -> Option<(String, Looks)> {
    let exact = |step: &Step| {
        step.manner == Manner::Plain
            && (step.is_utf8() || step.misreading.read.family() == Family::SingleByte)
    };
    if !chain.steps().iter().all(exact) {
        return None;
    }
    // Well-formed UTF-8 is no accident, but anything can be read in a single byte each.
    let is_utf8 = chain.steps().iter().all(Step::is_utf8);
    let looks = *looks.get_or_insert_with(|| alarm(line));
    let by_looks = is_utf8 || evidence.is_settled() && looks >= GARBLED_BY_LOOKS;
    let least = if is_utf8 || evidence.is_settled() { THRESHOLD } else { GARBLED_BY_LOOKS };
    if looks < least {
        return None;
    }
    let text = chain.undo(line)?;
    let left = suspect::looks(&text, 0);
    if !left.are_little() && left.are_still_garbled(&text) || !is_all_text(&text) {
        return None;
    }
    if !by_looks {
        let worst = line.get(where_worst(line)).unwrap_or_default();
        let sample = worst.char_indices().rev().take(SAMPLE).last();
        let part = worst.get(sample.map_or(0, |(at, _)| at)..).unwrap_or_default();
        let undone = chain.undo(part)?;
        let standing = layers::standing_cost(part);
        if model().active_cost(&undone) + GARBLED_BY_LOOKS.unsigned_abs() > standing {
            return None;
        }
    }
    Some((text, left))
}

/// Whether there is nothing in a text but what [`is_text`].
fn is_all_text(text: &str) -> bool {
    // Without branches: nearly every text is read to its end. A line of this kind is looked
    // at once more, by its characters.
    let may_be_odd = |(&byte, &next): (&u8, &u8)| {
        (byte < b' ')
            | (byte == 0x7F)
            | (byte == 0xC2) & (next < 0xA0)
            | (byte == 0xEF) & ((next == 0xB7) | (next == 0xBF))
            | (byte >= 0xF1)
    };
    let bytes = text.as_bytes();
    let following = bytes.iter().skip(1).chain(&[0]);
    let odd = bytes.iter().zip(following).fold(0, |odd, pair| odd | u8::from(may_be_odd(pair)));
    odd == 0 || text.chars().all(is_text)
}

/// A line of which bytes were lost, by the misreading that repaired one such line after the
/// other: the lattice is run with this one alone, where a search runs it with several and
/// tries all chains before.
pub(super) fn lossy(text: &str, evidence: &Evidence, guess: bool) -> Option<Attempt> {
    let misreading = evidence.lossy_habit()?;
    if !text.contains(is_replacement) {
        return None;
    }
    let identity = identity(text);
    let way = ways_of(text, &[misreading], evidence, Run::Habit, guess).into_iter().next()?;
    if way.cost + CLEAR > identity || is_still_garbled(&apply_changes(text, &way.changes)) {
        return None;
    }
    let gain = identity.saturating_sub(way.cost);
    let margin = i64::from(way.cost) - i64::from(identity);
    let (changes, chain) = (way.changes, Chain::new(vec![way.step]));
    let pass = Pass { changes, chain, lattice: true, gain, lead: gain, runner_up: None };
    Some(Attempt { pass: Some(pass), margin })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_characters_are_found_by_their_bytes() {
        for c in '\0'..=char::MAX {
            for text in [format!("{c}"), format!("ab{c}é")] {
                assert_eq!(is_all_text(&text), is_text(c), "{c:?}");
            }
        }
    }
}
