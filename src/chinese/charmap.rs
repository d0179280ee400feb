//! Characters to characters: generated lists, read in place.

use std::borrow::Cow;
use unicode_normalization::char::decompose_canonical;

/// Table value: what the character becomes does not fit the table.
pub(super) const WIDE: u16 = 0xFFFE;
/// Table value: phrases have to be looked for at the character.
pub(super) const TRIGGER: u16 = 0xFFFF;

/// A value for each character that UTF-8 writes in three bytes, by its code: the code
/// XOR the code that it becomes, 0 where it stays. XOR goes through UTF-8: the bytes
/// change by the same bits. No two Han characters differ by [`WIDE`] or [`TRIGGER`].
pub(super) type Table = Box<[u16; 0x1_0000]>;

/// All zero, from pages that take no memory until written.
pub(super) fn zeroed() -> Table {
    vec![0; 0x1_0000].into_boxed_slice().try_into().unwrap_or_else(|_| Box::new([0; 0x1_0000]))
}

/// The code of a character that UTF-8 writes in three bytes.
pub(super) fn short(c: char) -> Option<u16> {
    u16::try_from(u32::from(c)).ok().filter(|code| *code >= 0x800)
}

/// First and last block of 256 characters in a list's near part.
const FIRST: usize = 0x34;
const LAST: usize = 0x9F;
/// Two bytes a block, and two at the end.
const STARTS: usize = 2 * (LAST - FIRST + 2);

/// A generated list of pairs of characters; `tools/opencc/src/binary.rs` tells its form.
#[derive(Clone, Copy, Debug)]
pub(super) struct List(pub(super) &'static [u8]);

/// A list taken apart.
struct Parts {
    starts: &'static [[u8; 2]],
    lows: &'static [u8],
    values: &'static [[u8; 2]],
    far: &'static [[u8; 6]],
}

impl List {
    fn parts(self) -> Parts {
        let (starts, rest) = self.0.split_at_checked(STARTS).unwrap_or_default();
        let starts = starts.as_chunks().0;
        let near = starts.last().map_or(0, |end| usize::from(u16::from_le_bytes(*end)));
        let (lows, rest) = rest.split_at_checked(near).unwrap_or_default();
        let (values, far) = rest.split_at_checked(2 * near).unwrap_or_default();
        Parts { starts, lows, values: values.as_chunks().0, far: far.as_chunks().0 }
    }

    /// What the character becomes.
    fn get(self, c: char) -> Option<char> {
        let Parts { starts, lows, values, far } = self.parts();
        let code = u32::from(c);
        let block = (code >> 8) as usize;
        if (FIRST..=LAST).contains(&block) {
            let &[start, end] = starts.get(block - FIRST..)?.first_chunk()?;
            let [start, end] = [start, end].map(|at| usize::from(u16::from_le_bytes(at)));
            let at = start + lows.get(start..end)?.binary_search(&(code as u8)).ok()?;
            let value = u16::from_le_bytes(*values.get(at)?);
            if value != 0 {
                return char::from_u32(value.into());
            }
        }
        let at = far.binary_search_by_key(&code, |pair| far_pair(pair).0).ok()?;
        char::from_u32(far_pair(far.get(at)?).1)
    }

    /// Tells `sink` every key that fits a table, and its value, 0 if that does not fit.
    pub(super) fn near(self, mut sink: impl FnMut(u16, u16)) {
        let Parts { starts, lows, values, .. } = self.parts();
        let mut values = values.iter();
        let bounds = starts.iter().zip(starts.iter().skip(1));
        for (block, (start, end)) in (FIRST as u16..).zip(bounds) {
            let [start, end] = [*start, *end].map(|at| usize::from(u16::from_le_bytes(at)));
            for (low, value) in lows.get(start..end).unwrap_or_default().iter().zip(&mut values) {
                sink(block << 8 | u16::from(*low), u16::from_le_bytes(*value));
            }
        }
    }
}

fn far_pair(&[a, b, c, d, e, f]: &[u8; 6]) -> (u32, u32) {
    (u32::from_le_bytes([a, b, c, 0]), u32::from_le_bytes([d, e, f, 0]))
}

/// What each character becomes in a stage.
#[derive(Clone, Copy, Debug)]
pub(super) struct CharMap {
    pub(super) list: List,
    /// Has the last word, if any. With one, what lies outside the Basic Multilingual
    /// Plane is left out: few fonts have it.
    pub(super) overlay: Option<List>,
    /// What becomes several characters: lines of a key and what it becomes.
    pub(super) longer: &'static str,
}

impl CharMap {
    /// What the character becomes, if the map has it.
    pub(super) fn get(&self, c: char) -> Option<Image> {
        if let Some(to) = self.overlay.and_then(|overlay| overlay.get(c)) {
            return Some(Image::One(to));
        }
        if let Some(to) = self.list.get(c).filter(|to| self.is_wanted(*to)) {
            return Some(Image::One(to));
        }
        let mut longer = self.longer.lines().filter_map(|line| line.strip_prefix(c));
        longer.next().map(|to| Image::More(Cow::Borrowed(to)))
    }

    fn is_wanted(&self, to: char) -> bool {
        self.overlay.is_none() || short(to).is_some()
    }

    /// What the stage makes of what the one before made.
    pub(super) fn after(&self, image: Image) -> Image {
        match image {
            Image::One(c) => self.get(c).unwrap_or(image),
            Image::More(text) => {
                let mut to = String::new();
                for c in text.chars() {
                    to.push_str(self.get(c).unwrap_or(Image::One(c)).text(&mut [0; 4]));
                }
                Image::More(Cow::Owned(to))
            }
        }
    }

    /// Writes what fits into a table, and [`WIDE`] for the rest.
    pub(super) fn fill(&self, table: &mut Table) {
        self.list.near(|from, to| match to {
            0 if self.overlay.is_some() => {}
            0 => set(table, from, WIDE),
            to => set(table, from, from ^ to),
        });
        if let Some(overlay) = self.overlay {
            overlay.near(|from, to| set(table, from, from ^ to));
        }
        for from in self.longer.lines().filter_map(|line| line.chars().next()).filter_map(short) {
            set(table, from, WIDE);
        }
    }

    /// Tells `sink` every character that the map has and that fits a table, an overlay's
    /// left out.
    pub(super) fn keys(&self, mut sink: impl FnMut(char)) {
        self.list.near(|from, _| char::from_u32(from.into()).into_iter().for_each(&mut sink));
        self.longer.lines().filter_map(|line| line.chars().next()).for_each(sink);
    }
}

/// Puts a value into a table.
pub(super) fn set(table: &mut Table, code: u16, value: u16) {
    if let Some(slot) = table.get_mut(usize::from(code)) {
        *slot = value;
    }
}

/// What becomes of a character.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Image {
    One(char),
    More(Cow<'static, str>),
}

impl Image {
    /// The text; `room` is for one character.
    pub(super) fn text<'s>(&'s self, room: &'s mut [u8; 4]) -> &'s str {
        match self {
            Image::One(c) => c.encode_utf8(room),
            Image::More(text) => text,
        }
    }
}

/// Whether the character lies in a block of CJK compatibility ideographs.
fn is_compatibility(c: char) -> bool {
    matches!(c, '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}')
}

/// The compatibility ideographs that may stand in a table.
pub(super) const COMPATIBILITY: std::ops::RangeInclusive<u16> = 0xF900..=0xFAFF;

/// The unified ideograph that a compatibility ideograph stands for, which OpenCC puts in
/// its place before all else. Its list is Unicode's decompositions: the generator checks it.
pub(super) fn unified(c: char) -> Option<char> {
    let mut to = c;
    if is_compatibility(c) {
        decompose_canonical(c, |part| to = part);
    }
    (to != c).then_some(to)
}
