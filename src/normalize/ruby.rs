//! Readings that are set beside characters. Text in and out: the ruby of HTML goes
//! (`<rt>` and `<rp>` with what is in them, `<ruby>` and `<rb>` as tags), and so do zhuyin
//! readings in parentheses behind the characters that they read, `字(ㄗˋ)`. What is
//! read stays. Off by default: readings are part of a text that was written with them.

use super::Changed;
use super::writer::joined;
use crate::text::characters::is_han;
use memchr::{memchr, memchr3};

pub(super) const NAME: &str = "ruby";

/// Bytes that a tag with its attributes has at most.
const TAG: usize = 1024;

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    // Without a reading, tags are what the text is about.
    let has_ruby = memchr::memchr_iter(b'<', text.as_bytes())
        .filter_map(|at| Tag::read(text.get(at..)?))
        .any(|tag| tag.hides() && !tag.closes);
    let mut at = 0;
    // EF is the first byte of the full-width parenthesis.
    while let Some(found) = memchr3(b'<', b'(', 0xEF, text.as_bytes().get(at..).unwrap_or_default())
    {
        let start = at + found;
        let (before, rest) = text.split_at_checked(start).unwrap_or_default();
        let length = match rest.starts_with('<') {
            true if has_ruby => markup(rest),
            true => None,
            false => zhuyin(before, rest),
        };
        if let Some(length) = length {
            writer.remove(start..start + length);
        }
        at = start + length.or(rest.chars().next().map(char::len_utf8)).unwrap_or(1);
    }
    writer.finish()
}

/// A tag of the ruby family.
struct Tag<'t> {
    name: &'t str,
    closes: bool,
    length: usize,
}

impl<'t> Tag<'t> {
    /// The tag that the text begins with.
    fn read(text: &'t str) -> Option<Self> {
        let inside = text.strip_prefix('<')?;
        let (inside, closes) = match inside.strip_prefix('/') {
            Some(inside) => (inside, true),
            None => (inside, false),
        };
        let end = inside.bytes().take(5).take_while(u8::is_ascii_alphabetic).count();
        let (name, rest) = inside.split_at_checked(end)?;
        let known = ["ruby", "rb", "rt", "rp", "rtc"].iter().any(|n| n.eq_ignore_ascii_case(name));
        let ends = rest.starts_with(|c: char| c == '>' || c == '/' || c.is_ascii_whitespace());
        // Most of what begins with `<` is no tag of these, and need not be looked through.
        if !(known && ends) {
            return None;
        }
        let close = memchr(b'>', rest.as_bytes().get(..TAG).unwrap_or(rest.as_bytes()))?;
        let length = text.len() - rest.len() + close + 1;
        Some(Tag { name, closes, length })
    }

    /// Whether what is inside is no part of the text.
    fn hides(&self) -> bool {
        ["rt", "rp", "rtc"].iter().any(|name| name.eq_ignore_ascii_case(self.name))
    }
}

/// How much goes where the text begins with a tag. HTML lets the closing tags of readings
/// away: the next tag of the family ends them too.
fn markup(text: &str) -> Option<usize> {
    let tag = Tag::read(text)?;
    if tag.closes || !tag.hides() {
        return Some(tag.length);
    }
    let inside = text.get(tag.length..)?;
    memchr::memchr_iter(b'<', inside.as_bytes()).find_map(|at| {
        let next = Tag::read(inside.get(at..)?)?;
        let own = next.closes && next.name.eq_ignore_ascii_case(tag.name);
        Some(tag.length + at + if own { next.length } else { 0 })
    })
}

/// How long the zhuyin in parentheses is that the text begins with, if it has no more
/// syllables than there are characters before it.
fn zhuyin(before: &str, text: &str) -> Option<usize> {
    let (open, close) = if text.starts_with('(') { ('(', ')') } else { ('（', '）') };
    let inside = text.strip_prefix(open)?;
    let han = before.chars().rev().take_while(|&c| is_han(c)).take(SYLLABLES).count();
    // Four characters a syllable, and a blank.
    let mut chars = inside.chars().take(5 * SYLLABLES);
    let length: usize = chars.by_ref().take_while(|&c| c != close).map(char::len_utf8).sum();
    let inside =
        inside.get(..length).filter(|i| text.get(open.len_utf8() + i.len()..).is_some())?;
    let closed = text.get(open.len_utf8() + length..)?.starts_with(close);
    let count = syllables(inside)?;
    (closed && count > 0 && count <= han).then_some(2 * open.len_utf8() + length)
}

/// Syllables in one pair of parentheses at most.
const SYLLABLES: usize = 12;

/// The number of zhuyin syllables, if the text is nothing else: an initial, a medial and a
/// final, each at most once and in this order, with a tone before or behind.
fn syllables(text: &str) -> Option<usize> {
    let mut count = 0;
    let mut place = END;
    for c in text.chars() {
        let next = match c {
            'ㄅ'..='ㄙ' => 1,
            'ㄧ' | 'ㄨ' | 'ㄩ' => 2,
            'ㄚ'..='ㄦ' => 3,
            // The tones: first to fourth. That of a weak syllable stands before it.
            'ˉ' | 'ˊ' | 'ˇ' | 'ˋ' if place != END => END,
            '˙' => WEAK,
            ' ' | '\u{3000}' => END,
            _ => return None,
        };
        match next {
            WEAK if place == END => count += 1,
            END | WEAK => {}
            _ if place == END => count += 1,
            _ if place == WEAK => {}
            _ if next <= place => return None,
            _ => {}
        }
        // Behind a syllable, the weak tone ends it.
        place = if next == WEAK && place != END { END } else { next };
    }
    (place != WEAK).then_some(count)
}

/// Between syllables.
const END: u8 = 0;
/// Behind the tone that stands before its syllable.
const WEAK: u8 = 9;
