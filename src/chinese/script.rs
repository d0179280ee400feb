//! Which script a text is in: Simplified, Traditional, Japanese, Korean.
//!
//! Text comes in, a verdict or a verdict for each span goes out. Every character
//! costs each hypothesis some bits, learned from text (`tools/opencc/src/script.rs`);
//! the cheapest hypothesis wins if it wins clearly. All in integers, so that each
//! machine says the same.

use super::twelve::twelve;
use std::ops::Range;
use std::sync::LazyLock;

/// The script of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Script {
    /// Chinese in the characters of the mainland and Singapore.
    Simplified,
    /// Chinese in the characters of Taiwan, Hong Kong and Macau.
    Traditional,
    /// Chinese that uses both.
    Mixed,
    /// Japanese.
    Japanese,
    /// Korean.
    Korean,
    /// No Han character, or none that tells.
    Unknown,
}

/// Costs are counted in units of 1 / 1.5 bits, as the table has them.
const BIT: f32 = 1.5;

/// Bits by which the best hypothesis must lead: wrong once in 32 by its own account.
const CLEAR: u32 = 8;

/// A Han character costs Japanese a bit: half of Japanese text is kana.
const HAN_IN_JAPANESE: u32 = 2;
/// Korean writes Han characters seldom.
const HAN_IN_KOREAN: u32 = 4;
/// Kana costs Chinese and Korean 13 bits where it begins, and two for each more: a
/// sentence has it in many places, a borrowed name in one. の, which signs and brands
/// in Chinese borrow, costs less.
const KANA: u32 = 20;
const MORE_KANA: u32 = 3;
const NO: u32 = 4;
/// Hangul costs all others six bits.
const HANGUL: u32 = 9;
/// To use both scripts costs five bits, and one for each character that tells.
const MIXED: u32 = 8;
const MIXED_EACH: u32 = 2;
/// A difference that tells Simplified from Traditional: four bits.
const TELLS: u32 = 6;

/// Costs of characters: `tools/opencc/src/script.rs` tells the format.
static DATA: &[u8] = include_bytes!("data/script.bin");

static COSTS: LazyLock<Box<[u16]>> = LazyLock::new(|| {
    let size = usize::from(LAST - FIRST) + 1;
    let (known, packed) = DATA.split_at_checked(size / 8).unwrap_or_default();
    let mut next = 0;
    (0..size)
        .map(|index| {
            if known.get(index / 8).is_none_or(|byte| byte >> (index % 8) & 1 == 0) {
                return 0;
            }
            next += 1;
            twelve(packed, next - 1).unwrap_or_default()
        })
        .collect()
});

/// Han characters that the table knows: Extension A and the unified ideographs.
const FIRST: u16 = 0x3400;
const LAST: u16 = 0x9FFF;

const HYPOTHESES: [Script; 5] =
    [Script::Simplified, Script::Traditional, Script::Japanese, Script::Korean, Script::Mixed];

/// What the characters of a text say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Evidence {
    /// Costs in the order of [`HYPOTHESES`].
    costs: [u32; 5],
    /// Whether there is kana or Hangul.
    foreign: bool,
}

/// The best hypothesis, and by how much each other one is behind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict {
    pub(super) best: Script,
    pub(super) behind: [u32; 5],
}

impl Evidence {
    pub(super) fn of(text: &str) -> Self {
        let mut evidence = Evidence::default();
        let mut after_kana = false;
        for c in text.chars() {
            evidence.add(c, after_kana);
            after_kana = matches!(c, '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FC}');
        }
        evidence
    }

    fn add(&mut self, c: char, after_kana: bool) {
        let code = match u16::try_from(u32::from(c)) {
            Ok(code) if code >= 0x1100 => code,
            _ => return,
        };
        let costs = match code {
            FIRST..=LAST => {
                let index = usize::from(code - FIRST);
                let packed = u32::from(COSTS.get(index).copied().unwrap_or_default());
                let [s, t, j] = [packed & 15, packed >> 4 & 15, packed >> 8 & 15];
                let mixed = s.min(t) + if s.abs_diff(t) >= TELLS { MIXED_EACH } else { 0 };
                [s, t, j + HAN_IN_JAPANESE, t + HAN_IN_KOREAN, mixed]
            }
            0x306E => [NO, NO, 0, KANA, NO],
            // Hiragana, katakana, their half-width forms, the mark that repeats a kanji.
            0x3041..=0x3096 | 0x30A1..=0x30FA | 0xFF66..=0xFF9D | 0x3005 => {
                let kana = if after_kana { MORE_KANA } else { KANA };
                self.foreign = true;
                [kana, kana, 0, kana, kana]
            }
            // Jamo, compatibility jamo, syllables.
            0x1100..=0x11FF | 0x3131..=0x318E | 0xAC00..=0xD7A3 => {
                self.foreign = true;
                [HANGUL, HANGUL, HANGUL, 0, HANGUL]
            }
            _ => return,
        };
        for (sum, cost) in self.costs.iter_mut().zip(costs) {
            *sum = sum.saturating_add(cost);
        }
    }

    /// How far each hypothesis is behind the best, at most `cap`.
    fn behind(&self, cap: u32) -> [u32; 5] {
        let [s, t, j, k, mixed] = self.costs;
        let costs = [s, t, j, k, mixed.saturating_add(MIXED)];
        let least = costs.iter().copied().min().unwrap_or_default();
        costs.map(|cost| (cost - least).min(cap))
    }

    /// The same with what the surroundings say, each with a limit to its voice.
    fn within(mut self, line: &Evidence, text: &Evidence) -> Self {
        let others = line.behind(LINE).into_iter().zip(text.behind(TEXT));
        for (cost, (line, text)) in self.costs.iter_mut().zip(others) {
            *cost = cost.saturating_add(line + text);
        }
        self
    }

    pub(super) fn verdict(&self) -> Verdict {
        let behind = self.behind(u32::MAX);
        let best = HYPOTHESES.iter().zip(behind).find(|(_, behind)| *behind == 0);
        Verdict { best: best.map_or(Script::Unknown, |(script, _)| *script), behind }
    }
}

/// What a line and a text may say about a part of them: six bits and four.
const LINE: u32 = 9;
const TEXT: u32 = 6;

/// Bytes of a text that are asked for the script of its parts.
const SAMPLE: usize = 1 << 16;

impl Verdict {
    /// The script, if clear, with its probability.
    fn script(&self) -> (Script, f32) {
        let others = HYPOTHESES.iter().zip(self.behind).filter(|(script, _)| **script != self.best);
        if others.clone().any(|(_, behind)| behind < CLEAR) {
            return (Script::Unknown, 0.0);
        }
        let odds: f32 = others.map(|(_, behind)| (-(behind as f32) / BIT).exp2()).sum();
        (self.best, 1.0 / (1.0 + odds))
    }

    /// How far a hypothesis is behind.
    pub(super) fn behind(&self, script: Script) -> u32 {
        let at = HYPOTHESES.iter().position(|s| *s == script);
        at.and_then(|at| self.behind.get(at).copied()).unwrap_or(u32::MAX)
    }
}

/// The script of a whole text, and the probability, 0 to 1, that it is right;
/// 0 for [`Script::Unknown`].
///
/// ```
/// use ungarble::chinese::{Script, script};
/// assert_eq!(script("这个问题应该怎么处理").0, Script::Simplified);
/// assert_eq!(script("這個問題應該怎麼處理").0, Script::Traditional);
/// assert_eq!(script("この問題をどう処理しますか").0, Script::Japanese);
/// assert_eq!(script("no Han at all"), (Script::Unknown, 0.0));
/// ```
pub fn script(text: &str) -> (Script, f32) {
    Evidence::of(text).verdict().script()
}

/// A part of a text in one script.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Span {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The script.
    pub script: Script,
    /// Probability, 0 to 1, that it is right; 0 for [`Script::Unknown`].
    pub confidence: f32,
}

/// The parts of a text, in order and without gaps, each in one script. A part that
/// says little by itself goes with its line and its text.
///
/// ```
/// use ungarble::chinese::{Script, scripts};
/// let text = "這本書的日文書名是「ノルウェイの森」，銷量很好。";
/// let spans: Vec<_> = scripts(text).collect();
/// assert_eq!(spans[0].script, Script::Traditional);
/// assert_eq!(spans[1].script, Script::Japanese);
/// assert_eq!(&text[spans[1].range.clone()], "ノルウェイの森」");
/// ```
pub fn scripts(text: &str) -> impl Iterator<Item = Span> {
    let mut parts = Judged::new(text, false, |_| true)
        .map(|(range, verdict)| {
            let (script, confidence) = verdict.script();
            Span { range, script, confidence }
        })
        .peekable();
    std::iter::from_fn(move || {
        let mut span = parts.next()?;
        while let Some(next) = parts.next_if(|next| next.script == span.script) {
            span.range.end = next.range.end;
            span.confidence = span.confidence.min(next.confidence);
        }
        Some(span)
    })
}

/// The parts that are judged, with what is known about each: what lies between
/// punctuation, or, if `coarse`, a whole line where no kana or Hangul is in it. Lines
/// that are not `wanted` are passed over.
pub(super) struct Judged<'t> {
    text: &'t str,
    coarse: bool,
    wanted: fn(&str) -> bool,
    /// What the whole text says, once asked.
    whole: Option<Evidence>,
    /// What is left of the line, in bytes of the text, and what it says.
    line: Range<usize>,
    of_line: Evidence,
}

impl<'t> Judged<'t> {
    pub(super) fn new(text: &'t str, coarse: bool, wanted: fn(&str) -> bool) -> Self {
        let of_line = Evidence::default();
        Judged { text, coarse, wanted, whole: None, line: 0..0, of_line }
    }

    /// Goes on to the next line that is wanted.
    fn next_line(&mut self) -> Option<&'t str> {
        loop {
            let start = self.line.end;
            let line = self.text.get(start..)?.split_inclusive('\n').next()?;
            self.line = start..start + line.len();
            if (self.wanted)(line) {
                self.of_line = Evidence::of(line);
                return Some(line);
            }
        }
    }
}

impl Iterator for Judged<'_> {
    type Item = (Range<usize>, Verdict);

    fn next(&mut self) -> Option<Self::Item> {
        let rest = match self.text.get(self.line.clone()) {
            Some(rest) if !rest.is_empty() => rest,
            _ => self.next_line()?,
        };
        let (length, evidence) = if self.coarse && !self.of_line.foreign {
            (rest.len(), self.of_line)
        } else {
            let part = rest.split_inclusive(ends_part).next().unwrap_or(rest);
            (part.len(), Evidence::of(part))
        };
        let range = self.line.start..self.line.start + length;
        self.line.start = range.end;
        let whole = *self.whole.get_or_insert_with(|| Evidence::of(sample(self.text)));
        Some((range, evidence.within(&self.of_line, &whole).verdict()))
    }
}

fn sample(text: &str) -> &str {
    let end = (0..=SAMPLE.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.get(..end.unwrap_or_default()).unwrap_or_default()
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
