//! Hypotheses at one place of the lattice, and which of them live.

use super::edges::Taken;
use super::path::Text;
use super::slots::Pending;
use crate::model::{BIT, Bits, State};

/// A quote or bracket that is opened and not closed, or closed and not opened.
pub const UNPAIRED: Bits = 6 * BIT;

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Start,
    Intact,
    Garbled,
}

/// What the text up to some place may have been.
#[derive(Clone, Copy)]
pub struct Hypothesis {
    /// Bytes of a character that is not finished.
    pub pending: Pending,
    /// Where they began.
    pub since: u32,
    pub state: State,
    pub mode: Mode,
    /// What the decoder took of bytes that it could not read.
    pub manner: Option<Taken>,
    pub cost: Bits,
    /// The last piece in the arena; `u32::MAX` for none.
    pub piece: u32,
    /// The last byte, if it is known.
    pub last: Option<u8>,
    /// Quotes and brackets that were opened and not closed.
    pub open: Nesting,
}

impl Hypothesis {
    pub fn start() -> Self {
        Hypothesis {
            pending: Pending::default(),
            since: 0,
            state: State::default(),
            mode: Mode::Start,
            manner: None,
            cost: 0,
            piece: u32::MAX,
            last: None,
            open: Nesting::default(),
        }
    }

    /// Equal for hypotheses that go on alike.
    fn key(&self) -> u64 {
        let [a, b, c, d] = self.open.0.map(|open| u64::from(open as u8));
        let flags = a | b << 8 | c << 16 | d << 24 | (self.mode as u64) << 32;
        let all = self.pending.bits() ^ flags.rotate_left(7).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        self.state.key() ^ (all ^ all >> 29).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// Keeps the best hypotheses, one for each way to go on: at most `width`, and none that
/// costs more than the best and `spread`.
pub fn prune(hypotheses: &mut Vec<Hypothesis>, width: usize, spread: Bits) {
    let least = hypotheses.iter().map(|h| h.cost).min().unwrap_or(0);
    hypotheses.retain(|h| h.cost <= least.saturating_add(spread));
    hypotheses.sort_unstable_by_key(|h| (h.cost, h.piece));
    let mut keys: Vec<u64> = Vec::with_capacity(width);
    hypotheses.retain(|h| {
        let key = h.key();
        let lives = keys.len() < width && !keys.contains(&key);
        if lives {
            keys.push(key);
        }
        lives
    });
}

/// How many quotes and brackets are open: low quotes, curly quotes, corner brackets, others.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Nesting([i8; 4]);

impl Nesting {
    pub fn after(self, c: char) -> Self {
        let [low, curly, corner, other] = self.0;
        let (up, down) = (|n: i8| n.saturating_add(1), |n: i8| n.saturating_sub(1));
        Nesting(match c {
            '„' => [up(low), curly, corner, other],
            // Either closes a low one, each in some languages.
            '“' | '”' if low > 0 => [down(low), curly, corner, other],
            '“' => [low, up(curly), corner, other],
            '”' => [low, down(curly), corner, other],
            '「' | '『' => [low, curly, up(corner), other],
            '」' | '』' => [low, curly, down(corner), other],
            '《' | '（' | '【' => [low, curly, corner, up(other)],
            '》' | '）' | '】' => [low, curly, corner, down(other)],
            _ => self.0,
        })
    }

    pub fn after_text(self, text: Text) -> Self {
        text.into_iter().flatten().fold(self, Nesting::after)
    }

    pub fn cost(self) -> Bits {
        self.0.iter().map(|open| Bits::from(open.unsigned_abs()) * UNPAIRED).sum()
    }
}
