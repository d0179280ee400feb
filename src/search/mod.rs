//! The noisy channel: undoes misreadings.
//!
//! Garbled text is what is left of a true text after *encode as E, lose or add
//! bytes, decode as D*, once or several times. A plan says which charsets and
//! which losses; identity is a plan like any other. Every plan has a cost in
//! bits, and so has every text ([`crate::model`]); the plan with the smallest sum
//! is the likeliest, and the difference to the next is the margin that the
//! confidence is made of.

mod alike;
pub mod alternatives;
mod change;
pub mod confidence;
pub mod escapes;
mod evidence;
mod few;
pub mod given;
mod habit;
pub mod lattice;
mod layers;
pub mod learn;
mod line;
mod lonely;
mod parts;
mod steps;
mod suggest;
mod undo;
pub(crate) mod undone;
mod weights;

pub use self::alternatives::Alternative;
pub use self::change::{Change, Inferred};
pub use self::confidence::Signs;
pub use self::evidence::Evidence;
pub use self::habit::{by_habit, in_the_light_of_all, is_beyond_habit};
pub use self::layers::{Reading, readings};
pub use self::line::{Found, Pass, changes, plain_changes, repair};
pub use self::undone::Undone;
