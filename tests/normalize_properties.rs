//! What holds for every text, every step and every preset.

mod edits_support;

use edits_support::rebuilt;
use proptest::prelude::*;
use std::borrow::Cow;
use ungarble::normalize::{Normalization, Switch};

/// Every set of steps that is tested: each step alone, and the presets.
fn sets() -> impl Strategy<Value = Normalization> {
    let steps = Switch::ALL.iter().map(|switch| Normalization::none().with(*switch));
    let presets = [
        Normalization::none(),
        Normalization::safe(),
        Normalization::corpus(),
        Normalization::strict(),
        Normalization::ftfy_like(),
        Normalization::hidden(),
    ];
    proptest::sample::select(steps.chain(presets).collect::<Vec<_>>())
}

/// Pieces that the steps look for, whole and in parts, so that they meet.
const PIECES: &[&str] = &[
    " ",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "a",
    "Z",
    "é",
    "e\u{301}",
    "\u{301}",
    "\u{323}",
    "中",
    "文",
    "か",
    "カ",
    "\u{3099}",
    "ﾞ",
    "ｶ",
    "，",
    ",",
    ".",
    "(",
    ")",
    "（",
    "。",
    "Ａ",
    "１",
    "　",
    "\u{A0}",
    "&",
    "amp;",
    "&amp;",
    "&lt;",
    "&#38;",
    "&#x26;",
    "&semi;",
    "lt",
    "#",
    "x26",
    ";",
    "&#10;",
    "&zwnj;",
    "&shy;",
    "&nGt;",
    "<",
    "</p>",
    "/p",
    ">",
    "<p>",
    "\\ud83d",
    "\\ude00",
    "\\",
    "&#55357;",
    "&#56832;",
    "\u{1B}",
    "\u{1B}[",
    "31",
    "m",
    "\u{1B}]0;",
    "\u{7}",
    "\u{1B}\\",
    "$",
    "\u{1B}$",
    "(B",
    "7",
    "\0",
    "\u{7F}",
    "\u{85}",
    "\u{92}",
    "\u{93}",
    "\u{C3}",
    "\u{2028}",
    "\u{200B}",
    "\u{200C}",
    "\u{200D}",
    "\u{FEFF}",
    "\u{AD}",
    "\u{202E}",
    "\u{200F}",
    "ש",
    "م",
    "क",
    "ไ",
    "\u{1F3F4}",
    "\u{E0067}",
    "\u{E0062}",
    "\u{E0073}",
    "\u{E007F}",
    "\u{FE0F}",
    "\u{FE00}",
    "\u{E0101}",
    "☺",
    "👩",
    "ﬁ",
    "“",
    "’",
    "а",
    "р",
    "ο",
    "А",
    "\u{FA19}",
    "\u{212B}",
    "\u{958}",
    "\u{9DF}",
    "\u{9C7}",
    "\u{9BE}",
    "\u{F71}",
    "\u{F72}",
    "\u{F73}",
    "\u{344}",
    "\u{651}",
    "\u{64E}",
    "ê",
    "가",
    "\u{11A8}",
    "\u{1100}",
    "\u{1161}",
    "ﾡ",
    "①",
    "\u{34F}",
    "\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}\u{308}\u{309}\u{30A}\u{30B}\u{30C}\u{30D}\u{30E}\u{30F}",
    "\u{FFFD}",
    "\u{10FFFF}",
    "\u{206A}",
];

fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => proptest::collection::vec(proptest::sample::select(PIECES), 0..24)
            .prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn a_second_time_changes_nothing(text in texts(), steps in sets()) {
        let (once, _) = steps.apply(&text);
        let (twice, edits) = steps.apply(&once);
        prop_assert_eq!(&twice, &once);
        prop_assert!(matches!(twice, Cow::Borrowed(_)));
        prop_assert!(edits.is_empty());
    }

    #[test]
    fn borrowed_if_and_only_if_unchanged(text in texts(), steps in sets()) {
        let (output, edits) = steps.apply(&text);
        prop_assert_eq!(matches!(output, Cow::Borrowed(_)), output == text);
        prop_assert_eq!(edits.is_empty(), output == text);
    }

    #[test]
    fn the_edits_lead_from_the_input_to_the_output(text in texts(), steps in sets()) {
        let (output, edits) = steps.apply(&text);
        prop_assert!(edits.is_sorted_by_key(|e| e.source.start));
        prop_assert_eq!(rebuilt(&text, &output, &edits), output);
    }

    /// No step of one character a time, no reference and no form grows a text without bound;
    /// the factor is that of NFKD's longest decomposition, U+FDFA: 3 bytes to 33.
    #[test]
    fn the_output_is_bounded(text in texts(), steps in sets()) {
        let (output, _) = steps.apply(&text);
        prop_assert!(output.len() <= 11 * text.len());
    }

    #[test]
    fn forms_are_those_of_unicode(text in texts()) {
        use unicode_normalization::UnicodeNormalization;
        let form = |switch| Normalization::none().with(switch).apply(&text).0.into_owned();
        prop_assert_eq!(form(Switch::Nfc), text.nfc().collect::<String>());
        prop_assert_eq!(form(Switch::Nfd), text.nfd().collect::<String>());
        prop_assert_eq!(form(Switch::Nfkc), text.nfkc().collect::<String>());
        prop_assert_eq!(form(Switch::Nfkd), text.nfkd().collect::<String>());
        prop_assert_eq!(form(Switch::StreamSafe), text.stream_safe().collect::<String>());
    }

    /// Whatever steps are on together.
    #[test]
    fn any_set_of_steps_is_sound(
        text in texts(),
        switches in proptest::collection::vec(proptest::sample::select(Switch::ALL), 0..8),
    ) {
        let steps = switches.into_iter().collect::<Normalization>();
        let (output, edits) = steps.apply(&text);
        prop_assert_eq!(&rebuilt(&text, &output, &edits), &output);
        prop_assert_eq!(&steps.apply(&output).0, &output);
    }
}
