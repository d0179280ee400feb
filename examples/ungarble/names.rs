//! `--names`: the names of files and folders repaired, what is in them left alone.

use crate::args::Io;
use crate::failure::{self, Found, Stop, reason};
use crate::job::Job;
use crate::paint::visible;
use crate::walk;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Repairs the names of the paths given and of all that is in them, innermost first,
/// so that no path changes before it was used. Never replaces a file.
pub fn run(job: &Job, io: &Io) -> Result<Found, Stop> {
    if io.paths.is_empty() {
        return Err(Stop::Failed("--names: name the files or folders".to_owned()));
    }
    let mut found = Found::Nothing;
    let mut failed = false;
    let mut tell = |stop: Stop| -> Result<(), Stop> {
        let Stop::Failed(message) = stop else { return Err(stop) };
        failure::tell(&message);
        failed = true;
        Ok(())
    };
    for root in &io.paths {
        if let Err(error) = fs::symlink_metadata(root) {
            tell(Stop::at(root, reason(&error)))?;
            continue;
        }
        for path in inside_out(root, io)? {
            let path = match path {
                Ok(path) => path,
                Err(stop) => {
                    tell(stop)?;
                    continue;
                }
            };
            let Some(new) = path.file_name().and_then(|name| better(job, name)) else { continue };
            let new = path.with_file_name(new);
            found = if io.output.check { Found::Damage } else { Found::Nothing };
            if !io.output.check
                && !io.output.dry_run
                && let Err(stop) = rename(&path, &new)
            {
                tell(stop)?;
                continue;
            }
            if !io.output.quiet || io.output.dry_run {
                let (old, new) = (path.to_string_lossy(), new.to_string_lossy());
                writeln!(io::stdout(), "{} -> {}", visible(&old), visible(&new))
                    .map_err(Stop::output)?;
            }
        }
    }
    if failed { Err(Stop::Told) } else { Ok(found) }
}

/// A path and all below it, the deepest first.
fn inside_out(root: &Path, io: &Io) -> Result<Vec<Result<PathBuf, Stop>>, Stop> {
    if !root.is_dir() {
        return Ok(vec![Ok(root.to_owned())]);
    }
    let mut paths: Vec<_> = walk::builder(root, &io.walk)?
        .build()
        .map(|entry| match entry {
            Ok(entry) => Ok(entry.into_path()),
            Err(error) => Err(Stop::at(root, error)),
        })
        .collect();
    paths.reverse();
    Ok(paths)
}

/// The name that was meant, if it is another one that can be given.
fn better(job: &Job, name: &OsStr) -> Option<String> {
    let bytes = name.as_encoded_bytes();
    let answer = match std::str::from_utf8(bytes) {
        Ok(text) => job.text(text),
        Err(_) => job.bytes(bytes),
    };
    if job.is_too_unsure(bytes, &answer) || answer.text.as_bytes() == bytes {
        return None;
    }
    let new = answer.text.into_owned();
    let bad = |c: char| c == '/' || c == '\\' || c == '\u{FFFD}' || c.is_control();
    let possible = !new.trim().is_empty() && new != "." && new != ".." && !new.contains(bad);
    possible.then_some(new)
}

/// Renames, unless there is something of that name.
fn rename(old: &Path, new: &Path) -> Result<(), Stop> {
    let taken = || Stop::at(old, format!("{} is there already: left alone", new.display()));
    if fs::symlink_metadata(new).is_ok() {
        return Err(taken());
    }
    // A second name fails where there is one: unlike a rename, it cannot race.
    let is_file = fs::symlink_metadata(old).is_ok_and(|old| old.is_file());
    if is_file {
        match fs::hard_link(old, new) {
            Ok(()) => return fs::remove_file(old).map_err(|e| Stop::at(old, reason(&e))),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(taken()),
            // A file system without hard links.
            Err(_) => {}
        }
    }
    fs::rename(old, new).map_err(|error| Stop::at(old, reason(&error)))
}
