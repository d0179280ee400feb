//! N-grams of newspapers, of which the corpora, full of help and handbooks, have too few.
//!
//! The crates `lingua-*-language-model` hold how often up to five letters stand behind each other in
//! a million sentences of the Leipzig Corpora Collection: each n-gram by its share of those with the
//! same beginning. In come such a crate and the corpus of its language. Out come counts of n-grams
//! of symbols: those of letters, and those of the edges of words, which are as many as an n-gram
//! has more occurrences than extensions.
//!
//! A good part of these newspapers is garbled: of the Hungarian `ő` a third are `õ`. Letters of
//! alphabets that the corpus of a language has not, or next to never, are left out.

use crate::corpus::Language;
use crate::ngrams::{Counted, ORDER};
use crate::rows;
use crate::symbols::{CharClass, Symbols};
use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::fs::File;
use std::path::Path;
use ungarble::model::layout::{self, BLANK, FIRST_CJK, NO_SCRIPT};

/// The crates by language.
pub const CRATES: &str = include_str!("../data/newspapers.tsv");
/// Pins what is read.
pub const LOCKED: &str = include_str!("../../newspapers/Cargo.lock");

/// The files of a crate, by the length of their n-grams.
const FILES: [&str; ORDER] = ["unigrams", "bigrams", "trigrams", "quadrigrams", "fivegrams"];
/// Languages whose words have no blanks between them.
const WITHOUT_BLANKS: [&str; 3] = ["ja", "th", "zh-Hant"];
/// A letter is at home in a language if it is one in so many letters of the corpus, and one of more
/// than so few.
const RARE: u64 = 1 << 15;
const FEW: u64 = 5;

/// How often each n-gram of letters stands in newspapers.
type Letters = HashMap<String, u64>;
/// Counts of n-grams of symbols, oldest first.
type Grams = HashMap<Vec<u16>, u64>;

/// Counts of the n-grams of a language, if there is a crate of it, that together count as much as
/// `mass` symbols, but for those that count less than `least`.
pub fn grams(
    folder: &Path,
    language: &Language,
    symbols: &Symbols,
    mass: u64,
    least: u64,
) -> Result<Counted, Box<dyn Error>> {
    let Some((_, name)) = rows(CRATES).find(|&(tag, _)| tag == language.tag) else {
        return Ok(Vec::new());
    };
    let models = folder.join(format!("lingua-{name}-language-model/models"));
    let mut letters: Vec<Letters> = Vec::new();
    for file in FILES {
        let longer = read(&models.join(format!("{file}.json.zip")), letters.last())?;
        letters.push(longer);
    }
    // Most files of CJK are empty.
    letters.retain(|letters| !letters.is_empty());
    let grams = in_symbols(&letters, symbols, language);
    let all = grams.iter().filter(|(gram, _)| gram.len() == 1).map(|(_, &count)| count).sum();
    let share =
        |count| (u128::from(count) * u128::from(mass) / u128::from(u64::max(all, 1))) as u64;
    let grams = grams.into_iter().map(|(gram, count)| (gram, share(count)));
    Ok(grams.filter(|&(_, count)| count >= least.max(1)).collect())
}

/// The n-grams of a file, and how often each occurs, given those that are shorter by one. Of
/// single letters there are as many as their shares have a common denominator.
fn read(path: &Path, shorter: Option<&Letters>) -> Result<Letters, Box<dyn Error>> {
    let mut archive = zip::ZipArchive::new(File::open(path)?)?;
    let mut file: serde_json::Value = serde_json::from_reader(archive.by_index(0)?)?;
    let by_share: HashMap<String, String> = serde_json::from_value(file["ngrams"].take())?;
    let mut shares = Vec::new();
    for (share, grams) in &by_share {
        let (part, whole) = share.split_once('/').ok_or("a share is a fraction")?;
        shares.push((part.parse::<u64>()?, whole.parse::<u64>()?, grams));
    }
    let letters = shares.iter().fold(1, |all, &(_, whole, _)| lcm(all, whole));
    let mut counts = Letters::new();
    for (part, whole, grams) in shares {
        for gram in grams.split(' ') {
            let begun = match shorter {
                Some(shorter) => shorter.get(without_last(gram)).copied().unwrap_or(0),
                None => letters,
            };
            counts.insert(gram.to_owned(), begun / whole * part);
        }
    }
    Ok(counts)
}

/// The least common multiple.
fn lcm(a: u64, b: u64) -> u64 {
    let (mut x, mut y) = (a, b);
    while y != 0 {
        (x, y) = (y, x % y);
    }
    a / x * b
}

fn without_first(gram: &str) -> &str {
    let mut chars = gram.chars();
    chars.next();
    chars.as_str()
}

fn without_last(gram: &str) -> &str {
    let mut chars = gram.chars();
    chars.next_back();
    chars.as_str()
}

/// Letters as symbols, and the edges of words as blanks.
fn in_symbols(letters: &[Letters], symbols: &Symbols, language: &Language) -> Grams {
    let home = at_home(language);
    let has_edges = !WITHOUT_BLANKS.contains(&language.tag.as_str());
    let nothing = Letters::new();
    let mut all = Grams::new();
    for (at, grams) in letters.iter().enumerate() {
        let [longer, longest] = [1, 2].map(|more| letters.get(at + more).unwrap_or(&nothing));
        let behind = sums(longer, without_last);
        let before = sums(longer, without_first);
        let around = sums(longest, |gram| without_first(without_last(gram)));
        for (gram, &count) in grams {
            let class = |c| {
                let is_home = |class: &&CharClass| class.symbol >= FIRST_CJK || home.contains(&c);
                symbols.classes.get(&c).filter(is_home)
            };
            let Some(classes) = gram.chars().map(class).collect::<Option<Vec<_>>>() else {
                continue;
            };
            let inner: Vec<u16> = classes.iter().map(|class| class.symbol).collect();
            if has_edges && !longer.is_empty() {
                let of = |sums: &HashMap<&str, u64>| sums.get(gram.as_str()).copied().unwrap_or(0);
                let [ends, starts] = [&behind, &before].map(|sums| count.saturating_sub(of(sums)));
                let script = classes.first().map_or(0, |class| class.script);
                let edge = [layout::neutral(BLANK, if script < NO_SCRIPT { script } else { 0 })];
                if inner.len() == 1 {
                    add(&mut all, edge.to_vec(), starts);
                }
                add(&mut all, [&edge, inner.as_slice()].concat(), starts);
                add(&mut all, [inner.as_slice(), &edge].concat(), ends);
                if !longest.is_empty() {
                    let words = (starts + ends + of(&around)).saturating_sub(count);
                    add(&mut all, [&edge, inner.as_slice(), &edge].concat(), words);
                }
            }
            add(&mut all, inner, count);
        }
    }
    all
}

fn add(all: &mut Grams, gram: Vec<u16>, count: u64) {
    if count > 0 && gram.len() <= ORDER {
        *all.entry(gram).or_default() += count;
    }
}

/// How often each part of n-grams occurs in them.
fn sums<'g>(grams: &'g Letters, part: impl Fn(&'g str) -> &'g str) -> HashMap<&'g str, u64> {
    let mut sums = HashMap::new();
    for (gram, &count) in grams {
        *sums.entry(part(gram)).or_default() += count;
    }
    sums
}

/// The letters of a language, small ones, as the newspapers have them.
fn at_home(language: &Language) -> HashSet<char> {
    let mut counts: HashMap<char, u64> = HashMap::new();
    let mut all = 0;
    for c in language.lines.iter().flat_map(|line| line.chars()).filter(|c| c.is_alphabetic()) {
        *counts.entry(c.to_lowercase().next().unwrap_or(c)).or_default() += 1;
        all += 1;
    }
    let is_home = |&(_, count): &(char, u64)| count > FEW && count * RARE >= all;
    counts.into_iter().filter(is_home).map(|(c, _)| c).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn letters(counts: &[(&str, u64)]) -> Letters {
        counts.iter().map(|&(gram, count)| (gram.to_owned(), count)).collect()
    }

    #[test]
    fn edges_are_what_extensions_leave() {
        // Of `ab ab abc c`, and once `aõ`, in a language without that letter.
        let letters = [
            letters(&[("a", 4), ("b", 3), ("c", 2), ("õ", 1)]),
            letters(&[("ab", 3), ("bc", 1), ("aõ", 1)]),
            letters(&[("abc", 1)]),
        ];
        let class = |symbol| CharClass { symbol, emission: 0, case: 1, script: 0 };
        let [a, b, c] = [600, 601, 602];
        let classes = [('a', class(a)), ('b', class(b)), ('c', class(c)), ('õ', class(603))];
        let symbols = Symbols { count: 604, classes: BTreeMap::from(classes) };
        let language = Language {
            tag: "xx".to_owned(),
            lines: vec!["abc ".repeat(10)],
            weight: 16,
            damaged: 0,
        };
        let grams = in_symbols(&letters, &symbols, &language);
        let count = |gram: &[u16]| grams.get(gram).copied().unwrap_or(0);
        assert_eq!(count(&[BLANK]), 5);
        assert_eq!([count(&[BLANK, a]), count(&[BLANK, b])], [4, 0]);
        assert_eq!([count(&[a, BLANK]), count(&[b, BLANK])], [0, 2]);
        assert_eq!([count(&[a, b, BLANK]), count(&[BLANK, a, b, BLANK])], [2, 0]);
        assert_eq!([count(&[a, b]), count(&[a, b, c])], [3, 1]);
        assert_eq!([count(&[BLANK, c, BLANK]), count(&[BLANK, a, BLANK])], [1, 0]);
        assert_eq!(count(&[a, 603]), 0);
    }

    #[test]
    fn counts_come_back_from_shares() {
        assert_eq!([lcm(4, 6), lcm(1, 7), lcm(5, 5)], [12, 7, 5]);
        assert_eq!([without_first("ñu"), without_last("uñ")], ["u", "u"]);
        assert_eq!(sums(&letters(&[("ab", 2), ("ac", 3)]), without_last)["a"], 5);
    }

    #[test]
    fn each_crate_of_the_table_is_locked() {
        assert!(rows(CRATES).count() > 60);
        for (tag, name) in rows(CRATES) {
            assert!(LOCKED.contains(&format!("lingua-{name}-language-model")), "{tag}");
        }
    }
}
