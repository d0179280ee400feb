//! Closing tags that damage left at the ends of lines. Text in and out; `</p>`,
//! and what is left of it where a decoder swallowed an end (`/p>`, `</p`), go
//! when the text nowhere opens such an element. A text with its opening tags is
//! HTML and stays whole.

use super::Changed;
use super::trailing_blanks::{is_blank, lines};
use super::writer::joined;
use memchr::memchr_iter;

pub(super) const NAME: &str = "stranded-tags";

/// The elements that text of pages stands in.
const ELEMENTS: [&str; 28] = [
    "a",
    "article",
    "b",
    "blockquote",
    "body",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "html",
    "i",
    "li",
    "ol",
    "p",
    "section",
    "span",
    "strong",
    "td",
    "tr",
    "u",
    "ul",
];

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    let opened = opened(text);
    for (start, line) in lines(text) {
        let mut kept = line;
        while let Some(before) = without_tag(kept, opened) {
            kept = before;
        }
        if kept.len() < line.len() {
            writer.remove(start + kept.len()..start + line.len());
        }
    }
    writer.finish()
}

/// One bit for each of [`ELEMENTS`] that the text opens.
fn opened(text: &str) -> u32 {
    memchr_iter(b'<', text.as_bytes())
        .filter_map(|at| element(text.get(at + 1..)?))
        .fold(0, |set, index| set | 1 << index)
}

/// Which element's name, in either case, the text begins with.
fn element(text: &str) -> Option<usize> {
    let length = text.bytes().take(11).take_while(u8::is_ascii_alphanumeric).count();
    let name = text.get(..length)?;
    ELEMENTS.iter().position(|element| element.eq_ignore_ascii_case(name))
}

/// The line up to a stranded tag that it ends in.
fn without_tag(line: &str, opened: u32) -> Option<&str> {
    let line = line.trim_end_matches(is_blank);
    let (inner, closed) = match line.strip_suffix('>') {
        Some(inner) => (inner, true),
        None => (line, false),
    };
    let name = inner.bytes().rev().take(11).take_while(u8::is_ascii_alphanumeric).count();
    let (before, name) = inner.split_at_checked(inner.len() - name)?;
    let index = element(name)?;
    let before = before.strip_suffix('/')?;
    let (before, open) = match before.strip_suffix('<') {
        Some(before) => (before, true),
        None => (before, false),
    };
    // With neither bracket it is text: `and/b`.
    ((open || closed) && opened & 1 << index == 0).then_some(before)
}
