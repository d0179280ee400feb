//! What the tables and the trainer that writes them must agree on: `tables.rs` and `latin.rs` say
//! what comes where.

/// Bytes of text before the tables of a file.
pub const HEADER: usize = 1024;
/// Units of 16 bits of a line of n-grams, and n-grams that it holds.
pub const UNITS: usize = 32;
pub const ENTRIES: usize = 21;

/// The symbol of blanks, line ends and the edges of a text.
pub const BLANK: u16 = 0;
/// The symbol of U+FFFD.
pub const REPLACEMENT: u16 = 3;
/// Neutral characters (blanks, digits, punctuation) have a symbol for each script that the last
/// letter was of, so that the language is not lost at a comma: these are below this, and this
/// apart.
pub const NEUTRAL: u16 = 128;

/// Scripts that neutral characters tell apart: Latin (and none), Cyrillic, CJK, others.
pub const SCRIPTS: u16 = 4;
/// Symbols from here on are of one character, folded; those below are shared by characters too
/// rare for one of their own.
pub const FIRST_OWN: u16 = 16;
/// Symbols from the first on are of letters and rare signs, from the second of Han, kana and Hangul.
pub const FIRST_LETTER: u16 = NEUTRAL * SCRIPTS;
pub const FIRST_CJK: u16 = 2048;
/// Scripts of letters, and that of Latin ones in a text that had characters of CJK.
const LATIN: u8 = 0;
const CJK: u8 = 2;
const LATIN_IN_CJK: u8 = 4;
/// The script of what is no letter.
pub const NO_SCRIPT: u8 = 4;
/// The symbol that stands for a word of Latin letters before a character of CJK, by whether there
/// were others before.
const WORD: u16 = 15;

/// The script of what comes next, behind a letter of this script that stood in that one.
#[inline]
pub fn next_script(before: u8, letter: u8) -> u8 {
    match (before, letter) {
        (CJK | LATIN_IN_CJK, LATIN) => LATIN_IN_CJK,
        _ => letter,
    }
}

/// The symbol of a neutral character in a script.
#[inline]
pub fn neutral(symbol: u16, script: u8) -> u16 {
    let script = if script == LATIN_IN_CJK { LATIN } else { script };
    symbol + NEUTRAL * u16::from(script)
}

/// What a character of CJK sees of Latin letters, and what stands behind them, in this script: one
/// symbol. Which letters these are says nothing of it, and much of any other that would stand there
/// instead.
///
/// `next` is the symbol of the character, and `last` are the last ones, the newest first. A letter
/// that stands alone is seen as it is: in text out of step there are many. So is a word in a text
/// that had no character of CJK, but by punctuation: other characters are seldom the first there.
#[inline]
pub fn before_cjk(script: u8, last: [u16; 3], next: u16) -> Option<u16> {
    let is_letter = |symbol| (FIRST_LETTER..FIRST_CJK).contains(&symbol);
    let is_mark = (FIRST_OWN..NEUTRAL).contains(&next);
    match (script, last) {
        (LATIN, [a, ..]) if is_mark && is_letter(a) => Some(neutral(WORD, LATIN)),
        (LATIN_IN_CJK, [a, b, _]) if is_letter(a) && (is_mark || is_letter(b)) => {
            Some(neutral(WORD, CJK))
        }
        (LATIN_IN_CJK, [last, a, b]) if last < NEUTRAL && is_letter(a) && is_letter(b) => {
            Some(neutral(last, CJK))
        }
        _ => None,
    }
}

/// Whether a symbol stands for a word, and for no character.
pub fn is_word(symbol: u16) -> bool {
    symbol < FIRST_LETTER && symbol % NEUTRAL == WORD
}

/// Whether a symbol is a blank, after letters of whatever script.
pub fn is_blank(symbol: u16) -> bool {
    symbol < FIRST_LETTER && symbol % NEUTRAL == BLANK
}

/// The hash of an n-gram, extended by an older symbol.
#[inline]
pub fn extend(hash: u64, symbol: u16) -> u64 {
    let mixed =
        (hash ^ u64::from(symbol) ^ 0x9E37_79B9_7F4A_7C15).wrapping_mul(0xD6E8_FEB8_6659_FD93);
    mixed ^ mixed >> 32
}
