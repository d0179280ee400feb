//! The text that edits tell of, made again from them.

use ungarble::report::Edit;

/// What lies outside of the edits is copied; edits that share a place cover all of it.
pub fn rebuilt(text: &str, output: &str, edits: &[Edit]) -> String {
    let mut made = String::new();
    let (mut copied, mut at) = (0, 0);
    while let Some(edit) = edits.get(at) {
        let (mut source, mut place) = (edit.source.clone(), edit.output.clone());
        at += 1;
        while let Some(next) = edits.get(at).filter(|next| {
            next.source.start < source.end
                || next.source.start == source.start
                || next.output.start < place.end
        }) {
            source.end = source.end.max(next.source.end);
            place = place.start.min(next.output.start)..place.end.max(next.output.end);
            at += 1;
        }
        made.push_str(&text[copied..source.start]);
        made.push_str(&output[place]);
        copied = source.end;
    }
    made + &text[copied..]
}
