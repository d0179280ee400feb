//! The 7-bit charsets, which shift between sets by escapes: ISO-2022-JP, -KR and -CN, and HZ.
//!
//! The double bytes are GB 2312, KS X 1001 and CNS 11643 without their high bits, so the tables of GBK,
//! EUC-KR and EUC-TW serve. ISO-2022-JP is encoding_rs's.

use super::double::Double;
use super::kind::{DoubleByte, Scheme};
use super::registry::How;
use super::{Bytes, Charset, Next};

const ESC: char = '\u{1B}';
const SO: u8 = 0x0E;
const SI: u8 = 0x0F;
const SHIFTS: [char; 2] = [SO as char, SI as char];
const KR_HEADER: &[u8] = b"\x1B$)C";
const CN_GB: &[u8] = b"\x1B$)A";
const CN_CNS1: &[u8] = b"\x1B$)G";
const CN_CNS2: &[u8] = b"\x1B$*H";
const CN_SS2: &[u8] = b"\x1BN";

/// Bytes of the longest escape, and of the longest character with its single shift.
const LONGEST: usize = 4;

/// Text of a 7-bit charset that comes in pieces: what was shifted stays so from one to the next.
#[derive(Debug)]
pub(crate) struct Escaped {
    scheme: Scheme,
    state: State,
}

impl Charset {
    /// A decoder for pieces of text; `None` for the charsets without escapes, and for ISO-2022-JP, of which
    /// encoding_rs has one.
    pub(crate) fn escaped(self) -> Option<Escaped> {
        match self.info().how {
            How::Escaped(Scheme::Iso2022Jp) => None,
            How::Escaped(scheme) => Some(Escaped { scheme, state: scheme.start() }),
            _ => None,
        }
    }
}

impl Escaped {
    /// Appends the text of the next bytes, with U+FFFD for each malformed place, which `malformed` notes;
    /// gives how many bytes were read. The up to three others, which may begin an escape or a character, are
    /// to be given again with what follows; there are none where these bytes are the `last`.
    pub(crate) fn decode_lossy(
        &mut self,
        bytes: &[u8],
        last: bool,
        out: &mut String,
        malformed: &mut bool,
    ) -> usize {
        self.scheme.read(&mut self.state, bytes, last, out, |_, out| {
            out.push(char::REPLACEMENT_CHARACTER);
            *malformed = true;
            true
        })
    }
}

impl Scheme {
    /// Escapes that give no character, and what they do.
    fn control(self, bytes: &[u8], state: &mut State) -> Option<usize> {
        let starts = |escape: &[u8]| bytes.starts_with(escape).then_some(escape.len());
        match self {
            Scheme::Hz => {
                let found = starts(b"~{").or_else(|| starts(b"~}"))?;
                state.shifted = bytes.get(1) == Some(&b'{');
                return Some(found);
            }
            Scheme::Iso2022Kr => {
                if let Some(len) = starts(KR_HEADER) {
                    return Some(len);
                }
            }
            Scheme::Iso2022Cn => {
                for (escape, set) in [(CN_GB, DoubleByte::Gbk), (CN_CNS1, DoubleByte::EucTw)] {
                    if let Some(len) = starts(escape) {
                        state.set = set;
                        return Some(len);
                    }
                }
                if let Some(len) = starts(CN_CNS2) {
                    return Some(len);
                }
            }
            Scheme::Iso2022Jp => return None,
        }
        match bytes.first() {
            Some(&SO) => state.shifted = true,
            Some(&SI) => state.shifted = false,
            _ => return None,
        }
        Some(1)
    }

    fn start(self) -> State {
        let set = if self == Scheme::Iso2022Kr { DoubleByte::EucKr } else { DoubleByte::Gbk };
        State { shifted: false, set }
    }

    /// Reads all of `bytes`; `malformed` gets the offset of each malformed place and says whether to go on.
    pub(super) fn decode(
        self,
        bytes: &[u8],
        out: &mut String,
        malformed: impl FnMut(usize, &mut String) -> bool,
    ) {
        self.read(&mut self.start(), bytes, true, out, malformed);
    }

    /// Reads `bytes` as they go on from `state`, and where they are not the `last` so many of them as say
    /// by themselves what they are; gives how many were read.
    fn read(
        self,
        state: &mut State,
        bytes: &[u8],
        last: bool,
        out: &mut String,
        mut malformed: impl FnMut(usize, &mut String) -> bool,
    ) -> usize {
        let mut at = 0;
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if !last && rest.len() < LONGEST {
                break;
            }
            if let Some(len) = self.control(rest, state) {
                at += len;
                continue;
            }
            match self.character(rest, state) {
                Some((c, len)) => {
                    out.extend(c);
                    at += len;
                }
                None => {
                    if !malformed(at, out) {
                        break;
                    }
                    at += 1;
                }
            }
        }
        at
    }

    /// One character, `None` in place of it for HZ's line continuation.
    fn character(self, bytes: &[u8], state: &mut State) -> Option<(Option<char>, usize)> {
        let pair = |set: DoubleByte, two: &[u8], prefix: Option<[u8; 2]>| {
            let [a @ 0x21..=0x7E, b @ 0x21..=0x7E] = *two else { return None };
            let (a, b) = (a | 0x80, b | 0x80);
            let next = match prefix {
                Some([p, q]) => Double::of(set).next(&[p, q, a, b]),
                None => Double::of(set).next(&[a, b]),
            };
            match next {
                Next::Char(c, _) => Some(c),
                _ => None,
            }
        };
        match *bytes {
            [b'~', b'~', ..] if self == Scheme::Hz && !state.shifted => Some((Some('~'), 2)),
            [b'~', b'\n', ..] if self == Scheme::Hz && !state.shifted => Some((None, 2)),
            [b'~', ..] if self == Scheme::Hz && !state.shifted => None,
            [0x1B, b'N', a, b, ..] if self == Scheme::Iso2022Cn => {
                Some((Some(pair(DoubleByte::EucTw, &[a, b], Some([0x8E, 0xA2]))?), 4))
            }
            [b'\n', ..] => {
                // Whatever was shifted, a line ends it.
                state.shifted = false;
                Some((Some('\n'), 1))
            }
            [b, ..] if b >= 0x80 || b == 0x1B => None,
            [a @ 0x21..=0x7E, b, ..] if state.shifted => {
                Some((Some(pair(state.set, &[a, b], None)?), 2))
            }
            [0x21..=0x7E] if state.shifted => None,
            [b, ..] => Some((Some(b.into()), 1)),
            [] => None,
        }
    }

    /// Writes `text`; on a character that the charset has not, its offset.
    pub(super) fn encode(self, text: &str, out: &mut Vec<u8>) -> Result<(), usize> {
        if self == Scheme::Iso2022Jp {
            return encode_jp(text, out);
        }
        let (shift, unshift): (&[u8], &[u8]) =
            if self == Scheme::Hz { (b"~{", b"~}") } else { (&[SO], &[SI]) };
        let mut state = self.start();
        let mut designated = None;
        if self == Scheme::Iso2022Kr && !text.is_ascii() {
            out.extend_from_slice(KR_HEADER);
        }
        for (at, c) in text.char_indices() {
            if c.is_ascii() {
                if !self.contains(c) {
                    return Err(at);
                }
                if state.shifted {
                    out.extend_from_slice(unshift);
                    state.shifted = false;
                }
                out.extend_from_slice(if c == '~' && self == Scheme::Hz { b"~" } else { b"" });
                out.push(c as u8);
                if c == '\n' {
                    designated = None; // RFC 1922: each line designates anew
                }
                continue;
            }
            let (set, code) = self.sets().iter().find_map(|&s| Some((s, code(s, c)?))).ok_or(at)?;
            let [a, b] = code.pair();
            if let Code::Plane2(_) = code {
                out.extend_from_slice(CN_CNS2);
                out.extend_from_slice(CN_SS2);
                out.extend([a, b]);
                continue;
            }
            if self == Scheme::Iso2022Cn && designated != Some(set) {
                out.extend_from_slice(if set == DoubleByte::Gbk { CN_GB } else { CN_CNS1 });
                designated = Some(set);
            }
            if !state.shifted {
                out.extend_from_slice(shift);
                state.shifted = true;
            }
            out.extend([a, b]);
        }
        if state.shifted {
            out.extend_from_slice(unshift);
        }
        Ok(())
    }

    /// Whether some text in this charset holds `c`.
    pub(super) fn contains(self, c: char) -> bool {
        match self {
            _ if c == ESC => false,
            // HZ shifts by other signs.
            _ if c.is_ascii() => self == Scheme::Hz || !SHIFTS.contains(&c),
            Scheme::Iso2022Jp => {
                // JIS X 0208, and the two signs of JIS-Roman.
                let has = |b: Bytes| {
                    b.first() != Some(&0x8E) && Charset::EUC_JP.decode_next(&b) == Next::Char(c, 2)
                };
                JIS_ROMAN.contains(&c) || Charset::EUC_JP.preimages(c).any(has)
            }
            _ => self.sets().iter().any(|&set| code(set, c).is_some()),
        }
    }

    /// Every character of which [`contains`](Self::contains) is true, some of them again and
    /// again: by its codes, which are fewer than the characters of the charsets.
    pub(super) fn each_char(self, mut add: impl FnMut(char)) {
        ('\0'..='\u{7F}').filter(|&c| self.contains(c)).for_each(&mut add);
        if self == Scheme::Iso2022Jp {
            JIS_ROMAN.into_iter().for_each(&mut add);
        }
        let rows = || (0xA1..=0xFE).flat_map(|row| (0xA1..=0xFE).map(move |cell| [row, cell]));
        for &set in self.sets() {
            let mut read = |code: &[u8]| {
                if let Next::Char(c, length) = Double::of(set).next(code)
                    && length == code.len()
                {
                    add(c);
                }
            };
            rows().take_while(|&[row, _]| row <= last_row(set)).for_each(|code| read(&code));
            if set == DoubleByte::EucTw {
                rows().for_each(|[row, cell]| read(&[0x8E, 0xA2, row, cell]));
            }
        }
    }

    /// The charsets whose double bytes these are, with the high bits.
    fn sets(self) -> &'static [DoubleByte] {
        match self {
            Scheme::Iso2022Jp => &[DoubleByte::EucJp],
            Scheme::Iso2022Kr => &[DoubleByte::EucKr],
            Scheme::Iso2022Cn => &[DoubleByte::Gbk, DoubleByte::EucTw],
            Scheme::Hz => &[DoubleByte::Gbk],
        }
    }
}

#[derive(Debug)]
struct State {
    shifted: bool,
    set: DoubleByte,
}

#[derive(Clone, Copy)]
enum Code {
    Set([u8; 2]),
    Plane2([u8; 2]),
}

impl Code {
    fn pair(self) -> [u8; 2] {
        let (Code::Set(pair) | Code::Plane2(pair)) = self;
        pair
    }
}

/// The signs of JIS-Roman that ASCII lacks.
const JIS_ROMAN: [char; 2] = ['¥', '‾'];

/// The last row of the national standard in a set: GBK has more behind GB 2312.
fn last_row(set: DoubleByte) -> u8 {
    if set == DoubleByte::Gbk { 0xF7 } else { 0xFE }
}

/// The 7-bit code of a character in the 94 by 94 part of `set`.
fn code(set: DoubleByte, c: char) -> Option<Code> {
    let codes = Double::of(set).reverse.get(c).iter().map(|&code| Bytes::from_code(code));
    // A code that only a dialect reads so would come back as another character.
    let mut own = codes.filter(|code| Double::of(set).next(code) == Next::Char(c, code.len()));
    own.find_map(|code| match *code {
        // GBK and Windows' Korean have more in the upper rows than the national standards.
        [a @ 0xA1..=0xFE, b @ 0xA1..=0xFE] if a <= last_row(set) => {
            Some(Code::Set([a & 0x7F, b & 0x7F]))
        }
        [0x8E, 0xA2, a, b] => Some(Code::Plane2([a & 0x7F, b & 0x7F])),
        _ => None,
    })
}

fn encode_jp(text: &str, out: &mut Vec<u8>) -> Result<(), usize> {
    // Half-width katakana are read where a text shifts to them, and encoding_rs writes full-width ones.
    let half = text.find(|c| matches!(c, '\u{FF61}'..='\u{FF9F}'));
    let text = half.and_then(|half| text.get(..half)).unwrap_or(text);
    let mut encoder = encoding_rs::ISO_2022_JP.new_encoder();
    let room = encoder.max_buffer_length_from_utf8_without_replacement(text.len()).unwrap_or(0);
    out.reserve(room);
    match encoder.encode_from_utf8_to_vec_without_replacement(text, out, true) {
        (encoding_rs::EncoderResult::InputEmpty, _) => half.map_or(Ok(()), Err),
        (encoding_rs::EncoderResult::OutputFull, read) => Err(read),
        (encoding_rs::EncoderResult::Unmappable(_), read) => {
            // Not by the character that is reported: for an escape that is U+FFFD.
            let last = text.get(..read).and_then(|text| text.chars().next_back());
            Err(read - last.map_or(0, char::len_utf8))
        }
    }
}
