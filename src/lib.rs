#![doc = include_str!("../README.md")]
//! # How the pieces fit
//!
//! Text that went wrong was *written* in one charset and *read* in another: a
//! [`Misreading`]. Several in a row are a [`Chain`]. Both run in either direction, and both
//! are written as text:
//!
//! ```
//! use ungarble::Chain;
//!
//! let chain: Chain = "UTF-8>windows-1252".parse()?;
//! assert_eq!(chain.garble("naïve").as_deref(), Some("naÃ¯ve"));
//! assert_eq!(chain.undo("naÃ¯ve").as_deref(), Some("naïve"));
//! # Ok::<(), ungarble::Error>(())
//! ```
//!
//! What is not known is which chain it was, and where bytes were lost. [`repair`] looks for
//! the chain that makes the likeliest text, by a language model that is part of the crate.
//! Its [`Answer`] says what it did and how sure it is; each [`Edit`](report::Edit) has its
//! place before and after, in bytes:
//!
//! ```
//! let answer = ungarble::repair("Plan for the fÃªte");
//! assert_eq!(answer.text, "Plan for the fête");
//! assert_eq!(answer.edits[0].source, 14..18);
//! assert_eq!(answer.edits[0].output, 14..16);
//! assert!((0.0..=1.0).contains(&answer.confidence));
//! ```
//!
//! Intact text comes back borrowed, and costs one pass:
//!
//! ```
//! use std::borrow::Cow;
//!
//! let answer = ungarble::repair("Á é í ó ú: nothing is wrong here.");
//! assert!(matches!(answer.text, Cow::Borrowed(_)));
//! assert!(!answer.is_changed());
//! ```
//!
//! The [`Plan`] of an answer does the same again without a search, and its
//! [`chains`](Plan::chains) undo the same damage in other text of the same source; so does
//! [`Plan::undo`], line by line. [`learn_plan`] makes a plan from a pair of texts:
//!
//! ```
//! let answer = ungarble::repair("РџСЂРёРІРµС‚, РјРёСЂ");
//! assert_eq!(answer.text, "Привет, мир");
//! let chain = &answer.plan.chains()[0];
//! assert_eq!(chain.to_string(), "UTF-8>windows-1251");
//! assert_eq!(chain.undo("РґР°").as_deref(), Some("да"));
//! ```
//!
//! [`clean`] goes on with [`normalize`] and, where a part of the text is Chinese, with
//! [`chinese`](Options::chinese). Bytes go through [`decode`](mod@decode) first. [`Options`]
//! is the way to all switches:
//!
//! ```
//! use ungarble::Options;
//! use ungarble::normalize::{Normalization, Switch};
//!
//! let options = Options::clean()
//!     .normalization(Normalization::safe().with(Switch::Quotes))
//!     .min_confidence(0.5);
//! assert_eq!(options.text("“FÃ¼r alle GÃ¤ste”").text, "\"Für alle Gäste\"");
//! ```
//!
//! | module | what goes in and what comes out |
//! | --- | --- |
//! | [`charset`] | bytes to text and text to all bytes that it may stand for, in each charset |
//! | [`decode`](mod@decode) | bytes to text: which charset, and how sure |
//! | [`normalize`] | text to text, by rules |
//! | `chinese` | text to text between Chinese scripts; which script a text is in |
//! | [`report`] | the edits that lead from one text to another |
//!
//! Beneath them, not for use from outside: `model` says how many bits a text costs, `channel`
//! what can have happened to it, `suspect` which lines deserve a search, `search` does it.
//! `DESIGN.md` says why.
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

#[doc(hidden)]
pub mod channel;
pub mod charset;
#[cfg(feature = "chinese")]
pub mod chinese;
pub mod decode;
mod error;
#[doc(hidden)]
pub mod model;
pub mod normalize;
mod pipeline;
pub mod report;
#[doc(hidden)]
pub mod search;
#[cfg(feature = "serde")]
mod serial;
#[doc(hidden)]
pub mod suspect;
mod text;

pub use crate::channel::hints::Kind;
pub use crate::channel::{Chain, Layer, Manner, Misreading};
pub use crate::decode::{Decoded, Decoder, decode};
pub use crate::error::{Error, ErrorKind};
pub use crate::pipeline::{
    Answer, ChineseMode, LineRepair, Options, Plan, Repairer, Round, learn_plan,
};
pub use crate::search::{Alternative, Undone};

/// Undoes damage, and nothing else: see [`Options::repair`].
///
/// ```
/// assert_eq!(ungarble::repair("La clÃ© est lÃ .").text, "La clé est là.");
/// assert_eq!(ungarble::repair("“Ça va…”").text, "“Ça va…”");
/// ```
pub fn repair(text: &str) -> Answer<'_> {
    Options::repair().text(text)
}

/// Undoes damage, normalizes, and converts Traditional Chinese where needed: see [`Options::clean`].
///
/// ```
/// assert_eq!(ungarble::clean("La cle\u{301} est lÃ .\u{7}").text, "La clé est là.");
/// ```
pub fn clean(text: &str) -> Answer<'_> {
    Options::clean().text(text)
}

/// [`repair`], and what its confidence is made of: for the trainer, which fits it.
#[doc(hidden)]
pub fn repair_with_signs(text: &str) -> (Answer<'_>, search::Signs) {
    pipeline::with_signs(&Options::repair(), text, &mut search::Evidence::default())
}

/// Finds the charset of bytes, decodes them, and cleans the text.
///
/// ```
/// let answer = ungarble::clean_bytes(b"\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0!");
/// assert_eq!(answer.text, "Привет, мир!");
/// assert_eq!(answer.charset, Some("windows-1251"));
/// ```
pub fn clean_bytes(bytes: &[u8]) -> Answer<'_> {
    Options::clean().bytes(bytes)
}
