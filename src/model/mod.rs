//! The language model: how many bits a text costs.
//!
//! One model serves decoding and repair. It is an n-gram model over *symbols*:
//! letters without their case, Han characters in their Simplified form, all
//! digits as one, all blanks as one. What folding hides is paid for apart: each
//! character has an emission cost given its symbol, and changes of case cost by
//! what came before. Up to five symbols of alphabets and three of CJK make an
//! n-gram; an n-gram that was not kept backs off to a shorter one.
//!
//! A text's cost is `-log2` of its probability in units of 1/8 bit ([`Bits`]), an
//! integer on every machine. Only differences of costs mean anything: of two
//! readings of the same bytes, the one that costs less is the likelier text.
//!
//! The tables come from `tools/trainer`; `model.bin` begins with a header that
//! names the command and the inputs.

pub(crate) mod alphabets;
mod bits;
pub mod latin;
pub mod layout;
mod litter;
mod sign;
mod tables;
mod unseen;

pub use self::bits::{BIT, Bits};
pub use self::litter::Active;
use self::litter::{Litter, Place};
use self::sign::going_on;
pub use self::sign::{goes_down, is_beside, is_box, is_drawn};
use self::tables::{CharClass, Tables};
use crate::text::blocks::{ascii_run, beyond_ascii_run};
use std::sync::OnceLock;

/// Whether a character is of CJK, or of what stands behind it among all characters: the first
/// block of CJK begins here.
pub fn is_wide(c: char) -> bool {
    c >= '\u{2E80}'
}

/// Context symbols that are remembered.
const CONTEXT: usize = 4;

/// Letters beyond ASCII that stand together in a word of others, at most.
const LONGEST_IN_WORD: usize = 2;

/// What a mark of ASCII costs at most, wherever it stands: all readings of a text have it, and the
/// model has seen few of them beside letters of most scripts, for its texts are no programs.
const MARK: Bits = 14 * BIT;

/// What a character costs that costs so much in full, and may be a mark of ASCII. A question mark may
/// be what is left of other bytes.
#[inline]
fn as_mark(c: char, cost: Bits) -> Bits {
    if c.is_ascii_punctuation() && c != '?' { cost.min(MARK) } else { cost }
}

/// How many ASCII characters after another character are part of its surroundings.
pub(crate) const NEAR: usize = 6;

/// The model, read once from the tables in the program.
pub struct Model {
    tables: Tables,
    /// Where every text begins.
    start: State,
}

/// Where in a text the scorer stands: the last symbols, and the case of the last letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct State {
    /// The newest first.
    symbols: Row,
    /// Back-off costs of the contexts of one symbol, two symbols, …, as many as are known.
    back_off: Row,
    /// How many context lengths the tables know.
    known: u8,
    case: u8,
    /// The script of the last letter, as [`layout::next_script`] tells it.
    script: u8,
    /// The last character that was no blank, if it can begin a run ([`going_on`]), or U+0000.
    sign: char,
}

impl Default for State {
    /// The edge of a text: as after a blank.
    fn default() -> Self {
        model().start
    }
}

impl State {
    /// What tells this state from others in all that may follow, hashed.
    pub fn key(&self) -> u64 {
        let known = usize::from(self.known).max(1);
        let symbols = (0..known).map(|at| self.symbols.get(at));
        let context = symbols.fold(0, layout::extend);
        let rest = u64::from(self.sign) << 24
            | u64::from(self.known) << 16
            | u64::from(self.case) << 8
            | u64::from(self.script);
        context ^ rest.wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }

    /// Forgets what came before: the next character is scored by itself.
    pub fn forget(&mut self) {
        self.known = 0;
        self.back_off = Row::default();
        self.case = 0;
        self.end_run();
    }

    /// Forgets what the next character may go on with: a guess is no sign of a run.
    pub fn end_run(&mut self) {
        self.sign = '\0';
    }
}

/// A character that counts in a text without its stretches of ASCII.
enum Seen {
    /// One of ASCII, and its cost: 0 at the start.
    Near { cost: Bits },
    /// One beyond ASCII, the cost of its case, and where it stands.
    Beyond { c: char, case: Bits, place: Place },
}

/// The model that comes with the crate.
pub fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(Model::read)
}

impl Model {
    fn read() -> Self {
        let nothing = State {
            // Blanks, whose symbol is 0.
            symbols: Row::default(),
            back_off: Row::default(),
            known: 0,
            case: 0,
            script: 0,
            sign: '\0',
        };
        let mut model = Model { tables: Tables::read(), start: nothing };
        let mut start = nothing;
        model.advance(&mut start, layout::BLANK);
        model.start = start;
        model
    }

    /// Cost of `c` after what `state` has seen; moves the state on.
    ///
    /// Runs of blanks cost as one blank.
    #[inline]
    pub fn step(&self, state: &mut State, c: char) -> Bits {
        as_mark(c, self.step_in_full(state, c))
    }

    /// What [`Model::step`] does where readings do not have the same marks of ASCII: these cost
    /// what they do.
    #[inline]
    pub fn step_in_full(&self, state: &mut State, c: char) -> Bits {
        self.step_by(state, c, Model::advance)
    }

    /// Cost of the next character without moving the state on: in two thirds of the time, for it
    /// is made as if the state after it were not.
    #[inline(never)]
    pub fn ahead(&self, state: &State, c: char) -> Bits {
        let mut state = *state;
        as_mark(c, self.step_by(&mut state, c, Model::follow))
    }

    #[inline(always)]
    fn step_by(
        &self,
        state: &mut State,
        c: char,
        advance: impl Fn(&Self, &mut State, u16) -> Bits,
    ) -> Bits {
        let class = self.tables.class(c);
        if is_wide(c) && class.case == 0 {
            self.enter_cjk(state, class.symbol);
        }
        let case = self.case(state, class);
        let before = state.sign;
        if class.symbol != layout::BLANK {
            state.sign = if class.can_begin(c) { c } else { '\0' };
        }
        if class.script != layout::NO_SCRIPT {
            state.script = layout::next_script(state.script, class.script);
        }
        let mut symbol = class.symbol;
        if symbol < layout::NEUTRAL {
            let last = state.symbols.get(0);
            symbol = layout::neutral(symbol, state.script);
            if class.symbol == layout::BLANK && layout::is_blank(last) {
                return class.emission;
            }
        }
        let cost = class.emission + case + advance(self, state, symbol);
        if before == '\0' {
            return cost;
        }
        going_on(before, c, class).map_or(cost, |most| cost.min(most))
    }

    /// Cost of a whole text, standing by itself.
    ///
    /// The cost of the blank after its end is counted, so that a text cut inside a
    /// word costs more than a whole one.
    pub fn cost(&self, text: &str) -> Bits {
        let mut state = State::default();
        let all = text.chars().chain([' ']).map(|c| self.step(&mut state, c));
        all.fold(0, Bits::saturating_add)
    }

    /// Cost of a whole text whose readings have other marks of ASCII, or of its beginning as soon
    /// as that costs more than `most`.
    pub fn cost_in_full(&self, text: &str, most: Bits) -> Bits {
        let (mut state, mut sum): (_, Bits) = (State::default(), 0);
        for c in text.chars() {
            sum = sum.saturating_add(self.step_in_full(&mut state, c));
            if sum > most {
                return sum;
            }
        }
        sum.saturating_add(self.step(&mut state, ' '))
    }

    /// Cost of a text without its stretches of ASCII, save for what stands next to
    /// other characters.
    ///
    /// Readings of the same bytes in charsets that contain ASCII differ by this as
    /// they differ by [`Model::cost`].
    pub fn active_cost(&self, text: &str) -> Bits {
        self.active_cost_up_to(text, Bits::MAX)
    }

    /// Cost of a text without its stretches of ASCII, or of its beginning as soon as that costs
    /// more than `most`.
    pub fn active_cost_up_to(&self, text: &str, most: Bits) -> Bits {
        self.walk_active(text, most, |_| {})
    }

    /// What [`Model::active_cost`] says, and the cost of the text if it is nobody's language.
    pub fn active(&self, text: &str) -> Active {
        let mut litter = Litter::default();
        let language = self.walk_active(text, Bits::MAX, |seen| match seen {
            Seen::Near { cost } => litter.add(cost),
            Seen::Beyond { c, case, place } => {
                litter.next(c, [self.anywhere(c), case], place);
            }
        });
        litter.costs(language)
    }

    /// The cost of a text without its stretches of ASCII, or what its beginning costs that costs
    /// more than `most`; tells of each character that counts.
    fn walk_active(&self, text: &str, most: Bits, mut tell: impl FnMut(Seen)) -> Bits {
        let mut state = State::default();
        let mut sum: Bits = 0;
        let mut rest = text;
        loop {
            let ascii = ascii_run(rest.as_bytes());
            let (prefix, other) = rest.split_at_checked(ascii).unwrap_or((rest, ""));
            let after = prefix.len().min(NEAR);
            let before = prefix.len().saturating_sub(CONTEXT + 1).max(after);
            let at_start = rest.len() == text.len();
            for c in prefix.get(..after).unwrap_or_default().chars() {
                let cost = self.step(&mut state, c);
                let cost = if at_start { 0 } else { cost };
                sum = sum.saturating_add(cost);
                tell(Seen::Near { cost });
            }
            for c in prefix.get(before..).unwrap_or_default().chars() {
                self.step(&mut state, c);
            }
            if other.is_empty() {
                return sum.saturating_add(self.step(&mut state, ' '));
            }
            let end = beyond_ascii_run(other.as_bytes());
            let (active, after) = other.split_at_checked(end).unwrap_or((other, ""));
            let beside = [prefix.bytes().next_back(), after.bytes().next()];
            let mut beside = beside.iter().flatten().map(u8::is_ascii_alphabetic);
            let is_short = active.chars().nth(LONGEST_IN_WORD).is_none();
            let place = Place {
                in_word: is_short && beside.clone().all(|is_letter| is_letter),
                at_word: beside.any(|is_letter| is_letter),
            };
            for c in active.chars() {
                let mut after = state;
                let case = self.case(&mut after, self.tables.class(c));
                tell(Seen::Beyond { c, case, place });
                sum = sum.saturating_add(self.step(&mut state, c));
                if sum > most {
                    return sum;
                }
            }
            rest = after;
        }
    }

    /// Cost of a character whatever stands before it, its case aside.
    pub fn anywhere(&self, c: char) -> Bits {
        let class = self.tables.class(c);
        let unigram = |symbol| Bits::from(self.tables.unigram(symbol).0);
        let copies = if class.symbol < layout::NEUTRAL { layout::SCRIPTS } else { 1 };
        let symbols = (0..copies).map(|s| class.symbol + s * layout::NEUTRAL);
        class.emission + symbols.map(unigram).min().unwrap_or(0)
    }

    /// By how much less a text costs as litter than as language.
    pub fn spared_as_litter(&self, text: &str) -> Bits {
        self.active(text).spared_as_litter()
    }

    /// By how much less a text costs if its language is one that the model has not seen, in
    /// letters of a script that it has.
    pub fn spared_as_unseen(&self, text: &str) -> Bits {
        // Most text has none of these letters, and asking the n-grams takes longer.
        let mut word = unseen::Word::default();
        if text.chars().all(|c| word.next(c, self.tables.class(c)).is_none()) {
            return 0;
        }
        let (mut state, mut word) = (State::default(), unseen::Word::default());
        let mut spared: Bits = 0;
        for c in text.chars() {
            let cost = self.step(&mut state, c);
            if let Some(most) = word.next(c, self.tables.class(c)) {
                spared = spared.saturating_add(cost.saturating_sub(most));
            }
        }
        spared
    }

    /// The script that a character is of: 0 Latin, 1 Cyrillic, 2 CJK, 3 others, 4 none.
    pub fn script(&self, c: char) -> u8 {
        self.tables.class(c).script
    }

    /// Sums up in one symbol what a character of CJK sees of Latin before it.
    #[inline]
    fn enter_cjk(&self, state: &mut State, next: u16) {
        let symbol =
            layout::before_cjk(state.script, [0, 1, 2].map(|at| state.symbols.get(at)), next);
        if let Some(symbol) = symbol.filter(|_| state.known > 0) {
            let (_, back_off) = self.tables.unigram(symbol);
            state.symbols = Row::default().with(0, symbol);
            state.back_off = Row::default().with(0, back_off);
            state.known = 1;
        }
    }

    fn case(&self, state: &mut State, class: CharClass) -> Bits {
        let before = state.case;
        state.case = match (class.case, before) {
            (0, _) => 0,
            (1, _) => 1,
            (_, 2 | 3) => 3,
            _ => 2,
        };
        self.tables.case_cost(before, class.case)
    }

    /// Cost of a symbol: of the longest n-gram known, and of backing off to it.
    fn advance(&self, state: &mut State, symbol: u16) -> Bits {
        self.follow(state, symbol)
    }

    #[inline(always)]
    fn follow(&self, state: &mut State, symbol: u16) -> Bits {
        let (mut cost, back_off) = self.tables.unigram(symbol);
        let mut next = Row::default().with(0, back_off);
        // So many symbols, the new one among them, were found as an n-gram.
        let mut matched = 1;
        let mut hash = layout::extend(0, symbol);
        while matched <= usize::from(state.known) {
            hash = layout::extend(hash, state.symbols.get(matched - 1));
            let Some((longer, back_off)) = self.tables.lookup(hash) else { break };
            cost = longer;
            next = next.with(matched, back_off);
            matched += 1;
        }
        let lost = state.back_off.sum_from(matched - 1);
        state.symbols = state.symbols.pushed(symbol);
        state.back_off = next;
        state.known = matched.min(CONTEXT) as u8;
        Bits::from(cost) + lost
    }
}

/// Numbers for each symbol of the context, the first in the lowest bits. They are one word, for
/// what is written one by one and read at once, or the other way round, is waited for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
struct Row(u64);

impl Row {
    const WIDTH: usize = u64::BITS as usize / CONTEXT;

    #[inline]
    fn get(self, at: usize) -> u16 {
        (self.0 >> (at * Self::WIDTH)) as u16
    }

    /// One more in front; the last is dropped.
    #[inline]
    fn pushed(self, first: u16) -> Self {
        Row(self.0 << Self::WIDTH | u64::from(first))
    }

    /// With a number where there was none; behind the last, none is kept.
    #[inline]
    fn with(self, at: usize, number: u16) -> Self {
        Row(self.0 | u64::from(number).unbounded_shl((at * Self::WIDTH) as u32))
    }

    /// The sum of those from one on.
    #[inline]
    fn sum_from(self, first: usize) -> Bits {
        let rest = self.0.unbounded_shr((first * Self::WIDTH) as u32);
        // Costs of one byte: no sum of four reaches the next number.
        (rest.wrapping_mul(0x0001_0001_0001_0001) >> (3 * Self::WIDTH)) as Bits
    }
}

#[cfg(test)]
mod tests;
