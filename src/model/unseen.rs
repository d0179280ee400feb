//! Languages that the model has not seen, in scripts that it has.
//!
//! Tajik is Russian letters and a few more, Yiddish is Hebrew with ligatures and points. To the
//! n-grams each of these letters is a rare event. Here it is asked what a text would cost if
//! its language were one in which they are common. That holds for a text as it stands; what
//! a search makes of one is of a language that the model knows, or cannot be told from chance.

use super::bits::{BIT, Bits};
use super::tables::CharClass;
use std::ops::RangeInclusive;

/// Scripts that have common letters and rare ones: Cyrillic, with the letters of minorities;
/// Greek, with those of old; Hebrew, with those of Yiddish; Arabic; Ethiopic; Canadian syllabics.
const SCRIPTS: [[RangeInclusive<char>; 2]; 6] = [
    ['\u{400}'..='\u{52F}', '\u{1C80}'..='\u{1C8F}'],
    ['\u{370}'..='\u{3FF}', '\u{1F00}'..='\u{1FFF}'],
    ['\u{5D0}'..='\u{5F2}', '\u{FB1D}'..='\u{FB4F}'],
    ['\u{620}'..='\u{64A}', '\u{66E}'..='\u{6D3}'],
    ['\u{1200}'..='\u{139F}', '\u{2D80}'..='\u{2DDF}'],
    ['\u{1400}'..='\u{167F}', '\u{18B0}'..='\u{18FF}'],
];
/// What a letter costs that is rare, or unknown, behind another letter of its script.
const RARE: Bits = 7 * BIT;

/// Points and marks that stand on letters of a script, by its number: those of Hebrew and Arabic.
const POINTS: [(RangeInclusive<char>, usize); 2] =
    [('\u{5B0}'..='\u{5C7}', 2), ('\u{64B}'..='\u{652}', 3)];
/// What a point costs on a letter. Of more than two in a row, each is a letter of another
/// charset.
const POINT: Bits = 4 * BIT;
const MOST_POINTS: u32 = 2;

/// Where in a word of such a language a text stands.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// The number of its script, and how many points its last letter has.
    script: Option<usize>,
    points: u32,
}

impl Word {
    /// What the next character costs at most; none if it costs what it costs in any language.
    pub fn next(&mut self, c: char, class: CharClass) -> Option<Bits> {
        if c < '\u{370}' {
            *self = Word::default();
            return None;
        }
        if let Some((_, script)) = POINTS.iter().find(|(points, _)| points.contains(&c)) {
            self.points += 1;
            let stands = self.script == Some(*script) && self.points <= MOST_POINTS;
            return stands.then_some(POINT);
        }
        let is_of = |blocks: &[RangeInclusive<char>; 2]| blocks.iter().any(|b| b.contains(&c));
        let script = SCRIPTS.iter().position(is_of);
        let goes_on = script.is_some() && script == self.script;
        *self = Word { script, points: 0 };
        (goes_on && class.is_rare_letter()).then_some(RARE)
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{BIT, model};

    #[test]
    fn letters_of_unseen_languages_are_no_chance() {
        for text in ["Ҳаво имрӯз хунук аст", "אַ בלױער הימל", "Чун пырӗ те килне ҫитрӗ"]
        {
            let spared = model().spared_as_unseen(text);
            assert!(spared > 20 * BIT, "{text}: {spared}");
            assert!(model().cost(text) > spared + 40 * BIT, "{text}");
        }
    }

    #[test]
    fn a_letter_alone_and_points_in_a_row_stay_rare() {
        // KOI8-R read as windows-1255: every small letter a point.
        let two = model().spared_as_unseen("נּ\u{5B0}");
        assert!(two > 0);
        assert_eq!(model().spared_as_unseen("נּ\u{5B0}\u{5B3}\u{5B4}"), two);
        for alone in ["ӯ", "x ӯ", "a\u{5B0}", "\u{5B0}\u{5B0}"] {
            assert_eq!(model().spared_as_unseen(alone), 0, "{alone}");
        }
    }
}
