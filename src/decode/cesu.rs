//! UTF-8 as Java, Oracle and MySQL write it: CESU-8 and modified UTF-8.
//!
//! A character beyond the first plane is there what it is in UTF-16, two surrogates, of three bytes each, and
//! U+0000 is C0 80, so that no byte of a text is NUL. In: bytes. Out: the same in UTF-8.

use std::borrow::Cow;

/// What two surrogates in three bytes each take.
const PAIR: usize = 6;

/// `bytes` with each pair of surrogates as one character, and C0 80 as NUL.
pub(super) fn joined(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut made = Vec::new();
    let (mut done, mut at) = (0, 0);
    while let Some(next) = memchr::memchr2(0xED, 0xC0, bytes.get(at..).unwrap_or_default()) {
        at += next;
        let rest = bytes.get(at..).unwrap_or_default();
        let (c, len) = match (pair(rest), rest) {
            (Some(c), _) => (c, PAIR),
            (None, [0xC0, 0x80, ..]) => ('\0', 2),
            _ => {
                at += 1;
                continue;
            }
        };
        made.extend_from_slice(bytes.get(done..at).unwrap_or_default());
        made.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        at += len;
        done = at;
    }
    if done == 0 {
        return Cow::Borrowed(bytes);
    }
    made.extend_from_slice(bytes.get(done..).unwrap_or_default());
    Cow::Owned(made)
}

/// The character of two surrogates at the beginning of `bytes`.
fn pair(bytes: &[u8]) -> Option<char> {
    let &[0xED, a @ 0xA0..=0xAF, b @ 0x80..=0xBF, 0xED, c @ 0xB0..=0xBF, d @ 0x80..=0xBF, ..] =
        bytes
    else {
        return None;
    };
    let unit = |high: u8, low: u8| 0xD000 | u16::from(high & 0x3F) << 6 | u16::from(low & 0x3F);
    char::decode_utf16([unit(a, b), unit(c, d)]).next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_and_nul_are_joined() {
        let joined = |bytes: &'static [u8]| String::from_utf8(joined(bytes).into_owned()).ok();
        assert_eq!(joined(b"a\xED\xA0\xBD\xED\xB8\x80b").as_deref(), Some("a😀b"));
        assert_eq!(joined(b"\xED\xAF\xBF\xED\xBF\xBF").as_deref(), Some("\u{10FFFF}"));
        assert_eq!(joined(b"a\xC0\x80\xC0\x80").as_deref(), Some("a\0\0"));
        assert_eq!(joined("한국어".as_bytes()).as_deref(), Some("한국어"));
        assert_eq!(joined(b"\xED\xA0\xBD b \xED\xB8\x80"), None);
        assert_eq!(joined(b"\xED\xB8\x80\xED\xA0\xBD"), None);
    }
}
