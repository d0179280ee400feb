//! Lines that no round of the pipeline can change: the rounds after the first pass them by.
//!
//! In come the lines that a round found nothing in, whatever it might have learned from
//! others, and the edits of its stages; out comes where those lines stand in the text that
//! it made. Of a document with one garbled line, all others are looked at once.

use crate::report::{Edit, blocks};
use std::borrow::Cow;
use std::ops::Range;

/// Stretches of whole lines of a text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Quiet {
    /// In ascending order.
    stretches: Vec<Range<usize>>,
    /// How many of them end before the line that was asked about last.
    passed: usize,
}

impl Quiet {
    /// Notes a line of a text, given without its end, behind all that were noted before. A
    /// piece of a long line is passed over: where the next begins depends on what it holds.
    pub(crate) fn note(&mut self, text: &str, line: Range<usize>) {
        let ends_at = |at: usize| text.as_bytes().get(at).is_none_or(|&byte| byte == b'\n');
        if !line.start.checked_sub(1).is_none_or(ends_at) || !ends_at(line.end) {
            return;
        }
        match self.stretches.last_mut() {
            Some(last) if last.end + 1 == line.start => last.end = line.end,
            _ => self.stretches.push(line),
        }
    }

    /// Adds lines of a text, in ascending order, given without their ends. One in which another
    /// begins is passed over.
    pub(crate) fn add(&mut self, text: &str, lines: Vec<Range<usize>>) {
        let mut more = Quiet::default();
        for line in lines {
            let has_end = |line: &str| memchr::memchr(b'\n', line.as_bytes()).is_some();
            if text.get(line.clone()).is_some_and(|line| !has_end(line)) {
                more.note(text, line);
            }
        }
        self.stretches.append(&mut more.stretches);
        self.stretches.sort_by_key(|stretch| stretch.start);
    }

    /// Whether a line is one of them, which stands behind all that were asked about before.
    pub(crate) fn has(&mut self, line: &Range<usize>) -> bool {
        let ahead = self.stretches.get(self.passed..).unwrap_or_default();
        self.passed += ahead.iter().take_while(|stretch| stretch.end < line.end).count();
        self.stretches.get(self.passed).is_some_and(|stretch| stretch.start <= line.start)
    }

    /// Passes on what a stage made of a text, whose lines they were; then they are those of
    /// what was made, as far as the stage did not touch them.
    pub(crate) fn through<'t>(
        &mut self,
        text: &str,
        made: (Cow<'t, str>, Vec<Edit>),
    ) -> (Cow<'t, str>, Vec<Edit>) {
        if !self.stretches.is_empty() && !made.1.is_empty() {
            let old = std::mem::take(&mut self.stretches);
            for (kept, to) in untouched(text, &made.1) {
                let first = old.partition_point(|stretch| stretch.end < kept.start);
                let shared = old.iter().skip(first).take_while(|old| old.start <= kept.end);
                self.stretches.extend(shared.map(|old| {
                    let [start, end] = [old.start, old.end]
                        .map(|at| at.clamp(kept.start, kept.end) - kept.start + to);
                    start..end
                }));
            }
        }
        made
    }
}

/// The stretches of whole lines of a text that no edit touches, without the end of the last
/// line, and where each begins in what was made.
fn untouched(text: &str, edits: &[Edit]) -> Vec<(Range<usize>, usize)> {
    let edited = blocks(edits);
    let before = std::iter::once(None).chain(edited.iter().map(Some));
    let after = edited.iter().map(Some).chain([None]);
    let between = before.zip(after).filter_map(|(before, after)| {
        let (behind, to) = before.map_or((0, 0), |(from, made)| (from.end, made.end));
        let end = after.map_or(text.len(), |(from, _)| from.start);
        // No further than the next edit: of one giant line with many, each would look through
        // all of it.
        let part = text.as_bytes().get(behind..end)?;
        let first = before.map_or(Some(0), |_| Some(memchr::memchr(b'\n', part)? + 1))?;
        let last = after.map_or(Some(part.len()), |_| memchr::memrchr(b'\n', part))?;
        (first <= last).then(|| (behind + first..behind + last, to + first))
    });
    between.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Rewrite, Step};

    fn quiet(text: &str, lines: &[&str]) -> Quiet {
        let mut quiet = Quiet::default();
        let mut at = 0;
        for line in text.split('\n') {
            if lines.contains(&line) {
                quiet.note(text, at..at + line.len());
            }
            at += line.len() + 1;
        }
        quiet
    }

    fn held(mut quiet: Quiet, text: &str) -> Vec<&str> {
        let place = |line: &str| line.as_ptr() as usize - text.as_ptr() as usize;
        let has = |line: &&str| quiet.has(&(place(line)..place(line) + line.len()));
        text.split('\n').filter(has).collect()
    }

    #[test]
    fn lines_are_followed_to_where_they_stand() {
        let text = "one\ntwo\nthree\nfour\nfive";
        for (source, with, left) in [
            (0..0, "x", ["two", "three", "five"].as_slice()),
            (0..3, "", &["two", "three", "five"]),
            (3..4, " ", &["three", "five"]),
            (5..6, "xyz", &["one", "three", "five"]),
            (7..8, "", &["one", "five"]),
            (14..18, "4444", &["one", "two", "three", "five"]),
            (14..18, "", &["one", "two", "three", "five"]),
            (14..18, "a\nb\nc", &["one", "two", "three", "five"]),
            (18..19, "", &["one", "two", "three"]),
            (23..23, "!", &["one", "two", "three"]),
        ] {
            let mut quiet = quiet(text, &["one", "two", "three", "five"]);
            let mut rewrite = Rewrite::new(text);
            rewrite.replace(source.clone(), with, Step::Repair, 1.0);
            let (made, _) = quiet.through(text, rewrite.finish());
            assert_eq!(held(quiet, &made), left, "{source:?} {with:?}");
        }
    }

    #[test]
    fn what_was_made_stands_among_the_others() {
        let text = "one\ntwo\nthree\nfour\nfive";
        let mut quiet = quiet(text, &["one", "four"]);
        quiet.add(text, vec![4..7, 8..18, 19..23]);
        assert_eq!(held(quiet, text), ["one", "two", "four", "five"]);
    }

    #[test]
    fn nothing_but_whole_lines_is_noted() {
        let text = "one\ntwo";
        for (line, is_whole) in [(0..3, true), (4..7, true), (0..2, false), (5..7, false)] {
            let mut quiet = Quiet::default();
            quiet.note(text, line.clone());
            assert_eq!(quiet.has(&line), is_whole, "{line:?}");
        }
    }
}
