//! What bytes of one charset can be, where some of them are unknown.
//!
//! In come the bytes of an unfinished character, out come the characters that they can
//! be, the commonest first. A table of the commonest characters of a charset, by each of
//! their bytes, is made once.

use super::letters::Letters;
use super::path::Text;
use super::sets::Sets;
use super::slots::{Pending, Slot};
use crate::charset::{Charset, Family, Next};
use crate::model::model;
use crate::text::characters::{is_private, is_text};
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::rc::Rc;
use std::sync::OnceLock;

/// Characters that are tried where one byte is unknown: the commonest.
const COMMON: usize = 64;
/// The same where two bytes or more are unknown.
const COMMON_OF_MORE: usize = 240;
/// Bytes of a character, at most.
const LONGEST: usize = 4;
/// Characters of a charset that lost bytes may be: the commonest.
const LISTED: usize = 14_000;

/// A character that bytes can be.
#[derive(Clone, Copy, Debug)]
pub struct Candidate {
    pub text: Text,
    /// Its last byte.
    pub last: u8,
    /// What kind of letter it is.
    pub letters: Letters,
}

/// What bytes can be: characters, or the beginning of some.
#[derive(Clone, Debug, Default)]
pub struct Completion {
    pub candidates: Vec<Candidate>,
    /// Whether more bytes may follow.
    pub incomplete: bool,
}

/// What known bytes are.
pub enum Read {
    Whole(Text),
    Begun,
    Malformed,
}

/// Finds what bytes of one charset can be, and remembers it.
pub struct Completer {
    charset: Charset,
    sets: &'static Sets,
}

/// Completions that are remembered from text to text.
const REMEMBERED: usize = 4096;

thread_local! {
    /// By charset written, charset read and bytes.
    static KNOWN: RefCell<HashMap<(usize, usize, Pending), Rc<Completion>>> = RefCell::default();
}

impl Completer {
    pub fn new(charset: Charset, sets: &'static Sets) -> Self {
        Completer { charset, sets }
    }

    /// What the bytes can be.
    pub fn complete(&self, pending: Pending) -> Rc<Completion> {
        KNOWN.with_borrow_mut(|known| {
            if known.len() > REMEMBERED {
                known.clear();
            }
            let key = (self.charset.index(), self.sets.read.index(), pending);
            let entry = known.entry(key);
            Rc::clone(entry.or_insert_with(|| Rc::new(find(self.charset, self.sets, pending))))
        })
    }

    /// What known bytes are.
    pub fn read(&self, bytes: &[u8]) -> Read {
        match self.charset.decode_next(bytes) {
            Next::Char(c, length) if length == bytes.len() && is_text(c) => {
                Read::Whole([Some(c), None])
            }
            Next::Pair(a, b, length) if length == bytes.len() => Read::Whole([Some(a), Some(b)]),
            Next::Incomplete => Read::Begun,
            _ => Read::Malformed,
        }
    }
}

fn find(charset: Charset, sets: &Sets, pending: Pending) -> Completion {
    let length = pending.len();
    let most = if pending.unknowns() > 1 { COMMON_OF_MORE } else { COMMON };
    let mut candidates: Vec<Candidate> = Vec::new();
    if length == 1 {
        // Of ASCII, all may be meant.
        let admission = sets.admission(pending);
        let ascii = (b' '..0x7F).filter(|&b| admission.admits([b, 0, 0, 0]));
        candidates.extend(ascii.map(|b| Candidate {
            text: [Some(b.into()), None],
            last: b,
            letters: Letters::Any,
        }));
    }
    let listed = listed(charset).get(length - 1);
    let fitting = listed.map(|listed| listed.fitting(pending, sets, most)).unwrap_or_default();
    candidates.extend(fitting.iter().map(|entry| Candidate {
        text: [Some(entry.char), None],
        last: entry.bytes.get(length - 1).copied().unwrap_or(0),
        letters: entry.letters,
    }));
    Completion { candidates, incomplete: may_go_on(charset, pending) }
}

/// Whether more bytes of the same character may follow, where some are unknown.
fn may_go_on(charset: Charset, pending: Pending) -> bool {
    let mut known = pending.iter().map(Slot::known);
    let first = known.next().flatten();
    let length = pending.len();
    match charset.family() {
        Family::DoubleByte => length == 1,
        Family::Utf8 => {
            length < first.map_or(3, |first| if first < 0xF0 { 3 } else { 4 })
                && first.is_none_or(|first| length == 1 || first >= 0xE0)
                && known.flatten().all(|byte| matches!(byte, 0x80..=0xBF))
        }
        _ => false,
    }
}

/// A character with its bytes.
#[derive(Clone, Copy)]
struct Entry {
    char: char,
    bytes: [u8; LONGEST],
    letters: Letters,
}

/// Characters of a charset beyond ASCII of one length, the commonest first; and which of
/// them have a byte in a place.
#[derive(Default)]
struct Listed {
    all: Vec<Entry>,
    by_byte: Vec<Vec<u16>>,
}

impl Listed {
    /// Those of each length.
    fn new(charset: Charset) -> [Self; LONGEST] {
        let mut listed: [Listed; LONGEST] = Default::default();
        listed.iter_mut().for_each(|listed| listed.by_byte.resize(LONGEST * 256, Vec::new()));
        let with_bytes = common().iter().filter_map(|&c| Some((c, charset.encode_char(c)?)));
        for (char, own) in with_bytes.take(LISTED) {
            let Some(Listed { all, by_byte }) = listed.get_mut(own.len() - 1) else { continue };
            let mut bytes = [0; LONGEST];
            for (place, (to, &byte)) in bytes.iter_mut().zip(own.iter()).enumerate() {
                *to = byte;
                if let Some(list) = by_byte.get_mut(place * 256 + usize::from(byte)) {
                    list.push(all.len() as u16);
                }
            }
            all.push(Entry { char, bytes, letters: Letters::of(char) });
        }
        listed
    }

    /// Those that the bytes can be.
    fn fitting(&self, pending: Pending, sets: &Sets, most: usize) -> Vec<Entry> {
        let admission = sets.admission(pending);
        let fits = |entry: &&Entry| admission.admits(entry.bytes);
        let known = pending
            .iter()
            .enumerate()
            .filter_map(|(place, slot)| self.by_byte.get(place * 256 + usize::from(slot.known()?)));
        match known.min_by_key(|list| list.len()) {
            Some(list) => {
                let with_byte = list.iter().filter_map(|&at| self.all.get(usize::from(at)));
                with_byte.filter(fits).take(most).copied().collect()
            }
            None => self.all.iter().filter(fits).take(most).copied().collect(),
        }
    }
}

fn listed(charset: Charset) -> &'static [Listed; LONGEST] {
    static EACH: [OnceLock<[Listed; LONGEST]>; Charset::COUNT] =
        [const { OnceLock::new() }; Charset::COUNT];
    static NONE: OnceLock<[Listed; LONGEST]> = OnceLock::new();
    let cell = EACH.get(charset.index()).unwrap_or(&NONE);
    cell.get_or_init(|| Listed::new(charset))
}

/// The only ones beyond the Basic Multilingual Plane that are guessed.
const PICTURES: RangeInclusive<char> = '\u{1F000}'..='\u{1FAFF}';

/// Characters beyond ASCII that stand in texts, the commonest first.
pub fn common() -> &'static [char] {
    static LIST: OnceLock<Vec<char>> = OnceLock::new();
    LIST.get_or_init(|| {
        // Nobody would see that a mark of direction was a wrong guess.
        let is_seen = |c: char| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}');
        let is_text = |c: &char| is_text(*c) && !is_private(*c) && is_seen(*c);
        let blocks = [PICTURES, '\u{A0}'..='\u{FFFC}'];
        let mut all: Vec<char> = blocks.into_iter().flatten().filter(is_text).collect();
        all.sort_by_cached_key(|&c| (model().anywhere(c), c));
        all
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::lattice::Channel;

    #[test]
    fn known_bytes_are_read_to_their_end_or_not_at_all() {
        let misreading = "Big5>GBK".parse().unwrap();
        let completer = Completer::new(Charset::BIG5, Channel::new(misreading).sets);
        let read = |bytes: &[u8]| match completer.read(bytes) {
            Read::Whole(text) => text.into_iter().flatten().collect(),
            Read::Begun => "begun".to_owned(),
            Read::Malformed => "malformed".to_owned(),
        };
        assert_eq!(read(b"\xA4\x40"), "一");
        assert_eq!(read(b"\xA4"), "begun");
        assert_eq!(read(b"\xA4\x40\x41"), "malformed");
        assert_eq!(read(b"\x88\x62"), "Ê\u{304}");
        assert_eq!(read(b"\x88\x62\x41"), "malformed");
    }
}
