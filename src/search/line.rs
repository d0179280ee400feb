//! One line: the best plan for it, whole or in parts, again while damage is left.
//!
//! First the line as a whole ([`layers`]), in which nothing is lost. Where that
//! leaves a line that still looks damaged, or finds nothing, the byte lattice
//! ([`lattice`]) is run with the misreadings that explain most of the line
//! ([`suggest`]).

use super::chain::{Chain, Misreading, Step};
use super::change::{Change, Inferred};
use super::confidence::Signs;
use super::escapes::{Manner, may_be_escaped};
use super::evidence::Evidence;
use super::few;
use super::habit;
use super::language::Language;
use super::lattice::{self, Channel, Path, Piece};
use super::layers::{self, Reading};
use super::lonely::{is_control, loneliness_of, say_nothing};
use super::suggest::suggest;
use crate::charset::{Charset, Family, ascii_run, beyond_ascii_run};
use crate::model::{BIT, Bits, model};
use crate::plan::Undone;
use crate::suspect::step::{has_stray_pair, is_replacement};
use crate::suspect::{Looks, is_still_garbled, looks};
use std::ops::Range;

/// How much better than identity a plan must be.
const MARGIN: Bits = 2 * BIT;
/// Passes over one line, each of which may undo a layer of damage in parts of it.
const PASSES: usize = 4;
/// Below this certainty an inferred character comes back as U+FFFD.
pub(super) const CERTAIN: f32 = 0.2;
/// The same for one of which all bytes are unknown.
pub(super) const CERTAIN_BLIND: f32 = 0.6;

/// One pass: changes to the text that the pass before it made.
#[derive(Clone, Debug, PartialEq)]
pub struct Pass {
    pub changes: Vec<Change>,
    /// What was undone.
    pub chain: Chain,
    /// Whether bytes were lost or only part of the line was garbled, so that the
    /// lattice must be run to replay it.
    pub lattice: bool,
    /// How much more the line cost before.
    pub gain: Bits,
    /// How much more the runner-up costs.
    pub lead: Bits,
    pub runner_up: Option<String>,
}

impl Pass {
    /// The pass as a plan has it.
    pub fn undone(&self, guess: bool) -> Undone {
        match *self.chain.steps() {
            [Step { misreading, manner: Manner::Plain }] if self.lattice => {
                Undone::Parts { misreading, guess }
            }
            _ => Undone::Whole(self.chain.clone()),
        }
    }
}

/// What was found out about a line.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What repairs it; none if it is best left as it is.
    pub passes: Vec<Pass>,
    /// The line repaired.
    pub text: String,
    /// What the probability that the repaired line is right is made of.
    pub repaired: Signs,
    /// The same for the line as it stands.
    pub standing: Signs,
}

/// Repairs a line, if anything does: as it was repaired or left alone the last time that it
/// stood in the document, if that was not long ago.
pub fn repair(line: &str, evidence: &mut Evidence, guess: bool) -> Found {
    if let Some(found) = evidence.recall(line) {
        for pass in &found.passes {
            evidence.add(&pass.chain);
        }
        return found;
    }
    let found = search(line, evidence, guess);
    evidence.remember(line, &found);
    found
}

fn search(line: &str, evidence: &mut Evidence, guess: bool) -> Found {
    let mut passes: Vec<Pass> = Vec::new();
    let mut text = line.to_owned();
    let mut seen = vec![line.to_owned()];
    let mut standing = None;
    while passes.len() < PASSES && (!text.is_ascii() || may_be_escaped(&text)) {
        let attempt = best_pass(&text, evidence, guess);
        standing.get_or_insert(attempt.margin);
        let Some(pass) = attempt.pass else { break };
        let next = apply(&text, &pass);
        if seen.contains(&next) {
            break;
        }
        text = next;
        seen.push(text.clone());
        evidence.add(&pass.chain);
        passes.push(pass);
        let done = !is_still_garbled(&text) && !text.contains(lattice::is_c1);
        if done || passes.last().is_some_and(|pass| pass.chain.is_lossy()) {
            break;
        }
    }
    if is_shown_beside(line, &passes) || is_worse(line, &passes, &text) {
        passes.clear();
    }
    if let [Pass { lattice: true, chain, .. }] = passes.as_slice()
        && let [Step { misreading, manner: Manner::Plain }] = *chain.steps()
    {
        evidence.add_lossy(misreading);
    }
    let repaired = Signs::repaired(line, &passes, &text);
    let standing = Signs::standing(line, standing.unwrap_or_default());
    Found { passes, text, repaired, standing }
}

/// Whether what was made of parts of a line looks garbled, and no less than the line did.
fn is_worse(line: &str, passes: &[Pass], text: &str) -> bool {
    let in_parts = !passes.is_empty() && passes.iter().all(|pass| pass.lattice);
    let is_no_better =
        |left: Looks| left.show_damage(text, 0) && left.second >= looks(line, 0).second;
    in_parts && is_no_better(looks(text, 0))
}

/// Whether all that a repair would put into a line stands there already: a line that
/// shows what text looks like garbled, and what it was.
fn is_shown_beside(line: &str, passes: &[Pass]) -> bool {
    let [pass] = passes else { return false };
    let (text, signs) = (apply(line, pass), Signs::default());
    let whole = Found { passes: Vec::new(), text, repaired: signs, standing: signs };
    let parts = changes(line, &whole);
    let shown = |change: &Change| {
        let text = change.text.trim();
        // A letter of an alphabet stands in many a line.
        let tells = text.chars().count() > 1 || text.chars().all(|c| c >= '\u{2E80}');
        tells && !text.is_empty() && line.contains(text)
    };
    !parts.is_empty() && parts.iter().all(shown)
}

/// The parts of a line that its repair changed.
///
/// Where every pass kept ASCII in its place, each run of other characters is a part.
pub fn changes(line: &str, found: &Found) -> Vec<Change> {
    // What the lattice changed it names, each with its own certainty.
    if let [only] = found.passes.as_slice()
        && only.lattice
    {
        return only.changes.iter().flat_map(|change| change.parts(line)).collect();
    }
    let runner_up = runner_up(line, found);
    let certainty = certainty(found);
    let whole = || {
        let text = found.text.clone();
        vec![Change { certainty, ..Change::certain(0..line.len(), text, None) }]
    };
    let parts = unlike_parts(line, &found.text).map(|parts| {
        let change = |(source, text): (Range<usize>, &str)| Change {
            source,
            text: text.to_owned(),
            certainty,
            runner_up: runner_up.clone(),
            inferred: Vec::new(),
        };
        parts.into_iter().map(change).collect()
    });
    parts.unwrap_or_else(whole)
}

fn runner_up(line: &str, found: &Found) -> Option<String> {
    match found.passes.as_slice() {
        [only] if line.len() < 200 => only.runner_up.clone(),
        _ => None,
    }
}

fn certainty(found: &Found) -> f32 {
    found.passes.iter().flat_map(|pass| &pass.changes).map(|change| change.certainty).product()
}

/// A place in a line, and the text that it has become.
pub type Part<'t> = (Range<usize>, &'t str);

/// The same as [`changes`] of a line of which no byte was lost, where there is nothing to tell
/// of a part but its place and its text, and how certain all of them are: most lines of a
/// garbled document, whose parts are many.
pub fn plain_changes<'f>(line: &str, found: &'f Found) -> Option<(Vec<Part<'f>>, f32)> {
    let is_plain = |pass: &Pass| !pass.lattice && pass.runner_up.is_none();
    if !found.passes.iter().all(is_plain) {
        return None;
    }
    let parts = unlike_parts(line, &found.text);
    Some((parts.unwrap_or_else(|| vec![(0..line.len(), &found.text)]), certainty(found)))
}

/// The runs of characters beyond ASCII in a text that have become others, if ASCII is the
/// same before, between and behind them.
fn unlike_parts<'t>(old: &str, new: &'t str) -> Option<Vec<Part<'t>>> {
    let ascii = |text: &str| ascii_run(text.as_bytes());
    let run = |text: &str| beyond_ascii_run(text.as_bytes());
    let mut parts = Vec::new();
    let (mut old_rest, mut new_rest) = (old, new);
    while !old_rest.is_empty() || !new_rest.is_empty() {
        let (old_ascii, old_others) = old_rest.split_at_checked(ascii(old_rest))?;
        let (new_ascii, new_others) = new_rest.split_at_checked(ascii(new_rest))?;
        let (old_run, old_after) = old_others.split_at_checked(run(old_others))?;
        let (new_run, new_after) = new_others.split_at_checked(run(new_others))?;
        if old_ascii != new_ascii || old_run.is_empty() != new_run.is_empty() {
            return None;
        }
        if old_run != new_run {
            let end = old.len() - old_after.len();
            parts.push((end - old_run.len()..end, new_run));
        }
        (old_rest, new_rest) = (old_after, new_after);
    }
    Some(parts)
}

/// The text after a pass.
pub fn apply(text: &str, pass: &Pass) -> String {
    apply_changes(text, &pass.changes)
}

pub(super) fn apply_changes(text: &str, changes: &[Change]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for change in changes {
        out.push_str(text.get(copied..change.source.start).unwrap_or_default());
        out.push_str(&change.text);
        copied = change.source.end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// Undoes a misreading in parts of a text, as far as it is there.
pub fn parts_pass(text: &str, misreading: Misreading, guess: bool) -> Option<Pass> {
    let path = lattice::decode(text, &Channel::new(misreading))?;
    Some(Pass {
        changes: changed_pieces(text, &path.pieces, guess),
        chain: Chain::new(vec![misreading]),
        lattice: true,
        gain: 0,
        lead: 0,
        runner_up: None,
    })
}

/// The text after a misreading of its parts was undone: what [`repair`] did, for a plan.
pub fn undo_parts(text: &str, misreading: Misreading, guess: bool) -> Option<String> {
    parts_pass(text, misreading, guess).map(|pass| apply(text, &pass))
}

/// A pass that may be made, and by how much the line is better left as it is.
pub(super) struct Attempt {
    pub(super) pass: Option<Pass>,
    /// Cost of the best other reading, less that of the line as it stands.
    pub(super) margin: i64,
}

/// The whole line by one chain, if that leaves nothing suspect; else that or parts of
/// it, whichever gains more.
fn best_pass(text: &str, evidence: &Evidence, guess: bool) -> Attempt {
    if let Some(attempt) = habit::lossy(text, evidence, guess) {
        return attempt;
    }
    let whole = whole(text, evidence, guess);
    if let Some(pass) = &whole.pass
        && (evidence.is_settled_on(&pass.chain)
            || pass.chain.is_lossy()
            || is_certain(pass, text, &apply(text, pass)))
    {
        return whole;
    }
    let parts = parts(text, evidence, guess);
    let margin = whole.margin.min(parts.margin);
    // Had bytes been lost, the rest would not be well-formed.
    let is_same = |whole: &Pass, parts: &Pass| {
        whole.chain == parts.chain && whole.chain.steps().iter().all(Step::is_utf8)
    };
    if let (Some(same), Some(other)) = (&whole.pass, &parts.pass)
        && is_same(same, other)
    {
        return Attempt { pass: whole.pass, margin };
    }
    let pass = [whole.pass, parts.pass].into_iter().flatten().max_by_key(|pass| pass.gain);
    Attempt { pass, margin }
}

/// Whether nothing else is worth a look than what a pass made: well-formed UTF-8 or
/// double-byte text is no accident, but anything can be read in a single byte each.
fn is_certain(pass: &Pass, text: &str, made: &str) -> bool {
    let several =
        |step: &Step| step.is_utf8() || step.misreading.written.family() == Family::DoubleByte;
    let is_utf8 = pass.chain.steps().iter().all(Step::is_utf8);
    // Of others of its byte strings one misreading may make more than two of these.
    if let [_, .., Step { misreading, .. }] = *pass.chain.steps()
        && !is_utf8
        && has_several(text, misreading.read)
    {
        return false;
    }
    let no_accident = pass.lattice
        || is_utf8
        || pass.lead >= LEADING && pass.chain.steps().iter().any(several) && !has_gap(text);
    !is_still_garbled(made)
        && (no_accident || pass.lead >= CLEAR && layers::spared_as_litter(made) == 0)
}

/// Whether something stands between characters, or behind them, that decoders put in the place
/// of bytes that they cannot read.
fn has_gap(text: &str) -> bool {
    let wide = |c: Option<char>| c.is_none_or(|c| !c.is_ascii());
    text.match_indices(lattice::is_gap).any(|(at, gap)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let behind = text.get(at + gap.len()..).and_then(|behind| behind.chars().next());
        before.is_some_and(|c| !c.is_ascii()) && wide(behind)
    })
}

/// By how much double-byte text leads the next reading that is no accident.
const LEADING: Bits = 4 * BIT;
/// By how much a reading is certain that leads the next.
pub(super) const CLEAR: Bits = 24 * BIT;

/// The whole line by one chain.
fn whole(text: &str, evidence: &Evidence, guess: bool) -> Attempt {
    let readings = layers::readings(text, evidence);
    let identity = readings.iter().find(|r| r.chain.is_empty()).map_or(0, Reading::cost);
    let other = readings.iter().find(|r| !r.chain.is_empty()).map_or(Bits::MAX, Reading::cost);
    let margin = i64::from(other) - i64::from(identity);
    let [best, others @ ..] = readings.as_slice() else { return Attempt { pass: None, margin } };
    let gain = identity.saturating_sub(best.cost());
    if best.chain.is_empty() || gain < MARGIN {
        return Attempt { pass: None, margin };
    }
    let pass = refine(text, best, gain, guess).unwrap_or_else(|| {
        let runner_up = others.first();
        Pass {
            changes: vec![Change::certain(0..text.len(), best.text.clone(), None)],
            chain: best.chain.clone(),
            lattice: false,
            gain,
            lead: runner_up.map_or(gain, |r| r.cost() - best.cost()),
            runner_up: runner_up.map(|r| r.text.clone()),
        }
    });
    Attempt { pass: Some(pass), margin }
}

/// The same misreading, where its characters stand for several byte strings and
/// others of them make better text.
fn refine(text: &str, best: &Reading, gain: Bits, guess: bool) -> Option<Pass> {
    let [Step { misreading, manner: Manner::Plain }] = *best.chain.steps() else { return None };
    if !has_several(text, misreading.read) {
        return None;
    }
    // What was written in another double-byte charset may not have been well-formed by
    // the byte strings that come first.
    let others =
        DOUBLE_BYTE.into_iter().filter(|&c| c != misreading.written && c != misreading.read);
    let (path, misreading) = [misreading.written]
        .into_iter()
        .chain(others.filter(|_| misreading.written.family() == Family::DoubleByte))
        .filter_map(|written| {
            let misreading = Misreading { written, read: misreading.read };
            Some((lattice::decode(text, &Channel::new(misreading))?, misreading))
        })
        .min_by_key(|(path, misreading)| (path.cost, *misreading))?;
    let better = lattice::standing_cost(&best.text).checked_sub(path.cost)?;
    let changes = changed_pieces(text, &path.pieces, guess);
    (better > BIT && !changes.is_empty()).then_some(Pass {
        changes,
        chain: Chain::new(vec![misreading]),
        lattice: true,
        gain: gain + better,
        lead: better,
        runner_up: Some(best.text.clone()),
    })
}

/// Whether some character of a text stands for several byte strings.
fn has_several(text: &str, read: Charset) -> bool {
    text.chars().any(|c| !c.is_ascii() && read.preimages(c).count() > 1)
}

/// The double-byte charsets that most text of their languages was written in.
const DOUBLE_BYTE: [Charset; 5] =
    [Charset::GB18030, Charset::BIG5, Charset::SHIFT_JIS, Charset::EUC_JP, Charset::EUC_KR];

/// A misreading undone in parts of the line, with all that it costs.
pub(super) struct Way {
    pub(super) cost: Bits,
    pub(super) step: Step,
    pub(super) changes: Vec<Change>,
}

/// How the lattice is run.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Run {
    /// With all that can have been lost, each misreading beside the best so far.
    Lossy,
    /// With what is well-formed alone.
    Exact,
    /// With all that can have been lost, and few hypotheses: which misreading it was is known.
    Habit,
}

/// The ways of undoing these misreadings in parts of the line, the best first.
pub(super) fn ways_of(
    text: &str,
    misreadings: &[Misreading],
    evidence: &Evidence,
    run: Run,
    guess: bool,
) -> Vec<Way> {
    let mut best: Option<Path> = None;
    let language = Language::of(text, &evidence.hints);
    let mut ways: Vec<Way> = misreadings
        .iter()
        .filter_map(|&misreading| {
            let channel = Channel::new(misreading);
            let path = match (run, &best) {
                (Run::Exact, _) => lattice::decode_exact(text, &channel),
                (Run::Habit, _) => lattice::decode_narrow(text, &channel),
                (Run::Lossy, Some(best)) => lattice::decode_beside(text, &channel, best),
                (Run::Lossy, None) => lattice::decode(text, &channel),
            }?;
            let prior =
                evidence.hints.garbled(layers::GARBLED) + channel.prior(evidence.prior(misreading));
            let changes = changed_pieces(text, &path.pieces, guess);
            if say_nothing(text, &changes, misreading) {
                return None;
            }
            // Only beside what is certain: anything can be read beside litter.
            let certain = misreading.is_utf8() || changes.iter().all(|c| is_control(text, c));
            let spared = if certain { spared_between(text, &changes) } else { 0 };
            let after = apply_changes(text, &changes);
            let lonely = loneliness_of(text, &changes, misreading)
                + few::doubt(misreading, text, &after)
                + language.doubt(misreading, text, &after)
                + guessed_in_step(text, &channel);
            let shown = if channel.is_out_of_step() && has_stray_pair(text) { SHOWN } else { 0 };
            let single = misreading.is_utf8() && misreading.read.family() == Family::SingleByte;
            let prose = if single && changes.len() > 1 { language.is_some() } else { 0 };
            let cost = (path.cost + prior).saturating_sub(spared + shown + prose) + lonely;
            let manner = if run == Run::Exact { Manner::Parts } else { Manner::Plain };
            if best.as_ref().is_none_or(|best| path.cost < best.cost) {
                best = Some(path);
            }
            Some(Way { cost, step: Step { misreading, manner }, changes })
        })
        .collect();
    ways.sort_by_key(|way| (way.cost, way.step));
    ways
}

/// How much likelier text out of step is where a question mark and one byte of ASCII stand
/// alone between characters of CJK.
const SHOWN: Bits = 8 * BIT;

/// How much more a U+FFFD costs as it stands than what was lost there: in text that may be
/// out of step it is no damage by itself.
const MARKED: Bits = 12 * BIT;

/// What text out of step would gain by guesses alone.
fn guessed_in_step(text: &str, channel: &Channel) -> Bits {
    let marked = if channel.is_out_of_step() { text.matches('\u{FFFD}').count() } else { 0 };
    marked as Bits * MARKED
}

/// What is not undone may be litter as much as if nothing were: by how much less it costs so.
fn spared_between(text: &str, changes: &[Change]) -> Bits {
    between(text, changes).map(layers::spared_as_litter).sum()
}

/// What stands before, between and behind the parts of a text that change.
pub fn between<'t>(text: &'t str, changes: &[Change]) -> impl Iterator<Item = &'t str> {
    let ends = changes.iter().map(|change| change.source.end);
    let starts = changes.iter().map(|change| change.source.start);
    let between = std::iter::once(0).chain(ends).zip(starts.chain([text.len()]));
    between.filter_map(|(from, to)| text.get(from..to))
}

/// What a line costs as it stands, by the measure of the lattice.
pub(super) fn identity(text: &str) -> Bits {
    let spared = model().active_cost(text).saturating_sub(layers::standing_cost(text));
    lattice::standing_cost(text).saturating_sub(spared)
}

/// Misreadings between double-byte charsets that lose bytes.
const LOSSY: [(Charset, Charset); 6] = [
    (Charset::BIG5, Charset::GBK),
    (Charset::GB18030, Charset::BIG5),
    (Charset::SHIFT_JIS, Charset::GBK),
    (Charset::GB18030, Charset::SHIFT_JIS),
    (Charset::UTF_8, Charset::EUC_KR),
    (Charset::UTF_8, Charset::SHIFT_JIS),
];

/// Bytes of a line in which they are tried without being suggested.
const SHORT: usize = 256;

/// Whether the best of these ways is better than the line as it stands, and leaves nothing
/// garbled.
fn is_better(ways: &[Way], text: &str, identity: Bits) -> bool {
    ways.first().is_some_and(|way| {
        way.cost + MARGIN <= identity && !is_still_garbled(&apply_changes(text, &way.changes))
    })
}

/// Parts of the line, or all of it with bytes lost.
fn parts(text: &str, evidence: &Evidence, guess: bool) -> Attempt {
    let identity = identity(text);
    let misreadings = suggest(text, evidence);
    let mut ways = ways_of(text, &misreadings, evidence, Run::Lossy, guess);
    if text.contains(is_replacement) && text.len() < SHORT && !is_better(&ways, text, identity) {
        // Parts between gaps say too little of a short line.
        let usual = LOSSY.map(|(written, read)| Misreading { written, read });
        let others: Vec<Misreading> =
            usual.into_iter().filter(|m| !misreadings.contains(m)).collect();
        ways.extend(ways_of(text, &others, evidence, Run::Lossy, guess));
        ways.sort_by_key(|way| (way.cost, way.step));
    }
    let Some(first) = ways.first() else {
        return Attempt { pass: None, margin: i64::from(Bits::MAX) };
    };
    if is_still_garbled(&apply_changes(text, &first.changes)) {
        // Several misreadings: first what is certain, before others make something else of it.
        let utf8: Vec<Misreading> = misreadings.iter().copied().filter(|m| m.is_utf8()).collect();
        let exact = ways_of(text, &utf8, evidence, Run::Exact, guess).into_iter().next();
        // What a way costs if another misreading is undone behind it.
        let with_next = |way: &Way| {
            let next = apply_changes(text, &way.changes);
            let more = ways_of(&next, &suggest(&next, evidence), evidence, Run::Lossy, guess);
            let other = more.iter().find(|more| more.step.misreading != way.step.misreading);
            let own = evidence.hints.garbled(layers::GARBLED) + evidence.prior(way.step);
            other.map_or(way.cost, |more| way.cost.min(more.cost + own))
        };
        let exact = exact.filter(|way| way.cost + CLEAR < identity);
        let exact = exact.map(|way| Way { cost: with_next(&way), ..way });
        let exact = exact.filter(|way| way.cost + MARGIN < with_next(first));
        ways.splice(0..0, exact);
    }
    let first = ways.remove(0);
    let margin = i64::from(first.cost) - i64::from(identity);
    let gain = identity.saturating_sub(first.cost);
    if gain < MARGIN || first.changes.is_empty() {
        return Attempt { pass: None, margin };
    }
    let second = ways.iter().find(|way| way.cost >= first.cost && way.changes != first.changes);
    let lead = second.map_or(gain, |way| gain.min(way.cost - first.cost));
    let chain = Chain::new(vec![first.step]);
    let changes = first.changes;
    Attempt {
        pass: Some(Pass { changes, chain, lattice: true, gain, lead, runner_up: None }),
        margin,
    }
}

/// Neighbouring pieces that are not intact, as one change each; ASCII between two
/// of them belongs to them.
fn changed_pieces(text: &str, pieces: &[Piece], guess: bool) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut bridge = String::new();
    for piece in pieces {
        let own = |c: char| {
            let enough = if piece.is_blind() { CERTAIN_BLIND } else { CERTAIN };
            if piece.certainty < enough && !guess { '\u{FFFD}' } else { c }
        };
        let [first, second] = piece.text;
        let characters = [first.map(own), second];
        if piece.intact {
            if text.get(piece.source.clone()).is_some_and(str::is_ascii) {
                bridge.extend(characters.into_iter().flatten());
            } else {
                bridge.clear();
                bridge.push('\n');
            }
            continue;
        }
        let near = !bridge.starts_with('\n') && bridge.len() <= 3;
        if !near || changes.is_empty() {
            changes.push(Change::certain(piece.source.clone(), String::new(), None));
            bridge.clear();
        }
        if let Some(change) = changes.last_mut() {
            change.text.push_str(&bridge);
            let start = change.text.len();
            change.text.extend(characters.into_iter().flatten());
            change.source.end = piece.source.end.max(change.source.end);
            change.certainty *= piece.certainty;
            if piece.is_inferred() {
                let output = start..change.text.len();
                let (source, certainty) = (piece.source.clone(), piece.certainty);
                change.inferred.push(Inferred { source, output, certainty });
            }
        }
        bridge.clear();
    }
    changes.retain(|change| text.get(change.source.clone()) != Some(change.text.as_str()));
    changes
}
