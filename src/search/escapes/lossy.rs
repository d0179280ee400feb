//! Damage that lost bytes for good: UTF-16 code units cut to their low byte, and bytes that
//! had become U+FFFD before they were read in a double-byte charset.

use super::spans::{Choice, Span, settle};
use crate::channel::Misreading;
use crate::channel::traces::DAMAGE_NAME;
use crate::charset::{Charset, Family, Next};
use crate::text::characters::beside;
use memchr::memmem;

/// Blocks of punctuation and signs that stand in texts of one byte a character.
const BLOCKS: [u32; 4] = [0x2000, 0x2100, 0x2200, 0x2500];

/// Whether a character is none of a text's own but may be the low byte of one; U+001A stands
/// for a character that could not be written, whichever it was, and U+001F separates fields; the
/// quotation mark with its byte is rare.
fn is_low_byte(c: char) -> bool {
    matches!(c, '\u{10}'..='\u{19}' | '\u{1C}'..='\u{1E}' | '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}')
}

/// Control characters, each as the sign with this low byte that fits in best.
pub(super) fn low_bytes(text: &str) -> Vec<Span> {
    let sign = |block: &u32, c: char| {
        let sign = char::from_u32(block + u32::from(c))?;
        (!matches!(sign, '\u{2011}' | '\u{2028}'..='\u{202E}')).then(|| sign.to_string())
    };
    let lows = text.char_indices().filter(|&(at, c)| is_low_byte(c) && is_of_words(text, at, c));
    let choice = |(at, c): (usize, char)| Choice {
        source: at..at + c.len_utf8(),
        texts: BLOCKS.iter().filter_map(|block| sign(block, c)).collect(),
    };
    settle(text, &lows.map(choice).collect::<Vec<_>>())
}

/// Whether a control stands where punctuation stands beside words; in code, and in what a terminal
/// is told, it does not.
fn is_of_words(text: &str, at: usize, c: char) -> bool {
    let [before, behind] = beside(text, at..at + c.len_utf8());
    let is_of_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let may_stand = |c: Option<char>| {
        c.is_none_or(|c| {
            c.is_alphanumeric() || matches!(c, ' ' | '.' | ',' | ';' | ':' | '!' | '?')
        })
    };
    // What separates the fields of a record stands between them; a quotation mark beside a word.
    if matches!(c, '\u{18}' | '\u{1C}'..='\u{1E}') && is_of_word(before) && is_of_word(behind) {
        return false;
    }
    let is_dash = [before, behind].iter().all(|c| c.is_none_or(|c| c == ' '));
    !c.is_ascii()
        || is_dash
        || may_stand(before) && may_stand(behind) && (is_of_word(before) || is_of_word(behind))
}

/// U+FFFD in UTF-8.
const MARK: [u8; 3] = [0xEF, 0xBF, 0xBD];

/// Runs in which U+FFFD was read in `charset`, with U+FFFD for each character of which
/// bytes are lost.
pub(super) fn replaced(charset: Charset, text: &str) -> Vec<Span> {
    if charset.family() == Family::SingleByte {
        let misreading = Misreading { written: Charset::UTF_8, read: charset };
        let seen = misreading.garble("\u{FFFD}").unwrap_or_default();
        let places = text.match_indices(&seen).filter(|(_, found)| !found.is_empty());
        let span = |at| Span { source: at..at + seen.len(), meant: "\u{FFFD}".to_owned() };
        return places.map(|(at, _)| span(at)).collect();
    }
    let mut spans = Vec::new();
    let mut marks = 0;
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let beyond = |c: char| !c.is_ascii() && charset.contains(c);
        let len = rest.find(|c| !beyond(c)).unwrap_or(rest.len());
        let Some(run) = rest.get(..len).filter(|run| !run.is_empty()) else {
            at += rest.chars().next().map_or(1, char::len_utf8);
            continue;
        };
        let mut bytes = Vec::new();
        if charset.encode(run, &mut bytes).is_ok() {
            // The last byte of a mark may have gone with what followed.
            let cut = bytes.ends_with(&[0xEF, 0xBF]);
            let skip = rest.get(len..).and_then(|after| after.chars().next());
            let skip = skip.filter(|c| cut && matches!(c, '?' | '\u{FFFD}')).map(char::len_utf8);
            if skip.is_some() {
                bytes.push(0xBD);
            }
            let found = memmem::find_iter(&bytes, &MARK).count();
            if found > 0 {
                marks += found;
                let end = at + len + skip.unwrap_or(0);
                spans.push(Span { source: at..end, meant: read_marked(charset, &bytes) });
            }
        }
        at += len;
    }
    let named = text.matches(DAMAGE_NAME).count();
    let told = if named == 1 { marks > 2 } else { marks > 1 };
    if told { spans } else { Vec::new() }
}

/// Bytes of which some are lost, in characters of two.
fn read_marked(charset: Charset, bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut rest = bytes;
    // How many bytes the character at the beginning takes if the first is lost, or a lead
    // byte with a lost one behind it.
    while let Some(&first) = rest.first() {
        if let Some(after) = rest.strip_prefix(&MARK) {
            rest = after
                .strip_prefix(&MARK)
                .or_else(|| after.split_first().filter(|(b, _)| !b.is_ascii()).map(|(_, r)| r))
                .unwrap_or(after);
            out.push('\u{FFFD}');
            continue;
        }
        if let Some(after) = rest.get(1..).and_then(|r| r.strip_prefix(&MARK))
            && !first.is_ascii()
        {
            out.push('\u{FFFD}');
            rest = after;
            continue;
        }
        let taken = match charset.decode_next(rest) {
            Next::Char(c, len) => {
                out.push(c);
                len
            }
            Next::Pair(a, b, len) => {
                out.extend([a, b]);
                len
            }
            Next::Malformed(len) => {
                out.push('\u{FFFD}');
                len
            }
            Next::Incomplete => {
                out.push('\u{FFFD}');
                rest.len()
            }
        };
        rest = rest.get(taken.max(1)..).unwrap_or_default();
    }
    out
}

/// The text in the charset that its UTF-8 is read in afterwards, read as UTF-8 with U+FFFD.
pub(super) fn replace_bytes(misreading: Misreading, text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    misreading.read.encode(text, &mut bytes).ok()?;
    let lost = String::from_utf8_lossy(&bytes);
    let mut out = String::new();
    misreading.read.decode_lossy(lost.as_bytes(), &mut out);
    Some(out)
}
