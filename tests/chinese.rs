//! Conversion, script detection and conversion where needed, on our own sentences
//! and, as properties, on any text.
#![cfg(feature = "chinese")]

use proptest::prelude::*;
use std::borrow::Cow;
use ungarble::chinese::{
    Config, Script, convert, convert_with_edits, script, scripts, simplify_where_needed,
};
use ungarble::report::{Edit, Step};

/// Rows of a table under `testdata/chinese`, without comments.
fn rows(name: &str) -> Vec<Vec<String>> {
    let path = format!("{}/testdata/chinese/{name}.tsv", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let rows: Vec<Vec<String>> = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect();
    assert!(rows.len() > 10);
    rows
}

/// Edits tell the whole difference, in order, each with its place in both texts.
fn assert_edits_tell(source: &str, output: &str, edits: &[Edit]) {
    let mut rebuilt = String::new();
    let mut at = 0;
    for edit in edits {
        assert!(at <= edit.source.start && edit.step == Step::Chinese);
        assert!((0.0..=1.0).contains(&edit.confidence));
        rebuilt += &source[at..edit.source.start];
        assert_eq!(rebuilt.len(), edit.output.start);
        assert_ne!(source[edit.source.clone()], output[edit.output.clone()]);
        rebuilt += &output[edit.output.clone()];
        at = edit.source.end;
    }
    rebuilt += &source[at..];
    assert_eq!(rebuilt, output);
}

#[test]
fn configurations() {
    let mut tested = 0;
    for row in rows("convert") {
        let [name, source, expected] = &row[..] else { panic!("{row:?}") };
        let Ok(config) = name.parse::<Config>() else {
            if cfg!(feature = "chinese-all") {
                panic!("{name}");
            }
            continue;
        };
        assert_eq!(convert(config, source), *expected, "{name}: {source}");
        tested += 1;
    }
    assert!(tested >= 6);
}

#[test]
fn smart_mode() {
    for row in rows("smart") {
        let [source, expected] = &row[..] else { panic!("{row:?}") };
        assert_eq!(convert(Config::SmartT2s, source), *expected);
        assert_eq!(simplify_where_needed(source).0, *expected);
    }
}

#[test]
fn where_needed() {
    for row in rows("needed") {
        // Line breaks are written as \n, so that documents are rows.
        let row: Vec<String> = row.iter().map(|field| field.replace("\\n", "\n")).collect();
        let (text, edits) = simplify_where_needed(&row[0]);
        assert_eq!(text, *row.last().unwrap());
        assert_edits_tell(&row[0], &text, &edits);
        if row.len() == 1 {
            assert!(matches!(text, Cow::Borrowed(_)) && edits.is_empty());
        }
    }
}

#[test]
fn edits_are_as_sure_as_the_script_is() {
    let least = |text: &str| {
        let (_, edits) = simplify_where_needed(text);
        edits.iter().map(|edit| edit.confidence).fold(1.0, f32::min)
    };
    for unsure in ["東山", "長島銀行", "漢詩"] {
        assert!(least(unsure) < 0.8, "{unsure}: {}", least(unsure));
    }
    for sure in ["我們這裡的天氣一直很好", "她說她還沒有決定", "简体里有一个這字，不對"]
    {
        assert!(least(sure) > 0.95, "{sure}: {}", least(sure));
    }
}

#[test]
fn script_of_a_text() {
    for row in rows("script") {
        let (found, confidence) = script(&row[1]);
        assert_eq!(format!("{found:?}"), row[0], "{}", row[1]);
        let clear = found != Script::Unknown;
        assert_eq!(clear, confidence > 0.9, "{confidence} for {}", row[1]);
    }
}

#[test]
fn names_of_configurations() {
    for config in Config::ALL {
        assert_eq!(config.to_string().parse(), Ok(*config));
    }
    for name in ["", "t2s.json", "T2S", "s2s", "smart"] {
        assert!(name.parse::<Config>().is_err(), "{name}");
    }
    assert_eq!(Config::ALL.len(), if cfg!(feature = "chinese-all") { 17 } else { 2 });
}

#[test]
fn nothing_is_copied_where_nothing_changes() {
    for text in ["", "ASCII", "简体中文没有变化", "ひらがな", "乾隆", "한국어", "🀄️"]
    {
        assert!(matches!(convert(Config::T2s, text), Cow::Borrowed(_)), "{text}");
    }
}

#[test]
fn a_phrase_may_lie_across_the_blocks_in_which_text_is_written() {
    // Blocks are 8 KiB; the phrase 憑藉 goes back over what was written before.
    for filler in 8170..8200 {
        let text = format!("漢{}憑藉", "a".repeat(filler));
        let expected = format!("汉{}凭借", "a".repeat(filler));
        assert_eq!(convert(Config::T2s, &text), expected, "{filler}");
    }
}

/// Text in which the tables' cases are frequent.
fn chinese() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        8 => prop::sample::select(
            "乾隆坤燥著名作看藉慰憑覆答徵羽瞭望然鍾馗錢書沈默思船於菟頭髮發后後干里裏面麵只隻系係制製\
             复覆台臺云雲說説為爲線裡群羣豈㑮𠁞軟體硬碟滑鼠埠D肝、。「」\na 1の国學語"
                .chars()
                .map(String::from)
                .collect::<Vec<_>>()
        ),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(pieces, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn edits_tell_what_conversion_does(text in chinese()) {
        for config in Config::ALL {
            let converted = convert(*config, &text);
            let (with_edits, edits) = convert_with_edits(*config, &text);
            prop_assert_eq!(&converted, &with_edits);
            assert_edits_tell(&text, &with_edits, &edits);
            prop_assert_eq!(matches!(converted, Cow::Borrowed(_)), converted == text);
        }
    }

    #[test]
    fn lines_do_not_touch_each_other(one in chinese(), two in chinese()) {
        for config in Config::ALL {
            let together = convert(*config, &format!("{one}\n\n{two}")).into_owned();
            let apart = format!("{}\n\n{}", convert(*config, &one), convert(*config, &two));
            prop_assert_eq!(together, apart);
        }
    }

    #[test]
    fn where_needed_tells_its_edits(text in chinese()) {
        let (once, edits) = simplify_where_needed(&text);
        assert_edits_tell(&text, &once, &edits);
        let has_han = text.chars().any(|c| u32::from(c) >= 0x3400);
        prop_assert!(edits.is_empty() || has_han);
    }

    #[test]
    fn spans_cover_the_text(text in chinese()) {
        let mut end = 0;
        for span in scripts(&text) {
            prop_assert_eq!(span.range.start, end);
            prop_assert!((0.0..=1.0).contains(&span.confidence));
            end = span.range.end;
        }
        prop_assert_eq!(end, text.len());
    }
}
