//! The candidates run against each other: each reads the bytes, and the text that costs least wins.
//!
//! In: bytes and the candidates with their prior costs. Out: the readings that came near, best first,
//! one for each different text. A reading is given up as soon as it costs too much more than the best.

use super::cesu;
use super::cost::cost_within;
use super::estimate::{active, estimate, table};
use super::letters;
use super::structure::{self, Ending};
use crate::charset::{Charset, Family};
use crate::model::{BIT, Bits};
use crate::text::characters::is_combining;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// One reading of the bytes.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    pub(super) charset: Charset,
    /// What the charset cost before it read anything.
    pub(super) prior: Bits,
    pub(super) text: String,
    /// Bytes at the very beginning that are what is left of a pair that was cut: one U+FFFD.
    pub(super) cut: usize,
    /// Of prior, text and errors together.
    pub(super) cost: Bits,
    /// Other charsets that read the same text.
    pub(super) alike: Vec<Charset>,
}

impl Reading {
    /// All charsets that read this text.
    pub(super) fn charsets(&self) -> impl Iterator<Item = Charset> {
        std::iter::once(self.charset).chain(self.alike.iter().copied())
    }
}

/// A reading that costs so much more than the best is out.
pub(super) const OUT: Bits = 40 * BIT;
/// The same where only the beginning was read, which may be a title in capitals or a frame.
pub(super) const OUT_OF_HEAD: Bits = 160 * BIT;
/// A guess that is so much worse than the best, for each byte, is not worth a full reading.
const HOPELESS: Bits = 3 * BIT / 2;
/// The same for fewer bytes than these.
const FEW: usize = 24;
/// What a malformed place costs.
const ERROR: Bits = 34 * BIT;
/// What a byte costs that the charset has not: no such text was ever written in it.
const UNMAPPED: Bits = 200 * BIT;
/// What it costs in UTF-8, whose well-formed sequences say more than those of other charsets.
const ERROR_IN_UTF8: Bits = 14 * BIT;
/// What a character costs that is cut at the end. Of 2,400 passages of Chinese, Japanese and Korean of one
/// to 40 characters that were cut inside the last, 24 come out wrong; with twice the bits 38 do.
const CUT: Bits = 8 * BIT;
/// What it costs that one is cut at the beginning, which the bytes of every charset of pairs could be.
const CUT_AT_START: Bits = 16 * BIT;
/// Bytes of a run that is longer than a word or two.
const LONG_RUN: usize = 64;
/// Units of UTF-16 that must be read for one lone surrogate, and for each more: of any bytes one unit in 32 is one.
const FOR_A_SURROGATE: usize = 12;
const FOR_MORE_SURROGATES: usize = 128;
/// Malformed places for each well-formed one with which UTF-8 has no hope.
const DAMAGED_FOR_EACH: usize = 4;
/// That text in another charset makes a sequence of UTF-8 by chance, and how many such count
/// where it makes malformed ones too: most of it may be of another kind.
const BY_CHANCE: Bits = 5 * BIT;
const CHANCES: usize = 12;
/// How much likelier UTF-8 is where all of it is well-formed: most files are in it, whatever is in
/// them, and a letter of Greek in a program is rare to a model of language.
const STANDING: Bits = 13 * BIT;
/// What each byte of ASCII beside them adds to this, and the most that all do: other charsets have words
/// there, and of words few are well-formed.
const BESIDE_ASCII: Bits = BIT;
const BESIDE_MUCH: Bits = 32 * BIT;

/// Runs `candidates` over `bytes`. `utf8` says how its sequences stand; a reading that costs `out` more
/// than the best is out.
pub(super) fn run(
    bytes: &[u8],
    candidates: &[(Charset, Bits)],
    utf8: structure::Utf8,
    out: Bits,
) -> Vec<Reading> {
    let mut race = Race {
        bytes,
        out,
        pace: Vec::with_capacity(bytes.len() + 1),
        own_pace: Vec::with_capacity(bytes.len() + 1),
        best: Bits::MAX / 2,
        readings: Vec::new(),
    };
    let chance = chance(bytes, utf8);
    // One lead byte at the end, cut from its character, is no sign of UTF-8.
    let may_be_utf8 = match utf8.malformed {
        0 => utf8.well_formed > 0 || bytes.is_ascii(),
        malformed => utf8.well_formed * DAMAGED_FOR_EACH >= malformed,
    };
    // What is mostly damaged is seldom UTF-8, and read once there is something to beat.
    let is_likely = utf8.malformed == 0 || utf8.well_formed > utf8.malformed;
    let mut later = Vec::new();
    for &(charset, prior) in candidates {
        match charset.family() {
            Family::SingleByte => {}
            Family::Utf8 if !may_be_utf8 => {}
            Family::Utf8 if is_likely => race.enter(charset, prior),
            Family::Utf8 => later.push((charset, prior)),
            _ => later.push((charset, prior + chance)),
        }
    }
    let singles = singles(bytes, candidates, chance);
    let (first, rest) = singles.split_at_checked(2).unwrap_or((&singles, &[]));
    for group in first {
        race.enter_single(group);
    }
    let escaped = memchr::memchr2(0x1B, b'~', bytes).is_some();
    // One byte alone may have a second one of ASCII; a long run may go on behind the sample.
    let odd_start = match bytes.iter().take_while(|b| !b.is_ascii()).count() {
        1 => false,
        run if run == bytes.len() && run > LONG_RUN => true,
        run => run % 2 == 1,
    };
    for (charset, prior) in later {
        if escaped || charset.family() != Family::Escaped {
            race.enter(charset, prior);
        }
        if odd_start && charset.family() == Family::DoubleByte {
            race.enter_cut(charset, prior);
        }
    }
    for group in rest {
        race.enter_single(group);
    }
    race.readings.retain(|r| r.cost <= race.best + out);
    race.readings.sort_by_key(|r| r.cost);
    race.readings
}

/// What it costs another charset that `bytes` have sequences of UTF-8.
fn chance(bytes: &[u8], utf8: structure::Utf8) -> Bits {
    let structure::Utf8 { well_formed, malformed } = utf8;
    if malformed > 0 || well_formed == 0 {
        return well_formed.saturating_sub(malformed).min(CHANCES) as Bits * BY_CHANCE;
    }
    let chance = well_formed as Bits * BY_CHANCE;
    if structure::begins_inside(bytes) {
        return chance;
    }
    let chance = chance + STANDING;
    if letters::has_stranger(structure::text_of_utf8(bytes)) {
        return chance;
    }
    let ascii = bytes.iter().filter(|b| b.is_ascii()).count() as Bits;
    chance + (ascii * BESIDE_ASCII).min(BESIDE_MUCH)
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
    // All but EBCDIC read those below 80 alike.
    let ascii = present.partition_point(|&b| b < 0x80);
    let other = present.get(ascii..).unwrap_or_default();
    let mut groups: Vec<Group> = Vec::with_capacity(candidates.len());
    let hopeless = HOPELESS.saturating_mul(active.len().max(FEW) as Bits);
    let mut least = Bits::MAX / 2;
    for &(charset, prior) in candidates {
        let (Some(units), Some(table)) = (charset.single_byte(), table(charset)) else { continue };
        let prior = prior + chance;
        let (told_by, basis) = if table.has_ascii { (other, 0) } else { (&*present, 1) };
        // FNV-1a over the characters of the bytes that occur.
        let mut signature = 0xCBF2_9CE4_8422_2325_u64 ^ basis;
        for &b in told_by {
            let unit = units.get(b).copied().unwrap_or(0);
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
                // Most legacy text is in this one: it is always read.
                let limit = if charset == Charset::WINDOWS_1252 { Bits::MAX } else { least };
                let estimate = estimate(table, &active, prior, limit.saturating_add(hopeless));
                // Kept also where there is no hope, for charsets that read alike.
                let estimate = estimate.unwrap_or(Bits::MAX / 2);
                least = least.min(estimate);
                groups.push(Group { charset, prior, alike: Vec::new(), estimate, signature });
            }
        }
    }
    groups.retain(|g| {
        g.charset == Charset::WINDOWS_1252 || g.estimate <= least.saturating_add(hopeless)
    });
    groups.sort_by_key(|g| g.estimate);
    groups
}

struct Race<'b> {
    bytes: &'b [u8],
    out: Bits,
    /// What the best single-byte reading cost after each byte.
    pace: Vec<Bits>,
    /// The same of the reading under way.
    own_pace: Vec<Bits>,
    best: Bits,
    readings: Vec<Reading>,
}

impl Race<'_> {
    fn enter(&mut self, charset: Charset, prior: Bits) {
        if let Some((text, flaws)) = read(charset, self.bytes) {
            self.weigh(charset, prior, text, flaws, 0);
        }
    }

    /// As [`enter`](Race::enter) for bytes of which the first is the second half of a character. All that
    /// is written in pairs up to the first ASCII has an even number of bytes, if it is not so.
    fn enter_cut(&mut self, charset: Charset, prior: Bits) {
        let rest = self.bytes.get(1..).unwrap_or_default();
        if let Some((text, flaws)) = read(charset, rest) {
            let text = format!("{}{text}", char::REPLACEMENT_CHARACTER);
            self.weigh(charset, prior, text, flaws.saturating_add(CUT_AT_START), 1);
        }
    }

    fn weigh(&mut self, charset: Charset, prior: Bits, text: String, flaws: Bits, cut: usize) {
        if self.is_read_already(charset, prior, &text) {
            return;
        }
        let mut cost = prior.saturating_add(flaws);
        if charset.family() == Family::DoubleByte && !text.contains(is_cjk) {
            cost += WITHOUT_CJK;
        }
        if charset.family() == Family::Utf16 && !self.bytes.contains(&0) {
            let units = self.bytes.len() / 2;
            cost += UNITS.saturating_sub(units) as Bits * MISSING_UNIT;
        }
        let limit = self.best.saturating_add(self.out);
        let within = |sum| sum <= limit;
        let cost = if text.contains(is_half_width) {
            let narrow = text.chars().filter(|&c| is_half_width(c)).count() as Bits;
            // Punctuation of half width comes with kana of half width.
            let kana = text.contains(|c| matches!(c, '\u{FF66}'..='\u{FF9D}'));
            let each = if kana { NARROW } else { 4 * NARROW };
            let lone = lone_half_width(&text) * LONE;
            cost_within(text.nfkc(), cost.saturating_add(narrow * each + lone), within)
        } else {
            cost_within(text.chars(), cost, within)
        };
        // A damaged text is not what all of one was written from.
        let may_be_twice = charset == Charset::UTF_8 && errors(&text) == 0;
        let twice = may_be_twice.then(|| misread(&text)).flatten();
        let as_twice =
            twice.and_then(|meant| cost_within(meant.chars(), prior + flaws + MISREAD, within));
        let cost = [cost, as_twice].into_iter().flatten().min();
        if let Some(cost) = cost {
            self.best = self.best.min(cost);
            self.readings.push(Reading { charset, prior, text, cut, cost, alike: Vec::new() });
        }
    }

    /// Whether another charset has read the same text: both are then one reading, by the likelier name.
    fn is_read_already(&mut self, charset: Charset, prior: Bits, text: &str) -> bool {
        let Some(same) = self.readings.iter_mut().find(|r| r.text == text) else { return false };
        let mut other = charset;
        if prior < same.prior {
            other = std::mem::replace(&mut same.charset, charset);
            same.cost = same.cost - same.prior + prior;
            same.prior = prior;
            self.best = self.best.min(same.cost);
        }
        same.alike.push(other);
        true
    }

    /// As [`enter`](Race::enter) for single-byte charsets, whose text is written only if it comes near the best.
    fn enter_single(&mut self, group: &Group) {
        let &Group { charset, prior, ref alike, .. } = group;
        let Some(units) = charset.single_byte() else { return };
        let unit = |&b: &u8| units.get(usize::from(b)).copied().unwrap_or(0xFFFD);
        let chars =
            || self.bytes.iter().map(|b| char::from_u32(unit(b).into()).unwrap_or_default());
        // Without a letter of Tajik it is a text in KOI8-R.
        if charset == Charset::KOI8_T && !letters::has_tajik(chars()) {
            return;
        }
        let unmapped = self.bytes.iter().filter(|b| unit(b) == 0xFFFD).count();
        if unmapped > 0 {
            let others = chars().filter(|c| !c.is_ascii()).count() - unmapped;
            if unmapped * 6 > others {
                return;
            }
        }
        let cost = prior.saturating_add(UNMAPPED.saturating_mul(unmapped as Bits));
        let limit = self.best.saturating_add(self.out);
        self.own_pace.clear();
        let cost = if matches!(charset, Charset::WINDOWS_1258 | Charset::TCVN) {
            // Vietnamese charsets write marks apart; the model has them joined.
            let cost = cost.saturating_add(lone_marks(chars()) * ERROR);
            cost_within(chars().nfc(), cost, |sum| sum <= limit)
        } else {
            // Whoever is so far behind the best on the way does not catch up; whose letters a text has is
            // charged at its end only, and the more, the longer it is. This is what makes it cheap to read
            // the bytes in all charsets: most are given up after a few letters.
            let behind = self.out / 2;
            let mut pace = (0..).zip(&self.pace).map(|(at, sum)| sum + behind + at * BIT / 32);
            let own = &mut self.own_pace;
            cost_within(chars(), cost, |sum| {
                own.push(sum);
                sum <= limit && pace.next().is_none_or(|p| sum <= p)
            })
        };
        let Some(cost) = cost else { return };
        if cost < self.best && !self.own_pace.is_empty() {
            std::mem::swap(&mut self.pace, &mut self.own_pace);
        }
        let text: String = chars().collect();
        if !self.is_read_already(charset, prior, &text) {
            self.best = self.best.min(cost);
            let alike = alike.clone();
            self.readings.push(Reading { charset, prior, text, cut: 0, cost, alike });
        }
    }
}

/// What it costs that text in UTF-8 was read otherwise and written again, which makes letters and
/// controls of it that cost more.
const MISREAD: Bits = 16 * BIT;

/// What a text was, if it was UTF-8 and read in one of the charsets that most often is.
fn misread(text: &str) -> Option<String> {
    const USUAL: [Charset; 7] = [
        Charset::ISO_8859_1,
        Charset::WINDOWS_1252,
        Charset::WINDOWS_1251,
        Charset::WINDOWS_1250,
        Charset::MACINTOSH,
        Charset::IBM437,
        Charset::GBK,
    ];
    USUAL.into_iter().find_map(|read| {
        let mut bytes = Vec::with_capacity(text.len());
        read.encode(text, &mut bytes).ok()?;
        String::from_utf8(bytes).ok()
    })
}

/// Han, kana and Hangul.
fn is_cjk(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{D7FF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..)
        || is_half_width(c)
}

/// What it costs that a charset of pairs reads no such character, but signs and letters alone.
const WITHOUT_CJK: Bits = 8 * BIT;

/// Half-width kana, which the model has in full width and with its marks joined.
fn is_half_width(c: char) -> bool {
    matches!(c, '\u{FF61}'..='\u{FF9F}')
}

/// What the width of such a character costs.
const NARROW: Bits = 3 * BIT;

/// What it costs that one stands alone, where Latin text has a sign: they are written in words.
const LONE: Bits = 12 * BIT;

/// How many stand alone.
fn lone_half_width(text: &str) -> Bits {
    let words = text.split(|c| !is_half_width(c));
    words.filter(|word| word.chars().count() == 1).count() as Bits
}

/// Any few bytes are characters of UTF-16: what it costs for each unit less than so many, where none has
/// a NUL as those of ASCII do.
const UNITS: usize = 6;
const MISSING_UNIT: Bits = 6 * BIT;

/// Combining marks that stand on no vowel: Vietnamese writes none of these.
fn lone_marks(text: impl Iterator<Item = char>) -> Bits {
    let mut vowel = false;
    let mut lone = 0;
    for c in text {
        lone += Bits::from(is_combining(c) && !vowel);
        vowel = matches!(
            c,
            'a' | 'ă'
                | 'â'
                | 'e'
                | 'ê'
                | 'i'
                | 'o'
                | 'ô'
                | 'ơ'
                | 'u'
                | 'ư'
                | 'y'
                | 'A'
                | 'Ă'
                | 'Â'
                | 'E'
                | 'Ê'
                | 'I'
                | 'O'
                | 'Ô'
                | 'Ơ'
                | 'U'
                | 'Ư'
                | 'Y'
        );
    }
    lone
}

/// The text in `charset` and what its malformed places cost; none where too many are.
fn read(charset: Charset, bytes: &[u8]) -> Option<(String, Bits)> {
    let family = charset.family();
    if family == Family::Escaped && !structure::has_escapes(charset, bytes) {
        return None;
    }
    let bytes = &*if family == Family::Utf8 { cesu::joined(bytes) } else { Cow::Borrowed(bytes) };
    let mut text = String::new();
    let ending = structure::reads(charset, bytes, &mut text);
    match family {
        Family::Utf8 if ending != Some(Ending::Whole) => {
            text.clear();
            charset.decode_lossy(bytes, &mut text);
            let errors = errors(&text);
            let others = text.chars().filter(|c| !c.is_ascii()).count() - errors;
            // Damage is rare: where there is more of it than of what is not damaged, it is no UTF-8.
            let (few, more) = (errors.min(others) as Bits, errors.saturating_sub(others) as Bits);
            let flaws = match ending {
                Some(_) => CUT,
                None => ERROR_IN_UTF8.saturating_mul(few) + ERROR.saturating_mul(more),
            };
            Some((text, flaws))
        }
        Family::DoubleByte if ending != Some(Ending::Whole) => {
            // Characters that must be read for each malformed place.
            const PER: usize = 6;
            let high = bytes.iter().filter(|&&b| b >= 0x80).count();
            if ending.is_none() && !charset.reads_with(high / (PER + 1), bytes) {
                return None;
            }
            text.clear();
            charset.decode_lossy(bytes, &mut text);
            let errors = errors(&text);
            let others = text.chars().filter(|c| !c.is_ascii()).count() - errors;
            let flaws = match ending {
                // A piece of a character is no sign of any charset.
                Some(_) if others == 0 => return None,
                // A digit behind it belongs to it in a code of four bytes alone, and these are rare.
                Some(_) if bytes.last().is_some_and(u8::is_ascii) => ERROR,
                Some(_) => CUT,
                None if errors * PER <= others => ERROR.saturating_mul(errors as Bits),
                None => return None,
            };
            Some((text, flaws))
        }
        Family::Utf16 if ending.is_none() => {
            let units = bytes.len() / 2;
            let most = units / FOR_MORE_SURROGATES + usize::from(units >= FOR_A_SURROGATE);
            if most == 0 || !charset.reads_with(most, bytes) {
                return None;
            }
            text.clear();
            charset.decode_lossy(bytes, &mut text);
            let flaws = ERROR.saturating_mul(errors(&text) as Bits);
            Some((text, flaws))
        }
        Family::Escaped if text.is_ascii() => None,
        _ if text.is_empty() => None,
        _ => ending.map(|ending| (text, if ending == Ending::Cut { CUT } else { 0 })),
    }
}

/// Malformed places of a text that was read.
fn errors(text: &str) -> usize {
    text.matches(char::REPLACEMENT_CHARACTER).count()
}
