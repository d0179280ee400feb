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
        895, // always
        -570, // log bits of the scan
        -2263, // bits of the scan, below its threshold
        1558, // the scan reaches its threshold
        -693, // log bits of the second look
        -134, // log characters beyond ASCII
        945, // log bytes
        -382, // log characters of CJK
        -1245, // log question marks
        -2513, // question marks beside CJK
        0, // log U+FFFD
        183, // log bits of the scan, in CJK
        852, // log bits of the second look, in CJK
    ],
    // Standing
    &[
        3876, // always
        -48, // log bits of the scan
        -3805, // bits of the scan, below its threshold
        -2373, // the scan reaches its threshold
        557, // log bits of the second look
        344, // log characters beyond ASCII
        -138, // log bytes
        -94, // log characters of CJK
        -1563, // log question marks
        -2127, // question marks beside CJK
        -1374, // log U+FFFD
        -96, // log bits of the scan, in CJK
        103, // log bits of the second look, in CJK
        79, // bits by which other readings cost more, 50 at most
        -230, // the same, 0 to 8
    ],
    // Whole
    &[
        2578, // always
        368, // log bits ahead of the next reading
        247, // the same bits, 20 at most
        -231, // log bits gained
        -278, // log characters beyond ASCII before
        51, // log characters beyond ASCII after
        55, // log bits of the scan after
        -882, // log bits of the second look after
        1401, // still garbled
        -115, // steps
        666, // written in UTF-8
        -32, // bits a character beyond ASCII after
        556, // bits that the chain costs, in tens
        -1730, // log question marks before
        0, // log U+FFFD before
        1061, // an escape
    ],
    // Parts
    &[
        2316, // always
        33, // log bits ahead of the next reading
        13, // the same bits, 20 at most
        31, // log bits gained
        100, // log characters beyond ASCII before
        -61, // log characters beyond ASCII after
        -560, // log bits of the scan after
        176, // log bits of the second look after
        -1738, // still garbled
        -1013, // steps
        -32, // written in UTF-8
        -75, // bits a character beyond ASCII after
        -585, // bits that the chain costs, in tens
        -823, // log question marks before
        -684, // log U+FFFD before
        1678, // an escape
        -2199, // log U+FFFD after
        1491, // U+FFFD after
        9, // log question marks after
        292, // bits of doubt about inferred characters, 40 at most
        -1685, // their square root, of 100 at most
        2624, // certainty of the least sure
        165, // out of step
        52, // bits gained a character
        -27, // log characters of CJK before
        -132, // their doubt, out of step
    ],
];
