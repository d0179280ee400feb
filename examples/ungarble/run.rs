//! Inputs one after the other, results where they were asked for: the part that all
//! subcommands that change text have in common.

use crate::args::{Io, Output};
use crate::failure::{Found, Stop, reason};
use crate::job::Job;
use crate::paint::{Paint, shown};
use crate::parallel::AHEAD;
use crate::progress::Progress;
use crate::replace::Replacement;
use crate::report::Report;
use crate::work::{Format, Means, Outcome};
use crate::{binary, diff, input, names, parallel, walk};
use std::ffi::OsString;
use std::io::{self, BufRead, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Where results go.
enum Target {
    Stdout,
    InPlace {
        suffix: Option<OsString>,
    },
    Patch,
    /// Nowhere: only what was found is of interest.
    Nowhere,
}

impl Target {
    fn of(output: &Output) -> Target {
        match &output.in_place {
            _ if output.diff => Target::Patch,
            _ if output.check || output.dry_run => Target::Nowhere,
            Some(suffix) => Target::InPlace { suffix: suffix.clone() },
            None => Target::Stdout,
        }
    }
}

/// What came of one file.
struct Done {
    path: PathBuf,
    /// `None` for a file that was passed over.
    outcome: Result<Option<Outcome>, Stop>,
    /// What goes to standard output.
    text: Vec<u8>,
}

/// Runs the job over every input. A file that fails is told of and does not keep
/// the others from being worked on; standard output that cannot be written to ends
/// the run.
pub fn run(job: &Job, io: Io) -> Result<Found, Stop> {
    let format = Format::of(&io.records);
    run_as(job, &format, io)
}

/// Runs the job over every input, which is of a shape that no flag names.
pub fn run_as(job: &Job, format: &Format, io: Io) -> Result<Found, Stop> {
    if io.names {
        return names::run(job, &io);
    }
    let threads = io.jobs.unwrap_or_else(cores);
    let target = Target::of(&io.output);
    let paths = input::or_stdin(io.paths);
    refuse(&paths, &target)?;
    let mut files = walk::files(&paths, &io.walk)?;
    if let Some(report) = &io.output.report {
        files = walk::but_the_report(files, report)?;
    }
    if io.output.in_place.is_some() {
        let suffix = io.output.in_place.as_ref().and_then(Option::as_deref);
        files = walk::to_rewrite(files, suffix)?;
    }
    let bytes = files.iter().flatten().filter_map(|file| file.path.metadata().ok());
    let bytes = bytes.map(|file| file.len()).sum();
    let progress = if io.output.quiet {
        Progress::none()
    } else {
        Progress::over(bytes, matches!(target, Target::Stdout | Target::Patch))
    };
    let report = io.output.report.is_some();
    let mut teller = Teller {
        output: &io.output,
        writes: matches!(target, Target::Stdout | Target::Patch),
        progress: &progress,
        report: io.output.report.as_deref().map(Report::create).transpose()?,
        found: Found::Nothing,
        failed: false,
    };
    if let Target::Stdout = target {
        let means = Means { job, block: io.block, threads, report };
        for file in files {
            let mut out = BufWriter::with_capacity(1 << 16, io::stdout());
            let (path, outcome) = match file {
                Ok(file) => {
                    let outcome = to_stdout(format, means, &file.path, &progress, &mut out);
                    (file.path, outcome.map(Some))
                }
                Err(missed) => (missed.path, Err(missed.stop)),
            };
            // What was written goes out before a message about what was not.
            out.flush().map_err(Stop::output)?;
            teller.tell(Done { path, outcome, text: Vec::new() })?;
        }
    } else {
        let paint = Paint::on_stdout(io.output.color);
        let force = io.output.force;
        // One input gets all threads; of many, each gets one.
        let inner = if files.len() == 1 { threads } else { 1 };
        let outer = if files.len() == 1 { 1 } else { threads };
        let means = Means { job, block: io.block, threads: inner, report };
        let work = |file: Result<walk::Found, walk::Missed>| match file {
            Ok(file) => one(format, means, &file, &target, force, &paint, &progress),
            Err(missed) => Done { path: missed.path, outcome: Err(missed.stop), text: Vec::new() },
        };
        parallel::in_order(outer, AHEAD * outer, files.into_iter(), work, |done| {
            teller.tell(done)
        })?;
    }
    progress.end();
    teller.end()
}

/// The number of cores that this process may use.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What makes no sense is said before anything is done.
fn refuse(paths: &[PathBuf], target: &Target) -> Result<(), Stop> {
    for path in paths {
        match target {
            Target::Stdout if !input::is_stdin(path) && path.is_dir() => {
                let why = "is a folder: --in-place, --diff, --dry-run or --check works on those";
                return Err(Stop::at(path, why));
            }
            Target::InPlace { .. } if input::is_stdin(path) => {
                return Err(Stop::at(input::name(path), "cannot be rewritten in place"));
            }
            _ => {}
        }
    }
    Ok(())
}

fn to_stdout(
    format: &Format,
    means: Means<'_>,
    path: &Path,
    progress: &Progress,
    out: &mut (dyn Write + Send),
) -> Result<Outcome, Stop> {
    let mut source = input::open(path, progress)?;
    // What cannot be read now will fail again.
    let binary = source.fill_buf().is_ok_and(|head| binary::begins(head, format));
    let outcome = format
        .run(means, path, source, out)
        .map_err(|trouble| trouble.stop(input::name(path), Stop::output))?;
    Ok(Outcome { binary, ..outcome })
}

/// Works on one file whose result does not go to standard output.
fn one(
    format: &Format,
    means: Means<'_>,
    file: &walk::Found,
    target: &Target,
    force: bool,
    paint: &Paint,
    progress: &Progress,
) -> Done {
    let path = file.path.clone();
    let mut text = Vec::new();
    let outcome = (|| {
        if !input::is_stdin(&path) && !force && binary::is_binary(&path, format)? {
            return match file.in_folder {
                true => Ok(None),
                false => Err(Stop::at(&path, "binary: left alone (--force rewrites it)")),
            };
        }
        match target {
            Target::InPlace { suffix } => {
                in_place(format, means, &path, suffix.as_ref(), force, progress)
            }
            Target::Patch => {
                let mut old = Vec::new();
                let name = input::name(&path);
                input::open(&path, progress)?
                    .read_to_end(&mut old)
                    .map_err(|error| Stop::at(name, reason(&error)))?;
                let mut new = Vec::new();
                let source = io::BufReader::new(Box::new(io::Cursor::new(old.clone())) as Box<_>);
                let mut outcome = format
                    .run(means, &path, source, &mut new)
                    .map_err(|trouble| trouble.stop(name, Stop::output))?;
                text = diff::patch(name, &old, &new, paint).map_err(Stop::output)?;
                outcome.unpatched = !text.is_empty() && !diff::is_possible(&old, &new);
                Ok(outcome)
            }
            Target::Nowhere | Target::Stdout => {
                to_stdout(format, means, &path, progress, &mut io::sink())
            }
        }
        .map(Some)
    })();
    Done { path, outcome, text }
}

fn in_place(
    format: &Format,
    means: Means<'_>,
    path: &Path,
    suffix: Option<&OsString>,
    force: bool,
    progress: &Progress,
) -> Result<Outcome, Stop> {
    let mut new = Replacement::of(path, force, suffix.map(OsString::as_os_str))?;
    let source = input::open(path, progress)?;
    let written =
        |error: io::Error| Stop::at(path, format!("cannot be rewritten: {}", reason(&error)));
    let outcome =
        format.run(means, path, source, &mut new).map_err(|trouble| trouble.stop(path, written))?;
    if outcome.malformed && !force {
        let why = format!("{} would be lost as U+FFFD: left alone", outcome.lost());
        return Err(Stop::at(path, why + " (--force rewrites it)"));
    }
    if outcome.differs {
        new.commit()?;
    }
    Ok(outcome)
}

/// Says what came of each input, in the ways that were asked for.
struct Teller<'a> {
    output: &'a Output,
    /// Whether changed text goes to standard output.
    writes: bool,
    progress: &'a Progress,
    report: Option<Report>,
    found: Found,
    failed: bool,
}

impl Teller<'_> {
    fn tell(&mut self, done: Done) -> Result<(), Stop> {
        let name = input::name(&done.path);
        let outcome = match done.outcome {
            Ok(Some(outcome)) => outcome,
            Ok(None) => {
                return self.report.as_mut().map_or(Ok(()), |report| report.add_binary(name));
            }
            Err(Stop::Failed(message)) => {
                self.progress.tell(&message);
                self.failed = true;
                return match &mut self.report {
                    Some(report) => report.add_failure(name, &message),
                    None => Ok(()),
                };
            }
            Err(stop) => return Err(stop),
        };
        if !done.text.is_empty() {
            self.say(&done.text)?;
        }
        if outcome.binary {
            self.note(name, "looks binary: what was read from it may mean nothing");
        }
        match outcome.textless {
            0 => {}
            1 => self.note(name, "1 record has no text and stays as it is"),
            n => self.note(name, &format!("{n} records have no text and stay as they are")),
        }
        if outcome.unpatched {
            self.note(name, "no patch: bytes of it are NUL (--in-place rewrites it)");
        }
        if outcome.malformed && self.writes {
            self.note(name, &format!("{} stand as U+FFFD", outcome.lost()));
        }
        if let Some(report) = &mut self.report {
            report.add(&outcome.report(name))?;
        }
        if self.output.check && outcome.damaged {
            self.found = Found::Damage;
        }
        if outcome.damaged && !self.output.diff {
            let line = format!("{}: {}", shown(name), outcome.words());
            if self.output.dry_run {
                self.say(format!("{line}\n").as_bytes())?;
            } else if self.output.check && !self.output.quiet {
                self.progress.tell(&line);
            }
        }
        Ok(())
    }

    /// What someone should know who asked for no report.
    fn note(&self, name: &Path, what: &str) {
        if !self.output.quiet {
            self.progress.tell(&format!("{}: {what}", shown(name)));
        }
    }

    fn say(&self, text: &[u8]) -> Result<(), Stop> {
        let mut out = io::stdout().lock();
        out.write_all(text).and_then(|()| out.flush()).map_err(Stop::output)
    }

    fn end(self) -> Result<Found, Stop> {
        if let Some(report) = self.report {
            report.finish()?;
        }
        if self.failed { Err(Stop::Told) } else { Ok(self.found) }
    }
}
