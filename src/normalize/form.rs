//! Unicode normalization forms. Text in and out; NFC, NFD, NFKC and NFKD as
//! Unicode Standard Annex #15 has them, and `compose`: NFC where that makes fewer
//! characters, and nowhere else.
//!
//! NFC also takes apart what it calls composition exclusions (য় of every Bengali
//! page), puts marks in another order than Arabic and Thai are typed in, and merges
//! ideographs that differ to the eye (神 U+FA19, 神 U+795E, in a Japanese name). Such
//! text is intact, so `compose` leaves it.
//!
//! Only what stands between two characters that no neighbour can change is ever
//! looked at again. Long runs of combining marks cost n log 56: they are sorted by
//! combining class, stably, and there are at most 56 classes.

use super::marks::may_change_in_nfc;
use super::writer::joined;
use super::{Changed, writer::beyond_ascii};
use unicode_normalization::{IsNormalized, UnicodeNormalization, char::canonical_combining_class};
use unicode_normalization::{is_nfc_quick, is_nfd_quick, is_nfkc_quick, is_nfkd_quick};

pub(super) const COMPOSE: &str = "compose";
pub(super) const NFC: &str = "nfc";
pub(super) const NFD: &str = "nfd";
pub(super) const NFKC: &str = "nfkc";
pub(super) const NFKD: &str = "nfkd";

pub(super) fn compose(text: &str) -> Changed<'_> {
    // What NFC would only take apart or exchange begins a segment of its own.
    let begins = |c| {
        !may_change_in_nfc(c) || (starts(c) && is_nfc_quick(std::iter::once(c)) == IsNormalized::No)
    };
    run(text, COMPOSE, begins, |segment| {
        let composed: String = segment.nfc().collect();
        let fewer = composed.chars().count() < segment.chars().count();
        if fewer { composed } else { segment.to_owned() }
    })
}

pub(super) fn nfc(text: &str) -> Changed<'_> {
    run(text, NFC, |c| !may_change_in_nfc(c), |s| s.nfc().collect())
}

pub(super) fn nfd(text: &str) -> Changed<'_> {
    let stable =
        |c| is_unified(c) || (starts(c) && is_nfd_quick(std::iter::once(c)) == IsNormalized::Yes);
    run(text, NFD, stable, |s| s.nfd().collect())
}

pub(super) fn nfkc(text: &str) -> Changed<'_> {
    let stable =
        |c| is_unified(c) || (starts(c) && is_nfkc_quick(std::iter::once(c)) == IsNormalized::Yes);
    run(text, NFKC, stable, |s| s.nfkc().collect())
}

pub(super) fn nfkd(text: &str) -> Changed<'_> {
    let stable =
        |c| is_unified(c) || (starts(c) && is_nfkd_quick(std::iter::once(c)) == IsNormalized::Yes);
    run(text, NFKD, stable, |s| s.nfkd().collect())
}

fn starts(c: char) -> bool {
    canonical_combining_class(c) == 0
}

/// Unified ideographs, which no form changes: asked first, since they are many.
fn is_unified(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

/// Normalizes each segment: a stable character, if one stands there, and the
/// unstable ones after it. Every ASCII character is stable in every form.
fn run<'t>(
    text: &'t str,
    name: &'static str,
    stable: impl Fn(char) -> bool,
    normalize: impl Fn(&str) -> String,
) -> Changed<'t> {
    let mut writer = joined(text, name);
    let mut characters = beyond_ascii(text).peekable();
    // The end of what is known to need no change.
    let mut done = 0;
    while let Some((at, c)) = characters.next() {
        if stable(c) {
            continue;
        }
        let before = text.get(done..at).and_then(|s| s.chars().next_back());
        let start = at - before.map_or(0, char::len_utf8);
        let mut end = at + c.len_utf8();
        while let Some((next, c)) = characters.next_if(|(next, c)| *next == end && !stable(*c)) {
            end = next + c.len_utf8();
        }
        done = end;
        let segment = text.get(start..end).unwrap_or_default();
        let normal = normalize(segment);
        if normal != segment {
            writer.replace(start..end, &normal);
        }
    }
    writer.finish()
}
