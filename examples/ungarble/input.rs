//! Files and standard input, under one roof.

use crate::failure::{Stop, reason};
use crate::progress::Progress;
use crate::work::Source;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

/// The paths asked for; standard input where there are none.
pub fn or_stdin(mut files: Vec<PathBuf>) -> Vec<PathBuf> {
    if files.is_empty() {
        files.push(PathBuf::from("-"));
    }
    files
}

/// The name of an input, for messages.
pub fn name(path: &Path) -> &Path {
    if is_stdin(path) { Path::new("standard input") } else { path }
}

pub fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Opens a file, or standard input for `-`.
pub fn open(path: &Path, progress: &Progress) -> Result<Source, Stop> {
    let reader: Box<dyn Read + Send> = if is_stdin(path) {
        Box::new(io::stdin())
    } else {
        let failed = |error| Stop::at(path, reason(&error));
        let file = File::open(path).map_err(failed)?;
        if file.metadata().map_err(failed)?.is_dir() {
            return Err(Stop::at(path, "is a folder"));
        }
        Box::new(file)
    };
    Ok(BufReader::with_capacity(1 << 16, progress.watch(reader)))
}

/// The whole of a file, or of standard input for `-`.
pub fn read(path: &Path) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    open(path, &Progress::none())?
        .read_to_end(&mut bytes)
        .map_err(|error| Stop::at(name(path), reason(&error)))?;
    Ok(bytes)
}
