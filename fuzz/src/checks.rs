//! What several properties choose by and hold answers against.

use ungarble::report::Edit;

/// A number from the front of the input, and the rest.
pub fn pick(bytes: &[u8], below: usize) -> (usize, &[u8]) {
    match bytes.split_first() {
        Some((first, rest)) => (usize::from(*first) % below.max(1), rest),
        None => (0, bytes),
    }
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
