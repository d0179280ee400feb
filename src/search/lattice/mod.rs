//! The byte lattice: undoes a misreading where bytes were lost, added or changed,
//! and where only part of the text is garbled.
//!
//! A garbled character stands for every byte string that its reading could have
//! come from (`edges`); these are edges from its place in the text to the
//! next. Along the edges the bytes are decoded as the charset they were written
//! in (`fill`); a byte that is not known may be any of a set (`sets`, `complete`). A beam
//! search with the language model finds the path that costs least (`search`).
//! Characters may also pass as they are: that is how a garbled span in an intact
//! line is found. Text that is read in its own charset and out of step has more ways to
//! go on (`slip`).
//!
//! Work is bounded: at each place a fixed number of hypotheses live, each of which tries
//! a fixed number of characters where bytes are unknown.

// Bytes, known and unknown, and the characters that they may be.
mod complete;
mod edges;
mod letters;
mod sets;
mod slots;

// Where a path stands, and what is known of text out of step.
mod beam;
mod guesses;
mod notes;
mod path;
mod step;

// The search: from place to place, byte by byte, and where text is intact or out of step.
mod alone;
mod fill;
mod search;
mod slip;

// What comes of it.
mod infer;
mod standing;

pub use self::complete::common;
pub use self::edges::Channel;
pub use self::infer::{CERTAIN, CERTAIN_BLIND};
pub use self::path::{Path, Piece};
pub use self::standing::standing_cost;

use self::letters::Strangeness;
use self::search::Search;

/// Finds the best path of `text` through a channel; `None` if all bytes are as they were.
pub fn decode(text: &str, channel: &Channel) -> Option<Path> {
    best_path(Search::new(text, channel), None)
}

/// Finds the best path, if it may come near another path of the same text, by another channel.
pub fn decode_beside(text: &str, channel: &Channel, other: &Path) -> Option<Path> {
    best_path(Search::new(text, channel), Some(other))
}

/// Finds the best path where no byte was lost or changed: only what is well-formed is read.
pub fn decode_exact(text: &str, channel: &Channel) -> Option<Path> {
    best_path(Search::new(text, channel).exact(), None)
}

/// Finds the best path with fewer hypotheses at a place, for text of which the misreading is known.
pub fn decode_narrow(text: &str, channel: &Channel) -> Option<Path> {
    best_path(Search::new(text, channel).narrow(), None)
}

fn best_path(mut search: Search, other: Option<&Path>) -> Option<Path> {
    let channel = search.channel;
    let folded = channel.is_out_of_step() && step::is_folded(&search.chars);
    let mut edges = channel.edges(&search.chars, folded);
    if search.exact {
        edges.retain_exact();
    }
    let known = search.known(&edges);
    search.strangeness = Strangeness::of(known);
    let mut so_far = Vec::with_capacity(search.chars.len());
    for at in 0..search.chars.len() {
        search.advance(at, edges.of(at));
        let least = search.now.iter().map(|h| h.cost).min();
        if other.is_some_and(|other| least.is_some_and(|least| other.is_far_ahead(at, least))) {
            return None;
        }
        so_far.push(least.unwrap_or_default());
    }
    let (cost, last) = search.finish()?;
    let mut path = Path { pieces: search.trace(last), cost, so_far };
    if path.pieces.iter().all(|piece| piece.intact) {
        return None;
    }
    infer::certainties(&mut path, &search.completer, &search.strangeness);
    if folded {
        step::fold(&mut path.pieces);
    }
    Some(path)
}
