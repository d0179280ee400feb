//! Normalization: one file and one switch a step.

/// Which normalization steps run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Normalization {}

impl Normalization {
    /// No step at all.
    pub fn none() -> Self {
        Normalization {}
    }
    /// The steps that cannot damage a text.
    pub fn safe() -> Self {
        Normalization {}
    }
}
