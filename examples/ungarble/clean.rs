//! `ungarble clean`: the whole card, from unknown bytes to readable text.

use crate::args::CleanArgs;
use crate::failure::{Found, Stop};
use crate::job::Job;
use crate::run;

pub fn run(args: CleanArgs) -> Result<Found, Stop> {
    run::run(&Job::clean(&args), args.io)
}
