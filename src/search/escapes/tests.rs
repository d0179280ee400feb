use super::may_be_escaped;
use crate::channel::{Chain, Layer};
use crate::search::{Evidence, repair};

/// Steps, what was meant and what it looks like, line by line.
#[cfg_attr(not(feature = "html"), allow(dead_code))]
fn rows() -> Vec<[&'static str; 3]> {
    let rows = include_str!("../../../testdata/search/escapes.tsv").lines();
    let rows = rows.filter(|line| !line.starts_with('#'));
    rows.map(|line| line.split('\t').collect::<Vec<_>>().try_into().unwrap()).collect()
}

// Named references need the feature `html`.
#[cfg(feature = "html")]
#[test]
fn every_manner_is_found_and_undone() {
    for [step, meant, seen] in rows() {
        let found = repair(seen, &mut Evidence::default(), false);
        assert_eq!(found.text, meant, "{step}");
        let chain = Chain::new(vec![step.parse::<Layer>().unwrap()]);
        assert_eq!(chain.to_string(), step);
        assert_eq!(chain.undo(seen).as_deref(), Some(meant), "{step}");
    }
}

#[test]
fn garbling_and_undoing_are_inverse_where_nothing_is_lost() {
    for [step, meant, _] in rows().into_iter().filter(|row| !row[1].contains('\u{FFFD}')) {
        let step: Layer = step.parse().unwrap();
        let seen = step.garble(meant).unwrap();
        assert_ne!(seen, meant);
        assert_eq!(step.undo(&seen).as_deref(), Some(meant), "{step} {seen}");
    }
}

#[test]
fn lost_bytes_become_what_they_are_known_as() {
    let step: Layer = "UTF-8>GBK via replaced".parse().unwrap();
    let seen = step.garble("登录失败").unwrap();
    assert_eq!(step.undo(&seen).as_deref(), Some("\u{FFFD}录失\u{FFFD}"), "{seen}");
}

#[test]
fn intact_references_escapes_and_words_stay() {
    for line in include_str!("../../../testdata/search/intact-escapes.txt").lines() {
        assert_eq!(repair(line, &mut Evidence::default(), false).text, line);
    }
}

#[test]
fn only_telling_lines_are_searched() {
    for plain in [
        "",
        "x = 1; y = 2",
        "naïve café",
        "今日は天気がいい",
        "a\tb\r",
        "50 % of 20 $",
        // Signs of escapes that spell nothing better.
        "the range \"$Sheet1.$B$3:$B$14\" of the table",
        "delete '$BINDINGNAME' here",
        "100%C3%BC is %C3%A4 in a link",
        "caf&eacute; in \\u00e9",
        "a EU rule",
    ] {
        assert!(!may_be_escaped(plain), "{plain}");
    }
}

#[test]
fn unknown_manners_are_refused() {
    assert!("UTF-8>GBK via magic".parse::<Layer>().is_err());
}
