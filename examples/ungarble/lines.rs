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
        let emit = |done: io::Result<Done>| {
            let done = done.map_err(Trouble::Read)?;
            outcome.changes += done.changes;
            outcome.differs |= done.differs;
            outcome.malformed |= done.malformed;
            out.write_all(&done.text).map_err(Trouble::Write)?;
            // Whoever feeds us may wait for the answer.
            out.flush().map_err(Trouble::Write)
        };
        let all = std::iter::once(Ok(first)).chain(batches);
        parallel::in_order(means.threads, AHEAD * means.threads, all, work, emit)?;
        outcome.damaged = outcome.differs;
        Ok(outcome)
    }
}

/// What came of some lines.
struct Done {
    text: Vec<u8>,
    changes: u64,
    differs: bool,
    malformed: bool,
}

/// Works on some lines. Of those that are not UTF-8, as the lines before them were, the charset
/// is found.
fn some(job: &Job, lines: &[u8]) -> Done {
    let made = match std::str::from_utf8(lines) {
        Ok(text) => job.text(text),
        Err(_) => job.bytes(lines),
    };
    let (changes, malformed) = (made.edits.len() as u64, made.malformed);
    let differs = made.text.as_bytes() != lines;
    Done { text: made.text.into_owned().into_bytes(), changes, differs, malformed }
}
