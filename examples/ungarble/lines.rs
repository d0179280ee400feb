//! Lines worked on as they come, for a job that needs no more than a line to see.

use crate::document::Document;
use crate::job::Job;
use crate::parallel::{self, AHEAD};
use crate::work::{Batches, Means, Outcome, Source, Trouble};
use std::io::{self, BufReader, Cursor, Read, Write};

/// Text line by line. What is not UTF-8 is read whole instead, for its charset
/// shows in no single line.
#[derive(Clone, Copy, Debug)]
pub struct Lines;

impl Lines {
    pub fn run(
        self,
        means: Means<'_>,
        source: Source,
        out: &mut (dyn Write + Send),
    ) -> Result<Outcome, Trouble> {
        let mut batches = Batches { source };
        let first = match batches.next() {
            Some(first) => first.map_err(Trouble::Read)?,
            None => Vec::new(),
        };
        if std::str::from_utf8(&first).is_err() || first.contains(&0) {
            let all: Box<dyn Read + Send> = Box::new(Cursor::new(first).chain(batches.source));
            return Document.run(means, BufReader::new(all), out);
        }
        let mut outcome = Outcome::of_parts("edits");
        outcome.charset = Some("UTF-8");
        let work = |batch: io::Result<Vec<u8>>| batch.map(|batch| some(means.job, &batch));
        let emit = |done: io::Result<(Vec<u8>, u64)>| {
            let (text, changes) = done.map_err(Trouble::Read)?;
            outcome.changes += changes;
            out.write_all(&text).map_err(Trouble::Write)?;
            // Whoever feeds us may wait for the answer.
            out.flush().map_err(Trouble::Write)
        };
        let all = std::iter::once(Ok(first)).chain(batches);
        parallel::in_order(means.threads, AHEAD * means.threads, all, work, emit)?;
        outcome.damaged = outcome.changes > 0;
        outcome.differs = outcome.damaged;
        Ok(outcome)
    }
}

/// Works on some lines; counts the edits. Malformed bytes count as one.
fn some(job: &Job, lines: &[u8]) -> (Vec<u8>, u64) {
    let text = String::from_utf8_lossy(lines);
    let made = job.text(&text);
    let malformed = u64::from(text.as_bytes() != lines);
    (made.text.into_owned().into_bytes(), made.edits.len() as u64 + malformed)
}
