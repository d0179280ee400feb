//! Text that is nobody's language: a list of letters, a table of characters, a picture made
//! of them.
//!
//! No n-gram knows its next character, but what makes it is simple. A list has each character
//! once, and most are of the blocks that it is of already, the next in the code, or the other
//! case of one that it has; a picture has a few again and again. In come the characters of a
//! text that are beyond ASCII, one after the other; out comes what they cost at most.

use super::sign::{DRAWN, is_drawn};
use super::{BIT, Bits, is_wide};
use std::collections::HashMap;

/// What a character costs that is one of the last four.
const RECENT: Bits = 4 * BIT;

/// What it costs to believe that characters are a list: of alphabets and signs, and of CJK, where
/// characters that are rare beside each other are no wonder.
const LIST: Bits = 14 * BIT;
const WIDE_LIST: Bits = 24 * BIT;
/// Letters and signs stand together in blocks of so many.
const BLOCK: u32 = 128;
/// What a new character of a list costs that is of a block that the list is of.
const OF_BLOCK: Bits = (1 + BLOCK.ilog2()) * BIT;
/// The same of one that is the next in the code, or nearly, and how far that is.
const NEXT: Bits = 4 * BIT;
const AHEAD: u32 = 4;
/// The same of one of which the list has the other case.
const OTHER_CASE: Bits = 5 * BIT;
/// The same of one of CJK: there are as many as fit into two bytes that are no controls.
const WIDE: Bits = 14 * BIT;
/// What a character of a list costs that it has already, beyond choosing it among all.
const AGAIN: Bits = 7 * BIT;
/// What it costs that a letter stands behind a sign in a list, or a sign behind a letter.
const MIXED: Bits = 4 * BIT;

/// What has been seen of a text.
#[derive(Default)]
pub struct Litter {
    /// The last characters, the newest first.
    recent: [char; 4],
    /// By block, a bit for each character.
    seen: HashMap<u32, u128>,
    /// How many there are in all.
    count: usize,
    sum: Bits,
    narrow: Costs,
    wide: Costs,
}

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

impl Litter {
    /// Adds what does not depend on what litter it is.
    pub fn add(&mut self, cost: Bits) {
        self.sum = self.sum.saturating_add(cost);
    }

    /// The next character, what it costs wherever it stands, and whether it is part of a word
    /// of ASCII.
    pub fn next(&mut self, c: char, anywhere: Bits, is_in_word: bool) {
        let [last, second, third, _] = self.recent;
        let is_recent = self.recent.contains(&c);
        let alone = match is_recent {
            _ if is_drawn(last, c) => DRAWN,
            true if is_block(c) => self.recently(),
            true => RECENT,
            false => anywhere,
        };
        let list = match self.has(c) {
            _ if is_in_word || is_c1(c) => alone,
            true => par(2)*BIT + self.count.ilog2() * BIT,
            false => alone.min(self.listed(c)),
        };
        match is_wide(c) {
            true => self.wide.add(alone, list),
            false => self.narrow.add(alone, list),
        }
        self.recent = [c, last, second, third];
        if !self.has(c) {
            *self.seen.entry(block(c)).or_default() |= bit(c);
            self.count += 1;
        }
    }

    /// What all that was seen costs if it is no list, and if it may be one.
    pub fn costs(&self) -> [Bits; 2] {
        let all = |narrow, wide| self.sum.saturating_add(narrow).saturating_add(wide);
        let list = all(self.narrow.least(par(0)*BIT), self.wide.least(par(1)*BIT));
        [all(self.narrow.alone, self.wide.alone), list]
    }

    fn has(&self, c: char) -> bool {
        self.seen.get(&block(c)).is_some_and(|seen| seen & bit(c) != 0)
    }

    /// What one of the last characters costs: that it is one, and which.
    fn recently(&self) -> Bits {
        let [first, second, third, fourth] = self.recent;
        let others = [second, third, fourth].into_iter().filter(|&c| c != first && c != '\0');
        (1 + others.count() as Bits).min(3) * BIT
    }

    /// What a character costs that goes on with a list.
    fn listed(&self, c: char) -> Bits {
        let [last, ..] = self.recent;
        let ahead = u32::from(c).wrapping_sub(last.into());
        let cost = match c {
            _ if last != '\0' && (1..=AHEAD).contains(&ahead) => par(3)*BIT,
            _ if other_case(c).is_some_and(|other| self.has(other)) => par(4)*BIT,
            _ if self.seen.contains_key(&block(c)) => OF_BLOCK,
            _ if is_wide(c) => WIDE,
            _ => return Bits::MAX,
        };
        let is_mixed = last != '\0' && last.is_alphabetic() != c.is_alphabetic();
        cost + if is_mixed { par(5)*BIT } else { 0 }
    }
}

/// Whether a character is a control beyond ASCII: no list has them.
fn is_c1(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9F}')
}

/// Whether pictures are made of such characters.
fn is_block(c: char) -> bool {
    matches!(c, '\u{2500}'..='\u{259F}')
}

fn block(c: char) -> u32 {
    u32::from(c) / BLOCK
}

fn bit(c: char) -> u128 {
    1 << (u32::from(c) % BLOCK)
}

/// The other case of a letter that has two.
fn other_case(c: char) -> Option<char> {
    c.to_lowercase().chain(c.to_uppercase()).find(|&other| other != c)
}

fn par(i: usize) -> Bits {
    static P: std::sync::OnceLock<Vec<Bits>> = std::sync::OnceLock::new();
    P.get_or_init(|| std::env::var("PAR").map_or(vec![14,24,7,4,5,4], |v| v.split(',').map(|x| x.parse().unwrap()).collect()))[i]
}
