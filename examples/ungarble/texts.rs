//! Bytes of any length as texts of about a block's size.
//!
//! The charset is found on the way, by the library's decoder for bytes in pieces: the texts put
//! together are what the bytes would be read as in one piece.

use crate::job::Job;
use crate::work::{Source, Trouble};
use std::io::{self, Cursor, Read};
use std::sync::{Arc, OnceLock};
use ungarble::decode::{Finding, Stream};

/// Bytes that are read at once, at most.
const STEP: usize = 1 << 20;

/// The texts, cut where a line ends if one does.
pub struct Texts {
    /// Gone once the input has ended.
    stream: Option<Stream>,
    source: Box<dyn Read + Send>,
    /// Text that was decoded and not given out yet.
    rest: String,
    block: usize,
    found: Found,
}

/// What was found out about the bytes, once all of them were read.
#[derive(Clone, Debug, Default)]
pub struct Found(Arc<OnceLock<Finding>>);

impl Texts {
    /// The texts of what was read already and of what comes after it.
    pub fn new(job: &Job, head: Vec<u8>, source: Source, block: usize) -> Self {
        Texts {
            stream: Some(job.decoder().stream()),
            source: Box::new(Cursor::new(head).chain(source)),
            rest: String::new(),
            block,
            found: Found::default(),
        }
    }

    /// Where it will be told what was found.
    pub fn found(&self) -> Found {
        self.found.clone()
    }

    /// Whether nothing comes after what was given out.
    pub fn has_ended(&self) -> bool {
        self.stream.is_none() && self.rest.is_empty()
    }

    /// Reads and decodes until a block is full or the input ends.
    fn fill(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        while self.rest.len() < self.block
            && let Some(stream) = &mut self.stream
        {
            bytes.clear();
            let step = self.block.min(STEP) as u64;
            self.source.by_ref().take(step).read_to_end(&mut bytes)?;
            if !bytes.is_empty() {
                stream.push(&bytes, &mut self.rest);
            } else if let Some(stream) = self.stream.take() {
                let _ = self.found.0.set(stream.finish(&mut self.rest));
            }
        }
        Ok(())
    }
}

impl Iterator for Texts {
    type Item = io::Result<String>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Err(error) = self.fill() {
            // Nothing can come after bytes that could not be read.
            self.stream = None;
            self.rest.clear();
            return Some(Err(error));
        }
        if self.rest.is_empty() {
            return None;
        }
        let end = if self.stream.is_some() { cut(&self.rest) } else { self.rest.len() };
        let after = self.rest.split_off(end);
        Some(Ok(std::mem::replace(&mut self.rest, after)))
    }
}

/// Where a text is best cut: behind its last line end. In a text of one line behind a blank, if
/// ASCII stands before that, for a blank may be the end of what was garbled.
fn cut(text: &str) -> usize {
    let ends_a_word = |pair: &[u8]| matches!(pair, [b'!'..=b'~', b' ']);
    let blank = || text.as_bytes().windows(2).rposition(ends_a_word).map(|at| at + 2);
    text.rfind('\n').map(|at| at + 1).or_else(blank).unwrap_or(text.len())
}

impl Found {
    /// What was found, unless the job would rather have left the bytes alone: by then, texts went
    /// out.
    pub fn finding(&self, job: &Job) -> Result<&Finding, Trouble> {
        let ended = || Trouble::Read(io::ErrorKind::UnexpectedEof.into());
        let finding = self.0.get().ok_or_else(ended)?;
        match job.trusts(finding) {
            true => Ok(finding),
            false => {
                let sure = crate::told::percent(finding.confidence());
                let charset = finding.charset();
                Err(Trouble::Data(format!("it is {charset}, but only {sure} sure: left alone")))
            }
        }
    }
}

/// Whether the texts differ from the bytes.
pub fn is_changed(finding: &Finding) -> bool {
    finding.charset().name() != "UTF-8" || finding.is_malformed() || finding.is_mixed()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_one_line_is_cut_between_words() {
        for (text, kept) in [
            ("a\nb c", "a\n"),
            ("la clÃ© est", "la "),
            ("voilÃ  le clÃ© est clÃ©", "voilÃ  le clÃ© est "),
            ("dÃ©jÃ ", "dÃ©jÃ "),
            ("日本語", "日本語"),
        ] {
            assert_eq!(&text[..cut(text)], kept);
        }
    }
}
