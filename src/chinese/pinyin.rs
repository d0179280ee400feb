//! How a syllable of pinyin is written: letters and a tone, as a mark or a digit.
//!
//! In comes a syllable as written, out come its letters without a mark and its tone;
//! and the other way round. The generator under `tools/opencc` compiles this very file.

use std::borrow::Cow;
use unicode_normalization::char::{compose, decompose_canonical};

/// The marks of the four tones: macron, acute, caron, grave.
const MARKS: [char; 4] = ['\u{304}', '\u{301}', '\u{30C}', '\u{300}'];

/// The letters of a syllable without its mark, and its tone: 1 to 4, 5 for a neutral
/// tone written as a digit, 0 where none is written. `v` and `u:` are ways to write `ü`.
pub(crate) fn split(syllable: &str) -> (String, u8) {
    let mut letters = String::new();
    let mut tone = 0;
    for c in syllable.chars() {
        match c {
            '1'..='5' => tone = c as u8 - b'0',
            'v' => letters.push('ü'),
            ':' if letters.ends_with('u') => {
                letters.pop();
                letters.push('ü');
            }
            _ => {
                let mut plain = None;
                decompose_canonical(c, |part| match MARKS.iter().position(|mark| *mark == part) {
                    Some(mark) => tone = mark as u8 + 1,
                    // ü and ê keep their own marks.
                    None => plain = plain.and_then(|before| compose(before, part)).or(Some(part)),
                });
                letters.extend(plain);
            }
        }
    }
    (letters, tone)
}

/// The syllable with its tone mark: on `a`, `e` or the `o` of `ou`, else on the last
/// vowel, and in `ng` or `m` on the first letter.
pub(crate) fn join(letters: &str, tone: u8) -> Cow<'_, str> {
    let Some(mark) = usize::from(tone).checked_sub(1).and_then(|tone| MARKS.get(tone)) else {
        return Cow::Borrowed(letters);
    };
    let at = letters
        .find(['a', 'e', 'ê'])
        .or_else(|| letters.find("ou"))
        .or_else(|| letters.rfind(['i', 'o', 'u', 'ü']))
        .unwrap_or_default();
    let (before, rest) = letters.split_at_checked(at).unwrap_or_default();
    let mut rest = rest.chars();
    let mut out = before.to_owned();
    if let Some(vowel) = rest.next() {
        match compose(vowel, *mark) {
            Some(marked) => out.push(marked),
            None => out.extend([vowel, *mark]),
        }
    }
    out.push_str(rest.as_str());
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_stands_where_it_is_taught() {
        for (written, letters, tone) in [
            ("wǎng", "wang", 3),
            ("qū", "qu", 1),
            ("lüè", "lüe", 4),
            ("liú", "liu", 2),
            ("guì", "gui", 4),
            ("lóu", "lou", 2),
            ("ńg", "ng", 2),
            ("de", "de", 0),
        ] {
            assert_eq!(split(written), (letters.to_owned(), tone), "{written}");
            assert_eq!(join(letters, tone), written);
        }
    }

    #[test]
    fn digits_and_other_ways_to_write_it_are_read() {
        for (written, letters, tone) in
            [("lian2", "lian", 2), ("lv4", "lü", 4), ("lu:4", "lü", 4), ("de5", "de", 5)]
        {
            assert_eq!(split(written), (letters.to_owned(), tone), "{written}");
        }
    }
}
