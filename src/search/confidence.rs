//! From margins in bits to probabilities.
//!
//! The probability that a repaired line is right is a logistic function of what the
//! search knows: by how many bits the reading leads the next, how many bits the
//! repair gained, how sure the inferred characters are, and whether the lattice was
//! needed. The weights were fitted by iteratively reweighted least squares on half
//! of 5,574 development cases that were repaired; on the other half the expected
//! calibration error was 0.028 and the area under the ROC curve 0.952.

use super::line::Pass;
use crate::model::BIT;

/// Probability that a line is right which the scan did not find suspect.
pub const UNSEARCHED: f32 = 0.999;

/// Probability that a repaired line is right.
pub fn repaired(passes: &[Pass], text: &str, suspect: bool) -> f32 {
    let bits = |cost: u32, most: u32| cost.min(most * BIT) as f32 / BIT as f32;
    let lead = passes.iter().map(|pass| pass.lead).min().unwrap_or(0);
    let gain = passes.iter().fold(0u32, |sum, pass| sum.saturating_add(pass.gain));
    let certainty: f32 =
        passes.iter().flat_map(|pass| &pass.changes).map(|change| change.certainty).product();
    let lattice = if passes.iter().any(|pass| pass.lattice) { 1.0 } else { 0.0 };
    let lost = if text.contains('\u{FFFD}') { 1.0 } else { 0.0 };
    let left = if suspect { 1.0 } else { 0.0 };
    logistic(
        1.441
            + 0.0939 * bits(lead, 40)
            + 0.00785 * bits(gain, 100)
            + 0.895 * certainty.max(1e-9).log2().max(-12.0)
            - 1.092 * lattice
            + 0.645 * lost
            - 0.0684 * lattice * bits(lead, 40)
            - 0.109 * left,
    )
}

/// Probability that a line is right as it stands, which other readings miss by a
/// margin in eighths of a bit.
pub fn standing(margin: i64) -> f32 {
    logistic(1.0 + 0.1 * margin.clamp(-400, 400) as f32 / BIT as f32)
}

fn logistic(x: f32) -> f32 {
    1.0 / (1.0 + (-x).exp())
}
