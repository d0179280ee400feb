//! Traditional to Simplified where it is needed, and nowhere else.
//!
//! Any text comes in. What is Traditional Chinese goes out in Simplified; Japanese,
//! Korean and native Simplified go out as they came.

use super::by_use;
use super::config::Config;
use super::engine::changes_alone;
use super::script::{Judged, Script, Verdict};
use super::tables::T2S;
use crate::report::{Edit, Joined, Step};
use std::borrow::Cow;
use std::ops::Range;

/// What is done to a part of a text.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Treatment {
    /// Not Chinese.
    Keep,
    /// Simplified: only characters that Simplified does not have are converted.
    Strays,
    /// Traditional, or both at once.
    Convert,
}

/// By how much Chinese must lead Japanese and Korean where nothing is clear: two
/// bits, in units of 1 / 1.5 bits.
const LEAD: u32 = 3;

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
    let mut edits = Joined::new(text, Step::Chinese, CONFIDENCE);
    if !engine.may_change(text) {
        return edits.finish();
    }
    for (range, treatment) in parts(text) {
        let Some(part) = text.get(range.clone()) else { continue };
        if treatment == Treatment::Keep {
            continue;
        }
        engine.changes(part, &mut |changed, to| {
            if treatment == Treatment::Convert || is_stray(part, changed.clone()) {
                let source = range.start + changed.start..range.start + changed.end;
                edits.replace(source, to);
            }
        });
    }
    edits.finish()
}

/// Share of words of a dictionary that smart mode converts rightly, of those that
/// it converts at all.
const CONFIDENCE: f32 = 0.999;

/// Neighbouring parts of the same treatment, as one.
fn parts(text: &str) -> impl Iterator<Item = (Range<usize>, Treatment)> {
    let mut parts = Judged::new(text, true, |line| Config::SmartT2s.engine().may_change(line))
        .map(|(range, verdict)| (range, treatment(&verdict)))
        .peekable();
    std::iter::from_fn(move || {
        let (mut range, treatment) = parts.next()?;
        while let Some((next, _)) =
            parts.next_if(|(next, same)| next.start == range.end && *same == treatment)
        {
            range.end = next.end;
        }
        Some((range, treatment))
    })
}

fn treatment(verdict: &Verdict) -> Treatment {
    let foreign = verdict.behind(Script::Japanese).min(verdict.behind(Script::Korean));
    if foreign < LEAD {
        return Treatment::Keep;
    }
    match verdict.best {
        Script::Traditional | Script::Mixed if verdict.behind(Script::Simplified) > 0 => {
            Treatment::Convert
        }
        _ => Treatment::Strays,
    }
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
    // GB 2312 is the part of GBK with Han characters from B0 A1 to F7 FE.
    let gb2312 = !unmappable && matches!(*bytes, [0xB0..=0xF7, 0xA1..=0xFE]);
    !gb2312 && changes_alone(&T2S, c)
}
