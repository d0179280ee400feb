//! What bytes tell before any language does: byte order marks, plain ASCII, escapes, UTF-8.

use super::cesu;
use crate::charset::{Charset, Family, Next, Unmapped};

/// The charset that a byte order mark names, and the mark's length.
pub(super) fn byte_order_mark(bytes: &[u8]) -> Option<(Charset, usize)> {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => Some((Charset::UTF_8, 3)),
        // FF FE 00 00 may be UTF-16 that begins with U+0000, but nothing does.
        [0xFF, 0xFE, 0, 0, ..] => Some((Charset::UTF_32LE, 4)),
        [0, 0, 0xFE, 0xFF, ..] => Some((Charset::UTF_32BE, 4)),
        [0xFF, 0xFE, ..] => Some((Charset::UTF_16LE, 2)),
        [0xFE, 0xFF, ..] => Some((Charset::UTF_16BE, 2)),
        _ => None,
    }
}

/// Where the first byte stands that plain ASCII text has not: from 80 on, a control that is not for
/// layout (the escapes and shifts are some), or the `~{` of HZ.
pub(super) fn first_special(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr_special(bytes.get(at..)?)?;
        match bytes.get(at..) {
            Some([b'~', next, ..]) if *next != b'{' => at += 1,
            Some([b'~']) | None => return None,
            _ => return Some(at),
        }
    }
}

/// Bytes at the very beginning that show whether they are ASCII.
pub(super) const SHOWN: usize = 64;

/// Whether bytes below 80 are no ASCII text: they have no blank and no line end, as EBCDIC Hebrew has none.
pub(super) fn is_unlike_ascii(bytes: &[u8]) -> bool {
    let shown = bytes.get(..SHOWN);
    shown.is_some_and(|shown| !shown.iter().any(|b| b" \t\r\n".contains(b)))
}

fn memchr_special(bytes: &[u8]) -> Option<usize> {
    let special = |&b: &u8| b >= 0x80 || b == b'~' || b < 0x20 && !matches!(b, 0x08..=0x0D);
    let mut start = 0;
    // Blocks without any are skipped by a fold that the compiler makes into vector code.
    for block in bytes.chunks(64) {
        if block.iter().fold(false, |any, b| any | special(b)) {
            return block.iter().position(special).map(|at| start + at);
        }
        start += block.len();
    }
    None
}

/// Well-formed and malformed sequences of UTF-8; cut ends count as neither.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Utf8 {
    pub well_formed: usize,
    pub malformed: usize,
}

fn is_continuation(byte: u8) -> bool {
    matches!(byte, 0x80..=0xBF)
}

/// Whether `bytes` begin inside a character of UTF-8, or with one of another charset.
pub(super) fn begins_inside(bytes: &[u8]) -> bool {
    bytes.first().is_some_and(|&b| is_continuation(b))
}

/// Bytes at the very beginning that are, in UTF-8, the end of a character that was cut.
pub(super) fn cut(bytes: &[u8]) -> usize {
    bytes.iter().take(3).take_while(|&&b| is_continuation(b)).count()
}

/// The text that `bytes` begin with in UTF-8.
pub(super) fn text_of_utf8(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_else(|e| {
        let valid = bytes.get(..e.valid_up_to()).unwrap_or_default();
        std::str::from_utf8(valid).unwrap_or_default()
    })
}

/// Counts the multi-byte sequences of UTF-8 in `bytes`.
pub(super) fn utf8(bytes: &[u8]) -> Utf8 {
    let mut found = Utf8::default();
    let bytes = &*cesu::joined(bytes);
    let mut rest = bytes.get(cut(bytes)..).unwrap_or_default();
    loop {
        let (valid, bad) = match std::str::from_utf8(rest) {
            Ok(text) => (text.len(), None),
            Err(e) => (e.valid_up_to(), e.error_len()),
        };
        let (head, tail) = rest.split_at_checked(valid).unwrap_or((rest, &[]));
        found.well_formed += head.iter().filter(|&&b| b >= 0xC0).count();
        match bad {
            Some(len) => {
                found.malformed += 1;
                rest = tail.get(len..).unwrap_or_default();
            }
            None => return found,
        }
    }
}

/// Whether the NULs are all at even places or all at odd ones, several of them and many.
fn are_nuls_on_one_side(bytes: &[u8]) -> bool {
    let nuls = |start| bytes.iter().skip(start).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    even.min(odd) == 0 && even.max(odd) > 1 && (even + odd) * 8 >= bytes.len()
}

/// The byte order marks of UTF-16, read in a single-byte charset and written in UTF-8.
const MISREAD_MARKS: [&str; 2] = ["ÿþ", "þÿ"];

/// Whether `bytes`, which are well-formed UTF-8, are UTF-16 that was read in a single-byte charset and then
/// written in UTF-8. There every other character is NUL, but not every other byte, for each sequence moves
/// the NULs behind it to the other side; where there is but one, at the beginning, the length shows it. And
/// a letter that became a sequence has a NUL beside it: what is well-formed by accident has not.
pub(super) fn is_misread_utf16(bytes: &[u8]) -> bool {
    let firsts: Vec<u8> = bytes.iter().copied().filter(|&b| !is_continuation(b)).collect();
    let is_letter = |unit: &&[u8]| matches!(unit, [0xC0..=0xFF, 0] | [0, 0xC0..=0xFF]);
    let letters = firsts.chunks(2).filter(is_letter).count();
    let sequences = firsts.iter().filter(|&&b| b >= 0xC0).count();
    let is_moved = || bytes.len() % 2 == 1 || !are_nuls_on_one_side(bytes);
    are_nuls_on_one_side(&firsts)
        && (MISREAD_MARKS.iter().any(|mark| bytes.starts_with(mark.as_bytes()))
            || letters * 2 > sequences && is_moved())
}

/// So many sequences of UTF-8 stand by accident in UTF-16 that has no malformed ones: of 1.2 million lines of
/// 70 languages, and beginnings of them, 2,523 have one or more, and none has five.
const BY_ACCIDENT: usize = 4;

/// Whether `bytes`, whose sequences of UTF-8 are all well-formed, are by these not UTF-16.
pub(super) fn is_no_utf16(bytes: &[u8], utf8: Utf8) -> bool {
    utf8.well_formed > BY_ACCIDENT || utf8.well_formed > 0 && bytes.len() % 2 == 1
}

/// Whether `bytes` may be UTF-16 or UTF-32. Where all are below 80, half of those that are Latin, Greek or
/// Cyrillic are NUL or another control; among Han and kana, digits and blanks make every other byte NUL.
pub(super) fn may_be_wide(bytes: &[u8]) -> bool {
    let control = |&&b: &&u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x1B);
    let on_one_side = are_nuls_on_one_side(bytes);
    !bytes.is_ascii() || on_one_side || bytes.iter().filter(control).count() * 5 > bytes.len() * 2
}

/// Whether an escape or shift of the charset stands in `bytes`.
pub(super) fn has_escapes(charset: Charset, bytes: &[u8]) -> bool {
    let marks: &[&[u8]] = match charset {
        Charset::ISO_2022_JP => &[b"\x1B$@", b"\x1B$B", b"\x1B(J", b"\x1B(I"],
        Charset::ISO_2022_KR => &[b"\x1B$)C"],
        Charset::ISO_2022_CN => &[b"\x1B$)A", b"\x1B$)G", b"\x1B$*H"],
        Charset::HZ => &[b"~{"],
        _ => return true,
    };
    let find = |mark: &[u8]| memchr::memmem::find(bytes, mark).is_some();
    marks.iter().any(|mark| find(mark))
        && (charset != Charset::HZ || find(b"~}") || is_shifted(bytes))
}

/// Whether what follows the first `~{`, which also begins an argument in TeX, is pairs of HZ up to the end.
fn is_shifted(bytes: &[u8]) -> bool {
    let from = memchr::memmem::find(bytes, b"~{").map(|at| at + 2);
    let pairs = from.and_then(|from| bytes.get(from..)).unwrap_or_default();
    pairs.len() >= SHOWN && pairs.iter().all(u8::is_ascii_graphic)
}

/// How bytes end that are well-formed in a charset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Ending {
    Whole,
    /// Inside a character.
    Cut,
}

/// Appends the text of `bytes` where `charset` reads them without an error, save for a character cut
/// at the end; nothing where there is another.
pub(super) fn reads(charset: Charset, bytes: &[u8], out: &mut String) -> Option<Ending> {
    let cut = match charset.decode_strict(bytes, out) {
        Ok(()) => return Some(Ending::Whole),
        // Half a pair, or the beginning of an escape.
        Err(Unmapped { at, .. }) if charset.family() == Family::Escaped => {
            matches!(bytes.get(at..), Some([_] | [0x1B | b'~', _] | [0x1B, _, _]))
        }
        // No character is longer than four bytes.
        Err(Unmapped { at, .. }) if at + 4 <= bytes.len() => false,
        Err(Unmapped { at, .. }) => {
            charset.decode_next(bytes.get(at..).unwrap_or_default()) == Next::Incomplete
        }
    };
    cut.then_some(Ending::Cut)
}

/// Whether text looks like what data gives: NUL, or several controls, and many for its length. Those
/// of C1 are in UTF-8 what is left of text that was misread and written again; NUL that no byte of the text is,
/// Java has written, between the parts of one.
pub(super) fn is_binary(text: &str, charset: Charset, bytes: &[u8]) -> bool {
    // A terminal's output has a bell, a backspace and escapes; a text of DOS ends in 1A.
    let plain =
        |c: char| matches!(c, '\u{7}'..='\n' | '\u{C}' | '\r' | '\u{1A}' | '\u{1B}' | '\u{85}');
    let chars = text.chars().count();
    let is_left_over = |c: char| charset == Charset::UTF_8 && !c.is_ascii();
    let is_odd = |&c: &char| c.is_control() && !plain(c) && !is_left_over(c);
    let controls = text.chars().filter(is_odd).count();
    text.contains('\0') && bytes.contains(&0) || controls > 1 && controls * 20 > chars
}
