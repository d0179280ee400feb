//! The noisy channel: undoes misreadings.
//!
//! Garbled text is what is left of a true text after *encode as E, lose or add
//! bytes, decode as D*, once or several times. A plan says which charsets and
//! which losses; identity is a plan like any other. Every plan has a cost in
//! bits, and so has every text ([`crate::model`]); the plan with the smallest sum
//! is the likeliest, and the difference to the next is the margin that the
//! confidence is made of.

// What is known of an answer: passes over a line, what they change, how sure they are; and
// what the lines before have shown.
pub mod confidence;
mod evidence;
mod found;
mod pass;
mod weights;

// What a text costs as it stands, and what speaks against a change beside the model.
mod few;
mod lonely;
mod standing;

// Ways back: bytes that were lost, manners, whole steps.
pub mod escapes;
pub mod lattice;
mod steps;

// A line: as a whole, in parts, by the habit of its document; and whichever is best.
mod habit;
mod layers;
mod line;
mod parts;

// Beside the search: other readings, and what is known already.
pub mod alternatives;
pub mod given;
pub mod learn;
pub(crate) mod replay;

pub use self::alternatives::Alternative;
pub use self::confidence::Signs;
pub use self::evidence::Evidence;
pub use self::found::{Found, changes, plain_changes};
pub use self::habit::{by_habit, in_the_light_of_all, is_beyond_habit};
pub use self::layers::{Reading, readings};
pub use self::line::repair;
pub use self::pass::{Change, Inferred, Pass, Undone};
