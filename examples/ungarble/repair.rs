//! `ungarble repair`: damage undone and nothing else, for the careful.

use crate::args::RepairArgs;
use crate::failure::{Found, Stop};
use crate::job::Job;
use crate::{learn, run, walk};

pub fn run(args: RepairArgs) -> Result<Found, Stop> {
    if let (Some(plan), Some(report)) = (&args.plan, &args.io.output.report)
        && walk::are_one(plan, report)
    {
        return Err(Stop::Failed("--report would take the place of the --plan".to_owned()));
    }
    let plan = args.plan.as_deref().map(learn::read_plan).transpose()?;
    run::run(&Job::repair(&args.repair, plan.as_ref()), args.io)
}
