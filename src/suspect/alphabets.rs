//! Whether all Cyrillic letters of a line are of one alphabet.
//!
//! Read as windows-1251, the capitals of x-mac-cyrillic are letters of Serbian, Macedonian and
//! Ukrainian: `Џоказать` for `Показать`. Such letters are at home in Cyrillic, and one in a line
//! is too little for the scan. But no language writes `Џ` and `ь`. In comes a line, out comes
//! where the first letter stands that no language has that has the others.

use crate::blocks::any_pair;
use std::ops::Range;
use std::sync::OnceLock;

/// The letters of Russian, which most other languages have whose alphabets are of the twentieth
/// century, and what these have beside them: by the exemplar characters of CLDR.
const RUSSIAN: &str = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
const BESIDE_RUSSIAN: [(&str, &str); 15] = [
    ("ru", ""),
    ("ba", "ғҙҡңөҫүһә"),
    ("ce", "ӏ"),
    ("cv", "ӑӗҫӳ"),
    ("kk", "әғқңөұүһі"),
    ("kv", "іӧ"),
    ("ky", "ңөү"),
    ("mhr", "ҥӧӱ"),
    ("mn", "өү"),
    ("os", "ӕ"),
    ("sah", "ҕҥөһү"),
    ("tg", "ғӣқӯҳҷ"),
    ("tt", "әҗңөүһ"),
    ("udm", "ӝӟӥӧӵ"),
    ("uz", "ўқғҳ"),
];
/// The alphabets of the others.
const OTHERS: [(&str, &str); 5] = [
    ("be", "абвгґдеёжзійклмнопрстуўфхцчшыьэюя"),
    ("bg", "абвгдежзийклмнопрстуфхцчшщъьюяѝ"),
    ("mk", "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ"),
    ("sr", "абвгдђежзијклљмнњопрстћуфхцчџш"),
    ("uk", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"),
];

/// U+0400 to U+04FF.
const LETTERS: usize = 0x100;

/// For each Cyrillic letter the languages that write it, a bit each.
fn writers(c: char) -> u32 {
    static TABLE: OnceLock<[u32; LETTERS]> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = [0; LETTERS];
        let like_russian = BESIDE_RUSSIAN.iter().map(|&(_, letters)| [RUSSIAN, letters]);
        let others = OTHERS.iter().map(|&(_, letters)| [letters, ""]);
        for (number, letters) in like_russian.chain(others).enumerate() {
            let small = letters.into_iter().flat_map(str::chars);
            for c in small.flat_map(|c| c.to_uppercase().chain(c.to_lowercase())) {
                if let Some(writers) = place(c).and_then(|at| table.get_mut(at)) {
                    *writers |= 1 << number;
                }
            }
        }
        table
    });
    place(c).and_then(|at| table.get(at)).copied().unwrap_or(0)
}

fn place(c: char) -> Option<usize> {
    (c as usize).checked_sub(0x400).filter(|&at| at < LETTERS)
}

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
    let of_all = shared.fold(u32::MAX, |all, c| all & writers(c));
    let is_strange = |c: char| place(c).is_some() && !is_shared(c) && writers(c) & of_all == 0;
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
