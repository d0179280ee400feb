//! Plans: learned from pairs, undone in other text, serialized and replayed.
//!
//! `testdata/plans/pairs.jsonl` has a garbled text and the right one, what a plan learned
//! from them undoes in each garbled line, and other text of the same source. `exact` says
//! that nothing was lost.

use proptest::prelude::*;
use serde::Deserialize;
use std::fs;
use std::io::Write;
use ungarble::charset::Charset;
use ungarble::{Alternative, Chain, Kind, Manner, Misreading, Options, Plan, Undone, learn_plan};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    undone: Vec<Vec<String>>,
    garbled: String,
    right: String,
    more: Vec<[String; 2]>,
    exact: bool,
}

fn read(name: &str) -> String {
    fs::read_to_string(format!("{}/testdata/plans/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn pairs() -> Vec<Pair> {
    let pairs: Vec<_> =
        read("pairs.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(pairs.len() >= 24, "pairs are gone: {} are left", pairs.len());
    pairs
}

fn undone(plan: &Plan) -> Vec<Vec<String>> {
    let passes = |passes: &[Undone]| passes.iter().map(Undone::to_string).collect();
    plan.rounds[0].repairs.iter().map(|repair| passes(&repair.passes)).collect()
}

#[test]
fn pairs_teach_what_was_misread() {
    let mut wrong = String::new();
    for pair in pairs() {
        let Some(plan) = learn_plan(&pair.garbled, &pair.right) else {
            wrong.push_str(&format!("\nnothing: {:?}\n  {}\n", pair.undone, pair.garbled));
            continue;
        };
        if undone(&plan) != pair.undone {
            wrong.push_str(&format!("\n{:?}\n  instead of {:?}\n", undone(&plan), pair.undone));
        }
        if pair.exact && plan.replay(&pair.garbled) != pair.right {
            wrong.push_str(&format!("\n{}\n  {}\n", plan.replay(&pair.garbled), pair.right));
        }
        for [garbled, right] in &pair.more {
            let answer = plan.undo(garbled);
            if answer.text != *right {
                wrong.push_str(&format!("\n{}\n  instead of {right}\n", answer.text));
            }
            if answer.plan.replay(garbled) != *right {
                wrong.push_str(&format!("\nreplayed: {}\n", answer.plan.replay(garbled)));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn lossy_pairs_come_back_as_far_as_they_can() {
    for pair in pairs().iter().filter(|pair| !pair.exact) {
        let plan = learn_plan(&pair.garbled, &pair.right).unwrap();
        let back = plan.replay(&pair.garbled);
        let same = back.chars().filter(|c| pair.right.contains(*c)).count();
        let all = pair.right.chars().count();
        assert!(same * 2 > all, "{back}\n{}", pair.right);
    }
}

#[test]
fn unrelated_texts_teach_nothing() {
    for line in read("unrelated.tsv").lines().filter(|line| !line.starts_with('#')) {
        let (one, other) = line.split_once('\t').unwrap();
        assert_eq!(learn_plan(one, other), None, "{line}");
    }
}

#[test]
fn plans_survive_serialization() {
    for pair in pairs() {
        let learned = learn_plan(&pair.garbled, &pair.right).unwrap();
        let answer = ungarble::clean(&pair.garbled);
        for (plan, text) in [
            (learned.clone(), learned.replay(&pair.garbled)),
            (answer.plan, answer.text.into_owned()),
        ] {
            let json = serde_json::to_string(&plan).unwrap();
            let again: Plan = serde_json::from_str(&json).unwrap();
            assert_eq!(again, plan, "{json}");
            assert_eq!(again.replay(&pair.garbled), text, "{json}");
        }
    }
}

#[test]
fn serialized_plans_are_read_by_people() {
    let plan = learn_plan("Ã©tÃ©\nok\nКлюч: cafÃ©", "été\nok\nКлюч: café").unwrap();
    let json = serde_json::to_value(&plan).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "rounds": [{
                "residue": [],
                "repairs": [
                    {"source": [0, 9], "undone": ["UTF-8>windows-1252"]},
                    {"source": [13, 30], "undone": ["parts UTF-8>windows-1252"]},
                ],
                "normalization": [],
                "chinese": "keep",
            }],
        })
    );
    for wrong in ["UTF-8", "UTF-8>nonsense", "parts UTF-8>windows-1252 + UTF-8>GBK", ""] {
        assert!(wrong.parse::<Undone>().is_err(), "{wrong}");
        let json = serde_json::Value::from(wrong);
        assert!(serde_json::from_value::<Undone>(json.clone()).is_err(), "{wrong}");
        // The empty chain is that of a text as it stands.
        assert_eq!(serde_json::from_value::<Chain>(json).is_ok(), wrong.is_empty(), "{wrong}");
    }
    assert_eq!(Chain::default().undo("x").as_deref(), Some("x"));
    for wrong in [serde_json::json!({}), serde_json::json!({"rounds": [{"bogus": 1}]})] {
        assert!(serde_json::from_value::<Plan>(wrong.clone()).is_err(), "{wrong}");
    }
    for right in ["UTF-8>windows-1252 via html", "guessed parts EUC-KR>GBK", "GBK>Big5 + UTF-8>GBK"]
    {
        assert_eq!(right.parse::<Undone>().unwrap().to_string(), right);
    }
    let misreading: Misreading = serde_json::from_str("\"GBK>windows-1252\"").unwrap();
    assert_eq!(serde_json::to_string(&misreading).unwrap(), "\"GBK>windows-1252\"");
}

/// Plans come from anybody. Each of these chains makes text of such letters longer.
#[test]
fn a_hostile_plan_cannot_fill_the_memory() {
    let line = "é".repeat(2000);
    let grow = ["windows-1252>UTF-8"; 8].join(" + ");
    let chain: Chain = grow.parse().unwrap();
    assert!(chain.undo("é").unwrap().len() > 100, "the chain does not make text longer");
    let plan = |passes: usize, repairs: usize| {
        let repair = serde_json::json!({"source": [0, line.len()], "undone": vec![&grow; passes]});
        serde_json::json!({"rounds": [{"repairs": vec![repair; repairs]}]}).to_string()
    };
    let error = serde_json::from_str::<Plan>(&plan(9, 1)).unwrap_err().to_string();
    assert!(error.contains("at most 8 passes"), "{error}");
    let hostile: Plan = serde_json::from_str(&plan(8, 50)).unwrap();
    for made in [hostile.replay(&line), hostile.undo(&line).text.into_owned()] {
        assert!(made.len() <= 16 * line.len(), "{} bytes of {}", made.len(), line.len());
    }
    // As many passes as one likes can be made without a file.
    let mut endless = hostile.clone();
    let pass: Undone = "windows-1252>UTF-8".parse().unwrap();
    for repair in &mut endless.rounds[0].repairs {
        repair.passes = vec![pass.clone(); 1000];
    }
    assert!(endless.replay(&line).len() <= 16 * line.len());
    // And as many rounds.
    let mut rounds = learn_plan("Ã©", "é").unwrap();
    rounds.rounds = vec![rounds.rounds[0].clone(); 1_000_000];
    let again = rounds.clone();
    assert_eq!(again, rounds);
    assert_eq!(again.chains().len(), 1);
    assert_eq!((&*again.replay("Ã©"), &*again.undo("Ã©").text), ("é", "é"));
    write!(std::io::sink(), "{again:?}").unwrap();
}

/// Of places that overlap the first counts, and nothing is made of the others.
#[test]
fn places_of_a_plan_are_worked_on_once() {
    let repair = |start: usize, end: usize| serde_json::json!({"source": [start, end], "undone": ["UTF-8>windows-1252"]});
    let places = [repair(0, 5), repair(0, 5), repair(3, 9), repair(5, 9), repair(9, 99)];
    let plan: Plan =
        serde_json::from_value(serde_json::json!({"rounds": [{"repairs": places}]})).unwrap();
    assert_eq!(plan.replay("Ã©-Ã©"), "é-é");
}

#[test]
fn a_plan_leaves_intact_lines_alone() {
    let plan = learn_plan("оПНЯРН", "Просто").unwrap();
    assert_eq!(plan.undo("Просто\nоПНЯРН РЕЙЯР").text, "Просто\nПросто текст");
}

#[test]
fn alternatives_begin_with_the_answer_and_hold_the_line() {
    for pair in pairs().iter().filter(|pair| !pair.garbled.contains('\n')) {
        for count in [1, 2, 5] {
            let readings = Options::repair().alternatives(&pair.garbled, count);
            assert!(readings.len() <= count && !readings.is_empty());
            assert_eq!(readings[0].text, ungarble::repair(&pair.garbled).text);
            assert!(count == 1 || readings.iter().any(|reading| reading.text == pair.garbled));
            let sum: f32 = readings.iter().map(|reading| reading.probability).sum();
            assert!((0.0..=1.001).contains(&sum), "{sum}");
            for reading in readings.iter().filter(|reading| !reading.chain.is_empty()) {
                assert_eq!(reading.chain.undo(&pair.garbled).as_ref(), Some(&reading.text));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// What is garbled by any two layers in use is learned, and comes back.
    #[test]
    fn any_chain_is_learned(
        text in "[a-zéèàçüñ ]{4,20}é|[а-яё ]{6,20}ы",
        first in prop::sample::select(vec!["UTF-8>windows-1251", "UTF-8>IBM850", "UTF-8>macintosh", "UTF-8>IBM866"]),
        second in prop::sample::select(vec!["", " + UTF-8>windows-1252", " + UTF-8>ISO-8859-2", " + UTF-8>gb18030"]),
    ) {
        let chain: Chain = format!("{first}{second}").parse().unwrap();
        if let Some(garbled) = chain.garble(&text) {
            let plan = learn_plan(&garbled, &text);
            prop_assert_eq!(plan.map(|plan| plan.replay(&garbled)), Some(text));
        }
    }
}

/// What has a name is serialized as that name and read from it.
#[test]
fn names_survive_serialization() {
    fn there_and_back<T>(value: T, json: &str)
    where
        T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
    {
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
        assert_eq!(serde_json::from_str::<T>(json).unwrap(), value);
    }
    there_and_back(Charset::ISO_8859_1, "\"ISO-8859-1\"");
    there_and_back(Manner::LowerCase, "\"lower-case\"");
    there_and_back(Kind::FileName, "\"file-name\"");
    for wrong in ["\"magic\"", "1"] {
        assert!(serde_json::from_str::<Charset>(wrong).is_err());
        assert!(serde_json::from_str::<Manner>(wrong).is_err());
        assert!(serde_json::from_str::<Kind>(wrong).is_err());
    }
    let readings = Options::repair().alternatives("KÃ¶ln", 2);
    let json = serde_json::to_string(&readings).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Alternative>>(&json).unwrap(), readings);
    let decoded = serde_json::to_value(ungarble::decode("Größe".as_bytes())).unwrap();
    assert_eq!((&decoded["text"], &decoded["charset"]), (&"Größe".into(), &"UTF-8".into()));
    assert_eq!(decoded["evidence"]["by"], "utf8");
}
