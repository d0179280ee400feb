//! The unit that everything is counted in.

/// A cost in eighths of a bit.
pub type Bits = u32;

/// Units of [`Bits`] in one bit.
pub const BIT: Bits = 8;
