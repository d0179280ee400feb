//! Line breaks of every kind. Text in and out; CR LF, CR, U+0085 (NEL), U+2028
//! and U+2029 become LF. Form feeds stay: they end pages, not lines.

use super::Changed;
use super::writer::joined;
use memchr::memchr3_iter;

pub(super) const NAME: &str = "line-breaks";

pub(super) fn apply(text: &str) -> Changed<'_> {
    let bytes = text.as_bytes();
    let mut writer = joined(text, NAME);
    // CR, and the lead bytes of U+0085 (C2 85) and U+2028, U+2029 (E2 80 A8, A9).
    for at in memchr3_iter(b'\r', 0xC2, 0xE2, bytes) {
        let length = match bytes.get(at..) {
            Some([b'\r', b'\n', ..]) => 2,
            Some([b'\r', ..]) => 1,
            Some([0xC2, 0x85, ..]) => 2,
            Some([0xE2, 0x80, 0xA8 | 0xA9, ..]) => 3,
            _ => continue,
        };
        writer.replace(at..at + length, "\n");
    }
    writer.finish()
}
