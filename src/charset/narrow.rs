//! From a character to its byte in a single-byte charset: what undoes most misreadings.
//!
//! In: the characters of a charset with their preferred codes. Out: a byte for each, by one or
//! two look-ups and without a list of codes, where ASCII is its own bytes.

use super::reverse::Reverse;
use crate::text::blocks::ascii_run;

/// Bytes by character, of those beyond ASCII.
#[derive(Debug)]
pub(super) struct Narrow {
    /// Of the characters that have two bytes in UTF-8, which are those of most charsets.
    first: Box<[u8; FIRST]>,
    /// Where the cells of each block of 256 code points begin, in blocks; the first is empty.
    pages: [u8; 256],
    /// 0 for none: NUL is ASCII.
    cells: Vec<u8>,
}

const PAGE: usize = 256;
const FIRST: usize = 0x800;

impl Narrow {
    /// The first code of each character.
    pub(super) fn build(reverse: &Reverse) -> Self {
        let mut table =
            Narrow { first: Box::new([0; FIRST]), pages: [0; 256], cells: vec![0; PAGE] };
        for c in reverse.chars().filter(|c| !c.is_ascii()) {
            let (at, byte) = (c as usize, reverse.get(c).first().copied().unwrap_or(0));
            if let Some(cell) = table.cell(at) {
                *cell = byte as u8;
            }
        }
        table
    }

    /// Where the byte of a code point is kept.
    fn cell(&mut self, at: usize) -> Option<&mut u8> {
        if at < FIRST {
            return self.first.get_mut(at);
        }
        let page = self.pages.get_mut(at / PAGE)?;
        if *page == 0 {
            *page = (self.cells.len() / PAGE) as u8;
            self.cells.resize(self.cells.len() + PAGE, 0);
        }
        self.cells.get_mut(usize::from(*page) * PAGE + at % PAGE)
    }

    #[inline]
    fn get(&self, unit: u16) -> u8 {
        let at = usize::from(unit);
        if let Some(&byte) = self.first.get(at) {
            return byte;
        }
        let page = self.pages.get(at / PAGE).copied().unwrap_or(0);
        self.cells.get(usize::from(page) * PAGE + at % PAGE).copied().unwrap_or(0)
    }

    /// Appends the bytes of `text`, or stops at the first character without one: its place
    /// is the error.
    pub(super) fn encode(&self, text: &str, out: &mut Vec<u8>) -> Result<(), usize> {
        let before = out.len();
        // No character has more bytes than in UTF-8.
        out.resize(before + text.len(), 0);
        let to = out.get_mut(before..).unwrap_or_default();
        let (mut at, mut rest) = (0, text.as_bytes());
        let failed = loop {
            // Most of what is encoded is runs of these; nothing longer, and no ASCII, begins
            // with such a unit.
            while let Some((&two, tail)) = rest.split_first_chunk()
                && let Some(&byte @ 1..) = self.first.get(usize::from(unit_of_two(two)))
                && let Some(to) = to.get_mut(at)
            {
                *to = byte;
                at += 1;
                rest = tail;
            }
            let (byte, tail) = match *rest {
                [] => break None,
                [..0x80, ..] => {
                    let (ascii, tail) = rest.split_at_checked(ascii_run(rest)).unwrap_or_default();
                    let end = at + ascii.len();
                    if let Some(to) = to.get_mut(at..end) {
                        to.copy_from_slice(ascii);
                    }
                    (at, rest) = (end, tail);
                    continue;
                }
                // No such charset has a character beyond the first plane.
                _ => match first_unit(rest).map(|(unit, tail)| (self.get(unit), tail)) {
                    Some((byte @ 1.., tail)) => (byte, tail),
                    _ => break Some(text.len() - rest.len()),
                },
            };
            if let Some(to) = to.get_mut(at) {
                *to = byte;
            }
            at += 1;
            rest = tail;
        };
        out.truncate(before + at);
        failed.map_or(Ok(()), Err)
    }
}

/// The code point of the character that well-formed UTF-8 begins with, and what follows it, if
/// it is one of the first plane and beyond ASCII.
#[inline]
fn first_unit(utf8: &[u8]) -> Option<(u16, &[u8])> {
    match *utf8 {
        [first @ 0xC0..0xE0, second, ref rest @ ..] => Some((unit_of_two([first, second]), rest)),
        [first @ 0xE0..0xF0, second, third, ref rest @ ..] => {
            Some((unit_of_three([first, second, third]), rest))
        }
        _ => None,
    }
}

/// The code point of two bytes of well-formed UTF-8. What marks lead and trail bytes is taken
/// off once, from their sum.
#[inline]
fn unit_of_two([first, second]: [u8; 2]) -> u16 {
    const MARKS: u16 = (0xC0 << 6) + 0x80;
    (u16::from(first) << 6).wrapping_add(second.into()).wrapping_sub(MARKS)
}

/// The code point of three bytes of well-formed UTF-8.
#[inline]
fn unit_of_three([first, second, third]: [u8; 3]) -> u16 {
    const MARKS: u16 = (0x80 << 6) + 0x80;
    let [first, second] = [u16::from(first) << 12, u16::from(second) << 6];
    first.wrapping_add(second).wrapping_add(third.into()).wrapping_sub(MARKS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_code_points() {
        for c in '\u{80}'..'\u{10000}' {
            let text = format!("{c}a");
            assert_eq!(first_unit(text.as_bytes()), Some((c as u16, b"a".as_slice())), "{c:?}");
        }
        for text in ["", "a", "😀"] {
            assert_eq!(first_unit(text.as_bytes()), None, "{text}");
        }
    }
}
