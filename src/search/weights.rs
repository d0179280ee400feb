//! Weights of the confidence. Generated, do not edit.
//!
//! command: cargo run --release -p trainer -- confidence CASES
//! inputs: 8873 cases to fit on, and those to test with
//! inputs sha256: e8f84a957343a66907a3a6fd915a44ce905a36dd8971480f413d072744c7b6eb

/// For each kind of answer the weights of its signs in thousandths, behind a first one
/// that always counts.
#[rustfmt::skip]
pub const WEIGHTS: [&[i32]; 5] = [
    // Ascii
    &[
        4466, // always
    ],
    // Unsearched
    &[
        435, // always
        -350, // log bits of the scan
        -1249, // bits of the scan, below its threshold
        -117, // the scan reaches its threshold
        -502, // log bits of the second look
        -86, // log characters beyond ASCII
        889, // log bytes
        -500, // log characters of CJK
        -871, // log question marks
        -2678, // question marks beside CJK
        0, // log U+FFFD
        1371, // log bits of the scan, in CJK
        -205, // log bits of the second look, in CJK
    ],
    // Standing
    &[
        -2270, // always
        -593, // log bits of the scan
        -1048, // bits of the scan, below its threshold
        -1164, // the scan reaches its threshold
        411, // log bits of the second look
        137, // log characters beyond ASCII
        211, // log bytes
        -160, // log characters of CJK
        -1401, // log question marks
        -1244, // question marks beside CJK
        -1844, // log U+FFFD
        -129, // log bits of the scan, in CJK
        91, // log bits of the second look, in CJK
        46, // bits by which other readings cost more, 50 at most
        340, // the same, 0 to 8
    ],
    // Whole
    &[
        3204, // always
        724, // log bits ahead of the next reading
        102, // the same bits, 20 at most
        -133, // log bits gained
        -189, // log characters beyond ASCII before
        -89, // log characters beyond ASCII after
        -543, // log bits of the scan after
        -136, // log bits of the second look after
        7565, // still garbled
        353, // steps
        -557, // written in UTF-8
        -22, // bits a character beyond ASCII after
        -1813, // bits that the chain costs, in tens
        -1927, // log question marks before
        0, // log U+FFFD before
        -2545, // an escape
    ],
    // Parts
    &[
        2164, // always
        82, // log bits ahead of the next reading
        -26, // the same bits, 20 at most
        -10, // log bits gained
        584, // log characters beyond ASCII before
        -674, // log characters beyond ASCII after
        -467, // log bits of the scan after
        177, // log bits of the second look after
        -2798, // still garbled
        -1421, // steps
        -165, // written in UTF-8
        -65, // bits a character beyond ASCII after
        -287, // bits that the chain costs, in tens
        -558, // log question marks before
        -509, // log U+FFFD before
        2389, // an escape
        -2654, // log U+FFFD after
        366, // U+FFFD after
        174, // log question marks after
        408, // bits of doubt about inferred characters, 40 at most
        -1784, // their square root, of 100 at most
        3342, // certainty of the least sure
        603, // out of step
        54, // bits gained a character
        -39, // log characters of CJK before
        -186, // their doubt, out of step
    ],
];
