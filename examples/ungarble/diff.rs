//! Changes as a patch, coloured for people.

use crate::job;
use crate::paint::{Paint, shown, visible};
use similar::{ChangeTag, TextDiff};
use std::borrow::Cow;
use std::fmt::Write;
use std::path::Path;
use std::time::Duration;

/// A patch from the old bytes to the new text; nothing where they are the same.
///
/// Bytes that are not UTF-8 are shown as what they were read as: `patch` cannot apply
/// that, and the header says so.
pub fn patch(path: &Path, old: &[u8], new: &str, paint: &Paint) -> String {
    let (old, charset) = match std::str::from_utf8(old) {
        Ok(text) => (Cow::Borrowed(text), None),
        Err(_) => {
            let options = job::decoding();
            let answer = options.bytes(old);
            (answer.text, answer.charset)
        }
    };
    let mut out = String::new();
    if old == new && charset.is_none() {
        return out;
    }
    let Paint { name, old: red, new: green, dim, place, .. } = paint;
    let path = shown(path);
    let note = charset.map_or(String::new(), |charset| format!("\tread as {charset}"));
    // The name ends at a tab, if it has blanks in it.
    let end = if path.contains(' ') { "\t" } else { "" };
    let note = if note.is_empty() { end } else { &note };
    let _ = writeln!(out, "{name}--- {path}{note}{name:#}\n{name}+++ {path}{end}{name:#}");
    // To `patch`, a carriage return ends no line.
    let [old, new] = [&*old, new].map(|text| text.split_inclusive('\n').collect::<Vec<_>>());
    // After this time the patch is still right, only not the shortest.
    let diff = TextDiff::configure().timeout(Duration::from_secs(5)).diff_slices(&old, &new);
    for hunk in diff.unified_diff().context_radius(3).iter_hunks() {
        let _ = writeln!(out, "{place}{}{place:#}", hunk.header());
        for change in hunk.iter_changes() {
            let (sign, style) = match change.tag() {
                ChangeTag::Delete => ('-', red),
                ChangeTag::Insert => ('+', green),
                ChangeTag::Equal => (' ', dim),
            };
            let line = change.value();
            let text = line.strip_suffix('\n').unwrap_or(line);
            // In a pipe it is a patch, and stays what it is.
            let text = if paint.spells { visible(text) } else { text.into() };
            let _ = writeln!(out, "{style}{sign}{text}{style:#}");
            if !line.ends_with('\n') {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
    out
}
