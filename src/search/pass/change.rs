//! What a pass changes in a line, part by part.
//!
//! A garbled span is one change while the search looks for the best way; in the report,
//! each character of it that was inferred stands by itself, with its own certainty.

use std::ops::Range;

/// A part of the line that changes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// Byte range in the text of the pass.
    pub source: Range<usize>,
    pub text: String,
    /// Probability that all inferred characters in it are right; 1 where no byte was lost.
    pub certainty: f32,
    /// What else it may have been.
    pub runner_up: Option<String>,
    /// The inferred characters in it, in their order.
    pub inferred: Vec<Inferred>,
}

/// A character of which bytes were lost.
#[derive(Clone, Debug, PartialEq)]
pub struct Inferred {
    /// Byte range in the text of the pass.
    pub source: Range<usize>,
    /// Byte range in the text of the change.
    pub output: Range<usize>,
    pub certainty: f32,
}

/// A text with parts replaced, which come in ascending order.
pub fn replaced<'p>(text: &str, parts: impl Iterator<Item = (Range<usize>, &'p str)>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (source, with) in parts {
        out.push_str(text.get(copied..source.start).unwrap_or_default());
        out.push_str(with);
        copied = source.end;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
    out
}

/// What stands before, between and behind the parts of a text that change.
pub fn between<'t>(text: &'t str, changes: &[Change]) -> impl Iterator<Item = &'t str> {
    let ends = changes.iter().map(|change| change.source.end);
    let starts = changes.iter().map(|change| change.source.start);
    let between = std::iter::once(0).chain(ends).zip(starts.chain([text.len()]));
    between.filter_map(|(from, to)| text.get(from..to))
}

impl Change {
    /// A change in which nothing is inferred.
    pub fn certain(source: Range<usize>, text: String, runner_up: Option<String>) -> Self {
        Change { source, text, certainty: 1.0, runner_up, inferred: Vec::new() }
    }

    /// Whether something in it is inferred.
    pub fn is_inferred(&self) -> bool {
        !self.inferred.is_empty()
    }

    /// This change as several: of what is inferred, one character each, and of what stands
    /// between; `line` is the text of the pass.
    pub fn parts(&self, line: &str) -> Vec<Change> {
        if self.inferred.is_empty() {
            return vec![self.clone()];
        }
        let mut parts = Vec::with_capacity(2 * self.inferred.len() + 1);
        let mut add = |source: Range<usize>, output: Range<usize>, certainty: f32| {
            let text = self.text.get(output).unwrap_or_default();
            if line.get(source.clone()) != Some(text) {
                let text = text.to_owned();
                parts.push(Change { source, text, certainty, ..Change::default() });
            }
        };
        let (mut from, mut written) = (self.source.start, 0);
        for Inferred { source, output, certainty } in &self.inferred {
            add(from..source.start, written..output.start, 1.0);
            add(source.clone(), output.clone(), *certainty);
            (from, written) = (source.end, output.end);
        }
        add(from..self.source.end, written..self.text.len(), 1.0);
        parts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inferred_characters_stand_by_themselves() {
        let inferred = vec![Inferred { source: 2..5, output: 3..6, certainty: 0.5 }];
        let text = "中文字".to_owned();
        let whole = Change { source: 0..9, text, certainty: 0.5, runner_up: None, inferred };
        let parts = whole.parts("ab\u{FFFD}cdef");
        let seen: Vec<_> =
            parts.iter().map(|p| (p.source.clone(), p.text.as_str(), p.certainty)).collect();
        assert_eq!(seen, [(0..2, "中", 1.0), (2..5, "文", 0.5), (5..9, "字", 1.0)]);
    }

    #[test]
    fn what_stays_as_it_is_is_no_part() {
        let inferred = vec![Inferred { source: 0..3, output: 0..3, certainty: 0.1 }];
        let text = "\u{FFFD}a".to_owned();
        let whole = Change { source: 0..4, text, certainty: 0.1, runner_up: None, inferred };
        assert_eq!(whole.parts("\u{FFFD}a"), []);
    }
}
