//! Tag characters (U+E0000 to U+E007F), which can carry a whole message that
//! nobody sees. Text in and out; they go, except in the flag of a region: U+1F3F4,
//! three to six tag letters or digits, U+E007F (Unicode Technical Standard #51, ED-14a).

use super::Changed;
use super::writer::{beyond_ascii, joined};

pub(super) const NAME: &str = "tag-characters";

pub(super) fn is_tag(c: char) -> bool {
    ('\u{E0000}'..='\u{E007F}').contains(&c)
}

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    let mut done = 0;
    for (at, c) in beyond_ascii(text) {
        if at < done || !is_tag(c) {
            continue;
        }
        let rest = text.get(at..).unwrap_or_default();
        done = text.len() - rest.trim_start_matches(is_tag).len();
        let flagged = text.get(..at).is_some_and(|before| before.ends_with('\u{1F3F4}'));
        let kept = if flagged { region(rest).unwrap_or(0) } else { 0 };
        writer.remove(at + kept..done);
    }
    writer.finish()
}

/// Bytes of the region that the text begins with, its cancel tag included.
fn region(text: &str) -> Option<usize> {
    let letter = |c: &char| matches!(c, '\u{E0030}'..='\u{E0039}' | '\u{E0061}'..='\u{E007A}');
    let letters = text.chars().take(7).take_while(letter).count();
    let cancel = text.chars().nth(letters)?;
    // Every tag character has four bytes.
    ((3..=6).contains(&letters) && cancel == '\u{E007F}').then_some(4 * (letters + 1))
}
