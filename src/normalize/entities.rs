//! HTML character references: `&amp;`, `&eacute;`, `&#x4E2D;`. Text in and out,
//! two switches:
//!
//! - `entities` leaves a text alone that has a tag anywhere, since that is HTML
//!   and its references belong there. The whole text decides, not what an earlier
//!   line was like.
//! - `entities-in-markup` reads the references of every text.
//!
//! Only references that end in `;` count: `AT&T&copy` is a name. One whose
//! character is a control, a surrogate or none at all stays as written, and
//! loses nothing. A reference may come out of others (`&amp;amp;eacute;`), so each `;` of
//! the *output* is looked at; a reference is short, so that costs constant time.
//! Names and values come from the crate `htmlize`, which has those of the HTML standard.

use super::Changed;
use super::writer::joined;
use memchr::{memchr, memchr_iter, memrchr};
use std::borrow::Cow;
use std::ops::Range;

pub(super) const NAME: &str = "entities";
pub(super) const IN_MARKUP: &str = "entities-in-markup";

/// Bytes of the longest name with its `&` and `;`: `&CounterClockwiseContourIntegral;`.
const LONGEST: usize = 33;

pub(super) fn apply(text: &str) -> Changed<'_> {
    if memchr(b'&', text.as_bytes()).is_none() || has_markup(text.as_bytes()) {
        return (Cow::Borrowed(text), Vec::new());
    }
    decode(text, NAME)
}

pub(super) fn in_markup(text: &str) -> Changed<'_> {
    decode(text, IN_MARKUP)
}

/// Whether there is a tag, comment or declaration, by its first two characters.
fn has_markup(bytes: &[u8]) -> bool {
    memchr_iter(b'<', bytes)
        .any(|at| matches!(bytes.get(at + 1), Some(b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?')))
}

/// A reference read: where it stood in the text, and where its character stands in the output.
struct Read {
    source: Range<usize>,
    output: Range<usize>,
}

fn decode<'t>(text: &'t str, name: &'static str) -> Changed<'t> {
    let mut out = String::new();
    let mut reads: Vec<Read> = Vec::new();
    let mut copied = 0;
    for semicolon in memchr_iter(b';', text.as_bytes()) {
        let end = semicolon + 1;
        out.push_str(text.get(copied..end).unwrap_or_default());
        copied = end;
        while let Some((start, meant)) = last_reference(&out) {
            let mut source = source_of(&reads, start)..end;
            while let Some(inner) = reads.pop_if(|read| read.output.end > start) {
                source.start = source.start.min(inner.source.start);
            }
            out.truncate(start);
            out.push_str(&meant);
            reads.push(Read { source, output: start..out.len() });
            if !meant.ends_with(';') {
                break;
            }
        }
    }
    let mut writer = joined(text, name);
    for read in reads {
        writer.replace(read.source, out.get(read.output).unwrap_or_default());
    }
    writer.finish()
}

/// Where the byte at `position` of the output came from.
fn source_of(reads: &[Read], position: usize) -> usize {
    let before = reads.iter().rev().find(|read| read.output.end <= position);
    before.map_or(position, |read| position - read.output.end + read.source.end)
}

/// The reference that the text ends in: where it begins, and what it means.
fn last_reference(out: &str) -> Option<(usize, String)> {
    let tail = out.as_bytes().get(out.len().saturating_sub(LONGEST)..)?;
    let start = out.len() - tail.len() + memrchr(b'&', tail)?;
    let reference = out.get(start..)?;
    let digits = reference.as_bytes().get(1..reference.len() - 1)?;
    if digits.first() == Some(&b'#') {
        let meant = htmlize::unescape(reference);
        let whole = !meant.starts_with('&') || meant == "&";
        let one = meant.chars().next()?;
        if one == char::REPLACEMENT_CHARACTER || (one.is_control() && !matches!(one, '\t' | '\n')) {
            return None;
        }
        return (whole && meant.len() == one.len_utf8()).then(|| (start, meant.into_owned()));
    }
    if !digits.iter().all(u8::is_ascii_alphanumeric) {
        return None;
    }
    let meant = htmlize::ENTITIES.get(reference.as_bytes())?;
    Some((start, str::from_utf8(meant).ok()?.to_owned()))
}
