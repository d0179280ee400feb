//! `ungarble decode`: bytes in a charset that nobody noted down in, UTF-8 out.

use crate::args::DecodeArgs;
use crate::failure::{Found, Stop};
use crate::job::Job;
use crate::run;

pub fn run(args: DecodeArgs) -> Result<Found, Stop> {
    run::run(&Job::decode(&args), args.io)
}
