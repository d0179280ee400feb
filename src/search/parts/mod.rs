//! Parts of a line: misreadings undone where the line shows them, and where bytes were lost.
//!
//! In comes a line, out comes the pass that costs least: the byte lattice ([`lattice`]) is run
//! with the misreadings that explain most of the line ([`suggest`]), and what each makes of it
//! is weighed against the line as it stands.

mod suggest;

use self::suggest::suggest;
use crate::channel::language::Language;
use crate::channel::traces::{is_gap, is_replacement};
use crate::channel::{Chain, Layer, Manner, Misreading, sides};
use crate::charset::{Charset, charsets_with};
use crate::model::{BIT, Bits, model};
use crate::search::evidence::Evidence;
use crate::search::few;
use crate::search::lattice::{self, CERTAIN, CERTAIN_BLIND, Channel, Path, Piece};
use crate::search::lonely::{is_control, loneliness_of, say_nothing};
use crate::search::pass::{Attempt, CLEAR, Change, Inferred, MARGIN, Pass, apply_changes, between};
use crate::search::standing::standing_cost;
use crate::suspect::is_still_garbled;
use crate::suspect::step::strays;
use crate::text::characters::beside;

/// A misreading undone in parts of the line, with all that it costs.
pub struct Way {
    pub cost: Bits,
    pub step: Layer,
    pub changes: Vec<Change>,
}

/// How the lattice is run.
#[derive(Clone, Copy, PartialEq)]
pub enum Run {
    /// With all that can have been lost, each misreading beside the best so far.
    Lossy,
    /// With what is well-formed alone.
    Exact,
    /// With all that can have been lost, and few hypotheses: which misreading it was is known.
    Habit,
}

/// The ways of undoing these misreadings in parts of the line, the best first.
pub fn ways_of(
    text: &str,
    misreadings: &[Misreading],
    evidence: &Evidence,
    run: Run,
    guess: bool,
) -> Vec<Way> {
    let weighing = Weighing { text, evidence, language: Language::of(text, &evidence.hints) };
    let mut best: Option<Path> = None;
    let mut ways: Vec<Way> = Vec::new();
    for &misreading in misreadings {
        let channel = Channel::new(misreading);
        let path = match (run, &best) {
            (Run::Exact, _) => lattice::decode_exact(text, &channel),
            (Run::Habit, _) => lattice::decode_narrow(text, &channel),
            (Run::Lossy, Some(best)) => lattice::decode_beside(text, &channel, best),
            (Run::Lossy, None) => lattice::decode(text, &channel),
        };
        let Some(path) = path else { continue };
        let mut changes = changed_pieces(text, &path.pieces, guess);
        changes.retain(|change| !is_bare_question(text, change));
        if say_nothing(text, &changes, misreading) {
            continue;
        }
        let manner = if run == Run::Exact { Manner::Parts } else { Manner::Plain };
        let cost = weighing.cost(&channel, path.cost, &changes);
        ways.push(Way { cost, step: Layer { misreading, manner }, changes });
        if best.as_ref().is_none_or(|best| path.cost < best.cost) {
            best = Some(path);
        }
    }
    ways.sort_by_key(|way| (way.cost, way.step));
    ways
}

/// Whether a part is a question mark among ASCII that would become U+FFFD: what it may have been
/// is not known, and nothing beside it was changed.
fn is_bare_question(text: &str, part: &Change) -> bool {
    text.get(part.source.clone()) == Some("?")
        && part.text.chars().all(|c| c == '\u{FFFD}')
        && beside(text, part.source.clone()).iter().flatten().all(char::is_ascii)
}

/// What is known of a line when paths through it are weighed.
struct Weighing<'t> {
    text: &'t str,
    evidence: &'t Evidence,
    language: Language<'t>,
}

impl Weighing<'_> {
    /// What a path costs that makes these changes: by the measure of the lattice, with what speaks
    /// against it, and without what speaks for it.
    fn cost(&self, channel: &Channel, path: Bits, changes: &[Change]) -> Bits {
        let prior = channel.prior(self.evidence.prior(channel.misreading));
        let cost = path + self.evidence.hints.garbled() + prior;
        cost.saturating_sub(self.credits(channel, changes)) + self.doubts(channel, changes)
    }

    /// What changes seem to gain, and do not.
    fn doubts(&self, channel: &Channel, changes: &[Change]) -> Bits {
        let (text, misreading) = (self.text, channel.misreading);
        let after = apply_changes(text, changes);
        // Nothing shows that anything is missing behind a letter.
        let is_guessed = !text.contains(is_gap) && changes.iter().all(Change::is_inferred);
        let is_unmarked = is_guessed && misreading.is_utf8_in_single_bytes();
        loneliness_of(text, changes, &after, misreading)
            + few::doubt(misreading, text, &after)
            + self.language.doubt(misreading, text, &after)
            + guessed_in_step(text, channel)
            + if is_unmarked { self.language.unknown_credit() } else { 0 }
    }

    /// What speaks for changes besides the text that they make.
    fn credits(&self, channel: &Channel, changes: &[Change]) -> Bits {
        let (text, misreading) = (self.text, channel.misreading);
        // Only beside what is certain: anything can be read beside litter.
        let certain = misreading.is_utf8() || changes.iter().all(|c| is_control(text, c));
        let is_prose = misreading.is_utf8_in_single_bytes() && changes.len() > 1;
        let spared = if certain { spared_between(text, changes) } else { 0 };
        let shown = if channel.is_out_of_step() { shown(text) } else { 0 };
        let prose = if is_prose { self.language.credit_of_any() } else { 0 };
        spared + shown + prose
    }
}

/// How much likelier text out of step is where one byte of ASCII stands alone between characters
/// of CJK, and where a question mark stands before it.
const SHOWN: Bits = 4 * BIT;
const SHOWN_BY_TWO: Bits = 8 * BIT;

fn shown(text: &str) -> Bits {
    let is_behind_question = |at: usize| text.get(..at).is_some_and(|head| head.ends_with('?'));
    let shown = |at| if is_behind_question(at) { SHOWN_BY_TWO } else { SHOWN };
    strays(text).map(shown).max().unwrap_or(0)
}

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
    between(text, changes).map(|part| model().active(part).spared_as_list()).sum()
}

/// What a line costs as it stands, by the measure of the lattice.
pub fn identity(text: &str) -> Bits {
    let spared = model().active_cost(text).saturating_sub(standing_cost(text));
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

/// Parts of the line, or all of it with bytes lost, whatever that gains.
pub fn parts(text: &str, evidence: &Evidence, guess: bool) -> Attempt {
    if is_lost(text) {
        return Attempt { pass: None, margin: i64::from(Bits::MAX) };
    }
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
            let own = evidence.hints.garbled() + evidence.prior(way.step);
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
    if first.changes.is_empty() {
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

/// Whether so much of a text is lost that nothing is known of the rest: all that is beyond ASCII,
/// or half of it, and no charset has the others. Bytes of a charset that were read as UTF-8 leave
/// such text, which nobody can read.
fn is_lost(text: &str) -> bool {
    let is_other = |c: &char| !c.is_ascii() && *c != char::REPLACEMENT_CHARACTER;
    let others = || text.chars().filter(is_other);
    let lost = text.matches(char::REPLACEMENT_CHARACTER).count();
    if lost == 0 || lost < others().count() {
        return false;
    }
    // In four bytes these two have all characters, in two only those of GBK.
    let in_four = 1 << Charset::GBK.index() | 1 << Charset::GB18030.index();
    let most = sides().read_mask & !in_four;
    let are_of_one = || {
        others().fold(most, |have, c| have & charsets_with(c)) != 0
            || others().all(|c| Charset::GBK.contains(c))
    };
    others().next().is_none() || !are_of_one()
}

/// Neighbouring pieces that are not intact, as one change each; ASCII between two
/// of them belongs to them.
pub fn changed_pieces(text: &str, pieces: &[Piece], guess: bool) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    let mut bridge = String::new();
    for piece in pieces {
        let enough = if piece.is_blind() { CERTAIN_BLIND } else { CERTAIN };
        let is_unsure = piece.certainty < enough && !guess;
        let [first, second] = piece.text;
        let first = if is_unsure { first.and(Some('\u{FFFD}')) } else { first };
        // What is not known is no reason to take a blank for a part of it.
        let source = text.get(piece.source.clone()).unwrap_or_default();
        let blank = (is_unsure && source.ends_with(' ')).then_some(' ');
        let characters = [first, second.or(blank)];
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_as_utf8_is_lost() {
        // Chinese in GBK, and Japanese in Shift_JIS, that were read as UTF-8.
        let as_utf8 = |written: Charset, text: &str| {
            let mut bytes = Vec::new();
            written.encode(text, &mut bytes).unwrap();
            String::from_utf8_lossy(&bytes).into_owned()
        };
        assert!(is_lost(&as_utf8(Charset::GBK, "使用此编辑字段可以插入新的日期")));
        assert!(is_lost(&as_utf8(Charset::SHIFT_JIS, "現在のドキュメントの一覧を表示します")));
        assert!(is_lost("Fran\u{FFFD}ais"));
        // What is left is of one charset, or most of it is left.
        for text in ["鐢\u{FFFD}", "Ã\u{FFFD}", "中文\u{FFFD}", "ѡȻ\u{FFFD}", "café", "a"] {
            assert!(!is_lost(text), "{text}");
        }
    }

    #[test]
    fn a_question_mark_that_nothing_explains_is_one() {
        let is_bare = |text: &str, made: &str| {
            let at = text.find('?').unwrap();
            is_bare_question(text, &Change::certain(at..at + 1, made.to_owned(), None))
        };
        assert!(is_bare("été ?", "\u{FFFD}"));
        assert!(!is_bare("été ?", "à"));
        assert!(!is_bare("变? 形", "\u{FFFD}"));
    }
}
