//! Half-width and full-width forms. Text in and out, two switches:
//!
//! - `width`: full-width letters and digits become ASCII; half-width katakana, its
//!   punctuation and half-width Hangul become the standard ones.
//! - `width-punctuation`: full-width ASCII punctuation, signs such as `￥` and the
//!   ideographic space become the narrow ones. In Chinese and Japanese that is
//!   damage, so no safe preset has it.
//!
//! Source of the ranges: the Unicode block Halfwidth and Fullwidth Forms.

use super::Changed;
use super::writer::{beyond_ascii, joined, replace_beyond_ascii};
use crate::text::characters::is_kana;
use unicode_normalization::char::{compose, decompose_compatible};

pub(super) const NAME: &str = "width";
pub(super) const PUNCTUATION: &str = "width-punctuation";

/// From U+FF01 `！` to U+0021 `!`, and so for all of ASCII.
const FULL_TO_ASCII: u32 = 0xFEE0;

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    let mut characters = beyond_ascii(text).peekable();
    while let Some((at, c)) = characters.next() {
        if !is_kana(c) && !('\u{FF01}'..='\u{FFEE}').contains(&c) {
            continue;
        }
        let end = at + c.len_utf8();
        let wide = standard(c);
        let base = wide.unwrap_or(c);
        // A voiced mark joins the kana before it: ｶﾞ is ガ.
        let voiced = characters.peek().filter(|(next, _)| *next == end && is_kana(base)).and_then(
            |(_, mark)| match mark {
                'ﾞ' => compose(base, '\u{3099}'),
                'ﾟ' => compose(base, '\u{309A}'),
                _ => None,
            },
        );
        if let Some(voiced) = voiced {
            writer.put(at..end + 'ﾞ'.len_utf8(), voiced);
            characters.next();
        } else if let Some(wide) = wide {
            writer.put(at..end, wide);
        }
    }
    writer.finish()
}

pub(super) fn punctuation(text: &str) -> Changed<'_> {
    replace_beyond_ascii(text, PUNCTUATION, |c| match c {
        '\u{FF01}'..='\u{FF5E}' if !is_full_alphanumeric(c) => {
            char::from_u32(u32::from(c) - FULL_TO_ASCII)
        }
        '\u{3000}' => Some(' '),
        '￠' => Some('¢'),
        '￡' => Some('£'),
        '￢' => Some('¬'),
        '￣' => Some('¯'),
        '￤' => Some('¦'),
        '￥' => Some('¥'),
        '￦' => Some('₩'),
        _ => None,
    })
}

fn is_full_alphanumeric(c: char) -> bool {
    matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ')
}

/// The standard form of one character; voiced marks that stand alone become the
/// spacing ones.
fn standard(c: char) -> Option<char> {
    let moved =
        |first: char, standard: u32| char::from_u32(u32::from(c) - u32::from(first) + standard);
    match c {
        _ if is_full_alphanumeric(c) => char::from_u32(u32::from(c) - FULL_TO_ASCII),
        'ﾞ' => Some('゛'),
        'ﾟ' => Some('゜'),
        '\u{FF5F}'..='\u{FF9D}' | '\u{FFE8}'..='\u{FFEE}' => {
            let mut one = None;
            decompose_compatible(c, |d| one = Some(d));
            one
        }
        // Hangul letters: to the compatibility letters, which do not join into
        // syllables, as the half-width ones do not.
        '\u{FFA0}' => Some('\u{3164}'),
        '\u{FFA1}'..='\u{FFBE}' => moved('\u{FFA1}', 0x3131),
        '\u{FFC2}'..='\u{FFC7}' => moved('\u{FFC2}', 0x314F),
        '\u{FFCA}'..='\u{FFCF}' => moved('\u{FFCA}', 0x3155),
        '\u{FFD2}'..='\u{FFD7}' => moved('\u{FFD2}', 0x315B),
        '\u{FFDA}'..='\u{FFDC}' => moved('\u{FFDA}', 0x3161),
        _ => None,
    }
}
