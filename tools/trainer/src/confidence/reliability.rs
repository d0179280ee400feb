//! How far the confidence can be trusted: what is printed, and stands in `DESIGN.md`.

use super::Answer;
use std::fmt;

/// Where the table stands in `DESIGN.md`.
const BEGIN: &str = "<!-- made by the trainer: reliability -->\n";
const END: &str = "<!-- end -->";

/// Parts of the answers, by their confidence.
const BOUNDS: [f32; 9] = [0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99];
/// Parts of equal size for the calibration error.
const BINS: usize = 15;

/// Confidence set against what is right.
pub struct Reliability {
    /// Confidence and whether the answer was right, the least sure first.
    pairs: Vec<(f32, bool)>,
}

impl Reliability {
    /// Of answers under weights, by kind; without any, under those that are in the library.
    pub fn of(answers: &[Answer], weights: Option<&[Vec<i32>]>) -> Reliability {
        let confidence = |answer: &Answer| match weights {
            Some(weights) => answer.signs.probability_with(&weights[answer.signs.kind as usize]),
            None => answer.signs.probability(),
        };
        let mut pairs: Vec<(f32, bool)> =
            answers.iter().map(|answer| (confidence(answer), answer.right)).collect();
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        Reliability { pairs }
    }

    /// Expected calibration error over parts of equal size.
    fn calibration_error(&self) -> f64 {
        let n = self.pairs.len();
        let off = |bin: usize| {
            let part = &self.pairs[bin * n / BINS..(bin + 1) * n / BINS];
            part.iter().map(|&(p, right)| f64::from(p) - share(right)).sum::<f64>().abs()
        };
        (0..BINS).map(off).sum::<f64>() / n.max(1) as f64
    }

    /// Probability that a right answer is surer than a wrong one.
    fn area(&self) -> f64 {
        let (mut rank, mut below) = (0.0, 0.0);
        for tied in self.pairs.chunk_by(|a, b| a.0 == b.0) {
            let right = tied.iter().filter(|pair| pair.1).count() as f64;
            rank += right * (below + (tied.len() as f64 + 1.0) / 2.0);
            below += tied.len() as f64;
        }
        let right = self.pairs.iter().filter(|pair| pair.1).count() as f64;
        (rank - right * (right + 1.0) / 2.0) / (right * (below - right)).max(1.0)
    }
}

impl fmt::Display for Reliability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "| confidence | answers | right | mean confidence |")?;
        writeln!(f, "| --- | ---: | ---: | ---: |")?;
        for (at, &from) in BOUNDS.iter().enumerate() {
            let to = BOUNDS.get(at + 1).copied().unwrap_or(1.1);
            let part: Vec<_> = self.pairs.iter().filter(|p| p.0 >= from && p.0 < to).collect();
            if part.is_empty() {
                continue;
            }
            let mean = |value: fn(&(f32, bool)) -> f64| {
                100.0 * part.iter().map(|pair| value(pair)).sum::<f64>() / part.len() as f64
            };
            let (right, sure) = (mean(|pair| share(pair.1)), mean(|pair| f64::from(pair.0)));
            let to = to.min(1.0);
            writeln!(f, "| {from:.2} to {to:.2} | {} | {right:.1} % | {sure:.1} % |", part.len())?;
        }
        let sure: Vec<_> = self.pairs.iter().filter(|pair| pair.0 >= 0.99).collect();
        let right = sure.iter().filter(|pair| pair.1).count();
        write!(
            f,
            "\n{} answers: expected calibration error {:.4}, area under the ROC curve {:.4}; \
             of {} answers at 0.99 or above {:.2} % are right.",
            self.pairs.len(),
            self.calibration_error(),
            self.area(),
            sure.len(),
            100.0 * right as f64 / sure.len().max(1) as f64,
        )
    }
}

fn share(right: bool) -> f64 {
    f64::from(u8::from(right))
}

/// A document with a new table in the place of the old one.
pub fn insert(document: &str, table: &str) -> Result<String, &'static str> {
    let (before, rest) = document.split_once(BEGIN).ok_or("no place for the table")?;
    let (_, after) = rest.split_once(END).ok_or("no end of the table")?;
    Ok(format!("{before}{BEGIN}{table}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pairs: &[(f32, bool)]) -> Reliability {
        Reliability { pairs: pairs.to_vec() }
    }

    #[test]
    fn a_coin_has_no_error_and_no_area() {
        let coin: Vec<_> = (0..300).map(|i| (0.5, i % 2 == 0)).collect();
        assert!(of(&coin).calibration_error() < 1e-9);
        assert!((of(&coin).area() - 0.5).abs() < 1e-9);
        let sure: Vec<_> = (0..300).map(|_| (1.0, false)).collect();
        assert!((of(&sure).calibration_error() - 1.0).abs() < 1e-9);
    }

    #[test]
    fn area_counts_pairs_in_order() {
        assert_eq!(of(&[(0.1, false), (0.2, true), (0.3, false), (0.4, true)]).area(), 0.75);
    }

    #[test]
    fn a_table_takes_the_place_of_the_old_one() {
        let old = format!("a\n{BEGIN}old\n{END}\nb\n");
        assert_eq!(insert(&old, "new").unwrap(), format!("a\n{BEGIN}new\n{END}\nb\n"));
        assert!(insert("a", "new").is_err());
    }
}
