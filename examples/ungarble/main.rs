//! `ungarble`: turns damaged text back into the text that was meant, from a shell.
//!
//! A thin door: arguments in, one subcommand run, an exit code out. 0 says that all
//! went well, 1 that `--check` found damage, 2 that something failed.
#![forbid(unsafe_code)]

mod args;
mod attributes;
mod binary;
mod clean;
mod completions;
#[cfg(feature = "chinese")]
mod convert;
mod csv;
mod decode;
mod diff;
mod document;
mod explain;
mod failure;
mod input;
mod job;
mod jsonl;
mod learn;
#[cfg(feature = "chinese")]
mod lines;
mod man;
mod names;
mod paint;
mod parallel;
#[cfg(feature = "parquet")]
mod parquet;
mod place;
mod progress;
mod repair;
mod replace;
mod report;
mod run;
#[cfg(feature = "chinese")]
mod script;
mod steps;
mod texts;
mod told;
mod undone;
mod walk;
mod work;

use args::{Cli, Command};
use clap::Parser;
use failure::{Found, Stop};
use std::process::ExitCode;

fn main() -> ExitCode {
    let found = match Cli::parse().command {
        Command::Clean(args) => clean::run(args),
        Command::Repair(args) => repair::run(args),
        Command::Decode(args) => decode::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Learn(args) => learn::run(args),
        #[cfg(feature = "chinese")]
        Command::Convert(args) => convert::run(args),
        #[cfg(feature = "chinese")]
        Command::Script(args) => script::run(args),
        Command::Steps => steps::run(),
        Command::Completions(args) => completions::run(args),
        Command::Man => man::run(),
    };
    match found {
        Ok(Found::Nothing) | Err(Stop::BrokenPipe) => ExitCode::SUCCESS,
        Ok(Found::Damage) => ExitCode::from(1),
        Err(Stop::Told) => ExitCode::from(2),
        Err(Stop::Failed(message)) => {
            failure::tell(&message);
            ExitCode::from(2)
        }
    }
}
