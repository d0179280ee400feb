use proptest::prelude::*;

use super::*;

fn pairs() -> impl Iterator<Item = [u8; 2]> {
    (0x00..=0xFF).flat_map(|a| (0x00..=0xFF).map(move |b| [a, b]))
}

/// Whatever a decoder reads, the bytes are among the preimages of what it read.
#[test]
fn each_byte_and_pair_is_among_its_preimages() {
    for charset in Charset::all().filter(|c| c.family() != Family::Escaped) {
        let four = [[0x84, 0x31, 0xA4, 0x37], [0x81, 0x30, 0x81, 0x30], [0x90, 0x30, 0x81, 0x30]];
        let three = pairs().map(|[a, b]| vec![0x8F, a, b]);
        // The planes of EUC-TW.
        let planes = pairs().flat_map(|[a, b]| [[0x8E, 0xA1, a, b], [0x8E, 0xA2, a, b]]);
        let codes = (0..=0xFF).map(|b| vec![b]).chain(pairs().map(|pair| pair.to_vec()));
        for code in codes.chain(three).chain(planes.chain(four).map(|code| code.to_vec())) {
            if let Next::Char(c, len) = charset.decode_next(&code)
                && len == code.len()
            {
                let all: Vec<Bytes> = charset.preimages(c).collect();
                assert!(all.iter().any(|b| **b == *code), "{charset} {code:02X?} {c} {all:?}");
                assert!(charset.contains(c) || charset == Charset::GBK && len == 4);
                assert_eq!(charsets_with(c) >> charset.index() & 1, 1, "{charset} {c}");
            }
        }
    }
}

/// What an encoder writes is read as the same character again, but for codes that only a dialect reads so.
#[test]
fn canonical_bytes_read_back() {
    let mut dialect_only = 0;
    for charset in Charset::all().filter(|c| c.family() != Family::Escaped) {
        for c in ('\0'..='\u{2FFFF}').filter(|&c| c != char::REPLACEMENT_CHARACTER) {
            let Some(bytes) = charset.encode_char(c) else { continue };
            if charset.decode_next(&bytes) != Next::Char(c, bytes.len()) {
                dialect_only += 1;
                let all: Vec<Bytes> = charset.preimages(c).collect();
                let reads = |b: &Bytes| charset.decode_next(b) == Next::Char(c, b.len());
                assert!(charset == Charset::GBK || !all.iter().any(reads), "{charset} {c} {all:?}");
            }
        }
    }
    assert!(dialect_only > 0);
}

#[test]
fn names_are_labels_of_themselves() {
    const { assert!(Charset::COUNT <= 128) };
    for charset in Charset::all() {
        assert_eq!(Charset::for_name(charset.name()), Some(charset));
        // In the standard the first is windows-1252, the second windows-1254, the third windows-874.
        let folded = [Charset::ISO_8859_1, Charset::ISO_8859_9, Charset::ISO_8859_11];
        if !folded.contains(&charset) {
            assert_eq!(Charset::for_label(charset.name()), Some(charset));
        }
    }
}

#[test]
fn labels_of_other_houses_resolve() {
    for (labels, charset) in [
        ("utf-8 utf8 U8 utf_8 UTF-8-sig cp65001", Charset::UTF_8),
        ("latin1 l1 iso8859-1 iso-8859-1 ascii cp1252 windows-1252", Charset::WINDOWS_1252),
        ("latin-1 latin_1", Charset::ISO_8859_1),
        ("cp437 437 IBM437", Charset::IBM437),
        ("mac-roman mac_roman macintosh", Charset::MACINTOSH),
        ("mac-latin2 x-mac-ce mac_centeuro maccentraleurope", Charset::X_MAC_CE),
        ("cp932 ms932 shift_jis sjis shift-jis windows-31j", Charset::SHIFT_JIS),
        ("cp949 uhc euc_kr ks_c_5601-1987", Charset::EUC_KR),
        ("cp950 big5hkscs big5-hkscs big5", Charset::BIG5),
        ("cp936 gbk gb2312 gb_2312-80", Charset::GBK),
        ("euc_jp eucjp ujis", Charset::EUC_JP),
        ("iso2022_jp iso-2022-jp", Charset::ISO_2022_JP),
        ("iso2022_kr ISO-2022-KR", Charset::ISO_2022_KR),
        ("hz hz-gb-2312", Charset::HZ),
        ("utf-16-le utf_16_le utf-16 utf-16le", Charset::UTF_16LE),
        ("utf-16-be utf_16_be", Charset::UTF_16BE),
        ("utf-32-be utf_32_be", Charset::UTF_32BE),
        ("iso8859-15 iso8859_15 latin9 l9", Charset::ISO_8859_15),
        ("koi8-r koi8_r KOI8R", Charset::KOI8_R),
        ("cp1140 ibm1140", Charset::IBM1140),
        ("cp858 ibm00858", Charset::IBM858),
    ] {
        for label in labels.split(' ') {
            assert_eq!(Charset::for_label(label), Some(charset), "{label}");
        }
    }
    assert_eq!(Charset::for_label("utf-7"), None);
    assert_eq!(Charset::for_label(""), None);
}

fn theirs(charset: Charset) -> Option<&'static encoding_rs::Encoding> {
    let encoding = encoding_rs::Encoding::for_label(charset.name().as_bytes())?;
    (encoding.name() == charset.name()).then_some(encoding)
}

/// Bytes that often are lead and trail bytes.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let byte = prop_oneof![3 => 0x80..=0xFF_u8, 1 => 0x30..=0x7E_u8, 1 => any::<u8>()];
    prop::collection::vec(byte, 0..40)
}

proptest! {
    /// Reading one character after the other is what encoding_rs does in bulk, U+FFFD for U+FFFD.
    #[test]
    fn one_by_one_agrees_with_encoding_rs(bytes in bytes()) {
        for charset in Charset::all() {
            let Some(encoding) = theirs(charset) else { continue };
            if charset.family() == Family::Escaped { continue }
            let (expected, _) = encoding.decode_without_bom_handling(&bytes);
            let (mut text, mut rest) = (String::new(), &bytes[..]);
            while !rest.is_empty() {
                let len = match charset.decode_next(rest) {
                    Next::Char(c, len) => { text.push(c); len }
                    Next::Pair(a, b, len) => { text.extend([a, b]); len }
                    Next::Malformed(len) => { text.push('\u{FFFD}'); len }
                    Next::Incomplete => { text.push('\u{FFFD}'); rest.len() }
                };
                rest = &rest[len.min(rest.len())..];
            }
            prop_assert_eq!(&text, &*expected, "{}", charset);
        }
    }

    /// Strict and lossy decoding agree on where the first malformed place is.
    #[test]
    fn strict_is_lossy_up_to_the_first_error(bytes in bytes()) {
        for charset in Charset::all() {
            let (mut strict, mut lossy) = (String::new(), String::new());
            let result = charset.decode_strict(&bytes, &mut strict);
            prop_assert_eq!(charset.decode_lossy(&bytes, &mut lossy), result.is_err());
            prop_assert!(lossy.starts_with(&strict), "{} {:?} {:?}", charset, strict, lossy);
            if let Err(Unmapped { at, .. }) = result {
                let mut head = String::new();
                prop_assert_eq!(charset.decode_strict(&bytes[..at], &mut head), Ok(()), "{}", charset);
                prop_assert_eq!(&head, &strict, "{}", charset);
            } else {
                prop_assert_eq!(&lossy, &strict);
            }
        }
    }

    /// Text that encodes reads back, dialects aside.
    #[test]
    fn encode_then_decode(text in "[\0-~\u{A0}-\u{17F}\u{391}-\u{45F}가-힣一-龥ぁ-ヿ]{0,20}") {
        for charset in Charset::all() {
            let mut bytes = Vec::new();
            match charset.encode(&text, &mut bytes) {
                Ok(()) => {
                    let mut back = String::new();
                    let read = charset.decode_strict(&bytes, &mut back);
                    let reads = |c| {
                        charset.family() == Family::Escaped
                            || charset.encode_char(c).is_some_and(|b| charset.decode_next(&b) == Next::Char(c, b.len()))
                    };
                    if text.chars().all(reads) {
                        prop_assert_eq!(read, Ok(()), "{} {:02X?}", charset, bytes);
                        prop_assert_eq!(&back, &text, "{} {:02X?}", charset, bytes);
                    }
                }
                Err(Unmapped { at, .. }) => {
                    let c = text[at..].chars().next().unwrap();
                    prop_assert!(!charset.contains(c), "{} {:?}", charset, c);
                    prop_assert!(text[..at].chars().all(|c| charset.contains(c)), "{} {:?}", charset, text);
                }
            }
        }
    }
}

/// What shifts a text is no character of it.
#[test]
fn shifts_are_not_written() {
    let (kr, cn, hz) = (Charset::ISO_2022_KR, Charset::ISO_2022_CN, Charset::HZ);
    for charset in [Charset::ISO_2022_JP, kr, cn, hz] {
        for (c, has) in [('\u{1B}', false), ('\u{0E}', charset == hz), ('\u{0F}', charset == hz)] {
            let (mut bytes, mut back, text) = (Vec::new(), String::new(), format!("a{c}b"));
            let result = charset.encode(&text, &mut bytes);
            assert_eq!(
                result,
                if has { Ok(()) } else { Err(Unmapped { charset, at: 1 }) },
                "{charset} {c:?}"
            );
            assert_eq!(charset.contains(c), has, "{charset} {c:?}");
            assert_eq!(has, charset.decode_strict(&bytes, &mut back) == Ok(()) && back == text);
        }
    }
}

#[test]
fn the_first_character_without_bytes_is_told() {
    for (text, at) in [("é ｱ", 0), ("aｱ é", 1), ("日本\u{1B}ｱ", 6), ("日ｱ", 3)] {
        let charset = Charset::ISO_2022_JP;
        let expected = Err(Unmapped { charset, at });
        assert_eq!(charset.encode(text, &mut Vec::new()), expected, "{text:?}");
    }
}

/// The table that single-byte charsets are written by in bulk has what they have one by one.
#[test]
fn texts_are_written_as_their_characters_are() {
    let mut written = 0;
    for charset in Charset::all().filter(|c| c.family() == Family::SingleByte) {
        for c in '\0'..='\u{1FFFF}' {
            let (mut bytes, text) = (Vec::new(), format!("ab{c}"));
            let result = charset.encode(&text, &mut bytes);
            match charset.encode_char(c) {
                Some(one) => assert!(bytes.ends_with(&one) && bytes.len() == 3, "{charset} {c:?}"),
                None => assert_eq!(result, Err(Unmapped { charset, at: 2 }), "{charset} {c:?}"),
            }
            written += usize::from(result.is_ok());
        }
    }
    assert!(written > 10_000, "{written}");
}

#[test]
fn dialects_are_preimages() {
    let has = |charset: Charset, c, bytes: &[u8]| charset.preimages(c).any(|b| *b == *bytes);
    for c in ['〜', '～'] {
        assert!(has(Charset::SHIFT_JIS, c, b"\x81\x60"), "{c}");
        assert!(has(Charset::EUC_JP, c, b"\xA1\xC1"), "{c}");
    }
    for (c, pair) in
        [('—', b"\xA1\xAA"), ('―', b"\xA1\xAA"), ('·', b"\xA1\xA4"), ('・', b"\xA1\xA4")]
    {
        assert!(has(Charset::GBK, c, pair), "{c}");
    }
    assert!(has(Charset::WINDOWS_1252, '\u{81}', b"\x81"));
    assert!(has(Charset::WINDOWS_1253, '\u{AA}', b"\xAA"));
    assert!(has(Charset::MACINTOSH, '€', b"\xDB") && has(Charset::MACINTOSH, '¤', b"\xDB"));
    assert!(has(Charset::BIG5, '\u{E000}', b"\xFA\x40"));
    assert!(has(Charset::GBK, '€', b"\x80") && has(Charset::GBK, '€', b"\xA2\xE3"));
}

#[test]
fn masks_say_of_charsets_with_shifts_what_these_say() {
    for charset in Charset::all().filter(|c| c.family() == Family::Escaped) {
        for c in '\0'..='\u{2FFFF}' {
            let has = charsets_with(c) >> charset.index() & 1 == 1;
            assert_eq!(has, charset.contains(c), "{charset} {c:?}");
        }
    }
}

/// Every charset is written as text that is read as it, whatever else a label may mean.
#[test]
fn charsets_are_read_from_their_names() {
    for charset in Charset::all() {
        assert_eq!(charset.to_string().parse(), Ok(charset));
    }
    assert_eq!("cp866".parse(), Ok(Charset::IBM866));
    let error = "no such".parse::<Charset>().unwrap_err();
    assert_eq!(error.to_string(), "no charset goes by the label \"no such\"");
}
