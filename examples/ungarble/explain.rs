//! `ungarble explain`: every edit in context, with what it undoes, its confidence and its
//! runner-up; and what the charset was found by.

use crate::args::{ExplainArgs, Preset};
use crate::failure::{Found, Stop};
use crate::job::{self, BOM, Job, Made};
use crate::paint::{Paint, shown, visible};
use crate::place::Place;
use crate::undone::Repairs;
use crate::{failure, input, told};
use anstyle::Style;
use std::io::{self, BufWriter, Write};
use std::ops::Range;
use std::path::Path;
use ungarble::Decoded;
use ungarble::report::{Edit, Step};

/// Characters of context on either side of an edit.
const CONTEXT: usize = 24;

pub fn run(args: ExplainArgs) -> Result<Found, Stop> {
    let job = match args.preset {
        Preset::Clean => Job::flags(job::cleaning(&args.steps), &args.repair),
        Preset::Repair => Job::repair(&args.repair, None),
        Preset::Decode => Job::hints(job::decoding(), &args.repair.hints),
    };
    let decoder = job.decoder();
    let paint = Paint::on_stdout(args.color);
    let mut out = BufWriter::new(io::stdout().lock());
    let mut failed = false;
    for path in input::or_stdin(args.files) {
        let bytes = match input::read(&path) {
            Ok(bytes) => bytes,
            Err(stop) => {
                // What was written goes out before a message about what was not.
                out.flush().map_err(Stop::output)?;
                failure::pass_over(stop)?;
                failed = true;
                continue;
            }
        };
        let answer = job.bytes(&bytes);
        let decoded = decoder.decode(&bytes);
        let what = match job.is_too_unsure(&bytes, &answer) {
            true => "left alone, being too unsure".to_owned(),
            false => changes(answer.edits.len(), beside(&job, &bytes, &decoded)),
        };
        explain(&mut out, &paint, input::name(&path), &decoded.text, &answer, &what)
            .map_err(Stop::output)?;
        evidence(&mut out, &paint, &decoded).map_err(Stop::output)?;
    }
    out.flush().map_err(Stop::output)?;
    if failed { Err(Stop::Told) } else { Ok(Found::Nothing) }
}

/// What reading the bytes changes, which is no edit of the text.
fn beside(job: &Job, bytes: &[u8], decoded: &Decoded<'_>) -> Option<&'static str> {
    let read = decoded.text.as_bytes();
    let bare = bytes.strip_prefix(BOM).unwrap_or(bytes);
    if bare != read && bytes != read {
        Some(if decoded.malformed { "malformed bytes" } else { "the charset" })
    } else if bytes != read && job.mark(bytes, &decoded.text).is_empty() {
        Some("the byte order mark")
    } else {
        None
    }
}

/// The changes in words.
fn changes(edits: usize, beside: Option<&str>) -> String {
    let edits = match edits {
        0 => return beside.map_or("nothing to change".into(), |it| format!("only {it} to change")),
        1 => "1 edit".to_owned(),
        n => format!("{n} edits"),
    };
    beside.map_or(edits.clone(), |it| format!("{edits} and {it}"))
}

fn explain(
    out: &mut impl Write,
    paint: &Paint,
    path: &Path,
    source: &str,
    answer: &Made<'_>,
    what: &str,
) -> io::Result<()> {
    let Paint { name, dim, .. } = paint;
    let charset = answer.charset.unwrap_or("text");
    let (path, confidence) = (shown(path), told::percent(answer.confidence));
    writeln!(out, "{name}{path}{name:#}: {charset}, {what}, {confidence} sure of the whole")?;
    let mut place = Place::start();
    let mut repairs = Repairs::of(&answer.plan);
    for edit in &answer.edits {
        place.go_to(source, edit.source.start);
        let step = told::step(&edit.step);
        let sure = told::percent(edit.confidence);
        let undone = match edit.step {
            Step::Repair => repairs.at(edit.source.start),
            _ => None,
        };
        let why = undone.map_or(String::new(), |undone| format!(": {undone}"));
        let at = format!("{path}:{}:{}", place.line, place.column);
        writeln!(out, "\n{name}{at}{name:#}: {step}, {sure} sure{why}")?;
        line(out, "-", &paint.old, dim, source, &edit.source)?;
        line(out, "+", &paint.new, dim, &answer.text, &edit.output)?;
        runner_up(out, dim, edit)?;
    }
    for undone in repairs.later() {
        writeln!(out, "\nrepair of what these made: {undone}")?;
    }
    Ok(())
}

/// What the charset was found by, and the second best reading of the bytes.
fn evidence(out: &mut impl Write, paint: &Paint, decoded: &Decoded<'_>) -> io::Result<()> {
    let dim = &paint.dim;
    let sure = told::percent(decoded.confidence);
    writeln!(out, "\ncharset {}: {sure} sure, {}", decoded.charset, decoded.evidence)?;
    let remarks = [
        (decoded.binary, "looks like no text"),
        (decoded.malformed, "malformed places stand as U+FFFD"),
        (decoded.mixed, "single lines are in another charset"),
    ];
    for (_, remark) in remarks.into_iter().filter(|(holds, _)| *holds) {
        writeln!(out, "  {remark}")?;
    }
    if let Some((charset, text)) = &decoded.runner_up {
        let line = text.lines().find(|line| !line.is_ascii()).unwrap_or_default();
        let line: String = line.trim().chars().take(3 * CONTEXT).collect();
        writeln!(out, "  {dim}or {charset}: {}{dim:#}", visible(&line))?;
    }
    Ok(())
}

fn runner_up(out: &mut impl Write, dim: &Style, edit: &Edit) -> io::Result<()> {
    match &edit.runner_up {
        Some(reading) => writeln!(out, "  {dim}or {}{dim:#}", visible(reading)),
        None => Ok(()),
    }
}

/// One side of an edit with what stands around it on the line.
fn line(
    out: &mut impl Write,
    mark: &str,
    paint: &Style,
    dim: &Style,
    text: &str,
    span: &Range<usize>,
) -> io::Result<()> {
    let (before, after) = context(text, span);
    let (before, after) = (visible(before), visible(after));
    let inside = visible(text.get(span.clone()).unwrap_or_default());
    writeln!(out, "  {mark} {dim}{before}{dim:#}{paint}⟦{inside}⟧{paint:#}{dim}{after}{dim:#}")
}

/// What stands on the same line before and behind a place, as far as it is shown.
fn context<'t>(text: &'t str, span: &Range<usize>) -> (&'t str, &'t str) {
    let (before, _) = text.split_at_checked(span.start).unwrap_or_default();
    let (_, after) = text.split_at_checked(span.end).unwrap_or_default();
    let is_shown = |c: &char| *c != '\n';
    let shown = before.chars().rev().take_while(is_shown).take(CONTEXT);
    let start = before.len() - shown.map(char::len_utf8).sum::<usize>();
    let shown = after.chars().take_while(is_shown).take(CONTEXT);
    let end = shown.map(char::len_utf8).sum();
    (before.get(start..).unwrap_or_default(), after.get(..end).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_ends_with_the_line_or_is_short() {
        let text = "a\nbé[X]ü\nc";
        assert_eq!(context(text, &(6..7)), ("bé[", "]ü"));
        let long = format!("{}X{}", "é".repeat(30), "ü".repeat(30));
        let (before, after) = context(&long, &(60..61));
        assert_eq!((before, after), (&*"é".repeat(CONTEXT), &*"ü".repeat(CONTEXT)));
    }
}
