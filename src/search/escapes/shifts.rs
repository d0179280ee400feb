//! Code units and shifts that a reader did not know: UTF-16 with its bytes swapped or shown one
//! by one, HZ shown raw, ISO-2022-JP without its escapes, surrogates written one by one.

use super::spans::Span;
use crate::channel::{Earlier, Misreading};
use crate::charset::{Charset, Next};
use crate::text::characters::is_text;

/// Whole texts that an ordinary misreading explains, of charsets that `layers` does not
/// try.
pub(super) fn whole(text: &str) -> Vec<Earlier> {
    let pair = |written, read| Misreading { written, read };
    let mut tried = Vec::new();
    // A tab or a line end that is read as one would not be after a swap.
    let is_ours = |c: char| c.is_ascii_alphanumeric() || c.is_ascii_control();
    if !text.is_ascii() && !text.contains(is_ours) {
        tried.push(pair(Charset::UTF_16BE, Charset::UTF_16LE));
    }
    if text.contains('\0') {
        tried.push(pair(Charset::UTF_16LE, Charset::ISO_8859_1));
        tried.push(pair(Charset::UTF_16BE, Charset::ISO_8859_1));
    }
    if text.contains("~{") && text.is_ascii() {
        tried.push(pair(Charset::HZ, Charset::WINDOWS_1252));
    }
    let undo = |misreading: Misreading| {
        let text = misreading.undo(text)?;
        let shown = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
        let fine = shown.chars().all(is_text);
        fine.then(|| Earlier { text: text.clone(), step: misreading.into() })
    };
    tried.into_iter().filter_map(undo).collect()
}

/// Pairs that make a stretch of ISO-2022-JP without its end, hiragana among them. Code and what
/// is encoded in ASCII have any pairs, but stop in the middle of a word.
const PAIRS: usize = 3;
const HIRAGANA: std::ops::RangeInclusive<char> = 'ぁ'..='ゖ';

/// Stretches between `$B` or `$@` and `(B` or `(J`, and stretches without an end as far as
/// they can be read.
pub(super) fn no_escape(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let bytes = text.as_bytes();
    // Where what is no stretch stopped, from even places and from odd ones: one that begins in
    // it stops there too, with less to show for it.
    let mut stopped = [0; 2];
    let mut at = 0;
    while let Some(skip) = bytes.get(at..).and_then(|rest| memchr::memchr(b'$', rest)) {
        let start = at + skip;
        at = start + 1;
        let Some(stopped) = stopped.get_mut(start % 2).filter(|stopped| start >= **stopped) else {
            continue;
        };
        let Some(stretch) = Stretch::read(bytes, start) else { continue };
        if stretch.is_meant(bytes) {
            at = stretch.end;
            spans.push(Span { source: start..stretch.end, meant: stretch.meant });
        } else {
            *stopped = stretch.end;
        }
    }
    spans
}

/// What stands behind `$B` or `$@`, read as pairs.
struct Stretch {
    meant: String,
    pairs: usize,
    /// Where reading stopped, behind `(B` or `(J` if there is one.
    end: usize,
    ended: bool,
}

impl Stretch {
    fn read(bytes: &[u8], start: usize) -> Option<Stretch> {
        let [b'$', b'B' | b'@', ..] = bytes.get(start..)? else { return None };
        let mut stretch = Stretch { meant: String::new(), pairs: 0, end: start + 2, ended: false };
        while let Some(&[a, b]) = bytes.get(stretch.end..).and_then(|rest| rest.first_chunk()) {
            if a == b'(' && matches!(b, b'B' | b'J') {
                stretch.ended = true;
                stretch.end += 2;
                break;
            }
            let Some(c) = of_pair(a, b) else { break };
            stretch.meant.push(c);
            stretch.pairs += 1;
            stretch.end += 2;
        }
        Some(stretch)
    }

    /// Whether the pairs were meant as such.
    fn is_meant(&self, bytes: &[u8]) -> bool {
        let rest = bytes.get(self.end..).unwrap_or_default();
        let stops = matches!(rest, [] | [_] | [..=b' ', ..]);
        let is_text =
            self.pairs >= PAIRS && stops && self.meant.contains(|c| HIRAGANA.contains(&c));
        is_text || self.ended && self.pairs > 0
    }
}

/// The character that two bytes of JIS X 0208 are.
fn of_pair(a: u8, b: u8) -> Option<char> {
    let graphic = 0x21..=0x7E;
    if !graphic.contains(&a) || !graphic.contains(&b) {
        return None;
    }
    match Charset::EUC_JP.decode_next(&[a | 0x80, b | 0x80]) {
        Next::Char(c, 2) => Some(c),
        _ => None,
    }
}

/// The text, if its bytes are UTF-8 but for surrogates that are in pairs.
pub(super) fn surrogates(read: Charset, text: &str) -> Option<Span> {
    let mut bytes = Vec::with_capacity(text.len());
    read.encode(text, &mut bytes).ok()?;
    let mut joined = Vec::with_capacity(bytes.len());
    let mut rest = bytes.as_slice();
    let mut pairs = 0;
    while let Some((&first, tail)) = rest.split_first() {
        if let [0xED, a @ 0xA0..=0xAF, b, 0xED, c @ 0xB0..=0xBF, d, after @ ..] = rest {
            let low = |byte: u8| u32::from(byte & 0x3F);
            let high = (low(*a) & 0xF) << 6 | low(*b);
            let number = 0x1_0000 + (high << 10) + ((low(*c) & 0xF) << 6 | low(*d));
            let c = char::from_u32(number)?;
            joined.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            pairs += 1;
            rest = after;
            continue;
        }
        joined.push(first);
        rest = tail;
    }
    let meant = String::from_utf8(joined).ok()?;
    (pairs > 0).then_some(Span { source: 0..text.len(), meant })
}

/// The text in CESU-8, read in a charset.
pub(super) fn write_surrogates(read: Charset, text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    for c in text.chars() {
        let mut units = [0; 2];
        match *c.encode_utf16(&mut units) {
            [high, low] => {
                for unit in [high, low] {
                    let low_six = |n: u16| 0x80 | (n & 0x3F) as u8;
                    bytes.extend([0xED, low_six(unit >> 6), low_six(unit)]);
                }
            }
            _ => bytes.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    let mut out = String::with_capacity(bytes.len());
    read.decode_strict(&bytes, &mut out).ok()?;
    Some(out)
}
