//! The command line: what can be asked, and the words that explain it.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Turn damaged text back into the text that was meant.
#[derive(Debug, Parser)]
#[command(name = "ungarble", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  ungarble clean page.html > page.fixed.html    whatever it takes to make it right
  ungarble repair notes.txt                     undo damage, touch nothing else
  curl -s example.org | ungarble decode         any charset in, UTF-8 out
  ungarble explain page.html                    show what would change, and why
  ungarble repair --check *.txt                 exit 1 if any file is damaged
  ungarble clean --jsonl < in.jsonl > out.jsonl the field `text` of every record

Exit status:
  0  all went well
  1  --check found damage
  2  something failed; a message on standard error says what";

#[derive(Debug, Subcommand)]
pub enum Command {
    Clean(crate::clean::CleanArgs),
    Repair(crate::repair::RepairArgs),
    Decode(crate::decode::DecodeArgs),
    Explain(crate::explain::ExplainArgs),
}

/// What goes in and how it comes out, the same for every subcommand that changes text.
#[derive(Debug, Args)]
pub struct Io {
    /// Files to read; `-`, or none, is standard input
    #[arg(value_name = "FILE")]
    pub files: Vec<PathBuf>,

    /// Write nothing; exit 1 if an input is damaged or not UTF-8
    #[arg(long)]
    pub check: bool,

    /// Read and write JSON Lines: one object a line, the text in one of its fields
    #[arg(long)]
    pub jsonl: bool,

    /// The field that holds the text; undecoded bytes are taken, in base64, from `bytes`
    #[arg(long, value_name = "NAME", default_value = "text", requires = "jsonl")]
    pub field: String,
}
