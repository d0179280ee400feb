//! Logistic regression by Newton's method, with a ridge that keeps weights small which
//! few cases speak for.

use super::Answer;
use ungarble::search::confidence::UNIT;

/// Steps; the sums converge in less.
const STEPS: usize = 30;
/// The ridge, for signs scaled to a standard deviation of 1.
const RIDGE: f64 = 1.0;
/// How often an average answer was right, and how often wrong, beside the cases: so that
/// no weight grows without bound where all cases are right.
const PRIOR: f64 = 0.5;

/// The weights in units of 1 / [`UNIT`], that of the constant first.
///
/// Rounded to thousandths, so that the last bit of a logarithm, in which machines may
/// differ, does not show.
pub fn weights(answers: &[&Answer], signs: usize) -> Vec<i32> {
    let count = answers.len().max(1) as f64;
    let value = |answer: &Answer, sign: usize| f64::from(answer.signs.values[sign]);
    let mean: Vec<f64> =
        (0..signs).map(|s| answers.iter().map(|a| value(a, s)).sum::<f64>() / count).collect();
    let deviation: Vec<f64> = (0..signs)
        .map(|s| {
            let squares: f64 = answers.iter().map(|a| (value(a, s) - mean[s]).powi(2)).sum();
            (squares / count).sqrt()
        })
        .collect();
    // A sign that hardly ever differs says nothing.
    let scaled = |answer: &Answer, sign: usize| match deviation[sign] {
        d if d > 1e-3 => (value(answer, sign) - mean[sign]) / d,
        _ => 0.0,
    };
    let mut rows: Vec<(Vec<f64>, f64, f64)> = answers
        .iter()
        .map(|answer| {
            let row = std::iter::once(1.0).chain((0..signs).map(|s| scaled(answer, s))).collect();
            (row, f64::from(u8::from(answer.right)), 1.0)
        })
        .collect();
    let average: Vec<f64> = (0..=signs).map(|s| if s == 0 { 1.0 } else { 0.0 }).collect();
    rows.extend([(average.clone(), 1.0, PRIOR), (average, 0.0, PRIOR)]);
    let scaled = newton(&rows, signs + 1);
    let mut weights = scaled.clone();
    for sign in 0..signs {
        weights[sign + 1] = match deviation[sign] {
            d if d > 1e-3 => scaled[sign + 1] / d,
            _ => 0.0,
        };
        weights[0] -= weights[sign + 1] * mean[sign];
    }
    weights.iter().map(|weight| (weight * f64::from(UNIT)).round() as i32).collect()
}

/// Weights that make the cases likeliest: `(signs, right or not, how often)` each.
fn newton(rows: &[(Vec<f64>, f64, f64)], size: usize) -> Vec<f64> {
    let mut weights = vec![0.0; size];
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = weights.iter().map(|weight| -RIDGE * weight).collect();
        let mut curve = vec![vec![0.0; size]; size];
        slope[0] = 0.0;
        for (at, row) in curve.iter_mut().enumerate() {
            row[at] = if at == 0 { 1e-9 } else { RIDGE };
        }
        for (row, right, times) in rows {
            let sum: f64 = row.iter().zip(&weights).map(|(x, w)| x * w).sum();
            let expected = 1.0 / (1.0 + (-sum).exp());
            let spread = times * expected * (1.0 - expected);
            for i in 0..size {
                slope[i] += times * (right - expected) * row[i];
                for j in 0..=i {
                    curve[i][j] += spread * row[i] * row[j];
                }
            }
        }
        for (weight, step) in weights.iter_mut().zip(solve(curve, slope)) {
            *weight += step.clamp(-2.0, 2.0);
        }
    }
    weights
}

/// Solves `matrix · x = right` for a symmetric positive matrix, of which the lower half is
/// given, by Cholesky's method.
fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for i in 0..size {
        for j in 0..=i {
            let sum: f64 = (0..j).map(|k| matrix[i][k] * matrix[j][k]).sum();
            let rest = matrix[i][j] - sum;
            matrix[i][j] = if i == j { rest.max(1e-12).sqrt() } else { rest / matrix[j][j] };
        }
    }
    for i in 0..size {
        let sum: f64 = (0..i).map(|k| matrix[i][k] * right[k]).sum();
        right[i] = (right[i] - sum) / matrix[i][i];
    }
    for i in (0..size).rev() {
        let sum: f64 = (i + 1..size).map(|k| matrix[k][i] * right[k]).sum();
        right[i] = (right[i] - sum) / matrix[i][i];
    }
    right
}

#[cfg(test)]
mod tests {
    use super::*;
    use ungarble::search::confidence::{AnswerKind, Signs};

    #[test]
    fn equations_are_solved() {
        let x = solve(vec![vec![4.0, 0.0], vec![2.0, 5.0]], vec![8.0, 12.0]);
        assert!((x[0] - 1.0).abs() < 1e-9 && (x[1] - 2.0).abs() < 1e-9, "{x:?}");
    }

    #[test]
    fn odds_are_found_again() {
        // Right 3 times in 4 where the sign is 0, 19 in 20 where it is 1.
        let answer = |sign: f32, right: bool| {
            let mut signs = Signs { kind: AnswerKind::Whole, ..Signs::default() };
            signs.values[0] = sign;
            Answer { signs, right }
        };
        let answers: Vec<Answer> = (0..8000)
            .map(|i| if i % 2 == 0 { answer(0.0, i % 8 != 0) } else { answer(1.0, i % 40 != 1) })
            .collect();
        let weights = weights(&answers.iter().collect::<Vec<_>>(), 1);
        let signs = |sign: f32| f64::from(weights[0]) + f64::from(sign) * f64::from(weights[1]);
        assert!((signs(0.0) / 1000.0 - 3f64.ln()).abs() < 0.02, "{weights:?}");
        assert!((signs(1.0) / 1000.0 - 19f64.ln()).abs() < 0.02, "{weights:?}");
    }
}
