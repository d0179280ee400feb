//! What is known beside the bytes: declarations, a language. Evidence with a weight, no order.

use super::candidates::candidates;
use crate::charset::Charset;
use crate::model::{BIT, Bits};
use std::borrow::Cow;
use std::sync::OnceLock;

/// Bits that a declaration by HTTP or the like is worth.
const BY_CALLER: Bits = 14 * BIT;
/// Bits that a declaration in the document is worth.
const IN_DOCUMENT: Bits = 12 * BIT;
/// Bits that a language is worth.
const BY_LANGUAGE: Bits = 6 * BIT;

/// Bytes at the beginning in which a declaration may stand, as in browsers.
pub(super) const PRESCAN: usize = 1024;

/// What bytes are declared to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Declared {
    pub(super) charset: Charset,
    /// Whether the name is Microsoft's own: `windows-31j`, `cp932`.
    pub(super) by_microsoft: bool,
}

impl Declared {
    /// What a label says, if it names a charset.
    pub(super) fn of(label: &str) -> Option<Self> {
        let charset = Charset::for_label(label)?;
        let label = label.to_ascii_lowercase();
        let marks = ["windows", "cp", "ms", "x-", "932"];
        Some(Declared { charset, by_microsoft: marks.iter().any(|mark| label.contains(mark)) })
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Hints {
    pub(super) declared: Option<Declared>,
    /// BCP 47 tag, lower case.
    pub(super) language: Option<String>,
    /// Only the charsets that browsers know.
    pub(super) web: bool,
}

impl Hints {
    /// The candidates with their prior costs, what `in_document` declares taken off.
    pub(super) fn priors(&self, in_document: Option<Declared>) -> Cow<'static, [(Charset, Bits)]> {
        static WITHOUT: OnceLock<Vec<(Charset, Bits)>> = OnceLock::new();
        if in_document.is_none() && *self == Hints::default() {
            return Cow::Borrowed(WITHOUT.get_or_init(|| self.weigh(None)));
        }
        Cow::Owned(self.weigh(in_document))
    }

    fn weigh(&self, in_document: Option<Declared>) -> Vec<(Charset, Bits)> {
        let own = self.of_language();
        let mut all: Vec<(Charset, Bits)> = candidates()
            .filter(|&(charset, _)| !self.web || is_of_the_web(charset))
            .map(|(charset, cost)| {
                let mut gain = 0;
                if declares(self.declared, charset) {
                    gain += BY_CALLER;
                }
                if declares(in_document, charset) {
                    gain += IN_DOCUMENT;
                }
                if own.contains(&charset) {
                    gain += BY_LANGUAGE;
                }
                // Costs are counted from what the best possible hint would leave.
                (charset, cost + BY_CALLER + IN_DOCUMENT + BY_LANGUAGE - gain)
            })
            .collect();
        all.sort_by_key(|&(_, cost)| cost);
        all
    }

    /// Whether neither a declaration nor a language says which charsets to expect.
    pub(super) fn name_no_charset(&self) -> bool {
        self.declared.is_none() && self.of_language().is_empty()
    }

    /// The legacy charsets of the language.
    pub(super) fn of_language(&self) -> &'static [Charset] {
        let Some(tag) = &self.language else { return &[] };
        let is_traditional =
            ["zh-hant", "zh-tw", "zh-hk", "zh-mo"].iter().any(|t| tag.starts_with(t));
        charsets_of(if is_traditional { "zh-hant" } else { tag.split('-').next().unwrap_or(tag) })
            .unwrap_or_default()
    }
}

/// The row of a language.
fn charsets_of(language: &str) -> Option<&'static [Charset]> {
    let row = LANGUAGES.iter().find(|(keys, _)| keys.split(' ').any(|key| key == language));
    row.map(|&(_, charsets)| charsets)
}

/// Languages, and the legacy charsets that they were written in.
const LANGUAGES: &[(&str, &[Charset])] = &[
    (
        "ru",
        &[
            Charset::WINDOWS_1251,
            Charset::KOI8_R,
            Charset::IBM866,
            Charset::ISO_8859_5,
            Charset::X_MAC_CYRILLIC,
            Charset::IBM855,
        ],
    ),
    (
        "uk be bg mk sr",
        &[
            Charset::WINDOWS_1251,
            Charset::KOI8_U,
            Charset::IBM866,
            Charset::ISO_8859_5,
            Charset::X_MAC_CYRILLIC,
            Charset::IBM855,
        ],
    ),
    (
        "pl cs sk hu hr sl bs",
        &[Charset::WINDOWS_1250, Charset::ISO_8859_2, Charset::IBM852, Charset::X_MAC_CE],
    ),
    (
        "ro",
        &[
            Charset::WINDOWS_1250,
            Charset::ISO_8859_2,
            Charset::ISO_8859_16,
            Charset::IBM852,
            Charset::X_MAC_CE,
        ],
    ),
    (
        "el",
        &[
            Charset::WINDOWS_1253,
            Charset::ISO_8859_7,
            Charset::IBM737,
            Charset::X_MAC_GREEK,
            Charset::IBM869,
        ],
    ),
    ("tr az", &[Charset::WINDOWS_1254, Charset::IBM857, Charset::X_MAC_TURKISH]),
    ("he", &[Charset::WINDOWS_1255, Charset::ISO_8859_8, Charset::IBM862]),
    ("ar fa ur", &[Charset::WINDOWS_1256, Charset::ISO_8859_6, Charset::IBM720, Charset::IBM864]),
    (
        "lt lv et",
        &[Charset::WINDOWS_1257, Charset::ISO_8859_13, Charset::IBM775, Charset::ISO_8859_4],
    ),
    ("vi", &[Charset::WINDOWS_1258, Charset::VISCII, Charset::TCVN]),
    ("th", &[Charset::WINDOWS_874]),
    ("ja", &[Charset::SHIFT_JIS, Charset::EUC_JP, Charset::ISO_2022_JP]),
    ("zh", &[Charset::GBK, Charset::GB18030, Charset::HZ]),
    ("zh-hant", &[Charset::BIG5, Charset::EUC_TW]),
    ("ko", &[Charset::EUC_KR, Charset::JOHAB, Charset::ISO_2022_KR]),
    ("kk", &[Charset::WINDOWS_1251, Charset::PTCP154, Charset::KZ_1048]),
    ("tg", &[Charset::KOI8_T]),
    ("is", &[Charset::WINDOWS_1252, Charset::IBM861, Charset::X_MAC_ICELANDIC]),
    (
        "en fr de es pt it nl sv da no nb nn fi ca gl eu",
        &[Charset::WINDOWS_1252, Charset::ISO_8859_15, Charset::IBM850, Charset::MACINTOSH],
    ),
];

/// Whether the charset was made for other languages than `tag`; of English text none was.
pub(super) fn is_foreign_to(tag: &str, charset: Charset) -> bool {
    tag != "en"
        && charsets_of(tag).is_some_and(|own| !own.contains(&charset))
        && LANGUAGES.iter().any(|(_, others)| others.contains(&charset))
}

/// Whether the declaration means this charset, or one that the declared one is often written for.
fn declares(declared: Option<Declared>, charset: Charset) -> bool {
    declared.is_some_and(|declared| match declared.charset {
        Charset::GBK | Charset::GB18030 => matches!(charset, Charset::GBK | Charset::GB18030),
        Charset::ISO_8859_1 => charset == Charset::WINDOWS_1252,
        Charset::ISO_8859_9 => charset == Charset::WINDOWS_1254,
        Charset::ISO_8859_11 => charset == Charset::WINDOWS_874,
        other => other == charset,
    })
}

/// Whether the WHATWG standard has the charset.
pub(super) fn is_of_the_web(charset: Charset) -> bool {
    static ALL: OnceLock<[bool; Charset::COUNT]> = OnceLock::new();
    let all = ALL.get_or_init(|| {
        let mut all = [false; Charset::COUNT];
        for (of, charset) in all.iter_mut().zip(Charset::all()) {
            *of = encoding_rs::Encoding::for_label(charset.name().as_bytes())
                .is_some_and(|encoding| encoding.name() == charset.name());
        }
        all
    });
    all.get(charset.index()) == Some(&true)
}

/// The charset that the first [`PRESCAN`] bytes declare: `<meta charset>`, `<meta http-equiv>`, an XML
/// declaration, `@charset`, a `Content-Type` of mail or of a PO file, an editor's `coding:`, or a comment like it
/// in the first two lines (PEP 263).
pub(super) fn in_document(bytes: &[u8]) -> Option<Declared> {
    let head = bytes.get(..PRESCAN).unwrap_or(bytes);
    let head: Vec<u8> = head.iter().filter(|&&b| b != 0).map(u8::to_ascii_lowercase).collect();
    let after = |mark: &[u8]| behind(&head, mark);
    let value = |rest: &[u8]| {
        let skip = rest.iter().take_while(|b| b" \t\r\n\"'=:".contains(b)).count();
        let rest = rest.get(skip..)?;
        let len = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_.:".contains(b)));
        let label = rest.get(..len.unwrap_or(rest.len()))?;
        Declared::of(std::str::from_utf8(label).ok()?)
    };
    let comments = lines(&head, 2).split(|&b| b == b'\n').filter(|line| line.starts_with(b"#"));
    let mut in_comment = comments.filter_map(|line| behind(line, b"coding"));
    let found = [
        after(b"<meta").and_then(|rest| behind(rest, b"charset")),
        after(b"<?xml").and_then(|rest| {
            let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
            behind(rest.get(..end)?, b"encoding")
        }),
        after(b"@charset"),
        // A header of mail may go on in the next line.
        after(b"content-type:").and_then(|rest| behind(lines(rest, 2), b"charset=")),
        after(b"-*-").and_then(|rest| behind(lines(rest, 1), b"coding:")),
        in_comment.find(|rest| rest.first().is_some_and(|b| b":=".contains(b))),
    ];
    let declared = found.into_iter().flatten().find_map(value)?;
    // Whoever can read the declaration as ASCII does not read UTF-16, as in browsers.
    match declared.charset {
        Charset::UTF_16LE | Charset::UTF_16BE if !bytes.iter().take(64).any(|&b| b == 0) => {
            Some(Declared { charset: Charset::UTF_8, ..declared })
        }
        _ => Some(declared),
    }
}

/// What stands behind the first `mark`.
fn behind<'b>(bytes: &'b [u8], mark: &[u8]) -> Option<&'b [u8]> {
    let at = memchr::memmem::find(bytes, mark)?;
    bytes.get(at + mark.len()..)
}

/// The first `count` lines.
fn lines(bytes: &[u8], count: usize) -> &[u8] {
    let end = memchr::memchr_iter(b'\n', bytes).nth(count - 1);
    bytes.get(..end.unwrap_or(bytes.len())).unwrap_or(bytes)
}
