//! `--names`: the names of files and folders repaired, what is in them left alone.

use crate::args::Io;
use crate::failure::{self, Found, Stop, reason};
use crate::job::Job;
use crate::paint::shown;
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
            if io.output.check {
                found = Found::Damage;
            }
            if let Err(stop) = rename(&path, &new, io.output.check || io.output.dry_run) {
                tell(stop)?;
                continue;
            }
            let line = format!("{} -> {}", shown(&path), shown(&new));
            match io.output.quiet && !io.output.dry_run {
                true => {}
                false if io.output.check => failure::tell(&line),
                false => writeln!(io::stdout(), "{line}").map_err(Stop::output)?,
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
    // A glob asks for files.
    let is_passed = |entry: &ignore::DirEntry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        is_folder && !io.walk.glob.is_empty()
    };
    let mut paths: Vec<_> = walk::builder(root, &io.walk)?
        .build()
        .filter(|entry| !entry.as_ref().is_ok_and(is_passed))
        .map(|entry| match entry {
            Ok(entry) => Ok(entry.into_path()),
            Err(error) => Err(walk::missed(root, error).stop),
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

/// Renames, unless there is something of that name, or one is only to look if there is.
fn rename(old: &Path, new: &Path, only_look: bool) -> Result<(), Stop> {
    let taken = || Err(Stop::at(old, format!("{} is there already: left alone", shown(new))));
    if fs::symlink_metadata(new).is_ok() {
        return taken();
    }
    if only_look {
        return Ok(());
    }
    // A second name fails where there is one: unlike a rename, it cannot race.
    let is_file = fs::symlink_metadata(old).is_ok_and(|old| old.is_file());
    if is_file {
        match fs::hard_link(old, new) {
            Ok(()) => return fs::remove_file(old).map_err(|e| Stop::at(old, reason(&e))),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return taken(),
            // A file system without hard links.
            Err(_) => {}
        }
    }
    fs::rename(old, new).map_err(|error| Stop::at(old, reason(&error)))
}
