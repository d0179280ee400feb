//! The passages in `testdata`: what must come out right, what must stay as it is, and
//! what is known to come out wrong.
//!
//! `wild.jsonl` and `negative.jsonl` must pass. A line of `known-failures.jsonl` that
//! passes fails the test, so that progress is seen and kept: with `UNGARBLE_MOVE=1` it is
//! moved to the file that it belongs in, and the wrong answers of the others are noted anew.

mod gold_support;

use gold_support::is_gold_with_gaps;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use ungarble::Chain;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Case {
    class: String,
    /// The misreadings in the order in which they happened; empty for intact text.
    chain: String,
    garbled: String,
    gold: String,
    /// Whether something was lost on the way.
    lossy: bool,
    /// Known failures: what comes out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    answer: Option<String>,
}

impl Case {
    fn is_negative(&self) -> bool {
        self.garbled == self.gold
    }

    /// Pages are cleaned, all else is repaired.
    fn run(&self) -> String {
        match self.class.as_str() {
            "page" | "pinyin" => ungarble::clean(&self.garbled).text.into_owned(),
            _ => ungarble::repair(&self.garbled).text.into_owned(),
        }
    }

    fn passes(&self, answer: &str) -> bool {
        answer == self.gold || self.lossy && is_gold_with_gaps(answer, &self.gold)
    }

    /// Whether every character of the garbled text comes from the chain alone: what else
    /// happened is told behind a comma.
    fn is_whole(&self) -> bool {
        !self.lossy
            && !self.chain.contains(',')
            && !matches!(self.class.as_str(), "partial" | "pinyin" | "page" | "escapes")
            && !self.is_negative()
    }
}

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata").join(name)
}

fn read(name: &str) -> Vec<Case> {
    let text = fs::read_to_string(path(name)).unwrap();
    text.lines()
        .enumerate()
        .map(|(i, line)| {
            serde_json::from_str(line).unwrap_or_else(|e| panic!("{name}:{}: {e}", i + 1))
        })
        .collect()
}

fn write(name: &str, cases: &[Case]) {
    let lines = cases.iter().map(|case| serde_json::to_string(case).unwrap() + "\n");
    fs::write(path(name), lines.collect::<String>()).unwrap();
}

/// One line a class: how many pass.
fn table(name: &str, classes: &BTreeMap<String, (usize, usize)>) -> String {
    let mut out = String::new();
    for (class, (passed, all)) in classes {
        writeln!(out, "{name:<9} {class:<20} {passed:>4} of {all}").unwrap();
    }
    let sum = classes.values().fold((0, 0), |sum, n| (sum.0 + n.0, sum.1 + n.1));
    writeln!(out, "{name:<9} {:<20} {:>4} of {}", "all", sum.0, sum.1).unwrap();
    out
}

fn must_pass(name: &str, least: usize) {
    let cases = read(&format!("{name}.jsonl"));
    assert!(cases.len() >= least, "{name}: cases are gone, {} are left", cases.len());
    let mut classes: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut failures = String::new();
    for case in &cases {
        let answer = case.run();
        let passes = case.passes(&answer);
        let (passed, all) = classes.entry(case.class.clone()).or_default();
        *passed += usize::from(passes);
        *all += 1;
        if !passes {
            let Case { class, chain, garbled, gold, .. } = case;
            writeln!(
                failures,
                "\n{class}, {chain}\n  in   {garbled}\n  out  {answer}\n  gold {gold}"
            )
            .unwrap();
        }
    }
    println!("{}", table(name, &classes));
    assert!(failures.is_empty(), "{name}:\n{failures}");
}

#[test]
fn wild_passages_come_out_right() {
    must_pass("wild", 490);
}

#[test]
fn intact_passages_stay_as_they_are() {
    for case in read("negative.jsonl") {
        assert!(case.is_negative(), "{} is not intact", case.garbled);
    }
    must_pass("negative", 255);
}

#[test]
fn known_failures_still_fail() {
    let cases = read("known-failures.jsonl");
    let mut classes: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let (mut left, mut moved) = (Vec::new(), Vec::new());
    for case in cases {
        let answer = case.run();
        let passes = case.passes(&answer);
        let (passed, all) = classes.entry(case.class.clone()).or_default();
        *passed += usize::from(passes);
        *all += 1;
        if passes {
            moved.push(Case { answer: None, ..case });
        } else {
            left.push(Case { answer: Some(answer), ..case });
        }
    }
    println!("{}", table("failures", &classes));
    if std::env::var_os("UNGARBLE_MOVE").is_some() {
        let (negative, wild): (Vec<_>, Vec<_>) = moved.into_iter().partition(Case::is_negative);
        for (name, more) in [("wild.jsonl", wild), ("negative.jsonl", negative)] {
            write(name, &[read(name), more].concat());
        }
        write("known-failures.jsonl", &left);
        return;
    }
    let names: Vec<_> = moved.iter().map(|case| (&case.chain, &case.garbled)).collect();
    assert!(
        moved.is_empty(),
        "these come out right now; move them with UNGARBLE_MOVE=1: {names:#?}"
    );
}

/// The chains lead from one text to the other, so that no case asks for the impossible:
/// forward, or back where the decoder that read it has a character of its own for a byte.
#[test]
fn chains_lead_from_gold_to_garbled() {
    let cases = [read("wild.jsonl"), read("known-failures.jsonl")].concat();
    let whole: Vec<_> = cases.into_iter().filter(Case::is_whole).collect();
    assert!(whole.len() > 100);
    let mut wrong = String::new();
    for Case { chain, garbled, gold, .. } in whole {
        let chain: Chain = chain.parse().unwrap();
        let leads = chain.garble(&gold).as_ref() == Some(&garbled)
            || chain.undo(&garbled).as_ref() == Some(&gold);
        if !leads {
            writeln!(wrong, "\n{chain}\n  gold    {gold}\n  garbled {garbled}").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn pages_come_out_right() {
    let mut count = 0;
    for entry in fs::read_dir(path("pages")).unwrap() {
        let page = entry.unwrap().path();
        let expected = page.with_extension("expected");
        if page == expected || !expected.exists() {
            continue;
        }
        let bytes = fs::read(&page).unwrap();
        let answer = ungarble::clean_bytes(&bytes);
        assert_eq!(answer.text, fs::read_to_string(&expected).unwrap(), "{page:?}");
        count += 1;
    }
    assert!(count >= 3, "pages are gone: {count} are left");
}
