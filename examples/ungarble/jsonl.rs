//! JSON Lines: one object a line, its text worked on, everything else as it came.
//!
//! Other fields are passed on byte for byte, so that a number with twenty digits
//! stays one. Python and JavaScript write lone surrogates, as escapes or as bytes;
//! no Unicode text can hold them, so each becomes U+FFFD in the field that is read.

mod line;

use crate::failure::{Stop, reason};
use crate::input;
use crate::job::Job;
use crate::told;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use line::Record;
use serde_json::Value;
use std::io::{BufRead, Write};
use std::path::Path;

/// Works on every line of a file; says whether a text came out different.
///
/// Stops at the first line that is no record, after all lines before it were written.
pub fn run(
    job: &Job,
    field: &str,
    path: &Path,
    mut out: Option<&mut impl Write>,
) -> Result<bool, Stop> {
    let mut lines = input::open(path)?;
    let mut line = Vec::new();
    let mut found = false;
    for number in 1u64.. {
        line.clear();
        let read = lines.read_until(b'\n', &mut line);
        if read.map_err(|error| Stop::at(input::name(path), reason(&error)))? == 0 {
            break;
        }
        let (record, changed) = record(job, field, &line).map_err(|why| {
            Stop::Failed(format!("{}: line {number}: {why}", input::name(path).display()))
        })?;
        found |= changed;
        if let Some(out) = out.as_deref_mut() {
            out.write_all(record.as_bytes()).map_err(Stop::output)?;
            // Nothing more to read at once: whoever feeds us may wait for the answer.
            if lines.buffer().is_empty() {
                out.flush().map_err(Stop::output)?;
            }
        }
    }
    Ok(found)
}

/// One line in, one line out, and whether its text changed.
fn record(job: &Job, field: &str, line: &[u8]) -> Result<(String, bool), String> {
    let line = line::text(line);
    let mut record = Record::parse(&line)?;
    let (bytes, source, changed);
    let answer = if let Some(raw) = record.get(field) {
        source = line::string(raw).ok_or_else(|| format!("field `{field}` is no string"))?;
        let answer = job.text(&source);
        changed = answer.text != source;
        answer
    } else if let Some(raw) = record.get("bytes") {
        let base64 = line::string(raw).ok_or("field `bytes` is no string")?;
        bytes = STANDARD
            .decode(base64.trim_ascii())
            .map_err(|error| format!("field `bytes` is no base64: {error}"))?;
        let answer = job.bytes(&bytes);
        changed = answer.text.as_bytes() != bytes;
        answer
    } else {
        return Err(format!("no field `{field}` and no field `bytes`"));
    };
    let text = Value::from(answer.text.as_ref()).to_string();
    let report = told::report(&answer, changed).to_string();
    record.set(field, "bytes", &text);
    record.append("ungarble", &report);
    Ok((record.finish(), changed))
}
