//! Lines of the corpus that one misreading of Latin letters garbled: Turkish with `ý` for `ı`.
//!
//! In come the lines of one language, out come those that are sound. What a language is
//! written with, its other lines tell. A line is damaged if it has letters that the language
//! hardly has where another code page has letters that it is full of, and nothing speaks
//! against that code page. A foreign name may look like that, but it comes alone: a
//! misreading counts only if several lines show it.

use encoding_rs::{Encoding, ISO_8859_2, WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257};
use std::collections::{HashMap, HashSet};

/// The code pages of Latin letters that text is commonly taken from one to the other of.
const PAGES: [&Encoding; 5] = [WINDOWS_1250, WINDOWS_1252, WINDOWS_1254, WINDOWS_1257, ISO_8859_2];
/// How many times more lines have a letter than have what stands in its place.
const COMMONER: usize = 20;
/// Lines that show a misreading.
const SHOWN: usize = 4;

/// Takes the damaged lines out, and says how many they were.
pub fn remove(lines: &mut Vec<String>) -> usize {
    let letters: Vec<HashSet<char>> = lines.iter().map(|line| beyond_ascii(line)).collect();
    let mut with: HashMap<char, usize> = HashMap::new();
    for &c in letters.iter().flatten() {
        *with.entry(c).or_default() += 1;
    }
    let mut damaged: HashSet<usize> = HashSet::new();
    for (read, written) in pairs() {
        let became = table(read, written);
        let shown: Vec<usize> =
            (0..lines.len()).filter(|&at| is_misread(&letters[at], &became, &with)).collect();
        if shown.len() >= SHOWN {
            damaged.extend(shown);
        }
    }
    let mut places = 0..;
    lines.retain(|_| places.next().is_some_and(|at| !damaged.contains(&at)));
    damaged.len()
}

fn pairs() -> impl Iterator<Item = (&'static Encoding, &'static Encoding)> {
    let others = |read| PAGES.into_iter().filter(move |&written| written != read);
    PAGES.into_iter().flat_map(move |read| others(read).map(move |written| (read, written)))
}

fn beyond_ascii(line: &str) -> HashSet<char> {
    line.chars().filter(|c| !c.is_ascii()).collect()
}

/// What each character was that one code page reads and the other wrote.
fn table(read: &'static Encoding, written: &'static Encoding) -> HashMap<char, char> {
    let char_of = |encoding: &'static Encoding, byte: u8| {
        let bytes = [byte];
        let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
        text.chars().next()
    };
    let both = |byte| Some((char_of(read, byte)?, char_of(written, byte)?));
    (0x80..=0xFF).filter_map(both).collect()
}

fn is_misread(
    line: &HashSet<char>,
    became: &HashMap<char, char>,
    with: &HashMap<char, usize>,
) -> bool {
    let lines = |c: char| with.get(&c).copied().unwrap_or(0);
    let mut is_odd = false;
    for &c in line {
        let Some(&was) = became.get(&c) else { return false };
        if was == c || !c.is_alphabetic() {
            continue;
        }
        if !was.is_alphabetic() || lines(c) > COMMONER * lines(was) {
            return false;
        }
        is_odd |= lines(was) > COMMONER * lines(c);
    }
    is_odd
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(sound: &str, others: &[&str]) -> Vec<String> {
        let sound = std::iter::repeat_n(sound, 100);
        sound.chain(others.iter().copied()).map(str::to_owned).collect()
    }

    #[test]
    fn lines_of_one_misreading_are_taken_out() {
        let garbled = ["kapý açýk", "yarýn", "ýþýk", "sýcak"];
        let mut all = lines("kapı açık, ışık sıcak", &garbled);
        assert_eq!(remove(&mut all), garbled.len());
        assert_eq!(all.len(), 100);
    }

    #[test]
    fn names_are_left_in() {
        let mut all = lines("Če dežuje, ostanemo doma.", &["Liège", "Molière", "naša Liège"]);
        assert_eq!(remove(&mut all), 0);
        let mut all = lines("kapı açık", &["kapı ýa", "ışık ýa", "sıcak ýa", "yarın ýa"]);
        assert_eq!(remove(&mut all), 0, "no code page that has ý reads ı");
    }
}
