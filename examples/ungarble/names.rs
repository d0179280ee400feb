//! `--names`: the names of files and folders repaired, what is in them left alone.

use crate::args::Io;
use crate::failure::{self, Found, Stop, reason};
use crate::job::Job;
use crate::paint::shown;
use crate::walk;
use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Repairs the names of the paths given and of all that is in them, innermost first,
/// so that no path changes before it was used. Replaces no file: see [`give`].
pub fn run(job: &Job, io: &Io) -> Result<Found, Stop> {
    if io.paths.is_empty() {
        return Err(Stop::Failed("--names: name the files or folders".to_owned()));
    }
    let mut found = Found::Nothing;
    let mut failed = false;
    let mut tell = |stop: Stop| -> Result<(), Stop> {
        failed = true;
        failure::pass_over(stop)
    };
    let mut told = (io.output.check || io.output.dry_run).then(Told::default);
    for root in &io.paths {
        if let Err(error) = look(root, told.as_ref()) {
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
            if told.as_ref().is_some_and(|told| told.is_gone(&path)) {
                continue;
            }
            let Some(new) = path.file_name().and_then(|name| better(job, name)) else { continue };
            let new = path.with_file_name(new);
            if io.output.check {
                found = Found::Damage;
            }
            if let Err(stop) = rename(&path, &new, told.as_mut()) {
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

/// What a run that only tells would have done so far: without it, two names that become the
/// same one would both be told of as renamed.
#[derive(Default)]
struct Told {
    taken: HashSet<PathBuf>,
    gone: HashSet<PathBuf>,
}

impl Told {
    fn rename(&mut self, old: &Path, new: &Path) {
        let (old, new) = (place(old), place(new));
        self.taken.remove(&old);
        self.gone.remove(&new);
        self.taken.insert(new);
        self.gone.insert(old);
    }

    /// Whether nothing would be there any more, under this name or below it.
    fn is_gone(&self, path: &Path) -> bool {
        place(path).ancestors().any(|above| self.gone.contains(above))
    }
}

/// One path for each place, however it was reached.
fn place(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")));
    folder.map_or(path.to_owned(), |folder| folder.join(path.file_name().unwrap_or_default()))
}

/// Whether something is there, or would be.
fn look(path: &Path, told: Option<&Told>) -> io::Result<()> {
    match told {
        Some(told) if told.taken.contains(&place(path)) => Ok(()),
        Some(told) if told.is_gone(path) => Err(io::ErrorKind::NotFound.into()),
        _ => fs::symlink_metadata(path).map(drop),
    }
}

/// Renames, or tells that it would, unless there is something of that name.
fn rename(old: &Path, new: &Path, told: Option<&mut Told>) -> Result<(), Stop> {
    let taken = || Err(Stop::at(old, format!("{} is there already: left alone", shown(new))));
    if look(new, told.as_deref()).is_ok() {
        return taken();
    }
    if let Some(told) = told {
        told.rename(old, new);
        return Ok(());
    }
    match give(old, new) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => taken(),
        done => done.map_err(|error| Stop::at(old, reason(&error))),
    }
}

/// Gives a file or folder another name, which must be nobody's. That and the renaming are one
/// step where the system can do it, and for files where there are hard links. Elsewhere a file
/// that somebody makes under that name between the look and the renaming is replaced.
fn give(old: &Path, new: &Path) -> io::Result<()> {
    if let Some(done) = in_one_step(old, new) {
        return done;
    }
    if fs::symlink_metadata(old)?.is_file() {
        // A second name fails where there is one.
        match fs::hard_link(old, new) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {}
            done => return done.and_then(|()| fs::remove_file(old)),
        }
    }
    if fs::symlink_metadata(new).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    fs::rename(old, new)
}

/// Renames and replaces nothing, if the file system can.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn in_one_step(old: &Path, new: &Path) -> Option<io::Result<()>> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, old, CWD, new, RenameFlags::NOREPLACE) {
        Err(Errno::INVAL | Errno::NOSYS | Errno::NOTSUP) => None,
        done => Some(done.map_err(io::Error::from)),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn in_one_step(_: &Path, _: &Path) -> Option<io::Result<()>> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As when it was made after the look.
    #[test]
    fn a_name_that_is_taken_is_given_to_nothing() {
        let folder = std::env::temp_dir().join(format!("ungarble-{}-give", std::process::id()));
        let [old, new] = ["old", "new"].map(|name| folder.join(name));
        // A rename would replace the file, and the empty folder.
        for (make, is_there) in [(make_file as fn(&Path), "a file"), (make_folder, "a folder")] {
            fs::create_dir_all(&folder).unwrap();
            make(&old);
            make(&new);
            let error = give(&old, &new).unwrap_err();
            assert_eq!(error.kind(), io::ErrorKind::AlreadyExists, "{is_there}");
            assert!(old.exists() && new.exists(), "{is_there}");
            give(&old, &folder.join("free")).unwrap();
            assert!(!old.exists() && folder.join("free").exists(), "{is_there}");
            fs::remove_dir_all(&folder).unwrap();
        }
    }

    fn make_file(path: &Path) {
        fs::write(path, path.as_os_str().as_encoded_bytes()).unwrap();
    }

    fn make_folder(path: &Path) {
        fs::create_dir(path).unwrap();
    }
}
