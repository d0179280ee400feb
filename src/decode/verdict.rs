//! Which charset the bytes are in: structure, then the race, then how sure that is.

use super::cost::cost_within;
use super::dialect::Dialect;
use super::evidence::{By, Evidence};
use super::hints::{Declared, Hints, is_foreign_to, is_of_the_web};
use super::race::{self, Reading};
use super::{confidence, language, letters, romanian, sample, structure};
use crate::charset::{Charset, Family, Next};
use crate::model::{BIT, Bits};
use std::borrow::Cow;

/// What was decided about bytes.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) charset: Charset,
    pub(super) confidence: f32,
    pub(super) runner_up: Option<(Charset, String)>,
    pub(super) evidence: Evidence,
    pub(super) binary: bool,
    /// Bytes of the byte order mark.
    pub(super) mark: usize,
    /// Bytes at the very beginning that are what is left of a character.
    pub(super) cut: usize,
    /// The charset that lines of UTF-8 are mixed with.
    pub(super) beside: Option<Charset>,
}

/// Probabilities, 0 to 1, where structure decides and there is no margin to fit one on. Set by
/// hand: of the cases of our own that they are said of, none was wrong, which shows no more than
/// the first two; of data, next to nothing is right.
const PLAIN: f32 = 0.999;
const SURE: f32 = 0.9995;
const ASCII_DATA: f32 = 0.5;
const DATA: f32 = 0.05;
const UNREAD: f32 = 0.02;

/// So many well-formed sequences of UTF-8, and none malformed, do not come about in another charset.
const SURELY_UTF8: usize = 40;
/// So much ASCII, in all and for each sequence, makes a text of ASCII with signs in it. What another
/// charset has in such a text is next to never well-formed, and the model of language is no judge there:
/// it takes every number behind a `λ` for Greek. Of 9,000 sources, notes, logs and pages of prose with one
/// to five signs or letters from anywhere none is read otherwise, and 64 are by the model.
const ASCII_WITH_SIGNS: usize = 32;
const ASCII_FOR_EACH: usize = 8;

/// Bytes behind a byte order mark for each malformed place that may be among them: file names and texts that
/// were cut by units have a lone surrogate here and there, other bytes one in every 64.
const MARK_FOR_EACH: usize = 16;

impl Verdict {
    fn sure(charset: Charset, by: By, confidence: f32) -> Self {
        let evidence = Evidence::new(by);
        Verdict {
            charset,
            confidence,
            runner_up: None,
            evidence,
            binary: false,
            mark: 0,
            cut: 0,
            beside: None,
        }
    }

    /// Of text without a byte that is not plain ASCII.
    pub(super) fn ascii() -> Self {
        Verdict::sure(Charset::UTF_8, By::Ascii, PLAIN)
    }
}

/// Decides about the first [`LOOK`](super::LOOK) bytes of what is not plain ASCII; `at_start` where they
/// are the first of all, `in_document` is what these declare.
pub(super) fn judge(
    bytes: &[u8],
    at_start: bool,
    in_document: Option<Declared>,
    hints: &Hints,
) -> Verdict {
    let mut verdict = without_dialect(bytes, at_start, in_document, hints);
    if !at_start || verdict.mark > 0 || verdict.binary {
        verdict.cut = 0;
    } else if verdict.charset == Charset::UTF_8 {
        verdict.cut = cut(bytes);
    }
    let evidence = &mut verdict.evidence;
    evidence.declared = hints.declared.map(|declared| declared.charset);
    evidence.in_document = in_document.map(|declared| declared.charset);
    if !hints.web {
        let declared = hints.declared.or(in_document);
        evidence.dialect = Dialect::of(verdict.charset, bytes, declared);
    }
    verdict
}

fn without_dialect(
    bytes: &[u8],
    at_start: bool,
    in_document: Option<Declared>,
    hints: &Hints,
) -> Verdict {
    if at_start && let Some((charset, mark)) = structure::byte_order_mark(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        let most = bytes.len() / MARK_FOR_EACH;
        if charset == Charset::UTF_8
            || structure::reads(charset, rest, &mut String::new()).is_some()
            || charset.reads_with(most, rest)
        {
            return Verdict { mark, ..Verdict::sure(charset, By::ByteOrderMark, PLAIN) };
        }
    }
    // Most often the first few characters tell.
    let first = structure::utf8(bytes.get(..SURELY_UTF8 * 16).unwrap_or(bytes));
    let sure = first.malformed == 0 && first.well_formed >= SURELY_UTF8;
    let utf8 = if sure { first } else { structure::utf8(bytes) };
    if utf8.malformed == 0 && utf8.well_formed >= SURELY_UTF8 {
        return Verdict::sure(Charset::UTF_8, By::Utf8, SURE);
    }
    let mut priors = hints.priors(in_document);
    // Few bytes are well-formed UTF-8 by accident; but with NULs they may be units of UTF-16, or data.
    let is_well_formed = utf8.malformed == 0 && utf8.well_formed > 0;
    let is_text = !bytes.contains(&0) || structure::is_misread_utf16(bytes);
    let is_utf8 = is_well_formed && is_text;
    let declared = [hints.declared, in_document].into_iter().flatten();
    let is_declared = |charset| declared.clone().any(|declared| declared.charset == charset);
    if is_utf8 && (is_declared(Charset::UTF_8) || is_ascii_with_signs(bytes, utf8.well_formed)) {
        return Verdict::sure(Charset::UTF_8, By::Utf8, SURE);
    }
    let is_narrow = is_utf8 || is_well_formed && structure::is_no_utf16(bytes, utf8);
    if is_narrow || !structure::may_be_wide(bytes) {
        let wide = |charset: Charset| matches!(charset.family(), Family::Utf16 | Family::Utf32);
        priors.to_mut().retain(|&(charset, _)| !wide(charset));
    }
    let mixed = if utf8.well_formed > 0 && utf8.malformed > 0 { Mixed::of(bytes) } else { None };
    let (raced, utf8) = match &mixed {
        Some(mixed) => (&*mixed.others, structure::utf8(&mixed.others)),
        None => (bytes, utf8),
    };
    if !is_utf8 && hints.name_no_charset() && in_document.is_none() {
        prefer_usual(&mut priors, raced);
    }
    let readings = readings(raced, &priors, utf8);
    let (readings, vote) = vote(by_words(readings), raced);
    let mut readings = readings.into_iter();
    let Some(best) = readings.next() else {
        if mixed.as_ref().is_some_and(|mixed| mixed.is_mostly_utf8) {
            return Verdict::sure(Charset::UTF_8, By::Utf8, UNREAD);
        }
        let fallback =
            if utf8.well_formed > utf8.malformed { Charset::UTF_8 } else { Charset::WINDOWS_1252 };
        return Verdict { binary: true, ..Verdict::sure(fallback, By::Nothing, UNREAD) };
    };
    let second = readings.next();
    let margin = second.as_ref().map_or(race::OUT, |s| s.cost - best.cost);
    let margin = margin.saturating_sub(excess(&best)) as f32 / BIT as f32;
    let is_misread = is_utf8 && best.charset == Charset::UTF_8;
    let binary = !is_misread && structure::is_binary(&best.text, best.charset, raced);
    if binary && bytes.is_ascii() {
        return Verdict { binary, ..Verdict::sure(Charset::UTF_8, By::Ascii, ASCII_DATA) };
    }
    let by = match best.charset.family() {
        Family::Utf8 => By::Utf8,
        Family::Escaped => By::Escapes,
        _ if is_declared(best.charset) => By::Declaration,
        _ => By::Language,
    };
    let confidence = if binary { DATA } else { confidence::of(margin) };
    if mixed.as_ref().is_some_and(|mixed| mixed.is_mostly_utf8) && !binary {
        let beside = Some(named(&best, raced));
        return Verdict { beside, ..Verdict::sure(Charset::UTF_8, By::Utf8, confidence) };
    }
    Verdict {
        cut: best.cut,
        beside: None,
        charset: named(&best, raced),
        confidence,
        runner_up: second.map(|s| (s.charset, s.text)),
        evidence: Evidence { margin, vote, alike: best.alike, ..Evidence::new(by) },
        binary,
        mark: 0,
    }
}

/// What any other charset than windows-1252 costs more where a byte or two are all that text of ASCII has
/// beyond it: the words say less of these than what most such texts are in. Of 3,000 short lines in
/// windows-1252 132 are read otherwise and 214 without this; of 4,000 in other charsets 65 and 53.
const OTHER_FOR_ONE: Bits = 5 * BIT;
const OTHER_FOR_TWO: Bits = 2 * BIT;

/// `priors` for text that may be ASCII with a letter or a sign.
fn prefer_usual(priors: &mut Cow<'static, [(Charset, Bits)]>, bytes: &[u8]) {
    let beyond = bytes.iter().filter(|b| !b.is_ascii()).count();
    let other = match beyond {
        1 => OTHER_FOR_ONE,
        2 => OTHER_FOR_TWO,
        _ => return,
    };
    if bytes.iter().filter(|b| b.is_ascii_alphanumeric()).count() < beyond {
        return;
    }
    for (charset, prior) in priors.to_mut() {
        if *charset != Charset::WINDOWS_1252 {
            *prior += other;
        }
    }
}

/// Whether `bytes`, which have no malformed UTF-8, are mostly ASCII.
fn is_ascii_with_signs(bytes: &[u8], sequences: usize) -> bool {
    let ascii = bytes.iter().filter(|b| b.is_ascii()).count();
    ascii >= ASCII_WITH_SIGNS.max(sequences * ASCII_FOR_EACH)
        && !structure::begins_inside(bytes)
        && !letters::has_stranger(structure::text_of_utf8(bytes))
}

/// What a character of text costs at most, be it Han, and what a short text may cost beside that. Of our cases of
/// three characters and more in order none costs more than 16 bits for each, in the charset that is right; any
/// bytes cost 24 to 28 as UTF-16.
const OF_TEXT: Bits = 16 * BIT;
const OF_SHORT_TEXT: Bits = 24 * BIT;

/// What a reading costs more than text does: where nothing else reads the bytes, it may be no better than nothing.
/// What is well-formed UTF-8 is text, be it signs alone.
fn excess(reading: &Reading) -> Bits {
    if reading.charset == Charset::UTF_8 {
        return 0;
    }
    let text = OF_TEXT.saturating_mul(reading.text.chars().count() as Bits);
    (reading.cost - reading.prior).saturating_sub(text.saturating_add(OF_SHORT_TEXT))
}

/// Text of which some lines are well-formed UTF-8 and others cannot be.
struct Mixed {
    /// The others, which are read by themselves: what is well-formed among them says nothing of their charset.
    others: Vec<u8>,
    is_mostly_utf8: bool,
}

impl Mixed {
    fn of(bytes: &[u8]) -> Option<Self> {
        // In UTF-16 a line feed may be half a character.
        if bytes.contains(&0) {
            return None;
        }
        let lines = || bytes.split_inclusive(|&b| b == b'\n').filter(|line| !line.is_ascii());
        // Most texts are in one charset, and most lines fail at their first letter.
        if !lines().any(|line| std::str::from_utf8(line).is_ok()) {
            return None;
        }
        let mut others = Vec::new();
        let (mut in_utf8, mut in_another) = (0, 0);
        for line in lines() {
            let utf8 = structure::utf8(line);
            if utf8.malformed == 0 {
                in_utf8 += usize::from(utf8.well_formed > 0);
            } else if is_damaged(utf8) {
                return None;
            } else {
                in_another += 1;
                others.extend_from_slice(line);
            }
        }
        let is_mostly_utf8 = in_utf8 > in_another;
        (in_utf8 > 0 && in_another > 0).then_some(Mixed { others, is_mostly_utf8 })
    }
}

/// Whether a line with malformed sequences is UTF-8 all the same: what is well-formed is no accident.
fn is_damaged(utf8: structure::Utf8) -> bool {
    utf8.well_formed > 0 && utf8.well_formed >= utf8.malformed
}

/// Bytes that UTF-8 begins with and that are the end of a character, if the rest of the line is well-formed: else
/// it may be in another charset.
fn cut(bytes: &[u8]) -> usize {
    let line = bytes.split(|&b| b == b'\n').next().unwrap_or_default();
    let is_whole = structure::utf8(line).malformed == 0;
    if is_whole { structure::cut(line) } else { 0 }
}

/// Whether a line that is well-formed in UTF-8 is no likelier in the charset of the other lines, which may
/// read it too: a line of frames is well-formed in many.
pub(super) fn is_utf8_line(text: &str, own: &str) -> bool {
    cost_within(text.chars(), OTHER, |_| true) < cost_within(own.chars(), 0, |_| true)
}

/// That a line is in another charset than the rest.
const OTHER: Bits = 12 * BIT;

/// The charset of one line of a text whose other lines are in `main`, and some in the one `beside` it.
pub(super) fn of_line(
    line: &[u8],
    main: Charset,
    beside: Option<Charset>,
    hints: &Hints,
) -> Charset {
    if main == Charset::UTF_8 && is_damaged(structure::utf8(line)) {
        return main;
    }
    let mut priors = hints.priors(None);
    if hints.name_no_charset() {
        prefer_usual(&mut priors, line);
    }
    // It ended where a line of ASCII does.
    let has_lines = |charset: Charset| charset.decode_next(b"\n") == Next::Char('\n', 1);
    priors.to_mut().retain(|&(charset, _)| has_lines(charset));
    for (charset, prior) in priors.to_mut() {
        if *charset != main && Some(*charset) != beside {
            *prior += OTHER;
        }
    }
    let line = sample::pieces(line);
    let readings = race::run(&line, &priors, structure::utf8(&line), race::OUT);
    readings.first().map_or(main, |r| r.charset)
}

/// What the vote of another judge is worth, which is asked where it can decide.
const VOTE: Bits = 4 * BIT;

/// That a text comes in a charset that was made for other languages.
const ELSEWHERE: Bits = 6 * BIT;

/// Where several readings lie near each other, the small words that all share say whose letters and charsets
/// to expect, and the rest of a Romanian text which letters its writer is used to.
fn by_words(mut readings: Vec<Reading>) -> Vec<Reading> {
    if readings.len() < 2 {
        return readings;
    }
    if let Some(tag) = readings.first().and_then(|best| language::by_ascii_words(&best.text)) {
        for reading in &mut readings {
            reading.cost += letters::foreign(&reading.text, tag);
            if reading.charsets().all(|charset| is_foreign_to(tag, charset)) {
                reading.cost += ELSEWHERE;
            }
        }
    }
    if readings.iter().any(|r| romanian::has_commas(&r.text)) {
        for reading in &mut readings {
            reading.cost += romanian::habit(&reading.text);
        }
    }
    readings.sort_by_key(|r| r.cost);
    readings
}

/// Where the best readings lie near each other, chardetng's opinion counts, and is told.
fn vote(mut readings: Vec<Reading>, bytes: &[u8]) -> (Vec<Reading>, Option<Charset>) {
    let (Some(first), Some(second)) = (readings.first(), readings.get(1)) else {
        return (readings, None);
    };
    // It may judge only between charsets that it knows.
    let knows = |r: &Reading| r.charsets().any(is_known_to_chardetng);
    if second.cost - first.cost >= VOTE || !knows(first) || !knows(second) {
        return (readings, None);
    }
    let mut other = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    other.feed(bytes.get(..VOTED_ON).unwrap_or(bytes), true);
    let named = Charset::for_name(other.guess(None, chardetng::Utf8Detection::Deny).name());
    let means = |r: &Reading| named.is_some_and(|n| r.charsets().any(|c| c == n));
    if let Some(meant) = readings.iter_mut().find(|r| means(r)) {
        meant.cost = meant.cost.saturating_sub(VOTE);
        readings.sort_by_key(|r| r.cost);
    }
    (readings, named)
}

/// Most charsets of the web. For the rest it names others, which would count for these.
fn is_known_to_chardetng(charset: Charset) -> bool {
    is_of_the_web(charset)
        && !matches!(
            charset,
            Charset::ISO_8859_3
                | Charset::ISO_8859_10
                | Charset::ISO_8859_14
                | Charset::ISO_8859_15
                | Charset::ISO_8859_16
                | Charset::MACINTOSH
                | Charset::X_MAC_CYRILLIC
        )
}

/// Bytes that chardetng is given, for it is slow.
const VOTED_ON: usize = 1 << 10;

/// With fewer bytes from 80 on the beginning decides nothing.
const FEW: usize = 24;

fn readings(bytes: &[u8], priors: &[(Charset, Bits)], utf8: structure::Utf8) -> Vec<Reading> {
    let head = sample::head(bytes);
    let few = head.iter().filter(|&&b| b >= 0x80).count() < FEW && !head.contains(&0);
    if few && head.len() < bytes.len() && !head.is_ascii() {
        return race::run(&sample::pieces(bytes), priors, utf8, race::OUT);
    }
    let whole = head.len() == bytes.len();
    let out = if whole { race::OUT } else { race::OUT_OF_HEAD };
    let found = race::run(head, priors, structure::utf8(head), out);
    let in_pieces = |charset: Charset| {
        matches!(charset.family(), Family::Utf8 | Family::SingleByte | Family::DoubleByte)
    };
    match found.first() {
        Some(best) if !whole && in_pieces(best.charset) => {}
        None if !whole => {}
        _ => return found,
    }
    let near = |charset: Charset| {
        found.is_empty() || found.iter().any(|r| r.charset == charset || r.alike.contains(&charset))
    };
    let still: Vec<(Charset, Bits)> = priors
        .iter()
        .copied()
        .filter(|&(charset, _)| in_pieces(charset) && (near(charset) || charset == Charset::UTF_8))
        .collect();
    race::run(&sample::pieces(bytes), &still, utf8, race::OUT)
}

/// GBK is called gb18030 where four-byte codes stand in it; the decoder is the same.
fn named(best: &Reading, bytes: &[u8]) -> Charset {
    if best.charset != Charset::GBK {
        return best.charset;
    }
    let mut rest = bytes;
    loop {
        rest = match Charset::GBK.decode_next(rest) {
            Next::Char(_, 4) => return Charset::GB18030,
            Next::Char(_, len) | Next::Pair(_, _, len) | Next::Malformed(len) => {
                rest.get(len..).unwrap_or_default()
            }
            Next::Incomplete => return Charset::GBK,
        };
    }
}
