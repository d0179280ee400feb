//! `ungarble completions`: what a shell needs to know to complete our command line.

use crate::args::{Cli, CompletionsArgs};
use crate::failure::{Found, Stop};
use clap::CommandFactory;
use std::io::{self, Write};

pub fn run(args: CompletionsArgs) -> Result<Found, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "ungarble", &mut script);
    io::stdout().write_all(&script).map_err(Stop::output)?;
    Ok(Found::Nothing)
}
