//! Which script a text is in: Simplified, Traditional, Japanese, Korean.
//!
//! Text comes in, a verdict or a verdict for each span goes out.

use super::judged::Judged;
use super::tally::{Script, Tally};
use std::ops::Range;

/// The script of a whole text, and the probability, 0 to 1, that it is right;
/// 0 for [`Script::Unknown`].
///
/// ```
/// use ungarble::chinese::{Script, script};
/// assert_eq!(script("这个问题应该怎么处理").0, Script::Simplified);
/// assert_eq!(script("這個問題應該怎麼處理").0, Script::Traditional);
/// assert_eq!(script("この問題をどう処理しますか").0, Script::Japanese);
/// assert_eq!(script("no Han at all"), (Script::Unknown, 0.0));
/// ```
pub fn script(text: &str) -> (Script, f32) {
    Tally::of(text).verdict().script()
}

/// A part of a text in one script.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Span {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The script.
    pub script: Script,
    /// Probability, 0 to 1, that it is right; 0 for [`Script::Unknown`].
    pub confidence: f32,
}

/// The parts of a text, in order and without gaps, each in one script. A part that
/// says little by itself goes with its line and its text.
///
/// ```
/// use ungarble::chinese::{Script, scripts};
/// let text = "這本書的日文書名是「ノルウェイの森」，銷量很好。";
/// let spans: Vec<_> = scripts(text).collect();
/// assert_eq!(spans[0].script, Script::Traditional);
/// assert_eq!(spans[1].script, Script::Japanese);
/// assert_eq!(&text[spans[1].range.clone()], "ノルウェイの森」");
/// ```
pub fn scripts(text: &str) -> impl Iterator<Item = Span> {
    let mut parts = Judged::new(text, false, |_| true)
        .map(|part| {
            let (script, confidence) = part.verdict.script();
            Span { range: part.range, script, confidence }
        })
        .peekable();
    std::iter::from_fn(move || {
        let mut span = parts.next()?;
        while let Some(next) = parts.next_if(|next| next.script == span.script) {
            span.range.end = next.range.end;
            span.confidence = span.confidence.min(next.confidence);
        }
        Some(span)
    })
}
