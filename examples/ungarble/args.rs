//! The command line: what can be asked, and the words that explain it.
//!
//! Types and words only, so that the fuzzer, the man page and the completions see
//! the same command line as a user.

use clap::builder::{
    OsStringValueParser, PathBufValueParser, PossibleValue, PossibleValuesParser, TypedValueParser,
};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::ffi::OsString;
use std::path::PathBuf;
use ungarble::charset::Charset;
use ungarble::normalize::Normalization;

/// Turn damaged text back into the text that was meant.
///
/// Finds out what charset a text is in, undoes what went wrong on its way (mojibake, lost bytes,
/// double encoding, pinyin left by a converter), says how sure it is, and writes UTF-8.
#[derive(Debug, Parser)]
#[command(name = "ungarble", version, max_term_width = 100, after_help = EXAMPLES)]
#[command(propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  ungarble clean page.html > fixed.html         whatever it takes to make it right
  ungarble repair notes.txt                     undo damage, touch nothing else
  curl -s example.org | ungarble decode         find the charset, write UTF-8
  ungarble explain page.html                    show what would change, and why
  ungarble repair --diff src/                   the same as a patch, over a folder
  ungarble repair --in-place=.bak -g '*.txt' .  rewrite files, keep the old ones
  ungarble repair --names ~/Downloads           repair the names, not the files
  ungarble clean --jsonl <in.jsonl >out.jsonl   the field `text` of every record
  ungarble learn 'dÃ©jÃ ' 'déjà' --json >plan   what happened to a known text, and then
  ungarble repair --plan plan others.txt        the same undone in others
  ungarble convert --config s2twp < a > b       Simplified to Taiwan's Traditional

Exit status:
  0  all went well
  1  --check found damage
  2  something failed; a message on standard error says what and where";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make text right: decode, undo damage, normalize, simplify Chinese where needed
    Clean(CleanArgs),
    /// Undo damage and nothing else: not one intact character changes
    Repair(RepairArgs),
    /// Find the charset and write UTF-8; the text itself stays as it is
    Decode(DecodeArgs),
    /// Show each edit that would be made, in its context, and why
    Explain(ExplainArgs),
    /// Find what leads from a garbled text to the right one, to repair others like it
    Learn(LearnArgs),
    /// Convert between Simplified and Traditional Chinese, and Japanese characters
    #[cfg(feature = "chinese")]
    Convert(ConvertArgs),
    /// Say which script a text is in: Simplified, Traditional, Japanese, Korean
    #[cfg(feature = "chinese")]
    Script(ScriptArgs),
    /// List the normalization steps and what each does
    Steps,
    /// Write completions for a shell to standard output
    Completions(CompletionsArgs),
    /// Write the manual page to standard output
    Man,
}

#[derive(Debug, Args)]
pub struct CleanArgs {
    #[command(flatten)]
    pub steps: Steps,

    #[command(flatten)]
    pub repair: RepairFlags,

    #[command(flatten)]
    pub io: Io,
}

/// What happens to intact text.
#[derive(Debug, Args)]
#[command(next_help_heading = "Normalization")]
pub struct Steps {
    /// Start from this set of steps
    #[arg(long, value_name = "SET", value_enum, default_value_t = StepSet::Safe)]
    pub steps: StepSet,

    /// Take these steps too (see `ungarble steps` for all of them)
    #[arg(long, value_name = "STEP", value_delimiter = ',', value_parser = step_names(), hide_possible_values = true)]
    pub with: Vec<String>,

    /// Leave these steps out
    #[arg(long, value_name = "STEP", value_delimiter = ',', value_parser = step_names(), hide_possible_values = true)]
    pub without: Vec<String>,

    /// Leave Traditional Chinese as it is
    #[arg(long)]
    pub keep_traditional: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StepSet {
    /// No step at all
    None,
    /// Steps that cannot damage a text
    Safe,
    /// For text that programs count and learn from
    Corpus,
    /// For keys and comparisons: what looks the same becomes the same
    Strict,
    /// What ftfy does after its repair
    Ftfy,
    /// Only what a reader cannot see: see it with `explain`
    Hidden,
}

impl StepSet {
    pub fn normalization(self) -> Normalization {
        match self {
            StepSet::None => Normalization::none(),
            StepSet::Safe => Normalization::safe(),
            StepSet::Corpus => Normalization::corpus(),
            StepSet::Strict => Normalization::strict(),
            StepSet::Ftfy => Normalization::ftfy_like(),
            StepSet::Hidden => Normalization::hidden(),
        }
    }
}

fn step_names() -> PossibleValuesParser {
    let steps = Normalization::steps();
    PossibleValuesParser::new(steps.map(|(name, what)| PossibleValue::new(name).help(what)))
}

#[derive(Debug, Args)]
pub struct LearnArgs {
    /// The garbled text, or a file that holds it; `-` is standard input
    #[arg(value_name = "GARBLED", value_hint = ValueHint::FilePath)]
    pub garbled: PathBuf,

    /// What it was, or a file that holds it
    #[arg(value_name = "RIGHT", value_hint = ValueHint::FilePath)]
    pub right: PathBuf,

    /// Write the plan as JSON, for `repair --plan`
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
pub struct RepairArgs {
    /// Undo what the plan in FILE says instead of searching: the JSON of `learn`, or the
    /// `plan` of a report
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Repair")]
    pub plan: Option<PathBuf>,

    #[command(flatten)]
    pub repair: RepairFlags,

    #[command(flatten)]
    pub io: Io,
}

#[derive(Debug, Args)]
pub struct DecodeArgs {
    #[command(flatten)]
    pub hints: Hints,

    #[command(flatten)]
    pub io: Io,
}

#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Files to explain; none, or `-`, is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,

    /// Explain what this subcommand would do
    #[arg(long = "as", value_name = "COMMAND", value_enum, default_value_t = Preset::Clean)]
    pub preset: Preset,

    #[command(flatten)]
    pub steps: Steps,

    #[command(flatten)]
    pub repair: RepairFlags,

    /// Colours: on a terminal, always, or never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    pub color: When,
}

#[cfg(feature = "chinese")]
#[derive(Debug, Args)]
pub struct ConvertArgs {
    /// The conversion, by OpenCC's name; `smart-t2s` is better than OpenCC's `t2s`
    #[arg(short, long, value_name = "NAME", value_parser = conversions(), default_value = "smart-t2s")]
    pub config: String,

    #[command(flatten)]
    pub io: Io,
}

#[cfg(feature = "chinese")]
fn conversions() -> PossibleValuesParser {
    PossibleValuesParser::new(ungarble::chinese::Config::ALL.iter().map(|config| config.name()))
}

#[cfg(feature = "chinese")]
#[derive(Debug, Args)]
pub struct ScriptArgs {
    /// Files to look at; none, or `-`, is standard input
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub files: Vec<PathBuf>,

    /// Say it of each part of a text that is in one script, with its place
    #[arg(long)]
    pub spans: bool,
}

#[derive(Debug, Args)]
pub struct CompletionsArgs {
    /// The shell to write for
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Preset {
    Clean,
    Repair,
    Decode,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

/// What is known about a text beforehand.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Repair")]
pub struct Hints {
    /// The language the text should be in, such as `pl`, `zh-Hans` or `pt_BR`
    #[arg(long, value_name = "TAG", value_parser = language)]
    pub language: Option<String>,

    /// The charset that the input claims to be in: evidence, not an order
    #[arg(long, value_name = "LABEL", value_parser = charset)]
    pub charset: Option<String>,

    /// A charset that the text was probably written in, or read in by mistake
    #[arg(long, value_name = "LABEL", value_parser = charset)]
    pub likely_charset: Option<String>,

    /// The kind of text
    #[arg(long, value_name = "KIND", value_enum)]
    pub kind: Option<TextKind>,

    /// Leave text as it was where a repair is less sure than P, from 0 to 1
    #[arg(long, value_name = "P", value_parser = probability, default_value = "0")]
    pub min_confidence: f32,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TextKind {
    /// Names of files
    FileName,
    /// Tags of music and photographs, subjects of mails, fields of forms
    Tag,
    /// Sentences: the same as to say nothing
    Prose,
    /// Programs, their data and logs
    Code,
    /// HTML and the like
    Markup,
}

impl TextKind {
    pub fn kind(self) -> ungarble::Kind {
        match self {
            TextKind::FileName => ungarble::Kind::FileName,
            TextKind::Tag => ungarble::Kind::Tag,
            TextKind::Prose => ungarble::Kind::Prose,
            TextKind::Code => ungarble::Kind::Code,
            TextKind::Markup => ungarble::Kind::Markup,
        }
    }
}

/// How far a repair may go.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Repair")]
pub struct RepairFlags {
    /// Fill in lost characters by the likeliest guess instead of U+FFFD
    #[arg(long)]
    pub guess: bool,

    #[command(flatten)]
    pub hints: Hints,
}

/// The languages of two letters, in ISO 639-1 now or once.
const LANGUAGES: &str = "\
aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de \
dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id \
ie ig ii ik in io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li \
ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa \
pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th \
ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

fn language(tag: &str) -> Result<String, String> {
    // Behind a locale, its charset may stand, or what else sets it apart.
    let name = tag.split(['.', '@']).next().unwrap_or_default();
    // As in a BCP 47 tag, or in a locale.
    let mut parts = name.split(['-', '_']);
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_language = match primary.len() {
        2 => LANGUAGES.split(' ').any(|language| language == primary),
        // There are thousands of these.
        3 => primary.bytes().all(|byte| byte.is_ascii_alphabetic()),
        _ => false,
    };
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    match is_language && parts.all(is_part) {
        true => Ok(tag.to_owned()),
        false => Err("a language tag is wanted, such as `pl`, `zh-Hans` or `pt_BR`".to_owned()),
    }
}

fn charset(label: &str) -> Result<String, String> {
    match Charset::for_label(label) {
        Some(_) => Ok(label.to_owned()),
        None => Err("no charset goes by that name".to_owned()),
    }
}

fn probability(text: &str) -> Result<f32, String> {
    match text.parse() {
        Ok(p) if (0.0..=1.0).contains(&p) => Ok(p),
        _ => Err("a probability from 0 to 1 is wanted".to_owned()),
    }
}

/// What goes in and how it comes out: the same for every subcommand that changes text.
#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
pub struct Io {
    /// Files and folders; none, or `-`, is standard input
    #[arg(value_name = "PATH", value_hint = ValueHint::AnyPath, help_heading = None::<&str>)]
    pub paths: Vec<PathBuf>,

    #[command(flatten)]
    pub walk: Walk,

    #[command(flatten)]
    pub records: Records,

    /// Repair the names of files and folders, not what is in them
    #[arg(long, conflicts_with_all = ["jsonl", "column", "diff", "report"])]
    pub names: bool,

    /// Work on inputs larger than SIZE bytes in blocks, of 4M at most, so that they need not
    /// fit into memory; K, M and G are powers of 1024
    #[arg(long, value_name = "SIZE", value_parser = size, default_value = "32M")]
    pub block: usize,

    /// Use N threads [default: one for each core]
    #[arg(short, long, value_name = "N", value_parser = threads)]
    pub jobs: Option<usize>,

    #[command(flatten)]
    pub output: Output,
}

/// Which files of a folder are looked at.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Input")]
pub struct Walk {
    /// In folders, only files that match GLOB; with `!` before it, only those that do not
    #[arg(short, long, value_name = "GLOB")]
    pub glob: Vec<String>,

    /// In folders, hidden files too
    #[arg(short = 'H', long)]
    pub hidden: bool,

    /// In folders, files too that .ignore leaves out, or .gitignore in a repository of Git
    #[arg(long)]
    pub no_ignore: bool,
}

/// Texts that come as fields of records.
#[derive(Debug, Args)]
#[command(next_help_heading = "Input")]
pub struct Records {
    /// Read and write JSON Lines: one object a line, the text in one of its fields; what was done
    /// goes into a field `ungarble`, and a record that has one and is right stays as it is
    #[arg(long, conflicts_with = "column")]
    pub jsonl: bool,

    /// The field that holds the text; of a record that has none, base64 in `bytes` is decoded, and
    /// one that has neither, or null, stays as it is
    #[arg(
        long,
        value_name = "NAME",
        default_value = "text",
        requires = "jsonl",
        value_parser = field
    )]
    pub field: String,

    /// Read and write CSV, or Parquet where it is built in: work on the column NAME, or on the N-th
    /// from 1 (repeatable)
    #[arg(long, value_name = "NAME|N")]
    pub column: Vec<String>,

    /// The character between CSV fields [default: a tab in .tsv files, else a comma]
    #[arg(long, value_name = "CHAR", value_parser = delimiter, requires = "column")]
    pub delimiter: Option<u8>,
}

fn field(name: &str) -> Result<String, String> {
    match name {
        "ungarble" => Err("that field is for the report on the record".to_owned()),
        _ => Ok(name.to_owned()),
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match *text.as_bytes() {
        [b'"' | b'\n' | b'\r'] => Err("a quote or a line end cannot part fields".to_owned()),
        [byte] if byte.is_ascii() => Ok(byte),
        [b'\\', b't'] => Ok(b'\t'),
        _ => Err("one ASCII character is wanted".to_owned()),
    }
}

fn threads(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n @ 1..=1024) => Ok(n),
        _ => Err("a number from 1 to 1024 is wanted".to_owned()),
    }
}

/// A size in bytes, with K, M or G for powers of 1024.
fn size(text: &str) -> Result<usize, String> {
    let (digits, shift) = match text.as_bytes().last().map(u8::to_ascii_uppercase) {
        Some(b'K') => (&text[..text.len() - 1], 10),
        Some(b'M') => (&text[..text.len() - 1], 20),
        Some(b'G') => (&text[..text.len() - 1], 30),
        _ => (text, 0),
    };
    let size = digits.parse::<usize>().ok().and_then(|n| n.checked_mul(1 << shift));
    match size {
        Some(n) if n >= 64 => Ok(n),
        _ => Err("a size of at least 64 bytes is wanted, such as 32M".to_owned()),
    }
}

fn suffix(suffix: OsString) -> Result<OsString, &'static str> {
    match suffix.as_encoded_bytes() {
        b"" => Err("it is empty: --in-place alone keeps no old file"),
        bytes if bytes.contains(&b'/') => Err("it is put behind a name, not before"),
        _ => Ok(suffix),
    }
}

fn report(path: PathBuf) -> Result<PathBuf, &'static str> {
    match path.to_str() {
        Some("-") => Err("standard output is for other things: name a file"),
        _ => Ok(path),
    }
}

/// Where the result goes.
#[derive(Debug, Args)]
#[command(next_help_heading = "Output")]
pub struct Output {
    /// Rewrite files in place, all or nothing, with the mode, owner and times that they had, that of
    /// the last change included; with SUFFIX, keep the old file under NAME+SUFFIX
    #[arg(
        short,
        long,
        value_name = "SUFFIX",
        num_args = 0..=1,
        require_equals = true,
        value_parser = OsStringValueParser::new().try_map(suffix),
        conflicts_with_all = ["check", "diff", "names"]
    )]
    pub in_place: Option<Option<OsString>>,

    /// Rewrite read-only and binary files too, files with several hard links, and files with bytes
    /// that are in no charset, or with lone surrogates in JSON, which become U+FFFD
    #[arg(short, long)]
    pub force: bool,

    /// Write a patch instead of the text
    #[arg(long)]
    pub diff: bool,

    /// Write what would be done instead of doing it
    #[arg(short = 'n', long)]
    pub dry_run: bool,

    /// Write no text, and exit 1 if an input is damaged or not UTF-8; a patch or a report that is
    /// asked for is written all the same
    #[arg(long, conflicts_with = "dry_run")]
    pub check: bool,

    /// Write one report on all inputs to FILE, as JSON; in a folder, FILE itself is no input
    #[arg(long, value_name = "FILE", value_parser = PathBufValueParser::new().try_map(report), value_hint = ValueHint::FilePath)]
    pub report: Option<PathBuf>,

    /// Say nothing on standard error but errors
    #[arg(short, long)]
    pub quiet: bool,

    /// Colours: on a terminal, always, or never
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = When::Auto)]
    pub color: When,
}
