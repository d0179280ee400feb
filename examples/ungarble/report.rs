//! `--report`: what was done to every input, as one JSON document.

use crate::failure::{Stop, reason};
use serde_json::{Value, json};
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// A report under way. Entries go to disk as they come, for there may be many.
pub struct Report {
    path: PathBuf,
    out: BufWriter<File>,
    files: u64,
    changed: u64,
    failed: u64,
}

impl Report {
    pub fn create(path: &Path) -> Result<Report, Stop> {
        let file = File::create(path).map_err(|error| Stop::at(path, reason(&error)))?;
        let (out, path) = (BufWriter::new(file), path.to_owned());
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

    /// Writes the end.
    pub fn finish(mut self) -> Result<(), Stop> {
        let summary = json!({
            "files": self.files, "changed": self.changed, "failed": self.failed
        });
        self.write(&format!("\n],\"summary\":{summary}}}\n"))?;
        self.out.flush().map_err(|error| Stop::at(&self.path, reason(&error)))
    }

    fn write(&mut self, text: &str) -> Result<(), Stop> {
        self.out.write_all(text.as_bytes()).map_err(|error| Stop::at(&self.path, reason(&error)))
    }
}
