//! Cases from files, and whether an answer to one is right.

use serde_json::Value;
use sha2::{Digest, Sha256};
use std::error::Error;
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// A text and what it should become.
pub struct Case {
    pub garbled: String,
    golds: Vec<String>,
}

impl Case {
    fn parse(line: &str) -> Result<Case, Box<dyn Error>> {
        let value: Value = serde_json::from_str(line)?;
        let text = |name: &str| value[name].as_str().map(str::to_owned);
        let all = value["golds"]
            .as_array()
            .map(|golds| golds.iter().filter_map(Value::as_str).map(even).collect::<Vec<String>>());
        let one = || text("gold").map(|gold| vec![even(&gold)]);
        Ok(Case {
            garbled: text("garbled").ok_or("a case without `garbled`")?,
            golds: all.or_else(one).ok_or("a case without `gold`")?,
        })
    }

    /// Whether an answer is one of the golds, form, line ends and outer blanks aside.
    /// U+FFFD in a gold stands for one character, whichever, or none.
    pub fn is_right(&self, answer: &str) -> bool {
        let answer = even(answer);
        self.golds
            .iter()
            .any(|gold| *gold == answer || gold.contains('\u{FFFD}') && matches(&answer, gold))
    }
}

/// NFC, with line feeds, without outer blanks.
fn even(text: &str) -> String {
    let text: String = text.nfc().collect();
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.trim_matches([' ', '\t', '\n', '\u{A0}', '\u{3000}']).to_owned()
}

/// Whether an answer is a gold in which U+FFFD stands for any character or none.
fn matches(answer: &str, gold: &str) -> bool {
    let answer: Vec<char> = answer.chars().collect();
    // For each length of the answer's beginning whether the gold so far matches it.
    let mut reached: Vec<bool> = (0..=answer.len()).map(|length| length == 0).collect();
    for g in gold.chars() {
        let next = |length: usize| {
            let before = length > 0 && reached[length - 1];
            match g {
                '\u{FFFD}' => reached[length] || before,
                _ => before && answer[length - 1] == g,
            }
        };
        reached = (0..=answer.len()).map(next).collect();
    }
    reached.last().copied().unwrap_or_default()
}

/// Bytes that are searched in one piece.
const LONGEST: usize = 4096;

/// The cases of one line of all files of a folder, in the order of their names; the hash takes in
/// the files.
pub fn read(folder: &Path, hash: &mut Sha256) -> Result<Vec<Case>, Box<dyn Error>> {
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|path| path.extension().is_some_and(|e| e == "jsonl"));
    paths.sort();
    let mut cases = Vec::new();
    for path in &paths {
        let text = std::fs::read_to_string(path)?;
        hash.update(&text);
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let case = Case::parse(line).map_err(|e| format!("{}: {e}", path.display()))?;
            // The confidence of more than one line is that of the least sure one by the
            // weights that are there: fitting on it would go round in circles.
            if !case.garbled.contains('\n') && case.garbled.len() <= LONGEST {
                cases.push(case);
            }
        }
    }
    Ok(cases)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_characters_match_one_or_none() {
        let case = Case::parse(r#"{"garbled": "x", "gold": " a\ufffdc\u00e9 "}"#).unwrap();
        for right in ["abcé", "acé", "a\u{FFFD}ce\u{301}\n"] {
            assert!(case.is_right(right), "{right}");
        }
        for wrong in ["abbcé", "ac", "abcéd", ""] {
            assert!(!case.is_right(wrong), "{wrong}");
        }
    }

    #[test]
    fn any_gold_will_do() {
        let case = Case::parse(r#"{"garbled": "x", "golds": ["a", "b"]}"#).unwrap();
        assert!(case.is_right("b"));
        assert!(!case.is_right("ab"));
        assert!(Case::parse(r#"{"garbled": "x"}"#).is_err());
    }
}
