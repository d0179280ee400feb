//! Whether the letters that a misreading brings are of the language that the rest is in.
//!
//! Read as windows-1257, `ativitâts` is `ativitāts`, which could be Latvian. But if the
//! charset was Latvian, so is the line, and its letters of ASCII must fit. Where they do not,
//! it is in a language that the model has not seen, and the letters are its own. In come a
//! text before and after a misreading was undone, out come bits that speak against it.

use super::chain::Misreading;
use super::hints::Hints;
use crate::charset::Family;
use crate::model::latin::{self, Profile};
use crate::model::{BIT, Bits};
use std::cell::OnceCell;

/// How often a bit that speaks against letters counts: the n-grams take what is common in
/// their language for likely wherever they stand, letter after letter.
const WEIGHT: Bits = 2;
/// What letters of the wrong language cost at most: a name may be in another one than its
/// sentence.
const MOST: Bits = 60 * BIT;

/// What tells the language of a line.
pub struct Language<'t> {
    text: &'t str,
    hints: &'t Hints,
    /// Most lines have no misreading of Latin letters that asks for it.
    profile: OnceCell<Profile>,
}

impl<'t> Language<'t> {
    /// The language of a text, of which its letters of ASCII speak, and perhaps hints.
    pub fn of(text: &'t str, hints: &'t Hints) -> Self {
        Language { text, hints, profile: OnceCell::new() }
    }

    /// What it costs that a misreading of Latin letters brings letters that do not fit.
    pub fn doubt(&self, misreading: Misreading, before: &str, after: &str) -> Bits {
        let written = misreading.written;
        if written.family() != Family::SingleByte || self.hints.expects(written) {
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
        let profile = self.profile.get_or_init(|| Profile::of(self.text));
        (WEIGHT * profile.misfit(made.into_iter())).min(MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubt_of(misreading: &str, before: &str, after: &str) -> Bits {
        let hints = Hints::default();
        Language::of(before, &hints).doubt(misreading.parse().unwrap(), before, after)
    }

    #[test]
    fn letters_of_another_language_are_doubted() {
        let before = "Os meninos não vão à escola com o professor na segunda";
        let after = "Os meninos nćo vćo ą escola com o professor na segunda";
        assert!(doubt_of("windows-1257>windows-1252", before, after) > 20 * BIT);
        let before = "Nie wiem, gdzie s¹ moje ksi¹¿ki, mo¿e w plecaku; a po drodze kupiê bu³kê";
        let after = "Nie wiem, gdzie są moje książki, może w plecaku; a po drodze kupię bułkę";
        assert!(doubt_of("windows-1250>windows-1252", before, after) < 2 * BIT);
    }

    #[test]
    fn only_latin_letters_of_single_bytes_are_asked() {
        let before = "Il marcjÃ¢t al Ã¨ siarÃ¢t e lis stradis a son vuedis";
        let after = "Il marcjât al è siarât e lis stradis a son vuedis";
        assert_eq!(doubt_of("UTF-8>windows-1252", before, after), 0);
        assert_eq!(doubt_of("windows-1251>windows-1252", "äà", "да"), 0);
        assert_eq!(doubt_of("macintosh>windows-1252", "lÕeau", "l’eau"), 0);
    }
}
