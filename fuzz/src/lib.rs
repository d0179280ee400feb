//! What must hold for all input: one function a fuzz target, bytes in, panic on a
//! breach.
//!
//! The targets under `fuzz_targets/` and the replay of seeds and regressions in the
//! crate's own tests run these same functions.

use std::borrow::Cow;
use ungarble::{Answer, Options};

/// A property: a function that panics where it does not hold.
pub type Property = fn(&[u8]);

/// Every property, by the name of its target.
pub const PROPERTIES: &[(&str, Property)] =
    &[("decode", decode), ("repair", repair), ("clean", clean)];

/// Any bytes decode to some text, of a length that the bytes bound.
pub fn decode(bytes: &[u8]) {
    let options = Options::repair().undo_misreadings(false);
    let answer = options.bytes(bytes);
    sane(&answer);
    assert!(answer.text.len() <= 3 * bytes.len() + 3, "longer than any charset explains");
    if let Ok(text) = std::str::from_utf8(bytes)
        && text.is_ascii()
        && !text.contains(['\u{1B}', '~', '\0'])
    {
        assert_eq!(answer.text, text, "ASCII is ASCII");
    }
    let _ = ungarble::clean_bytes(bytes);
}

/// Repair changes what its edits say and nothing else.
pub fn repair(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let answer = ungarble::repair(&text);
    sane(&answer);
    edits_tell_all(&text, &answer);
    assert_eq!(answer.text, ungarble::repair(&text).text, "two runs, two answers");
}

/// Cleaning what is clean changes nothing.
pub fn clean(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let once = ungarble::clean(&text);
    sane(&once);
    edits_tell_all(&text, &once);
    let twice = ungarble::clean(&once.text);
    assert_eq!(once.text, twice.text, "cleaned twice");
}

fn sane(answer: &Answer<'_>) {
    assert!((0.0..=1.0).contains(&answer.confidence), "confidence {}", answer.confidence);
    let mut end = 0;
    for edit in &answer.edits {
        assert!((0.0..=1.0).contains(&edit.confidence), "confidence {}", edit.confidence);
        assert!(edit.source.start <= edit.source.end && edit.output.start <= edit.output.end);
        assert!(edit.source.start >= end, "edits out of order");
        end = edit.source.start;
        assert!(answer.text.get(edit.output.clone()).is_some(), "{:?} is no span", edit.output);
    }
}

/// Between the edits the text is the same, and without edits it is borrowed.
fn edits_tell_all(text: &str, answer: &Answer<'_>) {
    if answer.edits.is_empty() {
        assert!(matches!(answer.text, Cow::Borrowed(_)), "a copy of what did not change");
    }
    let (mut source, mut output) = (0, 0);
    for edit in &answer.edits {
        // Edits of several stages in one place cover the same source.
        if edit.source.start >= source && edit.output.start >= output {
            let kept = text.get(source..edit.source.start);
            assert!(kept.is_some(), "{:?} is no span", edit.source);
            assert_eq!(kept, answer.text.get(output..edit.output.start), "an untold change");
        }
        source = source.max(edit.source.end);
        output = output.max(edit.output.end);
    }
    assert_eq!(text.get(source..), answer.text.get(output..), "an untold change at the end");
}
