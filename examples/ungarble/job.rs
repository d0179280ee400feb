//! What a subcommand does to one text, whatever the text came in.

use crate::args::{CleanArgs, DecodeArgs, Hints, RepairFlags, Steps};
use crate::texts;
use std::borrow::Cow;
#[cfg(feature = "chinese")]
use ungarble::chinese::Config;
use ungarble::decode::{Decoder, Finding};
use ungarble::normalize::Normalization;
use ungarble::report::Edit;
#[cfg(feature = "chinese")]
use ungarble::report::compose;
use ungarble::{Answer, ChineseMode, Options, Plan, Repairer};

/// UTF-8's byte order mark.
pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// What came of one text.
#[derive(Clone, Debug)]
pub struct Made<'t> {
    pub text: Cow<'t, str>,
    pub confidence: f32,
    pub malformed: bool,
    pub charset: Option<&'static str>,
    pub edits: Vec<Edit>,
    pub plan: Plan,
}

impl<'t> From<Answer<'t>> for Made<'t> {
    fn from(answer: Answer<'t>) -> Self {
        let Answer { text, confidence, malformed, charset, edits, plan, .. } = answer;
        Made { text, confidence, malformed, charset, edits, plan }
    }
}

/// The work on one text.
#[derive(Clone, Debug)]
pub struct Job {
    options: Options,
    /// A conversion after that.
    #[cfg(feature = "chinese")]
    convert: Option<Config>,
    min_confidence: f32,
    /// A byte order mark of UTF-8 is an intact character, which `repair` keeps.
    keeps_mark: bool,
}

impl Job {
    /// Everything that makes a text right.
    pub fn clean(args: &CleanArgs) -> Job {
        Job::flags(cleaning(&args.steps), &args.repair)
    }

    /// Undoing damage and nothing else: what a plan says, or what is found.
    pub fn repair(flags: &RepairFlags, plan: Option<&Plan>) -> Job {
        let options = Options::repair();
        let options = plan.map_or(options.clone(), |plan| options.plan(plan));
        Job { keeps_mark: true, ..Job::flags(options, flags) }
    }

    /// Finding the charset and nothing else.
    pub fn decode(args: &DecodeArgs) -> Job {
        Job::hints(decoding(), &args.hints)
    }

    /// The job of any preset, as far as flags say.
    pub fn flags(options: Options, flags: &RepairFlags) -> Job {
        let options = if flags.guess { options.guess(true) } else { options };
        Job::hints(options, &flags.hints)
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
        if let Some(label) = &hints.likely_charset {
            options = options.likely_charset(label);
        }
        if let Some(kind) = hints.kind {
            options = options.kind(kind.kind());
        }
        Job {
            options,
            #[cfg(feature = "chinese")]
            convert: None,
            min_confidence: hints.min_confidence,
            keeps_mark: false,
        }
    }

    /// Chinese conversion and nothing else.
    #[cfg(feature = "chinese")]
    pub fn convert(config: Config) -> Job {
        let convert = Some(config);
        Job { convert, keeps_mark: true, ..Job::hints(decoding(), &Hints::default()) }
    }

    /// Works on bytes in a charset that is yet to be found.
    pub fn bytes<'b>(&self, bytes: &'b [u8]) -> Made<'b> {
        self.after(self.options.bytes(bytes).into())
    }

    /// What reads bytes as the job does, without the work.
    pub fn decoder(&self) -> Decoder {
        self.options.decoder()
    }

    /// Works on text.
    pub fn text<'t>(&self, text: &'t str) -> Made<'t> {
        self.after(self.options.text(text).into())
    }

    /// Works on texts that belong together, such as the values of a column.
    pub fn series(&self) -> Series<'_> {
        Series { job: self, repairer: Repairer::new(self.options.clone()) }
    }

    #[cfg(feature = "chinese")]
    fn after<'t>(&self, made: Made<'t>) -> Made<'t> {
        let Some(config) = self.convert else { return made };
        let (new, more) = match &made.text {
            Cow::Borrowed(text) => ungarble::chinese::convert_with_edits(config, text),
            Cow::Owned(text) => {
                let (new, more) = ungarble::chinese::convert_with_edits(config, text);
                (Cow::Owned(new.into_owned()), more)
            }
        };
        let edits = compose(made.edits, more);
        Made { text: new, edits, ..made }
    }

    #[cfg(not(feature = "chinese"))]
    fn after<'t>(&self, made: Made<'t>) -> Made<'t> {
        made
    }

    /// The mark that goes before the text of an answer to these bytes.
    pub fn mark(&self, bytes: &[u8], text: &str) -> &'static [u8] {
        let wanted = self.keeps_mark && bytes.starts_with(BOM) && !text.starts_with('\u{FEFF}');
        if wanted { BOM } else { b"" }
    }

    /// Whether bytes are better left alone than read as an answer says.
    pub fn is_too_unsure(&self, bytes: &[u8], made: &Made<'_>) -> bool {
        made.confidence < self.min_confidence && std::str::from_utf8(bytes).is_err()
    }

    /// The opposite, of bytes that were read in pieces.
    pub fn trusts(&self, finding: &Finding) -> bool {
        finding.confidence() >= self.min_confidence || !texts::is_changed(finding)
    }
}

/// The work on one text after the other, each in the light of those before it.
pub struct Series<'j> {
    job: &'j Job,
    repairer: Repairer,
}

impl Series<'_> {
    /// Works on the next text.
    pub fn text<'t>(&mut self, text: &'t str) -> Made<'t> {
        self.job.after(self.repairer.text(text).into())
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
