//! What few characters say.
//!
//! In come a misreading and a text before and after it was undone, out come bits that this
//! seems to gain and does not. The model has seen too few signs to know their company, so
//! that it takes any pair of them for a wonder: √π, ¬´. Where that is all that a misreading
//! explains, and it is no part of a word, there is a limit to what it says.

use crate::channel::Misreading;
use crate::charset::Family;
use crate::model::{BIT, Bits, State, is_box, is_wide, model};
use crate::text::characters::is_c1;

/// What a pair of characters that is no part of a word says at most, one of signs, and one
/// sign alone.
const PAIR: Bits = 31 * BIT;
const APART: Bits = 26 * BIT;
const SIGN: Bits = 16 * BIT;
/// What a pair says at most that makes one character of CJK.
const DOUBLE: Bits = 18 * BIT;
/// What a sign says at most that may stand at a word, a number or a quote: `©`, `√`, `³`, `Ω`. The
/// model has seen fewer of them than there are, for its texts are no manuals.
const LONE: Bits = 8 * BIT;
/// Characters that are few.
const FEW: usize = 3;
/// What an abbreviation says at most, and each letter of it: one is as likely as another.
const ABBREVIATION: Bits = 6 * BIT;
const CAPITAL: Bits = 5 * BIT;
/// Letters of an abbreviation.
const CAPITALS: usize = 4;

/// What it costs that undoing `misreading` changes few characters only, which tell less than
/// the model thinks.
pub fn doubt(misreading: Misreading, before: &str, after: &str) -> Bits {
    if misreading.is_out_of_step() {
        return 0;
    }
    let [gone, made] = changed(before, after);
    if let Some(count) = lone_signs(misreading, before, after) {
        let less = model().spared_as_litter(before) + made.cost() + count as Bits * LONE;
        return gone.cost().saturating_sub(less);
    }
    // A text of nothing else is damaged as a whole.
    if gone.is_in_word || !gone.has_beside(char::is_alphanumeric) {
        return 0;
    }
    let count = |part: &Difference| part.text.chars().count();
    let may_stand = match misreading.written.family() {
        Family::SingleByte => true,
        // Marks on all letters of a Latin one tell that it is none.
        Family::DoubleByte => gone.text.starts_with(|c| c >= '\u{250}'),
        _ => false,
    };
    if may_stand && gone.is_abbreviation() {
        let letters = count(&gone) as Bits;
        return gone.cost().saturating_sub(ABBREVIATION + letters * CAPITAL);
    }
    if !gone.has_beside(|c| c.is_ascii_alphanumeric()) {
        return 0;
    }
    let signs = gone.text.chars().filter(|&c| is_sign(c)).count();
    let is_long = |c: char| c.len_utf8() > 2;
    // The bytes of a few characters of CJK are letters of something.
    let wide = gone.text.chars().filter(|&c| is_wide(c)).count();
    let from_pairs = misreading.read.family() == Family::DoubleByte
        && gone.text.chars().all(|c| is_wide(c) || !c.is_alphanumeric());
    let most = match misreading.written.family() {
        Family::SingleByte if from_pairs && (1..=FEW).contains(&wide) => SIGN,
        Family::Utf8 if from_pairs && wide == 1 && made.text.contains(char::is_alphabetic) => SIGN,
        Family::SingleByte if made.text.chars().all(is_sign) => return 0,
        Family::SingleByte if count(&gone) == 1 && signs == 1 => SIGN,
        Family::SingleByte if count(&gone) <= FEW && signs > 0 => APART,
        Family::SingleByte => return 0,
        Family::Utf8 if made.text.contains('\u{FFFD}') && count(&gone) <= FEW && signs > 1 => APART,
        _ if count(&gone) != 2 || count(&made) != 1 || gone.text.contains(is_c1) => return 0,
        Family::Utf8 if made.text.contains(is_long) => return 0,
        Family::Utf8 if signs < 2 => PAIR,
        Family::Utf8 => APART,
        _ => DOUBLE,
    };
    let too_much = gone.cost().saturating_sub(most);
    if too_much == 0 {
        return 0;
    }
    let most_made = if made.text.chars().all(is_sign) { SIGN } else { Bits::MAX };
    let less = model().spared_as_litter(before) + made.cost().saturating_sub(most_made);
    too_much.saturating_sub(less)
}

/// Whether what a misreading changes is neither an abbreviation nor signs that are no part of a
/// word: what these say is little, wherever they stand.
pub fn are_words(before: &str, after: &str) -> bool {
    let [gone, _] = changed(before, after);
    !gone.is_abbreviation() && (gone.is_in_word || gone.text.contains(char::is_alphabetic))
}

/// Bits that a step seems to gain, and does not, by taking a control for the low byte of a sign,
/// although it may have been a letter in many a charset: windows-1252 has nothing for it.
pub fn doubt_of_low_byte(before: &str, after: &str) -> Bits {
    let [gone, _] = changed(before, after);
    let lone = matches!(gone.text, "\u{81}" | "\u{8D}" | "\u{8F}" | "\u{90}" | "\u{9D}");
    if lone && !gone.is_in_word { gone.cost().saturating_sub(SIGN) } else { 0 }
}

/// How many characters of a text a misreading changes, if they are few, nothing else in it is
/// beyond ASCII, and each may stand where it does: a sign on one side of a word, or a letter of
/// another alphabet by itself.
fn lone_signs(misreading: Misreading, before: &str, after: &str) -> Option<usize> {
    let signs = before.chars().filter(|c| !c.is_ascii()).count();
    if !(1..=FEW).contains(&signs) || misreading.read.family() != Family::SingleByte {
        return None;
    }
    let one_by_one = before.chars().count() == after.chars().count();
    let is_quotation = after.contains('«') && after.contains('»');
    let all_change = before.chars().zip(after.chars()).all(|(was, is)| was != is || was.is_ascii());
    let has_ascii = before.contains(|c: char| c.is_ascii_graphic());
    let chars: Vec<char> = [' '].into_iter().chain(before.chars()).chain([' ']).collect();
    let stands = |window: &[char]| match *window {
        [last, c, next] => c.is_ascii() || may_stand(last, c, next),
        _ => false,
    };
    let all_stand = chars.windows(3).all(stands);
    (one_by_one && !is_quotation && all_change && has_ascii && all_stand).then_some(signs)
}

/// Whether a character may stand between two others as a sign does.
fn may_stand(last: char, c: char, next: char) -> bool {
    let is_latin = c.is_alphabetic() && c < '\u{250}';
    let in_word = last.is_alphabetic() && next.is_alphabetic();
    !is_latin && !is_c1(c) && !is_box(c) && !in_word && last.is_ascii() && next.is_ascii()
}

fn is_sign(c: char) -> bool {
    !c.is_ascii() && !c.is_alphanumeric()
}

/// The part of a text in which it differs from another.
struct Difference<'t> {
    /// What stands before it.
    head: &'t str,
    text: &'t str,
    /// What stands behind it.
    tail: &'t str,
    /// Whether it stands beside a letter.
    is_in_word: bool,
}

impl Difference<'_> {
    /// Whether such a character stands in the text around it.
    fn has_beside(&self, is_such: impl Fn(char) -> bool) -> bool {
        [self.head, self.tail].iter().any(|text| text.contains(&is_such))
    }

    /// Whether it is a few capitals beyond ASCII, and nothing else.
    fn is_abbreviation(&self) -> bool {
        let letters = self.text.chars().count();
        (2..=CAPITALS).contains(&letters)
            && self.text.chars().all(|c| !c.is_ascii() && c.is_uppercase())
    }

    fn cost(&self) -> Bits {
        let mut state = State::default();
        for c in self.head.chars() {
            model().step(&mut state, c);
        }
        self.text.chars().map(|c| model().step(&mut state, c)).sum()
    }
}

/// The parts in which two texts differ.
fn changed<'t>(before: &'t str, after: &'t str) -> [Difference<'t>; 2] {
    let length = |(c, _): (char, char)| c.len_utf8();
    let alike = |(a, b): &(char, char)| a == b;
    let head: usize = before.chars().zip(after.chars()).take_while(alike).map(length).sum();
    let (head, old) = before.split_at_checked(head).unwrap_or((before, ""));
    let new = after.get(head.len()..).unwrap_or_default();
    let tail: usize = old.chars().rev().zip(new.chars().rev()).take_while(alike).map(length).sum();
    [old, new].map(|rest| {
        let (text, tail) = rest.split_at_checked(rest.len() - tail).unwrap_or((rest, ""));
        let beside = [head.chars().next_back(), tail.chars().next()];
        let is_in_word = beside.iter().flatten().any(|c| c.is_alphabetic());
        Difference { head, text, tail, is_in_word }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubt_of(misreading: &str, before: &str, after: &str) -> Bits {
        doubt(misreading.parse().unwrap(), before, after)
    }

    #[test]
    fn signs_outside_words_say_little() {
        assert!(doubt_of("UTF-8>macintosh", "x = √π", "x = ù") > 6 * BIT);
        assert!(doubt_of("EUC-KR>macintosh", "x = √π", "x = 첫") > 8 * BIT);
        assert!(doubt_of("IBM437>windows-1252", "byte \u{8D} here", "byte ì here") > 8 * BIT);
        assert!(doubt_of("UTF-8>macintosh", "The ratio is 3·√π", "The ratio is 3\u{FFFD}ù") > 0);
        let low = doubt_of_low_byte("byte \u{8D} here", "byte ₍ here");
        assert!(low > 8 * BIT);
    }

    #[test]
    fn signs_at_words_say_little() {
        for (misreading, before, after) in [
            ("IBM437>windows-1252", "the Abcde® plug", "the Abcde« plug"),
            ("windows-1251>KOI8-R", "(√x)", "(–x)"),
            ("windows-1252>IBM850", "in k³", "in kü"),
            ("windows-1252>IBM437", "10 kΩ and 2 kΩ", "10 kê and 2 kê"),
        ] {
            assert!(doubt_of(misreading, before, after) > 2 * BIT, "{before}");
        }
        for (misreading, before, after) in [
            ("windows-1252>IBM850", "das ╗Wort½", "das »Wort«"),
            ("macintosh>windows-1252", "donÕt", "don’t"),
            ("windows-1251>KOI8-R", "ПД", "оп"),
        ] {
            assert_eq!(lone_signs(misreading.parse().unwrap(), before, after), None, "{before}");
        }
    }

    #[test]
    fn abbreviations_say_little() {
        assert!(doubt_of("windows-1251>KOI8-R", "варта БХД.", "варта вид.") > 8 * BIT);
        assert!(doubt_of("KOI8-R>windows-1251", "ЦП (7)", "жо (7)") > 2 * BIT);
        assert!(doubt_of("Shift_JIS>IBM866", "text: \"ХЭХЭ\"", "text: \"幅幅\"") > 8 * BIT);
        assert_eq!(doubt_of("windows-1251>KOI8-R", "БХД.", "вид."), 0);
        assert_eq!(doubt_of("windows-1252>windows-1251", "НХДЯТ (7)", "ÍÕÄßÒ (7)"), 0);
    }

    #[test]
    fn parts_of_words_say_all() {
        for (misreading, before, after) in [
            ("UTF-8>macintosh", "caf√©", "café"),
            ("IBM437>windows-1252", "caf\u{82} noir", "café noir"),
            ("windows-1252>ISO-8859-1", "ok \u{85} go", "ok … go"),
            ("UTF-8>ISO-8859-1", "3 Ã\u{97} 4", "3 × 4"),
            // Nothing else is there that could disagree.
            ("EUC-KR>windows-1252", "¼¿", "셀"),
        ] {
            assert_eq!(doubt_of(misreading, before, after), 0, "{before}");
        }
    }
}
