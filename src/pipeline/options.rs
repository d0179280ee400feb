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
    ///
    /// ```
    /// use ungarble::Options;
    /// let options = Options::clean().undo_misreadings(false);
    /// assert_eq!(options.text("FÃ¼r u\u{308}ber").text, "FÃ¼r über");
    /// ```
    #[must_use]
    pub fn undo_misreadings(mut self, on: bool) -> Self {
        self.repair = on;
        self
    }

    /// Sets the normalization steps.
    ///
    /// ```
    /// use ungarble::{Options, normalize::{Normalization, Switch}};
    /// let steps = Normalization::none().with(Switch::Quotes);
    /// assert_eq!(Options::repair().normalization(steps).text("“FÃ¼r”").text, "\"Für\"");
    /// ```
    #[must_use]
    pub fn normalization(mut self, steps: Normalization) -> Self {
        self.normalize = steps;
        self
    }

    /// Sets what happens to Chinese text.
    ///
    /// ```
    /// use ungarble::{ChineseMode, Options};
    /// let options = Options::clean().chinese(ChineseMode::Keep);
    /// assert_eq!(options.text("這裡有很多書。").text, "這裡有很多書。");
    /// ```
    #[must_use]
    pub fn chinese(mut self, mode: ChineseMode) -> Self {
        self.chinese = mode;
        self
    }

    /// Repairs less sure than this probability (0 to 1) are not made; above 1 there are none.
    /// What bytes are read as does not depend on it.
    ///
    /// ```
    /// use ungarble::Options;
    /// let sure = ungarble::repair("KÃ¶ln").confidence;
    /// assert_eq!(Options::repair().min_confidence(sure).text("KÃ¶ln").text, "Köln");
    /// assert_eq!(Options::repair().min_confidence(1.01).text("KÃ¶ln").text, "KÃ¶ln");
    /// ```
    #[must_use]
    pub fn min_confidence(mut self, probability: f32) -> Self {
        self.min_confidence = probability;
        self
    }

    /// Whether lost characters are filled in by the likeliest guess, even an
    /// unsure one, instead of U+FFFD.
    ///
    /// ```
    /// use ungarble::Options;
    /// let lost = "ÐŸÑ€Ð¸Ð²ÐµÑ‚, Ð��¸Ñ€ Ð¸ Ð´Ñ€ÑƒÐ¶Ð±Ð°";
    /// assert_eq!(Options::repair().text(lost).text, "Привет, \u{FFFD}\u{FFFD}р и дружба");
    /// // What was meant is `мир`.
    /// assert_eq!(Options::repair().guess(true).text(lost).text, "Привет, А\u{FFFD}р и дружба");
    /// ```
    #[must_use]
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
    #[must_use]
    pub fn language(mut self, tag: &str) -> Self {
        // As in a locale.
        let tag = tag.replace('_', "-");
        self.hints.set_language(&tag);
        self.language = Some(tag);
        self
    }

    /// A hint: a charset that the text was probably written in, or read in by mistake, as
    /// a label. One that names no charset is none.
    ///
    /// ```
    /// use ungarble::Options;
    /// assert_eq!(Options::repair().text("дЕМЭ").text, "дЕМЭ");
    /// assert_eq!(Options::repair().likely_charset("koi8-r").text("дЕМЭ").text, "День");
    /// ```
    #[must_use]
    pub fn likely_charset(mut self, label: &str) -> Self {
        self.hints.set_charset(label);
        self
    }

    /// A hint: what kind of text it is.
    ///
    /// ```
    /// use ungarble::{Kind, Options};
    /// let names = Options::repair().kind(Kind::FileName);
    /// assert_eq!(names.text("Stra├ƒe.txt").text, "Straße.txt");
    /// ```
    #[must_use]
    pub fn kind(mut self, kind: Kind) -> Self {
        self.hints.kind = Some(kind);
        self
    }

    /// A hint: the charset that bytes are declared to be in, as a label. One that names no charset is
    /// none.
    ///
    /// ```
    /// use ungarble::Options;
    /// let answer = Options::repair().declared_charset("koi8-r").bytes(b"\xD4\xC9\xD0");
    /// assert_eq!((&*answer.text, answer.charset), ("тип", Some("KOI8-R")));
    /// ```
    #[must_use]
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
