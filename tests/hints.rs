//! What a caller knows decides where a text alone does not say enough.
//!
//! `testdata/hints.jsonl` has a hint, a text, and the right one, which comes out with the hint
//! and not without: a garbled text is repaired, or one of code left alone.

use serde::Deserialize;
use std::fmt::Write;
use ungarble::{Kind, Options};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    language: Option<String>,
    likely_charset: Option<String>,
    kind: Option<String>,
    garbled: String,
    gold: String,
}

impl Case {
    fn options(&self) -> Options {
        let mut options = Options::repair();
        if let Some(tag) = &self.language {
            options = options.language(tag);
        }
        if let Some(label) = &self.likely_charset {
            options = options.likely_charset(label);
        }
        match self.kind.as_deref() {
            None => options,
            Some("file-name") => options.kind(Kind::FileName),
            Some("tag") => options.kind(Kind::Tag),
            Some("code") => options.kind(Kind::Code),
            Some("markup") => options.kind(Kind::Markup),
            Some(kind) => panic!("{kind} is no kind that decides anything"),
        }
    }
}

fn cases() -> Vec<Case> {
    let lines = include_str!("../testdata/hints.jsonl").lines();
    lines.map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_hint_decides_what_is_in_doubt() {
    let mut wrong = String::new();
    let cases = cases();
    assert!(cases.len() >= 17, "cases are gone: {} are left", cases.len());
    for kind in ["file-name", "tag", "code", "markup"] {
        let own = cases.iter().filter(|case| case.kind.as_deref() == Some(kind));
        assert!(own.count() >= 2, "cases of the kind {kind} are gone");
    }
    for case in cases {
        let (garbled, gold) = (&case.garbled, &case.gold);
        let with = case.options().text(garbled).text;
        let without = Options::repair().text(garbled).text;
        if with != *gold || without == *gold {
            writeln!(wrong, "{garbled}: {with} with, {without} without, {gold} is right").unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_hint_that_does_not_fit_is_overruled() {
    let garbled = "Am Abend gingen wir Ã¼ber die BrÃ¼cke zurÃ¼ck nach KÃ¶ln.";
    let gold = "Am Abend gingen wir über die Brücke zurück nach Köln.";
    for options in [
        Options::repair().language("ja"),
        Options::repair().language("no such language"),
        Options::repair().likely_charset("KOI8-R"),
        Options::repair().likely_charset("no such charset"),
    ] {
        assert_eq!(options.text(garbled).text, gold);
        assert_eq!(options.text(gold).text, gold);
    }
}

/// Code shows bytes; prose in a field of a form was garbled on the way into it.
#[test]
fn no_kind_harms_what_is_sure() {
    let garbled = "Le prÃ©sident a dÃ©missionnÃ© aprÃ¨s le dÃ©jeuner.";
    let gold = "Le président a démissionné après le déjeuner.";
    for kind in [Kind::FileName, Kind::Tag, Kind::Prose, Kind::Code, Kind::Markup] {
        assert_eq!(Options::repair().kind(kind).text(garbled).text, gold, "{kind:?}");
        assert_eq!(Options::repair().kind(kind).text(gold).text, gold, "{kind:?}");
    }
}
