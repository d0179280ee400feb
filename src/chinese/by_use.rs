//! Characters that smart mode decides by their neighbours.
//!
//! Comes in: a character that no phrase of the table decided, and its
//! neighbours. Goes out: what it becomes, or nothing to leave it to the table.

use super::author;
use super::charmap::unified;
use super::neighbours::{
    AFTER_ZHAO, AFTER_ZHU, BEFORE_ZHAO, BEFORE_ZHU, CLOSING, DRY, ENDS_IN_ZHU, FAMILIES, is,
    is_verb,
};
use crate::text::characters::is_han;

/// What 著 or 乾 becomes where no phrase decides it, between these texts.
pub(super) fn rule(text_before: &str, c: char, text_after: &str) -> Option<&'static str> {
    let neighbour = |c: Option<char>| c.map(|c| unified(c).unwrap_or(c));
    let before = neighbour(text_before.chars().next_back());
    let after = neighbour(text_after.chars().next());
    let stays = match c {
        '著' if is(ENDS_IN_ZHU, before) => true,
        '著' if is(AFTER_ZHAO, after) => false,
        '著' if is(BEFORE_ZHU, before) => true,
        '著' => {
            // 鲁迅 著, as title pages have it.
            let signs = matches!(before, Some(' ' | '\u{3000}')) && !after.is_some_and(is_han);
            let writes = is(AFTER_ZHU, after) || is(CLOSING, after) || signs;
            !is_verb(before) && (writes || author::signs(text_before, text_after))
        }
        '乾' => is(FAMILIES, before) && after.is_some_and(is_han) && !is(DRY, after),
        _ => return None,
    };
    match (c, stays) {
        ('著', true) => Some("著"),
        ('乾', true) => Some("乾"),
        _ => None,
    }
}

/// Whether 著 between these is 着 beyond doubt, so that even native Simplified text
/// must not have it: a verb stands before, or how it succeeds, or a word of 着 begins.
pub(super) fn is_particle(before: Option<char>, after: Option<char>) -> bool {
    (is_verb(before) || is(BEFORE_ZHAO, before) || is(AFTER_ZHAO, after) || after == Some('了'))
        && !is(ENDS_IN_ZHU, before)
        && !is(AFTER_ZHU, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_author_s_name_keeps_its_character() {
        assert_eq!(rule("鲁迅", '著', "）"), Some("著"));
        assert_eq!(rule("看", '著', "）"), None);
        assert!(is_particle(Some('看'), Some('窗')));
        assert!(!is_particle(Some('名'), Some('的')));
    }
}
