//! What a single-byte charset would make of bytes, guessed from single characters and their kinds: quick
//! enough to try all such charsets, good enough to say which are worth a full reading.

use super::cost::{AGAIN, RUN};
use super::{letters, structure};
use crate::charset::Charset;
use crate::model::{BIT, Bits, is_box, model};
use std::sync::OnceLock;

/// A byte without a character.
const UNMAPPED: u16 = (24 * BIT) as u16;
/// The most that a character costs.
const MOST: u16 = (18 * BIT) as u16;
/// The most that one of a drawing does, most of which go on with a line.
const DRAWN: Bits = 6 * BIT;
/// Bytes that the guess is made on.
const BYTES: usize = 192;
/// Bytes on either side of one from 80 on that the guess looks at.
const NEAR: usize = 6;

/// Kinds of characters, as far as they matter to their neighbours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum CharKind {
    Blank,
    Lower,
    Upper,
    Digit,
    Sign,
    Control,
    /// Letters by script; those from here on are scripts of their own.
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    Thai,
    Other,
}

const KINDS: usize = 12;
/// A power of two that has room for them.
const ROOM: usize = 16;

/// Blocks whose letters are scripts of their own: first and last code point.
const SCRIPTS: [(char, char, CharKind); 5] = [
    ('\u{370}', '\u{3FF}', CharKind::Greek),
    ('\u{400}', '\u{52F}', CharKind::Cyrillic),
    ('\u{5D0}', '\u{5EA}', CharKind::Hebrew),
    ('\u{620}', '\u{6D5}', CharKind::Arabic),
    ('\u{E01}', '\u{E4E}', CharKind::Thai),
];

/// What is known about a byte in a charset.
#[derive(Clone, Copy)]
struct Cell {
    cost: u16,
    kind: u8,
    /// The kind of letters that it belongs to; [`NO_SCRIPT`] for no letter.
    script: u8,
}

/// Of a character that is no letter.
const NO_SCRIPT: u8 = u8::MAX;

pub(super) struct Table {
    cells: [Cell; 256],
    /// Whether the bytes below 80 are ASCII.
    pub(super) has_ascii: bool,
}

fn kind(c: char) -> CharKind {
    if let Some(&(.., kind)) = SCRIPTS.iter().find(|&&(a, b, _)| (a..=b).contains(&c)) {
        return kind;
    }
    match c {
        ' ' | '\t' | '\n' | '\r' | '\u{A0}' => CharKind::Blank,
        '0'..='9' => CharKind::Digit,
        _ if c.is_control() => CharKind::Control,
        _ if c.is_lowercase() => CharKind::Lower,
        _ if c.is_uppercase() => CharKind::Upper,
        _ if c.is_alphabetic() => CharKind::Other,
        _ => CharKind::Sign,
    }
}

/// The cost of a letter given its script: of all texts few are Hebrew, but of a Hebrew text most is.
fn given_script() -> &'static [Bits; KINDS] {
    static LEAST: OnceLock<[Bits; KINDS]> = OnceLock::new();
    LEAST.get_or_init(|| {
        let mut least = [0; KINDS];
        for (first, last, kind) in SCRIPTS {
            let cheapest = (first..=last).map(|c| model().anywhere(c)).min().unwrap_or(0);
            if let Some(slot) = least.get_mut(kind as usize) {
                // The most frequent letter of an alphabet is one in eight or ten.
                *slot = cheapest.saturating_sub(3 * BIT);
            }
        }
        least
    })
}

/// The table of a single-byte charset.
pub(super) fn table(charset: Charset) -> Option<&'static Table> {
    static EACH: [OnceLock<Table>; Charset::COUNT] = [const { OnceLock::new() }; Charset::COUNT];
    let units = charset.single_byte()?;
    Some(EACH.get(charset.index())?.get_or_init(|| {
        let none = Cell { cost: UNMAPPED, kind: CharKind::Control as u8, script: NO_SCRIPT };
        let has_ascii = units.iter().take(0x80).copied().eq(0..0x80);
        let mut made = Table { cells: [none; 256], has_ascii };
        for (&unit, cell) in units.iter().zip(&mut made.cells) {
            if let Some(c) = char::from_u32(unit.into()) {
                *cell = self::cell(c).unwrap_or(none);
            }
        }
        made
    }))
}

fn cell(c: char) -> Option<Cell> {
    match c {
        char::REPLACEMENT_CHARACTER | '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}' => return None,
        // Marks that Vietnamese writes apart, which the model has joined.
        '\u{300}'..='\u{36F}' => {
            let latin = CharKind::Lower as u8;
            return Some(Cell { cost: (5 * BIT) as u16, kind: latin, script: latin });
        }
        _ => {}
    }
    let kind = kind(c);
    let given = given_script().get(kind as usize).copied().unwrap_or(0);
    let anywhere = letters::cost(c, model().anywhere(c));
    let script = match kind {
        CharKind::Lower | CharKind::Upper => CharKind::Lower as u8,
        _ if kind as u8 >= CharKind::Greek as u8 => kind as u8,
        _ => NO_SCRIPT,
    };
    let most = if is_box(c) { DRAWN } else { MOST.into() };
    let cost = anywhere.saturating_sub(given).min(most) as u16;
    Some(Cell { cost, kind: kind as u8, script })
}

/// What a kind costs right after another, beside its own cost.
fn transitions() -> &'static [[u16; ROOM]; ROOM] {
    static COSTS: OnceLock<[[u16; ROOM]; ROOM]> = OnceLock::new();
    COSTS.get_or_init(|| {
        use CharKind::*;
        let all = [
            Blank, Lower, Upper, Digit, Sign, Control, Greek, Cyrillic, Hebrew, Arabic, Thai, Other,
        ];
        let bits = |before: CharKind, after: CharKind| match (before, after) {
            (Lower, Upper) => 6,
            (Upper, Lower) | (Lower, Lower) | (Upper, Upper) => 0,
            (Lower | Upper, Sign) | (Sign, Lower | Upper) => 2,
            (Blank | Sign | Digit | Control, _) | (_, Blank | Digit | Control) => 0,
            (_, Sign) => 2,
            (a, b) if a == b => 0,
            // Letters of two scripts in one word.
            _ => 8,
        };
        let mut made = [[0; ROOM]; ROOM];
        for (row, before) in made.iter_mut().zip(all) {
            for (cost, after) in row.iter_mut().zip(all) {
                *cost = (bits(before, after) * BIT) as u16;
            }
        }
        made
    })
}

/// What the guess is made on: bytes from 80 on, with their neighbours, blanks between the pieces.
pub(super) fn active(bytes: &[u8]) -> Vec<u8> {
    if bytes.len() <= BYTES || structure::is_unlike_ascii(bytes) {
        return bytes.get(..BYTES).unwrap_or(bytes).to_vec();
    }
    let mut active = Vec::with_capacity(BYTES + 2 * NEAR + 2);
    let mut done = 0;
    for (at, _) in bytes.iter().enumerate().filter(|&(_, &b)| b >= 0x80) {
        let start = at.saturating_sub(NEAR);
        if start > done {
            active.push(b' ');
        }
        let end = (at + NEAR + 1).min(bytes.len());
        active.extend_from_slice(bytes.get(start.max(done)..end).unwrap_or_default());
        done = end;
        if active.len() >= BYTES {
            break;
        }
    }
    active
}

/// The guessed cost of [`active`] bytes, counted from `start`; nothing where it passes `limit`.
pub(super) fn estimate(table: &Table, active: &[u8], start: Bits, limit: Bits) -> Option<Bits> {
    const MASK: u8 = ROOM as u8 - 1;
    let transitions = transitions();
    let scripts = given_script();
    let (mut before, mut script) = (CharKind::Blank as u8, NO_SCRIPT);
    let mut sum = start;
    let (mut last, mut again) = (0, 0);
    for &b in active {
        again = if b == last { again + 1 } else { 0 };
        last = b;
        let cell = table.cells.get(usize::from(b))?;
        if again > 0 && b >= 0x80 {
            sum += if again > 1 { RUN } else { Bits::from(cell.cost).min(AGAIN) };
            continue;
        }
        let row = transitions.get(usize::from(before & MASK))?;
        sum += Bits::from(cell.cost) + Bits::from(*row.get(usize::from(cell.kind & MASK))?);
        // A letter of another script than the last letter pays for its script.
        if cell.script != script && cell.script != NO_SCRIPT {
            script = cell.script;
            sum += scripts.get(usize::from(script)).copied().unwrap_or(0);
        }
        if sum > limit {
            return None;
        }
        before = cell.kind;
    }
    Some(sum)
}
