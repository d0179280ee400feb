//! Damage that is more than one charset read as another: mojibake that was then written in
//! references or escapes, put into lower case or transliterated; code units cut to a byte;
//! shifts that lost their escape; bytes that had become U+FFFD before they were misread.
//!
//! In comes a text, out come readings of it, each with the [`Layer`] that it undoes: candidates
//! beside those of `layers::undo`, of which the model chooses. A manner finds the *spans* of a
//! text that it explains, and leaves the rest alone, for such damage is seldom all of a line.

mod dots;
mod letters;
mod lossy;
mod shifts;
mod spans;
mod spelled;

use self::spans::{Span, replace};
use super::lattice::{self, Channel, Piece};
use crate::channel::traces::may_be_dotted;
use crate::channel::{Earlier, Layer, Manner, Misreading};
use crate::model::{Bits, model};
use crate::text::characters::beside;
use crate::text::marks::Marks;
use memchr::memmem;
use std::cell::LazyCell;

impl Manner {
    /// Whether a text has what texts in this manner have.
    fn may_be_in(self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let has = |needle: &str| memmem::find(bytes, needle.as_bytes()).is_some();
        match self {
            Manner::Plain | Manner::Parts => false,
            Manner::Html => has("&") && has(";"),
            Manner::Percent => has("%C3%") || has("%E2%") || has("%c3%") || has("%e2%"),
            Manner::Backslash => has("\\u00") || has("\\x"),
            Manner::Flattened => has(letters::TELL_TALE),
            Manner::LowerCase => !text.is_ascii(),
            // C2 begins the C1 controls.
            Manner::LowByte => bytes.iter().any(|b| matches!(b, 0x10..=0x1F | 0xC2)),
            Manner::NoEscape => has("$B") || has("$@"),
            Manner::Replaced => !text.is_ascii(),
            Manner::Dots => may_be_dotted(text),
            Manner::Words => !text.is_ascii(),
            Manner::Surrogates => text.chars().filter(|c| !c.is_ascii()).count() >= 6,
        }
    }

    /// The parts of a text that it explains together with a misreading.
    fn spans(self, misreading: Misreading, text: &str) -> Vec<Span> {
        match self {
            Manner::Plain => Vec::new(),
            Manner::Html => spelled::spans(spelled::HTML, misreading, text),
            Manner::Percent => spelled::spans(spelled::PERCENT, misreading, text),
            Manner::Backslash => spelled::spans(spelled::BACKSLASH, misreading, text),
            Manner::Flattened => letters::flattened(misreading, text),
            Manner::LowerCase => letters::lower_case(misreading, text),
            Manner::LowByte => lossy::low_bytes(text),
            Manner::NoEscape => shifts::no_escape(text),
            Manner::Replaced => lossy::replaced(misreading.read, text),
            Manner::Dots => dots::dots(text),
            Manner::Words => letters::words(misreading, text),
            Manner::Parts => exact_parts(misreading, text),
            Manner::Surrogates => shifts::surrogates(misreading.read, text).into_iter().collect(),
        }
    }
}

/// Whether a line holds what looks like damage of these kinds, so that it deserves a search
/// although it does not look garbled.
///
/// ```
/// use ungarble::search::escapes::may_be_escaped;
/// assert!(may_be_escaped("LeaderaEUR(tm)s log"));
/// assert!(!may_be_escaped("The leader’s log"));
/// assert!(!may_be_escaped("caf&eacute;"));
/// ```
pub fn may_be_escaped(line: &str) -> bool {
    is_escaped(line, Marks::of(line))
}

/// Whether a line with these marks holds what looks like such damage: if it has what escapes begin
/// with, a few searches for what is rare in text, and where one finds something, whether it makes
/// better text.
pub fn is_escaped(line: &str, marks: Marks) -> bool {
    if !marks.may_have_escape() {
        return false;
    }
    let bytes = line.as_bytes();
    let has = |sign: u8| memchr::memchr(sign, bytes).is_some();
    let find = |needle: &[u8]| memmem::find(bytes, needle).is_some();
    let standing = LazyCell::new(|| model().cost_in_full(line, Bits::MAX));
    let spells = |manner: Manner| {
        manner.may_be_in(line)
            && manner.misreadings().iter().any(|&misreading| {
                let spans = explained(manner, misreading, line);
                !spans.is_empty()
                    && model().cost_in_full(&replace(line, &spans), *standing) < *standing
            })
    };
    // A sign is found in a tenth of the time that a row of bytes takes in a short line.
    let by_sign = || {
        has_reference(bytes) && spells(Manner::Html)
            || has(b'%') && spells(Manner::Percent)
            || has(b'\\') && spells(Manner::Backslash)
            || has(b'$') && spells(Manner::NoEscape)
            || has(b'~') && find(b"~{") && !shifts::whole(line).is_empty()
    };
    let by_control = || {
        has(b'\0') && !shifts::whole(line).is_empty()
            || bytes.iter().any(|&b| is_odd_control(b)) && spells(Manner::LowByte)
    };
    marks.has_sign() && by_sign()
        || marks.has_control() && by_control()
        || marks.may_be_flattened() && spells(Manner::Flattened)
}

/// Whether a character reference stands in a line that may be of a character beyond ASCII.
fn has_reference(line: &[u8]) -> bool {
    memchr::memchr_iter(b'&', line).any(|at| {
        let body = line.get(at + 1..).unwrap_or_default();
        let body = body.get(..body.len().min(REFERENCE)).unwrap_or_default();
        let Some(body) = memchr::memchr(b';', body).and_then(|end| body.get(..end)) else {
            return false;
        };
        let plain = [&b"amp"[..], b"lt", b"gt", b"quot", b"apos"].contains(&body)
            || matches!(body, [b'#', b'0'..=b'9'] | [b'#', b'0'..=b'9', b'0'..=b'9']);
        !plain
    })
}

/// Bytes of a reference behind its ampersand.
const REFERENCE: usize = 16;

/// Controls that no text holds; not the escape of terminals.
fn is_odd_control(byte: u8) -> bool {
    matches!(byte, 0 | 0x10..=0x1A | 0x1C..=0x1F)
}

/// All steps in a manner other than plain.
pub fn steps() -> impl Iterator<Item = Layer> {
    let step = |manner| move |&misreading: &Misreading| Layer { misreading, manner };
    Manner::all().flat_map(move |manner| manner.misreadings().iter().map(step(manner)))
}

/// Readings of a text one step back; `last` if nothing has been undone in it yet.
pub fn candidates(text: &str, last: bool) -> Vec<Earlier> {
    let mut out: Vec<Earlier> = if last { shifts::whole(text) } else { Vec::new() };
    // What has been escaped or put into lower case is not misread again.
    for manner in Manner::all().filter(|&m| (last || m == Manner::Surrogates) && m.may_be_in(text))
    {
        for &misreading in manner.misreadings() {
            let spans = explained(manner, misreading, text);
            let meant = replace(text, &spans);
            if !spans.is_empty() && !out.iter().any(|undone| undone.text == meant) {
                out.push(Earlier { text: meant, step: Layer { misreading, manner } });
            }
        }
    }
    out
}

/// The parts of a text that a manner and a misreading explain; none where what is spelled
/// there is the subject of the text, not in its letters.
fn explained(manner: Manner, misreading: Misreading, text: &str) -> Vec<Span> {
    let spans = manner.spans(misreading, text);
    let is_subject = match manner {
        Manner::Html | Manner::Percent | Manner::Backslash => {
            let is_meant =
                |span: &Span| belongs(span, text) || manner == Manner::Html && is_word(&span.meant);
            !spans.iter().any(is_meant)
                || manner == Manner::Percent && text.contains("://")
                || manner == Manner::Backslash && has_byte_literal(text)
        }
        _ => false,
    };
    if is_subject { Vec::new() } else { spans }
}

/// Whether bytes are spelled between quotes, which is how programs spell UTF-8.
fn has_byte_literal(text: &str) -> bool {
    text.contains("\\x") && text.contains(['"', '\'', '`'])
}

/// Undoes a step in this manner; `None` where nothing in the text comes from it.
pub fn undo(manner: Manner, misreading: Misreading, text: &str) -> Option<String> {
    let spans = manner.spans(misreading, text);
    (!spans.is_empty()).then(|| replace(text, &spans))
}

/// What becomes of intact text in this manner; `None` where nothing would, or where the
/// misreading has no character for a byte.
pub fn garble(manner: Manner, misreading: Misreading, text: &str) -> Option<String> {
    match manner {
        Manner::Plain | Manner::Words | Manner::Parts => misreading.garble(text),
        Manner::Html => spelled::spell(spelled::HTML, misreading, text),
        Manner::Percent => spelled::spell(spelled::PERCENT, misreading, text),
        Manner::Backslash => spelled::spell(spelled::BACKSLASH, misreading, text),
        Manner::Flattened => misreading.garble(text).map(|text| letters::flatten(&text)),
        Manner::LowerCase => misreading.garble(text).map(|text| text.to_lowercase()),
        Manner::LowByte => {
            Some(text.encode_utf16().map(|unit| char::from(unit.to_le_bytes()[0])).collect())
        }
        Manner::NoEscape => misreading.garble(text).map(|text| text.replace('\u{1B}', "")),
        Manner::Replaced => lossy::replace_bytes(misreading, text),
        Manner::Dots => Some(dots::write_dots(text)),
        Manner::Surrogates => shifts::write_surrogates(misreading.read, text),
    }
}

/// The parts that the lattice finds well-formed and better text.
fn exact_parts(misreading: Misreading, text: &str) -> Vec<Span> {
    let pieces = lattice::decode_exact(text, &Channel::new(misreading)).map(|path| path.pieces);
    let changed = pieces.into_iter().flatten().filter(|piece| !piece.intact);
    let span = |piece: Piece| Span {
        source: piece.source,
        meant: piece.text.into_iter().flatten().collect(),
    };
    changed.map(span).collect()
}

/// Whether letters beyond ASCII make a word by themselves: an example shows one.
fn is_word(text: &str) -> bool {
    text.chars().filter(|&c| !c.is_ascii() && c.is_alphabetic()).nth(1).is_some()
}

/// Whether a span is part of a word, or, as a punctuation mark, part of a sentence.
fn belongs(span: &Span, text: &str) -> bool {
    let both = beside(text, span.source.clone());
    let is_mark = span.meant.chars().all(|c| matches!(c, '\u{2010}'..='\u{2027}'));
    both.iter().flatten().any(|c| c.is_alphanumeric())
        || is_mark && both.iter().all(|c| c.is_some_and(char::is_whitespace))
}

#[cfg(test)]
mod tests;
