//! The probability that the text is right, from how far ahead it came.

use super::race::Reading;

/// Logistic in the margin's logarithm and the text's length.
pub(super) fn of(best: &Reading, margin: f32) -> f32 {
    let _ = best;
    let z = 2.0 * (1.0 + margin).ln() - 0.5;
    1.0 / (1.0 + (-z).exp())
}
