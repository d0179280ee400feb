//! The candidates run against each other: each reads the bytes, and the text that costs least wins.
//!
//! In: bytes and the candidates with their prior costs. Out: the readings that came near, best first,
//! one for each different text. A reading is given up as soon as it costs too much more than the best.

use super::alphabets::{self, Letters};
use super::estimate::{active, estimate};
use super::signs::Signs;
use super::structure::{self, Ending};
use crate::charset::{Charset, Family};
use crate::model::{BIT, Bits, State, model};
use unicode_normalization::UnicodeNormalization;

/// One reading of the bytes.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) charset: Charset,
    /// What the charset cost before it read anything.
    pub(super) prior: Bits,
    pub(super) text: String,
    /// Of prior, text and errors together.
    pub(super) cost: Bits,
    /// Other charsets that read the same text.
    pub(super) alike: Vec<Charset>,
}

/// A reading that costs so much more than the best is out.
pub(super) const OUT: Bits = 40 * BIT;
/// The same where only the beginning was read, which may be a title in capitals or a frame.
pub(super) const OUT_OF_HEAD: Bits = 160 * BIT;
/// What a malformed place costs.
const ERROR: Bits = 34 * BIT;
/// What a byte costs that the charset has not: no such text was ever written in it.
const UNMAPPED: Bits = 200 * BIT;
/// What it costs in UTF-8, whose well-formed sequences say more than those of other charsets.
const ERROR_IN_UTF8: Bits = 14 * BIT;
/// What a character costs that is cut at the end.
const CUT: Bits = 8 * BIT;
/// Single-byte charsets that read the text in full, of all that are allowed.
const SINGLES: usize = 12;
/// The most that a character costs: less than a malformed place.
const RAREST: Bits = 30 * BIT;
/// The most that a character costs that stands right before it, and one that stands there twice: frames are
/// drawn of many alike.
const AGAIN: Bits = 8 * BIT;
const RUN: Bits = BIT;
/// The most that one of the 86 katakana costs: the model has seen them in loanwords, but whole letters and
/// telegrams were written in them.
const KATAKANA: Bits = 9 * BIT;
/// A Latin letter beside another script's, as where a charset of pairs takes an accented letter and its
/// neighbour for one Han character.
const SCRIPTS_MEET: Bits = 9 * BIT;
/// That text in another charset makes a sequence of UTF-8 by chance, and how many such count.
const BY_CHANCE: Bits = 5 * BIT;
const CHANCES: usize = 12;

/// Runs `candidates` over `bytes`. `utf8` says how its sequences stand; a reading that costs `out` more
/// than the best is out.
pub(super) fn run(
    bytes: &[u8],
    candidates: &[(Charset, Bits)],
    utf8: structure::Utf8,
    out: Bits,
) -> Vec<Reading> {
    let mut race = Race { bytes, out, best: Bits::MAX / 2, readings: Vec::new() };
    let chance = utf8.well_formed.saturating_sub(utf8.malformed).min(CHANCES) as Bits * BY_CHANCE;
    let mut later = Vec::new();
    for &(charset, prior) in candidates {
        match charset.family() {
            Family::SingleByte => {}
            Family::Utf8 if utf8.malformed == 0 || utf8.well_formed > utf8.malformed => {
                race.enter(charset, prior, &[])
            }
            Family::Utf8 => {}
            _ => later.push((charset, prior + chance)),
        }
    }
    let singles = singles(bytes, candidates, chance);
    let (first, rest) = singles.split_at_checked(2).unwrap_or((&singles, &[]));
    let mut enter = |group: &Group| race.enter(group.charset, group.prior, &group.alike);
    first.iter().for_each(&mut enter);
    for (charset, prior) in later {
        race.enter(charset, prior, &[]);
    }
    let mut enter = |group: &Group| race.enter(group.charset, group.prior, &group.alike);
    rest.iter().for_each(&mut enter);
    race.readings.retain(|r| r.cost <= race.best + out);
    race.readings.sort_by_key(|r| r.cost);
    race.readings
}

/// Single-byte charsets that read all bytes that occur alike, named by the one of least prior cost.
struct Group {
    charset: Charset,
    prior: Bits,
    alike: Vec<Charset>,
    estimate: Bits,
    signature: u64,
}

/// The single-byte charsets that are worth a full reading, the likeliest first.
fn singles(bytes: &[u8], candidates: &[(Charset, Bits)], chance: Bits) -> Vec<Group> {
    let active = active(bytes);
    let mut present = [false; 256];
    for &b in bytes {
        if let Some(slot) = present.get_mut(usize::from(b)) {
            *slot = true;
        }
    }
    let present: Vec<usize> = (0..256).filter(|&b| present.get(b) == Some(&true)).collect();
    let mut groups: Vec<Group> = Vec::new();
    for &(charset, prior) in candidates {
        let Some(table) = charset.single_byte() else { continue };
        let prior = prior + chance;
        // FNV-1a over the characters of the bytes that occur.
        let mut signature = 0xCBF2_9CE4_8422_2325_u64;
        for &b in &present {
            let unit = table.get(b).copied().unwrap_or(0);
            signature = (signature ^ u64::from(unit)).wrapping_mul(0x100_0000_01B3);
        }
        match groups.iter_mut().find(|g| g.signature == signature) {
            Some(group) if group.prior <= prior => group.alike.push(charset),
            Some(group) => {
                group.estimate = group.estimate - group.prior + prior;
                group.alike.push(std::mem::replace(&mut group.charset, charset));
                group.prior = prior;
            }
            None => {
                let estimate = estimate(charset, &active) + prior;
                groups.push(Group { charset, prior, alike: Vec::new(), estimate, signature });
            }
        }
    }
    groups.sort_by_key(|g| g.estimate);
    // Most legacy text is in this one.
    let usual = groups.iter().skip(SINGLES).position(|g| g.charset == Charset::WINDOWS_1252);
    if let Some(usual) = usual {
        groups.swap(SINGLES, SINGLES + usual);
    }
    groups.truncate(SINGLES + usize::from(usual.is_some()));
    groups
}

struct Race<'b> {
    bytes: &'b [u8],
    out: Bits,
    best: Bits,
    readings: Vec<Reading>,
}

impl Race<'_> {
    fn enter(&mut self, charset: Charset, prior: Bits, alike: &[Charset]) {
        let Some((text, flaws)) = read(charset, self.bytes) else { return };
        if let Some(same) = self.readings.iter_mut().find(|r| r.text == text) {
            let mut other = charset;
            if prior < same.prior {
                other = std::mem::replace(&mut same.charset, charset);
                same.cost = same.cost - same.prior + prior;
                same.prior = prior;
                self.best = self.best.min(same.cost);
            }
            same.alike.push(other);
            same.alike.extend_from_slice(alike);
            return;
        }
        // Without a letter of Tajik it is a text in KOI8-R.
        if charset == Charset::KOI8_T && !text.contains(|c| "ғӣқӯҳҷҒӢҚӮҲҶ".contains(c))
        {
            return;
        }
        let cost = prior.saturating_add(flaws);
        let limit = self.best.saturating_add(self.out);
        let cost = if matches!(charset, Charset::WINDOWS_1258 | Charset::TCVN) {
            // Vietnamese charsets write marks apart; the model has them joined.
            let cost = cost.saturating_add(lone_marks(&text) * ERROR);
            cost_within(&text.nfc().collect::<String>(), cost, limit)
        } else if text.contains(is_half_width) {
            let narrow = text.chars().filter(|&c| is_half_width(c)).count() as Bits;
            // Punctuation of half width comes with kana of half width.
            let kana = text.contains(|c| matches!(c, '\u{FF66}'..='\u{FF9D}'));
            let each = if kana { NARROW } else { 4 * NARROW };
            let wide: String = text.nfkc().collect();
            cost_within(&wide, cost.saturating_add(narrow * each), limit)
        } else {
            cost_within(&text, cost, limit)
        };
        if let Some(cost) = cost {
            self.best = self.best.min(cost);
            let alike = alike.to_vec();
            self.readings.push(Reading { charset, prior, text, cost, alike });
        }
    }
}

/// Latin letters and others, which seldom stand in one word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letter {
    None,
    Latin,
    Other,
}

fn letter(c: char) -> Letter {
    match c {
        'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' => Letter::Latin,
        '\u{370}'..='\u{1DFF}' | '\u{3041}'..='\u{D7FF}' => Letter::Other,
        _ => Letter::None,
    }
}

/// The Romanian letter with a comma below for one with a cedilla. Which of them a text has its author's
/// habit says and its charset decides: what the model holds for habit counts half.
fn cedilla(c: char) -> Option<char> {
    match c {
        'Ş' => Some('Ș'),
        'ş' => Some('ș'),
        'Ţ' => Some('Ț'),
        'ţ' => Some('ț'),
        _ => None,
    }
}

/// Half-width kana, which the model has in full width and with its marks joined.
fn is_half_width(c: char) -> bool {
    matches!(c, '\u{FF61}'..='\u{FF9F}')
}

/// What the width of such a character costs.
const NARROW: Bits = 3 * BIT;

/// Combining marks that stand on no vowel: Vietnamese writes none of these.
fn lone_marks(text: &str) -> Bits {
    let mut vowel = false;
    let mut lone = 0;
    for c in text.chars() {
        let is_mark = matches!(c, '\u{300}'..='\u{36F}');
        lone += Bits::from(is_mark && !vowel);
        vowel = !is_mark && "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY".contains(c);
    }
    lone
}

/// `start` and what the text costs, or nothing where that passes `limit`.
pub(super) fn cost_within(text: &str, start: Bits, limit: Bits) -> Option<Bits> {
    let mut state = State::default();
    let mut sum = start;
    let mut before = Letter::None;
    let mut signs = Signs::default();
    let mut letters = Letters::default();
    let (mut recent, mut alike) = ('\0', 0);
    for c in text.chars() {
        // A malformed place is paid for as such.
        if c == char::REPLACEMENT_CHARACTER {
            continue;
        }
        let letter = letter(c);
        if letter != before && letter != Letter::None && before != Letter::None {
            sum = sum.saturating_add(SCRIPTS_MEET);
        }
        before = letter;
        let cost = match cedilla(c) {
            Some(other) => {
                let mut state_of_other = state;
                let cost = model().step(&mut state, c);
                let cost_of_other = model().step(&mut state_of_other, other);
                if cost_of_other < cost {
                    state = state_of_other;
                }
                (cost + cost_of_other.min(cost)) / 2
            }
            None => model().step(&mut state, c),
        };
        alike = if c == recent { alike + 1 } else { 0 };
        recent = c;
        let most = match c {
            _ if alike > 1 => RUN,
            _ if alike > 0 => AGAIN,
            '\u{30A1}'..='\u{30FC}' => KATAKANA,
            _ => RAREST,
        };
        letters.add(c);
        let cost = alphabets::cost(c, cost);
        sum = sum.saturating_add(cost.min(most) + signs.cost(c));
        if sum > limit {
            return None;
        }
    }
    let sum = sum.saturating_add(letters.cost());
    (sum <= limit).then_some(sum)
}

/// The text in `charset` and what its malformed places cost; none where too many are.
fn read(charset: Charset, bytes: &[u8]) -> Option<(String, Bits)> {
    let family = charset.family();
    if family == Family::Escaped && !structure::has_escapes(charset, bytes) {
        return None;
    }
    let mut text = String::new();
    let ending = structure::reads(charset, bytes, &mut text);
    match family {
        Family::Utf8 | Family::SingleByte | Family::DoubleByte if ending != Some(Ending::Whole) => {
            // Characters that must be read for each malformed place.
            let (each, per) = match family {
                Family::Utf8 => (ERROR_IN_UTF8, 2),
                Family::SingleByte => (UNMAPPED, 6),
                _ => (ERROR, 6),
            };
            if ending.is_none() && bytes.iter().filter(|&&b| b >= 0x80).count() <= per {
                return None;
            }
            text.clear();
            charset.decode_lossy(bytes, &mut text);
            let errors = text.matches(char::REPLACEMENT_CHARACTER).count();
            let others = text.chars().filter(|c| !c.is_ascii()).count() - errors;
            let flaws = match ending {
                Some(_) => CUT,
                None if errors * per <= others => each.saturating_mul(errors as Bits),
                None => return None,
            };
            Some((text, flaws))
        }
        Family::Escaped if text.is_ascii() => None,
        _ if text.is_empty() => None,
        _ => ending.map(|ending| (text, if ending == Ending::Cut { CUT } else { 0 })),
    }
}
