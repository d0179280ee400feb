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
        455, // always
        -378, // log bits of the scan
        -2085, // bits of the scan, below its threshold
        158, // the scan reaches its threshold
        -446, // log bits of the second look
        -245, // log characters beyond ASCII
        1027, // log bytes
        -460, // log characters of CJK
        -972, // log question marks
        -2039, // question marks beside CJK
        -4370, // log U+FFFD
        236, // log bits of the scan, in CJK
        286, // log bits of the second look, in CJK
    ],
    // Standing
    &[
        3005, // always
        -208, // log bits of the scan
        -1487, // bits of the scan, below its threshold
        -1048, // the scan reaches its threshold
        -179, // log bits of the second look
        57, // log characters beyond ASCII
        -34, // log bytes
        61, // log characters of CJK
        -786, // log question marks
        -2319, // question marks beside CJK
        -554, // log U+FFFD
        -401, // log bits of the scan, in CJK
        -140, // log bits of the second look, in CJK
        75, // bits by which other readings cost more, 50 at most
        -87, // the same, 0 to 8
    ],
    // Whole
    &[
        8530, // always
        347, // log bits ahead of the next reading
        74, // the same bits, 20 at most
        260, // log bits gained
        -196, // log characters beyond ASCII before
        -368, // log characters beyond ASCII after
        -179, // log bits of the scan after
        -992, // log bits of the second look after
        4743, // still garbled
        -1877, // steps
        470, // written in UTF-8
        -97, // bits a character beyond ASCII after
        -1762, // bits that the chain costs, in tens
        -2772, // log question marks before
        0, // log U+FFFD before
        943, // an escape
    ],
    // Parts
    &[
        389, // always
        71, // log bits ahead of the next reading
        65, // the same bits, 20 at most
        -311, // log bits gained
        470, // log characters beyond ASCII before
        -176, // log characters beyond ASCII after
        -322, // log bits of the scan after
        -171, // log bits of the second look after
        646, // still garbled
        391, // steps
        301, // written in UTF-8
        -93, // bits a character beyond ASCII after
        -981, // bits that the chain costs, in tens
        -949, // log question marks before
        -769, // log U+FFFD before
        0, // an escape
        -1933, // log U+FFFD after
        1380, // U+FFFD after
        165, // log question marks after
        268, // bits of doubt about inferred characters, 40 at most
        -1532, // their square root, of 100 at most
        3382, // certainty of the least sure
        208, // out of step
        88, // bits gained a character
        -111, // log characters of CJK before
        168, // their doubt, out of step
    ],
];
