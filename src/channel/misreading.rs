//! One charset taken for another.
//!
//! In come a misreading and a text, out comes the text before it, or what becomes of it; none
//! where a character has no bytes or bytes make no character. Where bytes were lost, the
//! lattice of [`crate::search`] takes over.

use super::prior::prior;
use crate::charset::{Charset, Family};
use crate::model::Bits;
use std::fmt;
use std::str::FromStr;

/// Text written in one charset and read in another; as text, `written>read`.
///
/// ```
/// use ungarble::{Misreading, charset::Charset};
/// let misreading: Misreading = "KOI8-R>windows-1251".parse()?;
/// assert_eq!(misreading.read, Charset::WINDOWS_1251);
/// assert_eq!(misreading.garble("Привет").as_deref(), Some("рТЙЧЕФ"));
/// assert_eq!(misreading.undo("рТЙЧЕФ").as_deref(), Some("Привет"));
/// # Ok::<(), ungarble::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Misreading {
    /// The charset that the bytes were in.
    pub written: Charset,
    /// The charset that they were taken for.
    pub read: Charset,
}

impl fmt::Display for Misreading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}>{}", self.written, self.read)
    }
}

impl fmt::Debug for Misreading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Misreading {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (written, read) = text.split_once('>').ok_or_else(|| crate::Error::bad_chain(text))?;
        Ok(Misreading { written: written.parse()?, read: read.parse()? })
    }
}

impl Misreading {
    /// `-log2` of the probability that garbled text was garbled in this way, in eighths of a bit.
    #[doc(hidden)]
    pub fn prior(self) -> Bits {
        prior(self.written, self.read)
    }

    /// Whether the text was written in UTF-8.
    pub fn is_utf8(self) -> bool {
        self.written == Charset::UTF_8
    }

    /// Whether the text was written in UTF-8, and each of its bytes became a character.
    pub(crate) fn is_utf8_in_single_bytes(self) -> bool {
        self.is_utf8() && self.read.family() == Family::SingleByte
    }

    /// Whether written and read are one: damage is a byte lost or added, nothing else.
    ///
    /// ```
    /// use ungarble::Misreading;
    /// assert!("GBK>gb18030".parse::<Misreading>()?.is_out_of_step());
    /// assert!(!"GBK>Big5".parse::<Misreading>()?.is_out_of_step());
    /// # Ok::<(), ungarble::Error>(())
    /// ```
    pub fn is_out_of_step(self) -> bool {
        same_bytes(self.written) == same_bytes(self.read)
    }

    /// The text before this misreading, if every character has a byte string and
    /// the bytes are well-formed: those that an encoder writes, or, of text in UTF-8, others
    /// that read as the same characters.
    pub fn undo(self, text: &str) -> Option<String> {
        let mut bytes = Vec::with_capacity(text.len());
        self.read.encode(text, &mut bytes).ok()?;
        if self.is_utf8() {
            return self.read.utf8_behind(text, bytes);
        }
        let mut out = String::with_capacity(bytes.len());
        self.written.decode_strict(&bytes, &mut out).ok()?;
        Some(out)
    }

    /// The misreading run forward: what becomes of an intact text.
    pub fn garble(self, text: &str) -> Option<String> {
        let mut bytes = Vec::with_capacity(text.len());
        self.written.encode(text, &mut bytes).ok()?;
        let mut out = String::with_capacity(bytes.len());
        self.read.decode_strict(&bytes, &mut out).ok()?;
        Some(out)
    }
}

/// GBK for gb18030, which contains it and differs in nothing that matters to a misreading.
pub fn same_bytes(charset: Charset) -> Charset {
    if charset == Charset::GB18030 { Charset::GBK } else { charset }
}
