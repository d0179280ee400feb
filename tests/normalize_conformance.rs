//! `NormalizationTest.txt` of Unicode 18.0.0, in full: the forms are those of
//! Unicode Standard Annex #15.

use std::collections::BTreeSet;
use ungarble::normalize::{Normalization, Switch};

/// Data lines of the file, so that one that is cut does not pass.
const LINES: usize = 20_171;
const TEST: &str = include_str!("../testdata/normalize/NormalizationTest.txt");

fn form(switch: Switch, text: &str) -> String {
    Normalization::none().with(switch).apply(text).0.into_owned()
}

fn column(codes: &str) -> String {
    codes
        .split(' ')
        .map(|hex| char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap())
        .collect()
}

/// Part 1 lists every character that some form changes; the rest are their own forms.
#[test]
fn unicode_normalization_test() {
    let mut listed = BTreeSet::new();
    let mut part = "";
    let mut lines = 0;
    for line in TEST.lines() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.starts_with('@') {
            part = line;
        } else if !line.is_empty() {
            let columns: Vec<String> = line.split(';').take(5).map(column).collect();
            let [source, nfc, nfd, nfkc, nfkd] = columns.as_slice() else { panic!("{line}") };
            for text in [source, nfc, nfd] {
                assert_eq!(form(Switch::Nfc, text), *nfc, "NFC of {line}");
                assert_eq!(form(Switch::Nfd, text), *nfd, "NFD of {line}");
            }
            for text in [nfkc, nfkd] {
                assert_eq!(form(Switch::Nfc, text), *nfkc, "NFC of {line}");
                assert_eq!(form(Switch::Nfd, text), *nfkd, "NFD of {line}");
            }
            for text in &columns {
                assert_eq!(form(Switch::Nfkc, text), *nfkc, "NFKC of {line}");
                assert_eq!(form(Switch::Nfkd, text), *nfkd, "NFKD of {line}");
            }
            if part == "@Part1" {
                listed.insert(source.clone());
            }
            lines += 1;
        }
    }
    assert!(TEST.ends_with("# EOF\n"), "the file is whole");
    assert_eq!(lines, LINES);
    for c in ('\0'..=char::MAX).map(String::from).filter(|c| !listed.contains(c)) {
        for switch in [Switch::Nfc, Switch::Nfd, Switch::Nfkc, Switch::Nfkd] {
            assert_eq!(form(switch, &c), c);
        }
    }
}
