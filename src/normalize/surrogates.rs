//! Surrogate pairs written out as text. Text in and out; `\ud83d\ude00`, as JSON
//! and Java write it, and `&#55357;&#56832;`, as some pages do, become the one
//! character that they mean. A lone half stays: it means nothing.
//!
//! A Rust string holds no surrogate itself, so these spellings are all there is.

use super::Changed;
use super::writer::joined;
use memchr::memchr2;

pub(super) const NAME: &str = "surrogates";

/// Digits of a reference to a surrogate: `&#55357;`, with a few zeros before them.
const LONGEST: usize = 12;

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    let mut at = 0;
    while let Some(found) = text.as_bytes().get(at..).and_then(|rest| memchr2(b'\\', b'&', rest)) {
        let start = at + found;
        let rest = text.as_bytes().get(start..).unwrap_or_default();
        at = start + 1;
        if let [b'\\', b'\\', ..] = rest {
            // An escaped backslash escapes nothing.
            at += 1;
        } else if let Some((high, first)) = unit(rest)
            && let Some((low, second)) = rest.get(first..).and_then(unit)
            && let Some(Ok(c)) = char::decode_utf16([high, low]).next()
            && c > '\u{FFFF}'
        {
            at = start + first + second;
            writer.put(start..at, c);
        }
    }
    writer.finish()
}

/// One written code unit of UTF-16, and its length in bytes.
fn unit(rest: &[u8]) -> Option<(u16, usize)> {
    let number =
        |digits: &[u8], radix| u16::from_str_radix(str::from_utf8(digits).ok()?, radix).ok();
    match rest {
        [b'\\', b'u', digits @ ..] => {
            let digits = digits.get(..4)?;
            digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
            Some((number(digits, 16)?, 6))
        }
        [b'&', b'#', rest @ ..] => {
            let (radix, skip) = if matches!(rest, [b'x' | b'X', ..]) { (16, 1) } else { (10, 0) };
            let digits = rest.get(skip..)?;
            let length = digits.iter().take(LONGEST).position(|&b| b == b';')?;
            let digits = digits.get(..length)?;
            digits.iter().all(u8::is_ascii_hexdigit).then_some(())?;
            Some((number(digits, radix)?, 3 + skip + length))
        }
        _ => None,
    }
}
