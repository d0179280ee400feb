//! What nothing else in a text agrees with.
//!
//! Garbled text agrees with itself: the same misreading makes sense of all of it. A single
//! sign, a letter that stands alone between blanks, a question mark: these are rare
//! wherever they stand, and some charset has something commoner in the same place. In
//! comes what a step would change, out comes how much less likely that makes it, or whether
//! the change is worth anything at all.

use super::pass::{Change, between};
use crate::channel::traces::is_gap;
use crate::channel::{Layer, Manner, Misreading};
use crate::charset::{Charset, Family};
use crate::model::{BIT, Bits, is_beside, is_box, is_wide, model};
use crate::text::characters::{beside, is_c1, is_next, only};
use std::collections::HashSet;
use std::ops::Range;

/// How much less likely it is that a single sign was misread.
const LONE: Bits = 8 * BIT;
/// How much less likely it is that letters were misread of which each stands between blanks:
/// nobody can tell it from a letter of another language, or of a table.
const ALONE: Bits = 20 * BIT;

/// The same for each of these letters but the first.
const MORE_ALONE: Bits = 8 * BIT;

/// How much less likely it is that two characters are UTF-8 if that makes nothing but one letter
/// that stands alone.
const LETTER: Bits = 4 * BIT;

/// How much less likely it is that letters of a script that has no others in the text are right.
const FOREIGN: Bits = 24 * BIT;

/// How much less likely it is that characters were misread that a drawing is made of, and fit
/// together, or begin and end a range, or that marks are made which stand at no word.
const DRAWN: Bits = 40 * BIT;

/// The same for each character that follows the one before it in a list.
const LISTED: Bits = 13 * BIT;

/// How much less likely it is that letters of a single-byte charset were misread among others that
/// make sense as they stand.
const PARTLY: Bits = 2 * BIT;

/// What it costs that a step changes one sign only, or makes one character only, or changes
/// none but characters that stand alone.
pub fn loneliness(before: &str, after: &str, step: Layer) -> Bits {
    let Layer { misreading, manner } = step;
    let is_spelled = !matches!(manner, Manner::Plain | Manner::LowByte);
    if is_spelled {
        return 0;
    }
    if misreading.is_utf8_in_single_bytes() {
        return if is_lone_letter(after) { LETTER } else { 0 };
    }
    let new = |text: &str, other: &str| -> Vec<char> {
        text.chars().filter(|&c| !c.is_ascii() && !other.contains(c)).collect()
    };
    let gone = new(before, after);
    let is_gone = |_: usize, c: char| gone.contains(&c);
    let listed = listed(before, misreading.read, is_gone) as Bits * LISTED;
    if manner == Manner::LowByte || misreading.is_utf8() {
        return listed;
    }
    let changed = before.char_indices().filter(|(_, c)| gone.contains(c));
    let alone = all_stand_alone(before, changed.map(|(at, c)| at..at + c.len_utf8()));
    let made = new(after, before);
    let is_figure = is_of_drawing(before, is_gone) || has_range(before, is_gone);
    let is_absurd = MARKS.iter().any(|mark| made.contains(mark) && is_out_of_place(after, *mark));
    let drawn = if is_figure || is_absurd { DRAWN } else { 0 }.max(listed);
    if gone.iter().all(|&c| is_c1(c)) && made.iter().all(|c| !c.is_alphanumeric()) {
        let lone = if misreading.written == Charset::WINDOWS_1252 { LONE } else { ALONE };
        return listed + if alone { lone } else { 0 };
    }
    if is_amount(before, &gone) && made.iter().all(|c| c.is_alphabetic()) {
        return drawn + ALONE;
    }
    let is_lone = || match misreading.written.family() {
        Family::SingleByte => matches!(*gone, [sign] if !sign.is_alphanumeric()),
        _ => made.len() == 1,
    };
    let families = [misreading.written, misreading.read].map(Charset::family);
    let made_alone =
        || families == [Family::DoubleByte, Family::SingleByte] && are_lone_words(after);
    let letters = |chars: &[char]| chars.iter().filter(|c| c.is_alphabetic()).count();
    let letters = letters(&gone).min(letters(&made));
    drawn
        + match alone || made_alone() {
            true => ALONE + letters.saturating_sub(1) as Bits * MORE_ALONE,
            false if is_lone() => LONE,
            false => 0,
        }
}

/// Whether all that a text has beyond ASCII is one letter, which stands alone.
fn is_lone_letter(text: &str) -> bool {
    let mut others = text.char_indices().filter(|(_, c)| !c.is_ascii());
    let Some((at, letter)) = others.next() else { return false };
    let part = at..at + letter.len_utf8();
    letter.is_alphabetic() && others.next().is_none() && all_stand_alone(text, [part].into_iter())
}

/// Words of one character of CJK, at least, that are a list of them.
const LONE_WORDS: usize = 4;

/// Whether a text has so many words beyond ASCII, and each is one character of CJK.
fn are_lone_words(text: &str) -> bool {
    let is_apart = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric();
    let is_one = |word: &str| only(word).is_some_and(|c| is_wide(c) && c.is_alphabetic());
    let mut words = text.split(is_apart).filter(|word| !word.is_ascii());
    words.clone().nth(LONE_WORDS - 1).is_some() && words.all(is_one)
}

/// Whether these are signs of a text, and each stands right before or behind a digit and
/// beside no letter.
fn is_amount(text: &str, signs: &[char]) -> bool {
    let places = text.char_indices().filter(|(_, c)| signs.contains(c));
    let mut places = places.map(|(at, c)| (c, text.split_at(at))).peekable();
    places.peek().is_some()
        && places.all(|(sign, (head, rest))| {
            let beside = [head.chars().next_back(), rest.chars().nth(1)];
            let mut beside =
                beside.into_iter().flatten().filter(|c| c.is_alphanumeric()).peekable();
            !sign.is_alphanumeric() && beside.peek().is_some() && beside.all(|c| c.is_ascii_digit())
        })
}

/// What it costs that a misreading, undone in these parts of a text, which makes it `after`, changes
/// none but characters that stand alone, and that it makes letters in a script that the rest is not
/// in.
pub fn loneliness_of(text: &str, parts: &[Change], after: &str, misreading: Misreading) -> Bits {
    let sources = parts.iter().map(|part| part.source.clone());
    let is_left_over =
        |part: &Change| is_control(text, part) && !part.text.contains(char::is_alphanumeric);
    let alone =
        !misreading.is_utf8() && all_stand_alone(text, sources) && !parts.iter().all(is_left_over);
    let made = parts.iter().fold(0, |all, part| all | scripts(&part.text));
    let rest = between(text, parts).fold(0, |all, rest| all | scripts(rest));
    let is_foreign = made != 0 && rest != 0 && made & rest == 0;
    let is_partly = misreading.written.family() == Family::SingleByte;
    let is_changed = |at: usize, _: char| parts.iter().any(|part| part.source.contains(&at));
    let is_figure = || is_of_drawing(text, is_changed) || has_range(text, is_changed);
    let is_absurd = || {
        let is_made = |mark| !text.contains(mark) && parts.iter().any(|p| p.text.contains(mark));
        MARKS.into_iter().any(|mark| is_made(mark) && is_out_of_place(after, mark))
    };
    let is_drawn = !misreading.is_utf8() && (is_figure() || is_absurd());
    let listed = match misreading.is_utf8_in_single_bytes() {
        true => 0,
        false => listed(text, misreading.read, is_changed) as Bits * LISTED,
    };
    let drawn = if is_drawn { DRAWN } else { 0 }.max(listed);
    let is_letter = misreading.is_utf8_in_single_bytes() && is_lone_letter(after);
    let costs = [(alone, ALONE), (is_foreign, FOREIGN), (is_partly, PARTLY), (is_letter, LETTER)];
    drawn + costs.into_iter().filter(|(is_so, _)| *is_so).map(|(_, cost)| cost).sum::<Bits>()
}

/// Whether nothing but C1 controls is changed in a part of a text: no text has them.
pub fn is_control(text: &str, part: &Change) -> bool {
    text.get(part.source.clone()).is_some_and(|source| source.chars().all(is_c1))
}

/// The scripts of the letters in a text that are beyond ASCII, a bit each.
fn scripts(text: &str) -> u32 {
    let letters = text.chars().filter(|c| !c.is_ascii() && c.is_alphabetic());
    letters.fold(0, |all, c| all | 1 << model().script(c))
}

/// Whether parts say nothing for the misreading that explains them: all of them, or, where
/// no well-formed UTF-8 speaks for it, most.
pub fn say_nothing(text: &str, parts: &[Change], misreading: Misreading) -> bool {
    let silent = parts.iter().filter(|part| says_nothing(text, part, misreading)).count();
    let others = parts.len() - silent;
    silent > 0 && others <= if misreading.is_utf8() { 0 } else { silent / 2 }
}

/// Whether a part says nothing for the misreading that explains it: what is all lost is no
/// better for being called so, and out of ASCII and of what was lost, anything can be made.
/// But where text is out of step, a question mark may have been a lead byte of CJK.
fn says_nothing(text: &str, part: &Change, misreading: Misreading) -> bool {
    let source = text.get(part.source.clone()).unwrap_or_default();
    if part.text.chars().all(|c| matches!(c, '\u{FFFD}' | ' ')) {
        return true;
    }
    if !misreading.is_out_of_step() {
        return source.chars().all(|c| c.is_ascii() || is_gap(c));
    }
    let mut beyond = part.text.chars().filter(|c| !c.is_ascii()).peekable();
    let is_trail = beyond.peek().is_some() && beyond.all(|c| is_wide(c) && c != '\u{FFFD}');
    source.is_ascii() && !is_trail
}

/// How many characters of a text that are changed go on with a list or a rule.
fn listed(text: &str, read: Charset, is_changed: impl Fn(usize, char) -> bool) -> usize {
    let changed = text.char_indices().filter(|&(at, c)| !c.is_ascii() && is_changed(at, c));
    let changed: Vec<char> = changed.map(|(_, c)| c).collect();
    in_order(&changed, read) + in_rule(text, &changed)
}

/// How many characters of a text are changed, if all are the same sign, and stand in a row.
fn in_rule(text: &str, changed: &[char]) -> usize {
    let is_rule = changed.first().is_some_and(|&sign| {
        !sign.is_alphanumeric()
            && !is_c1(sign)
            && changed.iter().all(|&c| c == sign)
            && text.contains(&sign.to_string().repeat(RULE))
    });
    if is_rule { changed.len() } else { 0 }
}

/// So many of a sign in a row are a rule.
const RULE: usize = 4;

/// Whether several characters of drawings are changed, and all that are stand as in a drawing.
fn is_of_drawing(text: &str, is_changed: impl Fn(usize, char) -> bool) -> bool {
    let mut last = ('\0', false);
    let mut boxes = 0;
    for (at, c) in text.char_indices() {
        let changed = is_box(c) && is_changed(at, c);
        if (changed || last.1) && !is_beside(last.0, c) {
            return false;
        }
        boxes += usize::from(changed);
        last = (c, changed);
    }
    boxes > 1
}

/// Marks that stand at words, or between them.
const MARKS: [char; 11] = ['‘', '’', '‚', '“', '”', '„', '–', '—', '…', '·', '°'];

/// Whether one of these stands nowhere in a text where it may: a quotation mark at a word or its
/// punctuation, another anywhere but alone in quotes.
fn is_out_of_place(text: &str, mark: char) -> bool {
    let is_quote = matches!(mark, '‘'..='‟');
    let stands = |c: char| match is_quote {
        true => c.is_alphanumeric() || c.is_ascii_punctuation() && !QUOTES.contains(c),
        false => !QUOTES.contains(c),
    };
    text.match_indices(mark).all(|(at, _)| {
        let part = at..at + mark.len_utf8();
        !beside(text, part).into_iter().any(|c| c.map_or(!is_quote, stands))
    })
}

/// What stands around a character that is talked about.
const QUOTES: &str = "'\"`|";

/// Characters that are changed, at least, where most of them stand in the order of the code.
const LIST: usize = 6;

/// Different characters that are changed, at least, where each is the next in the code.
const RUN: usize = 5;

/// How many of the characters that are changed stand behind the one that they follow in a list: none
/// if they are no list, of which few are there twice, and most are the next ones in the code,
/// or in that of the charset that they were read in, or the other case of the one before. By chance
/// one in eight is.
fn in_order(changed: &[char], read: Charset) -> usize {
    let byte = |c: char| match *read.encode_char(c)?.iter().as_slice() {
        [byte] => Some(u32::from(byte)),
        [lead, trail] => Some(u32::from(u16::from_be_bytes([lead, trail]))),
        _ => None,
    };
    let follows = |c: char, before: char| {
        let is_other_case = || c != before && c.to_lowercase().eq(before.to_lowercase());
        let is_next_byte = || byte(c).zip(byte(before)).is_some_and(|(c, b)| is_next(c, b));
        is_next(c.into(), before.into()) || is_other_case() || is_next_byte()
    };
    let is_in_order = |pair: &&[char]| matches!(**pair, [before, c] if follows(c, before));
    let all = changed.len();
    if all < RUN {
        return 0;
    }
    let mut kinds = HashSet::new();
    let mut first = changed.to_vec();
    first.retain(|c| kinds.insert(*c));
    if all >= LIST && first.len() * 4 >= all * 3 {
        let in_order = changed.windows(2).filter(is_in_order).count();
        if in_order * 2 >= all {
            return in_order;
        }
    }
    let runs = || first.windows(2).all(|pair| matches!(*pair, [a, b] if a as u32 + 1 == b as u32));
    if first.len() >= RUN && runs() { first.len() - 1 } else { 0 }
}

/// Whether brackets of a text begin with a range of letters that are changed, as `[а-я]` does.
fn has_range(text: &str, is_changed: impl Fn(usize, char) -> bool) -> bool {
    text.match_indices(['[', '(']).any(|(at, bracket)| {
        let from = at + bracket.len();
        let mut behind = text.get(from..).unwrap_or_default().char_indices();
        match [behind.next(), behind.next(), behind.next()] {
            [Some((_, first)), Some((_, '-' | '–')), Some((to, last))] => {
                first.is_alphabetic()
                    && last.is_alphabetic()
                    && (is_changed(from, first) || is_changed(from + to, last))
                    && first < last
            }
            _ => false,
        }
    })
}

/// Whether there are such parts of a text, and each is one character between blanks.
fn all_stand_alone(text: &str, parts: impl Iterator<Item = Range<usize>>) -> bool {
    let mut parts = parts.peekable();
    let mut stands_alone = |part: Range<usize>| {
        let is_one = text.get(part.clone()).is_some_and(|inner| only(inner).is_some());
        // What stands in quotes or brackets, or in a list, stands alone.
        let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        is_one && beside(text, part).into_iter().all(is_apart)
    };
    parts.peek().is_some() && parts.all(&mut stands_alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_beside_digits_are_no_letters() {
        let step = |step: &str| step.parse().unwrap();
        let prices = loneliness("£5, €6", "г5, А6", step("IBM866>windows-1252"));
        assert_eq!(prices, ALONE);
        assert_eq!(loneliness("¤5", "€5", step("ISO-8859-15>ISO-8859-1")), LONE);
        assert_eq!(loneliness("5£o", "5гo", step("IBM866>windows-1252")), LONE);
    }

    #[test]
    fn one_letter_that_stands_alone_is_doubted() {
        let doubt =
            |before, after| loneliness(before, after, "UTF-8>windows-1252".parse().unwrap());
        for (before, after) in [("Ã¼", "ü"), ("s == 'Ã¼'", "s == 'ü'")] {
            assert_eq!(doubt(before, after), LETTER, "{after}");
        }
        for (before, after) in [("fÃ¼r", "für"), ("Ã¼ Ã¶", "ü ö"), ("â€“", "–")] {
            assert_eq!(doubt(before, after), 0, "{after}");
        }
    }

    #[test]
    fn controls_alone_are_dashes_and_dots() {
        let lone = |made, misreading: &str| {
            loneliness("a \u{8D} b", &format!("a {made} b"), misreading.parse().unwrap())
        };
        assert_eq!(lone("–", "windows-1252>ISO-8859-1"), LONE);
        assert_eq!(lone("¨", "windows-1257>windows-1252"), ALONE);
    }

    #[test]
    fn alphabets_are_told_from_words() {
        let is_alphabet = |text: &str| {
            let is_changed = |_, c: char| !c.is_ascii();
            listed(text, Charset::WINDOWS_1252, is_changed) > 0 || has_range(text, is_changed)
        };
        for list in [
            "[A-Za-zàáâèéêìíîïòóô]+",
            "ÁáĐđŊŋŦŧÅåÄä",
            "А Б В Г Д Е Ж З",
            "'а', 'б', 'в', 'г', 'д', 'е'",
            "letters ([а-яё])",
            "€‚ƒ„…†‡ˆ‰Š‹Œ",
            "the alphabet (а–я + ё)",
        ] {
            assert!(is_alphabet(list), "{list}");
        }
        for text in ["оПЧЩК ЗПД", "ÊÑ Ô ãæñìèõ ðéòúåè", "абвг", "[я-а]", "(кое-что)", "È Ë È Ë È Ë"]
        {
            assert!(!is_alphabet(text), "{text}");
        }
    }

    #[test]
    fn tables_and_rules_go_on() {
        let listed = |text: &str, read| listed(text, read, |_, c: char| !c.is_ascii());
        // Rows of JIS X 0208, and a rule, blanks aside.
        assert_eq!(listed("\"鼻柊稗匹疋髭彦膝\"", Charset::EUC_JP), 7);
        assert_eq!(listed("¯¯¯¯ ¯¯", Charset::WINDOWS_1252), 6);
        assert_eq!(listed("'α' | 'β', γδε, εδγβα", Charset::WINDOWS_1253), 4);
        for text in ["天气很好我们出去", "¯¯¯", "¯¯¯¯ ±", "αγβδζ"] {
            assert_eq!(listed(text, Charset::GBK), 0, "{text}");
        }
    }

    #[test]
    fn marks_stand_at_words() {
        for (text, mark) in [("key: '’'", '’'), ("“ 1 „", '“'), ("('–', 'P')", '–'), ("’…‘", '’')]
        {
            assert!(is_out_of_place(text, mark), "{text}");
        }
        for (text, mark) in [("don’t", '’'), ("(a) “b”", '”'), ("a – b", '–'), ("‘’ or ’s", '’')]
        {
            assert!(!is_out_of_place(text, mark), "{text}");
        }
    }

    #[test]
    fn lone_characters_are_a_list() {
        assert!(are_lone_words("/^(文|形|自|右)/i"));
        for text in ["/^(文|形|自)/i", "文|形|自|右手", "→ → → →", "a文|形|自|右"]
        {
            assert!(!are_lone_words(text), "{text}");
        }
    }

    #[test]
    fn drawings_are_told_from_chance() {
        let is_drawing = |text: &str| is_of_drawing(text, |_, _| true);
        for drawing in ["│ a │ b │", "├── src", "└─┴─┘", "│名前│", "━━━━"]
        {
            assert!(is_drawing(drawing), "{drawing}");
        }
        // windows-1252, KOI8-R and UTF-8 read as IBM437.
        for chance in ["─pfel und ─hre", "╧╥╔╫┼╘", "╨┐╤Ç╨╕", "m│"] {
            assert!(!is_drawing(chance), "{chance}");
        }
    }
}
