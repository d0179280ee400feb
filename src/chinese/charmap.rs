//! Characters to characters, one table look-up each.

use std::borrow::Cow;

/// Table value: what the character becomes does not fit the table.
pub(super) const WIDE: u16 = 0xFFFE;
/// Table value: phrases have to be looked for at the character.
pub(super) const TRIGGER: u16 = 0xFFFF;

/// A value for each character that UTF-8 writes in three bytes, by its code.
pub(super) type Table = Box<[u16; 0x1_0000]>;

/// What each character becomes.
#[derive(Clone)]
pub(super) struct CharMap {
    /// The code of a character XOR the code it becomes: 0 where it stays. XOR goes
    /// through UTF-8: the bytes change by the same bits. No two Han characters
    /// differ by [`WIDE`] or [`TRIGGER`].
    table: Table,
    /// What does not fit, sorted.
    wide: Vec<(char, Cow<'static, str>)>,
}

impl CharMap {
    /// The map of a generated list: pairs of key and value, then lines with longer values.
    pub(super) fn new(list: &'static str, overlay: Option<&'static str>) -> Self {
        let mut map = CharMap { table: zeroed(), wide: Vec::new() };
        for (from, to) in entries(list) {
            // A list with an overlay leaves out what few fonts have.
            if overlay.is_none() || to.chars().all(|c| u32::from(c) <= 0xFFFF) {
                map.set(from, Cow::Borrowed(to));
            }
        }
        for (from, to) in overlay.into_iter().flat_map(entries) {
            map.set(from, Cow::Borrowed(to));
        }
        map
    }

    /// The map that does what `first`, then `second` do; `keys` are the characters
    /// that `first` changes.
    pub(super) fn chain(
        first: &CharMap,
        keys: impl Iterator<Item = char>,
        second: &CharMap,
    ) -> CharMap {
        let mut map = second.clone();
        for key in keys {
            let mut to = String::new();
            let middle = first.get(key, &mut [0; 4]).map_or(String::from(key), str::to_owned);
            middle.chars().for_each(|c| second.emit(c, &mut |_, piece| to.push_str(piece)));
            map.set(key, Cow::Owned(to));
        }
        map
    }

    fn set(&mut self, from: char, to: Cow<'static, str>) {
        let mut chars = to.chars();
        let single = chars.next().filter(|_| chars.next().is_none());
        let value = match (short(from), single.and_then(short)) {
            (Some(from), Some(to)) => from ^ to,
            _ => WIDE,
        };
        if let Some(slot) = short(from).and_then(|code| self.table.get_mut(usize::from(code))) {
            *slot = value;
        }
        if value == WIDE {
            match self.wide.binary_search_by_key(&from, |(key, _)| *key) {
                Ok(at) => self.wide.get_mut(at).into_iter().for_each(|entry| entry.1 = to.clone()),
                Err(at) => self.wide.insert(at, (from, to)),
            }
        }
    }

    /// The table with the triggers marked.
    pub(super) fn marked(&self, triggers: &str) -> Table {
        let mut table = self.table.clone();
        for code in triggers.chars().filter_map(short) {
            if let Some(slot) = table.get_mut(usize::from(code)) {
                *slot = TRIGGER;
            }
        }
        table
    }

    /// What the character becomes, if it does not stay; `to` is room for it.
    pub(super) fn get<'s>(&'s self, c: char, to: &'s mut [u8; 4]) -> Option<&'s str> {
        let code = short(c);
        match code.and_then(|code| self.table.get(usize::from(code))) {
            Some(0) => None,
            Some(value) if *value < WIDE => {
                char::from_u32(u32::from(code.unwrap_or_default() ^ value))
                    .map(|c| &*c.encode_utf8(to))
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
fn zeroed() -> Table {
    vec![0; 0x1_0000].into_boxed_slice().try_into().unwrap_or_else(|_| Box::new([0; 0x1_0000]))
}

/// The code of a character that UTF-8 writes in three bytes.
fn short(c: char) -> Option<u16> {
    u16::try_from(u32::from(c)).ok().filter(|code| *code >= 0x800)
}

/// The keys and values of a generated list.
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
