//! `ungarble repair`: damage undone and nothing else, for the careful.

use crate::args::RepairArgs;
use crate::failure::{Found, Stop};
use crate::job::Job;
use crate::run;

pub fn run(args: RepairArgs) -> Result<Found, Stop> {
    run::run(&Job::repair(&args), args.io)
}
