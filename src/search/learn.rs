//! Which misreadings lead from one text to another, where both are known.
//!
//! In come a garbled line and what it was; out comes what to undo, one thing after the
//! other. Nothing is guessed from language: every misreading is run, forward from the
//! right text and backward from the garbled one, until both meet. Where bytes were lost
//! they never do; then the misreading is taken whose damage comes nearest.

use super::escapes;
use super::pass::Undone;
use super::replay::run;
use crate::channel::{Chain, Layer, Misreading};
use crate::charset::Charset;
use crate::model::Bits;
use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};
use std::iter;

/// Texts that are carried on from a step back to the one before it.
const KEPT: usize = 48;
/// Steps back at most; with the one step forward they make four layers.
const STEPS_BACK: usize = 3;
/// Damages that are set against the garbled text character by character.
const COMPARED: usize = 24;
/// Characters that are compared.
const LENGTH: usize = 400;
/// Of ten characters beyond ASCII so many must come out as they are, for the misreading to be the one.
const ALIKE: usize = 4;

/// What to undo in `garbled` to come back to `right`, or nearer to it where bytes were lost.
pub fn learn(garbled: &str, right: &str) -> Option<Vec<Undone>> {
    // A few characters become any others in as many steps.
    let kinds = garbled.chars().collect::<HashSet<_>>().len();
    let meet = |texts| meet(sample(texts)?).filter(|chain| chain.steps().len() <= kinds);
    let inner = differing(garbled, right);
    let whole = iter::once_with(|| meet((garbled, right))).flatten();
    let whole =
        whole.flat_map(|chain| [in_parts(&chain), vec![Undone::Whole(chain)]].into_iter().rev());
    let parts = iter::once_with(|| meet(inner)).flatten().map(|chain| in_parts(&chain));
    let lossy = iter::once_with(|| lossy(inner.0, inner.1)).flatten();
    let mut nearest = (likeness(garbled, right), None);
    for way in whole.chain(parts).chain(lossy) {
        let made = run(garbled, &way);
        if made == right {
            return Some(way);
        }
        let alike = likeness(&made, right);
        if alike >= RELATED && alike > nearest.0 {
            nearest = (alike, Some(way));
        }
    }
    nearest.1
}

/// Of a thousand characters so many must come out right, for two texts to be one: two sentences of
/// a language have half of their letters in common, and in order.
const RELATED: usize = 650;
/// The same for a way that another line taught to be taken where bytes were lost.
const NEAR: usize = 900;

/// Whether what was undone elsewhere leads from a garbled line to the right one, or near to it.
pub fn leads(garbled: &str, right: &str, way: &[Undone]) -> bool {
    let made = run(garbled, way);
    made == right || {
        let alike = likeness(&made, right);
        alike >= NEAR && alike > likeness(garbled, right)
    }
}

/// Bytes of a garbled text that are looked at.
const SAMPLE: usize = 1024;

/// A garbled text and the right one, both up to the same blank if they are long; `None` where
/// there is none.
fn sample<'t>((garbled, right): (&'t str, &'t str)) -> Option<(&'t str, &'t str)> {
    if garbled.len() <= SAMPLE {
        return Some((garbled, right));
    }
    let head = garbled.get(..garbled.floor_char_boundary(SAMPLE))?;
    let blanks = head.matches(' ').count();
    let end = right.match_indices(' ').nth(blanks.checked_sub(1)?)?.0;
    Some((head.get(..head.rfind(' ')?)?, right.get(..end)?))
}

/// How much two texts have in common, of a thousand.
fn likeness(a: &str, b: &str) -> usize {
    let [a, b] = [a, b].map(|text| text.chars().take(LENGTH).collect::<Vec<char>>());
    in_common(&a, &b) * 1000 / a.len().max(b.len()).max(1)
}

/// A chain as passes over the parts of a line, the last misreading undone first. What has
/// a manner of its own finds its parts itself.
fn in_parts(chain: &Chain) -> Vec<Undone> {
    let plain = |step: &Layer| Layer::from(step.misreading) == *step;
    let pass = |step: &Layer| {
        if plain(step) {
            Undone::Parts { misreading: step.misreading, guess: false }
        } else {
            Undone::Whole(Chain::new(vec![*step]))
        }
    };
    chain.steps().iter().rev().map(pass).collect()
}

/// Both texts without what they begin and end with alike.
fn differing<'t>(garbled: &'t str, right: &'t str) -> (&'t str, &'t str) {
    let alike = |(a, b): &(char, char)| a == b;
    let length = |pairs: &mut dyn Iterator<Item = (char, char)>| {
        pairs.take_while(alike).map(|(c, _)| c.len_utf8()).sum::<usize>()
    };
    let start = length(&mut garbled.chars().zip(right.chars()));
    let [garbled, right] = [garbled, right].map(|text| text.get(start..).unwrap_or_default());
    let end = length(&mut garbled.chars().rev().zip(right.chars().rev()));
    let cut = |text: &'t str| text.get(..text.len() - end).unwrap_or_default();
    (cut(garbled), cut(right))
}

/// The likeliest shortest chain in which nothing was lost.
///
/// Some hundred thousand texts are reached on the way, so that all but those carried on are
/// known by their hashes only.
fn meet((garbled, right): (&str, &str)) -> Option<Chain> {
    let forward = one_step_forward(right);
    if let Some(&step) = forward.get(&hash(garbled)) {
        return Some(Chain::new(vec![step]));
    }
    let right = hash(right);
    let mut seen: HashSet<u64> = HashSet::from([hash(garbled)]);
    let mut frontier = vec![(garbled.to_owned(), Chain::default())];
    for _ in 0..STEPS_BACK {
        let mut next: Vec<Reached> = Vec::new();
        for (from, (text, chain)) in frontier.iter().enumerate() {
            let prior = prior(chain);
            for (hash, step) in one_step_back(text, chain.is_empty()) {
                if seen.insert(hash) {
                    next.push(Reached { prior: prior + step.prior(), from, step, hash });
                }
            }
        }
        next.sort_unstable();
        let chain = |reached: &Reached| {
            frontier.get(reached.from).map(|(_, chain)| chain.preceded_by(reached.step))
        };
        if let Some(reached) = next.iter().find(|reached| reached.hash == right) {
            return chain(reached);
        }
        let meeting = next
            .iter()
            .filter_map(|reached| Some((reached, *forward.get(&reached.hash)?)))
            .min_by_key(|&(reached, step)| (reached.prior + step.prior(), reached, step));
        if let Some((reached, step)) = meeting {
            return chain(reached).map(|chain| chain.preceded_by(step));
        }
        // Well-formed UTF-8 is no accident.
        next.sort_by_key(|reached| !reached.step.is_utf8());
        let kept = next.iter().filter_map(|reached| {
            let (text, chain) = frontier.get(reached.from)?;
            Some((reached.step.undo(text)?, chain.preceded_by(reached.step)))
        });
        frontier = kept.take(KEPT).collect();
    }
    None
}

/// A text that a step back from another leads to, in the order of what it costs.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Reached {
    prior: Bits,
    /// Which of the texts that were carried on it comes from.
    from: usize,
    step: Layer,
    hash: u64,
}

/// What a chain costs before any text is seen.
fn prior(chain: &Chain) -> Bits {
    chain.steps().iter().map(|step| step.prior()).sum()
}

fn hash(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

/// What a text becomes by one step, with the likeliest step that makes it so.
fn one_step_forward(text: &str) -> HashMap<u64, Layer> {
    let mut reached: HashMap<u64, Layer> = HashMap::new();
    let mut out = String::new();
    for (written, bytes) in encoded(text, |written| Misreading { written, read: Charset::UTF_8 }) {
        for read in Charset::all().filter(|&read| read != written) {
            out.clear();
            if read.decode_strict(&bytes, &mut out).is_ok() {
                let step = Layer::from(Misreading { written, read });
                let likeliest = reached.entry(hash(&out)).or_insert(step);
                if (step.prior(), step) < (likeliest.prior(), *likeliest) {
                    *likeliest = step;
                }
            }
        }
    }
    for step in escapes::steps() {
        if let Some(out) = step.garble(text) {
            reached.entry(hash(&out)).or_insert(step);
        }
    }
    reached
}

/// What a text may have been one step before.
fn one_step_back(text: &str, last: bool) -> Vec<(u64, Layer)> {
    let mut reached: Vec<(u64, Layer)> = Vec::new();
    let mut out = String::new();
    for (read, bytes) in encoded(text, |read| Misreading { written: Charset::UTF_8, read }) {
        for written in Charset::all().filter(|&written| written != read) {
            out.clear();
            if written.decode_strict(&bytes, &mut out).is_ok() {
                reached.push((hash(&out), Misreading { written, read }.into()));
            }
        }
    }
    let others = escapes::candidates(text, last).into_iter();
    reached.extend(others.map(|found| (hash(&found.text), found.step)));
    // Of steps that lead to one text, the likeliest comes first.
    reached.sort_by_cached_key(|&(_, step)| (step.prior(), step));
    reached
}

/// The bytes of a text in every charset that has all its characters, each byte string
/// once, in the charset of the likeliest misreading.
fn encoded(text: &str, misreading: fn(Charset) -> Misreading) -> Vec<(Charset, Vec<u8>)> {
    let mut charsets: Vec<Charset> = Charset::all().collect();
    charsets.sort_by_cached_key(|&charset| (misreading(charset).prior(), charset.index()));
    let mut seen = HashSet::new();
    let encode = |charset: Charset| {
        let mut bytes = Vec::new();
        charset.encode(text, &mut bytes).ok()?;
        seen.insert(bytes.clone()).then_some((charset, bytes))
    };
    charsets.into_iter().filter_map(encode).collect()
}

/// The misreading whose damage, bytes lost, comes nearest to the garbled text; below a
/// layer of UTF-8 if that comes nearer.
fn lossy(garbled: &str, right: &str) -> Option<Vec<Undone>> {
    let upper = one_step_back(garbled, true).into_iter().map(|(_, step)| step);
    let upper = upper.filter(Layer::is_utf8).filter_map(|s| Some((s.undo(garbled)?, Some(s))));
    let layers = std::iter::once((garbled.to_owned(), None)).chain(upper.take(COMPARED));
    let nearest =
        layers.filter_map(|(text, above)| Some((nearest(&text, right)?, above))).max_by_key(
            |&((alike, misreading), above)| (alike, above.is_none(), std::cmp::Reverse(misreading)),
        );
    let ((_, misreading), above) = nearest?;
    let below = Undone::Parts { misreading, guess: false };
    let above = above.map(|step| Undone::Whole(Chain::new(vec![step])));
    Some(above.into_iter().chain([below]).collect())
}

/// The misreading whose damage to `right` has most in common with `garbled`, and how many
/// thousandths of its characters beyond ASCII.
fn nearest(garbled: &str, right: &str) -> Option<(usize, Misreading)> {
    let garbled = beyond_ascii(garbled);
    if garbled.is_empty() {
        return None;
    }
    let mut bag: HashMap<char, i32> = HashMap::new();
    for &c in &garbled {
        *bag.entry(c).or_default() += 1;
    }
    let mut ranked: Vec<(usize, Vec<char>, Misreading)> = Vec::new();
    for (written, bytes) in encoded(right, |written| Misreading { written, read: Charset::UTF_8 }) {
        for read in Charset::all().filter(|&read| read != written) {
            let mut out = String::new();
            read.decode_lossy(&bytes, &mut out);
            let out = beyond_ascii(&out);
            let mut left = bag.clone();
            let shared = |c: &&char| {
                left.get_mut(c).is_some_and(|count| {
                    *count -= 1;
                    *count >= 0
                })
            };
            let shared = out.iter().filter(shared).count();
            ranked.push((shared, out, Misreading { written, read }));
        }
    }
    ranked.sort_by_key(|&(shared, _, m)| (std::cmp::Reverse(shared), m.prior(), m));
    let compared = ranked.into_iter().take(COMPARED).map(|(_, out, misreading)| {
        let whole = garbled.len().max(out.len());
        (in_common(&garbled, &out) * 1000 / whole.max(1), misreading)
    });
    let best = compared.max_by_key(|&(alike, m)| (alike, std::cmp::Reverse((m.prior(), m))))?;
    (best.0 >= ALIKE * 100).then_some(best)
}

/// The characters beyond ASCII but those that stand for lost ones.
fn beyond_ascii(text: &str) -> Vec<char> {
    text.chars().filter(|c| !c.is_ascii() && *c != '\u{FFFD}').take(LENGTH).collect()
}

/// Length of the longest common subsequence.
fn in_common(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (at, y) in b.iter().enumerate() {
            let left = row.get(at).copied().unwrap_or_default();
            let Some(slot) = row.get_mut(at + 1) else { break };
            let above = *slot;
            *slot = if x == y { diagonal + 1 } else { above.max(left) };
            diagonal = above;
        }
    }
    row.last().copied().unwrap_or_default()
}
