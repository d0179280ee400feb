//! Whether all Cyrillic letters of a line are of one alphabet.
//!
//! Read as windows-1251, the capitals of x-mac-cyrillic are letters of Serbian, Macedonian and
//! Ukrainian: `Џоказать` for `Показать`. Such letters are at home in Cyrillic, and one in a line
//! is too little for the scan. But no language writes `Џ` and `ь`. In comes a line, out comes
//! where the first letter stands that no language has that has the others.

use crate::model::alphabets::CYRILLIC;
use crate::text::blocks::any_pair;
use std::ops::Range;

/// Whether a Cyrillic letter is one of the 33 that most alphabets share.
fn is_shared(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё' | 'ё')
}

/// Where the first letter stands beside the shared ones that no language writes that writes all
/// of these in a text.
pub fn stranger(text: &str) -> Option<Range<usize>> {
    let may_be_other = |byte: u8, next: u8| {
        (byte == 0xD0) & (next < 0x90) & (next != 0x81)
            | (byte == 0xD1) & (next >= 0x90) & (next != 0x91)
            | (byte == 0xD2)
            | (byte == 0xD3)
    };
    // Most lines of most languages have none.
    if !any_pair(text.as_bytes(), may_be_other) {
        return None;
    }
    let shared = text.chars().filter(|&c| is_shared(c));
    let of_all = shared.fold(u64::MAX, |all, c| all & CYRILLIC.writers(c));
    let is_strange =
        |c: char| CYRILLIC.has(c) && !is_shared(c) && CYRILLIC.writers(c) & of_all == 0;
    let (at, c) = text.char_indices().find(|&(_, c)| is_strange(c))?;
    Some(at..at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_two_alphabets_are_told() {
        for (text, strange) in [
            ("Џоказать ещё", "Џ"),
            ("5. Ђдрес сайты", "Ђ"),
            ("Це Ћ щось", "Ћ"),
            ("Выход и ґанок", "ґ"),
            ("Её Ђ", "Ђ"),
        ] {
            assert_eq!(stranger(text).and_then(|part| text.get(part)), Some(strange), "{text}");
        }
        for text in [
            "Показать ещё",
            "Џак и Ђорђе су љути",
            "Ѓорѓи и Ќиро",
            "Її ґанок, Європа",
            "Ӗлӗк пӗр ял пулнӑ",
            "Ўсё да цябе",
            "Қазақстан Республикасы, ұлттық әнұран",
            "Е Ђ", // Both are of Serbian.
            "Alphabets",
            "",
        ] {
            assert_eq!(stranger(text), None, "{text}");
        }
    }
}
