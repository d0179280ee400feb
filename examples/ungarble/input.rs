//! Files and standard input, under one roof.

use crate::failure::{Stop, reason};
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
    if path == Path::new("-") { Path::new("standard input") } else { path }
}

/// Opens a file, or standard input for `-`.
pub fn open(path: &Path) -> Result<BufReader<Box<dyn Read>>, Stop> {
    let reader: Box<dyn Read> = if path == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(|error| Stop::at(path, reason(&error)))?)
    };
    Ok(BufReader::with_capacity(1 << 16, reader))
}

/// The whole of a file, or of standard input for `-`.
pub fn read(path: &Path) -> Result<Vec<u8>, Stop> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes).map_err(|error| Stop::at(name(path), reason(&error)))?;
    Ok(bytes)
}
