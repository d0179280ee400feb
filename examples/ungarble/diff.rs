//! Changes as a patch, coloured for people.

use crate::job;
use crate::paint::{Paint, shown, visible};
use similar::{Change, ChangeTag, TextDiff};
use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// Whether lines of bytes make a patch: with a NUL among them, `patch` and `git` take them for
/// no text.
pub fn is_possible(old: &[u8], new: &[u8]) -> bool {
    !old.contains(&0) && !new.contains(&0)
}

/// A patch from the old bytes to the new; nothing where they are the same.
///
/// Of bytes that are not UTF-8, the header says what they were read as.
pub fn patch(path: &Path, old: &[u8], new: &[u8], paint: &Paint) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    if old == new {
        return Ok(out);
    }
    let Paint { name, place, .. } = paint;
    let path = shown(path);
    if !is_possible(old, new) {
        writeln!(out, "{name}Binary files {path} and {path} differ{name:#}")?;
        return Ok(out);
    }
    let read = read(old);
    let note = read.as_ref().and_then(|(_, charset)| *charset);
    let note = note.map_or(String::new(), |charset| format!("\tread as {charset}"));
    // The name ends at a tab, if it has blanks in it.
    let end = if path.contains(' ') { "\t" } else { "" };
    let note = if note.is_empty() { end } else { &note };
    writeln!(out, "{name}--- {path}{note}{name:#}\n{name}+++ {path}{end}{name:#}")?;
    let (old, new) = (lines(old), lines(new));
    let read = read.as_ref().map_or(Vec::new(), |(text, _)| lines(text.as_bytes()));
    // After this time the patch is still right, only not the shortest.
    let diff = TextDiff::configure().timeout(Duration::from_secs(5)).diff_slices(&old, &new);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        writeln!(out, "{place}{}{place:#}", hunk.header())?;
        for change in hunk.iter_changes() {
            line(&mut out, paint, &change, &read)?;
        }
    }
    Ok(out)
}

/// Lines with their ends: to `patch`, a carriage return ends none.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n').collect()
}

/// What bytes that are not UTF-8 were read as.
fn read(bytes: &[u8]) -> Option<(Cow<'_, str>, Option<&'static str>)> {
    let is_utf8 = std::str::from_utf8(bytes).is_ok();
    let options = job::decoding();
    let answer = (!is_utf8).then(|| options.bytes(bytes))?;
    Some((answer.text, answer.charset))
}

/// A line of a hunk.
fn line(
    out: &mut Vec<u8>,
    paint: &Paint,
    change: &Change<&[u8]>,
    read: &[&[u8]],
) -> io::Result<()> {
    let (sign, style) = match change.tag() {
        ChangeTag::Delete => ('-', &paint.old),
        ChangeTag::Insert => ('+', &paint.new),
        ChangeTag::Equal => (' ', &paint.dim),
    };
    let line = change.value();
    let text = line.strip_suffix(b"\n").unwrap_or(line);
    write!(out, "{style}{sign}")?;
    if paint.spells {
        let read = change.old_index().and_then(|at| read.get(at));
        let text = read.map_or(text, |line| line.strip_suffix(b"\n").unwrap_or(line));
        out.extend(visible(&String::from_utf8_lossy(text)).bytes());
    } else {
        // In a pipe it is a patch, and stays what it is.
        out.extend(text);
    }
    writeln!(out, "{style:#}")?;
    if !line.ends_with(b"\n") {
        writeln!(out, "\\ No newline at end of file")?;
    }
    Ok(())
}
