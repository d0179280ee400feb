//! What letters cost by the alphabets that they are of, to tell a text from a jumble.
//!
//! In: letters. Out: bits for those that the likeliest language does not write; no more than some for those of
//! languages that the model has seen little of.

use crate::model::alphabets::{CYRILLIC, Counts, LATIN};
use crate::model::{BIT, Bits, model};
use std::sync::OnceLock;

/// What a letter costs that the language does not write.
const FOREIGN: Bits = 4 * BIT;
/// What it costs more where the words say which language it is.
const FOREIGN_TO_WORDS: Bits = 8 * BIT;

/// What a letter costs at most of languages that the model has seen little of: it is frequent where it occurs.
const LITTLE_SEEN: Bits = 12 * BIT;
/// The same of Latin letters: where ISO-8859-3 has `ċ`, most texts have `å`, and English ones have names. Of
/// 202 lines of ASCII with a Nordic name 27 are read otherwise, and 36 with the bits of others.
const LITTLE_SEEN_IN_LATIN: Bits = 18 * BIT;

/// Whether a letter is of languages that the model has seen no text in (Maltese, Tajik) or little (Esperanto,
/// Kazakh), and of none of those beside which it would look cheap. Where ISO-8859-3 has `ŭ`, Turkish has `ı`.
fn is_little_seen(c: char) -> bool {
    static OF: OnceLock<[u64; 3]> = OnceLock::new();
    let [latin, cyrillic, others] = *OF.get_or_init(|| {
        [
            LATIN.bits(&["mt", "eo"]),
            CYRILLIC.bits(&["tg", "kk"]),
            CYRILLIC.bits(&["ru", "be", "uk"]),
        ]
    });
    let (in_latin, in_cyrillic) = (LATIN.writers(c), CYRILLIC.writers(c));
    in_latin != 0 && in_latin & !latin == 0 && !matches!(c, 'Ŭ' | 'ŭ')
        || in_cyrillic & cyrillic != 0 && in_cyrillic & others == 0
}

/// Whether there is a letter that Tajik has beside those of Russian.
pub(super) fn has_tajik(mut text: impl Iterator<Item = char>) -> bool {
    let [tajik, russian] = [CYRILLIC.bits(&["tg"]), CYRILLIC.bits(&["ru"])];
    text.any(|c| CYRILLIC.writers(c) & (tajik | russian) == tajik)
}

/// The cost of a letter given what the model says.
pub(super) fn cost(c: char, of_model: Bits) -> Bits {
    let most = if c < '\u{370}' { LITTLE_SEEN_IN_LATIN } else { LITTLE_SEEN };
    let is_too_much = c > '\u{100}' && of_model > most && is_little_seen(c);
    if is_too_much { most } else { of_model }
}

/// What the model gives to a letter that none of its texts has, or hardly any: those that they have cost up to
/// 24 bits.
const UNSEEN: Bits = 28 * BIT;

/// Whether there is a letter that no text has, or one of a script of its own in a Latin word: two or three bytes
/// that are well-formed UTF-8 by accident. Greek letters are names of things beside Latin ones.
pub(super) fn has_stranger(text: &str) -> bool {
    let model = model();
    let is_stranger = |c: char| match c {
        '\0'..='\u{FF}' => false,
        // Signs are as rare as anything, and so are the letters among them.
        '\u{2000}'..='\u{2BFF}' | '\u{10000}'.. => false,
        _ => model.anywhere(c) >= UNSEEN,
    };
    let is_own = |c: char| matches!(c, '\u{400}'..='\u{1DFF}') && c.is_alphabetic();
    let meets = |a: char, b: char| a.is_ascii_alphabetic() && is_own(b);
    let behind = text.chars().skip(1);
    text.chars().any(is_stranger)
        || text.chars().zip(behind).any(|(a, b)| meets(a, b) || meets(b, a))
}

/// What the letters of `text` cost that the language `tag` does not write.
pub(super) fn foreign(text: &str, tag: &str) -> Bits {
    let foreign = LATIN.number(tag).map(|number| Counts::of(text, &LATIN).foreign_to(number));
    FOREIGN_TO_WORDS.saturating_mul(foreign.unwrap_or(0))
}

/// What the Latin letters beside the 26 cost that the language of most does not write.
pub(super) fn cost_of_foreign(letters: &Counts) -> Bits {
    FOREIGN.saturating_mul(letters.foreign())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_few_languages_cost_no_more_than_some() {
        let is_capped = |c: char| cost(c, 2 * LITTLE_SEEN) < 2 * LITTLE_SEEN;
        assert!("ċĠħĉĴŝӣҲҷқҒәҢөұҮҺ".chars().all(is_capped));
        assert!(!"àżžşıŭŬіўґћњѓєёыaд".chars().any(is_capped));
    }
}
