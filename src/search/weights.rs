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
        710, // always
        -306, // log bits of the scan
        -382, // bits of the scan, below its threshold
        -370, // the scan reaches its threshold
        -785, // log bits of the second look
        165, // log characters beyond ASCII
        740, // log bytes
        -703, // log characters of CJK
        -1456, // log question marks
        -1935, // question marks beside CJK
        0, // log U+FFFD
        975, // log bits of the scan, in CJK
        301, // log bits of the second look, in CJK
    ],
    // Standing
    &[
        -2535, // always
        -633, // log bits of the scan
        -504, // bits of the scan, below its threshold
        -752, // the scan reaches its threshold
        171, // log bits of the second look
        -50, // log characters beyond ASCII
        485, // log bytes
        -24, // log characters of CJK
        -1704, // log question marks
        -1948, // question marks beside CJK
        -2449, // log U+FFFD
        -168, // log bits of the scan, in CJK
        16, // log bits of the second look, in CJK
        51, // bits by which other readings cost more, 50 at most
        289, // the same, 0 to 8
    ],
    // Whole
    &[
        2803, // always
        560, // log bits ahead of the next reading
        130, // the same bits, 20 at most
        -85, // log bits gained
        -155, // log characters beyond ASCII before
        8, // log characters beyond ASCII after
        -580, // log bits of the scan after
        206, // log bits of the second look after
        4979, // still garbled
        55, // steps
        -41, // written in UTF-8
        -43, // bits a character beyond ASCII after
        -1249, // bits that the chain costs, in tens
        -1825, // log question marks before
        -4348, // log U+FFFD before
        -1182, // an escape
    ],
    // Parts
    &[
        725, // always
        -71, // log bits ahead of the next reading
        48, // the same bits, 20 at most
        -117, // log bits gained
        382, // log characters beyond ASCII before
        -41, // log characters beyond ASCII after
        -498, // log bits of the scan after
        257, // log bits of the second look after
        -2265, // still garbled
        -1675, // steps
        -153, // written in UTF-8
        -71, // bits a character beyond ASCII after
        -1002, // bits that the chain costs, in tens
        -696, // log question marks before
        -610, // log U+FFFD before
        2256, // an escape
        -2718, // log U+FFFD after
        -56, // U+FFFD after
        517, // log question marks after
        466, // bits of doubt about inferred characters, 40 at most
        -2068, // their square root, of 100 at most
        3735, // certainty of the least sure
        336, // out of step
        132, // bits gained a character
        1, // log characters of CJK before
        442, // their doubt, out of step
    ],
];
