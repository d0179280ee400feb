//! The stages in order, and nothing else.

use crate::options::Options;
use crate::report::Edit;
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

pub(crate) fn text<'t>(_options: &Options, text: &'t str) -> Answer<'t> {
    Answer { text: Cow::Borrowed(text), confidence: 1.0, edits: Vec::new(), charset: None }
}

pub(crate) fn bytes<'b>(_options: &Options, bytes: &'b [u8]) -> Answer<'b> {
    Answer {
        text: String::from_utf8_lossy(bytes),
        confidence: 1.0,
        edits: Vec::new(),
        charset: Some("UTF-8"),
    }
}
