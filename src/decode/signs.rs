//! What signs cost where they stand.
//!
//! Charsets of one family often differ by nothing but a few signs: `!`, `|` and `]` change places in EBCDIC,
//! `€` and `¤` in ISO 8859, `®` and `⌐` under DOS. The language model knows little about signs, for texts
//! differ in them; here is what orthography says of the place of each. In: a text, character by character.
//! Out: bits beside the model's.

use crate::model::{BIT, Bits};

/// The surroundings of the next character.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signs {
    /// The last character, and the one before it.
    last: char,
    older: char,
    /// Square brackets that are open.
    open: u32,
}

impl Default for Signs {
    fn default() -> Self {
        Signs { last: ' ', older: ' ', open: 0 }
    }
}

impl Signs {
    /// What `c` costs here.
    pub(super) fn cost(&mut self, c: char) -> Bits {
        let (last, older) = (self.last, self.older);
        (self.older, self.last) = (last, c);
        // Most characters are these.
        if c.is_ascii_alphabetic() {
            return 0;
        }
        let bits = match c {
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

fn is_dash(c: char) -> bool {
    matches!(c, '–' | '—')
}

/// Letters of Latin, Greek and Cyrillic.
fn is_western(c: char) -> bool {
    c < '\u{530}' && c.is_alphabetic()
}
