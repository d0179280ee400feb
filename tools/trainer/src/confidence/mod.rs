//! Fits the weights of the confidence, and says how good it is.
//!
//!     cargo run --release -p trainer -- confidence [--check] CASES
//!     cargo run --release -p trainer -- reliability [--check] CASES
//!
//! CASES holds two folders, `fit` and `test`, with files of cases, `*.jsonl`: one object
//! a line with `garbled` and `gold` (or `golds`, all as good). Intact lines are among them,
//! as often as the confidence shall expect them. Every case is repaired, and what the
//! search knows of its answer ([`Signs`]) is set against whether it is right. Weights are
//! fitted on `fit` and written to `src/search/weights.rs`; how far they can be trusted is
//! measured on `test` and printed. The second command fits nothing: it measures the weights that
//! are in the library on `test`, after a change to the search, and writes the table into
//! `DESIGN.md`. `--check` makes either anew and compares.

mod cases;
mod fit;
mod reliability;

use self::cases::Case;
use self::reliability::Reliability;
use crate::{exit, hex, in_workspace, write};
use sha2::{Digest, Sha256};
use std::error::Error;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;
use ungarble::search::confidence::{AnswerKind, Signs};

/// An answer: what was known of it, and whether it is right.
pub struct Answer {
    signs: Signs,
    right: bool,
}

/// Fits and writes, or compares.
pub fn fit([folder, _]: &[PathBuf; 2], check: bool) -> Result<ExitCode, Box<dyn Error>> {
    let mut inputs = Sha256::new();
    let mut answers = Vec::new();
    for part in ["fit", "test"] {
        let cases = cases::read(&folder.join(part), &mut inputs)?;
        eprintln!("{part}: {} cases", cases.len());
        answers.push(answer(&cases));
    }
    let [fitted, tested] = answers.as_slice() else { return Err("two folders".into()) };
    let weights: Vec<Vec<i32>> = AnswerKind::ALL
        .into_iter()
        .map(|kind| {
            let of_kind: Vec<&Answer> = fitted.iter().filter(|a| a.signs.kind == kind).collect();
            fit::weights(&of_kind, kind.names().len())
        })
        .collect();
    let hash = hex(&inputs.finalize());
    let source = source(&weights, fitted.len(), &hash)?;
    println!("{}", Reliability::of(tested, Some(&weights)));
    Ok(exit(write("src/search/weights.rs", source.as_bytes(), check)?))
}

/// Measures the weights of the library, and writes the table, or compares.
pub fn measure([folder, _]: &[PathBuf; 2], check: bool) -> Result<ExitCode, Box<dyn Error>> {
    let cases = cases::read(&folder.join("test"), &mut Sha256::new())?;
    let table = Reliability::of(&answer(&cases), None).to_string();
    println!("{table}");
    let design = std::fs::read_to_string(in_workspace("DESIGN.md"))?;
    let design = reliability::insert(&design, &table)?;
    Ok(exit(write("DESIGN.md", design.as_bytes(), check)?))
}

/// Repairs the cases, on all cores.
fn answer(cases: &[Case]) -> Vec<Answer> {
    let threads = std::thread::available_parallelism().map_or(1, Into::into);
    let chunk = cases.len().div_ceil(threads).max(1);
    std::thread::scope(|scope| {
        let parts: Vec<_> = cases
            .chunks(chunk)
            .map(|part| scope.spawn(|| part.iter().map(answer_one).collect::<Vec<_>>()))
            .collect();
        parts.into_iter().flat_map(|part| part.join().unwrap_or_default()).collect()
    })
}

fn answer_one(case: &Case) -> Answer {
    let (answer, signs) = ungarble::repair_with_signs(&case.garbled);
    Answer { signs, right: case.is_right(&answer.text) }
}

/// The generated module.
fn source(weights: &[Vec<i32>], cases: usize, hash: &str) -> Result<String, std::fmt::Error> {
    let mut out = String::new();
    writeln!(out, "//! Weights of the confidence. Generated, do not edit.")?;
    writeln!(out, "//!")?;
    writeln!(out, "//! command: cargo run --release -p trainer -- confidence CASES")?;
    writeln!(out, "//! inputs: {cases} cases to fit on, and those to test with")?;
    writeln!(out, "//! inputs sha256: {hash}")?;
    writeln!(out)?;
    writeln!(
        out,
        "/// For each kind of answer the weights of its signs in thousandths, behind a first one"
    )?;
    writeln!(out, "/// that always counts.")?;
    writeln!(out, "#[rustfmt::skip]")?;
    writeln!(out, "pub const WEIGHTS: [&[i32]; {}] = [", weights.len())?;
    for (kind, weights) in AnswerKind::ALL.iter().zip(weights) {
        writeln!(out, "    // {kind:?}")?;
        writeln!(out, "    &[")?;
        for (name, weight) in ["always"].iter().chain(kind.names()).zip(weights) {
            writeln!(out, "        {weight}, // {name}")?;
        }
        writeln!(out, "    ],")?;
    }
    writeln!(out, "];")?;
    Ok(out)
}
