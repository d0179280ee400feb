//! Text that is nobody's language: code, a list of letters, a table of characters, a picture
//! made of them.
//!
//! No n-gram knows its next character, but what makes it is simple. In litter each character is
//! as rare as it is anywhere, or one of the last few. A list has each character once, and most
//! are of a block that it has others of, the next in the code, or the other case of one
//! that it has: `[àâäéèêëÀÂÄ]`. Or all are the letters that one language has beyond ASCII, each
//! once: `ąćęłńóśźż`. In come the characters of a text that are beyond ASCII, one after
//! the other; out comes what they cost as either.

use super::sign::{DRAWN, is_box, is_drawn};
use super::{BIT, Bits, is_wide, latin};
use crate::text::characters::{is_c1, is_next};

/// What it costs to believe that a text is no language at all.
const LITTER: Bits = 10 * BIT;
/// What a character costs that is one of the last four.
const RECENT: Bits = 4 * BIT;
/// What a character costs that stands right behind itself.
const SAME: Bits = BIT;

/// What a new character of a picture costs: there are some hundreds.
const PICTURE: Bits = 9 * BIT;

/// What it costs to believe that characters are a list: of alphabets and signs, and of CJK.
const LIST: Bits = 20 * BIT;
const WIDE_LIST: Bits = 40 * BIT;
/// Letters and signs stand together in blocks of so many.
const BLOCK: u32 = 128;
/// What a new character of a list costs that is of a block that the list is of.
const OF_BLOCK: Bits = (1 + BLOCK.ilog2()) * BIT;
/// What a new character of a list costs that is of another block.
const NEW_BLOCK: Bits = 13 * BIT;
/// What a character of a list costs that is the next in the code, or nearly.
const NEXT: Bits = 4 * BIT;
/// What a character of a list costs of which it has the other case.
const OTHER_CASE: Bits = 5 * BIT;
/// What a new character of a list costs that is of CJK: there are as many as fit into two bytes
/// that are no controls.
const WIDE: Bits = 14 * BIT;
/// What a character of CJK costs that is the next in the code: what was read in the same charset is
/// near to others, too.
const WIDE_NEXT: Bits = 9 * BIT;
/// What a character of a list costs that it has already, beyond choosing it among all: a letter or
/// sign, and one of CJK.
const AGAIN: Bits = 28 * BIT;
const WIDE_AGAIN: Bits = 14 * BIT;
/// What it costs that a letter stands behind a sign in a list, or a sign behind a letter.
const MIXED: Bits = 8 * BIT;

/// What it costs to believe that Latin letters are those that a language has beyond ASCII, and
/// each of them: a language has some sixteen.
const ALPHABET: Bits = 14 * BIT;
const OF_ALPHABET: Bits = 4 * BIT;
/// What a letter of an alphabet costs that stands there in the other case.
const OTHER_CASE_OF_ALPHABET: Bits = 2 * BIT;

/// What a text costs without its stretches of ASCII, save for what stands next to other
/// characters.
pub struct Active {
    /// As language.
    pub language: Bits,
    /// As litter.
    litter: Bits,
    /// As litter that may be a list.
    list: Bits,
}

impl Active {
    /// By how much less it costs as litter than as language.
    pub fn spared_as_litter(&self) -> Bits {
        self.language.saturating_sub(self.litter)
    }

    /// By how much less it costs as a list than as language. Only a text that stands as it is may
    /// be one: what others make of it is no list.
    pub fn spared_as_list(&self) -> Bits {
        self.language.saturating_sub(self.list)
    }
}

/// Where a character beyond ASCII stands.
#[derive(Clone, Copy)]
pub struct Place {
    /// Alone or with one other between letters of ASCII.
    pub in_word: bool,
    /// In characters beyond ASCII that a letter of ASCII stands at.
    pub at_word: bool,
}

/// What has been seen of a text.
pub struct Litter {
    /// The last characters, the newest first, and whether the next one is right behind them.
    recent: [char; 4],
    is_beside: bool,
    /// Which characters there were, a bit for each, by the low bits of its code: those of a line are
    /// few beside so many, and a set that keeps all of them apart takes longer than the model.
    seen: [u64; SEEN / 64],
    /// The blocks that those are of, CJK aside.
    blocks: Vec<u32>,
    /// How many there are in all.
    count: usize,
    sum: Bits,
    narrow: Costs,
    wide: Costs,
    /// What all but those of CJK cost if they are the letters of a language, and the languages
    /// that have all of them, a bit for each.
    alphabet: Bits,
    writers: u64,
}

/// Bits for the characters that were seen: all up to CJK have their own.
const SEEN: usize = 1 << 14;

/// What characters cost, each by itself and as a list.
#[derive(Default)]
struct Costs {
    alone: Bits,
    list: Bits,
}

impl Costs {
    fn add(&mut self, alone: Bits, list: Bits) {
        self.alone = self.alone.saturating_add(alone);
        self.list = self.list.saturating_add(list);
    }

    fn least(&self, list: Bits) -> Bits {
        self.alone.min(self.list.saturating_add(list))
    }
}

impl Default for Litter {
    fn default() -> Self {
        Litter {
            recent: ['\0'; 4],
            is_beside: false,
            seen: [0; SEEN / 64],
            blocks: Vec::new(),
            count: 0,
            sum: 0,
            narrow: Costs::default(),
            wide: Costs::default(),
            alphabet: 0,
            writers: u64::MAX,
        }
    }
}

impl Litter {
    /// Adds what does not depend on what litter it is.
    pub fn add(&mut self, cost: Bits) {
        self.sum = self.sum.saturating_add(cost);
        self.is_beside = false;
    }

    /// The next character, what it and its case cost anywhere, and where it stands.
    pub fn next(&mut self, c: char, [anywhere, case]: [Bits; 2], place: Place) {
        let [last, second, third, _] = self.recent;
        let is_recent = self.recent.contains(&c);
        let alone = match is_recent {
            _ if c == last && self.is_beside => SAME,
            _ if is_drawn(last, c) => DRAWN,
            _ if is_of_pictures(c) => anywhere.min(self.drawn(c)),
            true => RECENT + case,
            false => anywhere + case,
        };
        let again = if is_wide(c) { WIDE_AGAIN } else { AGAIN };
        let list = match self.has(c) {
            _ if place.in_word || is_c1(c) || is_box(c) => alone,
            true => again + self.count.ilog2() * BIT,
            false => alone.min(self.listed(c)),
        };
        match is_wide(c) {
            true => self.wide.add(alone, list),
            false => {
                self.narrow.add(alone, list);
                let letter = self.of_alphabet(c, place).unwrap_or(alone);
                self.alphabet = self.alphabet.saturating_add(letter);
            }
        }
        self.recent = [c, last, second, third];
        self.is_beside = true;
        self.keep(c);
    }

    fn keep(&mut self, c: char) {
        let (word, bit) = bit_of(c);
        let Some(seen) = self.seen.get_mut(word).filter(|seen| **seen & bit == 0) else { return };
        *seen |= bit;
        self.count += 1;
        if !is_wide(c) && !self.blocks.contains(&block(c)) {
            self.blocks.push(block(c));
        }
    }

    /// What the text costs whose cost as language is this.
    pub fn costs(&self, language: Bits) -> Active {
        let all = |narrow, wide| self.sum.saturating_add(narrow).saturating_add(wide);
        let litter = all(self.narrow.alone, self.wide.alone);
        let mut narrow = self.narrow.least(LIST);
        if self.writers != 0 {
            narrow = narrow.min(self.alphabet.saturating_add(ALPHABET));
        }
        let list = all(narrow, self.wide.least(WIDE_LIST));
        let [litter, list] = [litter, list].map(|cost| cost.saturating_add(LITTER));
        Active { language, litter, list }
    }

    fn has(&self, c: char) -> bool {
        let (word, bit) = bit_of(c);
        self.seen.get(word).is_some_and(|seen| seen & bit != 0)
    }

    /// What a character of a picture costs: how many others it is chosen among.
    fn drawn(&self, c: char) -> Bits {
        let [last, ..] = self.recent;
        let others = self.recent.into_iter().filter(|&other| other != '\0' && other != c);
        if self.recent.contains(&c) {
            return (1 + others.count() as Bits).min(3) * BIT;
        }
        match self.has(c) {
            // Lines are what letters are taken for, too.
            _ if is_box(c) => Bits::MAX,
            true => (2 + self.count.ilog2()) * BIT,
            false if self.is_beside && is_of_pictures(last) => PICTURE,
            false => Bits::MAX,
        }
    }

    /// What a letter costs that a list of a language's letters has not yet.
    fn of_alphabet(&mut self, c: char, place: Place) -> Option<Bits> {
        let letter = latin::letter(c)?;
        self.writers &= if place.at_word { 0 } else { latin::writers(letter) };
        match self.has(c) {
            true => None,
            false if other_case(c).is_some_and(|other| self.has(other)) => {
                Some(OTHER_CASE_OF_ALPHABET)
            }
            false => Some(OF_ALPHABET),
        }
    }

    /// What a character costs that goes on with a list.
    fn listed(&self, c: char) -> Bits {
        let [last, ..] = self.recent;
        let is_next = last != '\0' && is_next(c.into(), last.into());
        let cost = match c {
            _ if is_wide(c) && is_next => WIDE_NEXT,
            _ if is_wide(c) => WIDE,
            _ if is_next => NEXT,
            _ if other_case(c).is_some_and(|other| self.has(other)) => OTHER_CASE,
            _ if self.blocks.contains(&block(c)) => OF_BLOCK,
            _ => NEW_BLOCK,
        };
        let is_mixed = last != '\0' && last.is_alphabetic() != c.is_alphabetic();
        cost + if is_mixed { MIXED } else { 0 }
    }
}

/// Whether pictures are made of such characters: boxes, blocks and patterns of dots.
fn is_of_pictures(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{259F}' | '\u{2800}'..='\u{28FF}')
}

fn block(c: char) -> u32 {
    u32::from(c) / BLOCK
}

/// The word of [`Litter::seen`] that a character has a bit in, and the bit.
fn bit_of(c: char) -> (usize, u64) {
    let at = u32::from(c) as usize % SEEN;
    (at / 64, 1 << (at % 64))
}

/// The other case of a letter that has two.
fn other_case(c: char) -> Option<char> {
    c.to_lowercase().chain(c.to_uppercase()).find(|&other| other != c)
}

#[cfg(test)]
mod tests {
    use crate::model::{BIT, model};

    #[test]
    fn lists_and_pictures_cost_less_than_any_language() {
        for text in [
            "[^àâäéèêëÀÂÄÉÈÊË]",
            "'αβγδεζηθικλ'",
            "糸紅紙細終組経結絵続緑線編練縮",
            "▄▄█▀▀█▄▄  ▄█▀█▄",
            "ąćęłńóśźż",
            "ÅÄÖ åäö",
        ] {
            assert!(model().active(text).spared_as_list() > 10 * BIT, "{text}");
        }
    }

    #[test]
    fn a_list_has_no_character_twice_and_no_words() {
        for text in ["Ïðèâåò, êàê äåëà ñåãîäíÿ, äðóã?", "Où était la fenêtre, Aimé?"]
        {
            let active = model().active(text);
            assert_eq!(active.spared_as_list(), active.spared_as_litter(), "{text}");
        }
    }
}
