//! A plan done again: to the text that it was made for, and to others.
//!
//! In come a plan and a text, out comes what the plan makes of it, without a search.

use super::options::Options;
use super::plan::{Plan, Round};
use super::quiet::Quiet;
use super::{Answer, ROUNDS, round};
use crate::search::Evidence;
use crate::search::replay::run;
use std::ops::Range;

impl Plan {
    /// Undoes in other text what the plan undid in its own: for a damaged file of which one
    /// part was repaired and looked at, or the next one of the same source. Nothing is
    /// searched for. A line in which nothing of the plan is there to undo stays as it is,
    /// and so does one that would be the worse for it.
    ///
    /// ```
    /// let plan = ungarble::repair("РџСЂРёРІРµС‚, РјРёСЂ").plan;
    /// assert_eq!(plan.undo("РґР°\nнет").text, "да\nнет");
    /// ```
    ///
    /// A chain alone is undone by [`Chain::undo`](crate::Chain::undo), which knows no lines and
    /// asks for no sense in what comes out.
    pub fn undo<'t>(&self, text: &'t str) -> Answer<'t> {
        let mut options = Options::repair();
        if let Some(first) = self.rounds.first() {
            options = options.normalization(first.normalization).chinese(first.chinese);
        }
        options.plan(self).text(text)
    }

    /// Does again what the plan says, to the text that it was made for.
    ///
    /// Places that another text does not have are passed over. So is what no repair needs, for
    /// a plan may come from anybody: passes over a line beyond the
    /// first 8 and rounds beyond the first 32, and a step that would make a line more than 16 times as
    /// long as it was.
    ///
    /// ```
    /// let text = "gefÃ¤hrlich";
    /// let answer = ungarble::repair(text);
    /// assert_eq!(answer.plan.replay(text), answer.text);
    /// ```
    pub fn replay(&self, text: &str) -> String {
        let rounds = self.rounds.iter().take(ROUNDS);
        rounds.fold(text.to_owned(), |text, round| round.replay(&text))
    }
}

impl Round {
    fn replay(&self, text: &str) -> String {
        let residue = self.residue.iter().map(|place| (place, ()));
        let removed = splice(text, residue, |_, ()| String::new());
        let repairs = self.repairs.iter().map(|repair| (&repair.source, &repair.passes));
        let repaired = splice(&removed, repairs, |line, passes| run(line, passes));
        let rest = Options::repair()
            .undo_misreadings(false)
            .normalization(self.normalization)
            .chinese(self.chinese);
        let (mut evidence, mut quiet) = (Evidence::default(), Quiet::default());
        round(&rest, &repaired, &mut evidence, &mut quiet).0.text.into_owned()
    }
}

/// A text with ranges replaced. They come in ascending order; one that does not is passed
/// over before anything is made of it, so that each part of the text is worked on once.
fn splice<'p, P>(
    text: &str,
    changes: impl Iterator<Item = (&'p Range<usize>, P)>,
    with: impl Fn(&str, P) -> String,
) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (range, how) in changes {
        let Some(between) = text.get(copied..range.start) else { continue };
        if let Some(part) = text.get(range.clone()) {
            out.push_str(between);
            out.push_str(&with(part, how));
            copied = range.end;
        }
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}
