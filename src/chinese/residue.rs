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

use super::charmap::Image;
use super::engine::alone;
use super::readings::Syllable;
use super::tables::T2S;
use crate::charset::gb2312;
use crate::text::characters::is_han;
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
const OTHERWISE: i32 = -8;
/// What an annotation of a whole word (`学习(xuéxí)`) says: a converter does not write it.
const WORD: i32 = -5;

/// What is known of an annotated character.
struct Use<'t> {
    character: char,
    kind: Commonness,
    /// Its first annotation as written.
    written: &'t str,
    annotated: i32,
    /// Annotations that are written otherwise.
    otherwise: i32,
    /// Times that it stands in the text.
    all: i32,
}

impl<'t> Use<'t> {
    fn new(annotation: &Annotation, text: &'t str) -> Self {
        let written = text.get(annotation.span.clone()).unwrap_or_default();
        let character = annotation.character;
        Use { character, kind: kind(character), written, annotated: 1, otherwise: 0, all: 0 }
    }
}

/// How likely a character is in the set of a converter.
#[derive(Clone, Copy, PartialEq)]
enum Commonness {
    /// Common, and one that conversion from Simplified makes.
    Converted,
    /// Common, and written alike in both scripts.
    Common,
    /// What people annotate.
    Rare,
}

/// The annotations of a text, if they are what a converter left.
pub fn residue(text: &str) -> Option<Vec<Annotation>> {
    let annotations = annotations(text);
    if annotations.is_empty() {
        return None;
    }
    let mut uses: Vec<Use> = annotations.iter().map(|a| Use::new(a, text)).collect();
    uses.sort_by_key(|of| of.character);
    uses.dedup_by(|next, first| {
        let same = next.character == first.character;
        first.annotated += i32::from(same);
        first.otherwise += i32::from(same && next.written != first.written);
        same
    });
    let mut han = 0;
    for c in text.chars().filter(|&c| is_han(c)) {
        han += 1;
        if let Ok(at) = uses.binary_search_by_key(&c, |of| of.character)
            && let Some(of) = uses.get_mut(at)
        {
            of.all += 1;
        }
    }
    // A reader annotates all it can; a converter some of what is there.
    if annotations.len() * 2 > han && han > 3 {
        return None;
    }
    let steady = |of: &&Use| of.kind == Commonness::Common && of.all > 1 && of.annotated == of.all;
    let (halves, words) = beside(text);
    let set = halves > 0 || uses.iter().filter(steady).count() >= SET;
    let mut says = halves * HALF + words * WORD;
    says += uses.iter().map(|of| of.otherwise * OTHERWISE).sum::<i32>();
    for annotation in &annotations {
        let at = uses.binary_search_by_key(&annotation.character, |of| of.character);
        says += at.ok().and_then(|at| uses.get(at)).map_or(0, |of| evidence(annotation, of, set));
    }
    (says >= RESIDUE).then_some(annotations)
}

/// What one annotation says.
fn evidence(annotation: &Annotation, of: &Use, set: bool) -> i32 {
    if annotation.dense {
        return -3;
    }
    let likely = match of.kind {
        Commonness::Converted => 3,
        Commonness::Common if set => 1,
        Commonness::Common | Commonness::Rare => -3,
    };
    let missed = of.all - of.annotated;
    let always = if missed == 0 { 1 } else { -2 * missed.min(3) / of.annotated.max(1) };
    likely + always + i32::from(annotation.runs_on) + if annotation.usual { 0 } else { -2 }
}

/// Halves of annotations in a text, and words with their readings.
fn beside(text: &str) -> (i32, i32) {
    let (mut halves, mut words) = (0, 0);
    for close in memchr::memchr_iter(b')', text.as_bytes()) {
        let before = text.get(..close).unwrap_or_default();
        let written = before.chars().rev().take(24).take_while(|&c| is_letter(c) || is_sign(c));
        let length: usize = written.map(char::len_utf8).sum();
        let (before, inside) = before.split_at_checked(before.len() - length).unwrap_or_default();
        let marks = inside.chars().filter(|&c| !c.is_ascii()).count();
        let mut before = before.chars().rev();
        match before.next() {
            Some('?' | '\u{FFFD}') if before.next().is_some_and(is_han) => {
                halves += i32::from(toned_syllable(inside) == Some(inside));
            }
            Some('(') if marks > 1 || marks > 0 && inside.len() > 8 => words += 1,
            _ => {}
        }
    }
    (halves, words)
}

/// What words in pinyin have beside letters.
fn is_sign(c: char) -> bool {
    matches!(c, ' ' | '\'' | '1'..='5')
}

/// Every `X(reading)` whose reading is one of `X`.
fn annotations(text: &str) -> Vec<Annotation> {
    let mut found = Vec::new();
    // Few texts have any: lines are told apart from that with the first on.
    let mut opens = memchr::memchr_iter(b'(', text.as_bytes());
    let Some(open) = opens.find(|&open| annotation(text, open).is_some()) else { return found };
    let before = text.get(..open).and_then(|before| before.rfind('\n'));
    let mut start = before.map_or(0, |end| end + 1);
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        let first = found.len();
        let in_line = memchr::memchr_iter(b'(', line.as_bytes());
        found.extend(in_line.filter_map(|open| annotation(text, start + open)));
        start += line.len();
        let many = found.len() - first;
        if many == 0 {
            continue;
        }
        let han = line.chars().take(4 * many * 8).filter(|&c| is_han(c)).count();
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

fn kind(c: char) -> Commonness {
    let simplified = alone(&T2S, c);
    let text = simplified.as_ref().unwrap_or(&Image::One(c)).text(&mut [0; 4]).to_owned();
    match gb2312::level(&encoding_rs::GBK.encode(&text).0) {
        Some(1) if simplified.is_some() => Commonness::Converted,
        Some(1) => Commonness::Common,
        _ => Commonness::Rare,
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

/// The pinyin syllable that a text begins with, if it is one of Chinese and its tone is written.
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
