//! Punctuation of Chinese and Japanese, by script. Text in and out, two switches,
//! both off in every preset, since both change what an author may have meant:
//!
//! - `punctuation-full`: ASCII `,` `.` `!` `?` `:` `;` after a Han character or kana
//!   and before another, wide punctuation or the line's end become full-width, a
//!   blank after them goes; `(` and `)` do when what they hold begins and ends in Han
//!   or kana. In a line with kana, `,` becomes `、`.
//! - `punctuation-half`: the full-width ones become ASCII.

use super::Changed;
use super::trailing_blanks::lines;
use super::writer::{beyond_ascii, joined, replace_beyond_ascii};
use crate::report::Joined;
use crate::text::characters::{is_han, is_kana};

pub(super) const FULL: &str = "punctuation-full";
pub(super) const HALF: &str = "punctuation-half";

pub(super) fn half(text: &str) -> Changed<'_> {
    replace_beyond_ascii(text, HALF, |c| match c {
        '，' | '、' => Some(','),
        '。' => Some('.'),
        '！' => Some('!'),
        '？' => Some('?'),
        '：' => Some(':'),
        '；' => Some(';'),
        '（' => Some('('),
        '）' => Some(')'),
        _ => None,
    })
}

pub(super) fn full(text: &str) -> Changed<'_> {
    let mut writer = joined(text, FULL);
    for (start, line) in lines(text) {
        if beyond_ascii(line).any(|(_, c)| is_cjk(c)) {
            full_line(&mut writer, start, line);
        }
    }
    writer.finish()
}

fn full_line(writer: &mut Joined<'_>, start: usize, line: &str) {
    let japanese = line.chars().any(is_kana);
    let mut changes: Vec<(usize, char)> = Vec::new();
    // Each `(` that no `)` followed yet, as its place in `changes` if it may change.
    let mut open: Vec<Option<usize>> = Vec::new();
    for (at, &byte) in line.as_bytes().iter().enumerate() {
        let before = || line.get(..at).and_then(|s| s.chars().next_back());
        let after = || line.get(at + 1..).and_then(|s| s.chars().next());
        let wide = match byte {
            b',' if japanese => '、',
            b',' => '，',
            b'.' => '。',
            b'!' => '！',
            b'?' => '？',
            b':' => '：',
            b';' => '；',
            b'(' => {
                open.push(after().is_some_and(is_cjk).then_some(changes.len()));
                changes.push((at, '('));
                continue;
            }
            b')' => {
                if let Some(pair) = open.pop().flatten().and_then(|index| changes.get_mut(index))
                    && before().is_some_and(is_cjk)
                {
                    pair.1 = '（';
                    changes.push((at, '）'));
                }
                continue;
            }
            _ => continue,
        };
        let next = line.get(at + 1..).unwrap_or_default().trim_start_matches(' ').chars().next();
        if before().is_some_and(is_cjk) && next.is_none_or(|c| is_cjk(c) || is_wide_mark(c)) {
            changes.push((at, wide));
        }
    }
    for (at, wide) in changes {
        if wide == '(' {
            continue;
        }
        let rest = line.get(at + 1..).unwrap_or_default();
        let blanks = rest.len() - rest.trim_start_matches(' ').len();
        let swallowed =
            if matches!(wide, '（' | '）') || blanks == rest.len() { 0 } else { blanks };
        writer.put(start + at..start + at + 1 + swallowed, wide);
    }
}

fn is_cjk(c: char) -> bool {
    is_han(c) || is_kana(c)
}

/// What may follow a full-width mark besides Han and kana.
fn is_wide_mark(c: char) -> bool {
    matches!(
        c,
        '，' | '、'
            | '。'
            | '！'
            | '？'
            | '：'
            | '；'
            | '”'
            | '’'
            | '」'
            | '』'
            | '）'
            | '》'
            | '…'
            | '—'
            | '“'
            | '‘'
            | '「'
            | '『'
            | '《'
    )
}
