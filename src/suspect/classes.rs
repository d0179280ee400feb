//! The class of a character: few enough for a table of pairs, many enough to tell
//! letters that garbled text is made of from letters that languages are made of.
//!
//! The trainer assigns the classes by what it counts: ASCII characters and the
//! commonest others have one each; the rest share one with characters of their
//! script that are as much commoner, or rarer, in garbled than in intact text.

use super::tables::{BLOB, CLASSES};
use std::sync::OnceLock;

/// Classes below this are of ASCII.
pub const ASCII: usize = 128;
/// Planes beyond the first: emoji, and the others.
pub const EMOJI: u16 = 510;
pub const BEYOND: u16 = 511;
/// Surrogates, which no text holds, that stand for all characters of these planes.
pub const EMOJI_UNIT: u16 = 0xD800;
pub const BEYOND_UNIT: u16 = 0xD801;

/// The classes of the characters of the first plane.
pub struct Classes {
    /// Of each, by its code point.
    all: Box<[u16; 0x10000]>,
    /// What the first two bytes of UTF-8 tell, as they stand in memory: the class of a
    /// character of two bytes; or else whose class it is, see [`Classes::next`].
    begun: Box<[u16; 0x10000]>,
}

/// Behind the classes: that two bytes begin a character of three, and its code point without
/// the third; one of four; and that they begin none beyond ASCII.
const OF_THREE: u16 = 0x400;
const OF_FOUR: u16 = 0x800;
const NONE: u16 = 0xFFFF;

/// The classes in the program, unfolded once.
pub fn classes() -> &'static Classes {
    static CLASSES: OnceLock<Classes> = OnceLock::new();
    CLASSES.get_or_init(Classes::read)
}

impl Classes {
    /// Of the class of each character of the first plane, in order.
    pub fn new(classes: &[u16]) -> Self {
        let mut all = Box::new([BEYOND; 0x10000]);
        for (to, &class) in all.iter_mut().zip(classes) {
            *to = class;
        }
        Self::of_all(all)
    }

    /// An index of 256 pages, then the pages: the low bytes of the classes, then their
    /// ninth bits.
    fn read() -> Self {
        let mut all = Box::new([BEYOND; 0x10000]);
        let tables = BLOB.get(CLASSES..).unwrap_or_default();
        let (index, pages) = tables.split_at_checked(256).unwrap_or_default();
        let (to, _) = all.as_chunks_mut::<256>();
        for (to, &page) in to.iter_mut().zip(index) {
            let page = pages.chunks_exact(256 + 32).nth(page.into()).unwrap_or_default();
            let (low, high) = page.split_at_checked(256).unwrap_or_default();
            for (at, (to, &low)) in to.iter_mut().zip(low).enumerate() {
                let bits = high.get(at / 8).copied().unwrap_or(0);
                *to = u16::from(low) | u16::from(bits >> (at % 8) & 1) << 8;
            }
        }
        Self::of_all(all)
    }

    fn of_all(all: Box<[u16; 0x10000]>) -> Self {
        let mut begun = Box::new([NONE; 0x10000]);
        for first in 0xC2..=0xF4_u8 {
            for second in 0x80..=0xBF_u8 {
                let bits = u16::from(second & 0x3F);
                let tells = match first {
                    ..0xE0 => {
                        let unit = u16::from(first & 0x1F) << 6 | bits;
                        all.get(usize::from(unit)).copied().unwrap_or(BEYOND)
                    }
                    0xE0..0xF0 => OF_THREE | u16::from(first & 0xF) << 6 | bits,
                    0xF0 if second < 0xA0 => OF_FOUR | EMOJI,
                    _ => OF_FOUR | BEYOND,
                };
                let at = u16::from_le_bytes([first, second]);
                if let Some(to) = begun.get_mut(usize::from(at)) {
                    *to = tells;
                }
            }
        }
        Classes { all, begun }
    }

    /// The class of the character that well-formed UTF-8 begins with, and what follows it, if
    /// it is beyond ASCII.
    #[inline]
    pub fn next<'t>(&self, utf8: &'t [u8]) -> Option<(usize, &'t [u8])> {
        self.next_of_two(utf8)
            .or_else(|| self.next_of_three(utf8))
            .or_else(|| self.next_of_four(utf8))
    }

    /// The class of the next character, if it has two bytes.
    #[inline]
    pub fn next_of_two<'t>(&self, utf8: &'t [u8]) -> Option<(usize, &'t [u8])> {
        let (tells, rest) = self.begins(utf8)?;
        (tells < OF_THREE).then_some((tells.into(), rest))
    }

    /// The class of the next character, if it has three bytes.
    #[inline]
    pub fn next_of_three<'t>(&self, utf8: &'t [u8]) -> Option<(usize, &'t [u8])> {
        let (tells, rest) = self.begins(utf8)?;
        let (&third, rest) = rest.split_first()?;
        let unit = tells << 6 | u16::from(third & 0x3F);
        (tells / OF_THREE == 1).then(|| (self.of_unit(unit), rest))
    }

    fn next_of_four<'t>(&self, utf8: &'t [u8]) -> Option<(usize, &'t [u8])> {
        let (tells, rest) = self.begins(utf8)?;
        (tells / OF_FOUR == 1).then_some((usize::from(tells - OF_FOUR), rest.get(2..)?))
    }

    #[inline]
    fn begins<'t>(&self, utf8: &'t [u8]) -> Option<(u16, &'t [u8])> {
        let (&two, rest) = utf8.split_first_chunk()?;
        Some((self.begun.get(usize::from(u16::from_le_bytes(two))).copied()?, rest))
    }

    /// The class of a character.
    #[inline]
    pub fn of(&self, c: char) -> usize {
        self.of_unit(match c as u32 {
            code @ ..0x10000 => code as u16,
            0x10000..0x20000 => EMOJI_UNIT,
            _ => BEYOND_UNIT,
        })
    }

    /// The class of a character of the first plane, or of the units that stand for others.
    #[inline]
    pub fn of_unit(&self, unit: u16) -> usize {
        self.all.get(usize::from(unit)).copied().unwrap_or(BEYOND).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_class_of_a_character_is_told_by_its_bytes() {
        let classes = classes();
        for c in '\u{80}'..=char::MAX {
            let text = format!("{c}a");
            assert_eq!(classes.next(text.as_bytes()), Some((classes.of(c), &b"a"[..])), "{c:?}");
            let is_told = |next: Option<(usize, &[u8])>| next.is_some();
            assert_eq!(is_told(classes.next_of_two(text.as_bytes())), c.len_utf8() == 2, "{c:?}");
            assert_eq!(is_told(classes.next_of_three(text.as_bytes())), c.len_utf8() == 3, "{c:?}");
        }
        for text in ["", "a", "aé", "a中"] {
            assert_eq!(classes.next(text.as_bytes()), None, "{text}");
        }
    }
}
