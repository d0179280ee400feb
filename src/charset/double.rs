//! The double-byte charsets: a table of pairs each, built at first use.
//!
//! In: encoding_rs, asked once for every pair; Johab and EUC-TW computed from it. Out: [`Double`],
//! which gives the character of a pair, and the codes of a character with those that other dialects
//! (Python's, Windows', glibc's) read as it.

use crate::text::blocks::{ascii_run, beyond_ascii_run};
use encoding_rs::Encoding;
use std::sync::OnceLock;

use super::ask::ask_all;
use super::bytes::Bytes;
use super::kind::DoubleByte;
use super::next::Next;
use super::reverse::Reverse;
use super::tables::{EUC_TW_MORE, EUC_TW_RUNS};
use super::{gb18030, johab};

/// Tables of one charset, both ways.
pub(super) struct Double {
    kind: DoubleByte,
    /// By pair, from 80 00 on: 128 rows of 256; 0 where there is no character.
    pairs: Box<[u32]>,
    /// By the last two of three bytes (8F, JIS X 0212) or four (8E A2, CNS plane 2): rows of 94 from A1.
    second: Box<[u16]>,
    pub(super) reverse: Reverse,
}

/// Big5 pairs that read as two characters: <https://encoding.spec.whatwg.org/#big5-decoder>.
const BIG5_TWO: [(u16, [char; 2]); 4] = [
    (0x8862, ['\u{CA}', '\u{304}']),
    (0x8864, ['\u{CA}', '\u{30C}']),
    (0x88A3, ['\u{EA}', '\u{304}']),
    (0x88A5, ['\u{EA}', '\u{30C}']),
];

impl Double {
    /// The tables of a charset, built once.
    pub(super) fn of(kind: DoubleByte) -> &'static Self {
        static EACH: [OnceLock<Double>; 8] = [const { OnceLock::new() }; 8];
        static NEVER: OnceLock<Double> = OnceLock::new();
        EACH.get(kind as usize).unwrap_or(&NEVER).get_or_init(|| Double::new(kind))
    }

    fn new(kind: DoubleByte) -> Self {
        let mut pairs = vec![0; 128 * 256].into_boxed_slice();
        let mut second: Box<[u16]> = Box::default();
        match kind.encoding() {
            Some(encoding) => {
                ask(encoding, kind, &mut pairs);
                if kind == DoubleByte::EucJp {
                    second = ask_jis0212(encoding);
                }
            }
            None if kind == DoubleByte::Johab => {
                let wansung = Double::of(DoubleByte::EucKr);
                johab::fill(&mut pairs, |[lead, trail]| wansung.pair(lead, trail));
            }
            None => second = fill_euc_tw(&mut pairs),
        }
        let reverse = reverse(kind, &pairs, &second);
        Double { kind, pairs, second, reverse }
    }

    #[inline]
    fn pair(&self, lead: u8, trail: u8) -> Option<char> {
        let at = (usize::from(lead) << 8 | usize::from(trail)).checked_sub(0x8000)?;
        self.pairs.get(at).copied().filter(|&c| c != 0).and_then(char::from_u32)
    }

    fn second(&self, row: u8, cell: u8) -> Option<char> {
        let at = cell_94(row, cell)?;
        self.second.get(at).copied().filter(|&c| c != 0).and_then(|c| char::from_u32(c.into()))
    }

    /// One character, as the WHATWG decoder reads it where the standard has the charset.
    #[inline]
    pub(super) fn next(&self, bytes: &[u8]) -> Next {
        let Some(&lead) = bytes.first() else { return Next::Incomplete };
        if lead < 0x80 {
            return Next::Char(lead.into(), 1);
        }
        if !self.kind.is_lead(lead) {
            return self.kind.single(lead).map_or(Next::Malformed(1), |c| Next::Char(c, 1));
        }
        let Some(&trail) = bytes.get(1) else { return Next::Incomplete };
        if let Some(c) = self.pair(lead, trail) {
            return Next::Char(c, 2);
        }
        self.next_rare(bytes, lead, trail)
    }

    /// Appends the bytes of `text`, or stops at the first character without any: its place is
    /// the error.
    pub(super) fn encode(&self, text: &str, out: &mut Vec<u8>) -> Result<(), usize> {
        out.reserve(text.len());
        let mut rest = text;
        while !rest.is_empty() {
            let (ascii, tail) =
                rest.split_at_checked(ascii_run(rest.as_bytes())).unwrap_or((rest, ""));
            out.extend_from_slice(ascii.as_bytes());
            let end = beyond_ascii_run(tail.as_bytes());
            let (wide, tail) = tail.split_at_checked(end).unwrap_or((tail, ""));
            for (at, c) in wide.char_indices() {
                let place = || text.len() - tail.len() - wide.len() + at;
                match self.reverse.get(c).first() {
                    // Nearly all that is encoded has two bytes.
                    Some(&code @ 0x100..=0xFFFF) => {
                        out.extend_from_slice(&(code as u16).to_be_bytes());
                    }
                    _ => out.extend_from_slice(&self.encode_char(c).ok_or_else(place)?),
                }
            }
            rest = tail;
        }
        Ok(())
    }

    /// The bytes that an encoder writes for a character.
    #[inline]
    pub(super) fn encode_char(&self, c: char) -> Option<Bytes> {
        match self.reverse.get(c).first() {
            Some(&code) => Some(Bytes::from_code(code)),
            None if self.kind == DoubleByte::Gb18030 => gb18030::encode(c),
            None => None,
        }
    }

    /// What is longer than two bytes, two characters, or malformed.
    fn next_rare(&self, bytes: &[u8], lead: u8, trail: u8) -> Next {
        // A malformed code takes its last byte along unless that is ASCII.
        let malformed = |len: usize, last: u8| Next::Malformed(len - usize::from(last < 0x80));
        match (self.kind, lead, trail) {
            (DoubleByte::Gbk | DoubleByte::Gb18030, _, b'0'..=b'9') => match *bytes {
                [a, b, c @ 0x81..=0xFE, d @ b'0'..=b'9', ..] => {
                    let c = gb18030::decode([a, b, c, d]);
                    c.map_or(Next::Malformed(4), |c| Next::Char(c, 4))
                }
                [_, _] | [_, _, 0x81..=0xFE] => Next::Incomplete,
                _ => Next::Malformed(1),
            },
            (DoubleByte::EucJp, 0x8F, 0xA1..=0xFE) => match bytes.get(2) {
                None => Next::Incomplete,
                Some(&last) => match self.second(trail, last) {
                    Some(c) => Next::Char(c, 3),
                    None => malformed(3, last),
                },
            },
            (DoubleByte::EucTw, 0x8E, 0xA1..=0xA2) => match *bytes {
                [_, plane, row @ 0xA1..=0xFE, cell @ 0xA1..=0xFE, ..] => {
                    let c =
                        if plane == 0xA1 { self.pair(row, cell) } else { self.second(row, cell) };
                    c.map_or(Next::Malformed(4), |c| Next::Char(c, 4))
                }
                [_, _] | [_, _, 0xA1..=0xFE] => Next::Incomplete,
                _ => Next::Malformed(2),
            },
            (DoubleByte::Big5, ..) => {
                let code = u16::from_be_bytes([lead, trail]);
                match BIG5_TWO.iter().find(|(pair, _)| *pair == code) {
                    Some(&(_, [a, b])) => Next::Pair(a, b, 2),
                    None => malformed(2, trail),
                }
            }
            _ => malformed(2, trail),
        }
    }
}

/// Index into rows of 94 cells.
fn cell_94(row: u8, cell: u8) -> Option<usize> {
    let (row, cell) = (row.checked_sub(0xA1)?, cell.checked_sub(0xA1)?);
    (row < 94 && cell < 94).then_some(usize::from(row) * 94 + usize::from(cell))
}

fn ask(encoding: &'static Encoding, kind: DoubleByte, pairs: &mut [u32]) {
    let leads = (0x81..=0xFE).filter(|&lead| kind.is_lead(lead));
    let codes = leads.flat_map(|lead| (0x30..=0xFE).map(move |trail| [lead, trail]));
    ask_all(encoding, codes, |[lead, trail], c| {
        let at = (usize::from(lead) << 8 | usize::from(trail)) - 0x8000;
        if let Some(slot) = pairs.get_mut(at) {
            *slot = c.into();
        }
    });
}

fn ask_jis0212(encoding: &'static Encoding) -> Box<[u16]> {
    let mut table = vec![0; 94 * 94].into_boxed_slice();
    let codes = (0xA1..=0xFE).flat_map(|row| (0xA1..=0xFE).map(move |cell| [0x8F, row, cell]));
    ask_all(encoding, codes, |[_, row, cell], c| {
        if let (Some(slot), Ok(c)) =
            (cell_94(row, cell).and_then(|at| table.get_mut(at)), u16::try_from(u32::from(c)))
        {
            *slot = c;
        }
    });
    table
}

/// Plane 1 goes into `pairs`, plane 2 is returned.
fn fill_euc_tw(pairs: &mut [u32]) -> Box<[u16]> {
    let big5 = Double::of(DoubleByte::Big5);
    let mut plane2 = vec![0; 94 * 94].into_boxed_slice();
    let mut set = |plane: u8, pointer: u16, c: u16| {
        let (row, cell) = (usize::from(pointer) / 94, usize::from(pointer) % 94);
        if plane == 1 {
            let at = (0x21 + row) << 8 | (0xA1 + cell);
            if let Some(slot) = pairs.get_mut(at) {
                *slot = c.into();
            }
        } else if let Some(slot) = plane2.get_mut(usize::from(pointer)) {
            *slot = c;
        }
    };
    for &(plane, pointer, from, len) in EUC_TW_RUNS {
        for i in 0..len {
            let at = from + i;
            let (lead, cell) = (0xA1 + (at / 157) as u8, (at % 157) as u8);
            let trail = if cell < 63 { 0x40 + cell } else { 0x62 + cell };
            // Where the dialects of Big5 differ the character stands in EUC_TW_MORE.
            if let Some(c) = big5.pair(lead, trail) {
                set(plane, pointer + i, u32::from(c) as u16);
            }
        }
    }
    for &(plane, pointer, c) in EUC_TW_MORE {
        set(plane, pointer, c);
    }
    plane2
}

/// Canonical code first: the encoder's where there is one, then by code; other dialects' codes last.
fn reverse(kind: DoubleByte, pairs: &[u32], second: &[u16]) -> Reverse {
    let ascii = (0..0x80_u8).map(|b| (char::from(b), u32::from(b)));
    let singles = (0x80..=0xFF).filter_map(|b| Some((kind.single(b)?, u32::from(b))));
    let mut codes: Vec<(char, u32)> = ascii.chain(singles).collect();
    for (at, &c) in pairs.iter().enumerate().filter(|&(_, &c)| c != 0) {
        if let Some(c) = char::from_u32(c) {
            codes.push((c, 0x8000 + at as u32));
        }
    }
    if kind == DoubleByte::EucTw {
        // In four bytes plane 1 is named, as plane 2 is.
        let pairs = codes.iter().filter(|&&(_, code)| code > 0xFF);
        let named: Vec<_> = pairs.map(|&(c, code)| (c, 0x8EA1_0000 | code)).collect();
        codes.extend(named);
    }
    for (at, &c) in second.iter().enumerate().filter(|&(_, &c)| c != 0) {
        let lead = if kind == DoubleByte::EucTw { 0x8EA2_0000 } else { 0x8F_0000 };
        let code = lead | (0xA1 + at as u32 / 94) << 8 | (0xA1 + at as u32 % 94);
        if let Some(c) = char::from_u32(c.into()) {
            codes.push((c, code));
        }
    }
    if let Some(encoding) = kind.encoding() {
        let preferred = preferred(encoding, &codes);
        codes.splice(0..0, preferred);
    }
    if kind == DoubleByte::Johab {
        codes.push(('₩', b'\\'.into())); // in its place since KS C 5636
    }
    if kind == DoubleByte::ShiftJis {
        // Bytes that Windows' cp932 leaves without a character, as Microsoft and Python read them.
        codes.extend([
            ('\u{F8F0}', 0xA0),
            ('\u{F8F1}', 0xFD),
            ('\u{F8F2}', 0xFE),
            ('\u{F8F3}', 0xFF),
        ]);
    }
    if kind == DoubleByte::Gb18030 {
        codes.push(('\u{E7C7}', 0x8135_F437)); // what the encoder writes
    }
    for &(code, c) in kind.dialects().iter().chain(kind.private_codes()) {
        if let Some(c) = char::from_u32(c.into()) {
            codes.push((c, code.into()));
        }
    }
    for &(first, last, trail, start) in kind.private_rows() {
        let trails = (trail..=0x7E).chain(trail.max(0xA1)..=0xFE);
        let rows = (first..=last).flat_map(|lead| trails.clone().map(move |t| (lead, t)));
        for ((lead, trail), c) in rows.zip(start..) {
            if let Some(c) = char::from_u32(c) {
                codes.push((c, u32::from(lead) << 8 | u32::from(trail)));
            }
        }
    }
    Reverse::build(codes.into_iter())
}

/// Nothing that a legacy charset has lies beyond the Supplementary Ideographic Plane.
pub(super) const END: usize = 0x3_0000;

/// What the encoder of the standard writes for each character that has several codes.
fn preferred(encoding: &'static Encoding, codes: &[(char, u32)]) -> Vec<(char, u32)> {
    let mut seen = vec![false; END];
    let mut several: Vec<char> = Vec::new();
    for &(c, _) in codes.iter().filter(|(c, _)| !c.is_ascii()) {
        if let Some(seen) = seen.get_mut(c as usize)
            && std::mem::replace(seen, true)
        {
            several.push(c);
        }
    }
    several.sort_unstable();
    several.dedup();
    several
        .iter()
        .filter_map(|&c| {
            let mut buffer = [0; 4];
            let (bytes, _, unmappable) = encoding.encode(c.encode_utf8(&mut buffer));
            let code = bytes.iter().fold(0, |code, &b| code << 8 | u32::from(b));
            (!unmappable).then_some((c, code))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charset::Charset;
    use crate::charset::tables::{EUC_TW_SUM, JOHAB_SUM};

    /// Count and FNV-1a of code and UTF-8 of each character, as the generator counts.
    fn sum(charset: Charset, codes: impl Iterator<Item = Vec<u8>>) -> (usize, u64) {
        let mut seen = (0, 0xCBF2_9CE4_8422_2325_u64);
        for code in codes {
            if let Next::Char(c, len) = charset.decode_next(&code)
                && len == code.len()
            {
                seen.0 += 1;
                for &b in code.iter().chain(c.to_string().as_bytes()) {
                    seen.1 = (seen.1 ^ u64::from(b)).wrapping_mul(0x100_0000_01B3);
                }
            }
        }
        seen
    }

    #[test]
    fn johab_is_what_python_reads() {
        let codes = (0x84..=0xF9).flat_map(|lead| (0x31..=0xFE).map(move |t| vec![lead, t]));
        assert_eq!(sum(Charset::JOHAB, codes), JOHAB_SUM);
    }

    #[test]
    fn euc_tw_is_what_glibc_reads() {
        let rows = || (0xA1..=0xFE).flat_map(|row| (0xA1..=0xFE).map(move |cell| [row, cell]));
        let plane1 = rows().map(|code| code.to_vec());
        let plane2 = rows().map(|[row, cell]| vec![0x8E, 0xA2, row, cell]);
        assert_eq!(sum(Charset::EUC_TW, plane1.chain(plane2)), EUC_TW_SUM);
    }
}
