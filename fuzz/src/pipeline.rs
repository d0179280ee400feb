//! Properties of the whole pipeline: decode, repair, clean, and doing it again by plan.

use super::checks::{edits_tell_all, pick};
use ungarble::normalize::{Normalization, Switch};
use ungarble::{Answer, ChineseMode, Decoder, Options};

/// Any bytes decode to some text, of a length that the bytes bound.
pub fn decode(bytes: &[u8]) {
    let options = Options::repair().undo_misreadings(false);
    let answer = options.bytes(bytes);
    sane(&answer);
    assert!(answer.text.len() <= 3 * bytes.len() + 3, "longer than any charset explains");
    let again = options.bytes(bytes);
    assert_eq!((&answer.text, answer.charset), (&again.text, again.charset), "two answers");
    // What follows has targets of its own, and takes ten times as long.
    if bytes.len().is_multiple_of(16) {
        sane(&ungarble::clean_bytes(bytes));
    }
}

/// However the bytes are cut, they come out as they do in one piece.
pub fn stream(bytes: &[u8]) {
    let (choice, bytes) = pick(bytes, 256);
    let (cut, bytes) = pick(bytes, 256);
    let mut decoder = Decoder::new();
    for (bit, label) in [(1, "windows-1252"), (2, "GBK"), (4, "UTF-16LE")] {
        if choice & bit != 0 {
            decoder = decoder.declared(label);
        }
    }
    decoder = decoder.web(choice & 8 != 0).by_line(choice & 16 == 0);
    let whole = decoder.decode(bytes);
    let (mut stream, mut text) = (decoder.stream(), String::new());
    let mut rest = bytes;
    // Pieces of 1 to 3 bytes, or of lengths without a pattern.
    let mut length = cut;
    while !rest.is_empty() {
        length = if cut < 3 { cut + 1 } else { (length * 75 + 74) % 257 };
        let (piece, after) = rest.split_at(length.min(rest.len()));
        stream.push(piece, &mut text);
        rest = after;
    }
    let found = stream.finish(&mut text);
    assert_eq!(text, whole.text, "in pieces and in one");
    assert_eq!(found.charset(), whole.charset);
    assert_eq!(found.confidence(), whole.confidence);
    assert_eq!(found.is_malformed(), whole.malformed);
    assert_eq!((found.is_binary(), found.is_mixed()), (whole.binary, whole.mixed));
}

/// The plan that is reported, done again, gives the text that is reported.
pub fn replay(bytes: &[u8]) {
    let (choice, bytes) = pick(bytes, 256);
    let text = String::from_utf8_lossy(bytes);
    let steps = [
        Normalization::none(),
        Normalization::safe(),
        Normalization::corpus(),
        Normalization::ftfy_like().with(Switch::BlankLines),
    ];
    let chinese = if choice & 8 == 0 { ChineseMode::Keep } else { ChineseMode::Simplify };
    let options = Options::repair()
        .guess(choice & 4 != 0)
        .normalization(steps[choice & 3])
        .chinese(chinese)
        .min_confidence(if choice & 16 == 0 { 0.0 } else { 0.7 });
    let answer = options.text(&text);
    assert_eq!(answer.plan.replay(&text), answer.text, "{options:?}: {:?}", answer.plan);
}

/// Repair changes what its edits say and nothing else.
pub fn repair(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let answer = ungarble::repair(&text);
    sane(&answer);
    bounded(&text, &answer);
    edits_tell_all(&text, &answer.text, &answer.edits);
    assert_eq!(answer.text, ungarble::repair(&text).text, "two runs, two answers");
}

/// Cleaning what is clean changes nothing.
pub fn clean(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let once = ungarble::clean(&text);
    sane(&once);
    bounded(&text, &once);
    edits_tell_all(&text, &once.text, &once.edits);
    let twice = ungarble::clean(&once.text);
    assert_eq!(once.text, twice.text, "cleaned twice");
}

fn sane(answer: &Answer<'_>) {
    assert!((0.0..=1.0).contains(&answer.confidence), "confidence {}", answer.confidence);
    for edit in &answer.edits {
        assert!((0.0..=1.0).contains(&edit.confidence), "confidence {}", edit.confidence);
    }
}

/// A misreading makes text longer; undoing it makes a character longer at most by
/// what one code unit can hold.
fn bounded(text: &str, answer: &Answer<'_>) {
    assert!(answer.text.len() <= 4 * text.len() + 64, "the output is out of all proportion");
}
