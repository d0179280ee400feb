//! Charsets that read most bytes alike, so that a document does not tell which of them it was
//! read in until one of the other bytes comes.
//!
//! In come a misreading of UTF-8 that is believed, a line, and what it makes of the line; out
//! comes whether a charset like the one that it was read in makes something better of it.
//! `Ä¨` is `Ĩ` that was read in windows-1252, or `č` that was read in windows-1257.

use super::chain::Misreading;
use super::usual_sides;
use crate::charset::{Charset, Family, ascii_run};
use crate::model::model;
use std::sync::OnceLock;

/// Bytes beyond ASCII, of 128, that charsets which are alike read as the same character.
const SAME: usize = 48;

/// Charsets like one.
#[derive(Default)]
struct Alike {
    /// Each with the characters that it reads another byte as.
    others: Vec<(Charset, Vec<char>)>,
    /// A bit for the last eight bits of each of these characters.
    odd: [u64; 4],
}

fn alike(read: Charset) -> Option<&'static Alike> {
    static ALIKE: [OnceLock<Alike>; Charset::COUNT] = [const { OnceLock::new() }; Charset::COUNT];
    ALIKE.get(read.index()).map(|alike| alike.get_or_init(|| Alike::find(read)))
}

impl Alike {
    fn find(read: Charset) -> Self {
        let mut alike = Alike::default();
        let (usual, _) = usual_sides();
        for &other in usual.iter().filter(|&&c| c != read && c.family() == Family::SingleByte) {
            let shared = (0x80..=0xFF).filter_map(|byte| {
                let mut text = String::new();
                read.decode_strict(&[byte], &mut text).ok()?;
                let c = text.chars().next()?;
                Some((c, *other.encode_char(c)? == [byte]))
            });
            let (same, odd): (Vec<_>, Vec<_>) = shared.partition(|&(_, is_same)| is_same);
            if same.len() >= SAME && !odd.is_empty() {
                let odd: Vec<char> = odd.into_iter().map(|(c, _)| c).collect();
                for (word, bit) in odd.iter().map(|&c| place(c)) {
                    if let Some(odd) = alike.odd.get_mut(word) {
                        *odd |= bit;
                    }
                }
                alike.others.push((other, odd));
            }
        }
        alike
    }

    fn may_be_odd(&self, c: char) -> bool {
        let (word, bit) = place(c);
        self.odd.get(word).is_some_and(|odd| odd & bit != 0)
    }
}

/// The place of a character's bit.
fn place(c: char) -> (usize, u64) {
    (c as usize >> 6 & 3, 1 << (c as u32 & 63))
}

/// The characters of a text beyond ASCII.
fn beyond_ascii(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut chars = rest.get(ascii_run(rest.as_bytes())..)?.chars();
        let next = chars.next();
        rest = chars.as_str();
        next
    })
}

/// Whether a line of which a misreading makes `text` is well-formed UTF-8, too, and better
/// text, in a charset like the one that it was read in.
pub fn makes_better_text(misreading: Misreading, line: &str, text: &str) -> bool {
    let Some(alike) = alike(misreading.read) else { return false };
    if !beyond_ascii(line).any(|c| alike.may_be_odd(c)) {
        return false;
    }
    let of_line = |odd: &&(Charset, Vec<char>)| line.contains(odd.1.as_slice());
    let undo = |&(read, _): &(Charset, Vec<char>)| Misreading { read, ..misreading }.undo(line);
    let mut others = alike.others.iter().filter(of_line).filter_map(undo);
    others.any(|other| other != text && model().active_cost(&other) < model().active_cost(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_that_are_alike_may_make_better_text() {
        let is_better = |misreading: &str, line: &str| {
            let misreading: Misreading = misreading.parse().unwrap();
            makes_better_text(misreading, line, &misreading.undo(line).unwrap())
        };
        assert!(is_better("UTF-8>windows-1252", "skilÄ¨iÅ³"));
        assert!(!is_better("UTF-8>windows-1257", "skilÄ¨iÅ³"));
        assert!(is_better("UTF-8>windows-1252", "icÃŽnes"));
        assert!(!is_better("UTF-8>windows-1252", "Ã€ la gare"));
        assert!(is_better("UTF-8>windows-1252", "spÃ€t am Abend"));
        assert!(!is_better("UTF-8>windows-1252", "formuliÅ³"));
        assert!(!is_better("UTF-8>windows-1252", "Â«Â\u{A0}lâ€™Ã©tÃ©Â\u{A0}Â»"));
        assert!(!is_better("UTF-8>windows-1251", "РџСЂРёРІРµС‚"));
    }
}
