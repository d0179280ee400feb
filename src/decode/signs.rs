//! What signs cost where they stand.
//!
//! Charsets of one family often differ by nothing but a few signs: `!`, `|` and `]` change places in EBCDIC,
//! `€` and `¤` in ISO 8859, `®` and `⌐` under DOS. The language model knows little about signs, for texts
//! differ in them; here is what orthography says of the place of each. In: a text, character by character.
//! Out: bits beside the model's, and whether a sign stands where it is written.

use crate::model::{BIT, Bits};

/// The surroundings of the next character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signs {
    /// The last character, and the one before it.
    last: char,
    older: char,
    /// Letters since the last other character.
    word: u32,
    /// Square brackets that are open.
    open: u32,
    /// Guillemets that have no other yet.
    lone: bool,
}

impl Default for Signs {
    fn default() -> Self {
        Signs { last: ' ', older: ' ', word: 0, open: 0, lone: false }
    }
}

impl Signs {
    /// Whether `c` is a sign that stands where it is written: with its number, unit or name, and beside no
    /// other sign, as the halves of characters of pairs do.
    pub(super) fn is_in_place(&self, c: char, next: Option<char>) -> bool {
        let last = self.last;
        let stands_apart = |c: char| c.is_ascii() || c.is_alphanumeric();
        if c.is_ascii() || !stands_apart(last) || !next.is_none_or(stands_apart) {
            return false;
        }
        let opens = !last.is_alphanumeric();
        let closes = next.is_none_or(|n| !n.is_alphanumeric());
        let (blank, ends) = (is_blank(last), next.is_none_or(is_blank));
        let of_number = last.is_ascii_digit() || blank && self.older.is_ascii_digit();
        let to_number = next.is_some_and(|n| n.is_ascii_digit());
        match c {
            '€' | '£' | '¥' => opens && to_number || of_number && closes,
            '¢' | '‰' => of_number && closes,
            '§' | '¶' => opens && (to_number || closes),
            '±' => opens && (to_number || ends),
            '×' | '÷' => of_number && (to_number || ends),
            '°' => of_number && next.is_none_or(|n| !n.is_lowercase() && !n.is_ascii_digit()),
            '¼' | '½' | '¾' => (blank || last.is_ascii_digit()) && closes,
            'µ' => of_number && next.is_some_and(|n| n.is_ascii_alphabetic()),
            // Units and variables are short.
            '²' | '³' => last.is_ascii_alphanumeric() && closes && self.word <= 2,
            'º' | 'ª' => last.is_ascii_alphanumeric() && closes && self.word <= 1,
            '¡' | '¿' => opens && next.is_some_and(char::is_uppercase),
            '©' => opens && ends,
            '®' | '™' => last.is_ascii_alphanumeric() && closes,
            '…' => blank && ends || next.is_none_or(|n| n == '\n'),
            '•' | '†' | '‡' | '–' | '—' => blank && ends,
            _ => false,
        }
    }

    /// What it costs at the end that a guillemet has no other.
    pub(super) fn rest(&self) -> Bits {
        if self.lone { LONE } else { 0 }
    }

    /// What `c` costs here.
    pub(super) fn cost(&mut self, c: char) -> Bits {
        let (last, older) = (self.last, self.older);
        (self.older, self.last) = (last, c);
        self.word = if c.is_alphabetic() { self.word + 1 } else { 0 };
        // Most characters are these.
        if c.is_ascii_alphabetic() {
            return 0;
        }
        let bits = match c {
            '«' | '»' => {
                self.lone = !self.lone;
                0
            }
            '[' => {
                self.open += 1;
                0
            }
            ']' if self.open == 0 => 8,
            ']' => {
                self.open -= 1;
                0
            }
            // French sets it apart, other languages do not.
            '!' if last == ' ' => 1,
            '|' if last.is_alphanumeric() => 2,
            // Signs of no use in text; accents without their letters.
            '¤' | '⌐' | '¨' | '¯' | '¸' | '˘' | '˙' | '˛' | '˝' | 'ˇ' => 6,
            // Joiners and marks of direction have no place in the words of alphabets written from the left.
            '\u{200B}'..='\u{200F}' if is_western(last) => 12,
            // Controls that nobody writes; bytes that Windows' code pages leave free become them.
            '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}' => 16,
            // A frame begins at no word.
            '\u{2500}'..='\u{259F}' if last.is_alphanumeric() => 4,
            '€' | '₪' | '£' | '¥' | '¢' | '±' if is_western(last) => 6,
            // A dash stands apart on both sides or on none.
            _ if is_dash(last) && is_western(older) && !c.is_alphanumeric() => 5,
            // Numbers and words of other letters than ASCII keep apart.
            _ if last.is_ascii_digit() && !c.is_ascii() && is_western(c) => 4,
            '0'..='9' if !last.is_ascii() && is_western(last) => 4,
            // Only Latin letters change their case inside a word.
            '\u{370}'..='\u{52F}' if c.is_uppercase() && last.is_lowercase() => 4,
            _ => 0,
        };
        bits * BIT
    }
}

/// Where a charset has a capital letter, another has `«`.
const LONE: Bits = 4 * BIT;

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{A0}')
}

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—')
}

/// Letters of Latin, Greek and Cyrillic.
fn is_western(c: char) -> bool {
    c < '\u{530}' && c.is_alphabetic()
}
