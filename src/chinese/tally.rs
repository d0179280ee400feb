//! What the characters of a text say about its script.
//!
//! Every character costs each hypothesis some bits, learned from text
//! (`tools/opencc/src/script.rs`); the cheapest hypothesis wins if it wins clearly. All in
//! integers, so that each machine says the same.

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
pub(super) const CLEAR: u32 = 8;

/// A Han character costs Japanese a bit, for half of Japanese text is kana, and Korean
/// three, which writes them seldom. But names and headings have nothing else: a few
/// characters say all that there is to say.
const HAN_IN_JAPANESE: u32 = 2;
pub(super) const ALL_IN_JAPANESE: u32 = 6;
const HAN_IN_KOREAN: u32 = 4;
pub(super) const ALL_IN_KOREAN: u32 = 15;
/// Sentences of Japanese and Korean have no long rows of Han characters: more than a
/// bit for each character after the first four.
const ROW: u32 = 4;
const INSIDE: u32 = 2;
/// Kana or Hangul costs the others 13 bits where it begins, and two for each more: a
/// sentence has it in many places, a borrowed name in one. の, which signs and brands
/// in Chinese borrow, costs less.
const FOREIGN: u32 = 20;
const MORE_FOREIGN: u32 = 1;
const NO: u32 = 10;
/// To use both scripts costs ten bits, and one for each character that tells.
const MIXED: u32 = 15;
const MIXED_EACH: u32 = 2;
/// A difference that tells Simplified from Traditional: four bits.
const TELLS: u32 = 6;

/// The highest cost in the table: ten bits or more.
const MOST: u32 = 15;

/// Costs of characters: `tools/opencc/src/script.rs` tells the format.
static DATA: &[u8] = include_bytes!("data/script.bin");

static COSTS: LazyLock<Box<[u16]>> = LazyLock::new(|| {
    let size = usize::from(LAST - FIRST) + 1;
    let (known, entries) = DATA.split_at_checked(size / 8).unwrap_or_default();
    let mut entries = entries.as_chunks().0.iter();
    let is_known =
        |index: &usize| known.get(index / 8).is_some_and(|byte| byte >> (index % 8) & 1 == 1);
    (0..size)
        .map(|index| {
            let entry = is_known(&index).then(|| entries.next()).flatten();
            entry.map_or(0, |entry| u16::from_le_bytes(*entry))
        })
        .collect()
});

/// Han characters that the table knows: Extension A and the unified ideographs.
const FIRST: u16 = 0x3400;
const LAST: u16 = 0x9FFF;

const HYPOTHESES: [Script; 5] =
    [Script::Simplified, Script::Traditional, Script::Japanese, Script::Korean, Script::Mixed];

/// Characters that no Chinese text has of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Letter {
    Kana,
    Hangul,
}

impl Letter {
    fn of(c: char) -> Option<Self> {
        match c {
            // Hiragana, katakana, their half-width forms, the mark that repeats a kanji.
            '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{FF66}'..='\u{FF9D}' | '々' => {
                Some(Letter::Kana)
            }
            // Jamo, compatibility jamo, syllables.
            '\u{1100}'..='\u{11FF}' | '\u{3131}'..='\u{318E}' | '\u{AC00}'..='\u{D7A3}' => {
                Some(Letter::Hangul)
            }
            _ => None,
        }
    }
}

/// What the characters of a text say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    /// Costs in the order of [`HYPOTHESES`], but for what all characters together cost.
    costs: [u32; 5],
    /// Han characters, and those of them that stand far inside a row of them.
    han: u32,
    inside: u32,
    /// Whether there are characters that Chinese does not have, の aside, and whether
    /// any of them make sentences: kana and Hangul do.
    pub(super) foreign: bool,
    sentences: bool,
}

/// The best hypothesis, and by how much each other one is behind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict {
    pub(super) best: Script,
    pub(super) behind: [u32; 5],
}

impl Tally {
    pub(super) fn of(text: &str) -> Self {
        let mut evidence = Tally::default();
        let (mut before, mut row) = (None, 0);
        for c in text.chars() {
            let letter = Letter::of(c);
            evidence.sentences |= letter.is_some();
            match letter {
                _ if c == 'の' => evidence.add([NO, NO, 0, FOREIGN, NO]),
                Some(letter) => evidence.add_foreign(letter, before == Some(letter)),
                None => {
                    row = if evidence.add_han(c) { row + 1 } else { 0 };
                    evidence.inside += u32::from(row > ROW);
                }
            }
            row = if letter.is_some() { 0 } else { row };
            before = if c == 'ー' { before } else { letter };
        }
        evidence
    }

    /// Adds what is said elsewhere.
    pub(super) fn add(&mut self, costs: [u32; 5]) {
        for (sum, cost) in self.costs.iter_mut().zip(costs) {
            *sum = sum.saturating_add(cost);
        }
    }

    fn add_foreign(&mut self, letter: Letter, again: bool) {
        self.foreign = true;
        let cost = if again { MORE_FOREIGN } else { FOREIGN };
        self.add(match letter {
            Letter::Kana => [cost, cost, 0, cost, cost],
            Letter::Hangul => [cost, cost, cost, 0, cost],
        });
    }

    /// Whether it is a Han character.
    fn add_han(&mut self, c: char) -> bool {
        let Ok(code @ FIRST..=LAST) = u16::try_from(u32::from(c)) else { return false };
        let packed = COSTS.get(usize::from(code - FIRST)).copied().unwrap_or_default();
        let [s, t, j, k] = [0, 4, 8, 12].map(|shift| u32::from(packed >> shift & 15));
        self.han = self.han.saturating_add(1);
        if j == 0 && s.min(t) == MOST {
            // What Japan has made or simplified in its own way.
            self.add_foreign(Letter::Kana, false);
            return true;
        }
        let mixed = s.min(t) + if s.abs_diff(t) >= TELLS { MIXED_EACH } else { 0 };
        self.add([s, t, j, k, mixed]);
        true
    }

    /// How far each hypothesis is behind the best, at most `cap`.
    pub(super) fn behind(&self, cap: u32) -> [u32; 5] {
        let inside = if self.sentences { self.inside.saturating_mul(INSIDE) } else { 0 };
        let together = [
            0,
            0,
            self.han.saturating_mul(HAN_IN_JAPANESE).min(ALL_IN_JAPANESE) + inside,
            self.han.saturating_mul(HAN_IN_KOREAN).min(ALL_IN_KOREAN) + inside,
            MIXED,
        ];
        let mut costs = self.costs;
        for (cost, more) in costs.iter_mut().zip(together) {
            *cost = cost.saturating_add(more);
        }
        let least = costs.iter().copied().min().unwrap_or_default();
        costs.map(|cost| (cost - least).min(cap))
    }

    /// Adds what more of the text says.
    pub(super) fn join(&mut self, more: &Tally) {
        self.add(more.costs);
        self.han = self.han.saturating_add(more.han);
        self.inside = self.inside.saturating_add(more.inside);
        self.foreign |= more.foreign;
        self.sentences |= more.sentences;
    }

    pub(super) fn verdict(&self) -> Verdict {
        let behind = self.behind(u32::MAX);
        let best = HYPOTHESES.iter().zip(behind).find(|(_, behind)| *behind == 0);
        Verdict { best: best.map_or(Script::Unknown, |(script, _)| *script), behind }
    }
}

impl Verdict {
    /// The script, if clear, with its probability.
    pub(super) fn script(&self) -> (Script, f32) {
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

    /// Costs of Chinese, however written, of Japanese and of Korean.
    pub(super) fn languages(&self) -> [u32; 3] {
        let [s, t, j, k, mixed] = self.behind;
        [s.min(t).min(mixed), j, k]
    }
}

/// Of a lead, that it is right.
pub(super) fn probability(lead: i32) -> f32 {
    1.0 / (1.0 + (-(lead as f32) / BIT).exp2())
}
