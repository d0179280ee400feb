//! Letters of another alphabet that look the same: `pаypal` with a Cyrillic `а`.
//! Text in and out; in a word of two alphabets the fewer letters become their
//! lookalikes of the other, if each has one. Its edits are the report; a text that
//! should only be reported on is run through it and kept.
//!
//! The pairs are the letters of Latin, Cyrillic and Greek whose usual shapes are
//! the same.

use super::Changed;
use super::writer::joined;
use crate::report::Joined;

pub(super) const NAME: &str = "homoglyphs";

/// Latin letters and, at the same place, the Cyrillic and Greek ones; a blank
/// where there is none.
const LATIN: &str = "ABCEHIJKMNOPSTXYZaceijopsxyv";
const CYRILLIC: &str = "АВСЕНІЈКМ ОРЅТХ  асеіјорѕху ";
const GREEK: &str = "ΑΒ ΕΗΙ ΚΜΝΟΡ ΤΧΥΖ     ο    ν";

#[derive(Clone, Copy, PartialEq)]
enum Alphabet {
    Latin,
    Cyrillic,
    Greek,
}

impl Alphabet {
    const ALL: [Alphabet; 3] = [Alphabet::Latin, Alphabet::Cyrillic, Alphabet::Greek];

    fn of(c: char) -> Option<Alphabet> {
        match c {
            'A'..='Z' | 'a'..='z' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24F}' => {
                Some(Alphabet::Latin)
            }
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Some(Alphabet::Greek),
            '\u{400}'..='\u{52F}' => Some(Alphabet::Cyrillic),
            _ => None,
        }
    }

    fn letters(self) -> &'static str {
        match self {
            Alphabet::Latin => LATIN,
            Alphabet::Cyrillic => CYRILLIC,
            Alphabet::Greek => GREEK,
        }
    }

    /// The letter of this alphabet that looks like `c` of another.
    fn lookalike(self, c: char) -> Option<char> {
        let index = Alphabet::of(c)?.letters().chars().position(|letter| letter == c)?;
        self.letters().chars().nth(index).filter(|letter| *letter != ' ')
    }
}

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    let mut rest = text;
    while let Some(skip) = rest.find(|c| Alphabet::of(c).is_some()) {
        let begin = rest.get(skip..).unwrap_or_default();
        let end = begin.find(|c| Alphabet::of(c).is_none()).unwrap_or(begin.len());
        let (word, after) = begin.split_at_checked(end).unwrap_or((begin, ""));
        if !word.is_ascii() {
            fix_word(&mut writer, text.len() - begin.len(), word);
        }
        rest = after;
    }
    writer.finish()
}

fn fix_word(writer: &mut Joined<'_>, start: usize, word: &str) {
    let count = |alphabet| word.chars().filter(|c| Alphabet::of(*c) == Some(alphabet)).count();
    let counts = Alphabet::ALL.map(|alphabet| (count(alphabet), alphabet));
    let Some((most, own)) = counts.into_iter().max_by_key(|(count, _)| *count) else { return };
    let all = word.chars().count();
    // As many of the others: nobody can say which alphabet was meant.
    if most == all || 2 * most <= all {
        return;
    }
    let strange = |c: &char| Alphabet::of(*c) != Some(own);
    if word.chars().filter(strange).all(|c| own.lookalike(c).is_some()) {
        for (at, c) in word.char_indices().filter(|(_, c)| strange(c)) {
            if let Some(twin) = own.lookalike(c) {
                writer.put(start + at..start + at + c.len_utf8(), twin);
            }
        }
    }
}
