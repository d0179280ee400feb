//! Edits of two stages in one list.

use super::Edit;
use std::ops::Range;

/// Joins the edits `first` (input to middle) and `second` (middle to output).
///
/// Each edit keeps its own step and confidence; its `source` comes to refer to
/// the input and its `output` to the output. Where both stages changed the same
/// place, both edits cover the whole of it. Both lists must be in ascending
/// order and free of overlaps within one stage, as [`super::Rewrite`] makes them; the result is in
/// ascending order of `source`. Linear in the number of edits.
pub fn compose(first: Vec<Edit>, second: Vec<Edit>) -> Vec<Edit> {
    if first.is_empty() {
        return second;
    }
    if second.is_empty() {
        return first;
    }
    let back: Vec<(Range<usize>, Range<usize>)> =
        first.iter().map(|e| (e.output.clone(), e.source.clone())).collect();
    let forth: Vec<(Range<usize>, Range<usize>)> =
        second.iter().map(|e| (e.source.clone(), e.output.clone())).collect();
    let mut all: Vec<Edit> = Vec::with_capacity(first.len() + second.len());
    let mut at = 0;
    for mut edit in first {
        edit.output = project(&forth, edit.output, &mut at);
        all.push(edit);
    }
    let mut at = 0;
    for mut edit in second {
        edit.source = project(&back, edit.source, &mut at);
        all.push(edit);
    }
    all.sort_by_key(|e| (e.source.start, e.source.end));
    all
}

/// Maps `range` through a list of replaced ranges `(from, to)`. `at` remembers
/// how far earlier, smaller ranges came.
fn project(
    map: &[(Range<usize>, Range<usize>)],
    range: Range<usize>,
    at: &mut usize,
) -> Range<usize> {
    // Entries that end before the range begins only move it.
    while map.get(*at).is_some_and(|(from, _)| from.end <= range.start && from.start < range.start)
    {
        *at += 1;
    }
    let shift = |position: usize, entry: Option<&(Range<usize>, Range<usize>)>| match entry {
        Some((from, to)) => position + to.end - from.end,
        None => position,
    };
    let before = at.checked_sub(1).and_then(|i| map.get(i));
    let mut start = shift(range.start, before);
    let mut last = before;
    let mut end_cover = 0;
    let mut index = *at;
    while let Some((from, to)) = map.get(index) {
        if from.start >= range.end && !(from.start == range.start && range.is_empty()) {
            break;
        }
        if from.start <= range.start {
            start = start.min(to.start);
        }
        end_cover = to.end;
        last = map.get(index);
        index += 1;
    }
    let end = match last {
        Some((from, _)) if from.end > range.end => end_cover,
        _ => shift(range.end, last).max(end_cover),
    };
    start..end.max(start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Rewrite, Step};

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
        let spans: Vec<_> = all.iter().map(|e| (e.source.clone(), e.output.clone())).collect();
        assert_eq!(spans, [(0..1, 0..6), (3..6, 8..9), (7..9, 10..10)]);
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
