//! What bytes begin with.

/// What [`Charset::decode_next`](super::Charset::decode_next) found at the beginning of bytes; the lengths are in bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Next {
    /// A character, and how many bytes it took.
    Char(char, usize),
    /// Four codes of Big5 read as a letter and a combining mark.
    Pair(char, char, usize),
    /// No character; a WHATWG decoder writes one U+FFFD and goes on after so many bytes, at least one.
    Malformed(usize),
    /// The bytes end inside a character, or there are none.
    Incomplete,
}
