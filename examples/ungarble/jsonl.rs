//! JSON Lines: one object a line, its text worked on, everything else as it came.
//!
//! Other fields are passed on byte for byte, so that a number with twenty digits
//! stays one. Python and JavaScript write lone surrogates, as escapes or as bytes; no Unicode
//! text can hold them, so each becomes U+FFFD in the field that is read, which is told as what
//! becomes of bytes in no charset. Of a line that is not UTF-8 otherwise, and of bytes in base64,
//! the charset is found; where that is too unsure, the record stays as it is. A record without
//! text, as crawls have them, stays as well; only a field that none has is no field. A record that
//! was worked on before, and needs no more of it, stays as it is with what was told of it then.

mod line;

use crate::job::{Job, Made};
use crate::parallel::{self, AHEAD};
use crate::told;
use crate::work::{Batches, Means, Outcome, Source, Trouble};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use line::Record;
use serde_json::Value;
use std::io::{self, Write};
use ungarble::Decoded;

/// Records of JSON, one a line.
#[derive(Clone, Debug)]
pub struct JsonLines {
    /// The field that holds the text.
    pub field: String,
}

/// What came of one record.
struct Done {
    line: Vec<u8>,
    /// Whether the line is another one than it was.
    differs: bool,
    /// Whether its text is, or the line was not UTF-8.
    changed: bool,
    /// Whether bytes or lone surrogates of it stand as U+FFFD.
    malformed: bool,
    confidence: f32,
    has: Has,
}

/// What a line has to work on.
#[derive(Clone, Copy, PartialEq)]
enum Has {
    /// It is blank.
    NoRecord,
    NoField,
    /// What is in the field is null.
    NoText,
    Text,
}

impl Done {
    /// A line that stays as it is.
    fn kept(line: &[u8], has: Has) -> Done {
        let line = line.to_owned();
        Done { line, differs: false, changed: false, malformed: false, confidence: 1.0, has }
    }
}

/// What a record holds: text, or bytes in a charset that is yet to be found.
enum Given {
    /// Text, and whether lone surrogates in it became U+FFFD.
    Text(String, bool),
    Bytes(Vec<u8>),
}

impl Given {
    fn as_bytes(&self) -> &[u8] {
        match self {
            Given::Text(text, _) => text.as_bytes(),
            Given::Bytes(bytes) => bytes,
        }
    }
}

/// The field that is added to records.
const REPORT: &str = "ungarble";

impl JsonLines {
    /// Works on every record; blank lines stay, and records without text. Stops at the first line
    /// that is no record, after all lines before it were written.
    pub fn run(
        &self,
        means: Means<'_>,
        source: Source,
        out: &mut (dyn Write + Send),
    ) -> Result<Outcome, Trouble> {
        let mut outcome = Outcome::of_parts("records");
        let (mut number, mut fieldless, mut fields) = (0u64, 0u64, 0u64);
        let work = |batch: io::Result<Vec<u8>>| -> Result<Vec<Result<Done, String>>, io::Error> {
            let lines = batch?;
            let mut done = Vec::new();
            for line in lines.split_inclusive(|byte| *byte == b'\n') {
                let record = self.record(means.job, line);
                let failed = record.is_err();
                done.push(record);
                if failed {
                    break;
                }
            }
            Ok(done)
        };
        let emit = |batch: Result<Vec<Result<Done, String>>, io::Error>| {
            for record in batch.map_err(Trouble::Read)? {
                number += 1;
                let done = record.map_err(|why| Trouble::Data(format!("line {number}: {why}")))?;
                out.write_all(&done.line).map_err(Trouble::Write)?;
                outcome.damaged |= done.changed;
                outcome.differs |= done.differs;
                outcome.malformed |= done.malformed;
                outcome.changes += u64::from(done.changed);
                outcome.confidence = outcome.confidence.min(done.confidence);
                outcome.textless += u64::from(matches!(done.has, Has::NoField | Has::NoText));
                fieldless += u64::from(done.has == Has::NoField);
                fields += u64::from(matches!(done.has, Has::NoText | Has::Text));
            }
            // Whoever feeds us may wait for the answer.
            out.flush().map_err(Trouble::Write)
        };
        parallel::in_order(means.threads, AHEAD * means.threads, Batches { source }, work, emit)?;
        if fieldless > 0 && fields == 0 {
            let why = format!("no record has a field `{}` or a field `bytes`", self.field);
            return Err(Trouble::Data(why));
        }
        Ok(outcome)
    }

    /// One line in, one line out.
    fn record(&self, job: &Job, line: &[u8]) -> Result<Done, String> {
        if line.trim_ascii().is_empty() {
            // No record, and no harm: many programs write and skip blank lines.
            return Ok(Done::kept(line, Has::NoRecord));
        }
        let otherwise = |bytes| {
            let Decoded { text, charset, confidence, malformed, .. } = job.decoder().decode(bytes);
            (text, (charset, confidence, malformed))
        };
        let line::Read { text, foreign, lossy } = line::read(line, otherwise);
        let mut record = Record::parse(&text)?;
        let given = match self.given(&record)? {
            Ok(given) => given,
            Err(has) => return Ok(Done::kept(line, has)),
        };
        let mut answer = match &given {
            Given::Text(text, _) => job.text(text),
            Given::Bytes(bytes) => job.bytes(bytes),
        };
        if let Some((charset, confidence, malformed)) = foreign {
            answer.charset.get_or_insert(charset.name());
            answer.confidence *= confidence;
            answer.malformed |= malformed;
        }
        let lossy = lossy || matches!(given, Given::Text(_, true));
        answer.malformed |= lossy;
        let Made { confidence, malformed, .. } = answer;
        let read = if foreign.is_some() { line } else { given.as_bytes() };
        if job.is_too_unsure(read, &answer) {
            return Ok(Done { confidence, ..Done::kept(line, Has::Text) });
        }
        let changed = foreign.is_some() || lossy || answer.text.as_bytes() != given.as_bytes();
        if !changed && record.get(REPORT).is_some_and(|told| told.starts_with('{')) {
            return Ok(Done::kept(line, Has::Text));
        }
        let text = Value::from(answer.text.as_ref()).to_string();
        let report = told::report(&answer, changed).to_string();
        record.set(&self.field, "bytes", &text);
        record.append(REPORT, &report);
        let new = record.finish().into_bytes();
        Ok(Done { differs: new != line, line: new, changed, malformed, confidence, has: Has::Text })
    }

    /// What a record holds to work on, or what it has instead.
    fn given(&self, record: &Record<'_>) -> Result<Result<Given, Has>, String> {
        let field = &self.field;
        let (text, bytes) = (record.get(field), record.get("bytes"));
        if let Some(raw) = text.filter(|raw| *raw != "null") {
            let (text, lossy) =
                line::string(raw).ok_or_else(|| format!("field `{field}` is no string"))?;
            return Ok(Ok(Given::Text(text, lossy)));
        }
        let Some(raw) = bytes.filter(|raw| *raw != "null") else {
            let has = if text.or(bytes).is_some() { Has::NoText } else { Has::NoField };
            return Ok(Err(has));
        };
        let (base64, _) = line::string(raw).ok_or("field `bytes` is no string")?;
        let bytes = STANDARD.decode(base64.trim_ascii());
        let bytes = bytes.map_err(|error| format!("field `bytes` is no base64: {error}"))?;
        Ok(Ok(Given::Bytes(bytes)))
    }
}
