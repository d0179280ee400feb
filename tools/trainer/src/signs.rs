//! Signs that the corpus has not, or seldom: pictures, arrows, dingbats.
//!
//! The corpus is sentences, in which ✅ and 🚀 are as rare as characters that nobody writes. In
//! documentation they are common, and where bytes were lost on the way, it is how common each is
//! that tells ❌ from ⌠. In comes a folder of documents, out come the numbers of documents that
//! have each sign, which the model shares out among the signs that have no symbol of their own.

use crate::corpus::is_damaged;
use crate::{exit, hex, rows, symbols, write};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{fs, io};

/// What was counted, as it is in the workspace.
pub const COUNTED: &str = include_str!("../data/signs.tsv");

/// How much a document counts beside a sentence of the corpus, whose weights are in sixteenths.
const WEIGHT: u64 = 16;

/// In fewer documents than this, a sign is that of one author.
const FEW: u64 = 3;

/// How often each sign occurs, to be counted with those of the corpus.
pub fn counts() -> impl Iterator<Item = (char, u64)> {
    rows(COUNTED).filter_map(|(sign, documents)| {
        Some((sign.chars().next()?, documents.parse::<u64>().ok()? * WEIGHT))
    })
}

/// Whether a character shares its symbol with other signs, or with marks on them, if the corpus
/// has it too seldom.
fn is_sign(c: char) -> bool {
    let is_sign = matches!(symbols::rare(c), symbols::SIGNS | symbols::PICTURES);
    !c.is_ascii() && is_sign || c == '\u{FE0F}'
}

/// Counts the documents of a folder, all files that end in `.md`, and writes `data/signs.tsv`, or
/// compares.
pub fn count([folder, _]: &[PathBuf; 2], check: bool) -> Result<ExitCode, Box<dyn Error>> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    // What several packages have counts once.
    let mut seen = BTreeSet::new();
    for path in paths {
        seen.extend(String::from_utf8(fs::read(path)?).ok());
    }
    let mut documents: BTreeMap<char, u64> = BTreeMap::new();
    let mut inputs = Sha256::new();
    for text in &seen {
        inputs.update(text);
        let intact = text.lines().filter(|line| !is_damaged(line)).flat_map(str::chars);
        for c in intact.filter(|&c| is_sign(c)).collect::<BTreeSet<char>>() {
            *documents.entry(c).or_default() += 1;
        }
    }
    let mut out = format!(
        "# Sign, documents that have it, of {} different ones.\n\
         # command: cargo run --release -p trainer -- signs FOLDER\n\
         # inputs: the `.md` files of packages on npm and crates.io\n\
         # inputs sha256: {}\n",
        seen.len(),
        hex(&inputs.finalize())
    );
    for (c, count) in documents.into_iter().filter(|&(_, count)| count >= FEW) {
        let _ = writeln!(out, "{c}\t{count}");
    }
    Ok(exit(write("tools/trainer/data/signs.tsv", out.as_bytes(), check)?))
}

/// The documents of a folder and of those in it.
fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, found)?;
        } else if path.extension().is_some_and(|end| end.eq_ignore_ascii_case("md")) {
            found.push(path);
        }
    }
    Ok(())
}
