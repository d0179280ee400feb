//! The stages in order, and nothing else.

mod document;
mod options;
mod plan;
mod quiet;
mod repairer;
mod replay;
mod slices;

pub use self::options::{ChineseMode, Options};
pub use self::plan::{LineRepair, Plan, Round, learn_plan};
pub use self::repairer::Repairer;

use self::quiet::Quiet;
use crate::model::model;
use crate::normalize::Normalization;
use crate::report::{Edit, compose};
use crate::search::{self, Alternative, Evidence, Signs};
use std::borrow::Cow;

/// A text with what is known about it.
///
/// ```
/// let answer = ungarble::clean("FÃ¼r alle");
/// assert_eq!(answer.text, "Für alle");
/// assert!(answer.is_changed() && answer.confidence > 0.9);
/// assert_eq!((answer.charset, answer.malformed), (None, false));
/// assert_eq!(answer.plan.replay("FÃ¼r alle"), answer.text);
/// let kept: ungarble::Answer<'static> = answer.into_owned();
/// assert_eq!(kept.edits.len(), 1);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Answer<'t> {
    /// The text; borrowed when nothing changed.
    pub text: Cow<'t, str>,
    /// Probability, 0 to 1, that the least sure line is the one that was meant; of bytes, times
    /// that of the charset. Of a long text it says how sure each line is, not all of them
    /// together.
    pub confidence: f32,
    /// Every change, in order of its place in the input; of bytes, in the text that they were
    /// read as ([`Options::decoder`] reads it). Edits of several stages may share a place;
    /// [`blocks`](crate::report::blocks) puts them together.
    pub edits: Vec<Edit>,
    /// What was done, to be done again.
    pub plan: Plan,
    /// Name of the charset that the bytes were read in; `None` where text came in.
    pub charset: Option<&'static str>,
    /// Whether places of the bytes were malformed in that charset, and stand as U+FFFD in the
    /// text that was read.
    pub malformed: bool,
}

impl<'t> Answer<'t> {
    fn unchanged(text: &'t str) -> Self {
        Answer {
            text: Cow::Borrowed(text),
            confidence: 1.0,
            edits: Vec::new(),
            plan: Plan::default(),
            charset: None,
            malformed: false,
        }
    }

    /// The answer with a text of its own, for when the text that came in goes away.
    pub fn into_owned(self) -> Answer<'static> {
        Answer { text: Cow::Owned(self.text.into_owned()), ..self }
    }

    /// Whether the text differs from the one that came in, or that bytes were read as.
    pub fn is_changed(&self) -> bool {
        !self.edits.is_empty()
    }
}

impl Options {
    /// The likeliest readings of a line, the answer first, at most `count` of them; the
    /// line as it stands is always among them where there is room for two. Of a line longer
    /// than 4,096 bytes, which is searched in pieces, it is the only other.
    ///
    /// ```
    /// use ungarble::Options;
    /// let readings = Options::repair().alternatives("cafÃ©", 3);
    /// assert_eq!(readings[0].text, "café");
    /// assert_eq!(readings[0].chain.to_string(), "UTF-8>windows-1252");
    /// assert!(readings.iter().any(|reading| reading.text == "cafÃ©"));
    /// assert!(readings[0].probability > readings[1].probability);
    /// ```
    pub fn alternatives(&self, line: &str, count: usize) -> Vec<Alternative> {
        let options = Options {
            normalize: Normalization::none(),
            chinese: ChineseMode::Keep,
            ..self.clone()
        };
        let answer = options.text(line);
        let evidence = Evidence::new(options.hints);
        search::alternatives::alternatives(line, &answer.text, answer.confidence, count, &evidence)
    }

    /// Runs the steps over a text: repair, then normalization, then Chinese, as far as they are
    /// asked for.
    ///
    /// ```
    /// use ungarble::Options;
    /// assert_eq!(Options::repair().text("FÃ¼r u\u{308}ber").text, "Für u\u{308}ber");
    /// assert_eq!(Options::clean().text("FÃ¼r u\u{308}ber").text, "Für über");
    /// ```
    pub fn text<'t>(&self, text: &'t str) -> Answer<'t> {
        with_signs(self, text, &mut Evidence::new(self.hints.clone())).0
    }

    /// Finds the charset of bytes, decodes them and runs the steps over the text.
    ///
    /// ```
    /// use ungarble::Options;
    /// let answer = Options::repair().bytes(b"Gr\xF6\xDFe und Ma\xDF");
    /// assert_eq!((&*answer.text, answer.charset), ("Größe und Maß", Some("windows-1252")));
    /// ```
    pub fn bytes<'b>(&self, bytes: &'b [u8]) -> Answer<'b> {
        bytes_with(self, bytes, |text| self.text(text))
    }
}

/// Rounds over a text, at most: two are usual, rubbish takes some more.
pub(crate) const ROUNDS: usize = 32;

/// Does what [`Options::text`] does, in the light of texts before it; says also what is known of
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
        let next = next.into_owned();
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
    for (at, (next, more)) in rounds.into_iter().enumerate() {
        let (answer, signs) = &mut all;
        if at == 0 || next.confidence < answer.confidence {
            (answer.confidence, *signs) = (next.confidence, more);
        }
        if at < made {
            answer.edits = compose(std::mem::take(&mut answer.edits), next.edits);
            answer.text = next.text;
            answer.plan.rounds.extend(next.plan.rounds);
        }
    }
    let (answer, _) = &mut all;
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
    let mut done = Round::default();
    if options.repair {
        if options.min_confidence <= RESIDUE {
            stage(&mut answer, |text| quiet.through(text, remove_residue(text, &mut done)));
        }
        stage(&mut answer, |text| {
            let (made, edits, least) = document::repair(options, text, &mut done, evidence, quiet);
            signs = least;
            (made, edits)
        });
        answer.confidence = signs.probability();
    }
    if !options.normalize.is_none() {
        done.normalization = options.normalize;
        stage(&mut answer, |text| quiet.through(text, options.normalize.apply(text)));
    }
    if options.chinese == ChineseMode::Simplify {
        done.chinese = options.chinese;
        stage(&mut answer, |text| quiet.through(text, simplify(text)));
    }
    answer.plan.rounds.push(done);
    (answer, signs)
}

/// Finds the charset, then does something with the text.
pub(crate) fn bytes_with<'b>(
    options: &Options,
    bytes: &'b [u8],
    then: impl for<'t> FnOnce(&'t str) -> Answer<'t>,
) -> Answer<'b> {
    let decoded = options.decoder().decode(bytes);
    let mut answer = match decoded.text {
        Cow::Borrowed(borrowed) => then(borrowed),
        Cow::Owned(owned) => then(&owned).into_owned(),
    };
    answer.confidence *= decoded.confidence;
    answer.charset = Some(decoded.charset.name());
    answer.malformed = decoded.malformed;
    answer
}

/// Runs a stage over the text that the stages before it left.
fn stage<'t>(
    answer: &mut Answer<'t>,
    run: impl for<'s> FnOnce(&'s str) -> (Cow<'s, str>, Vec<Edit>),
) {
    let (text, edits) = match &answer.text {
        Cow::Borrowed(text) => run(text),
        Cow::Owned(text) => {
            let (new, edits) = run(text);
            match new {
                Cow::Borrowed(_) => return,
                Cow::Owned(new) => (Cow::Owned(new), edits),
            }
        }
    };
    answer.text = text;
    answer.edits = compose(std::mem::take(&mut answer.edits), edits);
}

/// Probability, 0 to 1, that what is taken for residue is: none of the corpus was taken for it
/// wrongly, in lines too few to say more.
const RESIDUE: f32 = 0.99;

#[cfg(feature = "chinese")]
fn remove_residue<'s>(text: &'s str, done: &mut Round) -> (Cow<'s, str>, Vec<Edit>) {
    use crate::report::{Rewrite, Step};
    let mut rewrite = Rewrite::new(text);
    for annotation in crate::chinese::residue::residue(text).unwrap_or_default() {
        done.residue.push(annotation.span.clone());
        rewrite.replace(annotation.span, "", Step::PinyinResidue, RESIDUE);
    }
    rewrite.finish()
}

#[cfg(not(feature = "chinese"))]
fn remove_residue<'s>(text: &'s str, _done: &mut Round) -> (Cow<'s, str>, Vec<Edit>) {
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
