//! When an answer to text of which something was lost is right.

/// Whether the answer is right but for lost characters, one in five at most, that it
/// says are lost.
pub fn is_gold_with_gaps(answer: &str, gold: &str) -> bool {
    let count = gold.chars().count();
    let gaps = answer.chars().zip(gold.chars()).filter(|(a, g)| a != g);
    answer.chars().count() == count
        && gaps.clone().all(|(a, _)| a == '\u{FFFD}')
        && gaps.count() * 5 <= count
}
