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
    /// What does not fit the table, sorted.
    wide: Vec<(char, char)>,
    /// What becomes several characters, sorted.
    longer: Vec<(char, Cow<'static, str>)>,
}

impl CharMap {
    /// The map of a generated list, with compatibility ideographs (the list `norm`)
    /// treated as the unified ones they stand for. An overlay has the last word, and
    /// with one, what lies outside the Basic Multilingual Plane is left out: few fonts
    /// have it.
    pub(super) fn new(
        list: &'static str,
        overlay: Option<&'static str>,
        norm: &'static str,
    ) -> Self {
        let mut map = CharMap { table: zeroed(), wide: Vec::new(), longer: Vec::new() };
        let (pairs, longer) = split(list);
        for (from, to) in pairs {
            if overlay.is_none() || u32::from(to) <= 0xFFFF {
                map.set(from, to);
            }
        }
        for (from, to) in longer {
            map.set_longer(from, Cow::Borrowed(to));
        }
        for (from, to) in overlay.into_iter().flat_map(|list| split(list).0) {
            map.set(from, to);
        }
        map.after(split(norm).0)
    }

    /// The map that does what `first` does to a character, and then what this does.
    fn after(mut self, first: impl Iterator<Item = (char, char)>) -> Self {
        let images: Vec<(char, Image)> =
            first.map(|(from, middle)| (from, self.image(middle))).collect();
        for (from, image) in images {
            match image {
                Image::One(to) => self.set(from, to),
                Image::More(to) => self.set_longer(from, to),
            }
        }
        self
    }

    /// The same for a `first` that may make several characters of one; `keys` are
    /// the characters that it changes.
    pub(super) fn chained(&self, keys: impl Iterator<Item = char>, first: &CharMap) -> Self {
        let mut map = self.clone();
        for key in keys {
            let mut to = String::new();
            first.emit(key, &mut |_, middle| {
                middle.chars().for_each(|c| self.emit(c, &mut |_, piece| to.push_str(piece)));
            });
            map.set_text(key, to);
        }
        map
    }

    fn set_text(&mut self, from: char, to: String) {
        let mut chars = to.chars();
        match (chars.next(), chars.next()) {
            (Some(single), None) => self.set(from, single),
            _ => self.set_longer(from, Cow::Owned(to)),
        }
    }

    fn set(&mut self, from: char, to: char) {
        self.longer.retain(|(key, _)| *key != from);
        match (short(from), short(to)) {
            (Some(from), Some(to)) => self.set_value(from, from ^ to),
            (code, _) => {
                code.into_iter().for_each(|code| self.set_value(code, WIDE));
                put(&mut self.wide, from, to);
            }
        }
    }

    fn set_longer(&mut self, from: char, to: Cow<'static, str>) {
        short(from).into_iter().for_each(|code| self.set_value(code, WIDE));
        put(&mut self.longer, from, to);
    }

    fn set_value(&mut self, code: u16, value: u16) {
        if let Some(slot) = self.table.get_mut(usize::from(code)) {
            *slot = value;
        }
    }

    /// The table with the triggers marked.
    pub(super) fn marked(&self, triggers: &str) -> Table {
        let mut table = zeroed();
        // Page by page, so that what is zero takes no memory here either.
        for (to, from) in table.chunks_mut(PAGE).zip(self.table.chunks(PAGE)) {
            if from.iter().any(|value| *value != 0) {
                to.copy_from_slice(from);
            }
        }
        for code in triggers.chars().filter_map(short) {
            if let Some(slot) = table.get_mut(usize::from(code)) {
                *slot = TRIGGER;
            }
        }
        table
    }

    /// What the character becomes, if it does not stay; `to` is room for it.
    pub(super) fn get<'s>(&'s self, c: char, to: &'s mut [u8; 4]) -> Option<&'s str> {
        self.one(c).map(|c| &*c.encode_utf8(to)).or_else(|| self.several(c).map(|to| &**to))
    }

    /// The one character that a character becomes.
    fn one(&self, c: char) -> Option<char> {
        let code = short(c).unwrap_or_default();
        match self.table.get(usize::from(code)).copied().unwrap_or_default() {
            0 if code != 0 => None,
            value if code != 0 && value < WIDE => char::from_u32(u32::from(code ^ value)),
            _ => {
                let at = self.wide.binary_search_by_key(&c, |(key, _)| *key).ok()?;
                self.wide.get(at).map(|(_, to)| *to)
            }
        }
    }

    /// The characters that a character becomes.
    fn several(&self, c: char) -> Option<&Cow<'static, str>> {
        let at = self.longer.binary_search_by_key(&c, |(key, _)| *key).ok()?;
        self.longer.get(at).map(|(_, to)| to)
    }

    fn image(&self, c: char) -> Image {
        match self.several(c) {
            Some(to) => Image::More(to.clone()),
            None => Image::One(self.one(c).unwrap_or(c)),
        }
    }

    /// Tells `sink` the length of the character and what it becomes.
    pub(super) fn emit(&self, c: char, sink: &mut dyn FnMut(usize, &str)) {
        let mut same = [0; 4];
        let same = c.encode_utf8(&mut same);
        sink(c.len_utf8(), self.get(c, &mut [0; 4]).unwrap_or(same));
    }
}

/// Puts an entry into a sorted list, most often at its end.
fn put<V>(list: &mut Vec<(char, V)>, key: char, value: V) {
    match list.last() {
        Some((last, _)) if *last >= key => match list.binary_search_by_key(&key, |(key, _)| *key) {
            Ok(at) => {
                if let Some(entry) = list.get_mut(at) {
                    entry.1 = value;
                }
            }
            Err(at) => list.insert(at, (key, value)),
        },
        _ => list.push((key, value)),
    }
}

/// What becomes of a character.
enum Image {
    One(char),
    More(Cow<'static, str>),
}

/// The keys of a generated list.
pub(super) fn keys(list: &'static str) -> impl Iterator<Item = char> {
    let (pairs, longer) = split(list);
    pairs.map(|(key, _)| key).chain(longer.map(|(key, _)| key))
}

/// Values in a page of memory.
const PAGE: usize = 2048;

/// All zero, from pages that take no memory until written.
fn zeroed() -> Table {
    vec![0; 0x1_0000].into_boxed_slice().try_into().unwrap_or_else(|_| Box::new([0; 0x1_0000]))
}

/// The code of a character that UTF-8 writes in three bytes.
fn short(c: char) -> Option<u16> {
    u16::try_from(u32::from(c)).ok().filter(|code| *code >= 0x800)
}

/// A generated list: pairs of key and value, and then lines with longer values.
pub(super) fn split(
    list: &'static str,
) -> (impl Iterator<Item = (char, char)>, impl Iterator<Item = (char, &'static str)>) {
    let (pairs, longer) = list.split_once('\n').unwrap_or((list, ""));
    let mut chars = pairs.chars();
    let pairs = std::iter::from_fn(move || Some((chars.next()?, chars.next()?)));
    let longer = longer.lines().filter_map(|line| {
        let key = line.chars().next()?;
        Some((key, line.get(key.len_utf8()..)?))
    });
    (pairs, longer)
}
