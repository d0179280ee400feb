//! What a text costs that stands as it is.
//!
//! To leave a text alone is a plan like any other. In comes a text, out comes what it costs as
//! language, as one that the model has not seen or as litter, whichever is least, and less where
//! it tells of charsets itself.

use crate::channel::traces::{self, control_cost};
use crate::charset::Charset;
use crate::model::{Active, BIT, Bits, is_wide, model};
use crate::text::characters::{beside, is_half_width_kana};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::decompose_compatible;

/// What it costs to believe that a text is in a language that the model has not seen.
const UNSEEN: Bits = 2 * BIT;

/// Cost of a text as it stands: as language, one that was seen or not, or as litter.
pub fn standing_cost(text: &str) -> Bits {
    let active = model().active(text);
    standing(text, language_cost(text, &active), active)
}

/// Cost of a part of a text as it stands, which is no list: what little there is of it could
/// always be one.
pub fn part_cost(text: &str) -> Bits {
    let active = model().active(text);
    least(text, language_cost(text, &active), active.spared_as_litter())
}

fn language_cost(text: &str, active: &Active) -> Bits {
    match text.contains(is_ligature) {
        true => with_ligatures(text, |text| model().active_cost(text)),
        false => active.language,
    }
}

/// What it costs that kana are half as wide as usual, and each of them besides.
const NARROW: Bits = 10 * BIT;
const NARROW_KANA: Bits = BIT;
/// Half-width kana that may be a word beside other characters of CJK.
const KANA: usize = 3;

/// What a text costs whose half-width kana are written in full, if they may be words: the model
/// has seen few. Where these are used all words are in katakana, those of Japanese, too.
fn with_kana_in_full(text: &str) -> Option<Bits> {
    let count = text.chars().filter(|&c| is_half_width_kana(c)).count();
    if count < KANA {
        return None;
    }
    let chars: Vec<char> = text.chars().collect();
    let runs: Vec<&[char]> =
        chars.chunk_by(|&a, &b| is_half_width_kana(a) == is_half_width_kana(b)).collect();
    let is_stray = |two: &[&[char]]| {
        let [first, second] = *two else { return false };
        let (kana, beside) = match first.iter().all(|&c| is_half_width_kana(c)) {
            true => (first, second.first()),
            false => (second, first.last()),
        };
        kana.len() < KANA && beside.is_some_and(|&c| is_wide(c))
    };
    if runs.windows(2).any(is_stray) {
        return None;
    }
    let katakana: String = text.nfkc().collect();
    let to_hiragana = |c: char| match c {
        'ァ'..='ヶ' => char::from_u32(u32::from(c) - HIRAGANA).unwrap_or(c),
        _ => c,
    };
    let hiragana: String = katakana.chars().map(to_hiragana).collect();
    let cost = [katakana, hiragana].iter().map(|text| model().active_cost(text)).min()?;
    Some(cost.saturating_add(NARROW + count as Bits * NARROW_KANA))
}

/// How far katakana stand behind hiragana in the code.
const HIRAGANA: u32 = 0x60;

/// What a ligature costs more than the letters that typesetting made it of.
const LIGATURE: Bits = 14 * BIT;

fn is_ligature(c: char) -> bool {
    matches!(c, '\u{FB00}'..='\u{FB06}')
}

/// What a text costs by some measure, its ligatures written out.
pub fn with_ligatures(text: &str, cost: impl FnOnce(&str) -> Bits) -> Bits {
    let count = text.chars().filter(|&c| is_ligature(c)).count() as Bits;
    if count == 0 {
        return cost(text);
    }
    let mut letters = String::with_capacity(text.len());
    for c in text.chars() {
        match is_ligature(c) {
            true => decompose_compatible(c, |letter| letters.push(letter)),
            false => letters.push(c),
        }
    }
    cost(&letters).saturating_add(count * LIGATURE)
}

/// What the C1 controls of a text cost too little.
pub fn controls(text: &str) -> Bits {
    text.chars().map(control_cost).sum()
}

/// [`standing_cost`] of a text whose cost as language is `cost`, by whatever measure, and whose
/// [`Model::active`](crate::model::Model::active) costs are known.
pub fn standing(text: &str, cost: Bits, active: Active) -> Bits {
    least(text, cost, active.spared_as_list())
}

/// The least of what a text costs as language and as anything else; by how much less as litter is
/// known.
fn least(text: &str, cost: Bits, spared_as_litter: Bits) -> Bits {
    let meant = match speaks_of_charsets(text) || names_the_damage(text) {
        true if has_quotation(text) => QUOTED,
        true => MENTIONED,
        false => 0,
    };
    let unseen = model().spared_as_unseen(text).saturating_sub(UNSEEN);
    let cost = cost.saturating_sub(spared_as_litter.max(unseen));
    with_kana_in_full(text).map_or(cost, |full| full.min(cost)).saturating_sub(meant)
}

/// How much likelier garbled text is to be meant in a text about charsets; and where
/// something beyond ASCII stands in quotes there.
const MENTIONED: Bits = 60 * BIT;
const QUOTED: Bits = 200 * BIT;

/// Whether a text has 锟斤拷 once, and nothing else that U+FFFD becomes in GBK: that is what the
/// damage is called.
fn names_the_damage(text: &str) -> bool {
    text.contains(traces::DAMAGE_NAME) && text.matches(BEGINS).count() == 1
}

/// The character that it begins with.
const BEGINS: char = '锟';

/// Whether something that begins beyond ASCII stands in quotes.
fn has_quotation(text: &str) -> bool {
    let quotes = |c: char| matches!(c, '"' | '\'' | '`' | '«' | '“' | '„' | '‘' | '「');
    text.match_indices(quotes).any(|(at, quote)| {
        let [before, behind] = beside(text, at..at + quote.len());
        before.is_none_or(|c| !c.is_alphanumeric()) && behind.is_some_and(|c| !c.is_ascii())
    })
}

/// Whether a text names a charset other than UTF-8, as documentation and tests do that
/// show what garbled text looks like.
fn speaks_of_charsets(text: &str) -> bool {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))
        .filter(|word| word.len() >= 3 && word.bytes().any(|b| b.is_ascii_digit()))
        .chain(text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| NAMES.contains(word)))
        .any(|word| {
            NAMES.contains(&word)
                || Charset::for_label(word).is_some_and(|charset| charset != Charset::UTF_8)
        })
}

/// Names without digits.
const NAMES: [&str; 5] = ["GBK", "gbk", "mojibake", "Mojibake", "MSVC"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_width_kana_are_words_but_not_beside_other_characters() {
        for text in ["ｱﾘｶﾞﾄｳ", "ｿﾌﾄｳｪｱ開発部"] {
            let full = with_kana_in_full(text).unwrap();
            assert!(full < model().active_cost(text), "{text}");
        }
        for text in ["ﾏﾀ", "･陦ｼ･愠ﾃ･ﾑ/･ｵ･鬣ｨ･ﾜ", "アリガトウ"]
        {
            assert_eq!(with_kana_in_full(text), None, "{text}");
        }
    }

    #[test]
    fn the_name_of_the_damage_stands_once() {
        assert!(names_the_damage("乱码是“锟斤拷”"));
        assert!(!names_the_damage("锟斤拷锟叫癸拷"));
        assert!(!names_the_damage("锟"));
    }
}
