//! Every charset, both ways.
//!
//! In: bytes, or characters. Out: characters, or *all* bytes that some decoder reads as a character,
//! for a garbled character stands for each of them. Decoding is the WHATWG standard's where the standard
//! has the charset (through encoding_rs for whole texts); Windows', Python's and glibc's different
//! readings of the same charset are further preimages.
//!
//! Nothing of the double-byte charsets is embedded: their tables are built at first use.

mod ask;
mod bytes;
mod double;
mod escaped;
mod gb18030;
pub(crate) mod gb2312;
mod johab;
mod kind;
mod masks;
mod narrow;
mod next;
mod registry;
mod reverse;
mod tables;
mod unicode;
mod utf8;
mod vni;
mod whole;

use std::sync::OnceLock;

pub use self::bytes::{Bytes, Preimages};
pub(crate) use self::escaped::Escaped;
pub use self::masks::charsets_with;
pub use self::next::Next;
pub use self::registry::{Charset, Family};

use self::double::Double;
use self::kind::{DoubleByte, Width};
use self::narrow::Narrow;
use self::registry::{ALL, How};
use self::reverse::Reverse;

impl Charset {
    /// The character of each byte of a single-byte charset, as a UTF-16 unit; U+FFFD where there is none.
    ///
    /// As in the standard, the bytes 80 to 9F that a Windows code page leaves free are C1 controls.
    ///
    /// ```
    /// use ungarble::charset::Charset;
    /// let table = Charset::WINDOWS_1252.single_byte().unwrap();
    /// assert_eq!([table[0x80], table[0x81]], [0x20AC, 0x81]);
    /// assert_eq!(Charset::GBK.single_byte(), None);
    /// ```
    pub fn single_byte(self) -> Option<&'static [u16; 256]> {
        match self.info().how {
            How::Single(table) => tables::SINGLE_BYTE.get(usize::from(table)),
            _ => None,
        }
    }

    /// One character from the beginning of `bytes`.
    ///
    /// The 7-bit charsets with escapes begin in ASCII, and everything else is malformed here: read those
    /// as whole texts.
    ///
    /// ```
    /// use ungarble::charset::{Charset, Next};
    /// assert_eq!(Charset::SHIFT_JIS.decode_next(b"\x83\x65x"), Next::Char('テ', 2));
    /// assert_eq!(Charset::GBK.decode_next(b"\xFF"), Next::Malformed(1));
    /// assert_eq!(Charset::UTF_8.decode_next(b"\xE4\xB8"), Next::Incomplete);
    /// ```
    #[inline]
    pub fn decode_next(self, bytes: &[u8]) -> Next {
        match self.info().how {
            How::Double(kind) => Double::of(kind).next(bytes),
            How::Vni => vni::next(bytes),
            How::Single(_) => match (bytes.first(), self.single_byte()) {
                (Some(&byte), Some(table)) => match table.get(usize::from(byte)) {
                    Some(&unit) if unit != 0xFFFD => {
                        Next::Char(char::from_u32(unit.into()).unwrap_or_default(), 1)
                    }
                    _ => Next::Malformed(1),
                },
                _ => Next::Incomplete,
            },
            How::Unicode(Width::Utf8) => unicode::next_utf8(bytes),
            How::Unicode(Width::Utf16 { big }) => unicode::next_utf16(bytes, big),
            How::Unicode(Width::Utf32 { big }) => unicode::next_utf32(bytes, big),
            How::Escaped(scheme) => match bytes.first() {
                None => Next::Incomplete,
                Some(&byte) if byte < 0x80 && scheme.contains(byte.into()) => {
                    Next::Char(byte.into(), 1)
                }
                Some(_) => Next::Malformed(1),
            },
        }
    }

    /// The codes of `c` in the tables, the canonical one first.
    #[inline]
    fn codes(self, c: char) -> &'static [u32] {
        match self.info().how {
            How::Double(kind) => Double::of(kind).reverse.get(c),
            How::Single(number) => self.reverse(number).map_or(&[], |reverse| reverse.get(c)),
            How::Vni => vni::codes(c),
            How::Unicode(_) | How::Escaped(_) => &[],
        }
    }

    fn reverse(self, number: u8) -> Option<&'static Reverse> {
        static EACH: [OnceLock<Reverse>; ALL.len()] = [const { OnceLock::new() }; ALL.len()];
        let build = || {
            let table = self.single_byte().into_iter().flatten();
            let chars = (0..).zip(table).filter(|&(_, &unit)| unit != 0xFFFD);
            let more = tables::SINGLE_DIALECTS.iter().filter(|row| row.0 == number);
            let pairs = chars.map(|(code, &unit)| (unit, code));
            let pairs = pairs.chain(more.map(|&(_, byte, unit)| (unit, byte.into())));
            Reverse::build(
                pairs.filter_map(|(unit, code)| Some((char::from_u32(unit.into())?, code))),
            )
        };
        EACH.get(self.index()).map(|slot| slot.get_or_init(build))
    }

    /// The byte of each character of a single-byte charset in which ASCII is its own bytes.
    fn narrow(self) -> Option<&'static Narrow> {
        static EACH: [OnceLock<Option<Narrow>>; ALL.len()] = [const { OnceLock::new() }; ALL.len()];
        let keeps_ascii =
            |table: &[u16; 256]| (0..0x80).zip(table).all(|(byte, &unit)| byte == unit);
        let build = || match self.info().how {
            How::Single(number) if self.single_byte().is_some_and(keeps_ascii) => {
                self.reverse(number).map(Narrow::build)
            }
            _ => None,
        };
        EACH.get(self.index()).and_then(|slot| slot.get_or_init(build).as_ref())
    }

    /// The bytes that an encoder writes for `c`; `None` where this charset has no such character.
    ///
    /// The 7-bit charsets with escapes have bytes for ASCII only here: write those as whole texts.
    ///
    /// ```
    /// use ungarble::charset::Charset;
    /// assert_eq!(Charset::KOI8_R.encode_char('Ж').as_deref(), Some(&[0xF6][..]));
    /// assert_eq!(Charset::KOI8_R.encode_char('ß'), None);
    /// ```
    #[inline]
    pub fn encode_char(self, c: char) -> Option<Bytes> {
        match self.info().how {
            How::Unicode(width) => Some(unicode::encode(c, width)),
            How::Escaped(scheme) => {
                (c.is_ascii() && scheme.contains(c)).then(|| Bytes::from_code(c.into()))
            }
            How::Double(kind) => Double::of(kind).encode_char(c),
            How::Single(_) | How::Vni => self.codes(c).first().map(|&code| Bytes::from_code(code)),
        }
    }

    /// All byte strings that a decoder of this charset, in some dialect, reads as `c`; the canonical first.
    ///
    /// ```
    /// use ungarble::charset::Charset;
    /// // cp932 has the sign twice, and other readings of Shift_JIS have it elsewhere.
    /// let all: Vec<_> = Charset::SHIFT_JIS.preimages('∵').map(|bytes| bytes.to_vec()).collect();
    /// assert_eq!(all, [[0x81, 0xE6], [0x87, 0x9A], [0xFA, 0x5B]]);
    /// ```
    pub fn preimages(self, c: char) -> Preimages {
        let tail = match self.info().how {
            How::Unicode(_) | How::Escaped(_) => self.encode_char(c),
            // ASCII and the Han of Unicode 1 have no four-byte code.
            How::Double(DoubleByte::Gbk | DoubleByte::Gb18030) if !matches!(c, '\0'..='\x7F' | '一'..='龥') => {
                gb18030::encode(c)
            }
            How::Double(_) | How::Single(_) | How::Vni => None,
        };
        Preimages::new(self.codes(c), tail)
    }

    /// Whether an encoder can write `c`.
    ///
    /// ```
    /// use ungarble::charset::Charset;
    /// assert!(Charset::ISO_2022_JP.contains('日') && !Charset::ISO_2022_JP.contains('ß'));
    /// ```
    pub fn contains(self, c: char) -> bool {
        match self.info().how {
            How::Escaped(scheme) => scheme.contains(c),
            _ => self.encode_char(c).is_some(),
        }
    }
}

impl std::fmt::Debug for Charset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl std::fmt::Display for Charset {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}

impl std::str::FromStr for Charset {
    type Err = crate::Error;

    /// By its own name first, for a name can be the standard's label of another one.
    fn from_str(label: &str) -> Result<Self, Self::Err> {
        let found = Charset::for_name(label).or_else(|| Charset::for_label(label));
        found.ok_or_else(|| crate::Error::unknown_charset(label))
    }
}

#[cfg(feature = "serde")]
crate::serial::as_text!(Charset);

/// Where a text has a character that the charset has no bytes for, or bytes what it reads no character from.
///
/// ```
/// use ungarble::charset::{Charset, Unmapped};
/// let error = Charset::KOI8_R.encode("Ж or ß", &mut Vec::new()).unwrap_err();
/// assert_eq!(error, Unmapped { charset: Charset::KOI8_R, at: 6 });
/// assert_eq!(error.to_string(), "not in KOI8-R: what stands at byte 6");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not in {charset}: what stands at byte {at}")]
pub struct Unmapped {
    /// The charset.
    pub charset: Charset,
    /// Where the first such character, or the first such bytes, begin: an offset in bytes from 0.
    pub at: usize,
}

#[cfg(test)]
mod tests;
