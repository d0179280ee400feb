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
    ///
    /// ```
    /// use ungarble::decode::Decoder;
    /// assert_eq!(Decoder::new().declared("koi8-r").decode(b"\xD4\xC9\xD0").text, "тип");
    /// // UTF-8 is UTF-8 whatever is said of it.
    /// assert_eq!(Decoder::new().declared("koi8-r").decode("Größe".as_bytes()).text, "Größe");
    /// ```
    #[must_use]
    pub fn declared(mut self, label: &str) -> Self {
        self.hints.declared = Declared::of(label);
        self
    }

    /// The language that the text is thought to be in, as a BCP 47 tag.
    ///
    /// ```
    /// use ungarble::decode::Decoder;
    /// assert_eq!(Decoder::new().language("ru").decode(b"\xD2\xE8\xEF").text, "Тип");
    /// ```
    #[must_use]
    pub fn language(mut self, tag: &str) -> Self {
        self.hints.language = Some(tag.to_ascii_lowercase());
        self
    }

    /// Whether only the charsets of the WHATWG standard come into question, read as browsers read them.
    ///
    /// ```
    /// use ungarble::decode::Decoder;
    /// let bytes = b"\xC5\xEC\xB5\xFE\xA1\xC1\xC2\xE7\xBA\xE5\xA4\xCE\xB4\xD6\xA4\xC7";
    /// assert_eq!(Decoder::new().decode(bytes).text, "東京〜大阪の間で");
    /// assert_eq!(Decoder::new().web(true).decode(bytes).text, "東京～大阪の間で");
    /// ```
    #[must_use]
    pub fn web(mut self, on: bool) -> Self {
        self.hints.web = on;
        self
    }

    /// Whether single lines may be in another charset than the rest; on unless switched off.
    ///
    /// ```
    /// use ungarble::decode::Decoder;
    /// let bytes = b"Gr\xC3\xB6\xC3\x9Fe, Ma\xC3\x9F, K\xC3\xA4se, T\xC3\xBCr\nGr\xF6\xDFe und Ma\xDF\n";
    /// assert_eq!(Decoder::new().decode(bytes).text, "Größe, Maß, Käse, Tür\nGröße und Maß\n");
    /// assert!(!Decoder::new().by_line(false).decode(bytes).text.starts_with("Größe"));
    /// ```
    #[must_use]
    pub fn by_line(mut self, on: bool) -> Self {
        self.by_line = on;
        self
    }
}
