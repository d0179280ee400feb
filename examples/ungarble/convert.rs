//! `ungarble convert`: Chinese conversion, line by line as the lines come.

use crate::args::ConvertArgs;
use crate::failure::{Found, Stop};
use crate::job::Job;
use crate::lines::Lines;
use crate::run;
use crate::work::Format;
use ungarble::chinese::UnknownConfig;

pub fn run(args: ConvertArgs) -> Result<Found, Stop> {
    let config = args.config.parse().map_err(|e: UnknownConfig| Stop::Failed(e.to_string()))?;
    let format = match Format::of(&args.io.records) {
        Format::Document(_) => Format::Lines(Lines),
        records => records,
    };
    run::run_as(&Job::convert(config), &format, args.io)
}
