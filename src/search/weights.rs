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
        2904, // always
        -175, // log bits of the scan
        -1688, // bits of the scan, below its threshold
        -744, // the scan reaches its threshold
        -184, // log bits of the second look
        -31, // log characters beyond ASCII
        0, // log bytes
        40, // log characters of CJK
        -960, // log question marks
        -2531, // question marks beside CJK
        -722, // log U+FFFD
        -345, // log bits of the scan, in CJK
        -87, // log bits of the second look, in CJK
        83, // bits by which other readings cost more, 50 at most
        -120, // the same, 0 to 8
    ],
    // Whole
    &[
        6997, // always
        621, // log bits ahead of the next reading
        120, // the same bits, 20 at most
        14, // log bits gained
        -134, // log characters beyond ASCII before
        -421, // log characters beyond ASCII after
        -600, // log bits of the scan after
        -367, // log bits of the second look after
        2788, // still garbled
        -1487, // steps
        418, // written in UTF-8
        -78, // bits a character beyond ASCII after
        -1939, // bits that the chain costs, in tens
        -3131, // log question marks before
        0, // log U+FFFD before
        1150, // an escape
    ],
    // Parts
    &[
        294, // always
        191, // log bits ahead of the next reading
        3, // the same bits, 20 at most
        -17, // log bits gained
        70, // log characters beyond ASCII before
        -29, // log characters beyond ASCII after
        -296, // log bits of the scan after
        -192, // log bits of the second look after
        230, // still garbled
        274, // steps
        844, // written in UTF-8
        -90, // bits a character beyond ASCII after
        -226, // bits that the chain costs, in tens
        -1064, // log question marks before
        -929, // log U+FFFD before
        0, // an escape
        -1797, // log U+FFFD after
        1197, // U+FFFD after
        442, // log question marks after
        166, // bits of doubt about inferred characters, 40 at most
        -1129, // their square root, of 100 at most
        2397, // certainty of the least sure
        -346, // out of step
        38, // bits gained a character
        -89, // log characters of CJK before
        -153, // their doubt, out of step
    ],
];
