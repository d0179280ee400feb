//! The Stream-Safe Text Format of Unicode Standard Annex #15. Text in and out; a
//! U+034F COMBINING GRAPHEME JOINER goes in before the 31st combining mark of a
//! run, so that whoever normalizes the text needs a bounded buffer only.

use super::Changed;
use super::writer::joined;
use unicode_normalization::UnicodeNormalization;

pub(super) const NAME: &str = "stream-safe";

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    let mut source = text.char_indices().peekable();
    for c in text.chars().stream_safe() {
        if source.next_if(|(_, own)| *own == c).is_none() {
            let at = source.peek().map_or(text.len(), |(at, _)| *at);
            writer.put(at..at, c);
        }
    }
    writer.finish()
}
