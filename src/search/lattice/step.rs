//! What is known of double-byte text that may be out of step, before it is searched: where
//! something odd follows, what may have gone with a lost byte, annotations, folded forms.

use super::notes::{self, Note};
use super::path::Piece;
use crate::channel::traces::swallowed_blanks;
use crate::model::{BIT, Bits, State, is_wide, model};

/// A character that text out of step is full of: by itself, and behind what stands
/// before it.
const RARE: Bits = 15 * BIT;
const SURPRISING: Bits = 14 * BIT;
/// How far ahead of it the text may have fallen out of step.
const AHEAD: usize = 4;

/// What is known about a text that may be out of step.
pub struct Steps {
    /// Whether it may have fallen out of step at each character: something odd follows soon.
    pub odd: Vec<bool>,
    /// Where question marks in the text may have taken a blank along.
    pub swallowed: Vec<usize>,
    /// The annotation that begins at each character.
    notes: Vec<Option<Note>>,
    /// Whether there are annotations.
    pub annotated: bool,
}

impl Steps {
    pub fn new(text: &str, chars: &[(usize, char)]) -> Self {
        let note = |&(at, _): &(usize, char)| notes::note(text.get(at..)?);
        let notes: Vec<Option<Note>> = chars.iter().map(note).collect();
        let annotated = notes.iter().any(Option::is_some);
        Steps { odd: odd(chars), swallowed: swallowed_blanks(text).collect(), annotated, notes }
    }

    pub fn note(&self, at: usize) -> Option<&Note> {
        self.notes.get(at)?.as_ref()
    }
}

/// For each character, whether it or one of the next few is one that text out of
/// step is full of: rare, or put in the place of bytes that made no character.
fn odd(chars: &[(usize, char)]) -> Vec<bool> {
    let mut state = State::default();
    let mut odd: Vec<bool> = chars
        .iter()
        .map(|&(_, c)| {
            let cost = model().step(&mut state, c);
            matches!(c, '?' | '\u{FFFD}')
                || cost >= SURPRISING
                || !c.is_ascii() && model().anywhere(c) >= RARE
        })
        .collect();
    let mut last = None;
    for (at, odd) in odd.iter_mut().enumerate().rev() {
        if *odd {
            last = Some(at);
        }
        *odd = last.is_some_and(|last| last < at + AHEAD);
    }
    odd
}

/// Whether the full-width forms of a text have been folded to ASCII: it has none, and
/// ASCII punctuation right behind its wide characters or before them.
pub fn is_folded(chars: &[(usize, char)]) -> bool {
    let form = |&(_, c): &(usize, char)| matches!(c, '！'..='～');
    let folded = |pair: &[(usize, char)]| match *pair {
        [(_, before), (_, ',' | ':' | ';' | '!' | '(')] if is_wide(before) => true,
        [(_, ',' | ':' | ';' | '!'), (_, behind)] => is_wide(behind),
        _ => false,
    };
    !chars.iter().any(form) && chars.windows(2).any(folded)
}

/// Folds the full-width forms of what was recovered.
pub fn fold(pieces: &mut [Piece]) {
    for piece in pieces.iter_mut().filter(|piece| !piece.intact) {
        for c in piece.text.iter_mut().flatten() {
            if let Some(narrow) = char::from_u32((*c as u32).wrapping_sub(0xFEE0))
                && matches!(narrow, '!'..='~')
            {
                *c = narrow;
            }
        }
    }
}
