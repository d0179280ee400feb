//! What every step writes with.

use super::Changed;
use crate::report::{Joined, Step};

/// A writer for the step of this name. Steps are rules, not guesses: each edit is certain to be
/// what its switch says.
pub(super) fn joined<'t>(text: &'t str, name: &'static str) -> Joined<'t> {
    Joined::new(text, Step::Normalize(name), 1.0)
}

/// Replaces each character for which `with` has something else; for steps that
/// look at nothing but the character, and leave ASCII alone.
pub(super) fn replace_beyond_ascii<'t>(
    text: &'t str,
    name: &'static str,
    with: impl Fn(char) -> Option<char>,
) -> Changed<'t> {
    let mut writer = joined(text, name);
    for (at, c) in beyond_ascii(text) {
        if let Some(new) = with(c) {
            writer.put(at..at + c.len_utf8(), new);
        }
    }
    writer.finish()
}

/// Each character above U+007F and where it begins.
pub(super) fn beyond_ascii(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let skip = rest.bytes().position(|b| !b.is_ascii())?;
        let c = rest.get(skip..)?.chars().next()?;
        let start = at + skip;
        at = start + c.len_utf8();
        Some((start, c))
    })
}
