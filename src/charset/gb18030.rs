//! The four-byte codes of gb18030 below U+10000, as ranges that encoding_rs tells at first use.

use std::sync::OnceLock;

use super::ask::alone_in_lines;
use super::bytes::Bytes;

/// Pointers from 90 30 81 30 on count the code points from U+10000:
/// <https://encoding.spec.whatwg.org/#index-gb18030-ranges-code-point>.
const ASTRAL: u32 = 189_000;
/// The last pointer below that has a character, plus one.
const BMP_END: u32 = 39_420;

#[derive(Clone, Copy)]
struct Range {
    pointer: u32,
    code_point: u32,
    len: u32,
}

struct Ranges {
    by_pointer: Vec<Range>,
    by_code_point: Vec<Range>,
}

fn ranges() -> &'static Ranges {
    static RANGES: OnceLock<Ranges> = OnceLock::new();
    RANGES.get_or_init(|| {
        let mut all = Vec::with_capacity(BMP_END as usize * 5);
        for pointer in 0..BMP_END {
            all.extend_from_slice(&code(pointer));
            all.push(b'\n');
        }
        let (text, _) = encoding_rs::GB18030.decode_without_bom_handling(&all);
        let mut by_pointer: Vec<Range> = Vec::new();
        for (pointer, c) in alone_in_lines(&text).enumerate() {
            let Some(c) = c else { continue };
            if c == char::REPLACEMENT_CHARACTER && code(pointer as u32) != *REPLACEMENT {
                continue;
            }
            let (pointer, code_point) = (pointer as u32, u32::from(c));
            match by_pointer.last_mut() {
                Some(r) if r.pointer + r.len == pointer && r.code_point + r.len == code_point => {
                    r.len += 1;
                }
                _ => by_pointer.push(Range { pointer, code_point, len: 1 }),
            }
        }
        let mut by_code_point = by_pointer.clone();
        by_code_point.sort_unstable_by_key(|r| r.code_point);
        Ranges { by_pointer, by_code_point }
    })
}

/// The code of U+FFFD itself.
const REPLACEMENT: &[u8; 4] = &[0x84, 0x31, 0xA4, 0x37];

fn code(pointer: u32) -> [u8; 4] {
    [
        0x81 + (pointer / 12_600) as u8,
        0x30 + (pointer / 1_260 % 10) as u8,
        0x81 + (pointer / 10 % 126) as u8,
        0x30 + (pointer % 10) as u8,
    ]
}

/// The character of four bytes in 81..=FE, 30..=39, 81..=FE, 30..=39.
pub(super) fn decode(bytes: [u8; 4]) -> Option<char> {
    let [a, b, c, d] = bytes.map(u32::from);
    let pointer = ((a - 0x81) * 10 + b - 0x30) * 1_260 + (c - 0x81) * 10 + d - 0x30;
    if pointer >= ASTRAL {
        return char::from_u32(pointer - ASTRAL + 0x10000).filter(|&c| c >= '\u{10000}');
    }
    let ranges = &ranges().by_pointer;
    let range = ranges.get(ranges.partition_point(|r| r.pointer <= pointer).checked_sub(1)?)?;
    let past = pointer - range.pointer;
    (past < range.len).then(|| char::from_u32(range.code_point + past)).flatten()
}

/// The four-byte code of a character that has one.
pub(super) fn encode(c: char) -> Option<Bytes> {
    let c = u32::from(c);
    let pointer = if c >= 0x10000 {
        c - 0x10000 + ASTRAL
    } else {
        let ranges = &ranges().by_code_point;
        let at = ranges.partition_point(|r| r.code_point <= c).checked_sub(1)?;
        let range = ranges.get(at)?;
        let past = c - range.code_point;
        (past < range.len).then_some(range.pointer + past)?
    };
    Some(Bytes::new(code(pointer), 4))
}
