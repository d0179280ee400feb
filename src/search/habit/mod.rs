//! Lines of a document that was garbled by one program: what repaired its other lines is
//! tried before all else.
//!
//! In comes a line and what was shown so far; out comes what the habitual chain makes of
//! it, if that is to be believed without a search, and nothing otherwise.

mod alike;

use self::alike::makes_better_text;
use crate::channel::traces::is_replacement;
use crate::channel::{Chain, Layer, Manner};
use crate::charset::Family;
use crate::model::{BIT, Bits, model};
use crate::search::confidence::Signs;
use crate::search::evidence::Evidence;
use crate::search::found::Found;
use crate::search::parts::{Run, identity, ways_of};
use crate::search::pass::{Attempt, CLEAR, Change, Pass, apply_changes};
use crate::search::standing::{part_cost, standing_cost};
use crate::suspect::{Looks, THRESHOLD, alarm, is_still_garbled, looks, where_worst};
use crate::text::blocks::any_pair;
use crate::text::characters::is_text;

/// Eighths of a bit by which a line must look more garbled than what the document's
/// habitual chain makes of it, and than intact lines do.
const GARBLED_BY_LOOKS: i32 = 8 * BIT as i32;

/// What is left of a line's looks, in a document that one chain garbled, one part in so many
/// is odd words.
const OF_WHAT_WAS: i32 = 16;

/// Characters of its worst part that are compared.
const SAMPLE: usize = 32;

/// Repairs a line by the chain that repaired most lines of the document, if the line looks
/// garbled by far and what comes out does not at all: what [`super::repair`] would find, at a
/// hundredth of the cost. `first` is the highest sum of the scan over the line. Says also what
/// is seen of what came out.
pub fn by_habit(line: &str, first: i32, evidence: &mut Evidence) -> Option<(Found, Looks)> {
    let (chain, text, left, gain) = evidence.habits().find_map(|chain| {
        let (text, left, gain) = undone_by_habit(line, chain, evidence, first)?;
        Some((chain.clone(), text, left, gain))
    })?;
    evidence.add(&chain);
    Some((found(line, text, &chain, gain, [first, left.first]), left))
}

/// Whether no habitual chain can have made a text.
pub fn is_beyond_habit(text: &str, evidence: &Evidence) -> bool {
    evidence.habits().all(|chain| chain.undo(text).is_none())
}

/// What is told of a line that a chain is believed to have garbled, with the highest sum of
/// the scan over the line and over what came out.
fn found(line: &str, text: String, chain: &Chain, gain: Bits, [looks, left]: [i32; 2]) -> Found {
    let passes = vec![Pass {
        changes: vec![Change::certain(0..line.len(), text.clone(), None)],
        chain: chain.clone(),
        lattice: false,
        gain,
        lead: gain,
        runner_up: None,
    }];
    let repaired = Signs::habitual(line, &passes, &text, left);
    Found { passes, text, repaired, standing: Signs::left_garbled(looks) }
}

/// Whether all that a chain misread can be told from what came of it.
fn is_exact(chain: &Chain) -> bool {
    chain.steps().iter().all(|step| {
        step.manner == Manner::Plain
            && (step.is_utf8() || step.misreading.read.family() == Family::SingleByte)
    })
}

/// How much better than a line what comes out must be, beside what the evidence asks for.
const BETTER: Bits = 2 * BIT;

/// Looks again at a line that was left alone, once all of the document was seen: where a
/// chain garbled most of it, few signs and a small gain are enough.
pub fn in_the_light_of_all(line: &str, evidence: &Evidence) -> Option<Found> {
    let chain = evidence.habits().next().filter(|chain| is_exact(chain) && !line.is_ascii())?;
    let text = chain.undo(line).filter(|text| text != line)?;
    let prior: Bits = chain.steps().iter().map(|&step| evidence.prior(step)).sum();
    // Where most lines were garbled, one that names charsets is no more likely to show it.
    let standing = match evidence.is_settled() {
        true => model().active_cost(line),
        false => standing_cost(line),
    };
    let gain = standing.checked_sub(model().active_cost(&text))?;
    if gain < BETTER + prior {
        return None;
    }
    let left = left_in(&text, 0)?;
    Some(found(line, text, chain, gain, [alarm(line), left.first]))
}

/// What a habitual chain makes of a line over which the scan sums up so much, what is seen of
/// that, and the bits that it gains, if it is to be believed.
fn undone_by_habit(
    line: &str,
    chain: &Chain,
    evidence: &Evidence,
    first: i32,
) -> Option<(String, Looks, Bits)> {
    if !is_exact(chain) {
        return None;
    }
    // Well-formed UTF-8 is no accident, but anything can be read in a single byte each.
    let is_utf8 = chain.steps().iter().all(Layer::is_utf8);
    let by_looks = is_utf8 || evidence.is_settled() && first >= GARBLED_BY_LOOKS;
    let least = if is_utf8 || evidence.is_settled() { THRESHOLD } else { GARBLED_BY_LOOKS };
    if first < least {
        return None;
    }
    let text = chain.undo(line)?;
    let most = if evidence.is_settled() { first / OF_WHAT_WAS } else { 0 };
    let left = left_in(&text, most)?;
    if let [step] = chain.steps()
        && is_utf8
        && makes_better_text(step.misreading, line, &text, |misreading| evidence.prior(misreading))
    {
        return None;
    }
    let mut gain = first.saturating_sub(left.first).unsigned_abs();
    if !by_looks {
        let worst = line.get(where_worst(line)).unwrap_or_default();
        let sample = worst.char_indices().rev().take(SAMPLE).last();
        let part = worst.get(sample.map_or(0, |(at, _)| at)..).unwrap_or_default();
        let undone = chain.undo(part)?;
        gain = part_cost(part).saturating_sub(model().active_cost(&undone));
        if gain < GARBLED_BY_LOOKS.unsigned_abs() {
            return None;
        }
    }
    Some((text, left, gain))
}

/// What is seen of a text that a chain made, if it is text and does not look garbled any more,
/// or by no more than so much.
fn left_in(made: &str, most: i32) -> Option<Looks> {
    let left = looks(made, 0);
    let is_right = (left.first < THRESHOLD || !left.show_damage(made, most)) && is_all_text(made);
    is_right.then_some(left)
}

/// Whether there is nothing in a text but what [`is_text`].
fn is_all_text(text: &str) -> bool {
    // Nearly every text is read to its end, so at its bytes. One that may have something odd
    // is looked at once more.
    let may_be_odd = |byte: u8, next: u8| {
        (byte < b' ')
            | (byte == 0x7F)
            | (byte == 0xC2) & (next < 0xA0)
            | (byte == 0xEF) & ((next == 0xB7) | (next == 0xBF))
            | (byte >= 0xF1)
    };
    !any_pair(text.as_bytes(), may_be_odd) || text.chars().all(is_text)
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
