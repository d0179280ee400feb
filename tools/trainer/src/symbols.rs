//! Characters to symbols: what the model counts.
//!
//! Letters lose their case and Han characters their Traditional form, so that
//! their statistics are shared; what was lost is paid for again when a text is
//! scored (see `CharClass::emission` and the case costs). Digits are one
//! symbol, blanks another, and characters that are too rare share a symbol with
//! their like.

use crate::corpus::Language;
use crate::{fixed, signs};
use std::collections::{BTreeMap, HashMap};
use ungarble::model::is_wide;
use ungarble::model::layout::{
    self, BLANK, FIRST_CJK, FIRST_LETTER, FIRST_OWN, NEUTRAL, NO_SCRIPT, REPLACEMENT,
};

/// Symbols at and above this do not exist: they are packed in 14 bits.
pub const LIMIT: u16 = 16384;

/// The symbol of decimal digits.
pub const DIGIT: u16 = 1;
/// The symbols that rare signs share, and pictures.
pub const SIGNS: u16 = 4;
pub const PICTURES: u16 = 14;

/// How one character is scored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CharClass {
    pub symbol: u16,
    /// Cost of this character given its symbol, in eighths of a bit.
    pub emission: u8,
    /// 0 no case, 1 lower case, 2 upper case.
    pub case: u8,
    /// 0 Latin, 1 Cyrillic, 2 CJK, 3 others, 4 neutral.
    pub script: u8,
}

pub struct Symbols {
    /// How many there are.
    pub count: usize,
    /// The characters met, in order.
    pub classes: BTreeMap<char, CharClass>,
}

/// The symbol that rare characters like `c` share: of controls and private use, U+FFFD,
/// symbols, Latin, Greek, Cyrillic, other alphabets, marks, Han, Hangul, kana,
/// compatibility forms, astral symbols.
pub fn rare(c: char) -> u16 {
    match c as u32 {
        0xFFFD => REPLACEMENT,
        0..=0x1F | 0x7F..=0x9F | 0xE000..=0xF8FF | 0xFFFE.. if (c as u32) < 0x10000 => 2,
        0xF0000.. => 2,
        0x41..=0x5A | 0x61..=0x7A | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x24F | 0x1E00..=0x1EFF => 5,
        0x370..=0x3FF | 0x1F00..=0x1FFF => 6,
        0x400..=0x52F => 7,
        0x300..=0x36F | 0x1AB0..=0x1AFF | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE00..=0xFE0F => 9,
        0x3040..=0x30FF | 0x31F0..=0x31FF => 12,
        0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0x20000..=0x3FFFF => 10,
        0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7FF => 11,
        0xF900..=0xFAFF | 0xFE30..=0xFE4F | 0xFF00..=0xFFEF | 0x3300..=0x33FF => 13,
        0x10000.. => PICTURES,
        0x530..=0x1CFF | 0x2C00..=0x2DFF | 0xA000..=0xABFF | 0x250..=0x2AF => 8,
        _ => SIGNS,
    }
}

/// 0 Latin, 1 Cyrillic, 2 CJK, 3 others, 4 neutral.
pub fn script(c: char) -> u8 {
    match rare(c) {
        5 => 0,
        7 => 1,
        10..=12 => 2,
        6 | 8 => 3,
        _ => 4,
    }
}

/// Whether `c` is Han, kana or Hangul.
fn is_cjk(c: char) -> bool {
    matches!(rare(c), 10..=12)
}

/// The character whose symbol `c` shares: lower case, Simplified, of common width and
/// typography.
pub fn fold(c: char, simplified: &HashMap<char, char>) -> char {
    // Full-width digits and letters say what ASCII's say.
    let half = char::from_u32((c as u32).wrapping_sub(0xFEE0)).filter(char::is_ascii_alphanumeric);
    let c = match half.unwrap_or(c) {
        // Two generations of Romanian, and the apostrophes and dashes of typewriters and
        // printers. Quotes stay what they are: in CJK text they tell a beginning from an end.
        'ș' => 'ş',
        'Ș' => 'Ş',
        'ț' => 'ţ',
        'Ț' => 'Ţ',
        '‘' | '’' => '\'',
        '–' | '—' => '-',
        other => other,
    };
    if let Some(&s) = simplified.get(&c) {
        return s;
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(l), None) => l,
        _ => c,
    }
}

/// 0 no case, 1 lower case, 2 upper case.
fn case(c: char) -> u8 {
    if c.is_uppercase() { 2 } else { u8::from(c.is_lowercase()) }
}

/// Chooses the symbols for the characters that occur in `languages`.
pub fn choose(languages: &[Language], simplified: &HashMap<char, char>) -> Symbols {
    let mut counts: BTreeMap<char, u64> = BTreeMap::new();
    for language in languages {
        let mut own: HashMap<char, u64> = HashMap::new();
        for c in language.lines.iter().flat_map(|line| line.chars()) {
            *own.entry(c).or_default() += language.weight;
        }
        for (c, count) in own {
            *counts.entry(c).or_default() += count;
        }
    }
    let mut folded: BTreeMap<char, u64> = BTreeMap::new();
    for (&c, &count) in &counts {
        *folded.entry(fold(c, simplified)).or_default() += count;
    }
    // The commonest first, ties by code point.
    let mut order: Vec<(char, u64)> = folded.into_iter().collect();
    order.sort_by_key(|&(c, count)| (std::cmp::Reverse(count), c));
    let mut symbol_of: HashMap<char, u16> = HashMap::new();
    let (mut next_neutral, mut next_alphabet, mut next_cjk) = (FIRST_OWN, FIRST_LETTER, FIRST_CJK);
    for (c, count) in order {
        if c.is_whitespace() || c.is_ascii_digit() || rare(c) == 2 || rare(c) == 3 || count < 64 {
            continue;
        }
        let (next, limit) = if is_cjk(c) {
            (&mut next_cjk, LIMIT)
        } else if script(c) == 4 && next_neutral < NEUTRAL {
            (&mut next_neutral, NEUTRAL)
        } else {
            (&mut next_alphabet, FIRST_CJK)
        };
        if *next < limit {
            symbol_of.insert(c, *next);
            *next += 1;
        }
    }
    // Emissions: how the symbol's count is shared among its characters of one case.
    let symbol = |c: char| {
        if fold(c, simplified).is_ascii_digit() {
            DIGIT
        } else if c.is_whitespace() {
            BLANK
        } else {
            symbol_of.get(&fold(c, simplified)).copied().unwrap_or(rare(c))
        }
    };
    for (c, count) in signs::counts().filter(|&(c, _)| !symbol_of.contains_key(&c)) {
        *counts.entry(c).or_default() += count;
    }
    let mut total: HashMap<(u16, u8), u64> = HashMap::new();
    for (&c, &count) in &counts {
        *total.entry((symbol(c), case(c))).or_default() += count + 4;
    }
    let classes = counts
        .iter()
        .map(|(&c, &count)| {
            let symbol = symbol(c);
            let emission = match symbol {
                DIGIT if c.is_ascii_digit() => 0,
                _ => fixed::cost(fixed::ratio(count + 4, total[&(symbol, case(c))])) / 32,
            };
            let class = CharClass {
                symbol,
                emission: emission.min(255) as u8,
                case: case(c),
                script: script(c),
            };
            (c, class)
        })
        .collect();
    Symbols { count: usize::from(next_cjk), classes }
}

impl Symbols {
    /// Adds the symbols of a line, with a blank at both ends and runs of blanks as one; they begin
    /// anew where a character of CJK stands behind Latin letters, which are one symbol to it.
    pub fn add_text(&self, line: &str, texts: &mut Vec<Vec<u16>>) {
        let mut out = vec![BLANK];
        let mut script = 0;
        let mut after_blank = true;
        for c in line.chars().chain([' ']) {
            let class = self.classes[&c];
            let mut newest = out.iter().rev().copied();
            let last = [0; 3].map(|_| newest.next().unwrap_or(BLANK));
            if is_wide(c) && class.case == 0 {
                if let Some(symbol) = layout::before_cjk(script, last, class.symbol) {
                    texts.push(std::mem::replace(&mut out, vec![symbol]));
                }
            } else if last[0] >= FIRST_LETTER
                && class.symbol < NEUTRAL
                && let Some(word) = layout::before_cjk(script, last, FIRST_OWN)
            {
                // Most words have something else behind them.
                texts.push(vec![word, word]);
            }
            if class.script < NO_SCRIPT {
                script = layout::next_script(script, class.script);
            }
            let blank = class.symbol == BLANK;
            if !(blank && after_blank) {
                out.push(match class.symbol {
                    neutral if neutral < NEUTRAL => layout::neutral(neutral, script),
                    letter => letter,
                });
            }
            after_blank = blank;
        }
        texts.push(out);
    }
}

/// What came before a cased letter: no cased letter, a lower-case one, one
/// upper-case one, or several.
pub fn next_case_state(state: usize, case: u8) -> usize {
    match (case, state) {
        (0, _) => 0,
        (1, _) => 1,
        (_, 2 | 3) => 3,
        _ => 2,
    }
}

/// Costs of lower and upper case after each case state, in eighths of a bit.
pub fn case_costs(languages: &[Language]) -> [[u8; 2]; 4] {
    let mut counts = [[1u64; 2]; 4];
    for language in languages {
        for line in &language.lines {
            let mut state = 0;
            for c in line.chars() {
                let case = case(c);
                if case != 0 {
                    counts[state][usize::from(case == 2)] += language.weight;
                }
                state = next_case_state(state, case);
            }
        }
    }
    counts.map(|[lower, upper]| {
        [lower, upper].map(|n| (fixed::cost(fixed::ratio(n, lower + upper)) / 32).min(255) as u8)
    })
}
