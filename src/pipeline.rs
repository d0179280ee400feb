//! The stages in order, and nothing else.

use crate::options::Options;
use crate::report::{Edit, Rewrite, Step};
use crate::search::escapes::may_be_escaped;
use crate::search::{self, Evidence};
use crate::suspect::is_suspect;
use std::borrow::Cow;

/// A text with what is known about it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Answer<'t> {
    /// The text; borrowed when nothing changed.
    pub text: Cow<'t, str>,
    /// Probability, 0 to 1, that this is the text that was meant.
    pub confidence: f32,
    /// Every change, in order of its place in the input.
    pub edits: Vec<Edit>,
    /// Name of the charset that the bytes were read in; `None` where text came in.
    pub charset: Option<&'static str>,
}

impl Answer<'_> {
    /// Whether the text differs from what came in.
    pub fn is_changed(&self) -> bool {
        !self.edits.is_empty()
    }
}

pub(crate) fn text<'t>(options: &Options, text: &'t str) -> Answer<'t> {
    let (repaired, edits, confidence) =
        if options.repair { repair(options, text) } else { (Cow::Borrowed(text), Vec::new(), 1.0) };
    Answer { text: repaired, confidence, edits, charset: None }
}

fn repair<'t>(options: &Options, text: &'t str) -> (Cow<'t, str>, Vec<Edit>, f32) {
    let mut evidence = Evidence::default();
    let mut rewrite = Rewrite::new(text);
    let mut confidence: f32 = 1.0;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        if std::env::var("UT").is_err() && !is_suspect(line) && !may_be_escaped(line) {
            continue;
        }
        let passes = search::repair(line, &mut evidence, options.guess);
        if passes.is_empty() {
            continue;
        }
        let repaired = passes.iter().fold(line.to_owned(), |text, pass| search::apply(&text, pass));
        rewrite.replace(start..start + line.len(), &repaired, Step::Repair, 0.9);
        confidence = confidence.min(0.9);
    }
    let (text, edits) = rewrite.finish();
    (text, edits, confidence)
}

pub(crate) fn bytes<'b>(_options: &Options, bytes: &'b [u8]) -> Answer<'b> {
    Answer {
        text: String::from_utf8_lossy(bytes),
        confidence: 1.0,
        edits: Vec::new(),
        charset: Some("UTF-8"),
    }
}
