//! Layer upon layer: the likeliest chain of misreadings of a whole text.
//!
//! A beam over texts, the text itself first. Each round undoes one misreading of
//! the best texts so far; a text that was seen is not looked at again, so the
//! search cannot turn in circles, and four rounds are the most.

mod undo;

use self::undo::{OneBack, undo};
use crate::channel::language::Language;
use crate::channel::{Chain, Earlier, GARBLED, Manner, Step};
use crate::charset::{Charset, Family};
use crate::model::{BIT, Bits, is_wide, model};
use crate::search::evidence::Evidence;
use crate::search::lonely::loneliness;
use crate::search::standing::{controls, standing, standing_cost, with_ligatures};
use crate::search::{escapes, few};
use crate::suspect::is_suspect;
use std::collections::HashSet;

/// Misreadings in a row, at most.
const LAYERS: usize = 4;
/// Texts that are carried from round to round.
const BEAM: usize = 5;
/// What it costs that a garbled text was written in UTF-8 again.
const GARBLED_AGAIN: Bits = 4 * BIT;
/// What it costs to be in the wrong code page where no layer was UTF-8, which is what text is written in again.
const GARBLED_OTHERWISE: Bits = 12 * BIT;

/// One way to read a text.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The text before the chain's misreadings.
    pub text: String,
    /// Empty for the text as it stands.
    pub chain: Chain,
    /// Cost of the text.
    pub text_cost: Bits,
    /// Cost of the chain.
    pub prior: Bits,
}

impl Reading {
    /// A text as it stands.
    pub fn identity(text: &str) -> Self {
        let (text, text_cost) = (text.to_owned(), standing_cost(text));
        Reading { text, chain: Chain::default(), text_cost, prior: 0 }
    }

    /// Cost of text and chain together.
    pub fn cost(&self) -> Bits {
        self.text_cost.saturating_add(self.prior)
    }
}

/// How much more than the text as it stands a reading can cost, and not just be too much.
const MOST: Bits = 40 * BIT;

/// How much more than the text as it stands one can cost that has more to undo.
const SLACK: Bits = 16 * BIT;

/// What a character that is known to be lost costs; less than a U+FFFD that came from nowhere.
const LOST: Bits = 3 * BIT;

/// What U+FFFD costs too much in a text that comes of another one with fewer.
fn overcharge(after: &str, before: &str) -> Bits {
    let count = |text: &str| text.matches('\u{FFFD}').count() as Bits;
    let more = count(after).saturating_sub(count(before));
    more * model().anywhere('\u{FFFD}').saturating_sub(LOST)
}

/// How much less likely it is that text was written in a double-byte charset and has
/// nothing of the languages that these are for.
const NO_CJK: Bits = 12 * BIT;
/// The same where all that it has is what an input method for such a language makes of quotes,
/// dashes and dots in any language.
const TYPED: Bits = 4 * BIT;

/// What a reading of a text costs too little for being in such a charset without need.
fn undercharge(undone: &Earlier, before: &str) -> Bits {
    let Step { misreading, manner } = undone.step;
    let double = misreading.written.family() == Family::DoubleByte
        && misreading.written != Charset::VNI
        && manner == Manner::Plain;
    let is_typed = |c: char| matches!(c, '‘' | '’' | '“' | '”' | '—' | '…');
    let mut made = undone.text.chars().filter(|&c| !c.is_ascii() && !before.contains(c));
    match double && !undone.text.contains(is_wide) {
        true if made.all(is_typed) => TYPED,
        true => NO_CJK,
        false => 0,
    }
}

/// What a step gains too much for changing few characters only, or into letters of another
/// language than the rest.
fn doubt(undone: &Earlier, before: &str, language: &Language) -> Bits {
    let Step { misreading, manner } = undone.step;
    let after = &undone.text;
    match manner {
        Manner::Plain => {
            few::doubt(misreading, before, after) + language.doubt(misreading, before, after)
        }
        Manner::LowByte => few::doubt_of_low_byte(before, after),
        _ => 0,
    }
}

/// What a step says by bringing letters of the language of the rest.
fn fitting(undone: &Earlier, language: &Language) -> Bits {
    let Step { misreading, manner } = undone.step;
    if manner == Manner::Plain { language.credit(misreading, &undone.text) } else { 0 }
}

/// Whether a step read UTF-8 in single bytes, and wrote no escapes.
fn is_utf8_in_single_bytes(step: Step) -> bool {
    step.misreading.is_utf8_in_single_bytes() && step.manner == Manner::Plain
}

/// How much a sequence of three or four bytes says by being well-formed UTF-8.
const WELL_FORMED: Bits = 8 * BIT;

/// What well-formed sequences say that were read in single bytes, one for each sign in the
/// text: letters stand beside each other by themselves.
fn credit(undone: &Earlier, before: &str) -> Bits {
    if !is_utf8_in_single_bytes(undone.step) {
        return 0;
    }
    let long = undone.text.chars().filter(|c| c.len_utf8() > 2).count();
    let signs = before.chars().filter(|c| !c.is_ascii() && !c.is_alphanumeric()).count();
    long.min(signs) as Bits * WELL_FORMED
}

/// Well-formed sequences that are no accident whatever they read as.
const SEQUENCES: usize = 3;

/// By how much less a text costs that may be no language, for being well-formed UTF-8. Signs
/// alone may be a drawing.
fn spared_as_sequences(undone: &Earlier, before: &str) -> Bits {
    let made = || undone.text.chars().filter(|c| !c.is_ascii());
    let beyond = || before.chars().filter(|c| !c.is_ascii());
    let [has_letters, has_signs] =
        [true, false].map(|letters| beyond().any(|c| c.is_alphabetic() == letters));
    // Letters alone may be the same short word again and again.
    let are_many = || match has_signs {
        true => made().count() >= SEQUENCES,
        false => made().collect::<HashSet<_>>().len() >= SEQUENCES,
    };
    let single = is_utf8_in_single_bytes(undone.step);
    if single && has_letters && are_many() { model().spared_as_litter(&undone.text) } else { 0 }
}

/// Whether the step that was undone last was one of UTF-8.
fn is_utf8(reading: &Reading) -> bool {
    reading.chain.steps().first().is_some_and(Step::is_utf8)
}

/// Readings of `text`, the best first; the text as it stands is one of them.
pub fn readings(text: &str, evidence: &Evidence) -> Vec<Reading> {
    // Where letters of ASCII may be part of the damage, they are part of the cost.
    let escaped = escapes::may_be_escaped(text);
    let cost = |text: &str, most: Bits| {
        let language = with_ligatures(text, |text| match escaped {
            true => model().cost_up_to(text, most),
            false => model().active_cost_up_to(text, most),
        });
        language.saturating_sub(evidence.hints.worth(text)) + controls(text)
    };
    let identity = Reading {
        text: text.to_owned(),
        chain: Chain::default(),
        text_cost: standing(text, cost(text, Bits::MAX), model().active(text)),
        prior: 0,
    };
    // Controls say that something is wrong, not that anything else is better.
    let standing = identity.text_cost.saturating_sub(controls(text));
    // By how much more than this others are worse does not matter.
    let most = standing.saturating_add(MOST);
    let mut seen: HashSet<String> = HashSet::from([text.to_owned()]);
    let mut frontier = vec![identity.clone()];
    let mut all = vec![identity];
    // The letters of ASCII are the same in all of them.
    let language = Language::of(text, &evidence.hints);
    for layer in 0..LAYERS {
        let mut next: Vec<Reading> = Vec::new();
        for reading in &frontier {
            let after_utf8 = reading.chain.steps().iter().all(Step::is_utf8);
            // Where one code page after another was taken for the next, there is always one more.
            let is_endless =
                matches!(reading.chain.steps(), [a, b, ..] if !a.is_utf8() && !b.is_utf8());
            let plain = match reading.text.is_ascii() {
                true => OneBack::default(),
                false => undo(&reading.text),
            };
            let others = match plain.is_certain {
                true => Vec::new(),
                false => escapes::candidates(&reading.text, layer == 0),
            };
            for undone in plain.all.into_iter().chain(others) {
                let layer_cost = match layer {
                    0 => evidence.hints.garbled(),
                    _ if undone.step.is_utf8() => GARBLED_AGAIN,
                    _ if after_utf8 => GARBLED,
                    _ => GARBLED_OTHERWISE,
                };
                if is_endless && !undone.step.is_utf8() || !seen.insert(undone.text.clone()) {
                    continue;
                }
                let extra = undercharge(&undone, &reading.text)
                    + loneliness(&reading.text, &undone.text, undone.step)
                    + doubt(&undone, &reading.text, &language);
                let spared = spared_as_sequences(&undone, &reading.text);
                let less = overcharge(&undone.text, &reading.text)
                    + credit(&undone, &reading.text)
                    + if layer == 0 { fitting(&undone, &language) } else { 0 };
                let text_cost = cost(&undone.text, most.saturating_add(less + spared));
                let text_cost = text_cost.saturating_sub(spared);
                next.push(Reading {
                    text_cost: text_cost.saturating_sub(less),
                    text: undone.text,
                    chain: reading.chain.preceded_by(undone.step),
                    prior: reading.prior + layer_cost + evidence.prior(undone.step) + extra,
                });
            }
        }
        next.sort_by_key(Reading::cost);
        // Well-formed UTF-8 is no accident, however bad the text that it makes: there
        // may be more to undo.
        let mut rank = 0;
        let mut utf8 = 0;
        next.retain(|reading| {
            rank += 1;
            utf8 += usize::from(is_utf8(reading));
            rank <= BEAM || is_utf8(reading) && utf8 <= 2
        });
        let Some(best) = next.first() else { break };
        // Undoing makes text shorter and plainer; what it makes costlier was not garbled
        // by anything but, perhaps, UTF-8.
        let hopeless = best.text_cost > standing && utf8 == 0;
        // Nothing left to undo in the best text: further layers only make it worse.
        let done = all.iter().all(|r| best.cost() < r.cost())
            && !is_suspect(&best.text, 0)
            && (is_utf8(best) || !next.iter().any(is_utf8));
        all.extend(next.iter().cloned());
        next.retain(|reading| is_utf8(reading) || reading.text_cost <= standing + SLACK);
        frontier = next;
        if done || hopeless {
            break;
        }
    }
    all.sort_by_key(Reading::cost);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undone(text: &str, step: &str) -> Earlier {
        Earlier { text: text.to_owned(), step: step.parse().unwrap() }
    }

    #[test]
    fn a_charset_of_cjk_is_for_cjk() {
        let undercharge = |made, step| undercharge(&undone(made, step), "¡¯Â");
        assert_eq!(undercharge("β", "GBK>windows-1252"), NO_CJK);
        assert_eq!(undercharge("中β", "GBK>windows-1252"), 0);
        assert_eq!(undercharge("β", "windows-1253>windows-1252"), 0);
        assert_eq!(undercharge("’", "GBK>windows-1252"), TYPED);
        assert_eq!(undercharge("’β", "GBK>windows-1252"), NO_CJK);
    }

    #[test]
    fn sequences_beside_letters_may_be_no_language() {
        let spared =
            |made, before| spared_as_sequences(&undone(made, "UTF-8>windows-1252"), before);
        let litter = "ħ ŧ ŋ";
        assert!(model().spared_as_litter(litter) > 0);
        assert_eq!(spared(litter, "Ä§ Å§ Å‹"), model().spared_as_litter(litter));
        // Neither letters nor signs of ASCII are any.
        assert_eq!(spared(litter, "§ ‹ § a"), 0);
        assert_eq!(spared("ħ ħ ħ", "Äħ Äħ Äħ a!"), 0);
    }

    #[test]
    fn signs_that_make_sequences_are_credited() {
        let credit = |made, before| credit(&undone(made, "UTF-8>windows-1252"), before);
        assert_eq!(credit("’–", "â€™â€“"), 2 * WELL_FORMED);
        assert_eq!(credit("—", "ab …"), WELL_FORMED);
        assert_eq!(credit("—", "ab, äöü!"), 0);
        assert_eq!(credit("é", "Ã©"), 0);
    }
}
