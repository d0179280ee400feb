//! What letters cost by the alphabets that they are of, to tell a text from a jumble.
//!
//! In: letters. Out: bits for those that the likeliest language does not write; less for those that the model
//! has not seen.

use crate::alphabets::{CYRILLIC, Counts, LATIN};
use crate::model::{BIT, Bits};

/// What a letter costs that the language does not write.
const FOREIGN: Bits = 4 * BIT;
/// What it costs more where the words say which language it is.
const FOREIGN_TO_WORDS: Bits = 8 * BIT;

/// What a letter costs that the model has seen in no text: it is frequent where it occurs.
const UNSEEN_COST: Bits = 12 * BIT;

/// Letters that the model has seen in no text, of the alphabets of Maltese, Esperanto,
/// Tajik and Kazakh.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        'Ċ' | 'ċ'
            | 'Ġ'
            | 'ġ'
            | 'Ħ'
            | 'ħ'
            | 'Ĉ'
            | 'ĉ'
            | 'Ĝ'
            | 'ĝ'
            | 'Ĥ'
            | 'ĥ'
            | 'Ĵ'
            | 'ĵ'
            | 'Ŝ'
            | 'ŝ'
    ) || "ҒғӢӣҚқӮӯҲҳҶҷӘәҢңӨөҰұҮүҺһ".contains(c)
}

/// Whether there is a letter that Tajik has beside those of Russian.
pub(super) fn has_tajik(mut text: impl Iterator<Item = char>) -> bool {
    let [tajik, russian] = ["tg", "ru"].map(|tag| CYRILLIC.bit(tag));
    text.any(|c| CYRILLIC.writers(c) & (tajik | russian) == tajik)
}

/// The cost of a letter given what the model says, which knows nothing of some.
pub(super) fn cost(c: char, of_model: Bits) -> Bits {
    let unseen = c > '\u{100}' && of_model > UNSEEN_COST && is_unseen(c);
    if unseen { UNSEEN_COST } else { of_model }
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
