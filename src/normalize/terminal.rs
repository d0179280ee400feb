//! Terminal escapes: colours, cursor moves, window titles. Text in and out; the
//! sequences of ECMA-48 that begin with ESC `[`, the titles of xterm (ESC `]`
//! number `;` … BEL or ESC `\`), and ESC `7`, `8`, `=`, `>` and `(B` go.
//!
//! As in a terminal, an ESC inside a sequence ends it, so that what is left never
//! makes a new sequence: the step is idempotent and reads each byte once.
//! Other ESCs are left to the step `control-characters`.

use super::Changed;
use super::writer::joined;
use memchr::{memchr, memmem};

pub(super) const NAME: &str = "terminal-escapes";
const ESC: u8 = 0x1B;
const BEL: u8 = 0x07;

pub(super) fn apply(text: &str) -> Changed<'_> {
    let bytes = text.as_bytes();
    let mut writer = joined(text, NAME);
    // In ISO-2022 text, ESC ( B is a change of charset and no terminal's.
    let iso_2022 = memmem::find(bytes, b"\x1B$").is_some();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(ESC, rest)) {
        let start = at + found;
        at = start + sequence(bytes.get(start + 1..).unwrap_or_default(), iso_2022) + 1;
        if at > start + 1 || bytes.get(at) == Some(&ESC) {
            writer.remove(start..at);
        }
    }
    writer.finish()
}

/// Bytes of the sequence after its ESC; 0 where there is none.
fn sequence(rest: &[u8], iso_2022: bool) -> usize {
    match rest {
        [b'7' | b'8' | b'=' | b'>', ..] => 1,
        [b'(', b'B', ..] if !iso_2022 => 2,
        [b'[', rest @ ..] => {
            // Parameters and intermediates, then the final byte.
            let inner = rest.iter().take_while(|b| (0x20..=0x3F).contains(*b)).count();
            match rest.get(inner) {
                Some(0x40..=0x7E) => inner + 2,
                Some(&ESC) => inner + 1,
                _ => 0,
            }
        }
        [b']', rest @ ..] => {
            let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
            match rest.get(digits) {
                Some(b';') if digits > 0 => digits + 2 + title(rest.get(digits + 1..)),
                Some(&ESC) => digits + 1,
                _ => 0,
            }
        }
        _ => 0,
    }
}

/// Bytes of a title with its end; 0 where the end is missing, since then it may
/// be text. It stops at the next ESC, so no byte is read twice.
fn title(rest: Option<&[u8]>) -> usize {
    let rest = rest.unwrap_or_default();
    let length = rest.iter().take_while(|b| !matches!(**b, ESC | BEL | b'\n' | b'\r')).count();
    match rest.get(length..) {
        Some([BEL, ..]) => length + 1,
        Some([ESC, b'\\', ..]) => length + 2,
        _ => 0,
    }
}
