//! `ungarble clean`: the whole card, from unknown bytes to readable text.

use crate::args::Io;
use crate::documents;
use crate::failure::{Found, Stop};
use crate::job::Job;
use clap::Args;

/// Find the charset, undo damage, normalize, and turn Traditional into Simplified Chinese where needed
#[derive(Debug, Args)]
pub struct CleanArgs {
    #[command(flatten)]
    io: Io,
}

pub fn run(args: CleanArgs) -> Result<Found, Stop> {
    documents::run(&Job::clean(), args.io)
}
