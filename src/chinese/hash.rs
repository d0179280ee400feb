//! The hash that finds a pair of characters in the generated tables.
//!
//! The generator under `tools/opencc` compiles this very file, so that writer
//! and reader cannot come apart.

/// Spreads a pair of characters over 64 bits; the high bits are the good ones.
///
/// 21 bits hold a character; the multiplier is 2^64 over the golden ratio
/// (Knuth, *The Art of Computer Programming* 3, 6.4).
pub(crate) fn pair_hash(a: char, b: char) -> u64 {
    (u64::from(u32::from(a)) << 21 | u64::from(u32::from(b))).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The slot of a pair in a table of `2^bits` slots.
pub(crate) fn slot(hash: u64, bits: u32) -> usize {
    usize::try_from(hash >> (64 - bits)).unwrap_or_default()
}

/// Ten bits beside the slot, kept in it to turn away most strangers.
pub(crate) fn tag(hash: u64) -> u32 {
    (hash >> 20) as u32 & 0x3FF
}
