//! UTF-8 behind characters that stand for several byte strings.
//!
//! In comes a text, out come bytes of it that are well-formed UTF-8 where those that an encoder
//! writes are not: `€` in GBK is 80 or A2 E3, and which of them it was the bytes around it tell.

use super::{Charset, Family};

/// What may come next in well-formed UTF-8, after table 3-7 of the Unicode Standard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expected {
    /// A first byte.
    First,
    /// So many more bytes of 80 to BF.
    More(u8),
    /// A byte of a narrower range, then so many more.
    Narrow(u8, u8, u8),
}

/// All of them: a set has a bit for each.
const ALL: [Expected; 8] = [
    Expected::First,
    Expected::More(1),
    Expected::More(2),
    Expected::More(3),
    Expected::Narrow(0xA0, 0xBF, 1),
    Expected::Narrow(0x80, 0x9F, 1),
    Expected::Narrow(0x90, 0xBF, 2),
    Expected::Narrow(0x80, 0x8F, 2),
];

/// The set of [`Expected::First`] alone.
const FIRST: u8 = 1;

impl Expected {
    fn after(self, byte: u8) -> Option<Self> {
        let more = |count| if count == 0 { Expected::First } else { Expected::More(count) };
        match (self, byte) {
            (Expected::First, 0..=0x7F) => Some(Expected::First),
            (Expected::First, 0xC2..=0xDF) => Some(Expected::More(1)),
            (Expected::First, 0xE0) => Some(Expected::Narrow(0xA0, 0xBF, 1)),
            (Expected::First, 0xED) => Some(Expected::Narrow(0x80, 0x9F, 1)),
            (Expected::First, 0xE1..=0xEF) => Some(Expected::More(2)),
            (Expected::First, 0xF0) => Some(Expected::Narrow(0x90, 0xBF, 2)),
            (Expected::First, 0xF4) => Some(Expected::Narrow(0x80, 0x8F, 2)),
            (Expected::First, 0xF1..=0xF3) => Some(Expected::More(3)),
            (Expected::More(count), 0x80..=0xBF) => Some(more(count - 1)),
            (Expected::Narrow(least, most, count), _) if (least..=most).contains(&byte) => {
                Some(Expected::More(count))
            }
            _ => None,
        }
    }

    fn bit(self) -> u8 {
        ALL.iter().position(|&next| next == self).map_or(0, |at| 1 << at)
    }
}

/// The set of these.
fn set_of(all: impl Iterator<Item = Expected>) -> u8 {
    all.fold(0, |set, next| set | next.bit())
}

/// What may come next after these bytes, from each of a set.
fn after(set: u8, bytes: &[u8]) -> u8 {
    let from = ALL.into_iter().filter(|next| next.bit() & set != 0);
    set_of(from.filter_map(|next| bytes.iter().try_fold(next, |next, &byte| next.after(byte))))
}

impl Charset {
    /// The text that was read as `text` if that was UTF-8: of the bytes that [`Charset::encode`]
    /// writes for it, or else of others that read as the same characters.
    pub(crate) fn utf8_behind(self, text: &str, bytes: Vec<u8>) -> Option<String> {
        let others = |_| String::from_utf8(self.other_utf8(text)?).ok();
        String::from_utf8(bytes).map_or_else(others, Some)
    }

    /// Bytes that read as `text` and are well-formed UTF-8, where some character has several; of
    /// such, those that are preferred for the first characters.
    ///
    /// Time is linear in the text. Only double-byte charsets have characters with several.
    fn other_utf8(self, text: &str) -> Option<Vec<u8>> {
        let is_several = |c: char| !c.is_ascii() && self.preimages(c).len() > 1;
        if self.family() != Family::DoubleByte || !text.contains(is_several) {
            return None;
        }
        // What may come next behind each character, whatever bytes it was.
        let mut sets: Vec<u8> = Vec::with_capacity(text.len());
        let mut set = FIRST;
        for c in text.chars() {
            set = self.preimages(c).fold(0, |all, bytes| all | after(set, &bytes));
            if set == 0 {
                return None;
            }
            sets.push(set);
        }
        // Backwards, what of that comes to an end.
        let mut set = set & FIRST;
        for (c, known) in text.chars().rev().zip(sets.iter_mut().rev()) {
            *known &= set;
            let leads = |next: &Expected| {
                self.preimages(c).any(|bytes| after(next.bit(), &bytes) & *known != 0)
            };
            set = set_of(ALL.into_iter().filter(leads));
        }
        let mut all = Vec::with_capacity(text.len());
        let mut set = FIRST;
        for (c, known) in text.chars().zip(sets) {
            let own = self.preimages(c).find(|bytes| after(set, bytes) & known != 0)?;
            set = after(set, &own);
            all.extend_from_slice(&own);
        }
        Some(all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_formed_is_what_the_standard_library_says() {
        let edges = [0, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF];
        let leads = [0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF];
        let bytes: Vec<u8> = edges.into_iter().chain(leads).collect();
        for (&a, &b) in bytes.iter().flat_map(|a| bytes.iter().map(move |b| (a, b))) {
            for (&c, &d) in bytes.iter().flat_map(|c| bytes.iter().map(move |d| (c, d))) {
                for text in [&[a][..], &[a, b], &[a, b, c], &[a, b, c, d]] {
                    let is_whole = after(FIRST, text) == FIRST;
                    assert_eq!(is_whole, std::str::from_utf8(text).is_ok(), "{text:02X?}");
                }
            }
        }
    }

    #[test]
    fn the_bytes_around_a_character_tell_its_own() {
        // In 肢、 (E8 82 A2, E3 80 81) they are A2 E3, and then 80.
        let text = "肢、手";
        let mut garbled = String::new();
        Charset::GBK.decode_strict(text.as_bytes(), &mut garbled).unwrap();
        assert_eq!(garbled.matches('€').count(), 2, "{garbled}");
        let bytes = Charset::GBK.other_utf8(&garbled).unwrap();
        assert_eq!(std::str::from_utf8(&bytes), Ok(text));
        // Nothing stands for several, or for none that is well-formed.
        for text in ["四肢", "€", "10 €", "中€"] {
            assert_eq!(Charset::GBK.other_utf8(text), None, "{text}");
        }
        assert_eq!(Charset::WINDOWS_1252.other_utf8("â‚¬"), None);
    }
}
