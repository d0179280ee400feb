//! What becomes of a text besides a misreading: it is escaped, put into lower case, cut.
//!
//! Each manner has a name, a cost and the misreadings that went along with it. What it leaves
//! in a text, and how that is undone, is in `search/escapes`.

use super::misreading::Misreading;
use crate::charset::Charset;
use crate::model::{BIT, Bits};
use std::fmt;
use std::str::FromStr;

/// What became of a text besides a misreading; as text, its name.
///
/// ```
/// use ungarble::Manner;
/// let answer = ungarble::repair("Le caf&Atilde;&copy; est ferm&Atilde;&copy;.");
/// assert_eq!(answer.plan.chains()[0].steps()[0].manner, Manner::Html);
/// assert_eq!("html".parse(), Ok(Manner::Html));
/// assert_eq!(Manner::LowerCase.to_string(), "lower-case");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Manner {
    /// Nothing.
    Plain,
    /// The misread text was written in character references of HTML: `&Atilde;&copy;`, `&#146;`.
    Html,
    /// The misread text was written in UTF-8, and that in percent escapes: `%C3%83%C2%A9`.
    Percent,
    /// The misread text was written in the escapes of a programming language: `\u00c3\u00a9`.
    Backslash,
    /// The misread text was transliterated to ASCII: `aEUR(tm)`.
    Flattened,
    /// The misread text was put into lower case: `ã©`.
    LowerCase,
    /// Only the low byte of each UTF-16 code unit is left.
    LowByte,
    /// The escapes of ISO-2022-JP lost their first byte: `$B$3$l(B`.
    NoEscape,
    /// Bytes of the charset read had become U+FFFD before: 锟斤拷.
    Replaced,
    /// Bytes had become `・` before the text was read as it was written: `コード生戁E`.
    Dots,
    /// Each surrogate was written in three bytes (CESU-8).
    Surrogates,
    /// Some words only were misread.
    Words,
    /// Some parts only were misread, and no byte of them was lost.
    Parts,
}

/// Manners, their names in plans, and their costs.
const ALL: [(Manner, &str, Bits); 13] = [
    (Manner::Plain, "plain", 0),
    (Manner::Html, "html", 4),
    (Manner::Percent, "percent", 5),
    (Manner::Backslash, "backslash", 5),
    (Manner::Flattened, "ascii", 6),
    (Manner::LowerCase, "lower-case", 6),
    (Manner::LowByte, "low-byte", 4),
    (Manner::NoEscape, "no-escape", 3),
    (Manner::Replaced, "replaced", 2),
    (Manner::Dots, "dots", 2),
    (Manner::Surrogates, "surrogates", 4),
    (Manner::Words, "words", 4),
    (Manner::Parts, "parts", 0),
];

impl fmt::Display for Manner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Manner {
    type Err = crate::Error;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = ALL.iter().find(|row| row.1 == name);
        found.map(|row| row.0).ok_or_else(|| crate::Error::unknown_manner(name))
    }
}

impl Manner {
    /// All of them.
    pub(crate) fn all() -> impl Iterator<Item = Manner> {
        ALL.iter().map(|row| row.0)
    }

    /// The name in a plan.
    pub fn name(self) -> &'static str {
        ALL.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// `-log2` of how often a misreading goes along with it, in eighths of a bit.
    #[doc(hidden)]
    pub fn prior(self) -> Bits {
        ALL.iter().find(|row| row.0 == self).map_or(0, |row| row.2 * BIT)
    }

    /// The misreadings that went along with it.
    pub(crate) fn misreadings(self) -> &'static [Misreading] {
        const fn utf8(read: Charset) -> Misreading {
            Misreading { written: Charset::UTF_8, read }
        }
        const LATIN: &[Misreading] = &[
            utf8(Charset::WINDOWS_1252),
            utf8(Charset::ISO_8859_1),
            utf8(Charset::WINDOWS_1250),
            utf8(Charset::WINDOWS_1251),
            utf8(Charset::MACINTOSH),
            utf8(Charset::IBM437),
            utf8(Charset::IBM850),
            Misreading { written: Charset::WINDOWS_1252, read: Charset::ISO_8859_1 },
        ];
        const LATIN_ONE: &[Misreading] = &[
            utf8(Charset::WINDOWS_1252),
            utf8(Charset::ISO_8859_1),
            utf8(Charset::MACINTOSH),
            utf8(Charset::IBM437),
            utf8(Charset::IBM850),
            Misreading { written: Charset::WINDOWS_1252, read: Charset::ISO_8859_1 },
        ];
        const WESTERN: &[Misreading] = &[utf8(Charset::WINDOWS_1252)];
        const LOWER: &[Misreading] = &[
            utf8(Charset::WINDOWS_1252),
            utf8(Charset::WINDOWS_1250),
            utf8(Charset::WINDOWS_1251),
        ];
        const ANY: &[Misreading] = &[
            utf8(Charset::GBK),
            utf8(Charset::EUC_KR),
            utf8(Charset::BIG5),
            utf8(Charset::WINDOWS_1252),
            utf8(Charset::WINDOWS_1250),
            utf8(Charset::WINDOWS_1251),
            utf8(Charset::WINDOWS_1253),
            utf8(Charset::MACINTOSH),
            utf8(Charset::IBM437),
            utf8(Charset::IBM850),
            utf8(Charset::IBM866),
        ];
        const JAPANESE: &[Misreading] =
            &[Misreading { written: Charset::ISO_2022_JP, read: Charset::WINDOWS_1252 }];
        const SHIFT_JIS: &[Misreading] = &[utf8(Charset::SHIFT_JIS)];
        const UNITS: &[Misreading] =
            &[Misreading { written: Charset::UTF_16LE, read: Charset::ISO_8859_1 }];
        const VIETNAMESE: &[Misreading] =
            &[Misreading { written: Charset::VNI, read: Charset::WINDOWS_1252 }];
        match self {
            // Those that the lattice is run with.
            Manner::Plain | Manner::Parts => &[],
            Manner::Html => LATIN,
            // By the others, letters of right texts are spelled as well.
            Manner::Percent | Manner::Backslash => LATIN_ONE,
            Manner::Flattened => WESTERN,
            Manner::LowerCase => LOWER,
            Manner::LowByte => UNITS,
            Manner::NoEscape => JAPANESE,
            Manner::Replaced => ANY,
            Manner::Dots => SHIFT_JIS,
            Manner::Surrogates => LATIN,
            Manner::Words => VIETNAMESE,
        }
    }
}
