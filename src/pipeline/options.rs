//! One builder, one switch a step.

use crate::channel::hints::{Hints, Kind};
use crate::decode::Decoder;
use crate::normalize::Normalization;
use crate::search::Undone;

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
    pub(crate) hints: Hints,
    /// What is undone instead of what a search finds.
    pub(crate) given: Option<Vec<Vec<Undone>>>,
}

/// What happens to Chinese text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum ChineseMode {
    /// Traditional stays Traditional.
    #[default]
    Keep,
    /// Traditional to Simplified where a span is Chinese, and never Japanese or Korean.
    #[cfg_attr(feature = "serde", serde(rename = "smart-t2s"))]
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
            hints: Hints::default(),
            given: None,
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

    /// Repairs less sure than this probability (0 to 1) are not made; above 1 there are none.
    /// What bytes are read as does not depend on it.
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

    /// A hint: the language that the text is meant to be in, as a BCP 47 tag. Misreadings
    /// of the charsets that it was written in are likelier, and so are readings in its
    /// letters; short lines are searched however they look.
    ///
    /// ```
    /// use ungarble::Options;
    /// assert_eq!(Options::repair().text("дЕМЭ").text, "дЕМЭ");
    /// assert_eq!(Options::repair().language("ru").text("дЕМЭ").text, "День");
    /// ```
    pub fn language(mut self, tag: &str) -> Self {
        // As in a locale.
        let tag = tag.replace('_', "-");
        self.hints.set_language(&tag);
        self.language = Some(tag);
        self
    }

    /// A hint: a charset that the text was probably written in, or read in by mistake, as
    /// a label. One that names no charset is none.
    pub fn likely_charset(mut self, label: &str) -> Self {
        self.hints.set_charset(label);
        self
    }

    /// A hint: what kind of text it is.
    pub fn kind(mut self, kind: Kind) -> Self {
        self.hints.kind = Some(kind);
        self
    }

    /// A hint: the charset that bytes are declared to be in, as a label.
    pub fn declared_charset(mut self, label: &str) -> Self {
        self.charset = Some(label.to_owned());
        self
    }

    /// The decoder that [`bytes`](Options::bytes) reads with: for bytes that come in pieces.
    ///
    /// ```
    /// use ungarble::Options;
    /// let mut stream = Options::clean().declared_charset("gbk").decoder().stream();
    /// let mut text = String::new();
    /// stream.push(b"\xC4\xE3", &mut text);
    /// stream.push(b"\xBA\xC3", &mut text);
    /// stream.finish(&mut text);
    /// assert_eq!(text, "你好");
    /// ```
    pub fn decoder(&self) -> Decoder {
        let mut decoder = Decoder::new();
        if let Some(label) = &self.charset {
            decoder = decoder.declared(label);
        }
        if let Some(tag) = &self.language {
            decoder = decoder.language(tag);
        }
        decoder
    }
}
