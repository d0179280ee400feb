//! From what was asked for to the files that are meant.

use crate::args::Walk;
use crate::failure::{Stop, reason};
use crate::replace;
use ignore::WalkBuilder;
use ignore::overrides::OverrideBuilder;
use std::path::{Path, PathBuf};

/// A file to work on.
#[derive(Clone, Debug)]
pub struct Found {
    pub path: PathBuf,
    /// Met in a folder, not named: binary files are passed over in silence.
    pub in_folder: bool,
}

/// The files meant by the paths, in order, those of a folder by name. What cannot
/// be read is in the list as well, in its place.
pub fn files(paths: &[PathBuf], rules: &Walk) -> Result<Vec<Result<Found, Stop>>, Stop> {
    let mut found = Vec::new();
    for path in paths {
        if path == Path::new("-") || !path.is_dir() {
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
                Err(error) => found.push(Err(cause(path, error))),
            }
        }
    }
    Ok(found)
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
fn cause(folder: &Path, error: ignore::Error) -> Stop {
    match error {
        ignore::Error::WithPath { path, err } => cause(&path, *err),
        ignore::Error::WithDepth { err, .. } => cause(folder, *err),
        ignore::Error::Io(error) => Stop::at(folder, reason(&error)),
        error => Stop::at(folder, error),
    }
}
