//! Whether kana stand among Han characters that nobody writes beside them.
//!
//! The rows of kana are the same in EUC-JP and GBK, so that Japanese read as Chinese keeps
//! every one of them, and only the Han characters become others. Most of these are common, in
//! Chinese, and kana do not look garbled. But some are simplified ones that no charset of
//! Japan has.

use crate::charset::{Charset, charsets_with};
use crate::text::characters::has_kana;
use std::sync::LazyLock;

/// Bytes of a text that are looked at.
const LOOKED_AT: usize = 1536;

/// Whether a text has kana, and in them Han characters of GBK that Shift_JIS and EUC-JP lack.
pub fn are_among_simplified(text: &str) -> bool {
    let text = text.get(..text.floor_char_boundary(LOOKED_AT)).unwrap_or_default();
    has_kana(text) && text.contains(is_foreign)
}

/// Of each Han character of the first block, whether it is in GBK and in no charset of Japan:
/// asked of every one of them in text with kana.
static FOREIGN: LazyLock<Vec<bool>> = LazyLock::new(|| {
    let bit = |charset: Charset| 1 << charset.index();
    let japanese: u128 = bit(Charset::SHIFT_JIS) | bit(Charset::EUC_JP);
    let is_foreign = |c: char| {
        let charsets = charsets_with(c);
        charsets & bit(Charset::GBK) != 0 && charsets & japanese == 0
    };
    (FIRST..='\u{9FFF}').map(is_foreign).collect()
});

const FIRST: char = '\u{4E00}';

fn is_foreign(c: char) -> bool {
    let at = (c as usize).checked_sub(FIRST as usize);
    at.and_then(|at| FOREIGN.get(at)).is_some_and(|&is| is)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn japanese_has_no_simplified_characters() {
        // EUC-JP read as GBK.
        assert!(are_among_simplified("肩誊拦として肋年される"));
        for text in ["主目盛として設定される", "今天天气很好，我们去公园。", "腌漬物を食べる"]
        {
            assert!(!are_among_simplified(text), "{text}");
        }
    }
}
