//! What a decoder is told beforehand, one switch each.

use super::hints::{Declared, Hints};

/// What is known beside the bytes, and how to decode.
///
/// ```
/// use ungarble::decode::Decoder;
/// let decoder = Decoder::new().declared("windows-1251").language("ru");
/// assert_eq!(decoder.decode(b"\xD2\xE8\xEF").text, "Тип");
/// ```
#[derive(Clone, Debug)]
pub struct Decoder {
    pub(super) hints: Hints,
    pub(super) by_line: bool,
}

impl Default for Decoder {
    fn default() -> Self {
        Decoder { hints: Hints::default(), by_line: true }
    }
}

impl Decoder {
    /// No hints; lines in other charsets are found.
    pub fn new() -> Self {
        Decoder::default()
    }

    /// The label that came with the bytes, in an HTTP header or the like: evidence, no order. A label
    /// that names no charset is none.
    pub fn declared(mut self, label: &str) -> Self {
        self.hints.declared = Declared::of(label);
        self
    }

    /// The language that the text is thought to be in, as a BCP 47 tag.
    pub fn language(mut self, tag: &str) -> Self {
        self.hints.language = Some(tag.to_ascii_lowercase());
        self
    }

    /// The top-level domain that the bytes came from, such as `jp`.
    pub fn top_level_domain(mut self, domain: &str) -> Self {
        self.hints.domain = Some(domain.trim_start_matches('.').to_ascii_lowercase());
        self
    }

    /// Whether only the charsets of the WHATWG standard come into question, read as browsers read them.
    pub fn web(mut self, on: bool) -> Self {
        self.hints.web = on;
        self
    }

    /// Whether single lines may be in another charset than the rest; on unless switched off.
    pub fn by_line(mut self, on: bool) -> Self {
        self.by_line = on;
        self
    }
}
