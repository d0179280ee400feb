//! Which double-byte charsets there are, which shift schemes and which widths; and what is
//! known of the first without a table.

use super::tables::{
    BIG5_DIALECTS, EUC_JP_DIALECTS, EUC_KR_DIALECTS, GBK_DIALECTS, SHIFT_JIS_DIALECTS,
};
use encoding_rs::Encoding;

/// Which double-byte charset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum DoubleByte {
    Gbk,
    Gb18030,
    Big5,
    ShiftJis,
    EucJp,
    EucKr,
    Johab,
    EucTw,
}

impl DoubleByte {
    pub(super) fn encoding(self) -> Option<&'static Encoding> {
        match self {
            DoubleByte::Gbk => Some(encoding_rs::GBK),
            DoubleByte::Gb18030 => Some(encoding_rs::GB18030),
            DoubleByte::Big5 => Some(encoding_rs::BIG5),
            DoubleByte::ShiftJis => Some(encoding_rs::SHIFT_JIS),
            DoubleByte::EucJp => Some(encoding_rs::EUC_JP),
            DoubleByte::EucKr => Some(encoding_rs::EUC_KR),
            DoubleByte::Johab | DoubleByte::EucTw => None,
        }
    }

    /// Whether `byte` begins a longer code.
    #[inline]
    pub(super) fn is_lead(self, byte: u8) -> bool {
        match self {
            DoubleByte::ShiftJis => matches!(byte, 0x81..=0x9F | 0xE0..=0xFC),
            DoubleByte::EucJp => matches!(byte, 0x8E | 0x8F | 0xA1..=0xFE),
            DoubleByte::EucTw => matches!(byte, 0x8E | 0xA1..=0xFE),
            DoubleByte::Johab => matches!(byte, 0x84..=0xD3 | 0xD8..=0xDE | 0xE0..=0xF9),
            DoubleByte::Gbk | DoubleByte::Gb18030 | DoubleByte::Big5 | DoubleByte::EucKr => {
                matches!(byte, 0x81..=0xFE)
            }
        }
    }

    /// The character of a byte from 80 on that stands alone.
    #[inline]
    pub(super) fn single(self, byte: u8) -> Option<char> {
        match (self, byte) {
            (DoubleByte::Gbk | DoubleByte::Gb18030, 0x80) => Some('€'),
            (DoubleByte::ShiftJis, 0x80) => Some('\u{80}'),
            (DoubleByte::ShiftJis, 0xA1..=0xDF) => char::from_u32(0xFF61 + u32::from(byte) - 0xA1),
            _ => None,
        }
    }

    pub(super) fn dialects(self) -> &'static [(u16, u16)] {
        match self {
            DoubleByte::Gbk => GBK_DIALECTS,
            DoubleByte::Big5 => BIG5_DIALECTS,
            DoubleByte::ShiftJis => SHIFT_JIS_DIALECTS,
            DoubleByte::EucJp => EUC_JP_DIALECTS,
            DoubleByte::EucKr => EUC_KR_DIALECTS,
            // gb18030 has four bytes for whatever GBK's dialects read otherwise.
            DoubleByte::Gb18030 | DoubleByte::Johab | DoubleByte::EucTw => &[],
        }
    }

    /// Codes that gb18030 of 2000 and 2005, and so Python's, reads in private use, and the standard
    /// by now as characters that Unicode has got since.
    pub(super) fn private_codes(self) -> &'static [(u16, u16)] {
        match self {
            DoubleByte::Gbk | DoubleByte::Gb18030 => &[
                (0xA3A0, 0xE5E5),
                (0xA6D9, 0xE78D),
                (0xA6DA, 0xE78E),
                (0xA6DB, 0xE78F),
                (0xA6DC, 0xE790),
                (0xA6DD, 0xE791),
                (0xA6DE, 0xE792),
                (0xA6DF, 0xE793),
                (0xA6EC, 0xE794),
                (0xA6ED, 0xE795),
                (0xA6F3, 0xE796),
                (0xA8BC, 0xE7C7),
                (0xFE59, 0xE81E),
                (0xFE61, 0xE826),
                (0xFE66, 0xE82B),
                (0xFE67, 0xE82C),
                (0xFE6D, 0xE832),
                (0xFE7E, 0xE843),
                (0xFE90, 0xE854),
                (0xFEA0, 0xE864),
            ],
            _ => &[],
        }
    }

    /// Private-use rows of Windows' code page where the standard has none or has HKSCS:
    /// first and last lead, first trail, first code point.
    pub(super) fn private_rows(self) -> &'static [(u8, u8, u8, u32)] {
        match self {
            DoubleByte::Big5 => &[
                (0xFA, 0xFE, 0x40, 0xE000),
                (0x8E, 0xA0, 0x40, 0xE311),
                (0x81, 0x8D, 0x40, 0xEEB8),
                (0xC7, 0xC8, 0x40, 0xF70E),
            ],
            DoubleByte::EucKr => &[(0xC9, 0xC9, 0xA1, 0xE000), (0xFE, 0xFE, 0xA1, 0xE05E)],
            _ => &[],
        }
    }
}

/// Which shift scheme.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Scheme {
    Iso2022Jp,
    /// RFC 1557.
    Iso2022Kr,
    /// RFC 1922, planes 1 and 2.
    Iso2022Cn,
    /// RFC 1843.
    Hz,
}

/// How wide the units of Unicode are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Width {
    Utf8,
    Utf16 { big: bool },
    Utf32 { big: bool },
}
