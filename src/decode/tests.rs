use super::*;
use crate::charset::Family;
use proptest::prelude::*;

fn in_pieces(bytes: &[u8], sizes: &[usize]) -> String {
    let mut stream = Decoder::new().stream();
    let (mut text, mut rest) = (String::new(), bytes);
    for &size in sizes.iter().cycle() {
        let (piece, more) = rest.split_at(size.clamp(1, rest.len().max(1)).min(rest.len()));
        stream.push(piece, &mut text);
        rest = more;
        if rest.is_empty() {
            break;
        }
    }
    stream.finish(&mut text);
    text
}

fn some_bytes() -> impl Strategy<Value = Vec<u8>> {
    let texts = "(Straße und Käse\n|Дом на горе. |中文字符很多，你好。|日本語のかな\n|~[{}]|\u{FEFF}|plain words \n|한국어){0,8}";
    let charsets = (0..Charset::COUNT).prop_map(|i| Charset::all().nth(i).unwrap());
    let encoded = (texts, charsets).prop_map(|(text, charset)| {
        let mut bytes = Vec::new();
        let _ = charset.encode(&text, &mut bytes);
        bytes
    });
    prop_oneof![
        encoded.clone(),
        prop::collection::vec(any::<u8>(), 0..300),
        (encoded.clone(), encoded).prop_map(|(a, b)| [a, b].concat()),
    ]
}

proptest! {
    #[test]
    fn a_stream_gives_the_text_of_one_piece(
        bytes in some_bytes(), sizes in prop::collection::vec(1..40_usize, 1..5)
    ) {
        prop_assert_eq!(in_pieces(&bytes, &sizes), decode(&bytes).text);
    }

    #[test]
    fn confidence_is_a_probability(bytes in some_bytes()) {
        let got = decode(&bytes);
        prop_assert!((0.0..=1.0).contains(&got.confidence));
        prop_assert_eq!(Decoder::new().decode_strict(&bytes).is_err(), got.malformed);
    }
}

#[test]
fn a_long_stream_gives_the_text_of_one_piece() {
    for (charset, text) in [
        (Charset::GBK, "这是一个很长的没有换行的文本，".repeat(9000)),
        (Charset::UTF_8, "ascii ".repeat(20_000) + &"Žluťoučký kůň. ".repeat(9000)),
        (Charset::UTF_16LE, "Дом на горе.\n".repeat(9000)),
        (Charset::ISO_2022_JP, "日本語のかな\n".repeat(20_000)),
    ] {
        let mut bytes = Vec::new();
        charset.encode(&text, &mut bytes).unwrap();
        assert_eq!(decode(&bytes).text, text, "{charset}");
        assert_eq!(in_pieces(&bytes, &[4096]), text, "{charset}");
        assert_eq!(in_pieces(&bytes, &[100_001]), text, "{charset}");
    }
}

/// What is shifted to stays so for as long as nothing shifts back, and no block or piece ends that.
#[test]
fn shifts_reach_across_blocks_and_pieces() {
    let texts = [
        (Charset::ISO_2022_JP, "日本語のかなと漢字"),
        (Charset::ISO_2022_KR, "한국어 문장이 길게 이어진다. "),
        (Charset::ISO_2022_CN, "中文里也有繁體字和一龘二"),
        (Charset::HZ, "这是一个很长的没有换行的文本"),
    ];
    let escaped = Charset::all().filter(|charset| charset.family() == Family::Escaped);
    assert!(escaped.eq(texts.map(|(charset, _)| charset)), "one of each");
    for (charset, text) in texts {
        let lines = [text, text, "\n~ascii\n"].concat();
        let ascii = "~ascii\n".repeat(12_000);
        for text in [text.repeat(9000), lines.repeat(4000), [&lines, &*ascii, &lines].concat()] {
            let mut bytes = Vec::new();
            charset.encode(&text, &mut bytes).unwrap();
            assert!(bytes.len() > LOOK, "{charset}: one block");
            let got = decode(&bytes);
            assert_eq!(got.charset, charset);
            assert!(got.text == text, "{charset}");
            for size in [1, 7, 4096, LOOK, 100_001] {
                assert!(in_pieces(&bytes, &[size]) == text, "{charset} in pieces of {size}");
            }
            let read = std::io::read_to_string(Decoder::new().reader(&*bytes)).unwrap();
            assert!(read == text, "{charset} by a reader");
        }
    }
}

/// Lines of a table under `testdata/decode`, split at tabs.
fn rows(table: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    table.lines().filter(|line| !line.starts_with('#')).map(|line| line.split('\t').collect())
}

#[test]
fn sentences_are_read_back() {
    let mut wrong = Vec::new();
    for row in rows(include_str!("../../testdata/decode/sentences.tsv")) {
        let [name, text] = row[..] else { panic!("{row:?}") };
        let charset = Charset::for_name(name).unwrap();
        let mut bytes = Vec::new();
        charset.encode(text, &mut bytes).unwrap();
        let got = decode(&bytes);
        if got.text != text {
            wrong.push(format!("{name} as {}: {}", got.charset, got.text));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// `\xNN`, `\u{N}` and `\n` to what they stand for, as bytes.
fn unescape(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((plain, escape)) = rest.split_once('\\') {
        bytes.extend_from_slice(plain.as_bytes());
        rest = match escape.as_bytes()[0] {
            b'x' => {
                bytes.push(u8::from_str_radix(&escape[1..3], 16).unwrap());
                &escape[3..]
            }
            b'u' => {
                let (number, rest) = escape[2..].split_once('}').unwrap();
                let c = char::from_u32(u32::from_str_radix(number, 16).unwrap()).unwrap();
                bytes.extend_from_slice(c.to_string().as_bytes());
                rest
            }
            b'n' => {
                bytes.push(b'\n');
                &escape[1..]
            }
            other => panic!("{other}"),
        };
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

#[test]
fn structure_is_seen() {
    for row in rows(include_str!("../../testdata/decode/structure.tsv")) {
        let [name, bytes, charset, text, flags] = row[..] else { panic!("{row:?}") };
        let bytes = unescape(bytes);
        let got = decode(&bytes);
        if charset != "*" {
            assert_eq!(got.charset.name(), charset, "{name}: {}", got.text);
            assert_eq!(got.text.as_bytes(), unescape(text), "{name}");
        }
        let has = |flag: &str| flags.split(' ').any(|f| f == flag);
        assert_eq!(got.malformed, has("malformed"), "{name}");
        assert_eq!(got.binary, has("binary"), "{name}");
        assert_eq!(got.mixed, has("mixed"), "{name}");
        assert_eq!(in_pieces(&bytes, &[3]), got.text, "{name}");
    }
}

#[test]
fn evidence_says_what_decided() {
    let by = |bytes: &[u8]| decode(bytes).evidence.by;
    assert_eq!(by(b"plain"), By::Ascii);
    assert_eq!(by(b"\xFF\xFEa\0"), By::ByteOrderMark);
    assert_eq!(by("Größe und Maß".as_bytes()), By::Utf8);
    assert_eq!(by(b"\x1B$BF|K\\\x1B(B"), By::Escapes);
    assert_eq!(by(b"Gr\xF6\xDFe und Ma\xDF"), By::Language);
    let got = Decoder::new().declared("koi8-r").decode(b"\xF4\xC9\xD0");
    assert_eq!(got.evidence.by, By::Declaration);
    assert_eq!(got.evidence.declared, Some(Charset::KOI8_R));
    assert!(got.evidence.alike.contains(&Charset::KOI8_U));
    let told = got.evidence.to_string();
    assert!(told.contains("declared as KOI8-R"), "{told}");
    // So near each other, another detector is asked, and the second reading is another text.
    let near = decode(b"\xE8\xE9");
    assert!(near.evidence.vote.is_some(), "{}", near.evidence);
    assert_ne!(near.runner_up.unwrap().1, near.text);
    assert!(near.evidence.margin < 12.0);
    // Readings that cost 40 bits more are given up; structure alone weighs nothing.
    let alone = decode("Die Tür ist zu.".as_bytes());
    assert_eq!((alone.runner_up, alone.evidence.margin), (None, 40.0));
    assert_eq!(decode(b"plain").evidence.margin, f32::INFINITY);
}

#[test]
fn the_web_reads_as_browsers_do() {
    let wave = b"\xC5\xEC\xB5\xFE\xA1\xC1\xC2\xE7\xBA\xE5\xA4\xCE\xB4\xD6\xA4\xC7";
    assert_eq!(decode(wave).text, "東京〜大阪の間で");
    assert_eq!(decode(wave).evidence.dialect, Dialect::Jis);
    assert_eq!(Decoder::new().web(true).decode(wave).text, "東京～大阪の間で");
}

#[test]
fn signs_of_big5_are_those_that_people_write() {
    let text = "奧黛麗‧赫本演過許多電影，開門時間是九～十點。";
    let mut bytes = Vec::new();
    Charset::BIG5.encode(text, &mut bytes).unwrap();
    let got = decode(&bytes);
    assert_eq!(got.text, "奧黛麗•赫本演過許多電影，開門時間是九∼十點。");
    assert_eq!(got.evidence.dialect, Dialect::UnicodeBig5);
    assert_eq!(in_pieces(&bytes, &[7]), got.text);
    assert_eq!(Decoder::new().web(true).decode(&bytes).text, text);
    assert_eq!(Decoder::new().declared("cp950").decode(&bytes).text, text);
}

#[test]
fn soft_hyphens_stand_in_words() {
    let text = "Наш по\u{AD}езд при\u{AD}шёл но\u{AD}чью, и мы долго жда\u{AD}ли такси.";
    let mut bytes = Vec::new();
    Charset::WINDOWS_1251.encode(text, &mut bytes).unwrap();
    assert_eq!(decode(&bytes).text, text);
}

#[test]
fn charsets_of_other_languages_are_unlikely() {
    // `´` of IBM850 is the apostrophe in IBM775, which is for Baltic languages.
    let bytes = b"Alle auto\xEFs zijn verkocht, maar de fietsen staan nog in de winkel.";
    let text = "Alle auto´s zijn verkocht, maar de fietsen staan nog in de winkel.";
    assert_eq!(decode(bytes).text, text);
}

#[test]
fn mojibake_in_utf8_is_repaired_after_decoding() {
    let bytes = "Die BÃ¤ckerei Ã¶ffnet tÃ¤glich um fÃ¼nf Uhr frÃ¼h.\n".as_bytes();
    let cleaned = crate::clean_bytes(bytes);
    assert_eq!(cleaned.text, "Die Bäckerei öffnet täglich um fünf Uhr früh.\n");
    assert_eq!(cleaned.charset, Some("UTF-8"));
    // The same in UTF-16, beside a line that is intact.
    let text = "Wir trinken jeden Tag Tee und Kaffee.\nDie Straße ist glatt.\n";
    let garbled = text.replace('ß', "ÃŸ") + "Die KÃ¶nigin trÃ¤gt einen grÃ¼nen Hut.\n";
    let mut wide = b"\xFF\xFE".to_vec();
    wide.extend(garbled.encode_utf16().flat_map(u16::to_le_bytes));
    let meant = text.to_owned() + "Die Königin trägt einen grünen Hut.\n";
    assert_eq!(crate::clean_bytes(&wide).text, meant);
    // And UTF-16 itself, which was read in a single-byte charset and written in UTF-8.
    for written in ["UTF-16LE", "UTF-16BE"] {
        let text = "Die Bücher stehen im Regal, und die Tür ist zu.";
        let chain: crate::Chain = format!("{written}>ISO-8859-1").parse().unwrap();
        let garbled = chain.garble(text).unwrap();
        let answer = crate::Options::repair().bytes(garbled.as_bytes());
        assert_eq!((&*answer.text, answer.charset), (text, Some("UTF-8")), "{written}");
        assert!(answer.confidence > 0.99, "{written}: {}", answer.confidence);
    }
}

#[test]
fn a_letter_of_utf8_is_no_utf_16() {
    for text in ["ъ\n", "ñ\n", "ß\n", "Ё\nЯ\n", "あ\n"] {
        assert_eq!(decode(text.as_bytes()).text, text);
    }
}

#[test]
fn what_nothing_else_reads_is_not_sure_for_that() {
    let any = b"\xA4\x9A\xBC\x0A\x9B\x87\x82\x37\x59\x8D\xE4\x9F\xD1\xB7\x84\xAF";
    assert!(decode(any).confidence < 0.5);
    let mut wide = Vec::new();
    Charset::UTF_16LE.encode("窗户开着，外面在下雨。", &mut wide).unwrap();
    assert!(decode(&wide).confidence > 0.99);
}

#[test]
fn what_is_declared_utf8_and_well_formed_is_utf8() {
    let bytes = "学习".as_bytes();
    let gbk = b"\xD1\xA7\xCF\xB0"; // The same in GBK, and `ѧϰ` in UTF-8.
    assert_eq!(Decoder::new().declared("utf-8").decode(gbk).text, "ѧϰ");
    assert_eq!(Decoder::new().declared("gbk").decode(gbk).text, "学习");
    assert!(Decoder::new().declared("utf-8").decode(bytes).confidence > 0.99);
}

#[test]
fn hints_are_evidence() {
    let bytes = b"\xCF\xF0\xE8"; // При, Ïðè, Πρθ
    assert_eq!(Decoder::new().language("ru").decode(bytes).text, "При");
    assert_eq!(Decoder::new().language("ru").decode(bytes).text, "При");
    assert_eq!(Decoder::new().declared("windows-1251").decode(bytes).text, "При");
    let czech = b"P\xFD\xA1\x9At\xA1 t\xECden pojedeme na v\xEClet do les\x85"; // IBM852
    assert_eq!(decode(czech).charset, Charset::IBM852);
    assert_ne!(Decoder::new().web(true).decode(czech).charset, Charset::IBM852);
}

#[test]
fn one_charset_for_all_lines_where_the_caller_wants_it() {
    let bytes = "été, forêt, élève, déjà\n".as_bytes();
    let bytes = [bytes, b"o\xF9 \xE9tait la for\xEAt ?\n", bytes].concat();
    assert!(decode(&bytes).mixed);
    let whole = Decoder::new().by_line(false).decode(&bytes);
    assert!(!whole.mixed && whole.malformed);
    assert!(Decoder::new().by_line(false).decode_strict(&bytes).is_err());
}

#[test]
fn a_reader_gives_the_text_of_one_piece() {
    let mut bytes = Vec::new();
    Charset::WINDOWS_1251.encode(&"Мы пошли в лес.\n".repeat(9000), &mut bytes).unwrap();
    let mut reader = Decoder::new().reader(&bytes[..]);
    let mut text = String::new();
    std::io::Read::read_to_string(&mut reader, &mut text).unwrap();
    assert_eq!(text, decode(&bytes).text);
    let finding = reader.finding().unwrap();
    assert_eq!(finding.charset(), Charset::WINDOWS_1251);
    assert!(finding.confidence() > 0.9 && !finding.is_malformed() && !finding.is_binary());
}
