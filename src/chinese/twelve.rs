//! Numbers of twelve bits, as `tools/opencc` packs them: two in three bytes.

/// The number at an index.
pub(super) fn twelve(packed: &[u8], index: usize) -> Option<u16> {
    let at = index / 2 * 3;
    let &[a, b, c] = packed.get(at..at + 3)?.first_chunk()?;
    let (a, b, c) = (u16::from(a), u16::from(b), u16::from(c));
    Some(if index.is_multiple_of(2) { a | (b & 0xF) << 8 } else { b >> 4 | c << 4 })
}
