//! Edits of two stages in one list.

use super::Edit;
use std::ops::Range;

/// Joins the edits `first` (input to middle) and `second` (middle to output).
///
/// Each edit keeps its own step and confidence; its `source` comes to refer to
/// the input and its `output` to the output. Where both stages changed the same
/// place, both edits cover the whole of it. Both lists are in ascending order of
/// `source`, as [`super::Rewrite`] and this function make them, and so is the
/// result. Costs n log n in the number of edits.
///
/// ```
/// use ungarble::normalize::{Normalization, Switch};
/// use ungarble::report::compose;
/// let steps = [Switch::LineBreaks, Switch::Quotes].map(|step| Normalization::none().with(step));
/// let (middle, first) = steps[0].apply("a\r\n“b”");
/// let (last, second) = steps[1].apply(&middle);
/// let edits = compose(first, second);
/// assert_eq!(last, "a\n\"b\"");
/// // The quote behind the line break, in the text that came in and in the one that goes out.
/// assert_eq!((edits[1].source.clone(), edits[1].output.clone()), (3..6, 2..3));
/// ```
pub fn compose(first: Vec<Edit>, second: Vec<Edit>) -> Vec<Edit> {
    if first.is_empty() {
        return second;
    }
    if second.is_empty() {
        return first;
    }
    let back: Vec<Block> = blocks(&first).into_iter().map(|(from, to)| (to, from)).collect();
    let forth = blocks(&second);
    let mut all: Vec<Edit> = Vec::with_capacity(first.len() + second.len());
    for mut edit in first {
        edit.output = project(&forth, edit.output);
        all.push(edit);
    }
    for mut edit in second {
        edit.source = project(&back, edit.source);
        all.push(edit);
    }
    // What was inserted stands before what else came of the same place.
    all.sort_by_key(|e| (e.source.start, e.output.start, e.source.end));
    all
}

/// A range before and what stands there after; all outside of blocks is copied.
pub type Block = (Range<usize>, Range<usize>);

/// The places of a text that edits changed, in ascending order, none of which overlap: edits of
/// several stages may share a place, and whoever makes the new text of the old one by hand would
/// write it twice.
///
/// ```
/// use ungarble::report::blocks;
/// let text = "la  cafÃ©";
/// let answer = ungarble::Options::clean().text(text);
/// let mut out = String::new();
/// let mut copied = 0;
/// for (source, output) in blocks(&answer.edits) {
///     out += &text[copied..source.start];
///     out += &answer.text[output];
///     copied = source.end;
/// }
/// out += &text[copied..];
/// assert_eq!(out, answer.text);
/// ```
// What is only inserted shares no place with what stands behind it.
pub fn blocks(edits: &[Edit]) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::with_capacity(edits.len());
    for Edit { source, output, .. } in edits {
        match blocks.last_mut() {
            Some((from, to))
                if source.start < from.end
                    || source.start == from.start && from.start < from.end
                    || output.start < to.end =>
            {
                from.end = from.end.max(source.end);
                *to = to.start.min(output.start)..to.end.max(output.end);
            }
            _ => blocks.push((source.clone(), output.clone())),
        }
    }
    blocks
}

/// Maps `range` through blocks `(from, to)` in ascending order.
fn project(map: &[Block], range: Range<usize>) -> Range<usize> {
    // Blocks that end before the range begins only move it; those up to `stop` share a place with it.
    let skip = map.partition_point(|(from, _)| from.end <= range.start && from.start < range.start);
    let stop = map.partition_point(|(from, _)| {
        from.start < range.end || (range.is_empty() && from.start == range.start)
    });
    let shift = |position: usize, block: Option<&Block>| match block {
        Some((from, to)) => position + to.end - from.end,
        None => position,
    };
    let before = skip.checked_sub(1).and_then(|i| map.get(i));
    let mut start = shift(range.start, before);
    let Some(shared @ [(first, moved), ..]) = map.get(skip..stop) else {
        return start..shift(range.end, before).max(start);
    };
    if first.start <= range.start {
        start = start.min(moved.start);
    }
    let end = match shared.last() {
        Some((from, to)) if from.end > range.end => to.end,
        last => shift(range.end, last),
    };
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Rewrite, Step};

    fn spans(edits: &[Edit]) -> Vec<Block> {
        edits.iter().map(|edit| (edit.source.clone(), edit.output.clone())).collect()
    }

    #[test]
    fn spans_refer_to_the_ends_of_the_chain() {
        let mut one = Rewrite::new("xx-abc-yy");
        one.replace(3..6, "Q", Step::Repair, 0.9);
        let (middle, first) = one.finish();
        assert_eq!(middle, "xx-Q-yy");
        let mut two = Rewrite::new(&middle);
        two.replace(0..1, "longer", Step::Chinese, 1.0);
        two.replace(5..7, "", Step::Chinese, 1.0);
        let (last, second) = two.finish();
        assert_eq!(last, "longerx-Q-");
        let all = compose(first, second);
        assert_eq!(spans(&all), [(0..1, 0..6), (3..6, 8..9), (7..9, 10..10)]);
    }

    #[test]
    fn an_edit_of_what_was_inserted_stands_before_what_follows() {
        let mut one = Rewrite::new("abcd");
        one.replace(1..1, "xy", Step::Repair, 0.9);
        one.replace(1..3, "BC", Step::Repair, 0.9);
        let (middle, first) = one.finish();
        assert_eq!(middle, "axyBCd");
        let mut two = Rewrite::new(&middle);
        two.replace(1..2, "X", Step::Chinese, 1.0);
        let (last, second) = two.finish();
        assert_eq!(last, "aXyBCd");
        let all = compose(first, second);
        let outputs: Vec<_> = all.iter().map(|e| e.output.clone()).collect();
        assert_eq!(outputs, [1..3, 1..2, 3..5]);
    }

    #[test]
    fn what_was_edited_before_is_not_part_of_what_is_inserted_in_front() {
        let mut one = Rewrite::new("ab-cd");
        one.replace(2..3, "", Step::Chinese, 1.0);
        let (middle, first) = one.finish();
        assert_eq!(middle, "abcd");
        let mut two = Rewrite::new(&middle);
        two.replace(1..1, "x", Step::Repair, 0.9);
        two.replace(1..4, "yz", Step::Repair, 0.9);
        let (last, second) = two.finish();
        assert_eq!(last, "axyz");
        let all = compose(first, second);
        assert_eq!(spans(&all), [(1..1, 1..2), (1..5, 2..4), (2..3, 2..4)]);
    }

    #[test]
    fn an_edit_inside_an_edit_takes_its_source() {
        let mut one = Rewrite::new("abcdef");
        one.replace(1..5, "12345678", Step::Repair, 0.9);
        let (middle, first) = one.finish();
        let mut two = Rewrite::new(&middle);
        two.replace(3..4, "", Step::Chinese, 1.0);
        let (last, second) = two.finish();
        assert_eq!(last, "a1245678f");
        let all = compose(first, second);
        assert_eq!(all[0].source, 1..5);
        assert_eq!(all[0].output, 1..8);
        assert_eq!(all[1].source, 1..5);
        assert_eq!(all[1].output, 3..3);
    }
}
