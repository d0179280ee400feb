//! From what was asked for to the files that are meant.

use crate::args::Walk;
use crate::failure::{Stop, reason};
use crate::paint::shown;
use crate::{input, replace};
use ignore::WalkBuilder;
use ignore::overrides::OverrideBuilder;
use std::collections::HashSet;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file to work on.
#[derive(Clone, Debug)]
pub struct Found {
    pub path: PathBuf,
    /// Met in a folder, not named: binary files are passed over in silence.
    pub in_folder: bool,
}

/// What cannot be read, and why.
#[derive(Debug)]
pub struct Missed {
    pub path: PathBuf,
    pub stop: Stop,
}

/// The files meant by the paths, in order, those of a folder by name. What cannot
/// be read is in the list as well, in its place.
pub fn files(paths: &[PathBuf], rules: &Walk) -> Result<Vec<Result<Found, Missed>>, Stop> {
    let mut found = Vec::new();
    for path in paths {
        if input::is_stdin(path) || !path.is_dir() {
            found.push(Ok(Found { path: path.clone(), in_folder: false }));
            continue;
        }
        for entry in builder(path, rules)?.build() {
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    if !replace::is_temporary(entry.path()) {
                        found.push(Ok(Found { path: entry.into_path(), in_folder: true }));
                    }
                }
                Ok(_) => {}
                Err(error) => found.push(Err(missed(path, error))),
            }
        }
    }
    Ok(found)
}

/// The files without the report that is written beside them: a file that was named cannot be
/// both.
pub fn but_the_report(
    files: Vec<Result<Found, Missed>>,
    report: &Path,
) -> Result<Vec<Result<Found, Missed>>, Stop> {
    let Ok(report) = fs::canonicalize(report) else { return Ok(files) };
    let mut kept = Vec::with_capacity(files.len());
    for file in files {
        match &file {
            Ok(found) if is_at(found, &report) => {
                if !found.in_folder {
                    return Err(Stop::at(&found.path, "the report would take its place"));
                }
            }
            _ => kept.push(file),
        }
    }
    Ok(kept)
}

/// Whether two paths lead to one file that is there.
pub fn are_one(one: &Path, other: &Path) -> bool {
    fs::canonicalize(one).is_ok_and(|one| fs::canonicalize(other).is_ok_and(|other| one == other))
}

fn is_at(file: &Found, place: &Path) -> bool {
    !input::is_stdin(&file.path) && fs::canonicalize(&file.path).is_ok_and(|path| path == place)
}

/// The files that are rewritten, each once, under whatever names; in folders, without those that
/// were kept under a suffix. A file whose old content would go where another is, is refused.
pub fn to_rewrite(
    files: Vec<Result<Found, Missed>>,
    suffix: Option<&OsStr>,
) -> Result<Vec<Result<Found, Missed>>, Stop> {
    let mut seen = HashSet::new();
    let is_kept = |path: &Path| {
        let name = path.file_name().unwrap_or_default().as_encoded_bytes();
        suffix.is_some_and(|suffix| name.ends_with(suffix.as_encoded_bytes()))
    };
    let mut is_meant = |file: &Result<Found, Missed>| {
        let Ok(file) = file else { return true };
        let Ok(path) = fs::canonicalize(&file.path) else { return true };
        !(file.in_folder && is_kept(&path)) && seen.insert(path)
    };
    let files: Vec<_> = files.into_iter().filter(|file| is_meant(file)).collect();
    if let Some(suffix) = suffix {
        let kept = |path: &PathBuf| {
            let mut kept = OsString::from(path);
            kept.push(suffix);
            PathBuf::from(kept)
        };
        if let Some(path) = seen.iter().find(|path| seen.contains(&kept(path))) {
            let why = format!("would be kept as {}, which is an input too", shown(&kept(path)));
            return Err(Stop::at(path, why));
        }
    }
    Ok(files)
}

/// The walk through a folder, files and folders alike, by name.
pub fn builder(folder: &Path, rules: &Walk) -> Result<WalkBuilder, Stop> {
    let mut globs = OverrideBuilder::new(folder);
    for glob in &rules.glob {
        globs.add(glob).map_err(|error| Stop::Failed(format!("--glob: {error}")))?;
    }
    let globs = globs.build().map_err(|error| Stop::Failed(format!("--glob: {error}")))?;
    let mut builder = WalkBuilder::new(folder);
    builder.hidden(!rules.hidden).sort_by_file_name(|a, b| a.cmp(b));
    // As a filter on top: handed to the walker, a glob that matches would bring in
    // hidden and ignored files too.
    builder.filter_entry(move |entry| {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        !globs.matched(entry.path(), is_folder).is_ignore()
    });
    if rules.no_ignore {
        builder.ignore(false).git_ignore(false).git_global(false).git_exclude(false).parents(false);
    }
    Ok(builder)
}

/// What `ignore` says of an error, in our words: the path first, then the reason.
pub fn missed(folder: &Path, error: ignore::Error) -> Missed {
    match error {
        ignore::Error::WithPath { path, err } => missed(&path, *err),
        ignore::Error::WithDepth { err, .. } => missed(folder, *err),
        // Its own words name the path once more.
        ignore::Error::Io(error) => at(folder, reason(&io::Error::from(error.kind()))),
        error => at(folder, error.to_string()),
    }
}

fn at(path: &Path, why: String) -> Missed {
    Missed { path: path.to_owned(), stop: Stop::at(path, why) }
}
