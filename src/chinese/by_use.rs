//! Characters that smart mode decides by their neighbours.

/// 著 and 乾, where no phrase of the table decides them.
pub(super) fn rule(_before: &str, _c: char, _after: &str) -> Option<&'static str> {
    None
}
