//! Which script a character is of, and whether it is a control or no text at all, as far as
//! several stages ask.
//! Ranges are those of Unicode's `Blocks.txt`, since a step must also know what to do with
//! letters that a later version of Unicode puts there.

use std::ops::Range;

/// Whether a character is one of the C1 controls: hardly ever meant, and what is left of
/// quotes and dashes where UTF-8 was not all that was misread.
pub fn is_c1(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9F}')
}

/// Whether a character is of the first plane's private use.
pub fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}')
}

/// Whether a character stands in texts: no control other than line ends and tabs, no
/// noncharacter, nothing of the planes that nobody uses.
pub fn is_text(c: char) -> bool {
    !matches!(c,
        '\0'..='\x08' | '\x0E'..='\x1F' | '\x7F'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}'
        | '\u{FFFE}' | '\u{FFFF}' | '\u{40000}'..)
}

/// Han: ideographs and the marks written like them (々, 〇).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFD}' | '々' | '〇' | '〻')
}

/// Hiragana and katakana, of either width.
pub fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{3099}'..='\u{309F}' | '\u{30A1}'..='\u{30FA}'
        | '\u{30FC}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}')
        || is_half_width_kana(c)
}

/// Katakana of half width, with their marks of voicing.
pub fn is_half_width_kana(c: char) -> bool {
    matches!(c, 'ｦ'..='ﾟ')
}

/// The characters before and behind a part of a text.
pub fn beside(text: &str, part: Range<usize>) -> [Option<char>; 2] {
    let before = text.get(..part.start).and_then(|before| before.chars().next_back());
    let behind = text.get(part.end..).and_then(|behind| behind.chars().next());
    [before, behind]
}

/// The character that is all of a text.
pub fn only(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Whether a character is a combining mark, which stands on the one before it.
pub fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

/// How far behind a character, in the code, one is the next, or nearly.
const AHEAD: u32 = 4;

/// Whether a code is the next behind another, or nearly, as in an alphabet or a table.
pub fn is_next(code: u32, behind: u32) -> bool {
    (1..=AHEAD).contains(&code.wrapping_sub(behind))
}

/// Whether a text has kana of full width, by their bytes: most text has nothing that begins as they do.
pub fn has_kana(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(0xE3, bytes).any(|at| {
        let rest = bytes.get(at + 1..at + 3);
        matches!(rest, Some([0x81 | 0x82, _] | [0x83, ..=0xBA]))
    })
}

/// Whether a character is a decimal digit of a script other than Latin: those of category Nd
/// in the Unicode Character Database that living languages write.
pub fn is_digit(c: char) -> bool {
    matches!(c,
        '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}' | '\u{7C0}'..='\u{7C9}'
        | '\u{966}'..='\u{96F}' | '\u{9E6}'..='\u{9EF}' | '\u{A66}'..='\u{A6F}'
        | '\u{AE6}'..='\u{AEF}' | '\u{B66}'..='\u{B6F}' | '\u{BE6}'..='\u{BEF}'
        | '\u{C66}'..='\u{C6F}' | '\u{CE6}'..='\u{CEF}' | '\u{D66}'..='\u{D6F}'
        | '\u{E50}'..='\u{E59}' | '\u{ED0}'..='\u{ED9}' | '\u{F20}'..='\u{F29}'
        | '\u{1040}'..='\u{1049}' | '\u{17E0}'..='\u{17E9}' | '\u{1810}'..='\u{1819}')
}

/// Letters written from right to left.
pub fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{05D0}'..='\u{05F4}' | '\u{0620}'..='\u{064A}' | '\u{066E}'..='\u{06D5}'
        | '\u{06EE}'..='\u{06EF}' | '\u{06FA}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}'
        | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Scripts in which U+200C and U+200D decide how letters join: the Arabic family,
/// Mongolian, and the scripts of India and its neighbours.
pub fn joins(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{08FF}' | '\u{0900}'..='\u{0DFF}' | '\u{0F00}'..='\u{109F}'
        | '\u{1700}'..='\u{18AF}' | '\u{1900}'..='\u{1C4F}' | '\u{1CD0}'..='\u{1CFF}'
        | '\u{A800}'..='\u{A82F}' | '\u{A840}'..='\u{A8FF}' | '\u{A900}'..='\u{AADF}'
        | '\u{ABC0}'..='\u{ABFF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10A00}'..='\u{10A5F}' | '\u{10AC0}'..='\u{10AFF}' | '\u{10D00}'..='\u{10D3F}'
        | '\u{10F30}'..='\u{10FDF}' | '\u{11000}'..='\u{11FFF}' | '\u{1E900}'..='\u{1E95F}')
}

/// Scripts without blanks between words, where U+200B says where a line may break.
pub fn breaks_at_zero_width(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0FFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}'
        | '\u{1950}'..='\u{19FF}' | '\u{1A20}'..='\u{1AAF}' | '\u{A980}'..='\u{A9FF}'
        | '\u{AA00}'..='\u{AADF}')
}

/// What may stand beside U+200D or before U+FE0F in an emoji; wider than
/// `Extended_Pictographic`, so that emoji of later versions stay whole.
pub fn is_emoji(c: char) -> bool {
    matches!(c, '©' | '®' | '‼' | '⁉' | '™' | 'ℹ' | 'Ⓜ' | '〰' | '〽' | '㊗' | '㊙'
        | '\u{2190}'..='\u{21FF}' | '\u{2300}'..='\u{23FF}' | '\u{25A0}'..='\u{27BF}'
        | '\u{2900}'..='\u{297F}' | '\u{2B00}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_characters_beside_it() {
        assert_eq!(beside("aéb", 1..3), [Some('a'), Some('b')]);
        assert_eq!(beside("é", 0..2), [None, None]);
        assert_eq!(["", "é", "éa"].map(only), [None, Some('é'), None]);
    }

    #[test]
    fn kana_are_found_by_their_bytes() {
        for c in '\0'..=char::MAX {
            let is_kana = matches!(c, '\u{3040}'..='\u{30FA}');
            assert_eq!(has_kana(&format!("字{c}")), is_kana, "{c:?}");
        }
    }
}
