//! The comma or the cedilla below the Romanian `ș` and `ț`.
//!
//! ISO 8859-16 has commas at the bytes where windows-1250 and ISO 8859-2 have cedillas, so that nothing but
//! the habit of the writer tells the two readings apart. In: a reading. Out: bits for what it tells of habit.

use crate::model::{BIT, Bits};

/// The letter of the other habit.
pub(super) fn other_habit(c: char) -> Option<char> {
    match c {
        'Ş' => Some('Ș'),
        'ş' => Some('ș'),
        'Ţ' => Some('Ț'),
        'ţ' => Some('ț'),
        'Ș' => Some('Ş'),
        'ș' => Some('ş'),
        'Ț' => Some('Ţ'),
        'ț' => Some('ţ'),
        _ => None,
    }
}

/// Whether the text has a letter with a comma below.
pub(super) fn has_commas(text: &str) -> bool {
    text.contains(['ș', 'ț', 'Ș', 'Ț'])
}

/// That a text has cedillas: one in fifteen Romanian lines of the training text has.
const CEDILLAS: Bits = 4 * BIT;
/// That a word lacks its marks where others have commas: ten times as rare as beside cedillas, for whoever
/// takes care of the one takes care of the other.
const BARE: Bits = 3 * BIT;
/// Frequent words that are often left without their marks and are no other words then.
const BARE_WORDS: [&str; 7] = ["si", "in", "isi", "intr", "dupa", "fara", "catre"];

/// What the writer's habit costs, where the text is Romanian and reads either way.
pub(super) fn habit(text: &str) -> Bits {
    if text.contains(['ţ', 'Ţ', 'ş', 'Ş']) {
        return CEDILLAS;
    }
    if !has_commas(text) {
        return 0;
    }
    let words = text.split(|c: char| !c.is_alphabetic());
    let is_bare = |word: &&str| BARE_WORDS.iter().any(|bare| word.eq_ignore_ascii_case(bare));
    BARE.saturating_mul(words.filter(is_bare).count() as Bits)
}
