//! VNI, the Vietnamese code of Windows fonts: a vowel, and after it a byte for its marks.
//!
//! The bytes are windows-1252's, and a font draws them over the vowel before. So `ệ` is `e` and E4,
//! and reads as `eä`; ơ, ư, đ and the marked i are single bytes. The assignment is that of the
//! fonts (VNI-Times and its like), which no standard and not iconv has.

use super::{Charset, Next};
use std::collections::HashMap;
use std::sync::OnceLock;
use unicode_normalization::char::compose;

const GRAVE: char = '\u{300}';
const ACUTE: char = '\u{301}';
const CIRCUMFLEX: char = '\u{302}';
const TILDE: char = '\u{303}';
const BREVE: char = '\u{306}';
const HOOK: char = '\u{309}';
const DOT: char = '\u{323}';

/// Bytes that stand after a small vowel, and the marks that they put on it; after a capital they
/// are 20 less. In the order in which Unicode composes them.
const MARKS: [(u8, &[char]); 17] = [
    (0xF9, &[ACUTE]),
    (0xF8, &[GRAVE]),
    (0xFB, &[HOOK]),
    (0xF5, &[TILDE]),
    (0xEF, &[DOT]),
    (0xE2, &[CIRCUMFLEX]),
    (0xE1, &[CIRCUMFLEX, ACUTE]),
    (0xE0, &[CIRCUMFLEX, GRAVE]),
    (0xE5, &[CIRCUMFLEX, HOOK]),
    (0xE3, &[CIRCUMFLEX, TILDE]),
    (0xE4, &[DOT, CIRCUMFLEX]),
    (0xEA, &[BREVE]),
    (0xE9, &[BREVE, ACUTE]),
    (0xE8, &[BREVE, GRAVE]),
    (0xFA, &[BREVE, HOOK]),
    (0xFC, &[BREVE, TILDE]),
    (0xEB, &[DOT, BREVE]),
];

/// Small letters in one byte; the capitals are 20 less.
const LETTERS: [(u8, char); 8] = [
    (0xF4, 'ơ'),
    (0xF6, 'ư'),
    (0xF1, 'đ'),
    (0xED, 'í'),
    (0xEC, 'ì'),
    (0xE6, 'ỉ'),
    (0xF3, 'ĩ'),
    (0xF2, 'ị'),
];
/// The one marked vowel that stands alone, for `y` has no room below.
const Y_DOT: (u8, char) = (0xEE, 'ỵ');

struct Tables {
    chars: HashMap<[u8; 2], char>,
    /// By byte; the second half.
    singles: [Option<char>; 128],
    codes: HashMap<char, Vec<u32>>,
}

fn upper(c: char) -> char {
    c.to_uppercase().next().unwrap_or(c)
}

fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| {
        let small = LETTERS.into_iter().chain([Y_DOT]);
        let letters: Vec<(u8, char)> =
            small.flat_map(|(byte, c)| [(byte, c), (byte - 0x20, upper(c))]).collect();
        let singles: [Option<char>; 128] = std::array::from_fn(|low| {
            let byte = 0x80 | low as u8;
            let letter = letters.iter().find(|(b, _)| *b == byte).map(|&(_, c)| c);
            // Punctuation is windows-1252's.
            letter.or_else(|| match Charset::WINDOWS_1252.decode_next(&[byte]) {
                Next::Char(c, _) if byte < 0xC0 => Some(c),
                _ => None,
            })
        });
        let mut codes: HashMap<char, Vec<u32>> =
            (0..0x80).map(|byte| (char::from(byte), vec![byte.into()])).collect();
        for (byte, c) in (0x80..).zip(singles) {
            if let Some(c) = c {
                codes.entry(c).or_default().push(byte);
            }
        }
        let mut chars = HashMap::new();
        for vowel in ['a', 'e', 'o', 'u', 'y', 'ơ', 'ư'] {
            for (mark, marks) in MARKS {
                let marked = marks.iter().try_fold(vowel, |c, &mark| compose(c, mark));
                let base = match LETTERS.iter().find(|(_, c)| *c == vowel) {
                    Some(&(byte, _)) => byte,
                    None => vowel as u8,
                };
                let Some(marked) = marked else { continue };
                for (less, c) in [(0, marked), (0x20, upper(marked))] {
                    // The mark has the case of its vowel, or, in the hurry, not.
                    for mark in [mark - less, mark - (0x20 - less)] {
                        let pair = [base - less, mark];
                        chars.insert(pair, c);
                        codes.entry(c).or_default().push(u16::from_be_bytes(pair).into());
                    }
                }
            }
        }
        Tables { chars, singles, codes }
    })
}

pub(super) fn next(bytes: &[u8]) -> Next {
    let tables = tables();
    if let Some(pair) = bytes.first_chunk::<2>()
        && let Some(&c) = tables.chars.get(pair)
    {
        return Next::Char(c, 2);
    }
    match bytes.first() {
        None => Next::Incomplete,
        Some(&byte) if byte.is_ascii() => Next::Char(byte.into(), 1),
        Some(&byte) => match tables.singles.get(usize::from(byte & 0x7F)) {
            Some(&Some(c)) => Next::Char(c, 1),
            _ => Next::Malformed(1),
        },
    }
}

/// The bytes of a character, the canonical ones first.
pub(super) fn codes(c: char) -> &'static [u32] {
    tables().codes.get(&c).map_or(&[], Vec::as_slice)
}

/// All characters.
pub(super) fn chars() -> impl Iterator<Item = char> {
    tables().codes.keys().copied()
}

#[cfg(test)]
mod tests {
    use crate::charset::Charset;

    #[test]
    fn marks_follow_their_vowels() {
        for (text, seen) in [
            ("Mẹ tôi nấu phở rất ngon.", "Meï toâi naáu phôû raát ngon."),
            ("Đường về quê xa lắm", "Ñöôøng veà queâ xa laém"),
            ("MÙA THU Ở HÀ NỘI", "MUØA THU ÔÛ HAØ NOÄI"),
            ("kỹ sư, kỳ nghỉ, lý do, ví dụ", "kyõ sö, kyø nghæ, lyù do, ví duï"),
        ] {
            let mut bytes = Vec::new();
            Charset::VNI.encode(text, &mut bytes).unwrap();
            let mut read = String::new();
            Charset::WINDOWS_1252.decode_strict(&bytes, &mut read).unwrap();
            assert_eq!(read, seen);
            let mut back = String::new();
            Charset::VNI.decode_strict(&bytes, &mut back).unwrap();
            assert_eq!(back, text);
        }
    }

    #[test]
    fn a_mark_without_its_vowel_is_malformed() {
        let mut out = String::new();
        assert_eq!(
            Charset::VNI.decode_strict(b"b\xF9", &mut out),
            Err(crate::charset::Unmapped { charset: Charset::VNI, at: 1 })
        );
    }
}
