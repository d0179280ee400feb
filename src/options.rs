//! One builder, one switch a step.

use crate::normalize::Normalization;
use crate::pipeline::{self, Answer};

/// What to do with a text. Starts from a preset; every step has its own switch.
///
/// ```
/// use ungarble::Options;
/// let answer = Options::repair().text("FÃ¼r Menschen gefÃ¤hrlich");
/// assert_eq!(answer.text, "Für Menschen gefährlich");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    pub(crate) repair: bool,
    pub(crate) normalize: Normalization,
    pub(crate) chinese: ChineseMode,
    pub(crate) min_confidence: f32,
    pub(crate) guess: bool,
    pub(crate) language: Option<String>,
    pub(crate) charset: Option<String>,
}

/// What happens to Chinese text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ChineseMode {
    /// Traditional stays Traditional.
    #[default]
    Keep,
    /// Traditional to Simplified where a span is Chinese, and never Japanese or Korean.
    Simplify,
}

impl Options {
    /// Undo damage, nothing else: not one intact character changes.
    pub fn repair() -> Self {
        Options {
            repair: true,
            normalize: Normalization::none(),
            chinese: ChineseMode::Keep,
            min_confidence: 0.0,
            guess: false,
            language: None,
            charset: None,
        }
    }

    /// Repair, the safe normalization steps, and Traditional to Simplified where needed.
    pub fn clean() -> Self {
        Options {
            normalize: Normalization::safe(),
            chinese: ChineseMode::Simplify,
            ..Options::repair()
        }
    }

    /// Switches the undoing of misreadings on or off.
    pub fn undo_misreadings(mut self, on: bool) -> Self {
        self.repair = on;
        self
    }

    /// Sets the normalization steps.
    pub fn normalization(mut self, steps: Normalization) -> Self {
        self.normalize = steps;
        self
    }

    /// Sets what happens to Chinese text.
    pub fn chinese(mut self, mode: ChineseMode) -> Self {
        self.chinese = mode;
        self
    }

    /// Repairs less sure than this probability (0 to 1) are not made.
    pub fn min_confidence(mut self, probability: f32) -> Self {
        self.min_confidence = probability;
        self
    }

    /// Whether lost characters are filled in by the likeliest guess, even an
    /// unsure one, instead of U+FFFD.
    pub fn guess(mut self, on: bool) -> Self {
        self.guess = on;
        self
    }

    /// A hint: the language that the text is meant to be in, as a BCP 47 tag.
    pub fn language(mut self, tag: &str) -> Self {
        self.language = Some(tag.to_owned());
        self
    }

    /// A hint: the charset that bytes are declared to be in, as a label.
    pub fn declared_charset(mut self, label: &str) -> Self {
        self.charset = Some(label.to_owned());
        self
    }

    /// Runs the steps over a text.
    pub fn text<'t>(&self, text: &'t str) -> Answer<'t> {
        pipeline::text(self, text)
    }

    /// Finds the charset of bytes, decodes them and runs the steps over the text.
    pub fn bytes<'b>(&self, bytes: &'b [u8]) -> Answer<'b> {
        pipeline::bytes(self, bytes)
    }
}
