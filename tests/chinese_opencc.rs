//! The embedded engine against OpenCC's library, byte for byte.
//!
//! Needs the library, as `src/chinese/converter.rs` tells; `OPENCC_CONFIG_DIR` names
//! the folder of its configurations if it is not where the library looks, and
//! `UNGARBLE_CORPUS` a folder of text files to convert beside the strings made here.
#![cfg(feature = "opencc")]

use std::path::{Path, PathBuf};
use ungarble::chinese::{Config, Converter};

/// Pieces of OpenCC's own phrases, so that matches, near matches and overlaps abound.
fn pieces() -> Vec<String> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/chinese/data");
    let mut pieces = Vec::new();
    for entry in std::fs::read_dir(data).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.ends_with(".phrases.txt") {
            let text = std::fs::read_to_string(&path).unwrap();
            let words = text.split(|c: char| c.is_ascii_control() || c.is_ascii_punctuation());
            pieces.extend(words.filter(|word| !word.is_empty()).map(str::to_owned));
        }
    }
    // Every character that a list may have, compatibility ideographs among them.
    let han = ['\u{3400}'..='\u{9FFF}', '\u{F900}'..='\u{FAFF}', '\u{20000}'..='\u{323AF}'];
    pieces.extend(han.into_iter().flatten().map(String::from));
    pieces.sort();
    pieces.dedup();
    pieces
}

/// A text of random pieces, cut at random, from a fixed seed.
fn random_text(pieces: &[String], seed: u64, lines: usize) -> String {
    // Marsaglia's xorshift (2003).
    let mut state = seed;
    let mut next = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound as u64) as usize
    };
    let mut text = String::new();
    for _ in 0..lines {
        for _ in 0..12 {
            let piece: Vec<char> = pieces[next(pieces.len())].chars().collect();
            let (skip, take) = (next(2), 1 + next(6));
            text.extend(piece.iter().skip(skip.min(piece.len() - 1)).take(take));
        }
        text.push('\n');
    }
    text
}

#[test]
fn equals_the_library_in_every_configuration() {
    let folder = std::env::var_os("OPENCC_CONFIG_DIR").map(PathBuf::from);
    let pieces = pieces();
    assert!(pieces.len() > 20_000);
    let mut texts: Vec<(String, String)> =
        (1..4).map(|seed| (format!("seed {seed}"), random_text(&pieces, seed, 4000))).collect();
    texts.push(("NUL".to_owned(), "發\0漢\0頭髮".to_owned()));
    if let Some(corpus) = std::env::var_os("UNGARBLE_CORPUS") {
        let read = |name: &str| {
            std::fs::read_to_string(Path::new(&corpus).join(format!("{name}.txt"))).unwrap()
        };
        let names =
            ["zh-Hans", "zh-Hant", "lzh", "ja", "ko", "en", "vi", "ru", "fr", "th", "uk", "el"];
        texts.extend(names.map(|name| (name.to_owned(), read(name))));
        // Lines of five languages in turn, run together without a break.
        let parts = ["zh-Hans", "zh-Hant", "ja", "ko", "en"].map(read);
        let mut lines = parts.each_ref().map(|part| part.lines());
        let mixed = (0..20_000).filter_map(|n| lines[n % 5].next()).collect();
        texts.push(("mixed".to_owned(), mixed));
    }
    let bytes: usize = texts.iter().map(|(_, text)| text.len()).sum();
    for config in Config::ALL.iter().copied().filter(|config| *config != Config::SmartT2s) {
        let library = Converter::with_opencc(config, folder.as_deref()).unwrap();
        let embedded = Converter::new(config);
        for (name, text) in &texts {
            let (ours, theirs) = (embedded.convert(text).unwrap(), library.convert(text).unwrap());
            if ours != theirs {
                let lines = ours.lines().zip(theirs.lines()).zip(text.lines());
                let first = lines.clone().find(|((ours, theirs), _)| ours != theirs);
                panic!("{config}, {name}: ((ours, theirs), text) = {first:?}");
            }
        }
    }
    println!("{bytes} bytes in {} configurations", Config::ALL.len() - 1);
}

#[test]
fn the_library_has_no_smart_mode() {
    assert!(Converter::with_opencc(Config::SmartT2s, None).is_err());
}
