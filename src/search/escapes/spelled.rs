//! Mojibake spelled in ASCII: character references, percent escapes, escapes of programming
//! languages. Only runs that spell a misreading are explained; intact references and escapes
//! are not, so they stay.

use super::spans::Span;
use crate::channel::Misreading;
use crate::charset::Charset;
use crate::text::characters::{is_c1, is_text};
use std::fmt::Write;

/// A way to spell characters.
#[derive(Clone, Copy)]
pub(super) struct Spelling {
    /// The first byte of each.
    first: u8,
    /// The character or byte that such a byte begins, and the length of what spells it.
    read: fn(&str) -> Option<(Unit, usize)>,
    write: fn(char, &mut String),
}

enum Unit {
    Char(char),
    /// A byte of UTF-8.
    Byte(u8),
}

pub(super) const HTML: Spelling = Spelling {
    first: b'&',
    read: reference,
    write: |c, out| {
        let _ = write!(out, "&#{};", u32::from(c));
    },
};

pub(super) const PERCENT: Spelling = Spelling {
    first: b'%',
    read: |text| {
        let byte = u8::from_str_radix(hex(text, 1, 2)?, 16).ok()?;
        Some((Unit::Byte(byte), 3))
    },
    write: |c, out| {
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            let _ = write!(out, "%{byte:02X}");
        }
    },
};

pub(super) const BACKSLASH: Spelling = Spelling {
    first: b'\\',
    read: |text| {
        let digits = if text.starts_with("\\u") { 4 } else { 2 };
        if digits == 2 && !text.starts_with("\\x") {
            return None;
        }
        let number = u32::from_str_radix(hex(text, 2, digits)?, 16).ok()?;
        Some((Unit::Char(char::from_u32(number)?), 2 + digits))
    },
    write: |c, out| {
        for unit in c.encode_utf16(&mut [0; 2]) {
            let _ = write!(out, "\\u{unit:04x}");
        }
    },
};

fn hex(text: &str, from: usize, digits: usize) -> Option<&str> {
    let all = text.get(from..from + digits)?;
    all.bytes().all(|b| b.is_ascii_hexdigit()).then_some(all)
}

/// Bytes of the longest reference of a character that mojibake consists of.
const LONGEST: usize = 12;

/// A character reference. One by number means the code point, C1 controls too: what browsers
/// make of those is what has to be found out.
fn reference(text: &str) -> Option<(Unit, usize)> {
    let end = 1 + text.bytes().take(LONGEST).position(|b| b == b';')?;
    let name = text.get(1..end - 1)?;
    let number = match name.strip_prefix('#') {
        Some(digits) => match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        },
        None => None,
    };
    let c = match number {
        Some(number) => char::from_u32(number)?,
        None => named(text.get(..end)?)?,
    };
    Some((Unit::Char(c), end))
}

#[cfg(feature = "html")]
fn named(reference: &str) -> Option<char> {
    let meant = htmlize::ENTITIES.get(reference.as_bytes())?;
    let mut chars = str::from_utf8(meant).ok()?.chars();
    chars.next().filter(|_| chars.as_str().is_empty())
}

#[cfg(not(feature = "html"))]
fn named(_: &str) -> Option<char> {
    None
}

/// A run of spelled characters, as it reads.
struct Run {
    start: usize,
    end: usize,
    text: String,
}

fn runs(spelling: Spelling, text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(skip) = text.get(at..).and_then(|t| memchr::memchr(spelling.first, t.as_bytes()))
    {
        let start = at + skip;
        let mut end = start;
        let mut bytes = Vec::new();
        let spelled = |rest: &&str| rest.as_bytes().first() == Some(&spelling.first);
        while let Some((unit, len)) = text.get(end..).filter(spelled).and_then(spelling.read) {
            match unit {
                Unit::Char(c) if c.is_ascii() => break,
                Unit::Byte(b) if b.is_ascii() => break,
                Unit::Char(c) => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
                Unit::Byte(b) => bytes.push(b),
            }
            end += len;
        }
        if let Ok(text) = String::from_utf8(bytes)
            && !text.is_empty()
        {
            runs.push(Run { start, end, text });
        }
        at = end.max(start + 1);
    }
    runs
}

/// The runs that spell text misread so.
pub(super) fn spans(spelling: Spelling, misreading: Misreading, text: &str) -> Vec<Span> {
    let c1 = misreading.written != Charset::UTF_8;
    let meant = |run: Run| {
        // Punctuation that a Latin-1 text numbered as in its code page; letters are intact.
        if c1 && !run.text.chars().all(is_c1) {
            return None;
        }
        let meant = misreading.undo(&run.text)?;
        let fine = |c: char| is_text(c) || misreading.written == Charset::UTF_8 && is_c1(c);
        meant.chars().all(fine).then_some(Span { source: run.start..run.end, meant })
    };
    runs(spelling, text).into_iter().filter_map(meant).collect()
}

/// Misreads and spells all that is beyond ASCII.
pub(super) fn spell(spelling: Spelling, misreading: Misreading, text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for c in misreading.garble(text)?.chars() {
        if c.is_ascii() { out.push(c) } else { (spelling.write)(c, &mut out) }
    }
    Some(out)
}
