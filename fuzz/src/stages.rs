//! Properties of single stages: charsets, lattice, normalization, plans.

use super::checks::{edits_tell_all, pick};
use super::oracle;
use ungarble::charset::{Charset, Next};
use ungarble::chinese::{Config, convert, convert_with_edits, scripts};
use ungarble::normalize::{Normalization, Switch};
use ungarble::search::lattice::{self, Channel};
use ungarble::{Chain, Misreading};

fn charset_at(index: usize) -> Charset {
    Charset::all().nth(index).expect("the index is below the count")
}

/// What decodes strictly decodes the same lossily, and what does not is malformed there; what
/// a character was read from is among its preimages, the first of which is what an encoder
/// writes; decoding moves forward.
pub fn charset(bytes: &[u8]) {
    let (index, bytes) = pick(bytes, Charset::COUNT);
    let charset = charset_at(index);
    let (mut strict, mut lossy) = (String::new(), String::new());
    let is_strict = charset.decode_strict(bytes, &mut strict).is_ok();
    let is_malformed = charset.decode_lossy(bytes, &mut lossy);
    assert!(lossy.len() <= 3 * bytes.len() + 3, "{charset} made too much of its bytes");
    assert_eq!(is_malformed, !is_strict, "{charset} strictly and lossily");
    if is_strict {
        assert_eq!(strict, lossy, "{charset} strictly and lossily");
    }
    match charset.decode_next(bytes) {
        Next::Char(c, length) => {
            assert!((1..=bytes.len()).contains(&length));
            let mut preimages = charset.preimages(c);
            assert!(preimages.any(|own| *own == bytes[..length]), "{charset}: {c:?} is of no code");
            if let Some(back) = charset.encode_char(c) {
                assert_eq!(charset.preimages(c).next(), Some(back), "{charset}: {c:?}");
                let again = charset.decode_next(&back);
                assert!(matches!(again, Next::Char(d, _) if d == c), "{charset}: {c:?} is lost");
            }
        }
        Next::Pair(_, _, length) => assert!((1..=bytes.len()).contains(&length)),
        Next::Malformed(length) => assert!(length >= 1),
        Next::Incomplete => {}
        next => panic!("{charset}: {next:?} is not known here"),
    }
}

/// A way through the lattice covers the text from its beginning to its end.
pub fn lattice(bytes: &[u8]) {
    let (written, bytes) = pick(bytes, Charset::COUNT);
    let (read, bytes) = pick(bytes, Charset::COUNT);
    let text = String::from_utf8_lossy(bytes);
    // The search hands over lines, and long ones in pieces.
    let text: String = text.chars().take(256).collect();
    let misreading = Misreading { written: charset_at(written), read: charset_at(read) };
    let channel = Channel::new(misreading);
    let Some(path) = lattice::decode(&text, &channel) else { return };
    let mut at = 0;
    for piece in &path.pieces {
        assert!(text.get(piece.source.clone()).is_some(), "{:?} is no span", piece.source);
        assert_eq!(piece.source.start, at, "a gap between pieces");
        assert!(piece.source.end >= at, "{:?} goes back", piece.source);
        assert!((0.0..=1.0).contains(&piece.certainty), "certainty {}", piece.certainty);
        at = piece.source.end;
    }
    assert_eq!(at, text.len(), "a gap at the end");
}

/// Each step alone, and any set of them: idempotent, and told in full.
pub fn normalize(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first_chunk::<4>() else { return };
    let choice = u32::from_le_bytes(*choice);
    let text = String::from_utf8_lossy(bytes);
    let mut steps = Normalization::none();
    for (index, switch) in Switch::ALL.iter().enumerate() {
        if choice >> (index % 32) & 1 == 1 {
            steps = steps.with(*switch);
        }
    }
    let single = Switch::ALL[choice as usize % Switch::ALL.len()];
    for steps in [steps, Normalization::none().with(single)] {
        let (once, edits) = steps.apply(&text);
        edits_tell_all(&text, &once, &edits);
        // Compatibility decomposition makes up to 18 characters of one.
        assert!(once.len() <= 18 * text.len() + 64, "the output is out of all proportion");
        let (twice, again) = steps.apply(&once);
        assert_eq!(once, twice, "{steps:?} a second time: {again:?}");
    }
}

/// A plan is what it is written as, and undoing what it did gives what was there.
pub fn plan(bytes: &[u8]) {
    let end = bytes.iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len());
    let (plan, text) = bytes.split_at(end);
    let Ok(chain) = String::from_utf8_lossy(plan).parse::<Chain>() else { return };
    assert_eq!(chain.to_string().parse::<Chain>().as_ref(), Ok(&chain), "written and read");
    let text = String::from_utf8_lossy(text);
    let _ = chain.undo(&text);
    if let Some(garbled) = chain.garble(&text)
        && let Some(back) = chain.undo(&garbled)
        && let Some(again) = chain.garble(&back)
    {
        // Charsets that write one character in two ways need not give the same text,
        // but what they give must garble to the same.
        assert_eq!(again, garbled, "{chain} does not replay");
    }
}

/// Conversion is what the oracle says and tells its edits; scripts cover the text without
/// gaps.
pub fn chinese(bytes: &[u8]) {
    let (config, bytes) = pick(bytes, Config::ALL.len());
    let config = Config::ALL[config];
    let text = String::from_utf8_lossy(bytes);
    let (converted, edits) = convert_with_edits(config, &text);
    edits_tell_all(&text, &converted, &edits);
    assert_eq!(converted, convert(config, &text), "{config} with and without edits");
    if let Some(expected) = oracle::convert(config.name(), &text) {
        assert_eq!(converted, expected, "{config} beside the oracle");
    }
    // A phrase is replaced by one of at most a few characters more.
    assert!(converted.len() <= 8 * text.len() + 64, "the output is out of all proportion");
    let mut at = 0;
    for span in scripts(&text) {
        assert_eq!(span.range.start, at, "a gap between scripts");
        assert!(text.get(span.range.clone()).is_some(), "{:?} is no span", span.range);
        assert!((0.0..=1.0).contains(&span.confidence), "confidence {}", span.confidence);
        at = span.range.end;
    }
    assert_eq!(at, text.len(), "a gap at the end");
}
