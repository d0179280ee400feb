//! Charsets that read most bytes alike, so that a document does not tell which of them it was
//! read in until one of the other bytes comes.
//!
//! In come a misreading of UTF-8 that is believed, a line, and what it makes of the line; out
//! comes whether a charset like the one that it was read in makes something better of it.
//! `Ä¨` is `Ĩ` that was read in windows-1252, or `č` that was read in windows-1257. Where what it
//! makes has rare characters, any charset may: the second half of a file may come from elsewhere.

use crate::channel::{Misreading, sides};
use crate::charset::{Charset, Family};
use crate::model::{BIT, Bits, model};
use crate::text::blocks::any_pair;
use std::sync::OnceLock;

/// Bytes beyond ASCII, of 128, that charsets which are alike read as the same character.
const SAME: usize = 48;

/// Charsets like one.
struct Alike {
    others: Vec<Charset>,
    /// Of each byte, a bit for each of the others that reads another byte as its character.
    odd: [u64; 256],
}

fn alike(read: Charset) -> Option<&'static Alike> {
    static ALIKE: [OnceLock<Alike>; Charset::COUNT] = [const { OnceLock::new() }; Charset::COUNT];
    ALIKE.get(read.index()).map(|alike| alike.get_or_init(|| Alike::find(read)))
}

impl Alike {
    fn find(read: Charset) -> Self {
        let mut alike = Alike { others: Vec::new(), odd: [0; 256] };
        for &other in
            sides().usual_read.iter().filter(|&&c| c != read && c.family() == Family::SingleByte)
        {
            let shared = (0x80..=0xFF).filter_map(|byte| {
                let mut text = String::new();
                read.decode_strict(&[byte], &mut text).ok()?;
                Some((byte, *other.encode_char(text.chars().next()?)? == [byte]))
            });
            let (same, odd): (Vec<_>, Vec<_>) = shared.partition(|&(_, is_same)| is_same);
            if same.len() >= SAME && !odd.is_empty() {
                let bit = 1 << alike.others.len();
                for (byte, _) in odd {
                    if let Some(others) = alike.odd.get_mut(usize::from(byte)) {
                        *others |= bit;
                    }
                }
                alike.others.push(other);
            }
        }
        alike
    }

    /// A bit for each of the others that reads other bytes as the characters of these.
    fn odd(&self, bytes: &[u8]) -> u64 {
        let odd = |&byte: &u8| self.odd.get(usize::from(byte)).copied().unwrap_or(0);
        bytes.iter().fold(0, |all, byte| all | odd(byte))
    }
}

/// A character that costs so much standing anywhere is rare.
const RARE: Bits = 16 * BIT;

/// Whether a line of which a misreading makes `text` is well-formed UTF-8, too, and better
/// text, in a charset like the one that it was read in, or in any if that has rare characters;
/// `prior` is what a misreading costs.
pub fn makes_better_text(
    misreading: Misreading,
    line: &str,
    text: &str,
    prior: impl Fn(Misreading) -> Bits,
) -> bool {
    let Some(alike) = alike(misreading.read) else { return false };
    // What was undone is UTF-8, and its bytes are those that the line was read from.
    let odd = alike.odd(text.as_bytes());
    let near = alike.others.iter().enumerate().filter(|(at, _)| odd >> at & 1 == 1);
    // Letters and marks of U+0180 to U+037F, of which most texts have none.
    let may_be_rare = any_pair(text.as_bytes(), |byte, _| matches!(byte, 0xC6..=0xCD));
    let is_rare = |c: char| !c.is_ascii() && model().anywhere(c) >= RARE;
    let all = if may_be_rare && text.contains(is_rare) { &*sides().usual_read } else { &[] };
    let single = all.iter().filter(|charset| charset.family() == Family::SingleByte);
    let mut others = near.map(|(_, read)| read).chain(single).filter_map(|&read| {
        let other = Misreading { read, ..misreading };
        Some((other, other.undo(line).filter(|made| made != text)?))
    });
    let cost = |misreading, text: &str| model().active_cost(text).saturating_add(prior(misreading));
    others.any(|(other, made)| cost(other, &made) < cost(misreading, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_that_are_alike_may_make_better_text() {
        let is_better = |misreading: &str, line: &str| {
            let misreading: Misreading = misreading.parse().unwrap();
            let text = misreading.undo(line).unwrap();
            makes_better_text(misreading, line, &text, Misreading::prior)
        };
        assert!(is_better("UTF-8>windows-1252", "skilÄ¨iÅ³"));
        assert!(!is_better("UTF-8>windows-1257", "skilÄ¨iÅ³"));
        assert!(is_better("UTF-8>windows-1252", "icÃŽnes"));
        assert!(!is_better("UTF-8>windows-1252", "Ã€ la gare"));
        assert!(is_better("UTF-8>windows-1252", "spÃ€t am Abend"));
        assert!(!is_better("UTF-8>windows-1252", "formuliÅ³"));
        assert!(!is_better("UTF-8>windows-1252", "Â«Â\u{A0}lâ€™Ã©tÃ©Â\u{A0}Â»"));
        assert!(!is_better("UTF-8>windows-1251", "РџСЂРёРІРµС‚"));
        // Not alike, but what it makes is rare.
        assert!(is_better("UTF-8>macintosh", "PiÃ±a colada"));
    }
}
