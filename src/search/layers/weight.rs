//! What a step says beside what the model says of the text that it makes.
//!
//! In come a text and what it was before a step, out come bits that speak against the step, and
//! bits that the model takes too many of.

use crate::channel::language::Language;
use crate::channel::{Earlier, Layer, Manner};
use crate::charset::{Charset, Family};
use crate::model::{BIT, Bits, is_wide, model};
use crate::search::few;
use crate::search::lonely::loneliness;
use std::collections::HashSet;

/// What a step back from a text costs more; the language is that of the first text.
pub fn extra(undone: &Earlier, before: &str, language: &Language) -> Bits {
    undercharge(undone, before)
        + loneliness(before, &undone.text, undone.step)
        + doubt(undone, before, language)
}

/// What the text that a step makes costs less, the first step or not.
pub fn less(undone: &Earlier, before: &str, language: &Language, is_first: bool) -> Bits {
    spared_as_sequences(undone, before)
        + overcharge(&undone.text, before)
        + credit(undone, before)
        + if is_first { fitting(undone, language) } else { 0 }
}

/// What a character that is known to be lost costs; less than a U+FFFD that came from nowhere.
const LOST: Bits = 3 * BIT;

/// What U+FFFD costs too much in a text that comes of another one with fewer.
fn overcharge(after: &str, before: &str) -> Bits {
    let count = |text: &str| text.matches('\u{FFFD}').count() as Bits;
    let more = count(after).saturating_sub(count(before));
    more * model().anywhere('\u{FFFD}').saturating_sub(LOST)
}

/// How much less likely it is that text was written in a double-byte charset and has
/// nothing of the languages that these are for.
const NO_CJK: Bits = 12 * BIT;
/// The same where all that it has is what an input method for such a language makes of quotes,
/// dashes and dots in any language.
const TYPED: Bits = 4 * BIT;

/// What a reading of a text costs too little for being in such a charset without need.
fn undercharge(undone: &Earlier, before: &str) -> Bits {
    let Layer { misreading, manner } = undone.step;
    let double = misreading.written.family() == Family::DoubleByte
        && misreading.written != Charset::VNI
        && manner == Manner::Plain;
    let is_typed = |c: char| matches!(c, '‘' | '’' | '“' | '”' | '—' | '…');
    let mut made = undone.text.chars().filter(|&c| !c.is_ascii() && !before.contains(c));
    let is_letter = |c: char| is_wide(c) && c.is_alphabetic();
    // One mark of CJK, however often, is no more than a sign of another charset.
    let first = made.clone().next();
    let is_lone = || made.clone().all(|c| Some(c) == first) && !undone.text.contains(is_letter);
    match double && (!undone.text.contains(is_wide) || is_lone()) {
        true if made.all(is_typed) => TYPED,
        true => NO_CJK,
        false => 0,
    }
}

/// What a step gains too much for changing few characters only, or into letters of another
/// language than the rest.
fn doubt(undone: &Earlier, before: &str, language: &Language) -> Bits {
    let Layer { misreading, manner } = undone.step;
    let after = &undone.text;
    match manner {
        Manner::Plain => {
            few::doubt(misreading, before, after) + language.doubt(misreading, before, after)
        }
        Manner::LowByte => few::doubt_of_low_byte(before, after),
        _ => 0,
    }
}

/// What a step says by bringing letters of the language of the rest.
fn fitting(undone: &Earlier, language: &Language) -> Bits {
    let Layer { misreading, manner } = undone.step;
    if manner == Manner::Plain { language.credit(misreading, &undone.text) } else { 0 }
}

/// Whether a step read UTF-8 in single bytes, and wrote no escapes.
fn is_utf8_in_single_bytes(step: Layer) -> bool {
    step.misreading.is_utf8_in_single_bytes() && step.manner == Manner::Plain
}

/// How much a sequence of three or four bytes says by being well-formed UTF-8.
const WELL_FORMED: Bits = 8 * BIT;

/// What well-formed sequences say that were read in single bytes, one for each sign in the
/// text: letters stand beside each other by themselves.
fn credit(undone: &Earlier, before: &str) -> Bits {
    if !is_utf8_in_single_bytes(undone.step) {
        return 0;
    }
    let long = undone.text.chars().filter(|c| c.len_utf8() > 2).count();
    let signs = before.chars().filter(|c| !c.is_ascii() && !c.is_alphanumeric()).count();
    long.min(signs) as Bits * WELL_FORMED
}

/// Well-formed sequences that are no accident whatever they read as.
const SEQUENCES: usize = 3;

/// By how much less a text costs that may be no language, for being well-formed UTF-8. Signs
/// alone may be a drawing.
fn spared_as_sequences(undone: &Earlier, before: &str) -> Bits {
    let made = || undone.text.chars().filter(|c| !c.is_ascii());
    let beyond = || before.chars().filter(|c| !c.is_ascii());
    let [has_letters, has_signs] =
        [true, false].map(|letters| beyond().any(|c| c.is_alphabetic() == letters));
    // Letters alone may be the same short word again and again.
    let are_many = || match has_signs {
        true => made().count() >= SEQUENCES,
        false => made().collect::<HashSet<_>>().len() >= SEQUENCES,
    };
    let single = is_utf8_in_single_bytes(undone.step);
    if single && has_letters && are_many() { model().spared_as_litter(&undone.text) } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undone(text: &str, step: &str) -> Earlier {
        Earlier { text: text.to_owned(), step: step.parse().unwrap() }
    }

    #[test]
    fn a_charset_of_cjk_is_for_cjk() {
        let undercharge = |made, step| undercharge(&undone(made, step), "¡¯Â");
        assert_eq!(undercharge("β", "GBK>windows-1252"), NO_CJK);
        assert_eq!(undercharge("中β", "GBK>windows-1252"), 0);
        assert_eq!(undercharge("β", "windows-1253>windows-1252"), 0);
        assert_eq!(undercharge("’", "GBK>windows-1252"), TYPED);
        assert_eq!(undercharge("’β", "GBK>windows-1252"), NO_CJK);
    }

    #[test]
    fn sequences_beside_letters_may_be_no_language() {
        let spared =
            |made, before| spared_as_sequences(&undone(made, "UTF-8>windows-1252"), before);
        let litter = "ħ ŧ ŋ";
        assert!(model().spared_as_litter(litter) > 0);
        assert_eq!(spared(litter, "Ä§ Å§ Å‹"), model().spared_as_litter(litter));
        // Neither letters nor signs of ASCII are any.
        assert_eq!(spared(litter, "§ ‹ § a"), 0);
        assert_eq!(spared("ħ ħ ħ", "Äħ Äħ Äħ a!"), 0);
    }

    #[test]
    fn signs_that_make_sequences_are_credited() {
        let credit = |made, before| credit(&undone(made, "UTF-8>windows-1252"), before);
        assert_eq!(credit("’–", "â€™â€“"), 2 * WELL_FORMED);
        assert_eq!(credit("—", "ab …"), WELL_FORMED);
        assert_eq!(credit("—", "ab, äöü!"), 0);
        assert_eq!(credit("é", "Ã©"), 0);
    }
}
