//! What is told about an answer, as JSON: the value of the field `ungarble`.

use crate::job::Made;
use serde_json::{Value, json};
use ungarble::report::{Edit, Step};

/// The report on one answer. Spans are byte offsets in UTF-8, end excluded.
pub fn report(answer: &Made<'_>, changed: bool) -> Value {
    json!({
        "changed": changed,
        "confidence": probability(answer.confidence),
        "charset": answer.charset,
        "plan": answer.plan,
        "edits": answer.edits.iter().map(edit).collect::<Vec<_>>(),
    })
}

fn edit(edit: &Edit) -> Value {
    json!({
        "source": [edit.source.start, edit.source.end],
        "output": [edit.output.start, edit.output.end],
        "step": step(&edit.step),
        "confidence": probability(edit.confidence),
        "runner_up": edit.runner_up,
    })
}

/// The name of a stage: for a normalization step, that of its switch.
pub fn step(step: &Step) -> &'static str {
    match step {
        Step::Repair => "repair",
        Step::PinyinResidue => "pinyin-residue",
        Step::Normalize(name) => name,
        Step::Chinese => "chinese",
        _ => "other",
    }
}

/// A probability with six digits: what a 32-bit float has to say, and no noise after it.
pub fn probability(p: f32) -> f64 {
    (f64::from(p) * 1e6).round() / 1e6
}

/// A probability for a person. Rounded down: 99.96 % is not "100.0 %".
pub fn percent(p: f32) -> String {
    format!("{:.1} %", (probability(p) * 1000.0).floor() / 10.0)
}
