//! Bytes in, text out: finds the charset, decodes, and says how sure it is.
//!
//! Structure comes first (a byte order mark, plain ASCII, well-formed UTF-8, escapes); what it leaves
//! open the language model decides: every charset reads the bytes, and the reading that costs fewest
//! bits is the text. A declaration is evidence with a weight. The evidence is bounded, so decoding a
//! large file costs what its charset's decoder costs.

mod candidates;
mod cesu;
mod confidence;
mod cost;
mod decoder;
mod dialect;
mod estimate;
mod evidence;
mod frame;
mod hints;
mod language;
mod letters;
mod race;
mod romanian;
mod sample;
mod signs;
mod stream;
mod structure;
mod verdict;

pub use self::decoder::Decoder;
pub use self::dialect::Dialect;
pub use self::evidence::{By, Evidence};
pub use self::sample::LOOK;
pub use self::stream::{Finding, Reader, Stream};

use self::hints::Hints;
use self::stream::{Writer, evidence_start};
use self::verdict::Verdict;
use crate::charset::Charset;
use std::borrow::Cow;

/// What came of bytes.
///
/// ```
/// use ungarble::{charset::Charset, decode::decode};
/// let got = decode(b"\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0! \xCA\xE0\xEA \xE4\xE5\xEB\xE0?");
/// assert_eq!((&*got.text, got.charset), ("Привет, мир! Как дела?", Charset::WINDOWS_1251));
/// assert!(got.confidence > 0.9 && !got.malformed && !got.binary && !got.mixed);
/// ```
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Decoded<'b> {
    /// The text, without its byte order mark; borrowed where the bytes are UTF-8.
    pub text: Cow<'b, str>,
    /// The charset of the text, or of most of its lines.
    pub charset: Charset,
    /// Probability, 0 to 1, that the text is the text that was meant.
    pub confidence: f32,
    /// The second best charset that reads the bytes otherwise, and how it reads the part of them that
    /// decided.
    pub runner_up: Option<(Charset, String)>,
    /// Whether a place was malformed and stands as U+FFFD in the text.
    pub malformed: bool,
    /// Whether the bytes look like no text at all.
    pub binary: bool,
    /// Whether single lines are in another charset than the rest.
    pub mixed: bool,
    /// What the charset was found by.
    pub evidence: Evidence,
}

impl Decoded<'_> {
    /// BCP 47 tag of the language, where the beginning of the text tells. Looked up when asked for.
    ///
    /// ```
    /// let got = ungarble::decode::decode("Die Katze ist nicht auf der Treppe.".as_bytes());
    /// assert_eq!(got.language(), Some("de"));
    /// ```
    pub fn language(&self) -> Option<&'static str> {
        if self.binary { None } else { language::of(&self.text) }
    }
}

/// Bytes that are malformed in their charset, where the caller wanted none: see
/// [`Decoder::decode_strict`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("malformed {charset}")]
pub struct Malformed {
    /// The charset that came nearest.
    pub charset: Charset,
}

/// The legacy charsets of a language, a BCP 47 tag.
pub(crate) fn charsets_of_language(tag: &str) -> &'static [Charset] {
    Hints { language: Some(tag.to_ascii_lowercase()), ..Hints::default() }.of_language()
}

/// Decodes with no hints: see [`Decoder`].
///
/// ```
/// use ungarble::{charset::Charset, decode::decode};
/// let got = decode(b"Gr\x81\xE1e aus K\x94ln, sch\x94nes W\x84ldchen");
/// assert_eq!(got.text, "Grüße aus Köln, schönes Wäldchen");
/// ```
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    Decoder::new().decode(bytes)
}

impl Decoder {
    /// Finds the charset and decodes. Malformed places become U+FFFD.
    pub fn decode<'b>(&self, bytes: &'b [u8]) -> Decoded<'b> {
        let special = if structure::is_unlike_ascii(bytes) {
            Some(0)
        } else {
            structure::first_special(bytes)
        };
        let (start, verdict) = match special {
            None => (bytes.len(), Verdict::ascii()),
            Some(special) => {
                let start = evidence_start(bytes, special, true);
                let evidence = bytes.get(start..).unwrap_or_default();
                let evidence = evidence.get(..LOOK).unwrap_or(evidence);
                let declared = hints::in_document(bytes);
                (start, verdict::judge(evidence, start == 0, declared, &self.hints))
            }
        };
        let rest = bytes.get(verdict.mark..).unwrap_or_default();
        let mut writer = Writer::new(&verdict, self);
        let text = match simdutf8::basic::from_utf8(rest) {
            Ok(text) if verdict.charset == Charset::UTF_8 => Cow::Borrowed(text),
            _ => {
                let (ascii, rest) = bytes.split_at_checked(start).unwrap_or_default();
                let mut text = std::str::from_utf8(ascii).unwrap_or_default().to_owned();
                text.reserve(rest.len() + rest.len() / 2);
                writer.write(rest.get(verdict.mark..).unwrap_or_default(), true, &mut text);
                Cow::Owned(text)
            }
        };
        Decoded {
            text,
            charset: verdict.charset,
            confidence: verdict.confidence,
            runner_up: verdict.runner_up,
            malformed: writer.malformed,
            binary: verdict.binary,
            mixed: writer.mixed,
            evidence: verdict.evidence,
        }
    }

    /// As [`decode`](Decoder::decode), but an error where a place is malformed.
    ///
    /// ```
    /// use ungarble::decode::Decoder;
    /// assert!(Decoder::new().decode_strict("Größe".as_bytes()).is_ok());
    /// let error = Decoder::new().by_line(false).decode_strict(b"\xEF\xBB\xBFGr\xF6\xDFe").unwrap_err();
    /// assert_eq!(error.to_string(), "malformed UTF-8");
    /// ```
    pub fn decode_strict<'b>(&self, bytes: &'b [u8]) -> Result<Decoded<'b>, Malformed> {
        let decoded = self.decode(bytes);
        if decoded.malformed { Err(Malformed { charset: decoded.charset }) } else { Ok(decoded) }
    }

    /// A decoder for bytes that come in pieces; its text is that of [`decode`](Decoder::decode). See
    /// [`Stream`].
    pub fn stream(&self) -> Stream {
        Stream::new(self.clone())
    }

    /// A reader of UTF-8 over a reader of bytes. See [`Reader`].
    pub fn reader<R: std::io::Read>(&self, inner: R) -> Reader<R> {
        Reader::new(inner, self.stream())
    }
}

#[cfg(test)]
mod tests;
