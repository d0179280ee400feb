//! Properties of the whole pipeline: decode, repair, clean.

use ungarble::report::Edit;
use ungarble::{Answer, Options};

/// Any bytes decode to some text, of a length that the bytes bound.
pub fn decode(bytes: &[u8]) {
    let options = Options::repair().undo_misreadings(false);
    let answer = options.bytes(bytes);
    sane(&answer);
    assert!(answer.text.len() <= 3 * bytes.len() + 3, "longer than any charset explains");
    let again = options.bytes(bytes);
    assert_eq!((&answer.text, answer.charset), (&again.text, again.charset), "two answers");
    sane(&ungarble::clean_bytes(bytes));
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

/// Edits are in order and are spans of their texts; between them the text is the
/// same, and without edits it is borrowed.
pub fn edits_tell_all(text: &str, new: &str, edits: &[Edit]) {
    // What did not change is the caller's own text, not a copy of it.
    assert!(!edits.is_empty() || std::ptr::eq(text, new), "a copy, or an untold change");
    // Edits of several stages in one place overlap: what is compared is what lies
    // between groups of them.
    let (mut source, mut output) = (0..0, 0..0);
    let mut kept = (0, 0);
    let mut start = 0;
    for edit in edits {
        assert!(text.get(edit.source.clone()).is_some(), "{:?} is no span", edit.source);
        assert!(new.get(edit.output.clone()).is_some(), "{:?} is no span", edit.output);
        assert!(edit.source.start >= start, "edits out of order");
        start = edit.source.start;
        if edit.source.start >= source.end && edit.output.start >= output.end {
            same(&text[kept.0..source.start], &new[kept.1..output.start]);
            kept = (source.end, output.end);
            (source, output) = (edit.source.clone(), edit.output.clone());
        } else {
            source = source.start.min(edit.source.start)..source.end.max(edit.source.end);
            output = output.start.min(edit.output.start)..output.end.max(edit.output.end);
        }
    }
    same(&text[kept.0..source.start], &new[kept.1..output.start]);
    same(&text[source.end..], &new[output.end..]);
}

fn same(old: &str, new: &str) {
    assert_eq!(old, new, "a change that no edit tells of");
}
