//! C1 controls that are Windows-1252 punctuation read as ISO-8859-1. Text in and
//! out; U+0092 becomes `’`, as the WHATWG Encoding Standard has it for every page
//! labelled ISO-8859-1.
//!
//! Beside another C1 control, or after what may be a lead byte of UTF-8, it is
//! left as it is: there it is evidence of a misreading that `repair` may know.
//! U+0085 is a line break of its own right (see `line-breaks`), and the five that
//! Windows-1252 does not define stay.

use super::Changed;
use super::writer::{beyond_ascii, joined};
use crate::text::characters::is_c1;
use encoding_rs::WINDOWS_1252;

pub(super) const NAME: &str = "c1";

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    for (at, c) in beyond_ascii(text) {
        let end = at + c.len_utf8();
        if !is_c1(c) || c == '\u{85}' {
            continue;
        }
        let before = text.get(..at).and_then(|s| s.chars().next_back());
        let after = text.get(end..).and_then(|s| s.chars().next());
        let evidence = before.is_some_and(|b| is_c1(b) || ('\u{C2}'..='\u{F4}').contains(&b))
            || after.is_some_and(is_c1);
        if !evidence {
            let byte = [c as u8];
            let (meant, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
            writer.replace(at..end, &meant);
        }
    }
    writer.finish()
}
