//! The configurations, as `tools/opencc` makes them: files in `data/`, made of
//! OpenCC's data (see `NOTICE`) by the command that `data/conversion.sha256` names.

use super::by_use;
use super::engine::{Data, StageData};
use super::phrases::{Pairs, Phrases};

macro_rules! stage {
    ($name:literal) => {
        StageData {
            chars: include_str!(concat!("data/", $name, ".chars.txt")),
            phrases: Phrases {
                slots: include_bytes!(concat!("data/", $name, ".slots.bin")),
                text: include_str!(concat!("data/", $name, ".phrases.txt")),
            },
        }
    };
}

macro_rules! plan {
    ($name:literal, $segmentation:expr, $first:expr, $second:expr) => {
        Data {
            first: $first,
            second: $second,
            overlay: None,
            segmentation: $segmentation,
            triggers: include_str!(concat!("data/", $name, ".triggers.txt")),
            hot: Pairs(include_bytes!(concat!("data/", $name, ".hot.bin"))),
            sticky: Pairs(include_bytes!(concat!("data/", $name, ".sticky.bin"))),
            by_use: None,
        }
    };
}

const TS: StageData = stage!("ts");
const SMART: StageData = stage!("smart");

pub(super) static T2S: Data = plan!("t2s", None, TS, None);
pub(super) static SMART_T2S: Data = Data {
    overlay: Some(SMART.chars),
    by_use: Some(by_use::rule),
    ..plan!("smart-t2s", None, StageData { chars: TS.chars, ..SMART }, None)
};

#[cfg(feature = "chinese-all")]
pub(super) use all::*;

#[cfg(feature = "chinese-all")]
mod all {
    use super::*;

    const ST: StageData = stage!("st");
    const TW: StageData = stage!("tw");
    const TWP: StageData = stage!("twp");
    const HK: StageData = stage!("hk");
    const HKP: StageData = stage!("hkp");
    const TW_REV: StageData = stage!("tw-rev");
    const TWP_REV: StageData = stage!("twp-rev");
    const HK_REV: StageData = stage!("hk-rev");
    const HKP_REV: StageData = stage!("hkp-rev");
    const JP: StageData = stage!("jp");
    const JP_REV: StageData = stage!("jp-rev");

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
