//! encoding_rs, asked for the characters of many codes in one call.

use encoding_rs::Encoding;

/// Every code of `codes` in one call, each alone on its line; `found` gets those that are one character.
pub(super) fn ask_all<const N: usize>(
    encoding: &'static Encoding,
    codes: impl Iterator<Item = [u8; N]>,
    mut found: impl FnMut([u8; N], char),
) {
    let mut all = Vec::new();
    for code in codes {
        all.extend_from_slice(&code);
        all.push(b'\n');
    }
    let (text, _) = encoding.decode_without_bom_handling(&all);
    for (code, c) in all.chunks_exact(N + 1).zip(alone_in_lines(&text)) {
        if let (Some(&code), Some(c)) = (code.first_chunk(), c)
            && c != char::REPLACEMENT_CHARACTER
        {
            found(code, c);
        }
    }
}

/// Of each line, its character, if it has no other.
pub(super) fn alone_in_lines(text: &str) -> impl Iterator<Item = Option<char>> {
    let mut chars = text.chars();
    std::iter::from_fn(move || {
        let first = chars.next()?;
        if first == '\n' {
            return Some(None);
        }
        if chars.next().is_none_or(|second| second == '\n') {
            return Some(Some(first));
        }
        let _ = chars.find(|&c| c == '\n');
        Some(None)
    })
}
