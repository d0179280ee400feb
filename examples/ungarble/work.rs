//! What every kind of input has in common: read from here, written to there, and
//! what came of it.

use crate::args::Records;
use crate::csv::Csv;
use crate::document::Document;
use crate::failure::{Stop, reason};
#[cfg(feature = "parquet")]
use crate::input;
use crate::job::Job;
use crate::jsonl::JsonLines;
#[cfg(feature = "chinese")]
use crate::lines::Lines;
#[cfg(feature = "parquet")]
use crate::parquet;
use crate::texts;
use serde_json::{Value, json};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::Path;
use ungarble::decode::Finding;

/// Where input comes from.
pub type Source = BufReader<Box<dyn Read + Send>>;

/// How to work on an input.
#[derive(Clone, Copy, Debug)]
pub struct Means<'a> {
    pub job: &'a Job,
    /// Bytes that may be held in memory at once.
    pub block: usize,
    /// Threads that one input may use.
    pub threads: usize,
    /// Whether a report is wanted; one on all edits costs more than the edits.
    pub report: bool,
}

/// The shape of an input.
#[derive(Clone, Debug)]
pub enum Format {
    Document(Document),
    #[cfg(feature = "chinese")]
    Lines(Lines),
    JsonLines(JsonLines),
    Csv(Csv),
}

impl Format {
    /// The shape that was asked for.
    pub fn of(records: &Records) -> Format {
        if records.jsonl {
            Format::JsonLines(JsonLines { field: records.field.clone() })
        } else if !records.column.is_empty() {
            let (columns, delimiter) = (records.column.clone(), records.delimiter);
            Format::Csv(Csv { columns, delimiter })
        } else {
            Format::Document(Document)
        }
    }

    /// Whether a file of this shape may begin so and be no text.
    pub fn may_begin(&self, head: &[u8]) -> bool {
        matches!(self, Format::Csv(_)) && head.starts_with(PARQUET)
    }

    /// Works on one input. What was written before an error stays written.
    pub fn run(
        &self,
        means: Means<'_>,
        path: &Path,
        mut source: Source,
        out: &mut (dyn Write + Send),
    ) -> Result<Outcome, Trouble> {
        match self {
            Format::Document(format) => format.run(means, source, out),
            #[cfg(feature = "chinese")]
            Format::Lines(format) => format.run(means, source, out),
            Format::JsonLines(format) => format.run(means, source, out),
            Format::Csv(format) => {
                let is_parquet = source.fill_buf().map_err(Trouble::Read)?.starts_with(PARQUET);
                if is_parquet || path.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet"))
                {
                    parquet(format, means, path, out)
                } else {
                    format.run(means, path, source, out)
                }
            }
        }
    }
}

/// How a Parquet file begins.
const PARQUET: &[u8] = b"PAR1";

#[cfg(feature = "parquet")]
fn parquet(
    columns: &Csv,
    means: Means<'_>,
    path: &Path,
    out: &mut (dyn Write + Send),
) -> Result<Outcome, Trouble> {
    if input::is_stdin(path) {
        let why = "Parquet is read from files alone: its end says what is in it";
        return Err(Trouble::Data(why.to_owned()));
    }
    parquet::run(columns, means, path, out)
}

#[cfg(not(feature = "parquet"))]
fn parquet(
    _: &Csv,
    _: Means<'_>,
    _: &Path,
    _: &mut (dyn Write + Send),
) -> Result<Outcome, Trouble> {
    let why = "Parquet is not built in (cargo build --features parquet)";
    Err(Trouble::Data(why.to_owned()))
}

/// What came of an input.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// Something was repaired, or was not UTF-8.
    pub damaged: bool,
    /// What was written differs from what was read.
    pub differs: bool,
    /// How sure: of a document, of its least sure block, of the least sure record.
    pub confidence: f32,
    /// Whether bytes of the input stand as U+FFFD in what was written.
    pub malformed: bool,
    /// Whether it begins as no text does.
    pub binary: bool,
    /// How many records have no text.
    pub textless: u64,
    /// Whether a patch was wanted and there can be none.
    pub unpatched: bool,
    /// The charset, where the whole input has one.
    pub charset: Option<&'static str>,
    /// How many edits, or how many records with edits.
    pub changes: u64,
    /// What the changes are: `edits` or `records`.
    pub unit: &'static str,
    /// The whole report on the answer, where there is one answer.
    pub detail: Option<Value>,
}

impl Outcome {
    /// Nothing found yet, in an input of many parts.
    pub fn of_parts(unit: &'static str) -> Outcome {
        Outcome {
            damaged: false,
            differs: false,
            confidence: 1.0,
            malformed: false,
            binary: false,
            textless: 0,
            unpatched: false,
            charset: None,
            changes: 0,
            unit,
            detail: None,
        }
    }

    /// Takes in what was found of the bytes of an input that was read in pieces.
    pub fn read_as(&mut self, finding: &Finding) {
        self.charset = Some(finding.charset().name());
        self.confidence *= finding.confidence();
        self.malformed |= finding.is_malformed();
        self.differs |= texts::is_changed(finding);
    }

    /// The entry for `--report`.
    pub fn report(&self, path: &Path) -> Value {
        let mut entry = match &self.detail {
            Some(Value::Object(detail)) => detail.clone(),
            _ => {
                let mut detail = serde_json::Map::new();
                detail.insert("changed".into(), json!(self.damaged));
                detail
                    .insert("confidence".into(), json!(crate::told::probability(self.confidence)));
                detail.insert("charset".into(), json!(self.charset));
                detail.insert(format!("changed_{}", self.unit), json!(self.changes));
                if self.textless > 0 {
                    detail.insert("records_without_text".into(), json!(self.textless));
                }
                detail
            }
        };
        if self.binary {
            entry.insert("binary".into(), json!(true));
        }
        entry.shift_insert(0, "path".into(), json!(path.to_string_lossy()));
        Value::Object(entry)
    }

    /// What stands as U+FFFD.
    pub fn lost(&self) -> String {
        match self.charset {
            Some(name) => format!("bytes that are no {name}"),
            None if self.unit == "records" => {
                "lone surrogates, or bytes that are in no charset,".to_owned()
            }
            None => "bytes that are in no charset".to_owned(),
        }
    }

    /// In a few words, for a person: `12 edits, windows-1252, 98.3 % sure`.
    pub fn words(&self) -> String {
        let singular = self.unit.trim_end_matches('s');
        let changes = match self.changes {
            0 if self.malformed => "malformed".to_owned(),
            0 if self.charset == Some("UTF-8") => "not all UTF-8, or a mark before it".to_owned(),
            0 => "not UTF-8".to_owned(),
            1 => format!("1 {singular}"),
            n => format!("{n} {}", self.unit),
        };
        let charset = self.charset.map_or(String::new(), |name| format!(", {name}"));
        format!("{changes}{charset}, {} sure", crate::told::percent(self.confidence))
    }
}

/// What went wrong on the way from reader to writer. Who opened both knows their names.
#[derive(Debug)]
pub enum Trouble {
    Read(io::Error),
    Write(io::Error),
    /// The content is not what it should be.
    Data(String),
}

impl Trouble {
    /// In words, with the name of the input; `out` says what was written to.
    pub fn stop(self, input: &Path, out: impl FnOnce(io::Error) -> Stop) -> Stop {
        match self {
            Trouble::Read(error) => Stop::at(input, reason(&error)),
            Trouble::Data(why) => Stop::at(input, why),
            Trouble::Write(error) => out(error),
        }
    }
}

/// Whole lines, as many as can be read at once: a line alone is too little work for
/// a thread, and nobody waits for an answer to a line that is there.
pub struct Batches {
    pub source: Source,
}

/// Bytes of a batch, about.
const BATCH: usize = 1 << 18;

impl Iterator for Batches {
    type Item = io::Result<Vec<u8>>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut batch = Vec::new();
        loop {
            match self.source.read_until(b'\n', &mut batch) {
                Ok(0) if batch.is_empty() => return None,
                Ok(_) if self.source.buffer().is_empty() || batch.len() >= BATCH => {
                    return Some(Ok(batch));
                }
                Ok(_) => {}
                Err(error) if batch.is_empty() => return Some(Err(error)),
                // Lines that came before the error are worked on; it will come again.
                Err(_) => return Some(Ok(batch)),
            }
        }
    }
}
