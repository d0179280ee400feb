//! What a text costs as it stands, by the measure of the lattice: what the lattice charges
//! beside the language model is charged here, too, so that both can be compared.

use super::beam::Nesting;
pub use crate::characters::is_c1;
use crate::model::{BIT, Bits, model};

/// How much less likely a C1 control is to be meant than texts have it, garbled as they are.
const CONTROL: Bits = 10 * BIT;

/// By how much a character is less likely to be meant than texts have it.
pub fn control_cost(c: char) -> Bits {
    if is_c1(c) { CONTROL } else { 0 }
}

/// By how much two blanks are less likely than one; looked for where the first may have been
/// a no-break space.
pub const DOUBLED: Bits = 5 * BIT;

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
