//! What damage leaves in a text where it can be seen without undoing it: what decoders put in
//! the place of bytes, and what became of that when the text was read once more.
//!
//! In comes a text, out comes where such traces stand in it. The scan asks for them, and so
//! does the search.

use crate::model::{BIT, Bits};
use crate::text::characters::is_c1;

/// Whether a decoder puts this in the place of bytes.
pub fn is_replacement(c: char) -> bool {
    matches!(c, '?' | '\u{FFFD}')
}

/// Whether a decoder may have put this in the place of bytes that it could not read.
pub fn is_gap(c: char) -> bool {
    matches!(c, '?' | '\u{FFFD}' | '・')
}

/// How much less likely a C1 control is to be meant than texts have it, garbled as they are.
const CONTROL: Bits = 10 * BIT;

/// By how much a character is less likely to be meant than texts have it.
pub fn control_cost(c: char) -> Bits {
    if is_c1(c) { CONTROL } else { 0 }
}

/// By how much two blanks are less likely than one; looked for where the first may have been
/// a no-break space.
pub const DOUBLED: Bits = 5 * BIT;

/// Where question marks stand between syllables of Hangul: before a word there is a blank, and
/// it may have gone with the second byte of the character before, of which the first is lost.
pub fn swallowed_blanks(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    let is_hangul = |at: usize| {
        let lead = bytes.get(at..).and_then(|rest| rest.first_chunk());
        lead.is_some_and(|two| (*b"\xEA\xB0"..=*b"\xED\x9E").contains(two))
    };
    memchr::memchr_iter(b'?', bytes)
        .filter(move |&at| at.checked_sub(3).is_some_and(is_hangul) && is_hangul(at + 1))
}

/// What U+FFFD twice, written in UTF-8, reads as in GBK. It is the name of the damage, so once
/// proves nothing.
pub const DAMAGE_NAME: &str = "锟斤拷";

/// Whether a text may hold U+FFFD read in a double-byte charset: 锟斤拷, and how its UTF-8
/// begins in Big5 and EUC-KR.
pub fn may_be_replaced(text: &str) -> bool {
    // Most text of CJK is asked, so all three are looked for at once, by their last bytes.
    memchr::memchr2_iter(0x9F, 0x99, text.as_bytes()).any(|last| {
        let head = text.as_bytes().get(..=last).unwrap_or_default();
        ["锟", "嚙", "占쏙"].iter().any(|begin| head.ends_with(begin.as_bytes()))
    })
}

/// Whether some `・` may stand in a text as UTF-8 reads it.
pub fn may_be_dotted(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'E', bytes).any(|at| match bytes.get(..at) {
        Some([.., 0xE3..=0xE9, _, 0x81]) => true,
        Some([gap @ .., 0xEF, 0xBF, 0xBD]) => is_dot(bytes, gap.len()),
        _ => false,
    })
}

/// Whether U+FFFD at a place is all that is left of a character beside others of Japanese, and
/// of a `・`.
pub fn is_dot(text: &[u8], at: usize) -> bool {
    let is_wide = |at: Option<usize>| {
        at.and_then(|at| text.get(at)).is_some_and(|byte| matches!(byte, 0xE3..=0xE9))
    };
    text.get(at + 3) == Some(&b'E') && (is_wide(at.checked_sub(3)) || is_wide(Some(at + 4)))
}
