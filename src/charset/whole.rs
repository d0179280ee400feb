//! Whole texts: strict, with U+FFFD, and back to bytes; encoding_rs's fast paths where it has the charset.

use encoding_rs::{DecoderResult, Encoding};

use super::double::Double;
use super::kind::{Scheme, Width};
use super::registry::How;
use super::{Charset, Next, Unmapped};
use std::sync::OnceLock;

impl Charset {
    /// encoding_rs's decoder, where it reads what this crate reads.
    fn encoding(self) -> Option<&'static Encoding> {
        // Looking a label up takes longer than decoding a short text.
        static EACH: [OnceLock<Option<&'static Encoding>>; Charset::COUNT] =
            [const { OnceLock::new() }; Charset::COUNT];
        *EACH.get(self.index())?.get_or_init(|| match self.info().how {
            How::Unicode(Width::Utf32 { .. }) => None,
            How::Escaped(scheme) if scheme != Scheme::Iso2022Jp => None,
            _ => Encoding::for_label(self.name().as_bytes()).filter(|e| e.name() == self.name()),
        })
    }

    /// Appends the text of `bytes`. The first malformed place is the error, and `out` keeps what stood
    /// before it. A byte order mark is a character like others here.
    ///
    /// ```
    /// use ungarble::charset::Charset;
    /// let mut text = String::new();
    /// let error = Charset::SHIFT_JIS.decode_strict(b"\x83\x65\xFF", &mut text).unwrap_err();
    /// assert_eq!((&*text, error.at), ("テ", 2));
    /// ```
    pub fn decode_strict(self, bytes: &[u8], out: &mut String) -> Result<(), Unmapped> {
        self.strict(bytes, out).map_err(|at| Unmapped { charset: self, at })
    }

    fn strict(self, bytes: &[u8], out: &mut String) -> Result<(), usize> {
        if let Some(encoding) = self.encoding() {
            return strict_by(encoding, bytes, out);
        }
        let mut first = None;
        self.decode_all(bytes, out, |at, _| {
            first = Some(at);
            false
        });
        first.map_or(Ok(()), Err)
    }

    /// Appends the text of `bytes`, with U+FFFD for each malformed place as the WHATWG decoder writes it;
    /// says whether there was one.
    ///
    /// ```
    /// use ungarble::charset::Charset;
    /// let mut text = String::new();
    /// assert!(Charset::SHIFT_JIS.decode_lossy(b"\x83\x65\xFF", &mut text));
    /// assert_eq!(text, "テ\u{FFFD}");
    /// ```
    pub fn decode_lossy(self, bytes: &[u8], out: &mut String) -> bool {
        if let Some(encoding) = self.encoding() {
            let mut decoder = encoding.new_decoder_without_bom_handling();
            out.reserve(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(0));
            let (_, _, errors) = decoder.decode_to_string(bytes, out, true);
            return errors;
        }
        let mut errors = false;
        self.decode_all(bytes, out, |_, out| {
            out.push(char::REPLACEMENT_CHARACTER);
            errors = true;
            true
        });
        errors
    }

    /// Whether no more than `most` places of `bytes` are malformed.
    pub(crate) fn reads_with(self, most: usize, bytes: &[u8]) -> bool {
        let mut malformed = 0;
        let mut is_within = || {
            malformed += 1;
            malformed <= most
        };
        let Some(encoding) = self.encoding() else {
            let mut within = true;
            self.decode_all(bytes, &mut String::new(), |_, _| {
                within = is_within();
                within
            });
            return within;
        };
        let mut decoder = encoding.new_decoder_without_bom_handling();
        let (mut rest, mut room) = (bytes, [0; 512]);
        loop {
            let (result, read, _) =
                decoder.decode_to_utf8_without_replacement(rest, &mut room, true);
            rest = rest.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => return true,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) if is_within() => {}
                DecoderResult::Malformed(..) => return false,
            }
        }
    }

    /// `malformed` is told each malformed offset and says whether to go on.
    fn decode_all(
        self,
        bytes: &[u8],
        out: &mut String,
        mut malformed: impl FnMut(usize, &mut String) -> bool,
    ) {
        if let How::Escaped(scheme) = self.info().how {
            return scheme.decode(bytes, out, malformed);
        }
        if let Some(table) = self.single_byte() {
            out.reserve(bytes.len() * 2);
            for (at, &byte) in bytes.iter().enumerate() {
                let unit = table.get(usize::from(byte)).copied().unwrap_or(0xFFFD);
                match char::from_u32(unit.into()) {
                    Some(c) if c != char::REPLACEMENT_CHARACTER => out.push(c),
                    _ if malformed(at, out) => {}
                    _ => return,
                }
            }
            return;
        }
        out.reserve(bytes.len());
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            at += match self.decode_next(rest) {
                Next::Char(c, len) => {
                    out.push(c);
                    len
                }
                Next::Pair(a, b, len) => {
                    out.extend([a, b]);
                    len
                }
                bad => {
                    if !malformed(at, out) {
                        return;
                    }
                    match bad {
                        Next::Malformed(len) => len.max(1),
                        _ => rest.len(),
                    }
                }
            };
        }
    }

    /// Appends the bytes of `text`. The first character without any is the error, and what `out` then
    /// holds after its former end is of no use.
    ///
    /// ```
    /// use ungarble::charset::Charset;
    /// let mut bytes = Vec::new();
    /// assert!(Charset::GBK.encode("你好", &mut bytes).is_ok());
    /// assert_eq!(bytes, b"\xC4\xE3\xBA\xC3");
    /// ```
    pub fn encode(self, text: &str, out: &mut Vec<u8>) -> Result<(), Unmapped> {
        self.write(text, out).map_err(|at| Unmapped { charset: self, at })
    }

    fn write(self, text: &str, out: &mut Vec<u8>) -> Result<(), usize> {
        if let Some(narrow) = self.narrow() {
            return narrow.encode(text, out);
        }
        match self.info().how {
            How::Unicode(Width::Utf8) => out.extend_from_slice(text.as_bytes()),
            How::Escaped(scheme) => return scheme.encode(text, out),
            How::Double(kind) => return Double::of(kind).encode(text, out),
            _ => {
                for (at, c) in text.char_indices() {
                    out.extend_from_slice(&self.encode_char(c).ok_or(at)?);
                }
            }
        }
        Ok(())
    }
}

fn strict_by(encoding: &'static Encoding, bytes: &[u8], out: &mut String) -> Result<(), usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    out.reserve(decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(0));
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, out, true);
    match result {
        DecoderResult::InputEmpty => Ok(()),
        DecoderResult::OutputFull => Err(read),
        DecoderResult::Malformed(bad, extra) => {
            Err(read.saturating_sub(usize::from(bad) + usize::from(extra)))
        }
    }
}
