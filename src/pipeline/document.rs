//! A document: which of its lines are searched, in what order, and what became of them.
//!
//! In come the text, what is known of it, and the lines that need no look; out come the text
//! with its garbled lines repaired, the edits, and what is known of the least sure line. Each
//! line is looked at in the light of those before it, and those left alone once more in the
//! light of all.

use super::options::Options;
use super::plan::{LineRepair, Round};
use super::quiet::Quiet;
use crate::report::{Edit, Rewrite, Step};
use crate::search::escapes::is_escaped;
use crate::search::{self, Evidence, Found, Signs};
use crate::suspect::{FAINT, Looks, THRESHOLD, alarm, looks_again};
use crate::text::lines::{Line, Lines};
use crate::text::marks::Marks;
use std::borrow::Cow;
use std::ops::Range;

/// Searches the lines that look garbled, and looks once more at those that do not if many
/// others were; says also what is known of the least sure line.
pub(crate) fn repair<'s>(
    options: &Options,
    text: &'s str,
    done: &mut Round,
    evidence: &mut Evidence,
    quiet: &mut Quiet,
) -> (Cow<'s, str>, Vec<Edit>, Signs) {
    let Seen { mut repaired, mut in_vain, mut unsearched } =
        look_through(options, text, evidence, quiet);
    if options.given.is_none() {
        let more = look_again(options, text, evidence, &repaired);
        let start = |line: &Repaired| line.range.start;
        let is_left = |at: usize| more.binary_search_by_key(&at, start).is_err();
        in_vain.retain(|&(at, _)| is_left(at));
        unsearched.retain(|(range, _)| is_left(range.start));
        repaired.extend(more);
        repaired.sort_by_key(start);
    }
    let mut least = Least::default();
    in_vain.into_iter().for_each(|(_, standing)| least.note(standing));
    if let Some((range, sums)) = worst(&unsearched) {
        least.note(Signs::unsearched(text.get(range).unwrap_or_default(), sums));
    }
    let mut rewrite = Rewrite::new(text);
    let mut quiet_now = Vec::new();
    for Repaired { range, found, left } in repaired {
        least.note(found.repaired);
        let line = text.get(range.clone()).unwrap_or_default();
        let start = rewrite.place(range.start);
        write(&mut rewrite, range.start, line, &found);
        if left.is_some_and(|left| is_quiet(options, evidence, &found.text, &left)) {
            quiet_now.push(start..rewrite.place(range.end));
        }
        let passes = found.passes.iter().map(|pass| pass.undone(options.guess)).collect();
        done.repairs.push(LineRepair { source: range, passes });
    }
    let (text, edits) = quiet.through(text, rewrite.finish());
    quiet.add(&text, quiet_now);
    (text, edits, least.signs())
}

/// What was seen of a document, each line in the light of those before it.
#[derive(Default)]
struct Seen {
    repaired: Vec<Repaired>,
    /// Where lines begin that were searched in vain, and what is known of them.
    in_vain: Vec<(usize, Signs)>,
    /// The lines that were not, which are beyond ASCII, with the sums of both looks.
    unsearched: Vec<(Range<usize>, [i32; 2])>,
}

/// Looks at each line, but for those that are quiet; notes those that are from now on.
fn look_through(options: &Options, text: &str, evidence: &mut Evidence, quiet: &mut Quiet) -> Seen {
    let mut seen = Seen::default();
    let mut known = std::mem::take(quiet);
    let mut lines = Lines::new(text);
    let mut was_plain = true;
    loop {
        if was_plain && let Some(plain) = lines.pass_plain() {
            quiet.note(text, plain);
        }
        let Some(Line { range, marks }) = lines.next() else { break };
        let line = text.get(range.clone()).unwrap_or_default();
        if known.has(&range) && !evidence.has_habits() {
            was_plain = marks.is_ascii();
            if !was_plain {
                evidence.add_intact();
            }
            quiet.note(text, range);
            continue;
        }
        let looked = look(options, line, marks, evidence);
        was_plain = matches!(looked, Looked::Plain);
        match looked {
            Looked::Plain => quiet.note(text, range),
            Looked::Intact(sums, is_final) => {
                if is_final {
                    quiet.note(text, range.clone());
                }
                seen.unsearched.push((range, sums));
            }
            Looked::Searched(found, left) if is_believed(options, line, &found) => {
                seen.repaired.push(Repaired { range, found, left });
            }
            Looked::Searched(found, _) => seen.in_vain.push((range.start, found.standing)),
        }
    }
    seen
}

/// A line that comes to be another.
struct Repaired {
    range: Range<usize>,
    found: Box<Found>,
    /// What is seen of what it comes to be, if that is known.
    left: Option<Looks>,
}

/// Whether no later round will change a line, of which this is seen.
fn is_quiet(options: &Options, evidence: &Evidence, line: &str, seen: &Looks) -> bool {
    let marks = Marks::of(line);
    seen.are_low()
        && !is_escaped(line, marks)
        && !options.hints.ask_for(line)
        && (seen.first < THRESHOLD || search::is_beyond_habit(line, evidence))
        && !seen.is_suspect(line, marks)
}

/// The lines, in their order, that were left alone and are not, now that the whole document
/// was seen.
fn look_again(
    options: &Options,
    text: &str,
    evidence: &Evidence,
    repaired: &[Repaired],
) -> Vec<Repaired> {
    if !evidence.has_habits() {
        return Vec::new();
    }
    let mut repaired = repaired.iter().map(|line| &line.range).peekable();
    let left = Lines::new(text).filter(|line| repaired.next_if_eq(&&line.range).is_none());
    let again = left.filter_map(|Line { range, .. }| {
        let line = text.get(range.clone()).unwrap_or_default();
        let found = Box::new(search::in_the_light_of_all(line, evidence)?);
        is_believed(options, line, &found).then_some(Repaired { range, found, left: None })
    });
    again.collect()
}

/// What was seen of a line.
enum Looked {
    /// ASCII in which nothing is escaped.
    Plain,
    /// Nothing that deserves a search, by these sums, and whether it never will.
    Intact([i32; 2], bool),
    /// What was found, and what is seen of what comes of it, if that is known.
    Searched(Box<Found>, Option<Looks>),
}

fn look(options: &Options, line: &str, marks: Marks, evidence: &mut Evidence) -> Looked {
    let is_escaped = is_escaped(line, marks);
    if marks.is_ascii() && !is_escaped {
        return Looked::Plain;
    }
    if let Some(ways) = &options.given {
        return Looked::Searched(search::given::repair(line, ways).into(), None);
    }
    let first = alarm(line);
    if evidence.has_habits()
        && let Some((found, left)) = search::by_habit(line, first, evidence)
    {
        return Looked::Searched(found.into(), Some(left));
    }
    // Of most lines it makes no difference what the others have shown.
    let calm = if first < FAINT { 0 } else { evidence.calm() };
    let looks = looks_again(line, first, calm);
    if looks.is_suspect(line, marks) || is_escaped || options.hints.ask_for(line) {
        return Looked::Searched(search::repair(line, evidence, options.guess).into(), None);
    }
    evidence.add_intact();
    Looked::Intact(looks.sums(), looks.are_final())
}

/// Whether something repairs a line, all of it with the confidence that was asked for.
fn is_believed(options: &Options, line: &str, found: &Found) -> bool {
    let least = options.min_confidence;
    let is_sure = || {
        found.repaired.probability() >= least
            && search::changes(line, found).iter().all(|change| change.certainty >= least)
    };
    !found.passes.is_empty() && (least <= 0.0 || is_sure())
}

/// Writes what a line has become, which begins at a place of the text.
fn write(rewrite: &mut Rewrite, start: usize, line: &str, found: &Found) {
    let confidence = found.repaired.probability();
    let place = |source: Range<usize>| start + source.start..start + source.end;
    if let Some((parts, certainty)) = search::plain_changes(line, found) {
        for (source, text) in parts {
            rewrite.replace(place(source), text, Step::Repair, confidence.min(certainty));
        }
        return;
    }
    for change in search::changes(line, found) {
        let sure = confidence.min(change.certainty);
        rewrite.replace(place(change.source), &change.text, Step::Repair, sure);
        if let Some(reading) = &change.runner_up {
            rewrite.runner_up(reading);
        }
    }
}

/// The least sure line.
#[derive(Default)]
struct Least(Option<(f32, Signs)>);

impl Least {
    fn note(&mut self, signs: Signs) {
        let probability = signs.probability();
        if self.0.is_none_or(|(least, _)| probability < least) {
            self.0 = Some((probability, signs));
        }
    }

    fn signs(self) -> Signs {
        self.0.map_or_else(Signs::default, |(_, signs)| signs)
    }
}

/// Of lines with the sums of both looks, the first of those that look worst to the scan.
fn worst(lines: &[(Range<usize>, [i32; 2])]) -> Option<(Range<usize>, [i32; 2])> {
    let looks = |(_, [first, _]): &&(Range<usize>, [i32; 2])| *first;
    lines.iter().rev().max_by_key(looks).cloned()
}
