//! What a caller knows about a text beforehand, as bits.
//!
//! In come a language, a charset, a kind of text; out comes by how much they make a
//! misreading, a reading, or damage at all likelier. Hints are evidence like any other:
//! a few bits, which a text that says otherwise outweighs.

use super::{GARBLED, Layer, Manner, same_bytes};
use crate::charset::Charset;
use crate::decode::charsets_of_language;
use crate::model::{BIT, Bits, is_wide, latin};
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Bits that a charset of the language is worth, and the likely charset.
const BY_LANGUAGE: Bits = 3 * BIT;
const BY_CHARSET: Bits = 6 * BIT;
/// Bits that text in the script of the language is worth.
const IN_SCRIPT: Bits = 4 * BIT;
/// Bits that a kind of text is worth.
const BY_KIND: Bits = 2 * BIT;
/// How many bits less likely code is to be garbled than other text: it shows bytes.
const CODE: Bits = 6 * BIT;
/// Bytes of a line that is searched however it looks. The scan has seen too little of it.
const SHORT: usize = 64;

/// What kind of text it is; as text, its name.
///
/// ```
/// use ungarble::Kind;
/// assert_eq!("file-name".parse(), Ok(Kind::FileName));
/// assert_eq!(Kind::FileName.to_string(), "file-name");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// The name of a file: garbled by archivers and file servers, often in DOS code pages.
    FileName,
    /// A tag of a music file or photograph, a subject of a mail, a field of a form.
    Tag,
    /// Sentences, which is what a text is taken for that nothing is said of: this kind changes
    /// nothing.
    Prose,
    /// A program, its data or its log.
    Code,
    /// HTML and the like, in which characters are also spelled.
    Markup,
}

/// Kinds and their names.
const KINDS: [(Kind, &str); 5] = [
    (Kind::FileName, "file-name"),
    (Kind::Tag, "tag"),
    (Kind::Prose, "prose"),
    (Kind::Code, "code"),
    (Kind::Markup, "markup"),
];

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(KINDS.iter().find(|row| row.0 == *self).map_or("", |row| row.1))
    }
}

impl FromStr for Kind {
    type Err = crate::Error;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        let found = KINDS.iter().find(|row| row.1 == name);
        found.map(|row| row.0).ok_or_else(|| crate::Error::unknown_kind(name))
    }
}

/// What is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hints {
    /// What the text is.
    pub kind: Option<Kind>,
    written: &'static [Charset],
    letters: Option<&'static [RangeInclusive<char>]>,
    charset: Option<Charset>,
}

impl Hints {
    /// The language that the text is meant to be in, as a BCP 47 tag.
    pub fn set_language(&mut self, tag: &str) {
        let tag = tag.to_ascii_lowercase();
        self.written = charsets_of_language(&tag);
        self.letters = letters(tag.split('-').next().unwrap_or(&tag));
    }

    /// A charset that the text went through, as a label.
    pub fn set_charset(&mut self, label: &str) {
        self.charset = Charset::for_label(label);
    }

    /// Whether a line is to be searched however it looks.
    pub fn ask_for(&self, line: &str) -> bool {
        (self.letters.is_some() || self.charset.is_some()) && line.len() <= SHORT
    }

    /// Whether the text is known to have been written in, or read as, this charset or in a
    /// language of it: its letters are then no surprise.
    pub fn expects(&self, charset: Charset) -> bool {
        let is = |&other: &Charset| same_bytes(other) == same_bytes(charset);
        self.charset.iter().chain(self.written).any(is)
    }

    /// The cost of a step, in the light of what is known.
    pub fn prior(&self, step: Layer, prior: Bits) -> Bits {
        let sides = [step.misreading.written, step.misreading.read];
        let is =
            |charset: Charset| sides.iter().any(|&side| same_bytes(side) == same_bytes(charset));
        let mut worth = 0;
        if self.charset.is_some_and(is) {
            worth += BY_CHARSET;
        } else if self.written.iter().any(|&charset| same_bytes(charset) == same_bytes(sides[0])) {
            worth += BY_LANGUAGE;
        }
        let in_kind = match self.kind {
            Some(Kind::FileName) => [Charset::IBM437, Charset::IBM850].contains(&sides[1]),
            Some(Kind::Tag) => sides[1] == Charset::WINDOWS_1252,
            Some(Kind::Markup) => step.manner == Manner::Html,
            _ => false,
        };
        if in_kind {
            worth += BY_KIND;
        }
        prior.saturating_sub(worth)
    }

    /// What it costs that a text is garbled at all.
    pub fn garbled(&self) -> Bits {
        match self.kind {
            Some(Kind::FileName | Kind::Tag) => GARBLED.saturating_sub(BY_KIND),
            Some(Kind::Code) => GARBLED + CODE,
            _ => GARBLED,
        }
    }

    /// How much likelier a reading is for being in the letters of the language: for most of
    /// what is beyond ASCII being so.
    pub fn worth(&self, text: &str) -> Bits {
        let Some(letters) = self.letters else { return 0 };
        let (mut all, mut own) = (0, 0);
        for c in text.chars().filter(|c| !c.is_ascii() && (c.is_alphabetic() || is_wide(*c))) {
            all += 1;
            own += usize::from(letters.iter().any(|range| range.contains(&c)));
        }
        if own * 4 > all * 3 { IN_SCRIPT } else { 0 }
    }
}

/// The letters beyond ASCII of the script that a language is written in.
fn letters(language: &str) -> Option<&'static [RangeInclusive<char>]> {
    let (_, letters) =
        LETTERS.iter().find(|(languages, _)| languages.split(' ').any(|l| l == language))?;
    Some(letters)
}

/// Languages by their BCP 47 tags, and the blocks of Unicode in which they are written.
const LETTERS: &[(&str, &[RangeInclusive<char>])] = &[
    ("ru uk be bg mk sr kk ky tg mn", &['\u{400}'..='\u{52F}']),
    ("el grc", &['\u{370}'..='\u{3FF}', '\u{1F00}'..='\u{1FFF}']),
    ("he yi", &['\u{590}'..='\u{5FF}']),
    ("ar fa ur ps", &['\u{600}'..='\u{6FF}']),
    ("th", &['\u{E00}'..='\u{E7F}']),
    ("zh lzh yue", &['\u{3400}'..='\u{9FFF}']),
    ("ja", &['\u{3005}'..='\u{30FF}', '\u{3400}'..='\u{9FFF}']),
    ("ko", &['\u{AC00}'..='\u{D7A3}']),
    ("hy", &['\u{530}'..='\u{58F}']),
    ("ka", &['\u{10A0}'..='\u{10FF}']),
    (
        "af ca cs cy da de en eo es et eu fi fr ga gl hr hu id is it la lt lv ms nl no nb nn pl \
         pt ro sk sl sq sv sw tr az bs vi",
        &latin::BLOCKS,
    ),
];
