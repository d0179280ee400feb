//! The engine against a plain interpreter of the same tables, in all of OpenCC's
//! configurations, on texts in which phrases abound, overlap and break off.
#![cfg(feature = "chinese-all")]

#[path = "../fuzz/src/oracle.rs"]
mod oracle;

use proptest::prelude::*;
use std::sync::LazyLock;
use ungarble::chinese::{Config, convert};

/// The text of all generated phrases: neighbours here are neighbours in phrases.
static PHRASES: LazyLock<Vec<char>> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/chinese/data");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let phrases = paths.iter().filter(|path| path.to_string_lossy().ends_with(".phrases.txt"));
    let text: String = phrases.map(|path| std::fs::read_to_string(path).unwrap()).collect();
    text.chars().filter(|c| !c.is_ascii() || c.is_alphanumeric()).collect()
});

/// A piece of a phrase or two, or any character that a table may have.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (0..PHRASES.len(), 1..7usize)
            .prop_map(|(start, length)| PHRASES.iter().skip(start).take(length).collect()),
        1 => prop_oneof![
            prop::char::range('\u{3400}', '\u{9FFF}'),
            prop::char::range('\u{F900}', '\u{FAFF}'),
            prop::char::range('\u{20000}', '\u{323AF}'),
            any::<char>(),
        ]
        .prop_map(String::from),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]
    #[test]
    fn the_engine_does_what_the_tables_say(pieces in prop::collection::vec(piece(), 0..30)) {
        let text = pieces.concat();
        for config in Config::ALL {
            if let Some(expected) = oracle::convert(config.name(), &text) {
                prop_assert_eq!(convert(*config, &text), expected, "{} of {}", config, text);
            }
        }
    }
}

#[test]
fn every_configuration_of_opencc_has_an_oracle() {
    let with = Config::ALL.iter().filter(|config| oracle::convert(config.name(), "").is_some());
    assert_eq!(with.count(), 16);
}
