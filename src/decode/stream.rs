//! Bytes in pieces: a push decoder and a reader, with bounded memory.
//!
//! The text is the same however the bytes are cut, and the same as in one piece, for everything is
//! decided on bytes at places that the bytes alone determine: the charset on the first [`LOOK`] bytes
//! from the line of the first byte that is not plain ASCII, the rest line by line.

use super::cesu;
use super::decoder::Decoder;
use super::dialect::Dialect;
use super::evidence::Evidence;
use super::hints::{self, PRESCAN};
use super::sample::LOOK;
use super::structure;
use super::verdict::{self, Verdict};
use crate::charset::{Charset, Escaped, Family, Next};
use std::borrow::Cow;
use std::io::{self, BufRead, BufReader};

/// How much of the line before the first byte that is not plain ASCII belongs to the evidence.
const LEAD_IN: usize = 256;

/// Where the evidence begins when `special` is the first byte of `bytes` that is not plain ASCII: at its
/// line, or at the very beginning where that is near and `at_start` of `bytes`, for in UTF-16 a line feed
/// may be half a character.
pub(super) fn evidence_start(bytes: &[u8], special: usize, at_start: bool) -> usize {
    if at_start && special <= LEAD_IN {
        return 0;
    }
    let before = bytes.get(special.saturating_sub(LEAD_IN)..special).unwrap_or_default();
    let line = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
    special - before.len() + line
}

/// A decoder that is given bytes piece by piece: see [`Decoder::stream`].
///
/// At most [`LOOK`] bytes and one line, itself at most that long, are kept.
///
/// ```
/// use ungarble::decode::Decoder;
/// let mut stream = Decoder::new().stream();
/// let mut text = String::new();
/// for byte in b"\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0! \xCA\xE0\xEA \xE4\xE5\xEB\xE0?" {
///     stream.push(&[*byte], &mut text);
/// }
/// stream.finish(&mut text);
/// assert_eq!(text, "Привет, мир! Как дела?");
/// ```
#[derive(Debug)]
pub struct Stream {
    decoder: Decoder,
    /// The first bytes of all, for a declaration.
    head: Vec<u8>,
    /// Bytes that were given and not yet read.
    pending: Vec<u8>,
    /// Bytes of `pending` that are plain ASCII, while nothing is decided.
    plain: usize,
    /// Whether `pending` begins at the very first byte.
    at_start: bool,
    verdict: Option<Verdict>,
    writer: Option<Writer>,
}

impl Stream {
    pub(super) fn new(decoder: Decoder) -> Self {
        Stream {
            decoder,
            head: Vec::new(),
            pending: Vec::new(),
            plain: 0,
            at_start: true,
            verdict: None,
            writer: None,
        }
    }

    /// Takes the next bytes; appends what text is ready.
    pub fn push(&mut self, bytes: &[u8], out: &mut String) {
        let missing = PRESCAN.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(bytes.get(..missing).unwrap_or_default());
        for piece in bytes.chunks(LOOK) {
            self.pending.extend_from_slice(piece);
            self.work(false, out);
        }
    }

    /// Takes the end; appends the rest of the text and tells what was found.
    pub fn finish(mut self, out: &mut String) -> Finding {
        self.work(true, out);
        let verdict = self.verdict.unwrap_or_else(Verdict::ascii);
        let writer = self.writer.unwrap_or_else(|| Writer::new(&verdict, &self.decoder));
        Finding { verdict, malformed: writer.malformed, mixed: writer.mixed }
    }

    /// The charset, once it is decided.
    pub fn charset(&self) -> Option<Charset> {
        self.verdict.as_ref().map(|verdict| verdict.charset)
    }

    fn work(&mut self, last: bool, out: &mut String) {
        if self.writer.is_none() {
            self.look(last, out);
        }
        if let Some(writer) = &mut self.writer {
            let done = writer.write(&self.pending, last, out);
            self.pending.drain(..done);
        }
    }

    /// Lets plain ASCII through, and decides once there is enough evidence.
    fn look(&mut self, last: bool, out: &mut String) {
        if self.at_start && !last && self.pending.len() < structure::SHOWN {
            return;
        }
        let special = if self.at_start && structure::is_unlike_ascii(&self.pending) {
            Some(0)
        } else {
            let rest = self.pending.get(self.plain..).unwrap_or_default();
            structure::first_special(rest).map(|at| self.plain + at)
        };
        let Some(special) = special else {
            // A tilde at the end may begin `~{`.
            let held = usize::from(!last && self.pending.ends_with(b"~"));
            self.plain = self.pending.len() - held;
            let start = || evidence_start(&self.pending, self.plain, self.at_start);
            let done = if last { self.plain } else { start() };
            self.let_through(done, out);
            return;
        };
        let start = evidence_start(&self.pending, special, self.at_start);
        self.plain = special;
        self.let_through(start, out);
        if !last && self.pending.len() < LOOK {
            return;
        }
        let evidence = self.pending.get(..LOOK).unwrap_or(&self.pending);
        let verdict = verdict::judge(
            evidence,
            self.at_start,
            hints::in_document(&self.head),
            &self.decoder.hints,
        );
        self.pending.drain(..verdict.mark);
        self.writer = Some(Writer::new(&verdict, &self.decoder));
        self.verdict = Some(verdict);
    }

    fn let_through(&mut self, len: usize, out: &mut String) {
        let ascii = self.pending.get(..len).unwrap_or_default();
        out.push_str(std::str::from_utf8(ascii).unwrap_or_default());
        self.at_start &= len == 0;
        self.plain -= len;
        self.pending.drain(..len);
    }
}

/// What a [`Stream`] found, told at its end.
///
/// ```
/// use ungarble::{charset::Charset, decode::Decoder};
/// let mut text = String::new();
/// let mut stream = Decoder::new().stream();
/// stream.push("Größe".as_bytes(), &mut text);
/// let found = stream.finish(&mut text);
/// assert_eq!(found.charset(), Charset::UTF_8);
/// assert!((0.0..=1.0).contains(&found.confidence()));
/// assert!(!found.is_malformed() && !found.is_binary() && !found.is_mixed());
/// println!("{}", found.evidence());
/// ```
#[derive(Clone, Debug)]
pub struct Finding {
    pub(super) verdict: Verdict,
    pub(super) malformed: bool,
    pub(super) mixed: bool,
}

impl Finding {
    /// The charset of the text, or of most of its lines.
    pub fn charset(&self) -> Charset {
        self.verdict.charset
    }

    /// Probability, 0 to 1, that the text is the text that was meant.
    pub fn confidence(&self) -> f32 {
        self.verdict.confidence
    }

    /// What the charset was found by.
    pub fn evidence(&self) -> &Evidence {
        &self.verdict.evidence
    }

    /// Whether a place was malformed and stands as U+FFFD in the text.
    pub fn is_malformed(&self) -> bool {
        self.malformed
    }

    /// Whether the bytes look like no text at all.
    pub fn is_binary(&self) -> bool {
        self.verdict.binary
    }

    /// Whether single lines are in another charset than the rest.
    pub fn is_mixed(&self) -> bool {
        self.mixed
    }
}

/// Writes the text of bytes whose charset is known.
#[derive(Debug)]
pub(super) struct Writer {
    decoder: Decoder,
    charset: Charset,
    /// The charset of other lines.
    beside: Option<Charset>,
    dialect: Dialect,
    how: How,
    /// Bytes that come first and are what is left of a character.
    cut: usize,
    pub(super) malformed: bool,
    pub(super) mixed: bool,
}

enum How {
    /// Line by line; other charsets may take single lines.
    Lines { mixed: bool },
    /// State goes across lines: UTF-16, ISO-2022-JP.
    State(Box<encoding_rs::Decoder>),
    /// So it does in the other 7-bit charsets.
    Escaped(Escaped),
    /// Every so many bytes: EBCDIC, UTF-32.
    Units(usize),
}

impl std::fmt::Debug for How {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            How::Lines { .. } => "lines",
            How::State(_) => "state",
            How::Escaped(_) => "escaped",
            How::Units(_) => "units",
        })
    }
}

impl Writer {
    pub(super) fn new(verdict: &Verdict, decoder: &Decoder) -> Self {
        let charset = verdict.charset;
        let state = |encoding: &'static encoding_rs::Encoding| {
            How::State(Box::new(encoding.new_decoder_without_bom_handling()))
        };
        let how = match charset {
            Charset::UTF_16LE => state(encoding_rs::UTF_16LE),
            Charset::UTF_16BE => state(encoding_rs::UTF_16BE),
            Charset::ISO_2022_JP => state(encoding_rs::ISO_2022_JP),
            _ => match charset.family() {
                Family::Utf32 => How::Units(4),
                Family::SingleByte if charset.decode_next(b"\n") != Next::Char('\n', 1) => {
                    How::Units(1)
                }
                _ => match charset.escaped() {
                    Some(escaped) => How::Escaped(escaped),
                    None => How::Lines { mixed: decoder.by_line && !verdict.binary },
                },
            },
        };
        let dialect = verdict.evidence.dialect;
        let (decoder, beside, cut) = (decoder.clone(), verdict.beside, verdict.cut);
        Writer { decoder, charset, beside, dialect, how, cut, malformed: false, mixed: false }
    }

    /// Appends the text of `bytes`, or of so much of them as stands by itself; gives how many were read.
    pub(super) fn write(&mut self, bytes: &[u8], last: bool, out: &mut String) -> usize {
        let (cut, bytes) = bytes.split_at_checked(self.cut).unwrap_or((bytes, &[]));
        if self.cut > 0 {
            self.cut = 0;
            self.malformed = true;
            out.push(char::REPLACEMENT_CHARACTER);
        }
        cut.len() + self.write_whole(bytes, last, out)
    }

    fn write_whole(&mut self, bytes: &[u8], last: bool, out: &mut String) -> usize {
        match &mut self.how {
            How::State(decoder) => {
                let start = out.len();
                out.reserve(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(0));
                let (_, read, errors) = decoder.decode_to_string(bytes, out, last);
                self.malformed |= errors;
                self.dialect.apply(out, start);
                read
            }
            How::Escaped(escaped) => escaped.decode_lossy(bytes, last, out, &mut self.malformed),
            How::Units(size) => {
                let len = if last { bytes.len() } else { bytes.len() / *size * *size };
                let whole = bytes.get(..len).unwrap_or(bytes);
                self.malformed |= self.charset.decode_lossy(whole, out);
                len
            }
            How::Lines { mixed } => {
                let mixed = *mixed;
                self.lines(bytes, last, mixed, out)
            }
        }
    }

    fn lines(&mut self, bytes: &[u8], last: bool, mixed: bool, out: &mut String) -> usize {
        let mut done = 0;
        loop {
            let rest = bytes.get(done..).unwrap_or_default();
            let block = rest.get(..LOOK).unwrap_or(rest);
            let len = match memchr::memrchr(b'\n', block) {
                _ if rest.is_empty() => return done,
                _ if last && rest.len() <= LOOK => rest.len(),
                Some(at) => at + 1,
                None if rest.len() >= LOOK => boundary(self.charset, block),
                None => return done,
            };
            self.block(block.get(..len).unwrap_or(block), mixed, out);
            done += len;
        }
    }

    /// Whole lines, in one go where all are in the main charset.
    fn block(&mut self, block: &[u8], mixed: bool, out: &mut String) {
        let start = out.len();
        let is_utf8 = self.charset == Charset::UTF_8;
        if is_utf8 && let Ok(text) = simdutf8::basic::from_utf8(block) {
            out.push_str(text);
            return;
        }
        let block = &*if is_utf8 { cesu::joined(block) } else { Cow::Borrowed(block) };
        let lines = || {
            let ends = memchr::memchr_iter(b'\n', block).map(|at| at + 1);
            let ends = ends.chain((!block.ends_with(b"\n")).then_some(block.len()));
            ends.scan(0, |from, to| {
                let line = block.get(*from..to);
                *from = to;
                line
            })
        };
        // A replacement character says nothing: a text may quote the three bytes of a lost one.
        let utf8 = |line: &[u8]| {
            std::str::from_utf8(line).is_ok_and(|text| {
                let mut own = String::new();
                text.chars().any(|c| !c.is_ascii() && c != char::REPLACEMENT_CHARACTER)
                    && (self.charset.decode_strict(line, &mut own).is_err()
                        || verdict::is_utf8_line(text, &own))
            })
        };
        let foreign = mixed && !is_utf8 && lines().any(utf8);
        if !foreign && self.charset.decode_strict(block, out).is_ok() {
            self.dialect.apply(out, start);
            return;
        }
        out.truncate(start);
        if !mixed {
            self.malformed |= self.charset.decode_lossy(block, out);
            self.dialect.apply(out, start);
            return;
        }
        for line in lines() {
            let start = out.len();
            let own = self.charset == Charset::UTF_8 || !utf8(line);
            let ending = if own { structure::reads(self.charset, line, out) } else { None };
            if ending == Some(structure::Ending::Whole) {
                self.dialect.apply(out, start);
                continue;
            }
            out.truncate(start);
            let charset = if ending.is_some() {
                self.charset
            } else {
                verdict::of_line(line, self.charset, self.beside, &self.decoder.hints)
            };
            self.mixed |= charset != self.charset;
            self.malformed |= charset.decode_lossy(line, out);
            if charset == self.charset {
                self.dialect.apply(out, start);
            }
        }
    }
}

/// Where to cut a block without a line feed so that no character is cut.
fn boundary(charset: Charset, block: &[u8]) -> usize {
    match charset.family() {
        Family::SingleByte => block.len(),
        Family::Utf8 => {
            let tail = block.iter().rev().take(3).position(|&b| b >= 0xC0);
            block.len() - tail.map_or(0, |at| at + 1)
        }
        _ => {
            let mut at = 0;
            loop {
                match charset.decode_next(block.get(at..).unwrap_or_default()) {
                    Next::Char(_, len) | Next::Pair(_, _, len) | Next::Malformed(len) => {
                        at += len.max(1);
                    }
                    Next::Incomplete => return if at == 0 { block.len() } else { at },
                }
            }
        }
    }
}

/// Reads UTF-8 from a reader of bytes in any charset: see [`Decoder::reader`].
///
/// Errors are those of the reader below; interruptions are tried again.
///
/// ```
/// use ungarble::{charset::Charset, decode::Decoder};
/// let bytes = b"\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0! \xCA\xE0\xEA \xE4\xE5\xEB\xE0?";
/// let mut reader = Decoder::new().reader(&bytes[..]);
/// assert!(reader.finding().is_none());
/// assert_eq!(std::io::read_to_string(&mut reader)?, "Привет, мир! Как дела?");
/// assert_eq!(reader.finding().map(|found| found.charset()), Some(Charset::WINDOWS_1251));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Reader<R> {
    inner: BufReader<R>,
    stream: Option<Stream>,
    text: String,
    read: usize,
    finding: Option<Finding>,
}

impl<R: io::Read> Reader<R> {
    pub(super) fn new(inner: R, stream: Stream) -> Self {
        let inner = BufReader::with_capacity(16 << 10, inner);
        Reader { inner, stream: Some(stream), text: String::new(), read: 0, finding: None }
    }

    /// What was found, once everything was read.
    pub fn finding(&self) -> Option<&Finding> {
        self.finding.as_ref()
    }
}

impl<R: io::Read> io::Read for Reader<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.read == self.text.len() {
            self.text.clear();
            self.read = 0;
            let Some(stream) = &mut self.stream else { return Ok(0) };
            let bytes = match self.inner.fill_buf() {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => continue,
                other => other?,
            };
            if !bytes.is_empty() {
                stream.push(bytes, &mut self.text);
                let len = bytes.len();
                self.inner.consume(len);
            } else if let Some(stream) = self.stream.take() {
                self.finding = Some(stream.finish(&mut self.text));
            }
        }
        let ready = self.text.as_bytes().get(self.read..).unwrap_or_default();
        let len = ready.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..len), ready.get(..len)) {
            to.copy_from_slice(from);
        }
        self.read += len;
        Ok(len)
    }
}
