//! One switch a step: its name, what it says of itself, and what it calls.

use super::survey::flags;
use super::{Changed, bidi, blank_lines, blanks, bom, c1, control, form, han_blanks, homoglyphs};
use super::{ligatures, line_breaks, punctuation, quotes, ruby, stranded_tags, stream_safe};
use super::{surrogates, tag_characters, terminal, trailing_blanks, variation, width, zero_width};
use std::str::FromStr;

#[cfg(feature = "html")]
use super::entities;

/// A name that no normalization step has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no normalization step is called `{0}`")]
pub struct UnknownStep(String);

/// What is known of a step.
struct About {
    name: &'static str,
    description: &'static str,
    /// The step has nothing to do in a text that holds none of these [`flags`].
    needs: u16,
    run: for<'t> fn(&'t str) -> Changed<'t>,
}

macro_rules! steps {
    ($($(#[$when:meta])* $switch:ident: $name:path, $run:path, $needs:ident, $about:literal;)*) => {
        /// A normalization step.
        ///
        /// ```
        /// use ungarble::normalize::Switch;
        /// assert_eq!(Switch::LineBreaks.name(), "line-breaks");
        /// assert_eq!("line-breaks".parse(), Ok(Switch::LineBreaks));
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
        #[non_exhaustive]
        pub enum Switch {
            $(#[doc = $about] $(#[$when])* $switch,)*
        }

        impl Switch {
            /// Every step, in the order in which they run.
            pub const ALL: &'static [Switch] = &[$($(#[$when])* Switch::$switch,)*];

            fn step(self) -> About {
                match self {
                    $($(#[$when])* Switch::$switch => {
                        About { name: $name, description: $about, needs: flags::$needs, run: $run }
                    })*
                }
            }
        }
    };
}

// First what makes characters, then what removes them, then what gives them another form; layout last.
steps! {
    Surrogates: surrogates::NAME, surrogates::apply, ANY,
        "Surrogate pairs written out (`\\ud83d\\ude00`, `&#55357;&#56832;`) become the character that they mean.";
    #[cfg(feature = "html")]
    Entities: entities::NAME, entities::apply, ANY,
        "HTML character references become characters, in a text without tags.";
    #[cfg(feature = "html")]
    EntitiesInMarkup: entities::IN_MARKUP, entities::in_markup, ANY,
        "HTML character references become characters, in every text.";
    TerminalEscapes: terminal::NAME, terminal::apply, CONTROL,
        "Terminal escapes (colours, cursor moves, titles) go.";
    ByteOrderMark: bom::NAME, bom::apply, BYTE_ORDER_MARK,
        "A byte order mark at the start of the text or of a line goes.";
    C1: c1::NAME, c1::apply, C1,
        "A lone C1 control becomes the Windows-1252 character that it is.";
    LineBreaks: line_breaks::NAME, line_breaks::apply, ANY,
        "CR LF, CR, NEL, U+2028 and U+2029 become LF.";
    ControlCharacters: control::NAME, control::apply, CONTROL,
        "Control characters without a meaning in text go.";
    ZeroWidth: zero_width::NAME, zero_width::apply, INVISIBLE,
        "Zero-width characters go, except where letters or emoji join.";
    BidiControls: bidi::NAME, bidi::apply, INVISIBLE,
        "Bidirectional controls go; in lines of right-to-left letters, overrides only.";
    TagCharacters: tag_characters::NAME, tag_characters::apply, INVISIBLE,
        "Tag characters go, except in the flags of regions.";
    VariationSelectors: variation::NAME, variation::apply, INVISIBLE,
        "Variation selectors go, except after characters that have variants.";
    Blanks: blanks::NAME, blanks::apply, BEYOND_ASCII,
        "No-break and other wide or narrow spaces become plain blanks.";
    Ligatures: ligatures::NAME, ligatures::apply, PRESENTATION,
        "Typesetting's ligatures (`ﬁ`) become their letters.";
    Width: width::NAME, width::apply, PRESENTATION,
        "Full-width letters and digits, half-width kana and Hangul become the usual ones.";
    WidthPunctuation: width::PUNCTUATION, width::punctuation, PRESENTATION,
        "Full-width ASCII punctuation and the ideographic space become narrow.";
    Quotes: quotes::NAME, quotes::apply, BEYOND_ASCII,
        "Curly quotes become straight.";
    Homoglyphs: homoglyphs::NAME, homoglyphs::apply, BEYOND_ASCII,
        "Letters of another alphabet that look the same, within a word, become its own.";
    Ruby: ruby::NAME, ruby::apply, ANY,
        "Ruby (`<rt>`, `<rp>`) and zhuyin in parentheses go; what they read stays.";
    HanBlanks: han_blanks::NAME, han_blanks::apply, ASIAN,
        "Blanks between Han or kana go.";
    StrandedTags: stranded_tags::NAME, stranded_tags::apply, ANY,
        "Closing tags at line ends go, where nothing opens them.";
    Compose: form::COMPOSE, form::compose, MARK,
        "Letters and their marks become one character where there is one: NFC that takes nothing apart.";
    Nfc: form::NFC, form::nfc, MARK,
        "Unicode form NFC: canonical composition.";
    Nfd: form::NFD, form::nfd, BEYOND_ASCII,
        "Unicode form NFD: canonical decomposition.";
    Nfkc: form::NFKC, form::nfkc, BEYOND_ASCII,
        "Unicode form NFKC: compatibility composition; `10³` becomes `103`.";
    Nfkd: form::NFKD, form::nfkd, BEYOND_ASCII,
        "Unicode form NFKD: compatibility decomposition.";
    StreamSafe: stream_safe::NAME, stream_safe::apply, BEYOND_ASCII,
        "A joiner goes in before the 31st combining mark of a run.";
    PunctuationFull: punctuation::FULL, punctuation::full, ASIAN,
        "ASCII punctuation between Han or kana becomes full-width.";
    PunctuationHalf: punctuation::HALF, punctuation::half, BEYOND_ASCII,
        "Full-width punctuation becomes ASCII.";
    TrailingBlanks: trailing_blanks::NAME, trailing_blanks::apply, ANY,
        "Blanks at line ends go.";
    BlankLines: blank_lines::NAME, blank_lines::apply, ANY,
        "Of several blank lines one stays.";
}

/// Steps of which one at a time makes sense.
const EXCLUSIVE: [&[Switch]; 3] = [
    &[Switch::Compose, Switch::Nfc, Switch::Nfd, Switch::Nfkc, Switch::Nfkd],
    &[Switch::PunctuationFull, Switch::PunctuationHalf],
    &[Switch::PunctuationFull, Switch::WidthPunctuation],
];

impl Switch {
    /// The name, as in `clean --with line-breaks` and in reports.
    pub fn name(self) -> &'static str {
        self.step().name
    }

    /// What the step does, in one English sentence.
    ///
    /// ```
    /// use ungarble::normalize::Switch;
    /// assert_eq!(Switch::Quotes.description(), "Curly quotes become straight.");
    /// ```
    pub fn description(self) -> &'static str {
        self.step().description
    }

    pub(super) fn needs(self) -> u16 {
        self.step().needs
    }

    pub(super) fn run(self, text: &str) -> Changed<'_> {
        (self.step().run)(text)
    }

    pub(super) fn bit(self) -> u32 {
        1 << self as u32
    }

    /// The bits of the steps that go off when this one goes on.
    pub(super) fn rivals(self) -> u32 {
        EXCLUSIVE
            .iter()
            .filter(|group| group.contains(&self))
            .flat_map(|group| group.iter())
            .fold(0, |bits, switch| bits | switch.bit())
    }
}

impl FromStr for Switch {
    type Err = UnknownStep;

    fn from_str(name: &str) -> Result<Self, UnknownStep> {
        let mut all = Switch::ALL.iter().copied();
        all.find(|switch| switch.name() == name).ok_or_else(|| UnknownStep(name.to_owned()))
    }
}
