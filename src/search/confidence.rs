//! From margins in bits to probabilities.

use super::line::Pass;
use crate::model::BIT;

/// Probability that a line is right which the scan did not find suspect.
pub const UNSEARCHED: f32 = 0.999;

/// Probability that a repaired line is right.
pub fn repaired(passes: &[Pass], _text: &str) -> f32 {
    passes.iter().fold(1.0, |confidence, pass| {
        let lead = pass.lead.min(40 * BIT) as f32 / BIT as f32;
        let certainty =
            pass.changes.iter().map(|change| change.certainty).fold(1.0, f32::min).max(0.1);
        confidence * logistic(0.3 * lead) * certainty
    })
}

/// Probability that a line is right as it stands, which other readings miss by a
/// margin in eighths of a bit.
pub fn standing(margin: i64) -> f32 {
    logistic(1.0 + 0.1 * margin.clamp(-400, 400) as f32 / BIT as f32)
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
