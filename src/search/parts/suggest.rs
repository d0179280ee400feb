//! Which misreadings are worth a run through the lattice.
//!
//! In comes a line that no chain explains as a whole; out come the few misreadings
//! that explain most of its parts. A part is a run of characters that the reading
//! charset has, without those that decoders put in the place of lost bytes; it is
//! decoded leniently, and what it gains over standing as it is counts for the pair.

use crate::channel::traces::is_replacement;
use crate::channel::{Misreading, byte_costs, letters_cost, sides};
use crate::charset::{Charset, Family, Next, charsets_with};
use crate::model::{BIT, Bits, NEAR, State, is_wide, model};
use crate::search::evidence::Evidence;
use crate::search::standing::part_cost;
use crate::suspect::step::{charsets_gaining, charsets_of, has_all};
use crate::suspect::{near_strays, where_worst};
use crate::text::characters::is_c1;
use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BTreeSet, HashMap};

/// Misreadings that are suggested at most.
const SUGGESTIONS: usize = 4;
/// Characters of a part, and bytes of all parts, that are looked at.
const LONGEST: usize = 256;
const SAMPLE: usize = 2048;
/// What a malformed sequence costs in a part.
const MALFORMED: Bits = 9 * BIT;
/// What a part must gain to count.
const LEAST: Bits = 4 * BIT;

/// Suggests misreadings, the most promising first.
pub fn suggest(line: &str, evidence: &Evidence) -> Vec<Misreading> {
    let ranking = Ranking { gains: gains(line), evidence };
    let mut all: Vec<Misreading> = ranking.by(FIRST).take(SUGGESTIONS).collect();
    all.extend(ranking.rival(&all));
    all.extend(ranking.near(&all));
    for left in left_over(line) {
        if !all.contains(&left) {
            all.push(left);
        }
    }
    // Whole characters in one part after the other are no accident, whatever looks better for
    // losing its worst ones.
    let double = |m: &Misreading| {
        [m.written, m.read].iter().all(|charset| charset.family() == Family::DoubleByte)
    };
    if line.contains(is_replacement)
        && let Some(whole) = ranking.by(WHOLE).find(double)
        && !all.contains(&whole)
    {
        all.push(whole);
    }
    all.extend(out_of_step(line));
    all
}

/// What a misreading gains in the parts of a line that it is the first to have by their bytes,
/// and in all parts that are well-formed.
type Gains = [Bits; 2];

/// Which of them.
const FIRST: fn(Gains) -> Bits = |[first, _]| first;
const WHOLE: fn(Gains) -> Bits = |[_, whole]| whole;

/// What each misreading gains in a line.
fn gains(line: &str) -> HashMap<Misreading, Gains> {
    let mut gains: HashMap<Misreading, Gains> = HashMap::new();
    let mut seen: HashMap<(&str, Vec<u8>), Vec<Gain>> = HashMap::new();
    let mut costs: HashMap<&str, [Bits; 2]> = HashMap::new();
    for &read in &sides().usual_read {
        for part in parts(line, read) {
            let mut bytes = Vec::new();
            if read.encode(part, &mut bytes).is_err() {
                continue;
            }
            let (found, is_first) = match seen.entry((part, bytes)) {
                Entry::Occupied(entry) => (entry.into_mut(), false),
                Entry::Vacant(entry) => {
                    let costs = costs.entry(part);
                    let costs = costs.or_insert_with(|| [part_cost(part), letters_cost(part)]);
                    let found = part_gains(*costs, &entry.key().1);
                    (entry.insert(found), true)
                }
            };
            for &Gain { written, gain, exact } in found.iter().filter(|g| g.written != read) {
                let [first, whole] = gains.entry(Misreading { written, read }).or_default();
                *first += if is_first { gain } else { 0 };
                *whole += if exact { gain } else { 0 };
            }
        }
    }
    gains
}

/// The misreadings of a line, by what they gain.
struct Ranking<'e> {
    gains: HashMap<Misreading, Gains>,
    evidence: &'e Evidence,
}

impl Ranking<'_> {
    /// What one gains, its own cost not paid.
    fn gain(&self, misreading: &Misreading, which: fn(Gains) -> Bits) -> Bits {
        self.gains.get(misreading).copied().map_or(0, which)
    }

    /// Those that gain more than they cost, the best first.
    fn by(&self, which: fn(Gains) -> Bits) -> impl Iterator<Item = Misreading> {
        let gain = |gains, m| which(gains).saturating_sub(self.evidence.prior(m));
        let gains = self.gains.iter().map(|(&m, &gains)| (gain(gains, m), m));
        let mut ranked: Vec<(Bits, Misreading)> = gains.filter(|&(gain, _)| gain > 0).collect();
        ranked.sort_by_key(|&(gain, misreading)| (Reverse(gain), misreading));
        ranked.into_iter().map(|(_, misreading)| misreading)
    }

    /// Charsets that have most parts in common differ in the one that tells them apart.
    fn rival(&self, all: &[Misreading]) -> Option<Misreading> {
        let full = |misreading: &Misreading| self.gain(misreading, WHOLE);
        let most = all.iter().filter(|other| other.is_utf8()).map(full).max()?;
        self.by(WHOLE).find(|rival| rival.is_utf8() && full(rival) > most)
    }

    /// Where one charset has parts that another has not, all that it reads looks good.
    fn near(&self, all: &[Misreading]) -> Option<Misreading> {
        let gain = |misreading: &Misreading| self.gain(misreading, FIRST);
        let most = all.iter().map(gain).max().unwrap_or(0);
        let is_near = |m: &Misreading| m.is_utf8() && !all.contains(m) && gain(m) >= most / 4 * 3;
        self.by(FIRST).find(is_near)
    }
}

/// What is too little to be ranked: what is left of quotes and dashes beside intact text.
fn left_over(line: &str) -> impl Iterator<Item = Misreading> {
    let controls = Misreading { written: Charset::WINDOWS_1252, read: Charset::ISO_8859_1 };
    // Of those in UTF-8, where controls were dropped, the first byte.
    let dropped = Misreading { written: Charset::UTF_8, read: Charset::ISO_8859_1 };
    let is_left = |(at, left): (usize, &str)| {
        line.get(at + left.len()..).is_some_and(|tail| !tail.starts_with(['\u{80}', '€']))
    };
    let controls = line.contains(is_c1).then_some(controls);
    let dropped = line.match_indices('â').any(is_left).then_some(dropped);
    controls.into_iter().chain(dropped)
}

/// What a part gains in a charset that it may have been written in.
struct Gain {
    written: Charset,
    gain: Bits,
    /// Whether its bytes are well-formed.
    exact: bool,
}

/// What the bytes of a part gain in each charset, which costs so much as it stands, and its
/// letters one by one.
fn part_gains([before, letters]: [Bits; 2], bytes: &[u8]) -> Vec<Gain> {
    let most = before.saturating_sub(LEAST);
    let written = sides().usual_written.iter().copied();
    written
        .filter(|&written| single_byte_cost(written, bytes).is_none_or(|cost| cost <= letters))
        .filter_map(|written| {
            let (after, exact) = lenient_cost(written, bytes, most)?;
            Some(Gain { written, gain: before - after, exact })
        })
        .collect()
}

/// What the bytes cost one by one in a single-byte charset.
fn single_byte_cost(charset: Charset, bytes: &[u8]) -> Option<Bits> {
    let costs = byte_costs(charset)?;
    let beyond = bytes.iter().filter(|b| !b.is_ascii());
    Some(beyond.fold(0, |sum: Bits, &b| {
        sum.saturating_add(costs.get(usize::from(b)).copied().unwrap_or(0))
    }))
}

/// Runs of the line that `read` has all characters of, and that are not ASCII; the first
/// of them, and their beginnings.
fn parts(line: &str, read: Charset) -> impl Iterator<Item = &str> {
    line.split(move |c: char| {
        matches!(c, '\u{FFFD}' | '?' | '・' | ' ')
            || !c.is_ascii() && charsets_with(c) >> read.index() & 1 == 0
    })
    .filter(|part| !part.is_ascii())
    .scan(0, |taken, part| {
        let end = part.char_indices().map(|(at, _)| at).nth(LONGEST).unwrap_or(part.len());
        let part = part.get(..end).unwrap_or(part);
        *taken += part.len();
        (*taken <= SAMPLE).then_some(part)
    })
}

/// The cost of bytes read as `written`, malformed sequences at a fixed price, if it is less
/// than `most`; and whether all are well-formed.
fn lenient_cost(written: Charset, bytes: &[u8], most: Bits) -> Option<(Bits, bool)> {
    let mut meter = Meter::default();
    let mut exact = true;
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        at += match written.decode_next(rest) {
            Next::Char(c, length) => {
                meter.read(c);
                length
            }
            Next::Pair(first, second, length) => {
                meter.read(first);
                meter.read(second);
                length
            }
            Next::Malformed(length) => {
                meter.lose();
                exact = false;
                length.max(1)
            }
            Next::Incomplete => {
                meter.lose();
                exact = false;
                rest.len()
            }
        };
        if meter.sum >= most {
            return None;
        }
    }
    meter.end();
    (meter.sum < most).then_some((meter.sum, exact))
}

/// What characters cost that are read one after the other: [`Model::active_cost`] of what
/// stands between malformed sequences.
///
/// [`Model::active_cost`]: crate::model::Model::active_cost
#[derive(Default)]
struct Meter {
    sum: Bits,
    state: State,
    /// How many more characters of ASCII count.
    near: usize,
}

impl Meter {
    fn read(&mut self, c: char) {
        let cost = model().step(&mut self.state, c);
        let counts = !c.is_ascii() || self.near > 0;
        self.near = if c.is_ascii() { self.near.saturating_sub(1) } else { NEAR };
        if counts {
            self.sum = self.sum.saturating_add(cost);
        }
    }

    fn end(&mut self) {
        self.sum = self.sum.saturating_add(model().step(&mut self.state, ' '));
    }

    fn lose(&mut self) {
        self.end();
        *self = Meter { sum: self.sum.saturating_add(MALFORMED), ..Meter::default() };
    }
}

/// Double-byte charsets that the line may have fallen out of step in.
fn out_of_step(line: &str) -> Vec<Misreading> {
    // Text out of step is full of rare characters and of question marks.
    let odd = |c: char| is_replacement(c) || is_wide(c) && model().anywhere(c) >= 15 * BIT;
    if line.chars().filter(|&c| is_wide(c)).count() < 4
        || line.chars().filter(|&c| odd(c)).count() < 2 && near_strays(line).next().is_none()
    {
        return Vec::new();
    }
    // Where nothing was lost, it must show.
    let charsets = match line.contains(is_replacement) {
        true => charsets_of(line).collect::<Vec<_>>(),
        false => {
            let worst = line.get(where_worst(line));
            let parts = worst.into_iter().chain(near_strays(line));
            let gaining: BTreeSet<Charset> = parts.flat_map(charsets_gaining).collect();
            gaining.into_iter().filter(|&charset| has_all(charset, line)).collect()
        }
    };
    let both = |charset| Misreading { written: charset, read: charset };
    charsets.into_iter().map(both).collect()
}
