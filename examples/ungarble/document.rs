//! Whole documents: as one text where they fit into memory, else block by block.

use crate::job;
use crate::parallel;
use crate::told;
use crate::work::{Means, Outcome, Source, Trouble};
use encoding_rs::{Decoder, Encoding};
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
        let limit = means.block as u64;
        source.by_ref().take(limit + 1).read_to_end(&mut head).map_err(Trouble::Read)?;
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
        charset: answer.charset,
        changes: answer.edits.len() as u64,
        unit: "edits",
        detail: means.report.then(|| told::report(&answer, !same)),
    })
}

/// Bytes of a larger document that are worked on at once: edits take several times as much
/// memory as their text, each thread has a block, and what a block shows is soon shown.
const AT_ONCE: usize = 4 << 20;

/// A document that does not: the charset is that of its beginning, and each block
/// is a text of its own.
fn blocks(
    means: Means<'_>,
    head: Vec<u8>,
    source: Source,
    out: &mut (dyn Write + Send),
) -> Result<Outcome, Trouble> {
    let (charset, confidence) = charset_of(&head)?;
    let mut outcome = Outcome::of_parts("edits");
    outcome.confidence = confidence;
    outcome.charset = Some(charset.name());
    outcome.differs = charset != encoding_rs::UTF_8;
    let utf8 = charset == encoding_rs::UTF_8;
    let mark = if utf8 { means.job.mark(&head, "") } else { b"" };
    out.write_all(mark).map_err(Trouble::Write)?;
    outcome.differs |= utf8 && mark.is_empty() && head.starts_with(b"\xEF\xBB\xBF");
    let texts = Texts::new(charset, head, source, means.block.min(AT_ONCE));
    let work = |text: Result<(String, bool), io::Error>| {
        let (text, malformed) = text.map_err(Trouble::Read)?;
        let answer = means.job.text(&text);
        let (confidence, edits) = (answer.confidence, answer.edits.len());
        let differs = malformed || answer.text != text;
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
    outcome.damaged = outcome.differs;
    Ok(outcome)
}

/// The charset of a document by its beginning.
pub fn charset_of(head: &[u8]) -> Result<(&'static Encoding, f32), Trouble> {
    // Cut after a line feed, so that no character is torn in half.
    let end = head.iter().rposition(|byte| *byte == b'\n').map_or(head.len(), |at| at + 1);
    let options = job::decoding();
    let answer = options.bytes(&head[..end]);
    let name = answer.charset.unwrap_or("UTF-8");
    let charset = Encoding::for_label(name.as_bytes()).ok_or_else(|| {
        Trouble::Data(format!("{name} cannot be read in blocks: try a larger --block"))
    })?;
    Ok((charset, answer.confidence))
}

/// A stream of bytes as texts of about a block's size, cut after a line feed where
/// there is one. Says of each whether bytes in it were malformed.
pub struct Texts {
    decoder: Decoder,
    /// Bytes that were read and not decoded yet.
    head: Vec<u8>,
    source: Source,
    /// Text that was decoded and not given out yet.
    rest: String,
    block: usize,
    ended: bool,
}

impl Texts {
    /// The texts of what was read already and of what comes after it.
    pub fn new(charset: &'static Encoding, head: Vec<u8>, source: Source, block: usize) -> Self {
        let decoder = charset.new_decoder();
        Texts { decoder, head, source, rest: String::new(), block, ended: false }
    }

    /// Reads and decodes until a block is full or the input ends.
    fn fill(&mut self) -> io::Result<bool> {
        let mut malformed = false;
        let step = self.block.min(1 << 20);
        while !self.ended && self.rest.len() < self.block {
            if self.head.is_empty() {
                self.source.by_ref().take(step as u64).read_to_end(&mut self.head)?;
                self.ended = self.head.is_empty();
            }
            malformed |= self.decode();
        }
        Ok(malformed)
    }

    fn decode(&mut self) -> bool {
        let (mut at, mut malformed) = (0, false);
        loop {
            let bytes = &self.head[at..];
            let need = self.decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len());
            self.rest.reserve(need.min(4 * self.block));
            let (result, read, bad) =
                self.decoder.decode_to_string(bytes, &mut self.rest, self.ended);
            malformed |= bad;
            at += read;
            if result == encoding_rs::CoderResult::InputEmpty {
                self.head.clear();
                return malformed;
            }
        }
    }
}

impl Iterator for Texts {
    type Item = io::Result<(String, bool)>;

    fn next(&mut self) -> Option<Self::Item> {
        let malformed = match self.fill() {
            Ok(malformed) => malformed,
            Err(error) => {
                // Nothing can come after bytes that could not be read.
                self.ended = true;
                self.rest.clear();
                return Some(Err(error));
            }
        };
        if self.rest.is_empty() {
            return None;
        }
        if self.ended {
            return Some(Ok((std::mem::take(&mut self.rest), malformed)));
        }
        let cut = self.rest.rfind('\n').map_or(self.rest.len(), |at| at + 1);
        let after = self.rest.split_off(cut);
        Some(Ok((std::mem::replace(&mut self.rest, after), malformed)))
    }
}
