//! Fixed-point arithmetic, so that every machine makes the same tables.
//!
//! Probabilities are integers in units of 2^-48; costs (negative base-2
//! logarithms) are integers in units of 1/256 bit.

/// A probability in units of 2^-48.
pub type Probability = u64;

/// One, as a [`Probability`].
pub const ONE: Probability = 1 << 48;

/// `a / b` as a probability.
pub fn ratio(a: u64, b: u64) -> Probability {
    ((u128::from(a) << 48) / u128::from(b.max(1))) as u64
}

/// The product of two probabilities.
pub fn product(a: Probability, b: Probability) -> Probability {
    ((u128::from(a) * u128::from(b)) >> 48) as u64
}

/// `-log2(p)` in units of 1/256 bit; at most 48 bits.
pub fn cost(p: Probability) -> u32 {
    (48 * 256u32).saturating_sub(log2(p))
}

/// `log2(x)` in units of 1/256 bit, by repeated squaring of the mantissa.
pub fn log2(x: u64) -> u32 {
    if x == 0 {
        return 0;
    }
    let whole = 63 - x.leading_zeros();
    // The mantissa as 1.63 fixed point.
    let mut mantissa = u128::from(x << x.leading_zeros());
    let mut fraction = 0;
    for _ in 0..8 {
        mantissa = (mantissa * mantissa) >> 63;
        fraction <<= 1;
        if mantissa >> 64 != 0 {
            mantissa >>= 1;
            fraction |= 1;
        }
    }
    whole * 256 + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms() {
        assert_eq!(log2(1), 0);
        assert_eq!(log2(2), 256);
        assert_eq!(log2(3), 405); // 1.58496 * 256 = 405.75
        assert_eq!(log2(1 << 48), 48 * 256);
        assert_eq!(cost(ONE), 0);
        assert_eq!(cost(ratio(1, 4)), 512);
        assert_eq!(product(ratio(1, 2), ratio(1, 4)), ratio(1, 8));
    }
}
