//! UTF-8, UTF-16 and UTF-32: one character at a time, both ways.

use super::bytes::Bytes;
use super::kind::Width;
use super::next::Next;

/// One character of UTF-8. A malformed sequence is as long as its well-formed beginning, at least one
/// byte: each such gives one U+FFFD. Overlong forms and surrogates are malformed at their first byte.
pub(super) fn next_utf8(bytes: &[u8]) -> Next {
    let head = bytes.get(..4).unwrap_or(bytes);
    let (valid, error) = match std::str::from_utf8(head) {
        Ok(text) => (text, None),
        Err(e) => {
            let valid = head.get(..e.valid_up_to()).unwrap_or_default();
            (std::str::from_utf8(valid).unwrap_or_default(), Some(e))
        }
    };
    match (valid.chars().next(), error) {
        (Some(c), _) => Next::Char(c, c.len_utf8()),
        (None, Some(e)) => e.error_len().map_or(Next::Incomplete, Next::Malformed),
        (None, None) => Next::Incomplete,
    }
}

fn unit(bytes: &[u8], big: bool) -> Option<u16> {
    let unit = *bytes.first_chunk::<2>()?;
    Some(if big { u16::from_be_bytes(unit) } else { u16::from_le_bytes(unit) })
}

/// One character of UTF-16; a lone surrogate is malformed, two bytes long.
pub(super) fn next_utf16(bytes: &[u8], big: bool) -> Next {
    let Some(first) = unit(bytes, big) else { return Next::Incomplete };
    if let Some(c) = char::from_u32(first.into()) {
        return Next::Char(c, 2);
    }
    if first >= 0xDC00 {
        return Next::Malformed(2);
    }
    let Some(second) = unit(bytes.get(2..).unwrap_or_default(), big) else {
        return Next::Incomplete;
    };
    match char::decode_utf16([first, second]).next() {
        Some(Ok(c)) => Next::Char(c, 4),
        _ => Next::Malformed(2),
    }
}

/// One character of UTF-32; a number that is no scalar value is malformed, four bytes long.
pub(super) fn next_utf32(bytes: &[u8], big: bool) -> Next {
    let Some(&unit) = bytes.first_chunk::<4>() else { return Next::Incomplete };
    let c = if big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
    char::from_u32(c).map_or(Next::Malformed(4), |c| Next::Char(c, 4))
}

/// The bytes of `c`; every character has them.
pub(super) fn encode(c: char, width: Width) -> Bytes {
    match width {
        Width::Utf8 => {
            let mut buffer = [0; 4];
            let len = c.encode_utf8(&mut buffer).len();
            Bytes::new(buffer, len)
        }
        Width::Utf16 { big } => {
            let mut units = [0; 2];
            let len = 2 * c.encode_utf16(&mut units).len();
            let [[a, b], [c, d]] =
                units.map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() });
            Bytes::new([a, b, c, d], len)
        }
        Width::Utf32 { big } => {
            let c = u32::from(c);
            Bytes::new(if big { c.to_be_bytes() } else { c.to_le_bytes() }, 4)
        }
    }
}
