//! Whether the letters that a misreading brings are of the language that the rest is in.
//!
//! Read as windows-1257, `ativitâts` is `ativitāts`, which could be Latvian. But if the
//! charset was Latvian, so is the line, and its letters of ASCII must fit. Where they do not,
//! it is in a language that the model has not seen, and the letters are its own. In come a
//! text before and after a misreading was undone, out come bits that speak against it.

use super::chain::Misreading;
use crate::charset::Family;
use crate::model::latin::{self, Profile};
use crate::model::{BIT, Bits};

/// How often a bit that speaks against letters counts: the n-grams take what is common in
/// their language for likely wherever they stand, letter after letter.
const WEIGHT: Bits = 2;
/// What letters of the wrong language cost at most: a name may be in another one than its
/// sentence.
const MOST: Bits = 60 * BIT;

/// What it costs that a misreading of Latin letters brings letters that do not fit the
/// language of the text, whose ASCII `profile` is of.
pub fn doubt(misreading: Misreading, before: &str, after: &str, profile: &Profile) -> Bits {
    if misreading.written.family() != Family::SingleByte {
        return 0;
    }
    let only_in = |text: &str, other: &str| -> Vec<char> {
        text.chars().filter(|&c| latin::letter(c).is_some() && !other.contains(c)).collect()
    };
    let mut made = only_in(after, before);
    if made.is_empty() || only_in(before, after).is_empty() {
        return 0;
    }
    made.sort_unstable();
    made.dedup_by_key(|c| latin::letter(*c));
    (WEIGHT * profile.misfit(made.into_iter())).min(MOST)
}
