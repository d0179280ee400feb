//! Whether the few characters beyond ASCII in a text are UTF-8 that was read as CJK.
//!
//! Two Han characters, six bytes, make three characters of a double-byte charset: too few
//! for the scan to tell them from a name. But few characters that somebody wrote have bytes
//! that are well-formed sequences of three from beginning to end.

use crate::charset::{Charset, charsets_with};
use crate::text::blocks::{ascii_run, beyond_ascii_run};
use crate::text::characters::is_text;

/// Characters in which this is asked.
const FEW: usize = 12;
/// Sequences of three bytes that are no accident.
const SEQUENCES: usize = 2;
/// What UTF-8 is read as.
const READ: [Charset; 5] =
    [Charset::GB18030, Charset::EUC_KR, Charset::BIG5, Charset::SHIFT_JIS, Charset::EUC_JP];

/// Whether all that is beyond ASCII in a text is one run of a few characters whose bytes, in
/// some double-byte charset, are well-formed UTF-8.
pub fn is_utf8_as_cjk(text: &str) -> bool {
    let rest = text.get(ascii_run(text.as_bytes())..).unwrap_or_default();
    // No character before U+3000 begins with a lead byte of UTF-8's.
    if rest.as_bytes().first().is_none_or(|&first| first < 0xE3) {
        return false;
    }
    // Most text goes on beyond what is asked about, to its end.
    if rest.len() > 4 * FEW && rest.as_bytes().last().is_some_and(|last| !last.is_ascii()) {
        return false;
    }
    let head = rest.as_bytes().get(..4 * FEW + 1).unwrap_or(rest.as_bytes());
    let (run, behind) = rest.split_at_checked(beyond_ascii_run(head)).unwrap_or((rest, ""));
    // No character has fewer bytes in UTF-8 than in a double-byte charset.
    if !(3 * SEQUENCES..=4 * FEW).contains(&run.len()) || !behind.is_ascii() {
        return false;
    }
    let Some(first) = run.chars().next() else { return false };
    let is_lead = |read: &Charset| {
        read.encode_char(first).is_some_and(|bytes| matches!(*bytes, [0xE0..=0xEF, ..]))
    };
    let common = run.chars().fold(u128::MAX, |common, c| common & charsets_with(c));
    let possible = READ.into_iter().filter(|read| common >> read.index() & 1 == 1);
    possible.filter(is_lead).any(|read| {
        let mut bytes = Vec::with_capacity(run.len());
        if read.encode(run, &mut bytes).is_err() {
            return false;
        }
        std::str::from_utf8(&bytes).is_ok_and(|undone| {
            undone.chars().count() >= SEQUENCES
                && undone.chars().all(|c| c.len_utf8() == 3 && is_text(c))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_han_characters_are_enough() {
        for garbled in ["Sheet 缈昏浆", "琛ㄦ牸", "Word 95 與→씮 (2)"] {
            assert!(is_utf8_as_cjk(garbled), "{garbled}");
        }
        for intact in ["Sheet 标题", "命令", "Größe", "", "模板", "Word 95 與", "標題 and 標題"]
        {
            assert!(!is_utf8_as_cjk(intact), "{intact}");
        }
    }

    #[test]
    fn lead_bytes_of_utf8_begin_nothing_before_cjk() {
        for c in '\u{80}'..'\u{3000}' {
            for read in READ {
                let bytes = read.encode_char(c);
                let leads = bytes.is_some_and(|bytes| matches!(*bytes, [0xE0..=0xEF, ..]));
                assert!(!leads, "{c} {read:?}");
            }
        }
    }
}
