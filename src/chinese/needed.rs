//! Traditional to Simplified where it is needed, and nowhere else.
//!
//! Any text comes in. What is Traditional Chinese goes out in Simplified; Japanese,
//! Korean and native Simplified go out as they came.

use super::by_use;
use super::config::Config;
use super::engine::changes_alone;
use super::judged::{Judged, Part};
use super::tables::T2S;
use super::tally::{ALL_IN_JAPANESE, Script, Verdict, probability};
use crate::charset::gb2312;
use crate::report::{Edit, Rewrite, Step};
use std::borrow::Cow;
use std::ops::Range;

/// What is done to a part of a text.
#[derive(Clone, Copy, PartialEq)]
enum Treatment {
    /// Not Chinese.
    Keep,
    /// Simplified: only characters that Simplified does not have are converted.
    Strays,
    /// Traditional, or both at once.
    Convert,
}

/// A treatment, and how sure it is that the part is Chinese, and that it is not
/// Simplified.
#[derive(Clone, Copy, PartialEq)]
struct Decision {
    treatment: Treatment,
    chinese: f32,
    traditional: f32,
}

/// Simplifies Traditional Chinese, by [`Config::SmartT2s`], wherever it stands.
///
/// In native Simplified, only true Traditional characters change: those that OpenCC
/// changes and the mainland's GB 2312 does not have, and 著 where it can only be 着.
/// 乾 or 瞭 stay there.
///
/// ```
/// use ungarble::chinese::simplify_where_needed;
/// assert_eq!(simplify_where_needed("著力推進示范區建設").0, "着力推进示范区建设");
/// assert_eq!(simplify_where_needed("東京で電車に乗る").0, "東京で電車に乗る");
/// assert!(simplify_where_needed("著名的乾隆皇帝").1.is_empty());
/// ```
pub fn simplify_where_needed(text: &str) -> (Cow<'_, str>, Vec<Edit>) {
    let engine = Config::SmartT2s.engine();
    let mut edits =
        Changes { rewrite: Rewrite::new(text), place: 0..0, with: String::new(), sure: 1.0 };
    if !engine.may_change(text) {
        return edits.finish();
    }
    for (range, decision) in parts(text) {
        let Some(part) = text.get(range.clone()) else { continue };
        if decision.treatment == Treatment::Keep {
            continue;
        }
        engine.changes(part, &mut |changed, to| {
            let stray = is_stray(part, changed.clone());
            if decision.treatment == Treatment::Convert || stray {
                let sure = if stray { 1.0 } else { decision.traditional };
                let source = range.start + changed.start..range.start + changed.end;
                edits.replace(source, to, CONFIDENCE * decision.chinese * sure);
            }
        });
    }
    edits.finish()
}

/// Share of words of a dictionary that smart mode converts rightly, of those that
/// it converts at all.
const CONFIDENCE: f32 = 0.999;

/// Changes on their way to be edits: neighbouring ones become one, as sure as the
/// least sure of them.
struct Changes<'t> {
    rewrite: Rewrite<'t>,
    place: Range<usize>,
    with: String,
    sure: f32,
}

impl<'t> Changes<'t> {
    fn replace(&mut self, place: Range<usize>, with: &str, sure: f32) {
        if place.start == self.place.end && !self.place.is_empty() {
            self.place.end = place.end;
            self.sure = self.sure.min(sure);
        } else {
            self.flush();
            (self.place, self.sure) = (place, sure);
        }
        self.with.push_str(with);
    }

    fn flush(&mut self) {
        if !self.place.is_empty() {
            self.rewrite.replace(self.place.clone(), &self.with, Step::Chinese, self.sure);
            self.with.clear();
        }
    }

    fn finish(mut self) -> (Cow<'t, str>, Vec<Edit>) {
        self.flush();
        self.rewrite.finish()
    }
}

/// Neighbouring parts of a line that are treated alike, as one, as sure as the least sure
/// of them.
fn parts(text: &str) -> impl Iterator<Item = (Range<usize>, Decision)> {
    let mut parts = Judged::new(text, true, |line| Config::SmartT2s.engine().may_change(line))
        .map(|part| (part.range.clone(), decision(&part)))
        .peekable();
    std::iter::from_fn(move || {
        let (mut range, mut decision) = parts.next()?;
        while let Some((next, more)) = parts.next_if(|(next, more)| {
            let line_ends = text.get(..range.end).is_some_and(|before| before.ends_with('\n'));
            next.start == range.end && more.treatment == decision.treatment && !line_ends
        }) {
            range.end = next.end;
            decision.chinese = decision.chinese.min(more.chinese);
            decision.traditional = decision.traditional.min(more.traditional);
        }
        Some((range, decision))
    })
}

/// By how much Japanese or Korean may lead where nothing is clear: names and words
/// that are written alike are taken for Chinese.
const DOUBT: i32 = 3;
/// By how much it must lead amid Japanese or Korean lines.
const AMID: i32 = 1;

fn decision(part: &Part) -> Decision {
    let lead = lead(&part.verdict);
    let behind = |script| part.verdict.behind(script) as i32;
    let over_simplified =
        behind(Script::Simplified) - behind(Script::Traditional).min(behind(Script::Mixed));
    let foreign = part.of_foreign.is_some_and(|line| self::lead(&line) < 0);
    let least = if part.amid_others { AMID } else { -DOUBT };
    let treatment = if foreign || lead < least {
        Treatment::Keep
    } else if over_simplified > 0 {
        Treatment::Convert
    } else {
        Treatment::Strays
    };
    Decision { treatment, chinese: certainty(lead), traditional: probability(over_simplified) }
}

/// Of a lead over Japanese and Korean, that it is right. That a line has no kana is of
/// no weight here, for short ones have none in any language; and little is known of
/// words that are written alike, so that what speaks against Chinese counts by half.
fn certainty(lead: i32) -> f32 {
    let lead = lead - ALL_IN_JAPANESE as i32;
    probability(if lead < 0 { lead / 2 } else { lead })
}

/// By how much Chinese leads Japanese and Korean.
fn lead(verdict: &Verdict) -> i32 {
    let [chinese, japanese, korean] = verdict.languages();
    japanese.min(korean) as i32 - chinese as i32
}

/// Whether a place that would change is one character that Simplified does not have
/// there.
fn is_stray(text: &str, place: Range<usize>) -> bool {
    let split = |at: usize| text.split_at_checked(at).unwrap_or_default();
    let ((before, _), (_, after)) = (split(place.start), split(place.end));
    let old = text.get(place).unwrap_or_default();
    let mut chars = old.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return false };
    if c == '著' {
        return by_use::is_particle(before.chars().next_back(), after.chars().next());
    }
    let (bytes, _, unmappable) = encoding_rs::GBK.encode(old);
    let is_of_the_mainland = !unmappable && gb2312::level(&bytes).is_some();
    !is_of_the_mainland && changes_alone(&T2S, c)
}
