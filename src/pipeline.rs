//! The stages in order, and nothing else.

use crate::decode::Decoder;
use crate::model::model;
use crate::normalize::Normalization;
use crate::options::{ChineseMode, Options};
use crate::plan::{LineRepair, Plan};
use crate::quiet::Quiet;
use crate::report::{Edit, Rewrite, Step, compose};
use crate::search::escapes::may_be_escaped;
use crate::search::{self, Alternative, Evidence, Found, Signs};
use crate::suspect::{Looks, looks};
use std::borrow::Cow;
use std::ops::Range;

/// A text with what is known about it.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Answer<'t> {
    /// The text; borrowed when nothing changed.
    pub text: Cow<'t, str>,
    /// Probability, 0 to 1, that this is the text that was meant.
    pub confidence: f32,
    /// Every change, in order of its place in the input.
    pub edits: Vec<Edit>,
    /// What was done, to be done again.
    pub plan: Plan,
    /// Name of the charset that the bytes were read in; `None` where text came in.
    pub charset: Option<&'static str>,
}

impl<'t> Answer<'t> {
    fn unchanged(text: &'t str) -> Self {
        Answer {
            text: Cow::Borrowed(text),
            confidence: 1.0,
            edits: Vec::new(),
            plan: Plan::default(),
            charset: None,
        }
    }

    /// Whether the text differs from what came in.
    pub fn is_changed(&self) -> bool {
        !self.edits.is_empty()
    }
}

/// Repair, then normalization, then Chinese, as far as the options ask for them.
pub(crate) fn text<'t>(options: &Options, text: &'t str) -> Answer<'t> {
    with_signs(options, text, &mut Evidence::new(options.hints.clone())).0
}

/// Readings of a line, of which the first is what the options make of it.
pub(crate) fn alternatives(options: &Options, line: &str, count: usize) -> Vec<Alternative> {
    let options =
        Options { normalize: Normalization::none(), chinese: ChineseMode::Keep, ..options.clone() };
    let answer = text(&options, line);
    let evidence = Evidence::new(options.hints);
    search::alternatives::alternatives(line, &answer.text, answer.confidence, count, &evidence)
}

/// Rounds over a text, at most: two are usual, rubbish takes some more.
pub(crate) const ROUNDS: usize = 32;

/// Does what [`text`] does, in the light of texts before it; says also what is known of
/// the least sure line.
///
/// A text that was changed is looked at as if it had come in, until nothing changes: what
/// is clean stays as it is. What does not come to rest is left alone, so that it stays, too.
pub(crate) fn with_signs<'t>(
    options: &Options,
    text: &'t str,
    evidence: &mut Evidence,
) -> (Answer<'t>, Signs) {
    let mut quiet = Quiet::default();
    let mut rounds = vec![round(options, text, evidence, &mut quiet)];
    let mut made = None;
    while let Some((last, _)) = rounds.last()
        && last.is_changed()
        && options.given.is_none()
    {
        let mut fresh = Evidence::new(options.hints.clone());
        let (next, signs) = round(options, &last.text, &mut fresh, &mut quiet);
        if !next.is_changed() {
            break;
        }
        let next = Answer { text: Cow::Owned(next.text.into_owned()), ..next };
        let before = rounds.iter().map(|(answer, _)| &*answer.text);
        let again = std::iter::once(text).chain(before).position(|seen| seen == next.text);
        rounds.push((next, signs));
        if let Some(again) = again {
            made = Some(again + likeliest(&rounds, again));
            break;
        }
        if rounds.len() == ROUNDS {
            made = Some(0);
            break;
        }
    }
    let made = made.unwrap_or(rounds.len());
    together(text, rounds, made)
}

/// Of the texts that rounds went through since the one before round `since`, and came back
/// to: how many rounds behind that one the likeliest is, whichever of them came first.
fn likeliest(rounds: &[(Answer, Signs)], since: usize) -> usize {
    let cycle = rounds.iter().skip(since).map(|(answer, _)| &*answer.text);
    let length = rounds.len() - since;
    let least = cycle.enumerate().min_by_key(|(_, text)| (model().cost(text), *text));
    least.map_or(0, |(at, _)| (at + 1) % length)
}

/// One answer of the first rounds, as many as are `made`, and as sure as the least sure of all.
fn together<'t>(
    text: &'t str,
    rounds: Vec<(Answer<'t>, Signs)>,
    made: usize,
) -> (Answer<'t>, Signs) {
    let mut all = (Answer::unchanged(text), Signs::default());
    let mut plans = Vec::new();
    for (at, (next, more)) in rounds.into_iter().enumerate() {
        let (answer, signs) = &mut all;
        if at == 0 || next.confidence < answer.confidence {
            (answer.confidence, *signs) = (next.confidence, more);
        }
        if at < made {
            answer.edits = compose(std::mem::take(&mut answer.edits), next.edits);
            answer.text = next.text;
            plans.push(next.plan);
        }
    }
    let (answer, _) = &mut all;
    let then = plans.into_iter().rev().fold(None, |then, plan| Some(Plan { then, ..plan }.into()));
    answer.plan = then.map(|plan: Box<Plan>| *plan).unwrap_or_default();
    if !answer.is_changed() {
        answer.text = Cow::Borrowed(text);
    }
    all
}

/// All stages, once. What is quiet comes to be what is so in the text that was made.
pub(crate) fn round<'t>(
    options: &Options,
    text: &'t str,
    evidence: &mut Evidence,
    quiet: &mut Quiet,
) -> (Answer<'t>, Signs) {
    let mut signs = Signs::default();
    let mut answer = Answer::unchanged(text);
    if options.repair {
        stage(&mut answer, |text, plan| quiet.through(text, remove_residue(text, plan)));
        stage(&mut answer, |text, plan| {
            let (made, edits, least) = repair(options, text, plan, evidence, quiet);
            signs = least;
            quiet.through(text, (made, edits))
        });
        answer.confidence = signs.probability();
    }
    if !options.normalize.is_none() {
        answer.plan.normalization = options.normalize;
        stage(&mut answer, |text, _| quiet.through(text, options.normalize.apply(text)));
    }
    if options.chinese == ChineseMode::Simplify {
        answer.plan.chinese = options.chinese;
        stage(&mut answer, |text, _| quiet.through(text, simplify(text)));
    }
    (answer, signs)
}

/// Finds the charset, then does what [`text`] does.
pub(crate) fn bytes<'b>(options: &Options, bytes: &'b [u8]) -> Answer<'b> {
    let mut decoder = Decoder::new();
    if let Some(label) = &options.charset {
        decoder = decoder.declared(label);
    }
    if let Some(tag) = &options.language {
        decoder = decoder.language(tag);
    }
    let decoded = decoder.decode(bytes);
    let mut answer = match decoded.text {
        Cow::Borrowed(borrowed) => text(options, borrowed),
        Cow::Owned(owned) => {
            let answer = text(options, &owned);
            Answer { text: Cow::Owned(answer.text.into_owned()), ..answer }
        }
    };
    answer.confidence *= decoded.confidence;
    answer.charset = Some(decoded.charset.name());
    answer
}

/// Runs a stage over the text that the stages before it left.
fn stage<'t>(
    answer: &mut Answer<'t>,
    run: impl for<'s> FnOnce(&'s str, &mut Plan) -> (Cow<'s, str>, Vec<Edit>),
) {
    let (text, edits) = match &answer.text {
        Cow::Borrowed(text) => run(text, &mut answer.plan),
        Cow::Owned(text) => {
            let (new, edits) = run(text, &mut answer.plan);
            match new {
                Cow::Borrowed(_) => return,
                Cow::Owned(new) => (Cow::Owned(new), edits),
            }
        }
    };
    answer.text = text;
    answer.edits = compose(std::mem::take(&mut answer.edits), edits);
}

#[cfg(feature = "chinese")]
fn remove_residue<'s>(text: &'s str, plan: &mut Plan) -> (Cow<'s, str>, Vec<Edit>) {
    let mut rewrite = Rewrite::new(text);
    for annotation in crate::chinese::residue::residue(text).unwrap_or_default() {
        plan.residue.push(annotation.span.clone());
        rewrite.replace(annotation.span, "", Step::PinyinResidue, 0.99);
    }
    rewrite.finish()
}

#[cfg(not(feature = "chinese"))]
fn remove_residue<'s>(text: &'s str, _plan: &mut Plan) -> (Cow<'s, str>, Vec<Edit>) {
    (Cow::Borrowed(text), Vec::new())
}

#[cfg(feature = "chinese")]
fn simplify(text: &str) -> (Cow<'_, str>, Vec<Edit>) {
    crate::chinese::simplify_where_needed(text)
}

#[cfg(not(feature = "chinese"))]
fn simplify(text: &str) -> (Cow<'_, str>, Vec<Edit>) {
    (Cow::Borrowed(text), Vec::new())
}

/// Searches the lines that look garbled, and those that do not once more if most of the
/// others were; says also what is known of the least sure line.
fn repair<'s>(
    options: &Options,
    text: &'s str,
    plan: &mut Plan,
    evidence: &mut Evidence,
    quiet: &mut Quiet,
) -> (Cow<'s, str>, Vec<Edit>, Signs) {
    let mut least = Least::default();
    let (mut repaired, mut left) = (Vec::new(), Vec::new());
    let mut known = std::mem::take(quiet);
    for range in lines(text) {
        let line = text.get(range.clone()).unwrap_or_default();
        let is_known = known.has(&range) && evidence.habits().next().is_none();
        if line.is_ascii() && (is_known || !may_be_escaped(line)) {
            quiet.note(text, range);
            continue;
        }
        let standing = if is_known {
            evidence.add_intact();
            quiet.note(text, range.clone());
            None
        } else {
            match look(options, line, evidence) {
                Looked::Searched(found) if is_believed(options, &found) => {
                    repaired.push((range, found));
                    continue;
                }
                Looked::Searched(found) => Some(found.standing),
                Looked::Intact(looks) => {
                    if looks.are_final() {
                        quiet.note(text, range.clone());
                    }
                    least.note_unsearched(line, looks);
                    None
                }
            }
        };
        left.push((range, standing));
    }
    for (range, standing) in left {
        let line = text.get(range.clone()).unwrap_or_default();
        let again = match options.given.is_none() {
            true => search::in_the_light_of_all(line, evidence),
            false => None,
        };
        match again.filter(|found| is_believed(options, found)) {
            Some(found) => repaired.push((range, found)),
            None => standing.into_iter().for_each(|signs| least.note(signs)),
        }
    }
    repaired.sort_unstable_by_key(|(range, _)| range.start);
    let mut rewrite = Rewrite::new(text);
    for (range, found) in repaired {
        least.note(found.repaired);
        write(&mut rewrite, range.start, text.get(range.clone()).unwrap_or_default(), &found);
        let passes = found.passes.iter().map(|pass| pass.undone(options.guess)).collect();
        plan.repairs.push(LineRepair { source: range, passes });
    }
    let (text, edits) = rewrite.finish();
    (text, edits, least.signs())
}

/// What was seen of a line.
enum Looked {
    /// Nothing that deserves a search.
    Intact(Looks),
    Searched(Found),
}

fn look(options: &Options, line: &str, evidence: &mut Evidence) -> Looked {
    let given = options.given.as_ref().map(|ways| search::given::repair(line, ways));
    if let Some(found) = given.or_else(|| search::by_habit(line, evidence)) {
        return Looked::Searched(found);
    }
    let looks = looks(line, evidence.calm());
    if looks.is_suspect(line) || may_be_escaped(line) || options.hints.ask_for(line) {
        return Looked::Searched(search::repair(line, evidence, options.guess));
    }
    evidence.add_intact();
    Looked::Intact(looks)
}

fn is_believed(options: &Options, found: &Found) -> bool {
    !found.passes.is_empty() && found.repaired.probability() >= options.min_confidence
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
struct Least<'s> {
    /// Its probability and signs, of those that were searched.
    searched: Option<(f32, Signs)>,
    /// Of those that were not, the one that looks worst to the scan.
    unsearched: Option<(&'s str, Looks)>,
}

impl<'s> Least<'s> {
    fn note(&mut self, signs: Signs) {
        let probability = signs.probability();
        if self.searched.is_none_or(|(least, _)| probability < least) {
            self.searched = Some((probability, signs));
        }
    }

    fn note_unsearched(&mut self, line: &'s str, looks: Looks) {
        if self.unsearched.as_ref().is_none_or(|(_, worst)| worst.first < looks.first) {
            self.unsearched = Some((line, looks));
        }
    }

    fn signs(mut self) -> Signs {
        if let Some((line, looks)) = self.unsearched.take() {
            self.note(Signs::unsearched(line, &looks));
        }
        self.searched.map_or_else(Signs::default, |(_, signs)| signs)
    }
}

/// Bytes of a line that are searched in one piece.
const PIECE: usize = 4096;

/// The lines of a text without their ends, long ones in pieces.
fn lines(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
        // No further than a piece goes: of one giant line, each piece would look through
        // all that comes after it.
        let near = rest.as_bytes().get(..PIECE + 1).unwrap_or(rest.as_bytes());
        let (length, end) = match memchr::memchr(b'\n', near) {
            Some(length) => (length, 1),
            None if near.len() > PIECE => (piece(rest), 0),
            None => (rest.len(), 0),
        };
        let range = at..at + length;
        at += length + end;
        Some(range)
    })
}

/// Where to cut a long line: behind its last blank, else before a character that is
/// not in the middle of others, else anywhere.
fn piece(line: &str) -> usize {
    let mut end = PIECE;
    while !line.is_char_boundary(end) {
        end -= 1;
    }
    let head = line.get(..end).unwrap_or(line);
    match head.rfind([' ', '\t']).or_else(|| head.rfind(|c: char| c.is_ascii())) {
        Some(at) if at > PIECE / 2 => at + 1,
        _ => end,
    }
}
