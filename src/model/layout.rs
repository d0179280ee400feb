//! What the tables and the trainer that writes them must agree on: `tables.rs` and `latin.rs` say
//! what comes where.

/// Bytes of text before the tables of a file.
pub const HEADER: usize = 1024;
/// Units of 16 bits of a line of n-grams, and n-grams that it holds.
pub const UNITS: usize = 32;
pub const ENTRIES: usize = 21;

/// The symbol of blanks, line ends and the edges of a text.
pub const BLANK: u16 = 0;
/// The symbol of U+FFFD.
pub const REPLACEMENT: u16 = 3;
/// Neutral characters (blanks, digits, punctuation) have a symbol for each script that the last
/// letter was of, so that the language is not lost at a comma: these are below this, and this
/// apart.
pub const NEUTRAL: u16 = 128;

/// The hash of an n-gram, extended by an older symbol.
#[inline]
pub fn extend(hash: u64, symbol: u16) -> u64 {
    let mixed =
        (hash ^ u64::from(symbol) ^ 0x9E37_79B9_7F4A_7C15).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ mixed >> 32
}
