//! Whose reading of a charset of pairs a text follows.
//!
//! Microsoft's tables, and the WHATWG standard after them, have full-width signs at six codes where JIS X
//! 0208 has the wave dash, the minus sign and others; so has every Unix converter. In: the bytes that
//! decide, and what they declare. Out: whose reading it is. A text with a character that only Microsoft has
//! is Microsoft's. Any other is that of JIS where it came in a charset of Unix and mail, or where it is
//! declared by the name of the standard; bytes of Shift_JIS without that name are Microsoft's again.
//!
//! Big5 has two signs of which people write what Unicode's own table of Big5 has: the dot in foreign names
//! is `•` in the training text 27 times for each `‧`, and most tildes are `∼`. Text that is declared by
//! Microsoft's name of the charset has Microsoft's.

use super::hints::Declared;
use crate::charset::Charset;

/// Whose characters stand at the codes that are read differently.
///
/// ```
/// use ungarble::decode::{Dialect, decode};
/// let got = decode(b"\xC5\xEC\xB5\xFE\xA1\xC1\xC2\xE7\xBA\xE5\xA4\xCE\xB4\xD6\xA4\xC7");
/// assert_eq!((&*got.text, got.evidence.dialect), ("東京〜大阪の間で", Dialect::Jis));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Dialect {
    /// The WHATWG standard's, which are Microsoft's.
    #[default]
    Whatwg,
    /// Those of JIS X 0208: `〜` for `～`, `−` for `－`, `‖` for `∥`, and `¢`, `£`, `¬` in common width.
    Jis,
    /// Those of Unicode's table of Big5 that are in use: `•` for `‧` and `∼` for `～`.
    UnicodeBig5,
}

/// The character of JIS X 0208 for Microsoft's: the six codes at which Python's `shift_jis` and `cp932`
/// differ.
fn of_jis(c: char) -> Option<char> {
    match c {
        '～' => Some('〜'),
        '－' => Some('−'),
        '∥' => Some('‖'),
        '￠' => Some('¢'),
        '￡' => Some('£'),
        '￢' => Some('¬'),
        _ => None,
    }
}

/// Whether only Microsoft's tables have the character: in EUC, NEC's row 13 and IBM's rows 89 to 92; or none.
fn is_of_microsoft(c: char) -> bool {
    // Kana and ASCII make up most of a text.
    !matches!(c, '\0'..='\u{7F}' | '\u{3001}'..='\u{30FF}' | char::REPLACEMENT_CHARACTER)
        && match Charset::EUC_JP.encode_char(c).as_deref() {
            Some([lead, _]) => matches!(lead, 0xAD | 0xF9..=0xFC),
            Some(_) => false,
            None => true,
        }
}

/// The character of Unicode's table of Big5 for Microsoft's.
fn of_unicode_big5(c: char) -> Option<char> {
    match c {
        '‧' => Some('•'),
        '～' => Some('∼'),
        _ => None,
    }
}

impl Dialect {
    /// Of `evidence` in `charset`, which may be declared.
    pub(super) fn of(charset: Charset, evidence: &[u8], declared: Option<Declared>) -> Dialect {
        let declared = declared.filter(|declared| declared.charset == charset);
        let may_be_jis = match charset {
            Charset::BIG5 if declared.is_some_and(|d| d.by_microsoft) => return Dialect::Whatwg,
            Charset::BIG5 => return Dialect::UnicodeBig5,
            Charset::EUC_JP | Charset::ISO_2022_JP => true,
            Charset::SHIFT_JIS => declared.is_some_and(|d| !d.by_microsoft),
            _ => false,
        };
        let mut text = String::new();
        if may_be_jis {
            charset.decode_lossy(evidence, &mut text);
        }
        let jis = may_be_jis && !text.chars().any(is_of_microsoft);
        if jis { Dialect::Jis } else { Dialect::Whatwg }
    }

    /// Puts the characters of the dialect into what of `text` begins at `from`.
    pub(super) fn apply(self, text: &mut String, from: usize) {
        let own = match self {
            Dialect::Whatwg => return,
            Dialect::Jis => of_jis,
            Dialect::UnicodeBig5 => of_unicode_big5,
        };
        let new = text.get(from..).unwrap_or_default();
        if new.contains(|c| own(c).is_some()) {
            let new: String = new.chars().map(|c| own(c).unwrap_or(c)).collect();
            text.truncate(from);
            text.push_str(&new);
        }
    }
}
