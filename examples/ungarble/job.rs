//! What a subcommand does to one text, whatever the text came in.

use crate::args::{CleanArgs, DecodeArgs, Hints, RepairArgs, RepairFlags, Steps};
use ungarble::normalize::Normalization;
use ungarble::{Answer, ChineseMode, Options};

/// UTF-8's byte order mark.
const BOM: &[u8] = b"\xEF\xBB\xBF";

/// The work on one text.
#[derive(Clone, Debug)]
pub struct Job {
    options: Options,
    min_confidence: f32,
    /// A byte order mark of UTF-8 is an intact character, which `repair` keeps.
    keeps_mark: bool,
}

impl Job {
    /// Everything that makes a text right.
    pub fn clean(args: &CleanArgs) -> Job {
        Job::flags(cleaning(&args.steps), &args.repair)
    }

    /// Undoing damage and nothing else.
    pub fn repair(args: &RepairArgs) -> Job {
        Job { keeps_mark: true, ..Job::flags(Options::repair(), &args.repair) }
    }

    /// Finding the charset and nothing else.
    pub fn decode(args: &DecodeArgs) -> Job {
        Job::hints(decoding(), &args.hints)
    }

    /// The job of any preset, as far as flags say.
    pub fn flags(options: Options, flags: &RepairFlags) -> Job {
        Job::hints(options.guess(flags.guess), &flags.hints)
    }

    /// The job with what is known beforehand.
    pub fn hints(mut options: Options, hints: &Hints) -> Job {
        options = options.min_confidence(hints.min_confidence);
        if let Some(tag) = &hints.language {
            options = options.language(tag);
        }
        if let Some(label) = &hints.charset {
            options = options.declared_charset(label);
        }
        Job { options, min_confidence: hints.min_confidence, keeps_mark: false }
    }

    /// Works on bytes in a charset that is yet to be found.
    pub fn bytes<'b>(&self, bytes: &'b [u8]) -> Answer<'b> {
        self.options.bytes(bytes)
    }

    /// Works on text.
    pub fn text<'t>(&self, text: &'t str) -> Answer<'t> {
        self.options.text(text)
    }

    /// The mark that goes before the text of an answer to these bytes.
    pub fn mark(&self, bytes: &[u8], text: &str) -> &'static [u8] {
        let wanted = self.keeps_mark && bytes.starts_with(BOM) && !text.starts_with('\u{FEFF}');
        if wanted { BOM } else { b"" }
    }

    /// Whether bytes are better left alone than read as an answer says.
    pub fn is_too_unsure(&self, bytes: &[u8], answer: &Answer<'_>) -> bool {
        answer.confidence < self.min_confidence && std::str::from_utf8(bytes).is_err()
    }
}

/// Options that find the charset and change nothing.
pub fn decoding() -> Options {
    Options::repair().undo_misreadings(false).normalization(Normalization::none())
}

/// Options that clean, with the steps that are wanted.
pub fn cleaning(steps: &Steps) -> Options {
    let mut normalization = steps.steps.normalization();
    let with = steps.with.iter().map(|name| (name, true));
    let without = steps.without.iter().map(|name| (name, false));
    for (name, on) in with.chain(without) {
        // The command line takes no name that is none.
        let _ = normalization.set(name, on);
    }
    let options = Options::clean().normalization(normalization);
    if steps.keep_traditional { options.chinese(ChineseMode::Keep) } else { options }
}
