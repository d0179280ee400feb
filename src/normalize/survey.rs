//! One look at a text that tells which steps can have something to do. Text in, a
//! set of [`flags`] out. Intact text costs this one pass and nothing else.
//!
//! ASCII goes by 8 to 32 bytes at a time. Otherwise one table look-up a character, by
//! the first two of its three bytes, knows most; only in a block of 64 characters
//! that has both kinds is the character itself looked at.

use super::marks::{self, may_change_in_nfc};
use crate::text::blocks::after_ascii;

/// What a text can hold that a step asks for.
pub(super) mod flags {
    /// Any text at all: for steps that find their own places fast.
    pub(crate) const ANY: u16 = 1 << 0;
    /// Not ASCII.
    pub(crate) const BEYOND_ASCII: u16 = 1 << 1;
    /// C0 controls other than white space, DEL, deprecated format characters.
    pub(crate) const CONTROL: u16 = 1 << 2;
    /// C1 controls.
    pub(crate) const C1: u16 = 1 << 3;
    /// What NFC may change.
    pub(crate) const MARK: u16 = 1 << 4;
    /// U+FEFF.
    pub(crate) const BYTE_ORDER_MARK: u16 = 1 << 5;
    /// Characters without a shape of their own: zero-width, bidirectional, tags, selectors.
    pub(crate) const INVISIBLE: u16 = 1 << 6;
    /// Ligatures, half-width and full-width forms, the ideographic space.
    pub(crate) const PRESENTATION: u16 = 1 << 7;
    /// Han, kana and what lies near them.
    pub(crate) const ASIAN: u16 = 1 << 8;
}

/// What a range of the Basic Multilingual Plane can hold.
const RANGES: [(u16, u16, u16); 18] = [
    (0x0080, 0x009F, flags::C1),
    (0x00AD, 0x00AD, flags::INVISIBLE),
    (0x061C, 0x061C, flags::INVISIBLE),
    (0x115F, 0x1160, flags::INVISIBLE),
    (0x180B, 0x180F, flags::INVISIBLE),
    (0x200B, 0x200F, flags::INVISIBLE),
    (0x202A, 0x202E, flags::INVISIBLE),
    (0x2060, 0x2069, flags::INVISIBLE),
    (0x206A, 0x206F, flags::CONTROL),
    (0x3000, 0x3000, flags::PRESENTATION),
    (0x3001, 0x9FFF, flags::ASIAN),
    (0x3164, 0x3164, flags::INVISIBLE),
    (0xF900, 0xFAFF, flags::ASIAN),
    (0xFB00, 0xFB17, flags::PRESENTATION),
    (0xFE00, 0xFE0F, flags::INVISIBLE),
    (0xFEFF, 0xFEFF, flags::BYTE_ORDER_MARK | flags::INVISIBLE),
    (0xFF01, 0xFFEE, flags::PRESENTATION | flags::ASIAN),
    (0xFFA0, 0xFFA0, flags::INVISIBLE),
];

/// For each block of 64 characters: what all of them have, and what some have.
const BLOCKS: [(u16, u16); 1024] = blocks();

/// What the text holds of what is `wanted`, and all that is not.
pub(super) fn survey(text: &str, wanted: u16) -> u16 {
    let mut rest = text.as_bytes();
    let controls = rest.iter().fold(0, |any, &byte| any | u8::from(is_control(byte)));
    // As if it were found already, what is not wanted is never looked for.
    let mut found = flags::ANY | !wanted | (u16::from(controls) * flags::CONTROL);
    while !rest.is_empty() {
        rest = after_ascii(rest);
        while let [0x80..=0xFF, ..] = rest {
            rest = character(rest, &mut found);
        }
    }
    found
}

/// Looks at the first character, which is not ASCII, and gives what comes after it.
#[inline]
fn character<'t>(bytes: &'t [u8], found: &mut u16) -> &'t [u8] {
    let low = |byte: u8| u32::from(byte & 0x3F);
    let (code, rest) = match bytes {
        [first @ 0..0xE0, second, rest @ ..] => {
            ((u32::from(first & 0x1F) << 6) | low(*second), rest)
        }
        [first @ 0..0xF0, second, third, rest @ ..] => {
            ((u32::from(first & 0x0F) << 12) | (low(*second) << 6) | low(*third), rest)
        }
        [first, second, third, fourth, rest @ ..] => {
            let high = (u32::from(first & 0x07) << 18) | (low(*second) << 12);
            (high | (low(*third) << 6) | low(*fourth), rest)
        }
        _ => return &[],
    };
    let (all, some) = BLOCKS.get((code >> 6) as usize).copied().unwrap_or((0, u16::MAX));
    *found |= all | flags::BEYOND_ASCII;
    // Only what was not found yet is worth a closer look.
    let open = some & !*found;
    if open & flags::MARK != 0 {
        let mark = char::from_u32(code).is_some_and(may_change_in_nfc);
        *found |= u16::from(mark) * flags::MARK;
    }
    if open & !flags::MARK != 0 {
        *found |= exactly(code);
    }
    rest
}

fn is_control(byte: u8) -> bool {
    (byte < 0x20 && !(0x09..=0x0D).contains(&byte)) || byte == 0x7F
}

/// What a character has besides [`flags::MARK`].
#[inline(never)]
fn exactly(code: u32) -> u16 {
    match u16::try_from(code) {
        Ok(code) => RANGES
            .iter()
            .filter(|(first, last, _)| (*first..=*last).contains(&code))
            .fold(0, |all, (_, _, flag)| all | flag),
        // Ideographs, and the tags and selectors of plane 14.
        Err(_) if (0x2_0000..0x4_0000).contains(&code) => flags::ASIAN,
        Err(_) if code >= 0xE_0000 => flags::INVISIBLE,
        Err(_) => 0,
    }
}

// Evaluated by the compiler: an index out of range would be an error there.
#[allow(clippy::indexing_slicing)]
const fn blocks() -> [(u16, u16); 1024] {
    let mut blocks = [(0, 0); 1024];
    let mut index = 0;
    while index < RANGES.len() + marks::RANGES.len() {
        let (first, last, flag) = if index < RANGES.len() {
            RANGES[index]
        } else {
            let (first, last) = marks::RANGES[index - RANGES.len()];
            (first, last, flags::MARK)
        };
        let mut block = (first >> 6) as usize;
        while block <= (last >> 6) as usize {
            let whole = first as usize <= block << 6 && block << 6 | 63 <= last as usize;
            if whole {
                blocks[block].0 |= flag;
            } else {
                blocks[block].1 |= flag;
            }
            block += 1;
        }
        index += 1;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::is_hidden;
    use crate::text::characters::{is_han, is_kana};

    /// A step that is not called because a flag is missing would be silent.
    #[test]
    fn every_character_has_the_flags_that_it_needs() {
        for c in '\0'..=char::MAX {
            // Both ways through: in a long text and in a short one.
            let short = survey(&c.to_string(), u16::MAX);
            let long = survey(&format!("{c}{}", "x".repeat(40)), u16::MAX);
            assert_eq!(short, long, "{c:?}");
            let has = |flag| short & flag != 0;
            assert_eq!(has(flags::BEYOND_ASCII), !c.is_ascii(), "{c:?}");
            assert_eq!(has(flags::MARK), may_change_in_nfc(c), "{c:?}");
            assert_eq!(has(flags::C1), ('\u{80}'..='\u{9F}').contains(&c), "{c:?}");
            assert_eq!(has(flags::BYTE_ORDER_MARK), c == '\u{FEFF}', "{c:?}");
            assert!(has(flags::INVISIBLE) || !is_hidden(c), "{c:?}");
            assert!(has(flags::ASIAN) || !(is_han(c) || is_kana(c)), "{c:?}");
        }
    }
}
