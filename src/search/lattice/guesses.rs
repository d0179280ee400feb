//! Which of the characters that unknown bytes may be are followed.
//!
//! In come guesses with what they cost, out come the best few, in order. The limit falls as
//! better ones come in, so that most need not be kept.

use super::path::Text;
use crate::model::{Bits, State};

/// Ways to fill an unknown byte that are followed.
const GUESSES: usize = 16;

/// A character that unknown bytes may be.
#[derive(Clone, Copy)]
pub struct Guess {
    pub cost: Bits,
    pub state: State,
    pub text: Text,
    pub last: Option<u8>,
}

/// The best of many guesses, in order.
pub struct Best {
    guesses: Vec<Guess>,
    /// The costs of as many as are followed, the least first.
    costs: [Bits; GUESSES],
}

impl Best {
    /// None that costs more than `most` is one; `guesses` is empty, room for them.
    pub fn new(most: Bits, guesses: Vec<Guess>) -> Self {
        Best { guesses, costs: [most; GUESSES] }
    }

    /// What a guess may cost.
    pub fn limit(&self) -> Bits {
        let [.., limit] = self.costs;
        limit
    }

    /// Takes a guess that costs no more than the limit.
    pub fn add(&mut self, guess: Guess) {
        let mut cost = guess.cost;
        for place in &mut self.costs {
            (*place, cost) = ((*place).min(cost), (*place).max(cost));
        }
        self.guesses.push(guess);
    }

    /// Those that are followed, the least costly first.
    pub fn finish(mut self) -> Vec<Guess> {
        let limit = self.limit();
        self.guesses.retain(|guess| guess.cost <= limit);
        self.guesses.sort_by_key(|guess| guess.cost);
        self.guesses.truncate(GUESSES);
        self.guesses
    }
}
