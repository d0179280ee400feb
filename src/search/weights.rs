//! Weights of the confidence. Generated, do not edit.
//!
//! command: cargo run --release -p trainer -- confidence CASES
//! inputs: 8398 cases to fit on, and those to test with
//! inputs sha256: dbce786c013677cffd469e3e7848e6e932278218b6948e82b2f2bcc50da2a223

/// For each kind of answer the weights of its signs in thousandths, behind a first one
/// that always counts.
#[rustfmt::skip]
pub const WEIGHTS: [&[i32]; 5] = [
    // Ascii
    &[
        5352, // always
    ],
    // Unsearched
    &[
        -38, // always
        -397, // log bits of the scan
        -2135, // bits of the scan, below its threshold
        992, // the scan reaches its threshold
        -814, // log bits of the second look
        -287, // log characters beyond ASCII
        1135, // log bytes
        -347, // log characters of CJK
        -927, // log question marks
        -2790, // question marks beside CJK
        -4408, // log U+FFFD
        40, // log bits of the scan, in CJK
        1157, // log bits of the second look, in CJK
    ],
    // Standing
    &[
        3323, // always
        -213, // log bits of the scan
        -2489, // bits of the scan, below its threshold
        -1847, // the scan reaches its threshold
        108, // log bits of the second look
        274, // log characters beyond ASCII
        3, // log bytes
        -190, // log characters of CJK
        -974, // log question marks
        -2266, // question marks beside CJK
        -1093, // log U+FFFD
        -113, // log bits of the scan, in CJK
        208, // log bits of the second look, in CJK
        62, // bits by which other readings cost more, 50 at most
        -130, // the same, 0 to 8
    ],
    // Whole
    &[
        7221, // always
        476, // log bits ahead of the next reading
        123, // the same bits, 20 at most
        60, // log bits gained
        -284, // log characters beyond ASCII before
        -357, // log characters beyond ASCII after
        -153, // log bits of the scan after
        -629, // log bits of the second look after
        3609, // still garbled
        -940, // steps
        -248, // written in UTF-8
        -95, // bits a character beyond ASCII after
        -1893, // bits that the chain costs, in tens
        -2404, // log question marks before
        0, // log U+FFFD before
        1038, // an escape
    ],
    // Parts
    &[
        948, // always
        226, // log bits ahead of the next reading
        29, // the same bits, 20 at most
        -203, // log bits gained
        100, // log characters beyond ASCII before
        51, // log characters beyond ASCII after
        -451, // log bits of the scan after
        -71, // log bits of the second look after
        -429, // still garbled
        369, // steps
        -240, // written in UTF-8
        -82, // bits a character beyond ASCII after
        -621, // bits that the chain costs, in tens
        -848, // log question marks before
        -713, // log U+FFFD before
        1074, // an escape
        -1457, // log U+FFFD after
        270, // U+FFFD after
        -34, // log question marks after
        263, // bits of doubt about inferred characters, 40 at most
        -1369, // their square root, of 100 at most
        2786, // certainty of the least sure
        -404, // out of step
        39, // bits gained a character
        -50, // log characters of CJK before
        -263, // their doubt, out of step
    ],
];
