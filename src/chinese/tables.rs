//! The configurations, as `tools/opencc` makes them: files in `data/`, made of
//! OpenCC's data (see `NOTICE`) by the command that `data/conversion.sha256` names.

use super::by_use;
use super::charmap::{CharMap, List};
use super::engine::{Data, Stage};
use super::phrases::{Pairs, Phrases};

macro_rules! chars {
    ($name:literal) => {
        include_bytes!(concat!("data/", $name, ".chars.bin"))
    };
}

macro_rules! phrases {
    ($name:literal) => {
        Phrases {
            slots: include_bytes!(concat!("data/", $name, ".slots.bin")),
            text: include_str!(concat!("data/", $name, ".phrases.txt")),
        }
    };
}

macro_rules! stage {
    ($name:literal) => {
        Stage {
            chars: CharMap { list: List(chars!($name)), overlay: None, longer: "" },
            phrases: phrases!($name),
            overlay: None,
        }
    };
}

macro_rules! plan {
    ($name:literal, $segmentation:expr, $first:expr, $second:expr) => {
        Data {
            first: $first,
            second: $second,
            segmentation: $segmentation,
            triggers: include_str!(concat!("data/", $name, ".triggers.txt")),
            hot: Pairs(include_bytes!(concat!("data/", $name, ".hot.bin"))),
            sticky: Pairs(include_bytes!(concat!("data/", $name, ".sticky.bin"))),
            by_use: None,
        }
    };
}

const TS: Stage = stage!("ts");
const SMART: Stage = Stage {
    chars: CharMap { overlay: Some(List(chars!("smart"))), ..TS.chars },
    overlay: Some(phrases!("smart")),
    ..TS
};

const SMART_T2S_PLAN: Data = plan!("smart-t2s", None, SMART, None);

pub(super) static SMART_T2S: Data = Data { by_use: Some(by_use::rule), ..SMART_T2S_PLAN };
/// With the pairs of smart mode, which has these and few more.
pub(super) static T2S: Data =
    Data { first: TS, triggers: include_str!("data/t2s.triggers.txt"), ..SMART_T2S_PLAN };

#[cfg(feature = "chinese-all")]
pub(super) use all::*;

#[cfg(feature = "chinese-all")]
mod all {
    use super::*;

    const ST: Stage = stage!("st");
    const TW: Stage = stage!("tw");
    const TWP: Stage = stage!("twp");
    const HK: Stage = stage!("hk");
    const HKP: Stage = stage!("hkp");
    const TW_REV: Stage = stage!("tw-rev");
    const TWP_REV: Stage = Stage {
        chars: CharMap {
            longer: include_str!("data/twp-rev.longer.txt"),
            ..stage!("twp-rev").chars
        },
        ..stage!("twp-rev")
    };
    const HK_REV: Stage = stage!("hk-rev");
    const HKP_REV: Stage = stage!("hkp-rev");
    const JP: Stage = stage!("jp");
    const JP_REV: Stage = stage!("jp-rev");

    pub(in crate::chinese) static S2T: Data = plan!("s2t", None, ST, None);
    pub(in crate::chinese) static S2TW: Data = plan!("s2tw", Some(ST.phrases), ST, Some(TW));
    pub(in crate::chinese) static S2HK: Data = plan!("s2hk", Some(ST.phrases), ST, Some(HK));
    pub(in crate::chinese) static S2TWP: Data = plan!("s2twp", Some(ST.phrases), ST, Some(TWP));
    pub(in crate::chinese) static S2HKP: Data = plan!("s2hkp", Some(ST.phrases), ST, Some(HKP));
    pub(in crate::chinese) static TW2S: Data = plan!("tw2s", Some(TS.phrases), TW_REV, Some(TS));
    pub(in crate::chinese) static HK2S: Data = plan!("hk2s", Some(TS.phrases), HK_REV, Some(TS));
    pub(in crate::chinese) static TW2SP: Data = plan!("tw2sp", Some(TS.phrases), TWP_REV, Some(TS));
    pub(in crate::chinese) static HK2SP: Data = plan!("hk2sp", Some(TS.phrases), HKP_REV, Some(TS));
    pub(in crate::chinese) static T2TW: Data = plan!("t2tw", None, TW, None);
    pub(in crate::chinese) static T2HK: Data = plan!("t2hk", None, HK, None);
    pub(in crate::chinese) static TW2T: Data = plan!("tw2t", None, TW_REV, None);
    pub(in crate::chinese) static HK2T: Data = plan!("hk2t", None, HK_REV, None);
    pub(in crate::chinese) static T2JP: Data = plan!("t2jp", None, JP, None);
    pub(in crate::chinese) static JP2T: Data = plan!("jp2t", None, JP_REV, None);
}
