//! Blanks between Han, which line breaking and page layout left in Chinese and
//! Japanese. Text in and out; blanks and tabs between two characters that are Han, kana
//! or their punctuation go. Off by default: `第一章 总则` has its blank for a reason.

use super::Changed;
use super::writer::joined;
use crate::text::characters::{is_han, is_kana};
use memchr::memchr2;

pub(super) const NAME: &str = "han-blanks";

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    let mut at = 0;
    while let Some(found) = text.as_bytes().get(at..).and_then(|rest| memchr2(b' ', b'\t', rest)) {
        let start = at + found;
        let rest = text.get(start..).unwrap_or_default().trim_start_matches([' ', '\t']);
        at = text.len() - rest.len();
        let before = text.get(..start).and_then(|s| s.chars().next_back());
        if before.is_some_and(is_wide) && rest.chars().next().is_some_and(is_wide) {
            writer.remove(start..at);
        }
    }
    writer.finish()
}

fn is_wide(c: char) -> bool {
    is_han(c)
        || is_kana(c)
        || matches!(
            c,
            '、' | '。'
                | '，'
                | '！'
                | '？'
                | '：'
                | '；'
                | '（'
                | '）'
                | '「'
                | '」'
                | '『'
                | '』'
                | '《'
                | '》'
                | '〈'
                | '〉'
                | '【'
                | '】'
        )
}
