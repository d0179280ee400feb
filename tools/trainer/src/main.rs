//! Makes the tables of ungarble's language model from a folder of text.
//!
//!     cargo run --release -p trainer -- [--check] [CORPUS]
//!
//! CORPUS (default `../shared/corpus`) holds one UTF-8 file a language, `TAG.txt`,
//! one sentence a line. The result is `src/model/model.bin`; `--check` makes it
//! anew and compares. Deterministic: integers only, files in the order of their names.

mod blob;
mod corpus;
mod fixed;
mod ngrams;
mod symbols;

use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Slots of the n-gram table, four bytes each, and how many are filled.
const SLOTS: usize = 680_000;
const BUDGET: usize = SLOTS * 85 / 100;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut check = false;
    let mut folder = PathBuf::from("../shared/corpus");
    for argument in std::env::args().skip(1) {
        match argument.as_str() {
            "--check" => check = true,
            _ => folder = PathBuf::from(argument),
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let target = root.join("src/model/model.bin");
    let made = train(&folder)?;
    if !check {
        std::fs::write(&target, made)?;
        return Ok(ExitCode::SUCCESS);
    }
    if std::fs::read(&target)? == made {
        eprintln!("model.bin is what the corpus makes");
        return Ok(ExitCode::SUCCESS);
    }
    eprintln!("model.bin differs from what the corpus makes");
    Ok(ExitCode::FAILURE)
}

fn train(folder: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let languages = corpus::read(folder)?;
    for l in &languages {
        eprintln!("{}: {} lines, weight {}, {} damaged", l.tag, l.lines.len(), l.weight, l.damaged);
    }
    let simplified: HashMap<char, char> = include_str!("../data/simplified.tsv")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(t, s)| Some((t.chars().next()?, s.chars().next()?)))
        .collect();
    let symbols = symbols::choose(&languages, &simplified);
    eprintln!("{} symbols for {} characters", symbols.count, symbols.classes.len());
    let mut counts = ngrams::Counts::new();
    for language in &languages {
        let texts: Vec<Vec<u16>> =
            language.lines.iter().map(|line| symbols.of_text(line)).collect();
        counts.add(&texts, language.weight);
    }
    let grams = ngrams::estimate(counts, symbols.count, BUDGET);
    for (i, list) in grams.iter().enumerate() {
        eprintln!("order {}: {} n-grams", i + 1, list.len());
    }
    let tables = blob::tables(&symbols, symbols::case_costs(&languages), &grams, SLOTS);
    let mut bytes = header(folder, &tables)?.into_bytes();
    bytes.resize(blob::HEADER, b'\n');
    bytes.extend(tables);
    eprintln!("{} bytes", bytes.len());
    Ok(bytes)
}

/// The text at the head of the file: the command, and what went in.
fn header(folder: &Path, tables: &[u8]) -> Result<String, Box<dyn Error>> {
    let mut inputs = Sha256::new();
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    for path in &paths {
        inputs.update(std::fs::read(path)?);
    }
    inputs.update(include_bytes!("../data/simplified.tsv"));
    let mut text = String::new();
    writeln!(text, "ungarble language model, format 1. Generated, do not edit.")?;
    writeln!(text, "command: cargo run --release -p trainer -- ../shared/corpus")?;
    writeln!(text, "inputs: {} files of text, tools/trainer/data/simplified.tsv", paths.len())?;
    writeln!(text, "inputs sha256: {}", hex(&inputs.finalize()))?;
    writeln!(text, "tables sha256: {}", hex(&Sha256::digest(tables)))?;
    Ok(text)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
