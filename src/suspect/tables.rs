//! How the tables of the scan stand in `suspect.bin`, one behind the other, as the trainer writes
//! them: the ratios of pairs and of letters, those of costs, and the classes of characters.

use crate::model::layout::HEADER;

/// Classes of the tables; class 0 is a blank, a control of ASCII, or the edge of a text.
pub const COUNT: usize = 512;
/// Classes that remember each other across ASCII.
pub const LETTERS: usize = 256;

/// Places of the table of pairs, and of that of letters.
pub const PAIRS: usize = COUNT * COUNT;
pub const PAIRS_OF_LETTERS: usize = LETTERS * LETTERS;
/// Costs under the model are told apart in steps of two bits, up to this many.
pub const BINS: usize = 16;

/// The file.
pub static BLOB: &[u8] = include_bytes!("suspect.bin");
/// Where the tables begin that follow those of the scan.
pub const COSTS: usize = HEADER + PAIRS + PAIRS_OF_LETTERS;
/// Where the classes begin.
pub const CLASSES: usize = COSTS + COUNT * BINS;
