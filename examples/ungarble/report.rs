//! `--report`: what was done to every input, as one JSON document.
//!
//! A file of that name is replaced once the report is whole.

use crate::failure::{Stop, reason};
use crate::replace::Temporary;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// A report under way. Entries go to disk as they come, for there may be many.
pub struct Report {
    path: PathBuf,
    out: BufWriter<Sink>,
    files: u64,
    changed: u64,
    failed: u64,
}

/// Where a report goes.
enum Sink {
    /// A file that takes the place of what there may be.
    File(Temporary, PathBuf),
    /// A pipe or a terminal.
    Stream(File),
}

impl Report {
    pub fn create(path: &Path) -> Result<Report, Stop> {
        let at = |error: io::Error| Stop::at(path, reason(&error));
        let sink = match fs::metadata(path) {
            Ok(there) if !there.is_file() => Sink::Stream(File::create(path).map_err(at)?),
            there => {
                // Links stay, and point to the report.
                let target = if there.is_ok() { fs::canonicalize(path) } else { Ok(path.into()) };
                let target = target.map_err(at)?;
                Sink::File(Temporary::beside(&target).map_err(at)?, target)
            }
        };
        let (out, path) = (BufWriter::new(sink), path.to_owned());
        let mut report = Report { path, out, files: 0, changed: 0, failed: 0 };
        let version = json!(env!("CARGO_PKG_VERSION"));
        report.write(&format!("{{\"ungarble\":{version},\"files\":["))?;
        Ok(report)
    }

    /// Adds what came of an input.
    pub fn add(&mut self, entry: &Value) -> Result<(), Stop> {
        let comma = if self.files > 0 { "," } else { "" };
        self.files += 1;
        self.changed += u64::from(entry["changed"] == json!(true));
        self.failed += u64::from(entry.get("error").is_some());
        self.write(&format!("{comma}\n{entry}"))
    }

    /// Adds an input that failed.
    pub fn add_failure(&mut self, path: &Path, message: &str) -> Result<(), Stop> {
        self.add(&json!({ "path": path.to_string_lossy(), "error": message }))
    }

    /// Adds a file that was passed over for being no text.
    pub fn add_binary(&mut self, path: &Path) -> Result<(), Stop> {
        let path = path.to_string_lossy();
        self.add(&json!({ "path": path, "changed": false, "binary": true }))
    }

    /// Writes the end.
    pub fn finish(mut self) -> Result<(), Stop> {
        let summary = json!({
            "files": self.files, "changed": self.changed, "failed": self.failed
        });
        self.write(&format!("\n],\"summary\":{summary}}}\n"))?;
        let Report { path, out, .. } = self;
        let sink = out.into_inner().map_err(io::IntoInnerError::into_error);
        let done = sink.and_then(|sink| match sink {
            Sink::File(temporary, target) => temporary.rename(&target),
            Sink::Stream(_) => Ok(()),
        });
        done.map_err(|error| Stop::at(&path, reason(&error)))
    }

    fn write(&mut self, text: &str) -> Result<(), Stop> {
        self.out.write_all(text.as_bytes()).map_err(|error| Stop::at(&self.path, reason(&error)))
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Sink::File(temporary, _) => temporary.write(bytes),
            Sink::Stream(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
