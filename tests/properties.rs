//! What holds for every text and all bytes, garbled ones above all.
//!
//! Garbled text is made as it is made in the wild: sentences written in one charset
//! and read in another, once or twice, whole or in part, with bytes lost on the way.
//! What the rules of normalization must keep is in `normalize_properties.rs`.

mod edits_support;

use edits_support::rebuilt;
use proptest::prelude::*;
use std::borrow::Cow;
use ungarble::charset::Charset;
use ungarble::report::Edit;
use ungarble::{Answer, Chain, ChineseMode, Decoder, Misreading, Options};

/// Sentences of ours, in scripts that go wrong in different ways.
const SENTENCES: &[&str] = &[
    "The kettle is on the stove, and the door is open.",
    "Für die Gäste stehen Äpfel und süße Brötchen bereit.",
    "Le château fermé n’a rouvert qu’après l’été dernier.",
    "Zażółć gęślą jaźń, potem wróć przed północą do domu.",
    "Příliš žluťoučký kůň stál u řeky a čekal na déšť.",
    "Az árvíztűrő tükörfúrógép a műhelyben áll.",
    "Gölün kıyısında küçük bir çay bahçesi açıldı.",
    "Лодка стоит у берега, ветер к вечеру стих.",
    "Човен стоїть біля берега, її ніхто не бачив.",
    "Το πλοίο φεύγει νωρίς το πρωί από το λιμάνι.",
    "הסירה עומדת ליד החוף והרוח נרגעה בערב.",
    "Con thuyền đậu bên bờ sông, chiều xuống rất êm.",
    "桥上有人在画画，河水流得很慢。",
    "我们下午三点在图书馆门口见面，请不要迟到。",
    "圖書館今天休息，請明天早上九點再來。",
    "夕方の橋で絵を描く人がいた。川はゆっくり流れている。",
    "カメラを忘れて、駅まで走って戻りました。",
    "도서관은 오늘 쉽니다. 내일 아침에 다시 오세요.",
    "Price: 12 €, “two for one” – naïve, isn’t it…",
    "👩‍🚀 Ένα, два, three, 四",
];

/// The charsets that text is written and read in by mistake.
const CHARSETS: &[&str] = &[
    "UTF-8",
    "windows-1252",
    "ISO-8859-1",
    "windows-1250",
    "ISO-8859-2",
    "windows-1251",
    "KOI8-R",
    "IBM866",
    "windows-1253",
    "windows-1254",
    "windows-1255",
    "windows-1258",
    "IBM437",
    "macintosh",
    "GBK",
    "Big5",
    "Shift_JIS",
    "EUC-JP",
    "EUC-KR",
];

/// So many cases, or a multiple of it: `UNGARBLE_TIMES=100 PROPTEST_RNG_SEED=2 cargo test`.
fn cases(number: u32) -> ProptestConfig {
    let times = std::env::var("UNGARBLE_TIMES").ok().and_then(|times| times.parse().ok());
    let cases = number * times.unwrap_or(1);
    // A case is drawn again by its seed: nothing is written into the sources.
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

fn sentence() -> impl Strategy<Value = String> {
    proptest::sample::select(SENTENCES).prop_map(str::to_owned)
}

fn charset() -> impl Strategy<Value = Charset> {
    proptest::sample::select(CHARSETS).prop_map(|label| Charset::for_label(label).unwrap())
}

/// A sentence in bytes: of a charset that has most of its characters, else of UTF-8.
fn written() -> impl Strategy<Value = (Charset, Vec<u8>)> {
    (sentence(), charset()).prop_map(|(text, charset)| {
        let chars: Vec<_> = text.chars().filter_map(|c| charset.encode_char(c)).collect();
        if 10 * chars.len() < 9 * text.chars().count() {
            return (Charset::UTF_8, text.into_bytes());
        }
        (charset, chars.into_iter().flat_map(|bytes| bytes.to_vec()).collect())
    })
}

/// A sentence after a misreading: bytes of one charset, some of them lost, read in another.
fn misread() -> impl Strategy<Value = String> {
    let lost = proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..3);
    (written(), charset(), prop_oneof![2 => Just(Vec::new()), 1 => lost]).prop_map(
        |((_, mut bytes), read, lost)| {
            for (at, swallowed) in lost {
                if bytes.is_empty() {
                    break;
                }
                let at = at.index(bytes.len());
                if swallowed {
                    bytes.remove(at);
                } else {
                    bytes[at] = b'?';
                }
            }
            let mut text = String::new();
            read.decode_lossy(&bytes, &mut text);
            text
        },
    )
}

/// A sentence misread twice without loss, where the charsets have all that it needs.
fn misread_twice() -> impl Strategy<Value = String> {
    (sentence(), charset(), charset()).prop_map(|(text, first, second)| {
        let steps = [first, second].map(|read| Misreading { written: Charset::UTF_8, read });
        Chain::new(steps.to_vec()).garble(&text).unwrap_or(text)
    })
}

/// A line: intact, garbled, garbled in part, escaped, or anything.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => sentence(),
        4 => misread(),
        1 => misread_twice(),
        2 => (sentence(), misread()).prop_map(|(intact, garbled)| intact + " " + &garbled),
        1 => misread().prop_map(|text| text.replace('&', "&amp;").replace('Ã', "&Atilde;")),
        1 => misread().prop_map(|text| {
            let bytes = text.bytes().map(|byte| match byte {
                0x80.. => format!("%{byte:02X}"),
                _ => char::from(byte).to_string(),
            });
            bytes.collect()
        }),
        1 => "[\\PC\u{0}-\u{1F}\u{7F}-\u{9F}\u{FEFF}\u{FFFD}]{0,40}",
    ]
}

fn document() -> impl Strategy<Value = String> {
    let end = proptest::sample::select(["\n", "\r\n", "\r", "\u{2028}", "\n\n"].as_slice());
    proptest::collection::vec((line(), end), 1..5)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

/// Bytes: text in some charset, lines of several, or anything.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let lines = proptest::collection::vec(written(), 1..5).prop_map(|lines| {
        let lines = lines.into_iter().map(|(_, bytes)| [bytes, b"\n".to_vec()].concat());
        lines.collect::<Vec<_>>().concat()
    });
    prop_oneof![
        3 => written().prop_map(|(_, bytes)| bytes),
        2 => lines,
        2 => document().prop_map(String::into_bytes),
        1 => document().prop_map(|text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        1 => proptest::collection::vec(any::<u8>(), 0..200),
    ]
}

fn presets() -> [Options; 3] {
    use ungarble::normalize::Normalization;
    let all = Options::clean().normalization(Normalization::corpus()).guess(true);
    [Options::repair(), Options::clean(), all]
}

/// What is true of any answer to a text.
fn is_sound(text: &str, answer: &Answer<'_>) -> Result<(), TestCaseError> {
    let changed = answer.text != text;
    prop_assert_eq!(matches!(answer.text, Cow::Owned(_)), changed, "borrowed if unchanged");
    prop_assert_eq!(answer.is_changed(), changed, "edits if changed");
    prop_assert!((0.0..=1.0).contains(&answer.confidence));
    prop_assert!(answer.edits.iter().all(|edit| (0.0..=1.0).contains(&edit.confidence)));
    prop_assert!(answer.edits.is_sorted_by_key(|edit| edit.source.start));
    prop_assert_eq!(rebuilt(text, &answer.text, &answer.edits), answer.text.as_ref());
    // Undoing shortens; what a lost byte becomes is one character, and NFC makes up to
    // three characters of one.
    prop_assert!(answer.text.len() <= 3 * text.len() + 16, "{} bytes", answer.text.len());
    Ok(())
}

/// An answer without what depends on where its text lives.
fn parts(answer: Answer<'_>) -> (String, f32, Vec<Edit>, ungarble::Plan, Option<&'static str>) {
    let Answer { text, confidence, edits, plan, charset, .. } = answer;
    (text.into_owned(), confidence, edits, plan, charset)
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn answers_to_texts_are_sound_and_replay(text in document()) {
        for options in presets() {
            let answer = options.text(&text);
            is_sound(&text, &answer)?;
            prop_assert_eq!(answer.plan.replay(&text), answer.text.as_ref());
        }
    }

    #[test]
    fn answers_to_bytes_are_sound(bytes in bytes()) {
        let decoded = Decoder::new().decode(&bytes);
        prop_assert!(decoded.text.len() <= 3 * bytes.len() + 3);
        let intact = std::str::from_utf8(&bytes).is_ok_and(|text| text == decoded.text);
        for options in presets() {
            let answer = options.bytes(&bytes);
            prop_assert_eq!(answer.charset, Some(decoded.charset.name()));
            prop_assert!(answer.text.len() <= 9 * bytes.len() + 16);
            let from_text = options.text(&decoded.text);
            prop_assert_eq!(&answer.text, &from_text.text, "bytes are decoded, then text");
            // Valid UTF-8 that stays as it is costs no memory.
            prop_assert!(!intact || answer.is_changed() || matches!(answer.text, Cow::Borrowed(_)));
        }
    }

    #[test]
    fn cleaned_twice_is_cleaned_once(text in document()) {
        for options in presets() {
            let once = options.text(&text).text;
            let twice = options.text(&once);
            prop_assert_eq!(&twice.text, &once);
            prop_assert!(matches!(twice.text, Cow::Borrowed(_)));
        }
    }

    #[test]
    fn a_stream_equals_one_piece_however_it_is_cut(
        bytes in bytes(),
        sizes in proptest::collection::vec(1..40usize, 1..8),
    ) {
        let decoder = Decoder::new();
        let whole = decoder.decode(&bytes);
        let (mut stream, mut text) = (decoder.stream(), String::new());
        let (mut rest, mut sizes) = (bytes.as_slice(), sizes.iter().cycle());
        while !rest.is_empty() {
            let (piece, after) = rest.split_at(sizes.next().unwrap().min(&rest.len()).to_owned());
            stream.push(piece, &mut text);
            rest = after;
        }
        let found = stream.finish(&mut text);
        prop_assert_eq!(&text, &whole.text);
        prop_assert_eq!((found.charset(), found.confidence()), (whole.charset, whole.confidence));
        prop_assert_eq!(found.is_malformed(), whole.malformed);
    }
}

proptest! {
    #![proptest_config(cases(16))]

    /// Each cut in two, none left out.
    #[test]
    fn a_stream_equals_one_piece_at_every_cut(bytes in bytes()) {
        let decoder = Decoder::new();
        let whole = decoder.decode(&bytes);
        for cut in 0..=bytes.len() {
            let (first, second) = bytes.split_at(cut);
            let (mut stream, mut text) = (decoder.stream(), String::new());
            stream.push(first, &mut text);
            stream.push(second, &mut text);
            let found = stream.finish(&mut text);
            prop_assert_eq!(&text, &whole.text, "cut at {}", cut);
            prop_assert_eq!(found.charset(), whole.charset);
        }
    }

    /// On all cores with the feature `rayon`; and on threads of ours, which share what the
    /// library sets up on first use.
    #[test]
    fn many_threads_say_what_one_says(texts in proptest::collection::vec(document(), 1..8)) {
        let options = Options::clean();
        let one: Vec<_> = texts.iter().map(|text| parts(options.text(text))).collect();
        let slices: Vec<_> = options.texts(&texts).into_iter().map(parts).collect();
        prop_assert_eq!(&slices, &one);
        let threads = std::thread::scope(|scope| {
            let options = &options;
            let threads: Vec<_> = texts
                .iter()
                .map(|text| scope.spawn(move || parts(options.text(text))))
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        });
        prop_assert_eq!(&threads, &one);
        let bytes: Vec<_> = texts.iter().map(String::as_bytes).collect();
        let one: Vec<_> = bytes.iter().map(|bytes| parts(options.bytes(bytes))).collect();
        let slices: Vec<_> = options.byte_strings(&bytes).into_iter().map(parts).collect();
        prop_assert_eq!(&slices, &one);
    }

    /// Nothing below a probability is done, and nothing else is left out for it.
    #[test]
    fn a_least_confidence_holds_for_every_repair(text in document(), least in 0.5..1.0f32) {
        let answer = Options::repair().min_confidence(least).text(&text);
        is_sound(&text, &answer)?;
        for edit in &answer.edits {
            prop_assert!(edit.step != ungarble::report::Step::Repair || edit.confidence >= least);
        }
    }
}

/// Where several passes each guess a little, all of them together are not sure enough.
#[test]
fn guesses_below_the_least_confidence_are_no_repair() {
    let text = "圖書館今天休息，請明天早上九點再來。 å¤•æ–¹ã\u{81}®æ©‹ã\u{81}§çµã‚’æ\u{8f}\u{8f}ã\u{81}\u{8f}\
        äººã\u{81}Œã\u{81}„ã\u{81}Ÿã€‚å·\u{9d}ã\u{81}¯ã‚†ã\u{81}£ã\u{81}\u{8f}ã‚Šæµ\u{81}ã‚Œã\u{81}¦ã\u{81}„ã‚‹ã€‚\u{2028}\
        \u{FFFD}뽪쎑繞ⓧ퍓鸚⒳폂\u{FFFD}\u{FFFD}펽獄뗦삇鸚⒵뿩訝듾튉容욃냽堊녴\u{FFFD}\u{FFFD}\n\n";
    let answer = Options::repair().text(text);
    assert!(answer.edits.iter().any(|edit| edit.confidence < 0.5), "{answer:?}");
    let answer = Options::repair().min_confidence(0.5).text(text);
    assert!(answer.edits.iter().all(|edit| edit.confidence >= 0.5), "{answer:?}");
}

/// The sentences themselves: nothing is wrong with them.
#[test]
fn intact_text_is_borrowed() {
    let repair = Options::repair();
    let clean = Options::clean().chinese(ChineseMode::Keep);
    let all = SENTENCES.join("\n");
    for text in SENTENCES.iter().copied().chain([all.as_str()]) {
        for options in [&repair, &clean] {
            let answer = options.text(text);
            assert!(matches!(answer.text, Cow::Borrowed(_)), "{text} became {}", answer.text);
            assert!(answer.plan.is_empty() && answer.edits.is_empty());
            let answer = options.bytes(text.as_bytes());
            assert!(matches!(answer.text, Cow::Borrowed(_)), "{text} became {}", answer.text);
        }
    }
}

/// Generators that made nothing to repair would let everything pass.
#[test]
fn garbled_text_is_made_and_much_of_it_is_undone() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut changed, mut right) = (0, 0);
    for _ in 0..200 {
        let text = misread().new_tree(&mut runner).unwrap().current();
        let answer = ungarble::repair(&text);
        changed += usize::from(answer.is_changed());
        right += usize::from(SENTENCES.contains(&answer.text.as_ref()));
    }
    assert!(changed > 60 && right > 50, "{changed} changed, {right} are sentences again");
}

#[cfg(feature = "serde")]
mod serde {
    use super::*;

    proptest! {
        #![proptest_config(cases(24))]

        #[test]
        fn edits_and_plans_go_through_json(text in document()) {
            for options in presets() {
                let answer = options.text(&text);
                let json = serde_json::to_string(&answer.edits).unwrap();
                prop_assert_eq!(&serde_json::from_str::<Vec<Edit>>(&json).unwrap(), &answer.edits);
                let json = serde_json::to_string(&answer.plan).unwrap();
                let plan = serde_json::from_str::<ungarble::Plan>(&json).unwrap();
                prop_assert_eq!(&plan, &answer.plan);
                prop_assert_eq!(plan.replay(&text), answer.text.as_ref());
                let json = serde_json::to_value(&answer).unwrap();
                prop_assert_eq!(json["text"].as_str(), Some(answer.text.as_ref()));
            }
        }
    }

    #[test]
    fn steps_are_written_by_name_and_unknown_names_are_refused() {
        use ungarble::report::Step;
        for (step, json) in [
            (Step::Repair, r#""repair""#),
            (Step::PinyinResidue, r#""pinyin-residue""#),
            (Step::Normalize("line-breaks"), r#"{"normalize":"line-breaks"}"#),
            (Step::Chinese, r#""chinese""#),
        ] {
            assert_eq!(serde_json::to_string(&step).unwrap(), json);
            assert_eq!(serde_json::from_str::<Step>(json).unwrap(), step);
        }
        let error = serde_json::from_str::<Step>(r#"{"normalize":"qoutes"}"#).unwrap_err();
        assert!(error.to_string().contains("no normalization step is called `qoutes`"), "{error}");
    }
}
