use super::*;
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
