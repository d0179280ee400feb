//! UTF-8 behind characters that stand for several byte strings.
//!
//! In comes a text, out come bytes of it that are well-formed UTF-8 where those that an encoder
//! writes are not: `€` in GBK is 80 or A2 E3, and which of them it was the bytes around it tell.

use super::{Charset, Family};

/// What may come next in well-formed UTF-8, after table 3-7 of the Unicode Standard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    /// A first byte.
    First,
    /// So many more bytes of 80 to BF.
    More(u8),
    /// A byte of a narrower range, then so many more.
    Narrow(u8, u8, u8),
}

/// All of them: a set has a bit for each.
const ALL: [Next; 8] = [
    Next::First,
    Next::More(1),
    Next::More(2),
    Next::More(3),
    Next::Narrow(0xA0, 0xBF, 1),
    Next::Narrow(0x80, 0x9F, 1),
    Next::Narrow(0x90, 0xBF, 2),
    Next::Narrow(0x80, 0x8F, 2),
];

/// The set of [`Next::First`] alone.
const FIRST: u8 = 1;

impl Next {
    fn after(self, byte: u8) -> Option<Self> {
        let more = |count| if count == 0 { Next::First } else { Next::More(count) };
        match (self, byte) {
            (Next::First, 0..=0x7F) => Some(Next::First),
            (Next::First, 0xC2..=0xDF) => Some(Next::More(1)),
            (Next::First, 0xE0) => Some(Next::Narrow(0xA0, 0xBF, 1)),
            (Next::First, 0xED) => Some(Next::Narrow(0x80, 0x9F, 1)),
            (Next::First, 0xE1..=0xEF) => Some(Next::More(2)),
            (Next::First, 0xF0) => Some(Next::Narrow(0x90, 0xBF, 2)),
            (Next::First, 0xF4) => Some(Next::Narrow(0x80, 0x8F, 2)),
            (Next::First, 0xF1..=0xF3) => Some(Next::More(3)),
            (Next::More(count), 0x80..=0xBF) => Some(more(count - 1)),
            (Next::Narrow(least, most, count), _) if (least..=most).contains(&byte) => {
                Some(Next::More(count))
            }
            _ => None,
        }
    }

    fn bit(self) -> u8 {
        ALL.iter().position(|&next| next == self).map_or(0, |at| 1 << at)
    }
}

/// What may come next after these bytes, from each of a set.
fn after(set: u8, bytes: &[u8]) -> u8 {
    let from = ALL.into_iter().filter(|next| next.bit() & set != 0);
    let to = from.filter_map(|next| bytes.iter().try_fold(next, |next, &byte| next.after(byte)));
    to.fold(0, |set, next| set | next.bit())
}

impl Charset {
    /// Bytes that read as `text` and are well-formed UTF-8, if those that [`Charset::encode`] writes
    /// are not; of several such, those that are preferred for the first characters.
    ///
    /// Time is linear in the text. Only double-byte charsets have characters with several.
    pub(crate) fn utf8_behind(self, text: &str) -> Option<Vec<u8>> {
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
            let leads = |next: &Next| {
                self.preimages(c).any(|bytes| after(next.bit(), &bytes) & *known != 0)
            };
            set = ALL.into_iter().filter(leads).fold(0, |set, next| set | next.bit());
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
        let bytes = Charset::GBK.utf8_behind(&garbled).unwrap();
        assert_eq!(std::str::from_utf8(&bytes), Ok(text));
        // Nothing stands for several, or for none that is well-formed.
        for text in ["四肢", "€", "10 €", "中€"] {
            assert_eq!(Charset::GBK.utf8_behind(text), None, "{text}");
        }
        assert_eq!(Charset::WINDOWS_1252.utf8_behind("â‚¬"), None);
    }
}
