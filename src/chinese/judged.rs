//! The parts of a text, each judged in the light of its line and of the other lines.
//!
//! Text comes in; its parts come out, in order, with what is known about each. A part
//! that says little by itself goes with its line. Lines have a voice each: a line of
//! Han characters alone, amid Japanese lines, is Japanese.

use super::tally::{ALL_IN_JAPANESE, ALL_IN_KOREAN, CLEAR, Tally, Verdict};
use std::ops::Range;

/// What a line may say about a part of it: six bits.
const LINE: u32 = 9;
/// What a text may say about the script of Chinese: four bits.
const TEXT: u32 = 6;
/// What the other lines may say about the language: 13 bits.
const LINES: u32 = 20;

/// What it says besides where most lines are Korean: there, Han characters alone are as
/// usual as in Japanese.
const AMID_KOREAN: u32 = ALL_IN_KOREAN - ALL_IN_JAPANESE;

/// Bytes of a text that are asked for the script of its parts.
const SAMPLE: usize = 1 << 16;

/// A part of a text with what is known about it.
pub(super) struct Part {
    pub(super) range: Range<usize>,
    pub(super) verdict: Verdict,
    /// What its line is, if there are characters in it that Chinese does not have.
    pub(super) of_foreign: Option<Verdict>,
    /// Whether Chinese lines are fewer than others beside it.
    pub(super) amid_others: bool,
}

/// What the lines of a text say.
#[derive(Clone, Copy, Default)]
struct Whole {
    evidence: Tally,
    /// How many are Chinese, Japanese and Korean for sure.
    votes: [u64; 3],
}

impl Whole {
    fn of(text: &str) -> Self {
        let mut whole = Whole::default();
        for line in text.split_inclusive('\n') {
            let evidence = Tally::of(line);
            whole.evidence.join(&evidence);
            let own = vote(&evidence);
            whole.votes.iter_mut().zip(own).for_each(|(votes, own)| *votes += own);
        }
        whole
    }

    /// What it says about a line that says `own` itself, as costs.
    fn beside(&self, own: [u64; 3]) -> [u32; 5] {
        let mut others = self.votes;
        others.iter_mut().zip(own).for_each(|(votes, own)| *votes = votes.saturating_sub(own));
        let voices = others.map(voice);
        let most = voices.into_iter().max().unwrap_or_default();
        let [mut chinese, mut japanese, korean] = voices.map(|voice| (most - voice).min(LINES));
        if korean < chinese.min(japanese) {
            chinese += AMID_KOREAN;
            japanese += AMID_KOREAN;
        }
        let [s, t, .., mixed] = self.evidence.behind(u32::MAX);
        let least = s.min(t).min(mixed);
        let [s, t, mixed] = [s, t, mixed].map(|behind| chinese + (behind - least).min(TEXT));
        [s, t, japanese, korean, mixed]
    }
}

/// The vote of a line, if it is clear.
fn vote(line: &Tally) -> [u64; 3] {
    let costs = line.verdict().languages();
    let mut sorted = costs;
    sorted.sort_unstable();
    let [least, next, _] = sorted;
    let clear = next - least >= CLEAR;
    costs.map(|cost| u64::from(clear && cost == least))
}

/// The logarithm of a number of votes, in units of 1 / 1.5 bits. Of a hundred texts, one
/// is in two languages: the first vote says much, and each further one less.
fn voice(votes: u64) -> u32 {
    (votes * 100 + 1).saturating_pow(3).ilog2() / 2
}

/// The parts that are judged: what lies between punctuation, or, if `coarse`, a whole
/// line that has no character of other languages. Lines that are not `wanted` are passed
/// over.
pub(super) struct Judged<'t> {
    text: &'t str,
    coarse: bool,
    wanted: fn(&str) -> bool,
    /// What the whole text says, once asked.
    whole: Option<Whole>,
    /// What is left of the line, in bytes of the text, and what it says.
    line: Range<usize>,
    of_line: Tally,
    /// What is said about the line elsewhere.
    beside: [u32; 5],
}

impl<'t> Judged<'t> {
    pub(super) fn new(text: &'t str, coarse: bool, wanted: fn(&str) -> bool) -> Self {
        let of_line = Tally::default();
        Judged { text, coarse, wanted, whole: None, line: 0..0, of_line, beside: [0; 5] }
    }

    /// Goes on to the next line that is wanted.
    fn next_line(&mut self) -> Option<&'t str> {
        loop {
            let start = self.line.end;
            let line = self.text.get(start..)?.split_inclusive('\n').next()?;
            self.line = start..start + line.len();
            if (self.wanted)(line) {
                self.of_line = Tally::of(line);
                let whole = *self.whole.get_or_insert_with(|| Whole::of(sample(self.text)));
                self.beside = whole.beside(vote(&self.of_line));
                return Some(line);
            }
        }
    }

    /// Tally with what is said about the line elsewhere.
    fn verdict(&self, mut evidence: Tally) -> Verdict {
        evidence.add(self.beside);
        evidence.verdict()
    }
}

impl Iterator for Judged<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = match self.text.get(self.line.clone()) {
            Some(rest) if !rest.is_empty() => rest,
            _ => self.next_line()?,
        };
        let (length, evidence) = if self.coarse && !self.of_line.foreign {
            (rest.len(), self.of_line)
        } else {
            let part = rest.split_inclusive(ends_part).next().unwrap_or(rest);
            let mut evidence = Tally::of(part);
            evidence.add(self.of_line.behind(LINE));
            (part.len(), evidence)
        };
        let range = self.line.start..self.line.start + length;
        self.line.start = range.end;
        let of_foreign = self.of_line.foreign.then(|| self.verdict(self.of_line));
        let [s, t, j, k, mixed] = self.beside;
        let amid_others = s.min(t).min(mixed) > j.min(k);
        Some(Part { range, verdict: self.verdict(evidence), of_foreign, amid_others })
    }
}

fn sample(text: &str) -> &str {
    text.get(..text.floor_char_boundary(SAMPLE)).unwrap_or_default()
}

/// Whether a part of a sentence, which may be in another language, can end here.
fn ends_part(c: char) -> bool {
    matches!(
        c,
        ',' | '.' | ';' | ':' | '!' | '?' | '(' | ')' | '[' | ']' | '"' | '/' | '<' | '>' | '\t'
            | '\u{2018}'..='\u{201F}' | '\u{3001}' | '\u{3002}' | '\u{3008}'..='\u{3011}'
            | '\u{3014}'..='\u{301B}' | '\u{FF01}' | '\u{FF08}' | '\u{FF09}' | '\u{FF0C}'
            | '\u{FF1A}' | '\u{FF1B}' | '\u{FF1F}' | '\u{2026}'
    )
}
