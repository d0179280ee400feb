//! The search: what happened to a line, and what the line was.
//!
//! Garbled text is what is left of a true text after *encode as E, lose or add
//! bytes, decode as D*, once or several times. A plan says which charsets and
//! which losses; identity is a plan like any other. Every plan has a cost in
//! bits ([`crate::channel`]), and so has every text ([`crate::model`]); the plan with the
//! smallest sum is the likeliest, and the difference to the next is the margin that the
//! confidence is made of.
//!
//! In comes a line that deserves a search ([`crate::suspect`]), out comes what was found: passes
//! over the line, each of which undoes one thing, and how sure the answer is.
//! A line is tried by the habit of its document (`habit`), as a whole (`layers`) and in parts
//! (`parts`), and again while damage is left (`line`).

// What the ways to an answer have in common: passes over a line, how sure they are, and what
// the lines before have shown.
pub mod confidence;
mod evidence;
mod found;
mod pass;
mod weights;

// What a text costs as it stands, and what speaks against a change beside the model.
mod few;
mod lonely;
mod standing;

// How a step is undone: bytes that were lost, what more became of a text, chains of steps.
pub mod escapes;
pub mod lattice;
mod steps;

// A line: as its document was garbled, as a whole, in parts; and whichever is best.
mod habit;
mod layers;
mod line;
mod parts;

// Without a search: other readings, what is known already, what a pair of texts teaches.
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
