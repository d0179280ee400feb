//! The bytes of one character: what encoding a character gives, and what a decoder may have read.

use std::ops::Deref;

/// One to four bytes that stand for one character in some charset.
///
/// ```
/// use ungarble::charset::Charset;
/// let bytes = Charset::GBK.encode_char('中').unwrap();
/// assert_eq!(&*bytes, [0xD6, 0xD0]);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Bytes {
    bytes: [u8; 4],
    len: u8,
}

impl Bytes {
    /// The four bytes of `code`, less the leading zero bytes: how the tables keep a code.
    pub(super) fn from_code(code: u32) -> Self {
        let skip = (code.leading_zeros() / 8).min(3);
        Bytes { bytes: (code << (8 * skip)).to_be_bytes(), len: (4 - skip) as u8 }
    }

    /// The first `len` of `bytes`, at most four.
    pub(super) fn new(bytes: [u8; 4], len: usize) -> Self {
        Bytes { bytes, len: len.min(4) as u8 }
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.bytes.get(..usize::from(self.len)).unwrap_or_default()
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:02X?}", &**self)
    }
}

/// All byte strings that read as one character: see [`Charset::preimages`](super::Charset::preimages).
#[derive(Clone, Debug, Default)]
pub struct Preimages {
    codes: std::iter::Copied<std::slice::Iter<'static, u32>>,
    tail: Option<Bytes>,
}

impl Preimages {
    pub(super) fn new(codes: &'static [u32], tail: Option<Bytes>) -> Self {
        Preimages { codes: codes.iter().copied(), tail }
    }
}

impl Iterator for Preimages {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        self.codes.next().map(Bytes::from_code).or_else(|| self.tail.take())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let len = self.codes.len() + usize::from(self.tail.is_some());
        (len, Some(len))
    }
}

impl ExactSizeIterator for Preimages {}
