//! Whole documents in, whole documents out: the part that `clean`, `repair` and
//! `decode` have in common.

use crate::args::Io;
use crate::failure::{self, Found, Stop};
use crate::job::Job;
use crate::{input, jsonl};
use std::io::{self, BufWriter, Write};
use std::path::Path;

/// Runs the job over every input. A file that cannot be read is told of and does
/// not keep the others from being worked on; standard output that cannot be
/// written to ends the run.
pub fn run(job: &Job, io: Io) -> Result<Found, Stop> {
    let mut out = BufWriter::with_capacity(1 << 16, io::stdout().lock());
    let mut found = Found::Nothing;
    let mut failed = false;
    for path in input::or_stdin(io.files.clone()) {
        let done = if io.jsonl {
            jsonl::run(job, &io.field, &path, (!io.check).then_some(&mut out))
        } else {
            document(job, &path, (!io.check).then_some(&mut out))
        };
        match done {
            Ok(true) if io.check => found = Found::Damage,
            Ok(_) => {}
            Err(Stop::Failed(message)) => {
                // What was written goes out before the message about what was not.
                out.flush().map_err(Stop::output)?;
                failure::tell(&message);
                failed = true;
            }
            Err(stop) => return Err(stop),
        }
    }
    out.flush().map_err(Stop::output)?;
    if failed { Err(Stop::Told) } else { Ok(found) }
}

/// Works on one document; says whether it came out different.
fn document(job: &Job, path: &Path, out: Option<&mut impl Write>) -> Result<bool, Stop> {
    let bytes = input::read(path)?;
    let answer = job.bytes(&bytes);
    if let Some(out) = out {
        out.write_all(answer.text.as_bytes()).map_err(Stop::output)?;
    }
    Ok(answer.text.as_bytes() != bytes)
}
