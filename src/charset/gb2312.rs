//! The Han characters of GB 2312, the mainland's national standard, by their codes in GBK.

/// The level that a Han character with this code is of: the first has the 3,755 most frequent ones,
/// the second 3,008 others; what GBK has beside them is of none.
pub(crate) fn level(code: &[u8]) -> Option<u8> {
    match *code {
        [0xB0..=0xD7, 0xA1..=0xFE] => Some(1),
        [0xD8..=0xF7, 0xA1..=0xFE] => Some(2),
        _ => None,
    }
}
