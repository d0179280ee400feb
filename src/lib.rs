//! Turns damaged text back into the text that was meant, and says how sure it is.
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::todo,
        clippy::unimplemented,
        clippy::indexing_slicing
    )
)]

pub mod charset;
#[cfg(feature = "chinese")]
pub mod chinese;
pub mod decode;
mod error;
#[doc(hidden)]
pub mod model;
pub mod normalize;
mod options;
mod pipeline;
mod plan;
pub mod report;
#[doc(hidden)]
pub mod search;
#[doc(hidden)]
pub mod suspect;

pub use crate::decode::{Decoded, Decoder, decode};
pub use crate::error::{Error, ErrorKind};
pub use crate::options::{ChineseMode, Options};
pub use crate::pipeline::Answer;
pub use crate::plan::{LineRepair, Plan, Undone};
pub use crate::search::{Chain, Misreading};

/// Undoes damage, and nothing else: see [`Options::repair`].
pub fn repair(text: &str) -> Answer<'_> {
    Options::repair().text(text)
}

/// Undoes damage, normalizes, and converts Traditional Chinese where needed: see [`Options::clean`].
pub fn clean(text: &str) -> Answer<'_> {
    Options::clean().text(text)
}

/// Finds the charset of bytes, decodes them, and cleans the text.
pub fn clean_bytes(bytes: &[u8]) -> Answer<'_> {
    Options::clean().bytes(bytes)
}
