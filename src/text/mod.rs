//! Text by its characters and bytes, as far as several stages look at it in one way.
//!
//! Most text is in order, and of most of it nothing else is asked than this.

pub mod blocks;
pub mod characters;
pub mod lines;
pub mod marks;
