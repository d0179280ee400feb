//! What a single-byte charset would make of bytes, guessed from single characters and their kinds: quick
//! enough to try all such charsets, good enough to say which are worth a full reading.

use super::{alphabets, structure};
use crate::charset::Charset;
use crate::model::{BIT, Bits, model};
use std::sync::OnceLock;

/// A byte without a character.
const UNMAPPED: u16 = (24 * BIT) as u16;
/// The most that a character costs.
const MOST: u16 = (18 * BIT) as u16;
/// Bytes that the guess is made on.
const BYTES: usize = 192;
/// Bytes on either side of one from 80 on that the guess looks at.
const NEAR: usize = 6;

/// Kinds of characters, as far as they matter to their neighbours.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
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

/// Blocks whose letters are scripts of their own: first and last code point.
const SCRIPTS: [(char, char, Kind); 5] = [
    ('\u{370}', '\u{3FF}', Kind::Greek),
    ('\u{400}', '\u{52F}', Kind::Cyrillic),
    ('\u{5D0}', '\u{5EA}', Kind::Hebrew),
    ('\u{620}', '\u{6D5}', Kind::Arabic),
    ('\u{E01}', '\u{E4E}', Kind::Thai),
];

struct Table {
    costs: [u16; 256],
    kinds: [u8; 256],
}

fn kind(c: char) -> Kind {
    if let Some(&(.., kind)) = SCRIPTS.iter().find(|&&(a, b, _)| (a..=b).contains(&c)) {
        return kind;
    }
    match c {
        ' ' | '\t' | '\n' | '\r' | '\u{A0}' => Kind::Blank,
        '0'..='9' => Kind::Digit,
        _ if c.is_control() => Kind::Control,
        _ if c.is_lowercase() => Kind::Lower,
        _ if c.is_uppercase() => Kind::Upper,
        _ if c.is_alphabetic() => Kind::Other,
        _ => Kind::Sign,
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

fn table(charset: Charset) -> Option<&'static Table> {
    static EACH: [OnceLock<Table>; Charset::COUNT] = [const { OnceLock::new() }; Charset::COUNT];
    let units = charset.single_byte()?;
    Some(EACH.get(charset.index())?.get_or_init(|| {
        let mut made = Table { costs: [UNMAPPED; 256], kinds: [Kind::Control as u8; 256] };
        for ((&unit, cost), of) in units.iter().zip(&mut made.costs).zip(&mut made.kinds) {
            let Some(c) = char::from_u32(unit.into()).filter(|&c| c != '\u{FFFD}') else {
                continue;
            };
            let kind = kind(c);
            if matches!(c, '\u{80}'..='\u{9F}') && c != '\u{85}' {
                continue;
            }
            if matches!(c, '\u{300}'..='\u{36F}') {
                // Marks that Vietnamese writes apart, which the model has joined.
                (*cost, *of) = ((5 * BIT) as u16, Kind::Lower as u8);
                continue;
            }
            let script = given_script().get(kind as usize).copied().unwrap_or(0);
            let anywhere = alphabets::cost(c, model().anywhere(c));
            *cost = anywhere.saturating_sub(script).min(MOST.into()) as u16;
            *of = kind as u8;
        }
        made
    }))
}

/// What a kind costs right after another, beside its own cost.
fn transitions() -> &'static [[u16; KINDS]; KINDS] {
    static COSTS: OnceLock<[[u16; KINDS]; KINDS]> = OnceLock::new();
    COSTS.get_or_init(|| {
        use Kind::*;
        let all = [
            Blank, Lower, Upper, Digit, Sign, Control, Greek, Cyrillic, Hebrew, Arabic, Thai, Other,
        ];
        let bits = |before: Kind, after: Kind| match (before, after) {
            (Lower, Upper) => 6,
            (Upper, Lower) | (Lower, Lower) | (Upper, Upper) => 0,
            (Lower | Upper, Sign) | (Sign, Lower | Upper) => 2,
            (Blank | Sign | Digit | Control, _) | (_, Blank | Digit | Control) => 0,
            (_, Sign) => 2,
            (a, b) if a == b => 0,
            // Letters of two scripts in one word.
            _ => 8,
        };
        let mut made = [[0; KINDS]; KINDS];
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

/// The guessed cost of [`active`] bytes in a single-byte charset.
pub(super) fn estimate(charset: Charset, active: &[u8]) -> Bits {
    let Some(table) = table(charset) else { return Bits::MAX / 4 };
    let transitions = transitions();
    let scripts = given_script();
    let mut before = Kind::Blank as u8;
    let mut script = Kind::Blank as u8;
    let mut sum = 0;
    for &b in active {
        let at = usize::from(b);
        let kind = table.kinds.get(at).copied().unwrap_or(0);
        let change =
            transitions.get(usize::from(before)).and_then(|row| row.get(usize::from(kind)));
        let cost = table.costs.get(at).copied().unwrap_or(UNMAPPED);
        sum += Bits::from(cost) + Bits::from(change.copied().unwrap_or(0));
        // A letter of another script than the last letter pays for its script.
        let of = match kind {
            _ if kind >= Kind::Greek as u8 => kind,
            _ if kind == Kind::Lower as u8 || kind == Kind::Upper as u8 => Kind::Lower as u8,
            _ => script,
        };
        if of != script {
            sum += scripts.get(usize::from(of)).copied().unwrap_or(0);
            script = of;
        }
        before = kind;
    }
    sum
}
