//! Characters to characters, one table look-up each.

use std::collections::BTreeMap;

/// Table value: the character begins or ends nothing ordinary, look for phrases.
pub(super) const TRIGGER: u16 = 0xFFFF;
/// Table value: what the character becomes does not fit the table.
pub(super) const WIDE: u16 = 0xFFFE;

/// What each character becomes.
///
/// `bmp` holds, for a character that UTF-8 writes in three bytes, its code XOR the
/// code it becomes, which is 0 where it stays. XOR goes through UTF-8: the bytes
/// change by the same bits. [`TRIGGER`] and [`WIDE`] are no such differences of
/// Han characters.
pub(super) struct CharMap {
    pub(super) bmp: Box<[u16; 0x1_0000]>,
    wide: Vec<(char, Box<str>)>,
    wide_triggers: Vec<char>,
}

impl CharMap {
    /// A map from what each listed character becomes.
    pub(super) fn new(entries: impl Iterator<Item = (char, String)>) -> Self {
        let mut map = CharMap { bmp: zeroed(), wide: Vec::new(), wide_triggers: Vec::new() };
        for (from, to) in entries {
            match (short(from), single(&to).and_then(short)) {
                (Some(from), Some(to)) => map.set(from, from ^ to),
                (key, _) => {
                    key.into_iter().for_each(|key| map.set(key, WIDE));
                    map.wide.push((from, to.into()));
                }
            }
        }
        map.wide.sort_unstable();
        map
    }

    fn set(&mut self, code: u16, value: u16) {
        if let Some(slot) = self.bmp.get_mut(usize::from(code)) {
            *slot = value;
        }
    }

    /// Marks characters at which phrases have to be looked for. A map so marked
    /// is only good for finding them.
    pub(super) fn mark(&mut self, triggers: &str) {
        for c in triggers.chars() {
            match short(c) {
                Some(code) => self.set(code, TRIGGER),
                None => self.wide_triggers.push(c),
            }
        }
        self.wide_triggers.sort_unstable();
    }

    /// Whether phrases have to be looked for at this character.
    pub(super) fn is_trigger(&self, c: char) -> bool {
        match short(c) {
            Some(code) => self.value(code) == TRIGGER,
            None => self.wide_triggers.binary_search(&c).is_ok(),
        }
    }

    fn value(&self, code: u16) -> u16 {
        self.bmp.get(usize::from(code)).copied().unwrap_or_default()
    }

    /// What the character becomes, if it does not stay; `to` is room for it.
    pub(super) fn get<'s>(&'s self, c: char, to: &'s mut [u8; 4]) -> Option<&'s str> {
        match short(c).map(|code| (code, self.value(code))) {
            Some((_, 0)) => None,
            Some((code, value)) if value < WIDE => {
                char::from_u32(u32::from(code ^ value)).map(|c| &*c.encode_utf8(to))
            }
            _ => self.wide(c),
        }
    }

    /// Tells `sink` the length of the character and what it becomes.
    pub(super) fn emit(&self, c: char, sink: &mut (impl FnMut(usize, &str) + ?Sized)) {
        let mut same = [0; 4];
        let same = c.encode_utf8(&mut same);
        sink(c.len_utf8(), self.get(c, &mut [0; 4]).unwrap_or(same));
    }

    fn wide(&self, c: char) -> Option<&str> {
        let at = self.wide.binary_search_by_key(&c, |(key, _)| *key).ok()?;
        self.wide.get(at).map(|(_, value)| &**value)
    }
}

/// All zero, from pages that take no memory until written.
fn zeroed() -> Box<[u16; 0x1_0000]> {
    vec![0; 0x1_0000].into_boxed_slice().try_into().unwrap_or_else(|_| Box::new([0; 0x1_0000]))
}

/// The code of a character that UTF-8 writes in three bytes.
fn short(c: char) -> Option<u16> {
    u16::try_from(u32::from(c)).ok().filter(|code| *code >= 0x800)
}

/// The character of a text that is one.
fn single(text: &str) -> Option<char> {
    let mut chars = text.chars();
    chars.next().filter(|_| chars.next().is_none())
}

/// Reads a generated list: pairs of key and value, then lines with longer values.
pub(super) fn entries(list: &'static str) -> impl Iterator<Item = (char, &'static str)> {
    let (pairs, longer) = list.split_once('\n').unwrap_or((list, ""));
    let mut chars = pairs.char_indices();
    let pairs = std::iter::from_fn(move || {
        let (_, key) = chars.next()?;
        let (at, value) = chars.next()?;
        Some((key, pairs.get(at..at + value.len_utf8())?))
    });
    let longer = longer.lines().filter_map(|line| {
        let key = line.chars().next()?;
        Some((key, line.get(key.len_utf8()..)?))
    });
    pairs.chain(longer)
}

/// The map of a chain of lists: what a character becomes in all of them.
pub(super) fn chain(lists: &[&BTreeMap<char, &'static str>]) -> CharMap {
    let keys = lists.iter().flat_map(|list| list.keys().copied());
    CharMap::new(keys.collect::<std::collections::BTreeSet<_>>().into_iter().map(|key| {
        let mut text = String::from(key);
        for list in lists {
            text = text.chars().fold(String::new(), |mut to, c| {
                match list.get(&c) {
                    Some(value) => to.push_str(value),
                    None => to.push(c),
                }
                to
            });
        }
        (key, text)
    }))
}
