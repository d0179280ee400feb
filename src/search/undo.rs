//! One layer back: what a text can have been before its last misreading, where
//! no byte was lost.
//!
//! In comes a text, out come readings of it, each by one misreading: all pairs
//! of a charset that has every character of the text and a charset in which the
//! resulting bytes are well-formed. Pairs that make the same bytes, or the same
//! text, are tried once, in the order of their priors.

use super::chain::{
    Misreading, Step, can_be_read, can_be_written, is_private, is_text, is_usual, same_bytes,
};
use super::lattice::is_c1;
use crate::charset::{Charset, Family, charsets_with};
use crate::lines::PIECE;
use crate::model::{BIT, Bits, latin, model};
use std::collections::HashSet;
use std::sync::OnceLock;

/// Single-byte readings that are looked at with the model, and that are kept, of all
/// that are possible.
const LOOKED_AT: usize = 64;
const KEPT: usize = 10;
/// Characters beyond ASCII that the look takes in.
const SAMPLE: usize = 14;

/// How much more letters cost one by one that are not looked at.
const UNLIKELIER: Bits = 100 * BIT;

/// A text before a step.
#[derive(Clone, Debug)]
pub struct Earlier {
    pub text: String,
    pub step: Step,
}

/// The charsets that can stand on either side of a misreading.
pub struct Sides {
    /// Charsets that text may have been read in, the likeliest first.
    read: Vec<Charset>,
    /// The usual ones of them, and the usual ones that text was written in: those that
    /// parts of a text are searched for.
    pub usual_read: Vec<Charset>,
    pub usual_written: Vec<Charset>,
    /// The bits in [`charsets_with`] of those that it may have been read in.
    read_mask: u128,
    /// Those that it may have been written in: of single bytes, with the cost of each, and of
    /// double ones.
    single_byte: Vec<(Charset, [Bits; 256])>,
    /// Where each charset stands among those of single bytes, if it does.
    places: [Option<usize>; Charset::COUNT],
    double_byte: Vec<Charset>,
}

pub fn sides() -> &'static Sides {
    static SIDES: OnceLock<Sides> = OnceLock::new();
    SIDES.get_or_init(|| {
        let cost = |read: Charset| Misreading { written: Charset::UTF_8, read }.prior();
        let mut read: Vec<Charset> = Charset::all().filter(|&c| can_be_read(c)).collect();
        read.sort_by_key(|&c| (cost(c), c.index()));
        let read_mask = read.iter().fold(0, |mask, c| mask | 1 << c.index());
        let written = || {
            read.iter()
                .copied()
                .chain(Charset::all().filter(|&c| can_be_written(c) && !can_be_read(c)))
        };
        let single_byte: Vec<_> = written()
            .filter(|c| c.family() == Family::SingleByte)
            .map(|c| (c, find_byte_costs(c)))
            .collect();
        let places = std::array::from_fn(|index| {
            single_byte.iter().position(|(charset, _)| charset.index() == index)
        });
        // gb18030 reads all that GBK reads.
        let double_byte = written()
            .filter(|&c| {
                c.family() == Family::DoubleByte && ![Charset::GBK, Charset::VNI].contains(&c)
            })
            .collect();
        let usual_read = read.iter().copied().filter(|&c| is_usual(c).1).collect();
        let mut usual_written = vec![Charset::UTF_8, Charset::GB18030];
        let apart = [Charset::GBK, Charset::GB18030, Charset::VNI];
        usual_written.extend(written().filter(|c| is_usual(*c).0 && !apart.contains(c)));
        Sides { read, usual_read, usual_written, read_mask, single_byte, places, double_byte }
    })
}

/// The cost of each byte's character among those of its script; `None` where
/// characters take several bytes.
pub fn byte_costs(charset: Charset) -> Option<&'static [Bits; 256]> {
    let sides = sides();
    let place = sides.places.get(charset.index()).copied().flatten()?;
    sides.single_byte.get(place).map(|(_, costs)| costs)
}

/// What the characters of a text beyond ASCII cost one by one.
pub fn letters_cost(text: &str) -> Bits {
    text.chars().filter(|c| !c.is_ascii()).map(|c| model().anywhere(c)).sum()
}

/// What a byte costs that is no character: more than any text, as long as one is searched.
const UNREAD: Bits = Bits::MAX / PIECE as Bits;

/// The cost of each byte's character, standing anywhere.
fn find_byte_costs(charset: Charset) -> [Bits; 256] {
    std::array::from_fn(|byte| {
        let mut text = String::new();
        match charset.decode_strict(&[byte as u8], &mut text) {
            Ok(()) => {
                text.chars().map(|c| model().anywhere(c).saturating_sub(rarity_of_script(c))).sum()
            }
            Err(_) => UNREAD,
        }
    })
}

/// How much more letters of this script cost, on average, than those of Cyrillic: no
/// script shall look unlikely for having fewer texts.
fn rarity_of_script(c: char) -> Bits {
    match c {
        _ if latin::BLOCKS.iter().any(|block| block.contains(&c)) => 2 * BIT,
        '«' | '»' | '\u{2010}'..='\u{2026}' => 6 * BIT,
        '\u{370}'..='\u{3FF}' | '\u{600}'..='\u{6FF}' => 3 * BIT,
        '\u{5D0}'..='\u{5EA}' | '\u{E00}'..='\u{E7F}' => 4 * BIT,
        _ => 0,
    }
}

/// Readings of a text one layer back.
#[derive(Default)]
pub struct Readings {
    pub all: Vec<Earlier>,
    /// Whether one of them is beyond doubt, so that no others were looked for.
    pub is_certain: bool,
}

/// All readings one layer back. `text` has at least one character beyond ASCII.
pub fn undo(text: &str) -> Readings {
    let sides = sides();
    if text.chars().all(|c| c.is_ascii() || is_private(c)) {
        // Somebody's own characters, not somebody's double-byte text.
        return Readings::default();
    }
    let mut possible = sides.read_mask;
    for c in text.chars().filter(|c| !c.is_ascii()) {
        possible &= charsets_with(c);
        if possible == 0 {
            return Readings::default();
        }
    }
    let mut byte_strings: Vec<(Charset, Vec<u8>)> = Vec::new();
    let mut seen: HashSet<Vec<u8>> = HashSet::new();
    for &read in sides.read.iter().filter(|c| possible >> c.index() & 1 == 1) {
        let mut bytes = Vec::with_capacity(text.len());
        if read.encode(text, &mut bytes).is_ok() && seen.insert(bytes.clone()) {
            byte_strings.push((read, bytes));
        }
    }
    let mut made = Made { text, seen: HashSet::new(), out: Vec::new() };
    let mut sequences = Vec::with_capacity(byte_strings.len());
    for (read, bytes) in &byte_strings {
        let is_utf8 = made.add(Charset::UTF_8, *read, bytes);
        sequences.push(if is_utf8 { sequences_of_utf8(bytes) } else { 0 });
    }
    if sequences.iter().any(|&count| count >= CERTAIN) && made.is_any_plain() {
        return Readings { all: made.out, is_certain: true };
    }
    let letters = letters_cost(text);
    let mut singles: Vec<(Bits, Charset, usize)> = Vec::new();
    for (at, (read, bytes)) in byte_strings.iter().enumerate() {
        if sequences.get(at).is_some_and(|&count| count >= CERTAIN) {
            continue;
        }
        // Text that was read as it was written is damaged by what is lost, and by nothing else.
        let others = sides.double_byte.iter().filter(|&&c| same_bytes(c) != same_bytes(*read));
        for &written in others {
            made.add(written, *read, bytes);
        }
        let mut beyond: Vec<u8> = bytes.iter().copied().filter(|b| !b.is_ascii()).collect();
        beyond.sort_unstable();
        for (written, costs) in sides.single_byte.iter().filter(|(c, _)| c != read) {
            let sum = beyond.chunk_by(|a, b| a == b).fold(0, |sum: Bits, run| {
                let byte = run.first().copied().unwrap_or_default();
                let cost = costs.get(usize::from(byte)).copied().unwrap_or(0);
                sum.saturating_add(cost.saturating_mul(run.len() as Bits))
            });
            // What is by far unlikelier letter by letter is no better as words.
            if sum < UNREAD && sum <= letters.saturating_add(UNLIKELIER) {
                let prior = Misreading { written: *written, read: *read }.prior();
                singles.push((sum + prior, *written, at));
            }
        }
    }
    singles.sort_unstable_by_key(|&(cost, written, at)| (cost, at, written));
    singles.truncate(LOOKED_AT);
    let mut kept: Vec<(Bits, Charset, usize)> = Vec::new();
    for (_, written, at) in singles {
        let Some((read, bytes)) = byte_strings.get(at) else { continue };
        let mut text = String::new();
        if written.decode_strict(sample(bytes), &mut text).is_ok() {
            let prior = Misreading { written, read: *read }.prior();
            // What costs more than the last that is kept need not be known.
            let most = kept.get(KEPT - 1).map_or(Bits::MAX, |&(cost, ..)| cost);
            let cost = model().active_cost_up_to(&text, most.saturating_sub(prior)) + prior;
            let key = (cost, at, written);
            let rank = kept.partition_point(|&(cost, written, at)| (cost, at, written) < key);
            kept.insert(rank, (cost, written, at));
            kept.truncate(KEPT);
        }
    }
    for (_, written, at) in kept {
        if let Some((read, bytes)) = byte_strings.get(at) {
            made.add(written, *read, bytes);
        }
    }
    // Last, for text without such letters is the same in a charset that is usual.
    let western = [Charset::WINDOWS_1252, Charset::ISO_8859_1];
    for (read, bytes) in byte_strings.iter().filter(|(read, _)| western.contains(read)) {
        made.add(Charset::VNI, *read, bytes);
    }
    Readings { all: made.out, is_certain: false }
}

/// The beginning of the bytes, up to some characters beyond ASCII.
fn sample(bytes: &[u8]) -> &[u8] {
    let beyond = bytes.iter().enumerate().filter(|(_, b)| !b.is_ascii());
    let end = beyond.map(|(at, _)| at + 1).nth(SAMPLE).unwrap_or(bytes.len());
    bytes.get(..end).unwrap_or(bytes)
}

/// Sequences of well-formed UTF-8 beside which no other reading of the same bytes is worth
/// trying; and none of any bytes that the text can have been, if they make plain text.
const CERTAIN: usize = 4;

/// How many sequences there are in well-formed UTF-8.
fn sequences_of_utf8(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b >= 0xC0).count()
}

struct Made<'t> {
    text: &'t str,
    seen: HashSet<String>,
    out: Vec<Earlier>,
}

impl Made<'_> {
    /// Whether one of them costs less than half of what the text costs as it stands.
    fn is_any_plain(&self) -> bool {
        let half = model().active_cost(self.text) / 2;
        self.out.iter().any(|undone| model().active_cost_up_to(&undone.text, half) < half)
    }

    /// Adds the bytes read as `written`, if they are well-formed and read as something new.
    fn add(&mut self, written: Charset, read: Charset, bytes: &[u8]) -> bool {
        let mut text = String::with_capacity(bytes.len());
        if written.decode_strict(bytes, &mut text).is_err() {
            return false;
        }
        // C1 controls may be what is left of a layer below; others are no text.
        let odd = |c: char| {
            let below = written == Charset::UTF_8 && is_c1(c);
            let is_ours = written == Charset::UTF_8 || !is_private(c);
            !(is_text(c) && is_ours || below || self.text.contains(c))
        };
        if text.chars().any(odd) {
            return false;
        }
        if text != self.text && self.seen.insert(text.clone()) {
            self.out.push(Earlier { text, step: Misreading { written, read }.into() });
        }
        true
    }
}
