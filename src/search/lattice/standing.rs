//! What a text costs as it stands, by the measure of the lattice: what the lattice charges
//! beside the language model is charged here, too, so that both can be compared.

use super::beam::Nesting;
use crate::channel::traces::{DOUBLED, control_cost};
use crate::model::{Bits, model};

/// What a character costs too little where another stands before it, and one behind it.
pub(super) fn undercharge(before: Option<char>, c: char, next: Option<char>) -> Bits {
    let doubled = c == ' ' && next == Some(' ') && before.is_some_and(|c| !c.is_ascii());
    control_cost(c) + if doubled { DOUBLED } else { 0 }
}

/// The cost of a text as it stands, to be compared with [`Path::cost`](super::Path::cost).
pub fn standing_cost(text: &str) -> Bits {
    let mut before = None;
    let mut chars = text.chars().peekable();
    let mut extra = 0;
    while let Some(c) = chars.next() {
        extra += undercharge(before.replace(c), c, chars.peek().copied());
    }
    model().cost(text) + text.chars().fold(Nesting::default(), Nesting::after).cost() + extra
}
