//! Variation selectors, which can carry hidden bytes. Text in and out; they go,
//! except for one after a character that has variants: U+FE0E and U+FE0F after an
//! emoji, a keycap's digit or a symbol, U+E0100 to U+E01EF and the first three
//! after an ideograph, the Mongolian ones after a Mongolian letter.

use super::Changed;
use super::writer::{beyond_ascii, joined};
use crate::text::characters::{is_emoji, is_han};

pub(super) const NAME: &str = "variation-selectors";

pub(super) fn is_selector(c: char) -> bool {
    matches!(c, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}'
        | '\u{180B}'..='\u{180D}' | '\u{180F}')
}

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    let mut done = 0;
    for (at, c) in beyond_ascii(text) {
        if at < done || !is_selector(c) {
            continue;
        }
        let run = text.get(at..).unwrap_or_default();
        done = text.len() - run.trim_start_matches(is_selector).len();
        let base = text.get(..at).and_then(|s| s.chars().next_back());
        let kept = if base.is_some_and(|base| selects(base, c)) { c.len_utf8() } else { 0 };
        writer.remove(at + kept..done);
    }
    writer.finish()
}

/// Whether `base` may have a variant that `selector` selects; the ranges hold the
/// bases of Unicode's `StandardizedVariants.txt` and `emoji-variation-sequences.txt`.
fn selects(base: char, selector: char) -> bool {
    match selector {
        '\u{FE0E}' | '\u{FE0F}' => is_emoji(base) || matches!(base, '0'..='9' | '#' | '*'),
        '\u{E0100}'..='\u{E01EF}' => is_han(base),
        '\u{180B}'..='\u{180F}' => matches!(base, '\u{1800}'..='\u{18AA}'),
        _ => {
            is_han(base)
                || matches!(base, '0' | '\u{1000}'..='\u{109F}' | '\u{2018}'..='\u{201D}'
                    | '\u{2205}'..='\u{22FF}' | '\u{2A00}'..='\u{2AFF}' | '\u{3001}' | '\u{3002}'
                    | '\u{A856}'..='\u{A872}' | '\u{AA60}'..='\u{AA7F}' | '\u{FF01}'..='\u{FF1F}'
                    | '\u{10AC0}'..='\u{10AE1}' | '\u{13000}'..='\u{143FA}')
        }
    }
}
