//! Whether kana stand among Han characters that nobody writes beside them.
//!
//! The rows of kana are the same in EUC-JP and GBK, so that Japanese read as Chinese keeps
//! every one of them, and only the Han characters become others. Most of these are common, in
//! Chinese, and kana do not look garbled. But some are simplified ones that no charset of
//! Japan has.

use crate::charset::{Charset, charsets_with};

/// Characters of a text that are looked at.
const LOOKED_AT: usize = 512;

/// Whether a text has kana, and in them Han characters of GBK that Shift_JIS and EUC-JP lack.
pub fn are_among_simplified(text: &str) -> bool {
    let bit = |charset: Charset| 1 << charset.index();
    let japanese: u128 = bit(Charset::SHIFT_JIS) | bit(Charset::EUC_JP);
    let is_kana = |c: char| matches!(c, '\u{3041}'..='\u{30FA}');
    let is_foreign = |c: char| {
        let charsets = charsets_with(c);
        matches!(c, '\u{4E00}'..='\u{9FFF}')
            && charsets & bit(Charset::GBK) != 0
            && charsets & japanese == 0
    };
    let end = text.char_indices().nth(LOOKED_AT).map_or(text.len(), |(at, _)| at);
    let text = text.get(..end).unwrap_or_default();
    text.contains(is_kana) && text.contains(is_foreign)
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
