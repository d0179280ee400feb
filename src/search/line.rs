//! One line: the best plan for it, whole or in parts, again while damage is left.
//!
//! First the line as a whole ([`layers`]), in which nothing is lost. Where that
//! leaves a line that still looks damaged, or finds nothing, its parts ([`parts`]).

use super::confidence::Signs;
use super::escapes::may_be_escaped;
use super::evidence::Evidence;
use super::few;
use super::found::{Found, changes};
use super::habit;
use super::lattice::{self, Channel};
use super::layers::{self, Reading};
use super::parts::{changed_pieces, parts};
use super::pass::{Attempt, CLEAR, Change, MARGIN, Pass, apply};
use crate::channel::traces::is_gap;
use crate::channel::{Chain, Layer, Manner, Misreading};
use crate::charset::{Charset, Family};
use crate::model::{BIT, Bits, is_box, is_wide, model};
use crate::suspect::{Looks, is_still_garbled, looks};
use crate::text::characters::{beside, is_c1, only};
use std::cell::OnceCell;
use std::collections::HashMap;

/// Passes over one line, each of which may undo a layer of damage in parts of it.
const PASSES: usize = 4;

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
    // What undoes a layer is likelier in the next one, but shown only if the line is repaired.
    let mut shown: Option<Evidence> = None;
    while passes.len() < PASSES && (!text.is_ascii() || may_be_escaped(&text)) {
        let known = shown.as_ref().unwrap_or(evidence);
        let trial = Trial::new(&text, known, guess);
        let attempt =
            habit::lossy(&text, known, guess).unwrap_or_else(|| trial.best_pass(MARGIN.into()));
        let standing = standing.get_or_insert_with(|| Signs::standing(line, attempt.margin));
        let in_spite = || match passes.is_empty() && !is_believed(standing) {
            true => pass_in_spite(&trial),
            false => None,
        };
        let Some(pass) = attempt.pass.or_else(in_spite) else { break };
        let next = apply(&text, &pass);
        if seen.contains(&next) {
            break;
        }
        text = next;
        seen.push(text.clone());
        let done = !is_still_garbled(&text) && !text.contains(is_c1);
        let ends = done || pass.chain.is_lossy();
        if !ends {
            shown.get_or_insert_with(|| evidence.clone()).add(&pass.chain);
        }
        passes.push(pass);
        if ends {
            break;
        }
    }
    let standing = standing.unwrap_or_else(|| Signs::standing(line, 0));
    let is_unlikely = !is_believed(&standing) && passes.iter().any(Pass::is_out_of_step);
    let mut repaired = Signs::repaired(line, &passes, &text);
    if is_shown_beside(line, &passes)
        || is_drawing(line) && is_drawing(&text)
        || !is_unlikely && is_worse(line, &passes, &text)
        || !passes.is_empty() && is_hopeless(line, &passes, &repaired, &standing)
    {
        passes.clear();
        line.clone_into(&mut text);
        repaired = Signs::repaired(line, &passes, &text);
    }
    for pass in &passes {
        evidence.add(&pass.chain);
    }
    if let [Pass { lattice: true, chain, .. }] = passes.as_slice()
        && let [Layer { misreading, manner: Manner::Plain }] = *chain.steps()
    {
        evidence.add_lossy(misreading);
    }
    Found { passes, text, repaired, standing }
}

/// A line that is as unlikely to be right as it stands takes the likeliest of the other
/// readings, though it be no better: of 105,982 intact lines one is.
const BEYOND_BELIEF: f32 = 0.03;
/// By how much that reading may cost more than the line as it stands.
const IN_SPITE: Bits = 4 * BIT;

/// Whether a line may be right as it stands, of which these signs are known.
fn is_believed(standing: &Signs) -> bool {
    standing.probability() >= BEYOND_BELIEF
}

/// The pass that a line takes which is beyond belief, if it changes words and is more than
/// one character.
fn pass_in_spite(trial: &Trial) -> Option<Pass> {
    let line = trial.text;
    let pass = trial.best_pass(-i64::from(IN_SPITE)).pass?;
    let text = apply(line, &pass);
    let is_plausible = match *pass.chain.steps() {
        _ if pass.is_out_of_step() => true,
        _ if pass.lattice => is_well_formed(line, &pass),
        [Layer { misreading, .. }] => {
            few::are_words(line, &text) && !makes_one(misreading, line, &text)
        }
        _ => false,
    };
    is_plausible.then_some(pass)
}

/// Whether a pass undoes UTF-8 in parts of a line, of which all bytes are there.
fn is_well_formed(line: &str, pass: &Pass) -> bool {
    let is_whole = |change: &Change| {
        let source = line.get(change.source.clone()).unwrap_or_default();
        !change.is_inferred() && source.chars().filter(|c| !c.is_ascii()).nth(1).is_some()
    };
    pass.changes.iter().all(is_whole) && pass.chain.steps().iter().all(Layer::is_utf8)
}

/// Whether bytes of a line come together only to make one character.
fn makes_one(misreading: Misreading, line: &str, text: &str) -> bool {
    let made = text.chars().filter(|&c| !c.is_ascii() && !line.contains(c)).count();
    misreading.written.family() != Family::SingleByte && made < 2
}

/// Below this probability a repair is not made of a line that shows no loss. Of 31,000 lines that
/// were changed in the files of a system, some 1,600 were less than a tenth sure, and six of them
/// rightly; of lines that lost bytes without a trace, some are right with as little.
const FLOOR: f32 = 0.05;

/// Whether a repair is less likely to be right than the line as it stands, or next to certain
/// to be wrong where nothing shows that bytes were lost, which leaves much to guess.
fn is_hopeless(line: &str, passes: &[Pass], repaired: &Signs, standing: &Signs) -> bool {
    let is_out_of_step = passes.iter().any(Pass::is_out_of_step);
    let shows_loss = || line.contains(|c| is_gap(c) || is_c1(c)) || is_out_of_step;
    let probability = repaired.probability();
    probability < standing.probability()
        || probability < FLOOR && !shows_loss()
        || probability < FLOOR_OF_PATTERN && !is_out_of_step && is_pattern(line)
}

/// The same of a regular expression, in which question marks are no bytes that were lost and
/// letters no words.
const FLOOR_OF_PATTERN: f32 = 0.5;

/// Signs that stand together in regular expressions, and seldom in anything else.
const OF_PATTERNS: [&str; 13] =
    ["\\.", "\\s", "\\d", "\\w", "(?:", "(?=", "(?!", "(?<", "/^", "(^", "|$", "$/", "/i,"];

/// Whether a line has a regular expression.
fn is_pattern(line: &str) -> bool {
    OF_PATTERNS.iter().any(|sign| line.contains(sign))
}

/// Whether what was made of parts of a line looks garbled, and no less than the line did.
fn is_worse(line: &str, passes: &[Pass], text: &str) -> bool {
    let in_parts = !passes.is_empty() && passes.iter().all(|pass| pass.lattice);
    let is_no_better =
        |left: Looks| left.show_damage(text, 0) && left.second >= looks(line, 0).second;
    in_parts && is_no_better(looks(text, 0))
}

/// Whether all that is beyond ASCII in a text draws boxes: no bytes of such a text draw others.
fn is_drawing(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii() || is_box(c))
}

/// Whether all that a repair would put into a line stands there already, or in quotes: a line
/// that shows what text looks like garbled, and what it was.
fn is_shown_beside(line: &str, passes: &[Pass]) -> bool {
    let [pass] = passes else { return false };
    let (text, signs) = (apply(line, pass), Signs::default());
    if comes_to_stand_in_quotes(line, &text) {
        return true;
    }
    let whole = Found { passes: Vec::new(), text, repaired: signs, standing: signs };
    let parts = changes(line, &whole);
    let shown = |change: &Change| {
        let text = change.text.trim();
        // A letter of an alphabet stands in many a line.
        let tells = text.chars().count() > 1 || text.chars().all(is_wide);
        tells && !text.is_empty() && line.contains(text)
    };
    !parts.is_empty() && parts.iter().all(shown)
}

/// Whether something beyond ASCII that stands in quotes in a line does so once more after it was
/// repaired.
fn comes_to_stand_in_quotes(line: &str, repaired: &str) -> bool {
    ['"', '\'', '`'].into_iter().any(|quote| {
        let before = quoted(line, quote);
        if before.is_empty() {
            return false;
        }
        let mut more: HashMap<&str, isize> = HashMap::new();
        for text in quoted(repaired, quote) {
            *more.entry(text).or_default() += 1;
        }
        for text in &before {
            *more.entry(text).or_default() -= 1;
        }
        before.iter().any(|text| more.get(text).is_some_and(|&more| more > 0))
    })
}

/// What stands between quotes of a kind and is not ASCII.
fn quoted(text: &str, quote: char) -> Vec<&str> {
    let mut inner: Vec<&str> = text.split(quote).skip(1).collect();
    inner.pop();
    inner.retain(|inner| !inner.is_ascii());
    inner
}

/// A text of which the best pass is sought, and what was found on the way, for it may be sought
/// twice.
struct Trial<'t> {
    text: &'t str,
    evidence: &'t Evidence,
    guess: bool,
    readings: OnceCell<Vec<Reading>>,
    parts: OnceCell<Attempt>,
}

impl<'t> Trial<'t> {
    fn new(text: &'t str, evidence: &'t Evidence, guess: bool) -> Self {
        Trial { text, evidence, guess, readings: OnceCell::new(), parts: OnceCell::new() }
    }

    /// The whole line by one chain, if that leaves nothing suspect; else that or parts of
    /// it, whichever gains more; `least` is how much it must gain.
    fn best_pass(&self, least: i64) -> Attempt {
        let Trial { text, evidence, guess, .. } = *self;
        let whole = self.whole(least);
        if let Some(pass) = &whole.pass
            && (evidence.is_settled_on(&pass.chain)
                || pass.chain.is_lossy()
                || is_certain(pass, text, &apply(text, pass)))
        {
            return whole;
        }
        let parts = self.parts.get_or_init(|| parts(text, evidence, guess));
        let margin = whole.margin.min(parts.margin);
        let parts = parts.pass.clone().filter(|_| -parts.margin >= least);
        // Had bytes been lost, the rest would not be well-formed.
        let is_same = |whole: &Pass, parts: &Pass| {
            whole.chain == parts.chain && whole.chain.steps().iter().all(Layer::is_utf8)
        };
        if let (Some(same), Some(other)) = (&whole.pass, &parts)
            && is_same(same, other)
            && !has_lone(text, &apply(text, same))
        {
            return Attempt { pass: whole.pass, margin };
        }
        let pass = [whole.pass, parts].into_iter().flatten().max_by_key(|pass| pass.gain);
        Attempt { pass, margin }
    }

    /// The whole line by one chain.
    fn whole(&self, least: i64) -> Attempt {
        let Trial { text, evidence, guess, .. } = *self;
        let readings = self.readings.get_or_init(|| layers::readings(text, evidence));
        let identity = readings.iter().find(|r| r.chain.is_empty()).map_or(0, Reading::cost);
        // The line as it stands is no rival where another reading need not be better.
        let is_rival = |r: &&Reading| !r.chain.is_empty() || least > 0;
        let mut others = readings.iter().skip_while(|r| r.chain.is_empty()).filter(is_rival);
        let best = others.next();
        let margin = i64::from(best.map_or(Bits::MAX, Reading::cost)) - i64::from(identity);
        let Some(best) = best.filter(|_| -margin >= least) else {
            return Attempt { pass: None, margin };
        };
        let gain = identity.saturating_sub(best.cost());
        let pass = refine(text, best, gain, guess).unwrap_or_else(|| {
            let runner_up = others.next();
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
}

/// Whether nothing else is worth a look than what a pass made: well-formed UTF-8 or
/// double-byte text is no accident, but anything can be read in a single byte each.
fn is_certain(pass: &Pass, text: &str, made: &str) -> bool {
    let several =
        |step: &Layer| step.is_utf8() || step.misreading.written.family() == Family::DoubleByte;
    let is_utf8 = pass.chain.steps().iter().all(Layer::is_utf8);
    // Letters in lower case may be other bytes than they are: well-formed by chance.
    if pass.chain.steps().iter().any(|step| step.manner == Manner::LowerCase) {
        return false;
    }
    // Of others of its byte strings one misreading may make more than two of these.
    if let [_, .., Layer { misreading, .. }] = *pass.chain.steps()
        && !is_utf8
        && has_several(text, misreading.read)
    {
        return false;
    }
    let no_accident = pass.lattice
        || is_utf8
        || pass.lead >= LEADING && pass.chain.steps().iter().any(several) && !has_gap(text);
    !is_still_garbled(made)
        && !has_lone(text, made)
        && (no_accident || pass.lead >= CLEAR && model().spared_as_litter(made) == 0)
}

/// Whether a character of CJK that stands alone becomes a letter of another script: two bytes are
/// well-formed UTF-8 by accident.
fn has_lone(text: &str, made: &str) -> bool {
    let is_between = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric();
    let mut words = text.split(is_between).zip(made.split(is_between));
    words.any(|(was, is)| {
        only(was).is_some_and(is_wide) && only(is).is_some_and(|c| c.is_alphabetic() && !is_wide(c))
    })
}

/// Whether something stands between characters, or behind them, that decoders put in the place
/// of bytes that they cannot read.
fn has_gap(text: &str) -> bool {
    let wide = |c: Option<char>| c.is_none_or(|c| !c.is_ascii());
    text.match_indices(is_gap).any(|(at, gap)| {
        let [before, behind] = beside(text, at..at + gap.len());
        before.is_some_and(|c| !c.is_ascii()) && wide(behind)
    })
}

/// By how much double-byte text leads the next reading that is no accident.
const LEADING: Bits = 4 * BIT;

/// The same misreading, where its characters stand for several byte strings and
/// others of them make better text.
fn refine(text: &str, best: &Reading, gain: Bits, guess: bool) -> Option<Pass> {
    let [Layer { misreading, manner: Manner::Plain }] = *best.chain.steps() else { return None };
    // Of UTF-8 there is no other that is well-formed.
    if misreading.is_utf8() || !has_several(text, misreading.read) {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_character_alone_is_no_sequence() {
        assert!(has_lone("图 3. 璋冭皭", "ͼ 3. 调谐"));
        for (text, made) in [("caf茅", "café"), ("露 1", "¶ 1"), ("璋冭皭", "调谐")] {
            assert!(!has_lone(text, made), "{text}");
        }
    }

    #[test]
    fn patterns_are_told_from_prose() {
        for line in [r"any: /^(早上?)/i,", r"(да)?\s?н\.?", "(?:и|или)"] {
            assert!(is_pattern(line), "{line}");
        }
        for line in ["來(lái)源:解放日?qǐng)?bào)", "Was (ist) das? Oder / und?", "50\u{20AC}"]
        {
            assert!(!is_pattern(line), "{line}");
        }
    }
}
