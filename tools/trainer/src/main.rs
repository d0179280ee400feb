//! Makes the tables of ungarble's language model from a folder of text.
//!
//!     cargo vendor --locked --manifest-path tools/newspapers/Cargo.toml target/newspapers
//!     cargo run --release -p trainer -- [--check] [CORPUS] [NEWSPAPERS]
//!     cargo run --release -p trainer -- confidence [--check] CASES
//!     cargo run --release -p trainer -- reliability [--check] CASES
//!     cargo run --release -p trainer -- signs [--check] FOLDER
//!
//! The third fits the weights of the confidence, and the fourth says how far they can be trusted:
//! see `confidence`; the last counts the signs of documentation: see `signs`.
//!
//! CORPUS (default `../shared/corpus`) holds one UTF-8 file a language, `TAG.txt`,
//! one sentence a line, and NEWSPAPERS (default `target/newspapers`) what the first line fetches: see
//! `newspapers`. Written are `src/model/latin.bin`, `src/model/model.bin` and
//! `src/suspect/suspect.bin`; `--check` makes them anew and compares. Deterministic: integers only, files in the order of their names.

mod blob;
mod codebook;
mod confidence;
mod corpus;
mod fixed;
mod latin;
mod misread;
mod newspapers;
mod ngrams;
mod signs;
mod suspect;
mod symbols;
mod tune;

use crate::corpus::Language;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use ungarble::model::layout;

const SIMPLIFIED: &str = include_str!("../data/simplified.tsv");

/// Lines of the n-gram table, and n-grams in it: nine tenths of what there is room for.
const LINES: usize = 44_500;
const BUDGET: usize = LINES * layout::ENTRIES * 90 / 100;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut check = false;
    let mut task: Task = tables;
    let mut folders = ["../shared/corpus", "target/newspapers"].map(PathBuf::from);
    let mut given = folders.iter_mut();
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--check" => check = true,
            "confidence" => task = confidence::fit,
            "reliability" => task = confidence::measure,
            "signs" => task = signs::count,
            _ => match given.next() {
                Some(folder) => *folder = PathBuf::from(argument),
                None => return Err("too many folders".into()),
            },
        }
    }
    task(&folders, check)
}

/// What the trainer does with a folder, the second one is that of newspapers; whether it only
/// compares.
type Task = fn(&[PathBuf; 2], bool) -> Result<ExitCode, Box<dyn Error>>;

/// Makes the tables.
fn tables([folder, newspapers]: &[PathBuf; 2], check: bool) -> Result<ExitCode, Box<dyn Error>> {
    let languages = corpus::read(folder)?;
    for l in &languages {
        eprintln!("{}: {} lines, weight {}, {} damaged", l.tag, l.lines.len(), l.weight, l.damaged);
    }
    let inputs = inputs(folder)?;
    let mut same = true;
    for (name, make) in TABLES {
        let made = file(name, &inputs, make(&languages, newspapers)?)?;
        eprintln!("{name}: {} bytes", made.len());
        same &= write(&format!("src/{name}"), &made, check)?;
    }
    Ok(exit(same))
}

/// A file of the workspace.
fn in_workspace(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

/// Writes a file of the workspace, or compares it with what was made; says whether it is that.
fn write(name: &str, made: &[u8], check: bool) -> io::Result<bool> {
    let target = in_workspace(name);
    if !check {
        std::fs::write(target, made)?;
    } else if std::fs::read(target)? != made {
        eprintln!("{name} differs from what the input makes");
        return Ok(false);
    }
    Ok(true)
}

fn exit(same: bool) -> ExitCode {
    if same { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// The rows of a table, two columns of each, without its comments.
fn rows(table: &str) -> impl Iterator<Item = (&str, &str)> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.filter_map(|line| line.split_once('\t'))
}

/// Everything after the header of a file.
type Tables = Result<Vec<u8>, Box<dyn Error>>;
/// Makes them, of the corpus and the folder of newspapers.
type Make = fn(&[Language], &Path) -> Tables;

/// The files made, in the order in which they depend on each other: the scan's
/// tables use the model that is compiled in. After a change to the model, run twice.
const TABLES: [(&str, Make); 3] = [
    ("model/latin.bin", |languages, _| Ok(latin::tables(languages))),
    ("model/model.bin", language_model),
    ("suspect/suspect.bin", |languages, _| Ok(suspect::tables(languages))),
];

/// Languages that no code page is for: text in them that was misread was UTF-8, which needs no model
/// to be told. Their n-grams leave room for others.
const IN_UTF_8: [&str; 10] = ["bn", "dz", "gu", "hi", "ka", "km", "mr", "pa", "ta", "te"];

/// Languages of so many characters that newspapers count as much as the corpus; those of others
/// count half as much.
const IN_CJK: [&str; 3] = ["ja", "ko", "zh-Hant"];

fn language_model(languages: &[Language], folder: &Path) -> Tables {
    let simplified: HashMap<char, char> = rows(SIMPLIFIED)
        .filter_map(|(t, s)| Some((t.chars().next()?, s.chars().next()?)))
        .collect();
    let symbols = symbols::choose(languages, &simplified);
    eprintln!("{} symbols for {} characters", symbols.count, symbols.classes.len());
    let (mut counts, mut words) = (ngrams::Counts::new(), ngrams::Counts::new());
    for language in languages {
        let mut texts: Vec<Vec<u16>> = Vec::new();
        language.lines.iter().for_each(|line| symbols.add_text(line, &mut texts));
        let weight =
            if IN_UTF_8.contains(&&*language.tag) { language.weight / 4 } else { language.weight };
        counts.add(&texts, weight);
        let mass = texts.iter().map(|text| text.len() as u64).sum::<u64>() * weight;
        let mass = if IN_CJK.contains(&&*language.tag) { mass } else { mass / 2 };
        words.add_counted(newspapers::grams(folder, language, &symbols, mass, weight / 2)?);
    }
    counts.join(words);
    let grams = ngrams::estimate(counts, symbols.count, BUDGET);
    for (i, list) in grams.iter().enumerate() {
        eprintln!("order {}: {} n-grams", i + 1, list.len());
    }
    Ok(blob::tables(&symbols, symbols::case_costs(languages), &grams, LINES))
}

/// What went in: a count and a hash.
fn inputs(folder: &Path) -> Result<String, Box<dyn Error>> {
    let mut inputs = Sha256::new();
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    for path in &paths {
        inputs.update(std::fs::read(path)?);
    }
    inputs.update(SIMPLIFIED);
    inputs.update(signs::COUNTED);
    inputs.update(newspapers::CRATES);
    inputs.update(newspapers::LOCKED);
    let hash = hex(&inputs.finalize());
    Ok(format!(
        "inputs: {} files of text, tools/trainer/data/{{simplified,signs,newspapers}}.tsv, tools/newspapers/Cargo.lock\ninputs sha256: {hash}",
        paths.len()
    ))
}

/// The tables behind a header of text.
fn file(name: &str, inputs: &str, tables: Vec<u8>) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut text = String::new();
    writeln!(text, "ungarble {name}, format 1. Generated, do not edit.")?;
    writeln!(
        text,
        "command: cargo run --release -p trainer -- ../shared/corpus target/newspapers"
    )?;
    writeln!(text, "{inputs}")?;
    writeln!(text, "tables sha256: {}", hex(&Sha256::digest(&tables)))?;
    let mut bytes = text.into_bytes();
    bytes.resize(layout::HEADER, b'\n');
    bytes.extend(tables);
    Ok(bytes)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
