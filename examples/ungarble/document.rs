//! Whole documents: as one text where they fit into memory, else block by block.

use crate::job::BOM;
use crate::parallel;
use crate::texts::Texts;
use crate::told;
use crate::work::{Means, Outcome, Source, Trouble};
use std::io::{self, Read, Write};

/// A document is read whole up to the size of a block, so that evidence of one
/// place helps in another; a larger one in blocks that end where a line ends.
#[derive(Clone, Copy, Debug)]
pub struct Document;

impl Document {
    pub fn run(
        self,
        means: Means<'_>,
        mut source: Source,
        out: &mut (dyn Write + Send),
    ) -> Result<Outcome, Trouble> {
        let mut head = Vec::new();
        let limit = (means.block as u64).saturating_add(1);
        source.by_ref().take(limit).read_to_end(&mut head).map_err(Trouble::Read)?;
        if head.len() <= means.block {
            return whole(means, &head, out);
        }
        blocks(means, head, source, out)
    }
}

/// A document that fits into memory.
fn whole(means: Means<'_>, bytes: &[u8], out: &mut (dyn Write + Send)) -> Result<Outcome, Trouble> {
    let job = means.job;
    let answer = job.bytes(bytes);
    if job.is_too_unsure(bytes, &answer) {
        out.write_all(bytes).map_err(Trouble::Write)?;
        let confidence = answer.confidence;
        return Ok(Outcome { confidence, ..Outcome::of_parts("edits") });
    }
    let mark = job.mark(bytes, &answer.text);
    out.write_all(mark).map_err(Trouble::Write)?;
    out.write_all(answer.text.as_bytes()).map_err(Trouble::Write)?;
    let same = bytes.strip_prefix(mark) == Some(answer.text.as_bytes());
    Ok(Outcome {
        damaged: !same,
        differs: !same,
        confidence: answer.confidence,
        malformed: answer.malformed,
        charset: answer.charset,
        changes: answer.edits.len() as u64,
        detail: means.report.then(|| told::report(&answer, !same)),
        ..Outcome::of_parts("edits")
    })
}

/// Bytes of a larger document that are worked on at once: edits take several times as much
/// memory as their text, each thread has a block, and what a block shows is soon shown.
const AT_ONCE: usize = 4 << 20;

/// A document that does not: each block is a text of its own.
fn blocks(
    means: Means<'_>,
    head: Vec<u8>,
    source: Source,
    out: &mut (dyn Write + Send),
) -> Result<Outcome, Trouble> {
    let mut outcome = Outcome::of_parts("edits");
    let is_marked = head.starts_with(BOM);
    let mark = means.job.mark(&head, "");
    out.write_all(mark).map_err(Trouble::Write)?;
    let texts = Texts::new(means.job, head, source, means.block.min(AT_ONCE));
    let found = texts.found();
    let work = |text: Result<String, io::Error>| {
        let text = text.map_err(Trouble::Read)?;
        let answer = means.job.text(&text);
        let (confidence, edits) = (answer.confidence, answer.edits.len());
        let differs = answer.text != text;
        Ok((answer.text.into_owned(), confidence, edits, differs))
    };
    let emit = |done: Result<(String, f32, usize, bool), Trouble>| {
        let (text, confidence, edits, differs) = done?;
        out.write_all(text.as_bytes()).map_err(Trouble::Write)?;
        outcome.confidence = outcome.confidence.min(confidence);
        outcome.changes += edits as u64;
        outcome.differs |= differs;
        Ok(())
    };
    // A block is large: with one more than there are threads, none waits for another.
    parallel::in_order(means.threads, 1, texts, work, emit)?;
    outcome.differs |= is_marked && mark.is_empty();
    outcome.read_as(found.finding(means.job)?);
    outcome.damaged = outcome.differs;
    Ok(outcome)
}
