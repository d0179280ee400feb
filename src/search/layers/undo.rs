//! One layer back: what a text can have been before its last misreading, where
//! no byte was lost.
//!
//! In comes a text, out come readings of it, each by one misreading: all pairs
//! of a charset that has every character of the text and a charset in which the
//! resulting bytes are well-formed. Pairs that make the same bytes, or the same
//! text, are tried once, in the order of their priors.

use crate::channel::{Earlier, Misreading, UNREAD, letters_cost, same_bytes, sides};
use crate::charset::{Charset, charsets_with};
use crate::model::{BIT, Bits, model};
use crate::text::characters::{is_c1, is_private, is_text};
use std::collections::HashSet;

/// Single-byte readings that are looked at with the model, and that are kept, of all
/// that are possible.
const LOOKED_AT: usize = 64;
const KEPT: usize = 4;
/// Characters beyond ASCII that the look takes in.
const SAMPLE: usize = 14;

/// How much more letters cost one by one that are not looked at.
const UNLIKELIER: Bits = 100 * BIT;

/// Readings of a text one layer back.
#[derive(Default)]
pub struct OneBack {
    pub all: Vec<Earlier>,
    /// Whether one of them is beyond doubt, so that no others were looked for.
    pub is_certain: bool,
}

/// All readings one layer back. `text` has at least one character beyond ASCII.
pub fn undo(text: &str) -> OneBack {
    if text.chars().all(|c| c.is_ascii() || is_private(c)) {
        // Somebody's own characters, not somebody's double-byte text.
        return OneBack::default();
    }
    let byte_strings = byte_strings(text);
    if byte_strings.is_empty() {
        return OneBack::default();
    }
    let mut made = Made { text, seen: HashSet::new(), out: Vec::new() };
    let mut sequences = Vec::with_capacity(byte_strings.len());
    for (read, bytes) in &byte_strings {
        sequences.push(read.utf8_behind(text, bytes.clone()).map_or(0, |utf8| {
            let sequences = sequences_of_utf8(utf8.as_bytes());
            if made.add_text(Charset::UTF_8, *read, utf8) { sequences } else { 0 }
        }));
    }
    if sequences.iter().any(|&count| count >= CERTAIN) && made.is_any_plain() {
        return OneBack { all: made.out, is_certain: true };
    }
    let letters = letters_cost(text);
    let mut singles: Vec<Single> = Vec::new();
    for (at, (read, bytes)) in byte_strings.iter().enumerate() {
        if sequences.get(at).is_some_and(|&count| count >= CERTAIN) {
            continue;
        }
        // Text that was read as it was written is damaged by what is lost, and by nothing else.
        let others = sides().double_byte.iter().filter(|&&c| same_bytes(c) != same_bytes(*read));
        for &written in others {
            made.add(written, *read, bytes);
        }
        add_singles(&mut singles, at, *read, bytes, letters);
    }
    for (_, at, written) in likeliest_as_words(singles, &byte_strings) {
        if let Some((read, bytes)) = byte_strings.get(at) {
            made.add(written, *read, bytes);
        }
    }
    // Last, for text without such letters is the same in a charset that is usual.
    let western = [Charset::WINDOWS_1252, Charset::ISO_8859_1];
    for (read, bytes) in byte_strings.iter().filter(|(read, _)| western.contains(read)) {
        made.add(Charset::VNI, *read, bytes);
    }
    OneBack { all: made.out, is_certain: false }
}

/// The bytes of a text in the charsets that have all of it, each string once, in the likeliest.
fn byte_strings(text: &str) -> Vec<(Charset, Vec<u8>)> {
    let sides = sides();
    let mut possible = sides.read_mask;
    for c in text.chars().filter(|c| !c.is_ascii()) {
        possible &= charsets_with(c);
        if possible == 0 {
            return Vec::new();
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
    byte_strings
}

/// A reading in single bytes: what it costs, which of the byte strings it is of, and the charset
/// that they were written in.
type Single = (Bits, usize, Charset);

/// Adds the readings of a byte string in single bytes that are not by far unlikelier letter by
/// letter than the letters of the text: these are no better as words.
fn add_singles(singles: &mut Vec<Single>, at: usize, read: Charset, bytes: &[u8], letters: Bits) {
    let mut beyond: Vec<u8> = bytes.iter().copied().filter(|b| !b.is_ascii()).collect();
    beyond.sort_unstable();
    for (written, costs) in sides().single_byte.iter().filter(|(c, _)| *c != read) {
        let sum = beyond.chunk_by(|a, b| a == b).fold(0, |sum: Bits, run| {
            let byte = run.first().copied().unwrap_or_default();
            let cost = costs.get(usize::from(byte)).copied().unwrap_or(0);
            sum.saturating_add(cost.saturating_mul(run.len() as Bits))
        });
        if sum < UNREAD && sum <= letters.saturating_add(UNLIKELIER) {
            let prior = Misreading { written: *written, read }.prior();
            singles.push((sum + prior, at, *written));
        }
    }
}

/// Of readings in single bytes those that are likeliest as words, of as many as are looked at
/// those that are likeliest as letters.
fn likeliest_as_words(
    mut singles: Vec<Single>,
    byte_strings: &[(Charset, Vec<u8>)],
) -> Vec<Single> {
    singles.sort_unstable();
    singles.truncate(LOOKED_AT);
    let mut kept: Vec<Single> = Vec::new();
    let mut seen: HashSet<(Bits, String)> = HashSet::new();
    for (letters, at, written) in singles {
        let Some((read, bytes)) = byte_strings.get(at) else { continue };
        let mut text = String::new();
        if written.decode_strict(sample(bytes), &mut text).is_ok() {
            let prior = Misreading { written, read: *read }.prior();
            // Charsets that are alike make the same text: as letters, too, it costs the same.
            if !seen.insert((letters - prior, text.clone())) {
                continue;
            }
            // What costs more than the last that is kept need not be known.
            let most = kept.get(KEPT - 1).map_or(Bits::MAX, |&(cost, ..)| cost);
            let cost = model().active_cost_up_to(&text, most.saturating_sub(prior)) + prior;
            let single = (cost, at, written);
            let rank = kept.partition_point(|&other| other < single);
            kept.insert(rank, single);
            kept.truncate(KEPT);
        }
    }
    kept
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

    /// Adds the bytes read as `written`, if they are well-formed.
    fn add(&mut self, written: Charset, read: Charset, bytes: &[u8]) {
        let mut text = String::with_capacity(bytes.len());
        if written.decode_strict(bytes, &mut text).is_ok() {
            self.add_text(written, read, text);
        }
    }

    /// Adds what was written, if it is text and new; says whether it is text.
    fn add_text(&mut self, written: Charset, read: Charset, text: String) -> bool {
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
