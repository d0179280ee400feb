//! Characters without a width, which hide in words and break searches. Text in
//! and out; U+200B, U+200C, U+200D, U+2060 to U+2064, U+FEFF, the soft hyphen, the
//! Mongolian vowel separator and the Hangul fillers go.
//!
//! One stays where it does something: U+200C and U+200D where letters join
//! (Persian, the scripts of India), U+200D in an emoji, U+200B where it says where
//! a line may break (Thai, Khmer, Myanmar).

use super::Changed;
use super::writer::{beyond_ascii, joined};
use crate::text::characters::{breaks_at_zero_width, is_emoji, joins};

pub(super) const NAME: &str = "zero-width";

pub(super) fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}' | '\u{AD}'
        | '\u{180E}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}')
}

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    let mut done = 0;
    for (at, c) in beyond_ascii(text) {
        if at < done || !is_zero_width(c) {
            continue;
        }
        // A run is decided at once, so that what stays is what would stay again.
        let run = text.get(at..).unwrap_or_default();
        let rest = run.trim_start_matches(is_zero_width);
        done = text.len() - rest.len();
        let before = text.get(..at).and_then(|s| s.chars().next_back());
        let after = rest.chars().next();
        let run = run.get(..done - at).unwrap_or_default();
        let kept = run.char_indices().find(|(_, c)| does_something(before, *c, after));
        let (offset, length) = kept.map_or((run.len(), 0), |(i, c)| (i, c.len_utf8()));
        writer.remove(at..at + offset);
        writer.remove(at + offset + length..done);
    }
    writer.finish()
}

fn does_something(before: Option<char>, c: char, after: Option<char>) -> bool {
    let beside = |is: fn(char) -> bool| before.is_some_and(is) || after.is_some_and(is);
    let in_emoji =
        || before.is_some_and(|c| is_emoji(c) || c == '\u{FE0F}') && after.is_some_and(is_emoji);
    match c {
        '\u{200B}' => beside(breaks_at_zero_width),
        '\u{200C}' => beside(joins),
        '\u{200D}' => beside(joins) || in_emoji(),
        '\u{180E}' => beside(|c| ('\u{1820}'..='\u{18AA}').contains(&c)),
        // Jamo: a filler holds the place of a missing letter in a syllable.
        '\u{115F}' | '\u{1160}' => beside(|c| ('\u{1100}'..='\u{11FF}').contains(&c)),
        _ => false,
    }
}
