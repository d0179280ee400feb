//! Bytes of an unfinished character, some of them unknown.

use crate::charset::{Charset, Next};
use crate::model::model;
use crate::search::chain::is_text;
use std::collections::HashMap;
use std::sync::OnceLock;

/// A set of bytes that a lost byte may have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ByteSet([u64; 4]);

impl ByteSet {
    /// The bytes that pass a test.
    pub fn of(test: impl Fn(u8) -> bool) -> Self {
        ByteSet(std::array::from_fn(|word| {
            (0..64u8).filter(|&bit| test(word as u8 * 64 + bit)).fold(0, |set, bit| set | 1 << bit)
        }))
    }

    pub fn contains(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte / 64)).is_some_and(|word| word >> (byte % 64) & 1 == 1)
    }

    pub fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }

    pub fn iter(&self) -> impl Iterator<Item = u8> {
        (0..=255).filter(|&byte| self.contains(byte))
    }
}

/// A byte, or the number of a [`ByteSet`] of the channel above 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Slot(u16);

impl Slot {
    pub const fn byte(byte: u8) -> Self {
        Slot(byte as u16)
    }

    pub const fn unknown(set: u8) -> Self {
        Slot(256 + set as u16)
    }

    /// The byte, if it is known.
    pub fn known(self) -> Option<u8> {
        u8::try_from(self.0).ok()
    }
}

/// The bytes of a character so far: at most four.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Pending {
    slots: [Option<Slot>; 4],
}

impl Pending {
    pub fn is_empty(&self) -> bool {
        self.slots == [None; 4]
    }

    pub fn len(&self) -> usize {
        self.slots.iter().flatten().count()
    }

    pub fn iter(&self) -> impl Iterator<Item = Slot> {
        self.slots.into_iter().flatten()
    }

    /// With one more byte; `None` where no charset has so long a character.
    pub fn with(mut self, slot: Slot) -> Option<Self> {
        let len = self.len();
        *self.slots.get_mut(len)? = Some(slot);
        Some(self)
    }

    pub fn unknowns(&self) -> usize {
        self.iter().filter(|slot| slot.known().is_none()).count()
    }
}

/// What bytes can be: characters, or the beginning of some.
#[derive(Clone, Debug, Default)]
pub struct Completion {
    /// The characters that the bytes can be; the second of a pair, where one byte string is two.
    pub characters: Vec<(char, Option<char>)>,
    /// Whether more bytes may follow.
    pub incomplete: bool,
}

/// Finds what bytes of one charset can be, and remembers it.
pub struct Completer {
    charset: Charset,
    sets: Vec<ByteSet>,
    known: HashMap<Pending, Completion>,
}

/// Characters that are tried where bytes of one are unknown: the commonest.
const COMMON: usize = 40;
/// The same where two bytes or more are unknown.
const COMMON_OF_MORE: usize = 120;

impl Completer {
    pub fn new(charset: Charset, sets: Vec<ByteSet>) -> Self {
        Completer { charset, sets, known: HashMap::new() }
    }

    /// What the bytes can be.
    pub fn complete(&mut self, pending: Pending) -> &Completion {
        let (charset, sets) = (self.charset, &self.sets);
        self.known.entry(pending).or_insert_with(|| find(charset, sets, pending))
    }
}

fn find(charset: Charset, sets: &[ByteSet], pending: Pending) -> Completion {
    let mut found = Completion::default();
    let set = |slot: Slot| sets.get(usize::from(slot.0.saturating_sub(256)));
    match pending.unknowns() {
        0 => {
            let bytes: Vec<u8> = pending.iter().filter_map(Slot::known).collect();
            note(&mut found, charset, &bytes);
        }
        1 => {
            let Some(unknown) = pending.iter().find(|slot| slot.known().is_none()) else {
                return found;
            };
            for guess in set(unknown).into_iter().flat_map(ByteSet::iter) {
                let bytes: Vec<u8> =
                    pending.iter().map(|slot| slot.known().unwrap_or(guess)).collect();
                note(&mut found, charset, &bytes);
            }
            found.characters.sort_by_cached_key(|&(c, d)| (model().anywhere(c), c, d));
            // Of ASCII, all may be meant.
            let mut beyond = 0;
            found.characters.retain(|(c, _)| {
                beyond += usize::from(!c.is_ascii());
                c.is_ascii() || beyond <= COMMON
            });
        }
        _ => {
            for &c in common() {
                let Some(bytes) = charset.encode_char(c) else { continue };
                if bytes.len() == pending.len() && matches(&bytes, pending, set) {
                    found.characters.push((c, None));
                    if found.characters.len() == COMMON_OF_MORE {
                        break;
                    }
                }
            }
            found.incomplete = pending.len() < 3 && charset == Charset::UTF_8;
        }
    }
    found
}

fn matches<'s>(bytes: &[u8], pending: Pending, set: impl Fn(Slot) -> Option<&'s ByteSet>) -> bool {
    bytes.iter().zip(pending.iter()).all(|(&byte, slot)| match slot.known() {
        Some(known) => known == byte,
        None => set(slot).is_some_and(|set| set.contains(byte)),
    })
}

fn note(found: &mut Completion, charset: Charset, bytes: &[u8]) {
    match charset.decode_next(bytes) {
        Next::Char(c, length) if length == bytes.len() && is_text(c) => {
            found.characters.push((c, None));
        }
        Next::Pair(a, b, length) if length == bytes.len() => found.characters.push((a, Some(b))),
        Next::Incomplete => found.incomplete = true,
        _ => {}
    }
}

/// Characters beyond ASCII, the commonest first.
fn common() -> &'static [char] {
    static LIST: OnceLock<Vec<char>> = OnceLock::new();
    LIST.get_or_init(|| {
        let mut all: Vec<char> = ('\u{80}'..='\u{FFFF}').collect();
        all.sort_by_cached_key(|&c| (model().anywhere(c), c));
        all.truncate(8000);
        all
    })
}
