//! Control characters without a meaning in text. Text in and out; C0 controls,
//! DEL and the deprecated U+206A to U+206F go.
//!
//! Tab, line feed, vertical tab, form feed and carriage return lay text out, so
//! they stay. ESC before `$` or `(` stays too: that is undecoded ISO-2022, and
//! without its ESC nobody can decode it any more.

use super::Changed;
use super::writer::joined;

pub(super) const NAME: &str = "control-characters";

pub(super) fn apply(text: &str) -> Changed<'_> {
    let bytes = text.as_bytes();
    let mut writer = joined(text, NAME);
    for (at, &byte) in bytes.iter().enumerate() {
        match byte {
            0x1B if matches!(bytes.get(at + 1), Some(b'$' | b'(')) => {}
            0..=8 | 0x0E..=0x1F | 0x7F => writer.remove(at..at + 1),
            // E2 81 AA to E2 81 AF
            0xE2 if bytes.get(at + 1) == Some(&0x81)
                && matches!(bytes.get(at + 2), Some(0xAA..=0xAF)) =>
            {
                writer.remove(at..at + 3);
            }
            _ => {}
        }
    }
    writer.finish()
}
