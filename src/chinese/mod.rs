#![doc = include_str!("README.md")]

mod by_use;
mod charmap;
mod config;
mod converter;
mod engine;
mod hash;
mod needed;
mod output;
mod phrases;
mod pinyin;
mod readings;
pub(crate) mod residue;
mod script;
mod tables;
mod twelve;

pub use self::config::{Config, UnknownConfig};
pub use self::converter::{Converter, ConverterError};
pub use self::needed::simplify_where_needed;
pub use self::readings::readings;
pub use self::script::{Script, Span, script, scripts};

use crate::report::{Edit, Rewrite, Step};
use std::borrow::Cow;
use std::ops::Range;

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
pub fn convert_with_edits(config: Config, text: &str) -> (Cow<'_, str>, Vec<Edit>) {
    let mut edits = Edits::new(text, 1.0);
    config.engine().changes(text, &mut |range, to| edits.replace(range, to));
    edits.finish()
}

/// Edits on their way to a [`Rewrite`]; those that touch become one.
struct Edits<'t> {
    rewrite: Rewrite<'t>,
    confidence: f32,
    range: Range<usize>,
    to: String,
}

impl<'t> Edits<'t> {
    fn new(text: &'t str, confidence: f32) -> Self {
        Edits { rewrite: Rewrite::new(text), confidence, range: 0..0, to: String::new() }
    }

    fn replace(&mut self, range: Range<usize>, to: &str) {
        if self.range.end != range.start {
            self.flush();
            self.range.start = range.start;
        }
        self.range.end = range.end;
        self.to.push_str(to);
    }

    fn flush(&mut self) {
        self.rewrite.replace(self.range.clone(), &self.to, Step::Chinese, self.confidence);
        self.to.clear();
    }

    fn finish(mut self) -> (Cow<'t, str>, Vec<Edit>) {
        self.flush();
        self.rewrite.finish()
    }
}
