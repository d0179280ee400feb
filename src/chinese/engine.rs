//! One configuration at work: characters by table, phrases by exact search.
//!
//! Text in, converted text or its pieces out. The method, and why its result is
//! that of OpenCC's own algorithm, is told in the documentation of the parent module.

use super::charmap::{self, CharMap, Image, TRIGGER, Table, WIDE, set, short, unified, zeroed};
use super::output::Output;
use super::phrases::{Pairs, Phrases};
use std::borrow::Cow;
use std::cell::Cell;
use std::ops::Range;

/// A stage as generated: characters and phrases.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stage {
    pub(super) chars: CharMap,
    pub(super) phrases: Phrases,
    /// Phrases laid over these, if any.
    pub(super) overlay: Option<Phrases>,
}

/// A configuration as generated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Data {
    pub(super) first: Stage,
    pub(super) second: Option<Stage>,
    /// Phrases that later stages do not look across.
    pub(super) segmentation: Option<Phrases>,
    /// One of these stands in each occurrence of a phrase that says something else
    /// than its characters do.
    pub(super) triggers: &'static str,
    /// Pairs with a trigger inside such a phrase.
    pub(super) hot: Pairs,
    /// Pairs inside any phrase.
    pub(super) sticky: Pairs,
    /// Decides a character that no phrase decides, by what stands before and after.
    pub(super) by_use: Option<ByUse>,
}

/// Text before, character, text after: what the character becomes, if the rule knows it.
pub(super) type ByUse = fn(&str, char, &str) -> Option<&'static str>;

/// Takes the bytes of a place in the source, and what they become.
type Sink<'s> = &'s mut dyn FnMut(Range<usize>, &str);

/// A configuration ready to convert.
pub(super) struct Engine {
    /// The table of all stages on one character, with the triggers marked.
    fast: Table,
    /// All else is read where it is.
    data: &'static Data,
}

impl Engine {
    pub(super) fn new(data: &'static Data) -> Self {
        let mut fast = zeroed();
        match &data.second {
            None => data.first.chars.fill(&mut fast),
            Some(second) => {
                second.chars.fill(&mut fast);
                data.first.chars.keys(|key| {
                    let Some(from) = short(key) else { return };
                    let value = match alone(data, key) {
                        None => 0,
                        Some(Image::One(to)) => short(to).map_or(WIDE, |to| from ^ to),
                        Some(Image::More(_)) => WIDE,
                    };
                    set(&mut fast, from, value);
                });
            }
        }
        charmap::COMPATIBILITY.for_each(|code| set(&mut fast, code, WIDE));
        data.triggers.chars().filter_map(short).for_each(|code| set(&mut fast, code, TRIGGER));
        Engine { fast, data }
    }

    /// What all stages make of one character, if it does not stay.
    fn alone(&self, c: char) -> Option<Image> {
        let code = short(c).unwrap_or_default();
        match self.fast.get(usize::from(code)).copied().unwrap_or_default() {
            0 if code != 0 => None,
            value if code != 0 && value < WIDE => {
                char::from_u32(u32::from(code ^ value)).map(Image::One)
            }
            _ => alone(self.data, c),
        }
    }

    /// Converts a text; borrowed where nothing changes.
    pub(super) fn convert<'t>(&self, text: &'t str) -> Cow<'t, str> {
        let bytes = text.as_bytes();
        let Some(mut at) = self.first_event(bytes) else { return Cow::Borrowed(text) };
        let mut out = Output::new(text, at);
        // Where the last island ended: no island begins before.
        let mut done = 0;
        // Where the last character ended that may have changed its length.
        let mut odd = 0;
        while at < bytes.len() {
            let (source, room) = (bytes.get(at..).unwrap_or_default(), out.room());
            let n = run(&self.fast, source, room);
            let full = room.len() < n + 4;
            out.advance(n);
            at += n;
            if full || at >= bytes.len() {
                continue;
            }
            let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
            if self.needs_phrases(text, at, c) {
                let island = self.island(text, done, at, c);
                let before = text.get(island.start..at).unwrap_or_default();
                out.rewind(if island.start < odd { self.written(before) } else { before.len() });
                self.pieces(text, island.clone(), &mut |_, piece| out.push(piece));
                at = island.end;
                done = at;
            } else {
                let image = self.alone(c).unwrap_or(Image::One(c));
                let mut room = [0; 4];
                let to = image.text(&mut room);
                out.push(to);
                at += c.len_utf8();
                if to.len() != c.len_utf8() {
                    odd = at;
                }
            }
        }
        let out = out.finish();
        if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
    }

    /// Whether any character of the text changes, or may: one look-up each.
    pub(super) fn may_change(&self, text: &str) -> bool {
        self.first_event(text.as_bytes()).is_some()
    }

    /// Bytes that characters become that no phrase changes.
    fn written(&self, text: &str) -> usize {
        let to = text.chars().map(|c| self.alone(c).unwrap_or(Image::One(c)));
        to.map(|image| image.text(&mut [0; 4]).len()).sum()
    }

    /// Calls `sink` for each place that changes, in order, with its source bytes
    /// and what they become.
    pub(super) fn changes(&self, text: &str, sink: Sink<'_>) {
        let (mut at, mut done) = (0, 0);
        // What changed by itself; an island may yet reach back over it.
        let mut lone: Vec<(usize, char)> = Vec::new();
        while let Some((next, c)) = self.next_event(text, at) {
            at = next + c.len_utf8();
            if !self.needs_phrases(text, next, c) {
                lone.push((next, c));
                continue;
            }
            let island = self.island(text, done, next, c);
            self.lone(lone.drain(..).take_while(|(at, _)| *at < island.start), sink);
            at = island.end;
            done = at;
            self.pieces(text, island, &mut |range, piece| {
                if text.get(range.clone()) != Some(piece) {
                    sink(range, piece);
                }
            });
        }
        self.lone(lone.into_iter(), sink);
    }

    /// Changes of characters by themselves.
    fn lone(&self, events: impl Iterator<Item = (usize, char)>, sink: Sink<'_>) {
        for (at, c) in events {
            if let Some(to) = self.alone(c) {
                sink(at..at + c.len_utf8(), to.text(&mut [0; 4]));
            }
        }
    }

    /// The first character from `at` on that changes, or may.
    fn next_event(&self, text: &str, at: usize) -> Option<(usize, char)> {
        let next = at + self.first_event(text.as_bytes().get(at..)?)?;
        Some((next, text.get(next..)?.chars().next()?))
    }

    /// Offset of the first character that changes, or may.
    fn first_event(&self, bytes: &[u8]) -> Option<usize> {
        let mut rest = bytes;
        loop {
            if let Some((&[a, b, c], tail)) = rest.split_first_chunk::<3>()
                && a >= 0xE0
            {
                if a >= 0xF0 || self.fast.get(usize::from(code(a, b, c))) != Some(&0) {
                    return Some(bytes.len() - rest.len());
                }
                rest = tail;
            } else if let Some((eight, tail)) = rest.split_first_chunk::<8>()
                && eight.is_ascii()
            {
                rest = tail;
            } else {
                rest = rest.split_first()?.1;
            }
        }
    }

    fn is_trigger(&self, c: char) -> bool {
        match u16::try_from(u32::from(c)) {
            Ok(code) => self.fast.get(usize::from(code)) == Some(&TRIGGER),
            Err(_) => self.data.triggers.contains(c),
        }
    }

    /// Whether a phrase, or the rule by use, may decide the character `c` at `at`:
    /// it is a trigger, and with a neighbour of its stands in a phrase that counts.
    fn needs_phrases(&self, text: &str, at: usize, c: char) -> bool {
        if !self.is_trigger(c) {
            return false;
        }
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + c.len_utf8()..).and_then(|text| text.chars().next());
        self.data.by_use.is_some()
            || before.is_some_and(|before| self.data.hot.may_contain(before, c))
            || after.is_some_and(|after| self.data.hot.may_contain(c, after))
    }

    /// The stretch around the trigger `c` at `at` that no phrase reaches out of:
    /// each pair inside may stand in a phrase, the pairs at its ends do not.
    fn island(&self, text: &str, done: usize, at: usize, c: char) -> Range<usize> {
        let (mut start, mut end) = (at, at + c.len_utf8());
        let mut next = c;
        for before in text.get(done..at).unwrap_or_default().chars().rev() {
            if !self.data.sticky.may_contain(before, next) {
                break;
            }
            start -= before.len_utf8();
            next = before;
        }
        let mut last = c;
        for after in text.get(end..).unwrap_or_default().chars() {
            if !self.data.sticky.may_contain(last, after) {
                break;
            }
            end += after.len_utf8();
            last = after;
        }
        start..end
    }

    /// Converts an island by OpenCC's algorithm, piece by piece in order; the
    /// pieces' ranges are of `text` and cover the island.
    fn pieces(&self, text: &str, island: Range<usize>, sink: Sink<'_>) {
        let Some(inside) = text.get(island.clone()) else { return };
        let compatibility = inside.chars().any(|c| unified(c).is_some());
        if self.data.second.is_none() && !compatibility {
            let mut start = island.start;
            let by_use = |length: usize| self.ruled(text, island.start + length);
            let alone = |c| self.alone(c);
            self.data.first.tokens(inside, &by_use, &alone, &mut |length, piece| {
                sink(start..start + length, piece);
                start += length;
            });
            return;
        }
        let normal = Aligned::new(inside).then(|part, sink| {
            for c in part.chars() {
                let to = unified(c).unwrap_or(c);
                sink(c.len_utf8(), to.encode_utf8(&mut [0; 4]));
            }
        });
        let mut start = 0;
        for end in self.segments(&normal.text) {
            let mut aligned = normal.part(start..end);
            for stage in std::iter::once(&self.data.first).chain(&self.data.second) {
                aligned = aligned.then(|part, sink| {
                    // The rule is for one stage: character for character, its text
                    // is the source, where the neighbours outside the island are.
                    let asked = Cell::new((0, 0));
                    let by_use = |at| {
                        self.data.by_use?;
                        // On from the last place that it was asked about, in both texts.
                        let (from, source) = asked.get();
                        let passed = part.get(from..at)?.chars().count();
                        let (more, _) = inside.get(source..)?.char_indices().nth(passed)?;
                        asked.set((at, source + more));
                        self.ruled(text, island.start + source + more)
                    };
                    stage.tokens(part, &by_use, &|c| stage.chars.get(c), sink);
                });
            }
            aligned.pieces(|source, piece| {
                sink(island.start + source.start..island.start + source.end, piece);
            });
            start = end;
        }
    }

    /// What the rule by use says of the character at `at`.
    fn ruled(&self, text: &str, at: usize) -> Option<&'static str> {
        let rule = self.data.by_use?;
        let (before, rest) = text.split_at_checked(at)?;
        let mut rest = rest.chars();
        let c = rest.next()?;
        rule(before, unified(c).unwrap_or(c), rest.as_str())
    }

    /// Ends of the segments: each phrase is one, and so is what lies between.
    fn segments(&self, text: &str) -> Vec<usize> {
        let mut ends = Vec::new();
        let Some(phrases) = self.data.segmentation else { return vec![text.len()] };
        let mut at = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            match text.get(at..).and_then(|rest| phrases.longest(rest)) {
                Some((length, _)) => {
                    ends.extend([at, at + length]);
                    at += length;
                }
                None => at += c.len_utf8(),
            }
        }
        ends.push(text.len());
        ends.dedup();
        ends
    }
}

impl Stage {
    /// The longest phrase that `text` begins with, see [`Phrases::longest`].
    fn longest(&self, text: &str) -> Option<(usize, &'static str)> {
        let plain = self.phrases.longest(text);
        let over = self.overlay.and_then(|overlay| overlay.longest(text));
        match (plain, over) {
            (Some(plain), Some(over)) if plain.0 > over.0 => Some(plain),
            _ => over.or(plain),
        }
    }

    /// OpenCC's conversion: from left to right, the longest phrase or else one
    /// character. `sink` gets the length of each token and what it becomes; `lone`
    /// is asked first about a character that no phrase takes, then `chars`.
    fn tokens(
        &self,
        text: &str,
        lone: &dyn Fn(usize) -> Option<&'static str>,
        chars: &dyn Fn(char) -> Option<Image>,
        sink: &mut dyn FnMut(usize, &str),
    ) {
        let emit = |c: char, sink: &mut dyn FnMut(usize, &str)| {
            let image = chars(c).unwrap_or(Image::One(c));
            sink(c.len_utf8(), image.text(&mut [0; 4]));
        };
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let mut length = c.len_utf8();
            match self.longest(rest) {
                Some((phrase, "")) => {
                    length = phrase;
                    let inside = rest.get(..phrase).unwrap_or_default();
                    inside.chars().for_each(|c| emit(c, sink));
                }
                Some((phrase, to)) => {
                    length = phrase;
                    sink(phrase, to);
                }
                None => match lone(text.len() - rest.len()) {
                    Some(to) => sink(length, to),
                    None => emit(c, sink),
                },
            }
            rest = rest.get(length..).unwrap_or_default();
        }
    }
}

/// Whether a character changes that no phrase decides.
pub(super) fn changes_alone(data: &Data, c: char) -> bool {
    !data.triggers.contains(c) && alone(data, c).is_some()
}

/// What all stages make of one character, if it does not stay.
pub(super) fn alone(data: &Data, c: char) -> Option<Image> {
    let unified = unified(c).unwrap_or(c);
    let mut image = data.first.chars.get(unified).unwrap_or(Image::One(unified));
    if let Some(second) = &data.second {
        image = second.chars.after(image);
    }
    (image != Image::One(c)).then_some(image)
}

/// A text with the places where it can be told what source a part of it has.
struct Aligned {
    text: String,
    /// Where it begins in the source.
    start: usize,
    /// Ascending ends of parts: in the source, in the text.
    ends: Vec<(usize, usize)>,
}

impl Aligned {
    /// A text that is its own source.
    fn new(text: &str) -> Self {
        let ends = text.char_indices().map(|(at, c)| at + c.len_utf8());
        Aligned { text: text.to_owned(), start: 0, ends: ends.map(|end| (end, end)).collect() }
    }

    /// The part `range` of the text, both ends of it being ends of parts.
    fn part(&self, range: Range<usize>) -> Self {
        let up_to = |place: usize| self.ends.partition_point(|&(_, end)| end <= place);
        let (from, to) = (up_to(range.start), up_to(range.end));
        let before = from.checked_sub(1).and_then(|last| self.ends.get(last));
        let ends = self.ends.get(from..to).unwrap_or_default().iter();
        Aligned {
            start: before.map_or(0, |(source, _)| *source),
            ends: ends.map(|(source, end)| (*source, end - range.start)).collect(),
            text: self.text.get(range.clone()).unwrap_or_default().to_owned(),
        }
    }

    /// Puts the text through a stage, which tells length and output of each token.
    fn then(self, stage: impl FnOnce(&str, &mut dyn FnMut(usize, &str))) -> Self {
        let mut out = Aligned { text: String::new(), start: self.start, ends: Vec::new() };
        let mut before = self.ends.iter().peekable();
        let mut middle = 0;
        stage(&self.text, &mut |length, piece| {
            middle += length;
            out.text.push_str(piece);
            while before.next_if(|(_, end)| *end < middle).is_some() {}
            if let Some((source, _)) = before.next_if(|(_, end)| *end == middle) {
                out.ends.push((*source, out.text.len()));
            }
        });
        out
    }

    /// Each part with its source.
    fn pieces(&self, mut sink: impl FnMut(Range<usize>, &str)) {
        let (mut start, mut from) = (self.start, 0);
        for &(source, end) in &self.ends {
            sink(start..source, self.text.get(from..end).unwrap_or_default());
            (start, from) = (source, end);
        }
    }
}

/// Code of the character that UTF-8 writes as these bytes.
fn code(a: u8, b: u8, c: u8) -> u16 {
    u16::from(a) << 12 | u16::from(b & 0x3F) << 6 | u16::from(c & 0x3F)
}

/// Converts characters from `source` into `room`, whose first bytes then hold the
/// result, as long as each is in the table and keeps its length. Returns the number
/// of bytes; the next character needs other treatment, or more room.
fn run(table: &[u16; 0x1_0000], source: &[u8], room: &mut [u8]) -> usize {
    let length = source.len().min(room.len());
    let (Some(source), Some(room)) = (source.get(..length), room.get_mut(..length)) else {
        return 0;
    };
    let mut n = 0;
    loop {
        // Two characters of three bytes at once, most often.
        while let (Some(from), Some(to)) = (
            source.get(n..n + 8).and_then(|s| s.first_chunk::<8>()),
            room.get_mut(n..n + 8).and_then(|s| s.first_chunk_mut::<8>()),
        ) {
            let bytes = u64::from_le_bytes(*from);
            let (one, two) = (look_up(table, bytes), look_up(table, bytes >> 24));
            if bytes & 0xF000_00F0 != 0xE000_00E0 || one >= WIDE || two >= WIDE {
                break;
            }
            *to = (bytes ^ spread(one) ^ spread(two) << 24).to_le_bytes();
            n += 6;
        }
        let Some(&a) = source.get(n) else { return n };
        if a >= 0xE0 {
            let three = source.get(n..n + 3).and_then(|s| s.first_chunk::<3>());
            let (Some(&[a, b, c]), Some(to)) = (three, room.get_mut(n..n + 3)) else { return n };
            let change = table.get(usize::from(code(a, b, c))).copied().unwrap_or(WIDE);
            if a >= 0xF0 || change >= WIDE {
                return n;
            }
            to.copy_from_slice(&[
                a ^ (change >> 12) as u8,
                b ^ (change >> 6 & 0x3F) as u8,
                c ^ (change & 0x3F) as u8,
            ]);
            n += 3;
            continue;
        }
        let eight = source.get(n..n + 8).and_then(|s| s.first_chunk::<8>());
        let step = match (eight, a) {
            (Some(eight), _) if eight.is_ascii() => 8,
            (_, 0..0x80) => 1,
            _ => 2,
        };
        let (Some(from), Some(to)) = (source.get(n..n + step), room.get_mut(n..n + step)) else {
            return n;
        };
        to.copy_from_slice(from);
        n += step;
    }
}

/// The table's value for the character in the lowest three bytes.
fn look_up(table: &[u16; 0x1_0000], bytes: u64) -> u16 {
    let code = (bytes & 0xF) << 12 | (bytes >> 2 & 0xFC0) | (bytes >> 16 & 0x3F);
    table.get(code as usize).copied().unwrap_or(WIDE)
}

/// A difference of codes as a difference of three bytes, the first one lowest.
fn spread(value: u16) -> u64 {
    let value = u64::from(value);
    value >> 12 | (value & 0xFC0) << 2 | (value & 0x3F) << 16
}

#[cfg(test)]
mod tests {
    use crate::chinese::Config;
    use proptest::prelude::*;

    /// Characters of the generated phrases, so that phrases abound and overlap.
    fn alphabet() -> Vec<char> {
        let lists = [
            include_str!("data/ts.phrases.txt"),
            include_str!("data/smart.phrases.txt"),
            "豈更車賈滑\u{2F800}\u{2F81A}\u{F900}\u{F909}\u{F97F}\u{FA5F}",
            "软件硬盘鼠标打印机网络端口埠D肝出租车计算机服务器头发后干里面只系制复台云说为线裡群羣",
        ];
        lists.concat().chars().filter(|c| !c.is_ascii() || c.is_alphanumeric()).collect()
    }

    proptest! {
        #[test]
        fn islands_give_what_the_whole_text_gives(
            text in prop::collection::vec(prop::sample::select(alphabet()), 0..60),
            // Neighbours in the lists are neighbours in phrases.
            starts in prop::collection::vec(0..alphabet().len(), 0..12),
        ) {
            let alphabet = alphabet();
            let runs = starts.iter().flat_map(|start| alphabet.iter().skip(*start).take(4));
            let text: String = text.iter().chain(runs).collect();
            for config in Config::ALL {
                let engine = config.engine();
                let mut whole = String::new();
                let mut end = 0;
                engine.pieces(&text, 0..text.len(), &mut |range, piece| {
                    assert_eq!(range.start, end);
                    end = range.end;
                    whole.push_str(piece);
                });
                prop_assert_eq!(end, text.len());
                prop_assert_eq!(engine.convert(&text), whole, "{} of {}", config, text);
            }
        }
    }
}
