//! Normalization: one file and one switch a step.
//!
//! Text goes in, and text comes out, borrowed when nothing changed, with the edits
//! that lead from one to the other. A step is a rule without a model: it does not
//! guess, it says what it does in one sentence, and it costs time linear in the
//! text. Which steps run is a set, [`Normalization`]; presets are named sets. The
//! steps run in the order of [`Switch::ALL`], whatever order they were switched
//! on in.
//!
//! Steps that only report (hidden characters, lookalike letters) are no other
//! kind of thing: run [`Normalization::hidden`] and read the edits.

mod bidi;
mod blank_lines;
mod blanks;
mod bom;
mod c1;
mod control;
#[cfg(feature = "html")]
mod entities;
mod form;
mod han_blanks;
mod homoglyphs;
mod ligatures;
mod line_breaks;
mod marks;
mod punctuation;
mod quotes;
mod ruby;
mod stranded_tags;
mod stream_safe;
mod surrogates;
mod survey;
mod switch;
mod tag_characters;
mod terminal;
mod trailing_blanks;
mod variation;
mod width;
mod writer;
mod zero_width;

pub use self::switch::{Switch, UnknownStep};

use self::survey::survey;
use crate::report::{Edit, compose};
use std::borrow::Cow;

/// Whether a character is one that nobody sees and that a step of [`Normalization::hidden`]
/// looks for, wherever it stands: it may be in its place there.
///
/// ```
/// use ungarble::normalize::is_hidden;
/// assert!(['\u{200B}', '\u{61C}', '\u{FE0F}', '\u{E0041}'].iter().all(|c| is_hidden(*c)));
/// assert!(!is_hidden('a') && !is_hidden(' '));
/// ```
pub fn is_hidden(c: char) -> bool {
    zero_width::is_zero_width(c)
        || bidi::is_control(c)
        || tag_characters::is_tag(c)
        || variation::is_selector(c)
}

/// What every step gives back.
type Changed<'t> = (Cow<'t, str>, Vec<Edit>);

/// A step can make work for an earlier one: a control character removed from
/// `&am\u{1}p;` leaves a reference. So all steps run until nothing changes, at
/// most this often; text that nests deeper was made to.
const MAX_ROUNDS: usize = 8;

/// Which normalization steps run; none by default.
///
/// ```
/// use ungarble::normalize::{Normalization, Switch};
/// let steps = Normalization::safe().with(Switch::LineBreaks).without(Switch::C1);
/// let (text, edits) = steps.apply("\u{FEFF}one\r\ntwo");
/// assert_eq!(text, "one\ntwo");
/// assert_eq!(edits.len(), 2);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(into = "Vec<Switch>", from = "Vec<Switch>"))]
pub struct Normalization {
    /// One bit a switch, by its place in [`Switch::ALL`].
    on: u32,
}

impl Normalization {
    /// No step at all.
    pub fn none() -> Self {
        Normalization::default()
    }

    /// The steps that cannot damage a text: they remove what was never text
    /// (terminal escapes, byte order marks, control characters), read lone C1
    /// controls as the punctuation that they are, and compose letters with their marks.
    /// Quotes, widths, punctuation, line breaks and blanks stay as they are.
    ///
    /// ```
    /// use ungarble::normalize::Normalization;
    /// assert_eq!(Normalization::safe().apply("“u\u{308}ber”\u{7}\r\n").0, "“über”\r\n");
    /// ```
    pub fn safe() -> Self {
        Normalization::none().and(&[
            Switch::TerminalEscapes,
            Switch::ByteOrderMark,
            Switch::C1,
            Switch::ControlCharacters,
            Switch::Compose,
        ])
    }

    /// For text that programs count and learn from: the safe steps, references and
    /// surrogates read, one kind of line break and of blank, nothing hidden, ligatures and
    /// full-width letters in their usual form, no blanks and blank lines to spare.
    ///
    /// ```
    /// use ungarble::normalize::Normalization;
    /// assert_eq!(Normalization::corpus().apply("“ﬁne”\u{A0}ＯＫ \r\n").0, "“fine” OK\n");
    /// ```
    pub fn corpus() -> Self {
        Normalization::safe().and(&[
            Switch::Surrogates,
            #[cfg(feature = "html")]
            Switch::Entities,
            Switch::LineBreaks,
            Switch::ZeroWidth,
            Switch::BidiControls,
            Switch::TagCharacters,
            Switch::Blanks,
            Switch::Ligatures,
            Switch::Width,
            Switch::StrandedTags,
            Switch::TrailingBlanks,
            Switch::BlankLines,
        ])
    }

    /// For keys and comparisons: texts that look the same become the same, at the
    /// price of distinctions that matter to a reader. The steps of [`corpus`](Self::corpus), NFKC,
    /// straight quotes, no needless variation selectors, stream-safe.
    ///
    /// ```
    /// use ungarble::normalize::Normalization;
    /// assert_eq!(Normalization::strict().apply("“ﬁne” №²").0, "\"fine\" No2");
    /// ```
    pub fn strict() -> Self {
        Normalization::corpus().and(&[
            Switch::VariationSelectors,
            Switch::WidthPunctuation,
            Switch::Quotes,
            Switch::Nfkc,
            Switch::StreamSafe,
        ])
    }

    /// What ftfy's `fix_text` does after its repair, by the options that its
    /// documentation names. It straightens quotes and folds Chinese punctuation.
    ///
    /// ```
    /// use ungarble::normalize::Normalization;
    /// assert_eq!(Normalization::ftfy_like().apply("“好，ﬁne”").0, "\"好,fine\"");
    /// ```
    pub fn ftfy_like() -> Self {
        Normalization::safe().and(&[
            Switch::Surrogates,
            #[cfg(feature = "html")]
            Switch::Entities,
            Switch::LineBreaks,
            Switch::Ligatures,
            Switch::Width,
            Switch::WidthPunctuation,
            Switch::Quotes,
            Switch::Nfc,
        ])
    }

    /// The steps that find what a reader cannot see: zero-width characters,
    /// bidirectional controls, tag characters, stray variation selectors and lookalike
    /// letters. To report and not to change, keep the text and read the edits.
    ///
    /// ```
    /// use ungarble::normalize::Normalization;
    /// let (_, edits) = Normalization::hidden().apply("invoice\u{202E}fdp.exe");
    /// assert_eq!(edits[0].source, 7..10);
    /// ```
    pub fn hidden() -> Self {
        Normalization::none().and(&[
            Switch::ZeroWidth,
            Switch::BidiControls,
            Switch::TagCharacters,
            Switch::VariationSelectors,
            Switch::Homoglyphs,
        ])
    }

    fn and(self, switches: &[Switch]) -> Self {
        switches.iter().fold(self, |steps, switch| steps.with(*switch))
    }

    /// Switches a step on. Of steps that exclude each other, such as the Unicode
    /// forms, the last one switched on stays.
    #[must_use]
    pub fn with(self, switch: Switch) -> Self {
        Normalization { on: self.on & !switch.rivals() | switch.bit() }
    }

    /// Switches a step off.
    #[must_use]
    pub fn without(self, switch: Switch) -> Self {
        Normalization { on: self.on & !switch.bit() }
    }

    /// Whether a step is on.
    pub fn has(&self, switch: Switch) -> bool {
        self.on & switch.bit() != 0
    }

    /// The steps that are on, in the order in which they run.
    ///
    /// ```
    /// use ungarble::normalize::{Normalization, Switch};
    /// let steps = Normalization::none().with(Switch::Quotes).with(Switch::ByteOrderMark);
    /// assert!(steps.switches().eq([Switch::ByteOrderMark, Switch::Quotes]));
    /// ```
    pub fn switches(self) -> impl Iterator<Item = Switch> {
        Switch::ALL.iter().copied().filter(move |switch| self.has(*switch))
    }

    /// Whether no step is on.
    pub fn is_none(&self) -> bool {
        self.on == 0
    }

    /// Name and description of every step, in the order in which they run.
    ///
    /// ```
    /// use ungarble::normalize::Normalization;
    /// assert!(Normalization::steps().any(|(name, _)| name == "line-breaks"));
    /// ```
    pub fn steps() -> impl Iterator<Item = (&'static str, &'static str)> {
        Switch::ALL.iter().map(|switch| (switch.name(), switch.description()))
    }

    /// Switches a step on or off by its name.
    ///
    /// ```
    /// use ungarble::normalize::{Normalization, Switch};
    /// let mut steps = Normalization::none();
    /// steps.set("quotes", true)?;
    /// assert!(steps.has(Switch::Quotes));
    /// assert!(steps.set("qoutes", true).is_err());
    /// # Ok::<(), ungarble::normalize::UnknownStep>(())
    /// ```
    pub fn set(&mut self, name: &str, on: bool) -> Result<(), UnknownStep> {
        let switch = name.parse()?;
        *self = if on { self.with(switch) } else { self.without(switch) };
        Ok(())
    }

    /// Runs the steps over a text, until they find nothing more to do (8 times
    /// at most). The text is borrowed, and there are no edits, when nothing changed.
    ///
    /// ```
    /// use ungarble::normalize::{Normalization, Switch};
    /// let (text, edits) = Normalization::none().with(Switch::Ligatures).apply("eﬃcient");
    /// assert_eq!(text, "efficient");
    /// assert_eq!(edits[0].source, 1..4);
    /// ```
    pub fn apply<'t>(&self, text: &'t str) -> (Cow<'t, str>, Vec<Edit>) {
        let (mut out, mut edits) = self.round(text);
        for _ in 1..MAX_ROUNDS {
            let Cow::Owned(current) = &out else { break };
            let (Cow::Owned(next), more) = self.round(current) else { break };
            edits = compose(edits, more);
            out = Cow::Owned(next);
        }
        if out == text { (Cow::Borrowed(text), Vec::new()) } else { (out, edits) }
    }

    /// Runs each step once.
    fn round<'t>(&self, text: &'t str) -> Changed<'t> {
        let mut out = Cow::Borrowed(text);
        let mut edits = Vec::new();
        if self.is_none() {
            return (out, edits);
        }
        let wanted = self.switches().fold(0, |flags, switch| flags | switch.needs());
        let mut held = survey(text, wanted);
        for switch in self.switches() {
            if switch.needs() & held == 0 {
                continue;
            }
            let (next, more) = switch.run(&out);
            if let Cow::Owned(next) = next {
                held = survey(&next, wanted);
                edits = compose(edits, more);
                out = Cow::Owned(next);
            }
        }
        if out == text { (Cow::Borrowed(text), Vec::new()) } else { (out, edits) }
    }
}

impl FromIterator<Switch> for Normalization {
    fn from_iter<I: IntoIterator<Item = Switch>>(switches: I) -> Self {
        switches.into_iter().fold(Normalization::none(), Normalization::with)
    }
}

impl From<Vec<Switch>> for Normalization {
    fn from(switches: Vec<Switch>) -> Self {
        switches.into_iter().collect()
    }
}

impl From<Normalization> for Vec<Switch> {
    fn from(steps: Normalization) -> Self {
        steps.switches().collect()
    }
}
