//! Counts n-grams of symbols, estimates their probabilities, and keeps those
//! that say the most.
//!
//! The estimate is interpolated absolute discounting: with `c` the count of an
//! n-gram, `n` and `t` the number of tokens and of types after its context,
//!
//! `P(s | context) = (c - d) / n + d * t / n * P(s | shorter context)`.
//!
//! An n-gram is kept if it, its context or its suffix serves one that is kept, or
//! if `c * (cost without it - cost with it)` reaches a threshold. What is left
//! of each context's probability is renormalised into a back-off weight.

use crate::fixed::{self, ONE, Probability};
use std::collections::HashMap;
use ungarble::model::layout::{self, FIRST_CJK, FIRST_LETTER};

/// The longest n-gram, in symbols: of alphabets, and where CJK takes part.
pub const ORDER: usize = 5;
const ORDER_CJK: usize = 3;

/// The discount, in sixteenths of a token.
const DISCOUNT: u64 = 12;

/// Symbols, oldest first, 14 bits each, the newest in the lowest bits. The order
/// is kept beside it: symbol 0 is a symbol like any other.
type Key = u128;

fn key(symbols: &[u16]) -> Key {
    symbols.iter().fold(0, |key, &s| key << 14 | Key::from(s))
}

fn newest(key: Key) -> u16 {
    (key & 0x3FFF) as u16
}

fn context(key: Key) -> Key {
    key >> 14
}

fn suffix(key: Key, order: usize) -> Key {
    key & ((1 << (14 * (order - 1))) - 1)
}

/// The symbols of a key, oldest first.
pub fn unpack(key: Key, order: usize) -> Vec<u16> {
    (0..order).rev().map(|i| ((key >> (14 * i)) & 0x3FFF) as u16).collect()
}

/// Whether an n-gram is no longer than those of its script.
fn is_kept(gram: &[u16]) -> bool {
    gram.len() <= ORDER_CJK || gram.iter().all(|&s| s < FIRST_CJK)
}

/// N-grams of symbols, oldest first, and how often each occurs.
pub type Counted = Vec<(Vec<u16>, u64)>;

/// What stands behind the same symbols.
#[derive(Default)]
struct Behind {
    letters: u64,
    blanks: u64,
    new_letters: u64,
    new_blanks: u64,
}

/// Counts of all n-grams, one sorted list an order.
pub struct Counts {
    lists: Vec<Vec<(Key, u64)>>,
}

impl Counts {
    pub fn new() -> Self {
        Counts { lists: vec![Vec::new(); ORDER] }
    }

    /// Adds the n-grams of texts (as symbols, with a blank at both ends).
    pub fn add(&mut self, texts: &[Vec<u16>], weight: u64) {
        for order in 1..=ORDER {
            let mut keys: Vec<Key> = Vec::new();
            for text in texts {
                for window in text.windows(order) {
                    if is_kept(window) {
                        keys.push(key(window));
                    }
                }
            }
            keys.sort_unstable();
            let list = &mut self.lists[order - 1];
            let floor = if order > 3 { 2 } else { 1 };
            for run in keys.chunk_by(|a, b| a == b) {
                if run.len() >= floor {
                    list.push((run[0], run.len() as u64 * weight));
                }
            }
        }
    }

    /// Adds n-grams that were counted elsewhere.
    pub fn add_counted(&mut self, grams: Counted) {
        for (gram, count) in grams.into_iter().filter(|(gram, _)| is_kept(gram)) {
            self.lists[gram.len() - 1].push((key(&gram), count));
        }
    }

    /// Takes in the n-grams of words, beside which no marks were counted. Marks become as many
    /// more as the blanks behind the same letters do; where words have no edges, all that is no
    /// letter becomes as many more as the letters do.
    pub fn join(&mut self, words: Counts) {
        self.merge();
        for (own, added) in self.lists.iter_mut().zip(words.lists) {
            let mut contexts: HashMap<Key, Behind> = HashMap::new();
            for &(key, count) in &added {
                let behind = contexts.entry(context(key)).or_default();
                *if layout::is_blank(newest(key)) {
                    &mut behind.new_blanks
                } else {
                    &mut behind.new_letters
                } += count;
            }
            for &(key, count) in own.iter() {
                if let Some(behind) = contexts.get_mut(&context(key)) {
                    match newest(key) {
                        FIRST_LETTER.. => behind.letters += count,
                        symbol if layout::is_blank(symbol) => behind.blanks += count,
                        _ => {}
                    }
                }
            }
            for (key, count) in own.iter_mut() {
                let Some(behind) = contexts.get(&context(*key)) else { continue };
                let (more, had) = match (newest(*key), behind.new_blanks) {
                    (FIRST_LETTER.., _) => continue,
                    (_, 0) => (behind.new_letters, behind.letters),
                    (symbol, _) if layout::is_blank(symbol) => continue,
                    (_, blanks) => (blanks, behind.blanks),
                };
                if had > 0 {
                    *count += (u128::from(*count) * u128::from(more) / u128::from(had)) as u64;
                }
            }
            own.extend(added);
        }
    }

    /// Sums the counts of equal n-grams.
    fn merge(&mut self) {
        for list in &mut self.lists {
            list.sort_unstable();
            let mut merged: Vec<(Key, u64)> = Vec::with_capacity(list.len());
            for &(key, count) in list.iter() {
                match merged.last_mut() {
                    Some(last) if last.0 == key => last.1 += count,
                    _ => merged.push((key, count)),
                }
            }
            *list = merged;
        }
    }
}

/// One n-gram of the finished model.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub key: Key,
    /// Cost of the last symbol given the others, in 1/256 bit.
    pub cost: u32,
    /// Cost of backing off from this n-gram as a context, in 1/256 bit.
    pub back_off: u32,
}

/// Estimates and prunes. Returns one list an order; of order 1 every symbol.
/// `budget` is the number of n-grams of order 2 and up that may be kept.
pub fn estimate(mut counts: Counts, symbols: usize, budget: usize) -> Vec<Vec<Entry>> {
    counts.merge();
    let lists = counts.lists;
    // Unigrams: add one sixteenth of the smallest weight to each symbol.
    let counted = lists[0].iter().filter(|&&(key, _)| !layout::is_word(key as u16));
    let tokens: u64 = counted.clone().map(|&(_, c)| c).sum::<u64>() + symbols as u64;
    let mut unigrams = vec![fixed::ratio(1, tokens); symbols];
    // No clean text holds U+FFFD; a repaired one may.
    unigrams[usize::from(layout::REPLACEMENT)] = fixed::ratio(1, 1 << 16);
    for &(key, count) in counted {
        unigrams[key as usize] = fixed::ratio(count + 1, tokens);
    }
    let mut full: Vec<Vec<Probability>> = vec![unigrams.clone()];
    // gain[order-1][i]: how many units of 1/256 bit the n-gram saves over the corpus.
    let mut gains: Vec<Vec<u64>> = vec![Vec::new()];
    for order in 2..=ORDER {
        let list = &lists[order - 1];
        let shorter = &lists[order - 2];
        let find = |key: Key| {
            let suffix = suffix(key, order);
            if order == 2 {
                return full[0][suffix as usize];
            }
            match shorter.binary_search_by_key(&suffix, |&(k, _)| k) {
                Ok(i) => full[order - 2][i],
                Err(_) => 1,
            }
        };
        let mut probabilities = Vec::with_capacity(list.len());
        let mut gain = Vec::with_capacity(list.len());
        for group in list.chunk_by(|a, b| context(a.0) == context(b.0)) {
            let tokens: u64 = group.iter().map(|&(_, c)| c).sum();
            let types = group.len() as u64;
            // The discount is in units of the mean weight of a token of this context.
            let unit = group.iter().map(|&(_, c)| c).min().unwrap_or(1);
            let discount = (unit * DISCOUNT / 16).max(1);
            let left = fixed::ratio(discount * types, tokens);
            for &(key, count) in group {
                let low = find(key);
                let backed = fixed::product(left, low).max(1);
                let p = (fixed::ratio(count - discount.min(count), tokens) + backed).min(ONE);
                probabilities.push(p);
                let (with, without) = (fixed::cost(p), fixed::cost(backed));
                let saved = u64::from(without.saturating_sub(with)) * count;
                gain.push(saved * worth(key, order));
            }
        }
        full.push(probabilities);
        gains.push(gain);
    }
    let threshold = threshold(&gains, budget);
    let kept = closure(&lists, &gains, threshold);
    finish(&lists, &full, &kept, &unigrams)
}

/// How much a saved bit counts: short n-grams and those of CJK, whose corpora hold
/// few of the many, say more about other text.
fn worth(key: Key, order: usize) -> u64 {
    let cjk = unpack(key, order).into_iter().any(|s| s >= FIRST_CJK);
    match (cjk, order) {
        (true, 2) => 36,
        (true, _) => 15,
        (false, 2 | 3) => 6,
        (false, 4) => 2,
        (false, _) => 1,
    }
}

/// The gain that `budget` n-grams reach. Those kept for others' sake come on top, fewer
/// than one in a hundred: an n-gram's context and suffix are commoner than it is.
fn threshold(gains: &[Vec<u64>], budget: usize) -> u64 {
    let mut all: Vec<u64> = gains.iter().flatten().copied().collect();
    let Some(at) = all.len().checked_sub(budget) else { return 0 };
    *all.select_nth_unstable(at).1
}

/// Which n-grams stay: those that reach the threshold, with their contexts and suffixes.
fn closure(lists: &[Vec<(Key, u64)>], gains: &[Vec<u64>], threshold: u64) -> Vec<Vec<bool>> {
    let mut kept: Vec<Vec<bool>> =
        gains.iter().map(|gain| gain.iter().map(|&g| g >= threshold).collect()).collect();
    for order in (3..=ORDER).rev() {
        let (shorter, longer) = kept.split_at_mut(order - 1);
        for (&(key, _), _) in lists[order - 1].iter().zip(&longer[0]).filter(|&(_, &k)| k) {
            for part in [context(key), suffix(key, order)] {
                if let Ok(i) = lists[order - 2].binary_search_by_key(&part, |&(k, _)| k) {
                    shorter[order - 2][i] = true;
                }
            }
        }
    }
    kept
}

fn finish(
    lists: &[Vec<(Key, u64)>],
    full: &[Vec<Probability>],
    kept: &[Vec<bool>],
    unigrams: &[Probability],
) -> Vec<Vec<Entry>> {
    let mut out: Vec<Vec<Entry>> = vec![
        unigrams
            .iter()
            .enumerate()
            .map(|(s, &p)| Entry { key: s as Key, cost: fixed::cost(p), back_off: 0 })
            .collect(),
    ];
    // Probability of a kept n-gram of the order below, for the back-off weights.
    let mut below: HashMap<Key, Probability> =
        unigrams.iter().enumerate().map(|(s, &p)| (s as Key, p)).collect();
    for order in 2..=ORDER {
        let rows: Vec<(Key, Probability)> = lists[order - 1]
            .iter()
            .zip(&full[order - 1])
            .zip(&kept[order - 1])
            .filter(|&(_, &k)| k)
            .map(|((&(key, _), &p), _)| (key, p))
            .collect();
        let mut weights: HashMap<Key, u32> = HashMap::new();
        for group in rows.chunk_by(|a, b| context(a.0) == context(b.0)) {
            let (mut seen, mut lower) = (0u64, 0u64);
            for &(key, p) in group {
                seen += p;
                lower += below.get(&suffix(key, order)).copied().unwrap_or(0);
            }
            let floor = ONE / 4096;
            let left = ONE.saturating_sub(seen).max(floor);
            let base = ONE.saturating_sub(lower).max(floor);
            weights.insert(context(group[0].0), fixed::cost(fixed::ratio(left, base).min(ONE)));
        }
        for entry in &mut out[order - 2] {
            entry.back_off = weights.get(&entry.key).copied().unwrap_or(0);
        }
        out.push(
            rows.iter().map(|&(key, p)| Entry { key, cost: fixed::cost(p), back_off: 0 }).collect(),
        );
        below = rows.into_iter().collect();
    }
    out
}
