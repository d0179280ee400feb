//! Whether the letters that a misreading brings are of the language that the rest is in.
//!
//! Read as windows-1257, `ativitâts` is `ativitāts`, which could be Latvian. But if the
//! charset was Latvian, so is the line, and its letters of ASCII must fit. Where they do not,
//! it is in a language that the model has not seen, and the letters are its own. In come a
//! text before and after a misreading was undone, out come bits that speak against it, and bits
//! that speak for it: where letters go that the language of the rest has not, and those come
//! that it has.

use super::Misreading;
use super::hints::Hints;
use crate::charset::{Charset, Family};
use crate::model::latin::{self, Profile};
use crate::model::{BIT, Bits, model};
use crate::text::characters::is_c1;
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
    /// By how much less the text costs as litter.
    litter: OnceCell<Bits>,
}

impl<'t> Language<'t> {
    /// The language of a text, of which its letters of ASCII speak, and perhaps hints.
    pub fn of(text: &'t str, hints: &'t Hints) -> Self {
        Language { text, hints, profile: OnceCell::new(), litter: OnceCell::new() }
    }

    /// What it costs that a misreading of Latin letters brings letters that do not fit.
    pub fn doubt(&self, misreading: Misreading, before: &str, after: &str) -> Bits {
        let written = misreading.written;
        if written.family() != Family::SingleByte || self.hints.expects(written) {
            return 0;
        }
        // Character for character, or there is nothing to compare.
        let joints = match misreading.read.family() {
            Family::SingleByte => joints(before, after) + quotations(before, after),
            _ => 0,
        };
        (self.misfit(before, after) + joints).min(MOST)
    }

    fn misfit(&self, before: &str, after: &str) -> Bits {
        let made = only_in(after, before);
        // What stands in text of any language.
        let is_mark = |c: char| matches!(c, '‘' | '’' | '“' | '”' | '–' | '—' | '…');
        let is_gone = |c: char| (latin::letter(c).is_some() || is_mark(c)) && !after.contains(c);
        if made.is_empty() || !before.contains(is_gone) {
            return 0;
        }
        WEIGHT * self.profile().misfit(made.into_iter())
    }

    /// What speaks for a misreading that brings letters of the language, beside what the
    /// n-grams know: they are those of all languages, and to them a text of letters and signs
    /// may be in none.
    pub fn credit(&self, misreading: Misreading, after: &str) -> Bits {
        let before = self.text;
        let [written, read] = [misreading.written, misreading.read].map(Charset::family);
        if (written, read) != (Family::SingleByte, Family::SingleByte) {
            return 0;
        }
        let is_new = |text: &str, c: char| !c.is_ascii() && !text.contains(c);
        let mut gone: Vec<char> = before.chars().filter(|&c| is_new(after, c)).collect();
        gone.sort_unstable();
        gone.dedup();
        // The others have signs in places that windows-1252 leaves free.
        let usual = misreading.written == Charset::WINDOWS_1252;
        if usual && !gone.is_empty() && gone.iter().all(|&c| is_c1(c)) {
            return self.credit_of_any();
        }
        let made = only_in(after, before);
        let other = |c: char| is_new(before, c) && latin::letter(c).is_none();
        if made.is_empty() || after.contains(other) || joints(before, after) > 0 {
            return 0;
        }
        let profile = self.profile();
        let made = || made.iter().copied();
        let misfit = profile.misfit(made());
        let Some(fit) = profile.fit(made()).filter(|_| misfit <= AT_HOME) else { return 0 };
        let strange = profile.misfit(only_in(before, after).into_iter()).saturating_sub(misfit);
        let all = strange.min(GONE) + self.litter().min(fit);
        if gone.len() > 1 { all } else { all.min(ONE) }
    }

    /// What speaks for the text being in a language that is not known, whose letters are its own.
    pub fn unknown_credit(&self) -> Bits {
        WEIGHT * self.profile().misfit(std::iter::empty())
    }

    /// What speaks against the text being in no language, as its letters and signs may be taken
    /// for.
    pub fn credit_of_any(&self) -> Bits {
        let fit = self.profile().fit(std::iter::empty());
        fit.map_or(0, |fit| self.litter().min(fit))
    }

    fn litter(&self) -> Bits {
        *self.litter.get_or_init(|| model().spared_as_litter(self.text))
    }

    fn profile(&self) -> &Profile {
        self.profile.get_or_init(|| Profile::of(self.text))
    }
}

/// What letters say at most, by going, that are not of the language.
const GONE: Bits = 12 * BIT;
/// What one kind of character says at most by going, alone: it may be of a sister language that
/// the model has not seen.
const ONE: Bits = 7 * BIT;
/// How much letters that come may misfit a language and be of it, in eighths of a bit.
const AT_HOME: Bits = 12;

/// The Latin letters beyond ASCII that one text has and another has not, small and capital as one.
fn only_in(text: &str, other: &str) -> Vec<char> {
    let is_new = |c: &char| latin::letter(*c).is_some() && !other.contains(*c);
    let mut letters: Vec<char> = text.chars().filter(is_new).collect();
    letters.sort_unstable();
    letters.dedup_by_key(|c| latin::letter(*c));
    letters
}

/// What a capital costs that stands behind a small letter, and a dash with a letter on one side
/// only, or behind the first letter of a word, where small letters stood; and where letters stood,
/// an ellipsis or a sign of drawings inside a word, and a sign behind itself.
const JOINT: Bits = 20 * BIT;
/// What an odd number of quotation marks of a kind costs where letters stood: they come in pairs,
/// whichever of them opens in a language.
const UNPAIRED: Bits = 12 * BIT;

/// What it costs that letters inside of words become what does not stand there.
fn joints(before: &str, after: &str) -> Bits {
    let mut old = before.chars();
    let mut new = after.chars().peekable();
    let (mut last, mut begins_word) = (' ', false);
    let mut odd = 0;
    let mut quotes = [false; 2];
    while let (Some(was), Some(is)) = (old.next(), new.next()) {
        let next = new.peek().copied().unwrap_or(' ');
        let is_inside = || last.is_alphabetic() && next.is_alphabetic();
        let does_not_stand_here = || match is {
            '…' if is_inside() => true,
            '‘' if last.is_alphabetic() => !after.contains('‚'),
            '…' | '“' | '”' | '„' | '«' | '»' => is == last,
            // Signs of drawings and of mathematics.
            '\u{2200}'..='\u{25FF}' if is_inside() => true,
            '–' | '—' => {
                let is_beside = last.is_alphabetic() != next.is_alphabetic();
                was.is_lowercase() && (is_beside || begins_word && is_inside())
            }
            '\u{370}'..='\u{EFF}' if last.is_ascii_alphabetic() || next.is_ascii_alphabetic() => {
                true
            }
            _ => was.is_lowercase() && is.is_uppercase() && last.is_lowercase(),
        };
        odd += Bits::from(was != is && was.is_alphabetic() && does_not_stand_here());
        begins_word = !last.is_alphanumeric() && last != '\'';
        last = is;
        let [angles, curls] = &mut quotes;
        match is {
            '«' | '»' => *angles ^= was.is_alphabetic(),
            '“' | '”' | '„' => *curls ^= was.is_alphabetic(),
            _ => {}
        }
    }
    odd * JOINT + quotes.map(Bits::from).iter().sum::<Bits>() * UNPAIRED
}

/// What it costs that a word in quotation marks gets a letter in the place of each: they are where
/// they belong.
const QUOTATION: Bits = 12 * BIT;

/// Quotation marks that open and close.
const QUOTATIONS: [(char, char); 7] =
    [('‘', '’'), ('“', '”'), ('«', '»'), ('‚', '‘'), ('„', '“'), ('„', '”'), ('»', '«')];

/// What it costs that words in quotation marks get letters in their places.
fn quotations(before: &str, after: &str) -> Bits {
    let mut made = after.chars();
    let mut chars = before.chars().peekable();
    let (mut last, mut open, mut count) = (' ', ' ', 0);
    while let (Some(c), Some(is)) = (chars.next(), made.next()) {
        let next = chars.peek().copied().unwrap_or(' ');
        let is_open = || !last.is_alphanumeric() && !next.is_whitespace();
        let is_close = || !last.is_whitespace() && !next.is_alphanumeric();
        if c != is && is.is_alphabetic() {
            match QUOTATIONS.contains(&(open, c)) && is_close() {
                true => count += 1,
                false if is_open() => open = c,
                false => {}
            }
        }
        last = c;
    }
    count * QUOTATION
}

/// [`Language::credit`] of a whole line.
pub fn credit(misreading: Misreading, line: &str) -> Bits {
    let after = misreading.undo(line);
    after.map_or(0, |after| Language::of(line, &Hints::default()).credit(misreading, &after))
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
    fn letters_of_a_language_that_fits_none_are_doubted() {
        // A dialect of which nothing is known but that it has no accents.
        let before = "Eboommi wureena’o poletikoona yesheyaaneena’o boon";
        let after = "Eboommi wureenašo poletikoona yesheyaaneenašo boon";
        assert!(doubt_of("windows-1252>macintosh", before, after) > 8 * BIT);
        let before = "Ret eo kregiñ ha kemmañ pep tra gant ar benveg diuzañ";
        let after = "Ret eo kregiń ha kemmań pep tra gant ar benveg diuzań";
        assert!(doubt_of("windows-1250>windows-1252", before, after) > 8 * BIT);
    }

    #[test]
    fn words_with_capitals_and_dashes_at_their_letters_are_doubted() {
        for (before, after) in [
            ("ri dhèanamh", "ri dhÉanamh"),
            ("meur-chlàir", "meur-chl…ir"),
            ("ÓÓ:PP", "””:PP"),
            ("emañ an hini", "ema– an hini"),
            ("hini ñemañ", "hini —emañ"),
            ("na tùsail", "na t—sail"),
            ("naïve", "na∙ve"),
            ("Listë", "List‘"),
        ] {
            assert_eq!(joints(before, after), JOINT, "{after}");
        }
        for (before, after) in [("Yn Çhorshey", "Yn «horshey"), ("moussî foû", "mouss” foû")]
        {
            assert_eq!(joints(before, after), UNPAIRED, "{after}");
        }
        for (before, after) in [
            ("cafÈ NOèL", "café NOËL"),
            ("one ñ two", "one – two"),
            ("1914ñ1918", "1914–1918"),
            ("wordówordó", "word—wordó"),
            ("McÃdam", "McÉdam"),
            ("Ç bon È", "« bon »"),
            ("ãgutÒ", "„gut“"),
            ("“ein", "“ein"),
        ] {
            assert_eq!(joints(before, after), 0, "{after}");
        }
    }

    #[test]
    fn words_in_quotation_marks_keep_them() {
        for (before, after) in [
            ("(a ‘lantern’) is", "(a ëlanterní) is"),
            ("Seite ‚%s‘ fehlt", "Seite Ç%së fehlt"),
            ("„gut“ ist", "ägutå ist"),
        ] {
            assert_eq!(quotations(before, after), QUOTATION, "{after}");
        }
        for (before, after) in
            [("l’eau d’or", "lÕeau dÕor"), ("‘no", "ëno"), ("“a” ‘b’", "«a» ‘b’")]
        {
            assert_eq!(quotations(before, after), 0, "{after}");
        }
    }

    #[test]
    fn only_latin_letters_of_single_bytes_are_asked() {
        let before = "Il marcjÃ¢t al Ã¨ siarÃ¢t e lis stradis a son vuedis";
        let after = "Il marcjât al è siarât e lis stradis a son vuedis";
        assert_eq!(doubt_of("UTF-8>windows-1252", before, after), 0);
        assert_eq!(doubt_of("windows-1251>windows-1252", "äà", "да"), 0);
        // Not as many characters as there were: none stands where its like did.
        assert_eq!(doubt_of("windows-1251>Shift_JIS", "ﾊﾈﾃﾀ 珮竟", "Книга «Идиот»"), 0);
        assert_eq!(doubt_of("macintosh>windows-1252", "lÕeau", "l’eau"), 0);
    }
}
