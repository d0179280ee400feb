//! Which misreadings are worth a run through the lattice.
//!
//! In comes a line that no chain explains as a whole; out come the few misreadings
//! that explain most of its parts. A part is a run of characters that the reading
//! charset has, without those that decoders put in the place of lost bytes; it is
//! decoded leniently, and what it gains over standing as it is counts for the pair.

use super::chain::Misreading;
use super::evidence::Evidence;
use super::layers::standing_cost;
use super::undo::{byte_costs, sides};
use crate::charset::{Charset, charsets_with};
use crate::model::{BIT, Bits, model};
use std::collections::{HashMap, HashSet};

/// Misreadings that are suggested at most.
const SUGGESTIONS: usize = 4;
/// What a malformed sequence costs in a part.
const MALFORMED: Bits = 9 * BIT;
/// What a part must gain to count.
const LEAST: Bits = 4 * BIT;

/// Suggests misreadings, the most promising first.
pub fn suggest(line: &str, evidence: &Evidence) -> Vec<Misreading> {
    let mut gains: HashMap<Misreading, Bits> = HashMap::new();
    let mut seen: HashSet<(&str, Vec<u8>)> = HashSet::new();
    for &read in &sides().usual_read {
        for part in parts(line, read) {
            let mut bytes = Vec::new();
            if read.encode(part, &mut bytes).is_err() || !seen.insert((part, bytes.clone())) {
                continue;
            }
            let before = standing_cost(part);
            let letters: Bits = letters_cost(part);
            for written in sides().usual_written.iter().copied().filter(|&c| c != read) {
                if single_byte_cost(written, &bytes).is_some_and(|cost| cost > letters) {
                    continue;
                }
                let after = lenient_cost(written, &bytes);
                if before > after + LEAST {
                    *gains.entry(Misreading { written, read }).or_default() += before - after;
                }
            }
        }
    }
    let mut ranked: Vec<(Bits, Misreading)> = gains
        .into_iter()
        .map(|(misreading, gain)| (gain.saturating_sub(evidence.prior(misreading)), misreading))
        .filter(|&(gain, _)| gain > 0)
        .collect();
    ranked.sort_by_key(|&(gain, misreading)| (std::cmp::Reverse(gain), misreading));
    ranked.truncate(SUGGESTIONS);
    let mut all: Vec<Misreading> = ranked.into_iter().map(|(_, misreading)| misreading).collect();
    all.extend(out_of_step(line));
    all
}

/// What the characters beyond ASCII cost one by one.
fn letters_cost(part: &str) -> Bits {
    part.chars().filter(|c| !c.is_ascii()).map(|c| model().anywhere(c)).sum()
}

/// What the bytes cost one by one in a single-byte charset.
fn single_byte_cost(charset: Charset, bytes: &[u8]) -> Option<Bits> {
    let costs = byte_costs(charset)?;
    let beyond = bytes.iter().filter(|b| !b.is_ascii());
    Some(beyond.fold(0, |sum: Bits, &b| {
        sum.saturating_add(costs.get(usize::from(b)).copied().unwrap_or(0))
    }))
}

/// Runs of the line that `read` has all characters of, and that are not ASCII.
fn parts(line: &str, read: Charset) -> impl Iterator<Item = &str> {
    line.split(move |c: char| {
        matches!(c, '\u{FFFD}' | '?' | '・' | ' ')
            || !c.is_ascii() && charsets_with(c) >> read.index() & 1 == 0
    })
    .filter(|part| !part.is_ascii())
}

/// The cost of bytes read as `written`, malformed sequences at a fixed price.
fn lenient_cost(written: Charset, bytes: &[u8]) -> Bits {
    let mut text = String::with_capacity(bytes.len());
    written.decode_lossy(bytes, &mut text);
    let lost = text.matches('\u{FFFD}').count() as Bits;
    if lost == 0 {
        return model().active_cost(&text);
    }
    text.split('\u{FFFD}').map(|part| model().active_cost(part)).sum::<Bits>() + lost * MALFORMED
}

/// Double-byte charsets that the line may have fallen out of step in.
fn out_of_step(line: &str) -> impl Iterator<Item = Misreading> {
    // Text out of step is full of rare characters and of question marks.
    let odd = |c: char| {
        matches!(c, '?' | '\u{FFFD}') || c >= '\u{2E80}' && model().anywhere(c) >= 15 * BIT
    };
    let wide = line.chars().filter(|&c| c >= '\u{2E80}').count() >= 4
        && line.chars().filter(|&c| odd(c)).count() >= 2;
    [Charset::GBK, Charset::BIG5, Charset::SHIFT_JIS, Charset::EUC_JP, Charset::EUC_KR]
        .into_iter()
        .filter(move |charset| {
            let wide_only = |&c: &char| c >= '\u{2E80}' && c != '\u{FFFD}';
            wide && line.chars().filter(wide_only).all(|c| charset.contains(c))
        })
        .map(|charset| Misreading { written: charset, read: charset })
}
