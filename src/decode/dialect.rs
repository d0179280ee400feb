//! Whose reading of a Japanese charset a text follows.
//!
//! Microsoft's tables, and the WHATWG standard after them, have full-width signs at six codes where JIS X
//! 0208 has the wave dash, the minus sign and others; so has every Unix converter. In: the bytes that
//! decide, and what they declare. Out: whose reading it is. A text with a character that only Microsoft has
//! is Microsoft's. Any other is that of JIS where it came in a charset of Unix and mail, or where it is
//! declared by the name of the standard; bytes of Shift_JIS without that name are Microsoft's again.

use crate::charset::Charset;

/// Whose characters stand at the codes that are read differently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Dialect {
    /// The WHATWG standard's, which are Microsoft's.
    #[default]
    Whatwg,
    /// Those of JIS X 0208: `〜` for `～`, `−` for `－`, `‖` for `∥`, and `¢`, `£`, `¬` in common width.
    Jis,
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

impl Dialect {
    /// Of `evidence` in `charset`; `by_name` where that is declared by the name of the standard.
    pub(super) fn of(charset: Charset, evidence: &[u8], by_name: bool) -> Dialect {
        let may_be_jis = match charset {
            Charset::EUC_JP | Charset::ISO_2022_JP => true,
            Charset::SHIFT_JIS => by_name,
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
        let Some(new) = text.get(from..).filter(|_| self == Dialect::Jis) else { return };
        if new.contains(|c| of_jis(c).is_some()) {
            let new: String = new.chars().map(|c| of_jis(c).unwrap_or(c)).collect();
            text.truncate(from);
            text.push_str(&new);
        }
    }
}
