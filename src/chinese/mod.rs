#![doc = include_str!("README.md")]

mod author;
mod by_use;
mod charmap;
mod config;
mod converter;
mod engine;
mod hash;
mod judged;
mod needed;
mod neighbours;
mod output;
mod phrases;
mod pinyin;
mod readings;
pub(crate) mod residue;
mod script;
mod tables;
mod tally;
mod twelve;

pub use self::config::{Config, UnknownConfig};
pub use self::converter::{Converter, ConverterError};
pub use self::needed::simplify_where_needed;
pub use self::readings::readings;
pub use self::script::{Span, script, scripts};
pub use self::tally::Script;

use crate::report::{Edit, Joined, Step};
use std::borrow::Cow;

/// Converts a text; borrowed where nothing changes.
///
/// ```
/// use ungarble::chinese::{Config, convert};
/// assert_eq!(convert(Config::T2s, "漢語"), "汉语");
/// ```
pub fn convert(config: Config, text: &str) -> Cow<'_, str> {
    config.engine().convert(text)
}

/// Converts a text and lists every change, with its place before and after.
///
/// ```
/// use ungarble::chinese::{Config, convert_with_edits};
/// let (text, edits) = convert_with_edits(Config::T2s, "說漢語");
/// assert_eq!(text, "说汉语");
/// assert_eq!((edits[0].source.clone(), edits[0].output.clone()), (0..9, 0..9));
/// ```
pub fn convert_with_edits(config: Config, text: &str) -> (Cow<'_, str>, Vec<Edit>) {
    let mut edits = Joined::new(text, Step::Chinese, 1.0);
    config.engine().changes(text, &mut |range, to| edits.replace(range, to));
    edits.finish()
}
