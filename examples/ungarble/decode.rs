//! `ungarble decode`: bytes in a charset that nobody noted down in, UTF-8 out.

use crate::args::Io;
use crate::documents;
use crate::failure::{Found, Stop};
use crate::job::Job;
use clap::Args;

/// Find the charset and write UTF-8; the text itself stays as it is
#[derive(Debug, Args)]
pub struct DecodeArgs {
    #[command(flatten)]
    io: Io,
}

pub fn run(args: DecodeArgs) -> Result<Found, Stop> {
    documents::run(&Job::decode(), args.io)
}
