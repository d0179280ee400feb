//! Pinyin left behind by a converter: `網(wǎng)`, `區(qū)`.
//!
//! Some pages were turned from Simplified to Traditional by a converter that wrote
//! the reading of certain characters behind them. That is damage. A reader for
//! children, a dictionary and a note such as `机 (jī)` carry readings rightly. The
//! two differ in what is annotated: the converter annotates a fixed set of common
//! characters, most of which it converted, by one usual reading each, every time that
//! they occur, in running text; people annotate what is hard to read, or once, or
//! everything, or whole words.
//!
//! In comes a text; out comes where its residue is, if it is residue. The repair of
//! text out of step asks here too what is left of a damaged annotation.

use super::readings::Syllable;
use super::{Config, convert};
use std::collections::HashMap;
use std::ops::Range;

/// A reading in parentheses behind a character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// The annotated character.
    pub character: char,
    /// The parentheses and what is between them, in bytes of the text.
    pub span: Range<usize>,
    /// Whether a Han character follows at once.
    runs_on: bool,
    /// Whether the reading is the character's most frequent one.
    usual: bool,
    /// Whether it stands in a line most of whose characters are annotated.
    dense: bool,
}

/// Evidence at which annotations are residue.
const RESIDUE: i32 = 4;
/// As many different characters that conversion does not change, each of them annotated
/// every time of several, no lesson has.
const SET: usize = 10;
/// What half an annotation (`?lián)`) says: people do not write it.
const HALF: i32 = 3;
/// What another reading of the same character says: a converter knows one.
const READING: i32 = -8;
/// What an annotation of a whole word (`学习(xuéxí)`) says: a converter does not write it.
const WORD: i32 = -5;

/// What is known of an annotated character.
#[derive(Default)]
struct Use {
    annotated: i32,
    all: i32,
    kind: Kind,
}

/// How likely a character is in the set of a converter.
#[derive(Clone, Copy, Default, PartialEq)]
enum Kind {
    /// Common, and one that conversion from Simplified makes.
    Converted,
    /// Common, and written alike in both scripts.
    Common,
    /// What people annotate.
    #[default]
    Rare,
}

/// The annotations of a text, if they are what a converter left.
pub fn residue(text: &str) -> Option<Vec<Annotation>> {
    let annotations = annotations(text);
    if annotations.is_empty() {
        return None;
    }
    let mut uses: HashMap<char, Use> = HashMap::new();
    for Annotation { character, .. } in &annotations {
        let kind = || Use { kind: kind(*character), ..Use::default() };
        uses.entry(*character).or_insert_with(kind).annotated += 1;
    }
    let mut han = 0;
    for c in text.chars().filter(|&c| is_han(c)) {
        han += 1;
        if let Some(of) = uses.get_mut(&c) {
            of.all += 1;
        }
    }
    // A reader annotates all it can; a converter some of what is there.
    if annotations.len() * 2 > han && han > 3 {
        return None;
    }
    let steady = |of: &&Use| of.kind == Kind::Common && of.all > 1 && of.annotated == of.all;
    let beside = beside(text, &annotations);
    let set = beside.halves > 0 || uses.values().filter(steady).count() >= SET;
    let evidence: i32 = annotations
        .iter()
        .filter_map(|annotation| Some(evidence(annotation, uses.get(&annotation.character)?, set)))
        .sum();
    let all = evidence
        + beside.halves as i32 * HALF
        + beside.words as i32 * WORD
        + beside.readings as i32 * READING;
    (all >= RESIDUE).then_some(annotations)
}

/// What one annotation says.
fn evidence(annotation: &Annotation, of: &Use, set: bool) -> i32 {
    if annotation.dense {
        return -3;
    }
    let likely = match of.kind {
        Kind::Converted => 3,
        Kind::Common if set => 1,
        Kind::Common | Kind::Rare => -3,
    };
    let missed = of.all - of.annotated;
    let always = if missed == 0 { 1 } else { -2 * missed.min(3) / of.annotated.max(1) };
    likely + always + i32::from(annotation.runs_on) + if annotation.usual { 0 } else { -2 }
}

/// What a text has beside annotations of single characters.
#[derive(Default)]
struct Beside {
    /// Halves of annotations.
    halves: u32,
    /// Words with their readings.
    words: u32,
    /// Readings that are not the first of their character in the text.
    readings: u32,
}

fn beside(text: &str, annotations: &[Annotation]) -> Beside {
    let mut found = Beside::default();
    let mut reading: HashMap<char, &str> = HashMap::new();
    for annotation in annotations {
        let written = text.get(annotation.span.clone()).unwrap_or_default();
        if *reading.entry(annotation.character).or_insert(written) != written {
            found.readings += 1;
        }
    }
    for close in memchr::memchr_iter(b')', text.as_bytes()) {
        let before = text.get(..close).unwrap_or_default();
        let written = before.chars().rev().take(24).take_while(|&c| is_letter(c) || is_sign(c));
        let length: usize = written.map(char::len_utf8).sum();
        let (before, inside) = before.split_at_checked(before.len() - length).unwrap_or_default();
        let marks = inside.chars().filter(|&c| !c.is_ascii()).count();
        let mut before = before.chars().rev();
        match before.next() {
            Some('?' | '\u{FFFD}') if before.next().is_some_and(is_han) => {
                found.halves += u32::from(toned_syllable(inside) == Some(inside));
            }
            Some('(') if marks > 1 || marks > 0 && inside.len() > 8 => found.words += 1,
            _ => {}
        }
    }
    found
}

/// What words in pinyin have beside letters.
fn is_sign(c: char) -> bool {
    matches!(c, ' ' | '\'' | '1'..='5')
}

/// Every `X(reading)` whose reading is one of `X`.
fn annotations(text: &str) -> Vec<Annotation> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let first = found.len();
        let in_line = memchr::memchr_iter(b'(', line.as_bytes());
        found.extend(in_line.filter_map(|open| annotation(text, start + open)));
        start += line.len();
        let many = found.len() - first;
        let han = line.chars().take(4 * many.max(1) * 8).filter(|&c| is_han(c)).count();
        if many * 2 > han && han > 3 {
            found.iter_mut().skip(first).for_each(|annotation| annotation.dense = true);
        }
    }
    found
}

/// The annotation whose parenthesis opens at `open`.
fn annotation(text: &str, open: usize) -> Option<Annotation> {
    let character = text.get(..open)?.chars().next_back().filter(|&c| is_han(c))?;
    let pinyin = syllable(text.get(open + 1..)?)?;
    let end = open + 1 + pinyin.len();
    if text.as_bytes().get(end) != Some(&b')') {
        return None;
    }
    let place = Syllable::new(pinyin)?.place(character)?;
    let runs_on = text.get(end + 1..)?.starts_with(is_han);
    Some(Annotation { character, span: open..end + 1, runs_on, usual: place == 0, dense: false })
}

fn kind(c: char) -> Kind {
    let mut buffer = [0; 4];
    let text: &str = c.encode_utf8(&mut buffer);
    let simplified = convert(Config::T2s, text);
    // The first level of GB 2312, B0 A1 to D7 F9: the 3,755 most frequent characters.
    match *encoding_rs::GBK.encode(&simplified).0 {
        [0xB0..=0xD7, 0xA1..=0xFE] if simplified != text => Kind::Converted,
        [0xB0..=0xD7, 0xA1..=0xFE] => Kind::Common,
        _ => Kind::Rare,
    }
}

/// The pinyin syllable, with or without a tone, that a text begins with.
pub fn syllable(text: &str) -> Option<&str> {
    let letters = text.chars().take(7).take_while(|&c| is_letter(c)).map(char::len_utf8);
    // No syllable has more than six letters: `zhuǎng`.
    let end = letters.enumerate().map(|(n, length)| if n < 6 { length } else { 0 }).sum::<usize>();
    let digit = matches!(text.as_bytes().get(end), Some(b'1'..=b'5'));
    text.get(..end + usize::from(digit)).filter(|_| end > 0)
}

/// The same, if it is one of Chinese and its tone is written.
pub fn toned_syllable(text: &str) -> Option<&str> {
    let written = syllable(text)?;
    Syllable::new(written).is_some_and(|syllable| syllable.has_tone()).then_some(written)
}

/// Letters of pinyin, and some more beyond ASCII: whether it is a syllable is asked later.
fn is_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'à'..='ü' | 'ā'..='ū' | 'ǎ'..='ǜ')
}

/// Whether `pinyin` is a reading of `c`; without a tone, any.
pub fn has_reading(c: char, pinyin: &str) -> bool {
    Syllable::new(pinyin).is_some_and(|syllable| syllable.place(c).is_some())
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text without its residue.
    fn without(text: &str) -> String {
        let mut out = String::new();
        let mut at = 0;
        for annotation in residue(text).unwrap_or_default() {
            out.push_str(&text[at..annotation.span.start]);
            at = annotation.span.end;
        }
        out + &text[at..]
    }

    #[test]
    fn residue_goes_and_rightful_readings_stay() {
        let mut wrong = Vec::new();
        // A line break of the text is written as \n, so that lines are rows.
        for row in include_str!("../../testdata/chinese/residue.tsv").lines() {
            if row.starts_with('#') {
                continue;
            }
            let row = row.replace("\\n", "\n");
            let (text, meant) = row.split_once('\t').unwrap_or((&row, &row));
            if without(text) != meant {
                wrong.push(format!("{text} → {}", without(text)));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_syllable_is_told_from_other_letters() {
        for (text, expected) in [
            ("lián)", Some("lián")),
            ("lian2)", Some("lian2")),
            ("zhuǎng)", Some("zhuǎng")),
            ("lian)", None),
            ("déjà)", None),
            ("xyz3)", None),
            ("", None),
        ] {
            assert_eq!(toned_syllable(text), expected, "{text}");
        }
    }
}
