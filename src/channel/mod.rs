//! The noisy channel: what can have happened to a text before it came.
//!
//! Text is written in one charset and read in another, a [`Misreading`]; what was read may have
//! been escaped or cut besides, its [`Manner`]; both are a [`Layer`], and several a [`Chain`].
//! Here these are named, read from text and written as text, and priced: how often charsets
//! are written and misread (`prior`), what a caller knows ([`hints`]), whether letters
//! are of the language that the rest is in ([`language`]), what shows in a text without a
//! search ([`traces`]).
//!
//! Beneath are the charsets and the model. Above are the scan ([`crate::suspect`]), which asks
//! whether any of this explains what looks odd, and the search ([`crate::search`]), which asks
//! which of it was.

mod chain;
pub mod hints;
pub mod language;
mod manner;
mod misreading;
mod prior;
mod sides;
pub mod traces;

pub use self::chain::{Chain, Earlier, Layer};
pub use self::manner::Manner;
pub use self::misreading::{Misreading, same_bytes};
pub use self::prior::GARBLED;
pub use self::sides::{UNREAD, byte_costs, letters_cost, sides};

#[cfg(feature = "serde")]
crate::serial::as_text!(Misreading, Manner, Layer, Chain, hints::Kind);
