//! The likeliest readings of a text, the answer first.

use super::evidence::Evidence;
use super::layers;
use crate::channel::Chain;
use crate::model::BIT;
use crate::text::lines::PIECE;

/// One way to read a text: see [`Options::alternatives`](crate::Options::alternatives).
///
/// ```
/// let readings = ungarble::Options::repair().alternatives("KÃ¶ln", 2);
/// let [first, second] = &readings[..] else { panic!("{readings:?}") };
/// assert_eq!((&*first.text, first.margin), ("Köln", Some(0.0)));
/// assert_eq!(second.text, "KÃ¶ln");
/// assert!(second.chain.is_empty());
/// assert!(first.probability + second.probability <= 1.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct Alternative {
    /// The text.
    pub text: String,
    /// What was undone; empty for the text as it stands, and where only parts of it were
    /// garbled or bytes were lost, which no chain by itself undoes.
    pub chain: Chain,
    /// By how many bits it costs more than the cheapest reading, the misreadings' own
    /// costs included; `None` where the chain is not all that was done.
    pub margin: Option<f32>,
    /// Probability, 0 to 1, that this is the text that was meant; what those of all readings
    /// lack to 1 is the probability that none of them is.
    pub probability: f32,
}

/// Bits by which a reading must cost more to be half as likely: the costs are those of a
/// model, which is surer than it should be.
const HALVED: f32 = 4.0;

/// At most so many readings of a line, of which `answer` is the text of the first and
/// `probability` what it has. The line as it stands is the last if it is none of the first;
/// of a line too long to be searched in one piece, it is the only other.
pub fn alternatives(
    line: &str,
    answer: &str,
    probability: f32,
    count: usize,
    evidence: &Evidence,
) -> Vec<Alternative> {
    let readings = match line.len() {
        ..=PIECE => layers::readings(line, evidence),
        _ => vec![layers::Reading::identity(line)],
    };
    let least = readings.iter().map(layers::Reading::cost).min().unwrap_or_default();
    let margin = |cost: u32| (cost.saturating_sub(least)) as f32 / BIT as f32;
    let mut all: Vec<Alternative> = readings
        .into_iter()
        .map(|reading| Alternative {
            margin: Some(margin(reading.cost())),
            text: reading.text,
            chain: reading.chain,
            probability: 0.0,
        })
        .collect();
    let first = match all.iter().position(|reading| reading.text == answer) {
        Some(at) => all.remove(at),
        None => Alternative {
            text: answer.to_owned(),
            chain: Chain::default(),
            margin: None,
            probability: 0.0,
        },
    };
    all.insert(0, first);
    let standing = all.iter().position(|reading| reading.text == line);
    if let Some(at) = standing.filter(|&at| at >= count.max(1)) {
        let standing = all.remove(at);
        all.insert(count.saturating_sub(1).max(1), standing);
    }
    // What the answer leaves is shared among the others, those not shown included, and texts that
    // nobody thought of: these are as likely as a reading that costs what the answer does.
    let weight = |reading: &Alternative| (-reading.margin.unwrap_or_default() / HALVED).exp2();
    let sum: f32 = all.iter().map(weight).sum();
    for (at, reading) in all.iter_mut().enumerate() {
        reading.probability = match at {
            0 => probability,
            _ => (1.0 - probability) * weight(reading) / sum.max(f32::MIN_POSITIVE),
        };
    }
    all.truncate(count);
    all
}
