//! Signs stand where their names say: the trainer writes the names beside the weights, and a
//! person reads these. So each test changes one thing of an answer and names the signs that must
//! change with it, and no others.

use super::*;
use crate::channel::Chain;
use crate::search::pass::Change;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn every_sign_has_a_name_and_a_weight() {
    assert_eq!(left("é", [0, 0]).count(), AnswerKind::Unsearched.names().len());
    for kind in AnswerKind::ALL {
        // The first weight always counts.
        assert_eq!(WEIGHTS[kind as usize].len(), 1 + kind.names().len(), "{kind:?}");
    }
}

/// The signs that one answer has and another has not, by their names.
fn changed(before: &Signs, after: &Signs) -> BTreeSet<&'static str> {
    assert_eq!(before.kind, after.kind);
    let values = before.values.iter().zip(&after.values);
    let named = before.kind.names().iter().zip(values);
    named.filter(|(_, (before, after))| before != after).map(|(name, _)| *name).collect()
}

/// Checks what changes between pairs of answers, and that this tells all names apart.
fn check(kind: AnswerKind, cases: Vec<((Signs, Signs), &[&'static str])>) {
    let mut told: BTreeMap<_, Vec<usize>> =
        kind.names().iter().map(|name| (*name, Vec::new())).collect();
    for (number, ((before, after), names)) in cases.into_iter().enumerate() {
        assert_eq!(changed(&before, &after), names.iter().copied().collect(), "case {number}");
        for name in names {
            told.get_mut(name).unwrap().push(number);
        }
    }
    let apart: BTreeSet<_> = told.values().collect();
    assert_eq!(apart.len(), kind.names().len(), "{told:#?}");
    assert!(told.values().all(|cases| !cases.is_empty()), "{told:#?}");
}

#[test]
fn signs_of_a_line_left_alone_stand_at_their_names() {
    const BESIDE: &str = "question marks beside CJK";
    let unsearched = |line: &str, sums| Signs::new(AnswerKind::Unsearched, left(line, sums));
    let looked = |line, before, after| (unsearched(line, before), unsearched(line, after));
    let added = |line: &str, more: &str| {
        (unsearched(line, [5, 5]), unsearched(&format!("{line}{more}"), [5, 5]))
    };
    let (scan, below, reaches) = (
        "log bits of the scan",
        "bits of the scan, below its threshold",
        "the scan reaches its threshold",
    );
    let (second, letters, bytes) =
        ("log bits of the second look", "log characters beyond ASCII", "log bytes");
    check(
        AnswerKind::Unsearched,
        vec![
            (looked("é", [5, 5], [6, 5]), &[scan, below]),
            (looked("é", [THRESHOLD, 5], [THRESHOLD + 1, 5]), &[scan]),
            (looked("é", [THRESHOLD - 1, 5], [THRESHOLD, 5]), &[scan, below, reaches]),
            (looked("é", [5, 5], [5, 6]), &[second]),
            (looked("中", [5, 5], [6, 5]), &[scan, below, "log bits of the scan, in CJK"]),
            (looked("中", [5, 5], [5, 6]), &[second, "log bits of the second look, in CJK"]),
            (added("é", "a"), &[bytes]),
            (added("é", "é"), &[bytes, letters]),
            (added("中", "文"), &[bytes, letters, "log characters of CJK"]),
            (added("é", "\u{FFFD}"), &[bytes, letters, "log U+FFFD"]),
            (added("é", "?"), &[bytes, "log question marks"]),
            (added("中", "?"), &[bytes, "log question marks", BESIDE]),
            (added("中?", "?"), &[bytes, "log question marks"]),
        ],
    );
}

#[test]
fn signs_of_a_margin_stand_at_their_names() {
    let margins = |before, after| {
        let standing = |bits: i64| Signs::standing("中é?", bits * i64::from(BIT));
        changed(&standing(before), &standing(after)).into_iter().collect::<Vec<_>>()
    };
    let all = "bits by which other readings cost more, 50 at most";
    assert_eq!(margins(1, 2), [all, "the same, 0 to 8"]);
    assert_eq!(margins(10, 20), [all]);
    assert_eq!(margins(60, 70), [""; 0]);
    let [unsearched, standing] =
        [AnswerKind::Unsearched, AnswerKind::Standing].map(AnswerKind::names);
    assert_eq!(standing.split_at(unsearched.len()).0, unsearched);
}

/// An answer of which bytes were lost.
#[derive(Clone)]
struct Repair {
    line: &'static str,
    text: &'static str,
    chain: &'static str,
    certainties: Vec<f32>,
    lead: Bits,
    gain: Bits,
    sums: [i32; 2],
    still_garbled: bool,
    cost: f32,
}

impl Repair {
    fn signs(&self) -> Signs {
        let changes = self
            .certainties
            .iter()
            .map(|&certainty| Change { certainty, ..Change::default() })
            .collect();
        let pass = Pass {
            changes,
            chain: self.chain.parse::<Chain>().unwrap(),
            lattice: true,
            gain: self.gain * BIT,
            lead: self.lead * BIT,
            runner_up: None,
        };
        let Repair { line, text, sums, still_garbled, cost, .. } = *self;
        Signs::made(line, &[pass], text, sums, still_garbled, cost)
    }
}

#[test]
fn signs_of_a_repaired_line_stand_at_their_names() {
    let base = Repair {
        line: "é",
        text: "é",
        chain: "UTF-8>windows-1252",
        certainties: vec![0.5],
        lead: 4,
        gain: 4,
        sums: [5, 5],
        still_garbled: false,
        cost: 8.0,
    };
    let with = |change: &dyn Fn(&mut Repair)| {
        let mut repair = base.clone();
        change(&mut repair);
        repair.signs()
    };
    let many = |count| with(&|repair| repair.certainties = vec![0.5; count]);
    let chain = |chain| with(&|repair| repair.chain = chain);
    let line = |line| with(&|repair| repair.line = line);
    let text = |text| with(&|repair| repair.text = text);
    let lead = |lead| with(&|repair| repair.lead = lead);
    let same = base.signs();
    let (ahead, before, gained) = (
        "log bits ahead of the next reading",
        "log characters beyond ASCII before",
        "bits gained a character",
    );
    let (after, lost, costs) = (
        "log characters beyond ASCII after",
        "log U+FFFD after",
        "bits that the chain costs, in tens",
    );
    let (doubt, root, least) = (
        "bits of doubt about inferred characters, 40 at most",
        "their square root, of 100 at most",
        "certainty of the least sure",
    );
    let (utf8, out_of_step) = ("written in UTF-8", "out of step");
    let by_step = "their doubt, out of step";
    let sure = |chain| with(&|repair| (repair.chain, repair.certainties) = (chain, Vec::new()));
    check(
        AnswerKind::Parts,
        vec![
            ((same, lead(5)), &[ahead, "the same bits, 20 at most"]),
            ((lead(21), lead(22)), &[ahead]),
            ((same, with(&|repair| repair.gain = 5)), &["log bits gained", gained]),
            ((same, line("éa")), &[]),
            ((same, line("éé")), &[before, gained]),
            ((same, line("é中")), &[before, gained, "log characters of CJK before"]),
            ((same, line("é?")), &["log question marks before"]),
            ((same, line("é\u{FFFD}")), &[before, gained, "log U+FFFD before"]),
            ((same, text("éé")), &[after]),
            ((same, text("é?")), &["log question marks after"]),
            ((same, text("é\u{FFFD}")), &[after, lost, "U+FFFD after"]),
            ((text("é\u{FFFD}"), text("é\u{FFFD}\u{FFFD}")), &[after, lost]),
            ((same, with(&|repair| repair.sums = [6, 5])), &["log bits of the scan after"]),
            ((same, with(&|repair| repair.sums = [5, 6])), &["log bits of the second look after"]),
            ((same, with(&|repair| repair.still_garbled = true)), &["still garbled"]),
            ((same, with(&|repair| repair.cost = 9.0)), &["bits a character beyond ASCII after"]),
            ((same, chain("UTF-8>windows-1252 + UTF-8>windows-1252")), &["steps", costs]),
            ((same, chain("UTF-8>KOI8-R")), &[costs]),
            ((same, chain("windows-1251>windows-1252")), &[utf8, costs]),
            ((same, chain("UTF-8>windows-1252 via html")), &["an escape", costs]),
            ((same, many(2)), &[doubt, root]),
            ((many(41), many(42)), &[root]),
            ((same, with(&|repair| repair.certainties = vec![0.25])), &[doubt, root, least]),
            // These cost the same.
            ((chain("GBK>windows-1252"), chain("GBK>GBK")), &[out_of_step, by_step]),
            ((sure("GBK>windows-1252"), sure("GBK>GBK")), &[out_of_step]),
        ],
    );
    let [whole, parts] = [AnswerKind::Whole, AnswerKind::Parts].map(AnswerKind::names);
    assert_eq!(parts.split_at(whole.len()).0, whole);
}
