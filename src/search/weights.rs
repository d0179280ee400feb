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
        -2262, // always
        -592, // log bits of the scan
        -1042, // bits of the scan, below its threshold
        -1163, // the scan reaches its threshold
        413, // log bits of the second look
        139, // log characters beyond ASCII
        211, // log bytes
        -161, // log characters of CJK
        -1370, // log question marks
        -1238, // question marks beside CJK
        -1841, // log U+FFFD
        -127, // log bits of the scan, in CJK
        91, // log bits of the second look, in CJK
        46, // bits by which other readings cost more, 50 at most
        335, // the same, 0 to 8
    ],
    // Whole
    &[
        3013, // always
        774, // log bits ahead of the next reading
        93, // the same bits, 20 at most
        -134, // log bits gained
        -218, // log characters beyond ASCII before
        -79, // log characters beyond ASCII after
        -485, // log bits of the scan after
        -117, // log bits of the second look after
        7531, // still garbled
        290, // steps
        -520, // written in UTF-8
        -27, // bits a character beyond ASCII after
        -1576, // bits that the chain costs, in tens
        -1732, // log question marks before
        0, // log U+FFFD before
        -2513, // an escape
    ],
    // Parts
    &[
        1946, // always
        75, // log bits ahead of the next reading
        -14, // the same bits, 20 at most
        -22, // log bits gained
        601, // log characters beyond ASCII before
        -669, // log characters beyond ASCII after
        -452, // log bits of the scan after
        159, // log bits of the second look after
        -2662, // still garbled
        -1426, // steps
        -118, // written in UTF-8
        -62, // bits a character beyond ASCII after
        -233, // bits that the chain costs, in tens
        -568, // log question marks before
        -510, // log U+FFFD before
        2315, // an escape
        -2981, // log U+FFFD after
        737, // U+FFFD after
        247, // log question marks after
        412, // bits of doubt about inferred characters, 40 at most
        -1835, // their square root, of 100 at most
        3273, // certainty of the least sure
        536, // out of step
        56, // bits gained a character
        -41, // log characters of CJK before
        -64, // their doubt, out of step
    ],
];
