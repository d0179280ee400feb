//! From what is known about an answer to the probability that it is right.
//!
//! In comes an answer on a line, out come [`Signs`]: numbers that tell right answers
//! from wrong ones, among them by how many bits the reading leads the next, what the
//! repair gained, what was lost, and whether the result still looks garbled. The
//! probability is a logistic function of them, with weights of its own for each kind
//! of answer, which `tools/trainer` fits on development cases (`weights`). Counts and
//! bits enter as logarithms: the tenth character lost says less than the first.

use super::pass::Pass;
use super::weights::WEIGHTS;
use crate::channel::Manner;
use crate::model::{BIT, Bits, model};
use crate::suspect::{THRESHOLD, looks};
use memchr::memmem::Finder;
use std::sync::LazyLock;

/// The kinds of answers; each has weights of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AnswerKind {
    /// There is nothing but ASCII, and nothing to search for.
    #[default]
    Ascii,
    /// The line was not searched.
    Unsearched,
    /// The line was searched and is left as it is.
    Standing,
    /// The whole line was read by one chain after the other, and nothing was lost.
    Whole,
    /// Bytes were lost, or only parts of the line were garbled.
    Parts,
}

impl AnswerKind {
    /// All of them, in the order of their weights.
    pub const ALL: [AnswerKind; 5] = [
        AnswerKind::Ascii,
        AnswerKind::Unsearched,
        AnswerKind::Standing,
        AnswerKind::Whole,
        AnswerKind::Parts,
    ];

    /// What the signs of this kind are called, in order.
    pub fn names(self) -> &'static [&'static str] {
        match self {
            AnswerKind::Ascii => &[],
            AnswerKind::Unsearched => LEFT.split_at(LEFT.len() - MARGINS).0,
            AnswerKind::Standing => &LEFT,
            AnswerKind::Whole => REPAIRED.split_at(MOST - LOSSES).0,
            AnswerKind::Parts => &REPAIRED,
        }
    }
}

/// Signs of a line that is left as it is; the last are of one that was searched. Logarithms are those of one more, to base 2.
const LEFT: [&str; 14] = [
    "log bits of the scan",
    "bits of the scan, below its threshold",
    "the scan reaches its threshold",
    "log bits of the second look",
    "log characters beyond ASCII",
    "log bytes",
    "log characters of CJK",
    "log question marks",
    "question marks beside CJK",
    "log U+FFFD",
    "log bits of the scan, in CJK",
    "log bits of the second look, in CJK",
    "bits by which other readings cost more, 50 at most",
    "the same, 0 to 8",
];
/// How many are.
const MARGINS: usize = 2;

/// Signs of a repaired line; the last say what was lost.
const REPAIRED: [&str; 25] = [
    "log bits ahead of the next reading",
    "the same bits, 20 at most",
    "log bits gained",
    "log characters beyond ASCII before",
    "log characters beyond ASCII after",
    "log bits of the scan after",
    "log bits of the second look after",
    "still garbled",
    "steps",
    "written in UTF-8",
    "bits a character beyond ASCII after",
    "bits that the chain costs, in tens",
    "log question marks before",
    "log U+FFFD before",
    "an escape",
    "log U+FFFD after",
    "U+FFFD after",
    "log question marks after",
    "bits of doubt about inferred characters, 40 at most",
    "their square root, of 100 at most",
    "certainty of the least sure",
    "out of step",
    "bits gained a character",
    "log characters of CJK before",
    "their doubt, out of step",
];
/// How many do.
const LOSSES: usize = 10;

/// The most signs that a kind has.
pub const MOST: usize = REPAIRED.len();

/// What is known about an answer on a line.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Signs {
    /// Which weights are taken.
    pub kind: AnswerKind,
    /// In the order of [`AnswerKind::names`], zeros behind them.
    pub values: [f32; MOST],
}

impl Signs {
    /// Signs of a line that does not deserve a search, by the sums of the two looks at it.
    pub fn unsearched(line: &str, sums: [i32; 2]) -> Signs {
        if line.is_ascii() {
            return Signs::default();
        }
        Signs::new(AnswerKind::Unsearched, left(line, sums))
    }

    /// Signs of a line as it stands, which other readings miss by a margin in eighths
    /// of a bit.
    pub fn standing(line: &str, margin: i64) -> Signs {
        let margin = margin.clamp(-50 * i64::from(BIT), 50 * i64::from(BIT)) as f32 / BIT as f32;
        let margins = [margin, margin.clamp(0.0, 8.0)];
        Signs::new(AnswerKind::Standing, left(line, looks(line, 0).sums()).chain(margins))
    }

    /// Signs of a line as it stands, of whose looks the scan's sum in eighths of a bit is
    /// known, and that it is garbled by far.
    pub fn left_garbled(scan: i32) -> Signs {
        let sum = log(scan as f32 / 8.0);
        Signs::new(AnswerKind::Standing, [sum, THRESHOLD as f32 / 8.0, 1.0, sum].into_iter())
    }

    /// Signs of a line that passes made into a text.
    pub fn repaired(line: &str, passes: &[Pass], text: &str) -> Signs {
        let left = looks(text, 0);
        let cost = bits(model().active_cost(text)) / (1.0 + Counts::of(text).letters);
        Signs::made(line, passes, text, left.sums(), left.show_damage(text, 0), cost)
    }

    /// Signs of a line repaired by habit, of whose text the scan is all that was looked at,
    /// with a sum in eighths of a bit: no other look is worth its cost.
    pub fn habitual(line: &str, passes: &[Pass], text: &str, scan: i32) -> Signs {
        Signs::made(line, passes, text, [scan, 0], false, USUAL)
    }

    fn made(
        line: &str,
        passes: &[Pass],
        text: &str,
        [scan, second]: [i32; 2],
        still_garbled: bool,
        cost: f32,
    ) -> Signs {
        let [lattice, escape, out_of_step] = [
            passes.iter().any(|pass| pass.lattice),
            passes.iter().any(|pass| pass.chain.steps().iter().any(|s| s.manner != Manner::Plain)),
            passes.iter().any(Pass::is_out_of_step),
        ];
        let steps = || passes.iter().flat_map(|pass| pass.chain.steps());
        let certainties = || passes.iter().flat_map(|pass| &pass.changes).map(|c| c.certainty);
        let doubt: f32 = certainties().map(|certainty| -certainty.max(1e-9).log2()).sum();
        let root = doubt.clamp(0.0, 100.0).sqrt();
        let lead = passes.iter().map(|pass| pass.lead).min().unwrap_or_default();
        let gain = passes.iter().fold(0, |sum: Bits, pass| sum.saturating_add(pass.gain));
        let prior = steps().fold(0, |sum: Bits, step| sum.saturating_add(step.prior()));
        let (before, after) = (Counts::of(line), Counts::of(text));
        let flag = |on: bool| f32::from(u8::from(on));
        let values: [f32; MOST] = [
            log(bits(lead)),
            bits(lead).min(20.0),
            log(bits(gain)),
            log(before.letters),
            log(after.letters),
            log(scan as f32 / 8.0),
            log(second as f32 / 8.0),
            flag(still_garbled),
            steps().count() as f32,
            flag(steps().next().is_some_and(|step| step.is_utf8())),
            cost,
            bits(prior) / 10.0,
            log(before.questions),
            log(before.lost),
            flag(escape),
            log(after.lost),
            flag(after.lost > 0.0),
            log(after.questions),
            doubt.min(40.0),
            root,
            certainties().fold(1.0, f32::min),
            flag(out_of_step),
            bits(gain) / (1.0 + before.letters),
            log(before.wide),
            if out_of_step { root } else { 0.0 },
        ];
        if lattice {
            Signs::new(AnswerKind::Parts, values.into_iter())
        } else {
            Signs::new(AnswerKind::Whole, values.into_iter().take(MOST - LOSSES))
        }
    }

    fn new(kind: AnswerKind, signs: impl Iterator<Item = f32>) -> Signs {
        let mut values = [0.0; MOST];
        for (slot, sign) in values.iter_mut().zip(signs) {
            *slot = sign;
        }
        Signs { kind, values }
    }

    /// Probability, 0 to 1, that the answer is right.
    pub fn probability(&self) -> f32 {
        self.probability_with(WEIGHTS.get(self.kind as usize).copied().unwrap_or_default())
    }

    /// Probability, 0 to 1, that the answer is right under other weights than those of the crate.
    pub fn probability_with(&self, weights: &[i32]) -> f32 {
        let signs = std::iter::once(&1.0).chain(&self.values);
        let sum: f32 = signs.zip(weights).map(|(sign, &weight)| sign * weight as f32 / UNIT).sum();
        1.0 / (1.0 + (-sum.clamp(-SUREST, SUREST)).exp())
    }
}

/// What a character beyond ASCII costs in usual text, in bits.
const USUAL: f32 = 8.0;
/// Weights are stored in thousandths.
pub const UNIT: f32 = 1000.0;
/// The logarithm of the highest odds that are given: 4000 to 1, a few times the cases
/// that the weights were fitted on, each kind by itself.
const SUREST: f32 = 8.3;

/// What is left alone, by its looks.
fn left(line: &str, [scan, second]: [i32; 2]) -> impl Iterator<Item = f32> {
    let counts = Counts::of(line);
    let [first, second] = [scan, second].map(|sum| sum as f32 / 8.0);
    let in_cjk = |on: f32| if counts.wide > 0.0 { on } else { 0.0 };
    [
        log(first),
        scan.min(THRESHOLD) as f32 / 8.0,
        if scan >= THRESHOLD { 1.0 } else { 0.0 },
        log(second),
        log(counts.letters),
        log(line.len() as f32),
        log(counts.wide),
        log(counts.questions),
        in_cjk(counts.questions.min(1.0)),
        log(counts.lost),
        in_cjk(log(first)),
        in_cjk(log(second)),
    ]
    .into_iter()
}

/// How many characters of a text are what signs speak of.
struct Counts {
    /// Beyond ASCII.
    letters: f32,
    /// From U+3000 to U+DFFF, which is CJK but for little.
    wide: f32,
    questions: f32,
    /// U+FFFD.
    lost: f32,
}

impl Counts {
    fn of(text: &str) -> Counts {
        Counts {
            letters: count(text, |byte| byte >= 0xC0),
            wide: count(text, |byte| (0xE3..=0xED).contains(&byte)),
            questions: count(text, |byte| byte == b'?'),
            lost: lost(text) as f32,
        }
    }
}

/// How many U+FFFD a text has.
fn lost(text: &str) -> usize {
    static LOST: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\u{FFFD}"));
    LOST.find_iter(text.as_bytes()).count()
}

/// How many bytes of a text are such, summed in bytes as long as they hold it: inlined,
/// thirty-two are looked at together.
#[inline]
fn count(text: &str, is: impl Fn(u8) -> bool) -> f32 {
    let few = |bytes: &[u8]| bytes.iter().fold(0, |sum: u8, &byte| sum + u8::from(is(byte)));
    text.as_bytes().chunks(224).map(|bytes| u32::from(few(bytes))).sum::<u32>() as f32
}

fn bits(cost: Bits) -> f32 {
    cost as f32 / BIT as f32
}

fn log(count: f32) -> f32 {
    (1.0 + count.max(0.0)).log2()
}

#[cfg(test)]
mod tests;
