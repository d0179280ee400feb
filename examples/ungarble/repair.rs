//! `ungarble repair`: damage undone and nothing else, for the careful.

use crate::args::Io;
use crate::documents;
use crate::failure::{Found, Stop};
use crate::job::Job;
use clap::Args;

/// Undo damage and nothing else: not one intact character changes
#[derive(Debug, Args)]
pub struct RepairArgs {
    #[command(flatten)]
    io: Io,
}

pub fn run(args: RepairArgs) -> Result<Found, Stop> {
    documents::run(&Job::repair(), args.io)
}
