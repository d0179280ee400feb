//! What a run comes to: found or not, failed or cut short, and how that is told.

use crate::paint::shown;
use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

/// What a run found, if it came to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// Nothing to say, or nobody asked.
    Nothing,
    /// `--check` found damage.
    Damage,
}

/// Why a run came to no good end.
#[derive(Debug)]
pub enum Stop {
    /// The reader of our output went away: no error, nobody to tell.
    BrokenPipe,
    /// An error that was told already, where it happened.
    Told,
    /// An error, in words that name the file and the reason.
    Failed(String),
}

impl Stop {
    /// An error that has to do with a file.
    pub fn at(path: &Path, reason: impl Display) -> Stop {
        Stop::Failed(format!("{}: {reason}", shown(path)))
    }

    /// An error in writing to standard output.
    pub fn output(error: io::Error) -> Stop {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::BrokenPipe,
            _ => Stop::Failed(format!("standard output: {}", reason(&error))),
        }
    }
}

/// The reason without Rust's `(os error 2)`, which tells a person nothing.
pub fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error ") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}

/// One line on standard error. Where even that is closed there is nobody to tell.
pub fn tell(message: &str) {
    let _ = writeln!(io::stderr(), "ungarble: {message}");
}

/// Tells of an input that failed, so that the others are worked on; what ends a run is
/// handed back.
pub fn pass_over(stop: Stop) -> Result<(), Stop> {
    let Stop::Failed(message) = stop else { return Err(stop) };
    tell(&message);
    Ok(())
}
