//! How often text is written, and read by mistake, in each charset.
//!
//! In come charsets, out come bits, before any text is seen. What a document has shown counts
//! beside them in [`crate::search`], and what a caller knows in [`hints`](super::hints).

use crate::charset::Charset;
use crate::model::{BIT, Bits};
use std::sync::OnceLock;

/// What it costs that a text is garbled at all, or is in the wrong code page below a layer of
/// UTF-8.
pub const GARBLED: Bits = 8 * BIT;

/// Costs of a charset as the one written and as the one read.
#[derive(Clone, Copy)]
struct Prior {
    written: Bits,
    read: Bits,
    /// The [`REGIONS`] that it is of, a bit each.
    regions: u8,
    /// The [`SYSTEMS`] that it is of, a bit each.
    systems: u8,
}

impl Prior {
    const RARE: Prior = Prior { written: RARE, read: RARE, regions: 0, systems: 0 };
}

/// The cost of a charset that hardly occurs.
const RARE: Bits = 12 * BIT;

/// Bits by charset, as the one written and as the one read: shares among passages met in the wild,
/// smoothed towards the code pages that were the default of some system.
const SHARES: &[(Charset, Bits, Bits)] = &[
    (Charset::UTF_8, 1, 12),
    (Charset::WINDOWS_1252, 4, 1),
    (Charset::ISO_8859_1, 8, 2),
    (Charset::GBK, 4, 4),
    (Charset::GB18030, 9, 5),
    (Charset::BIG5, 6, 7),
    (Charset::SHIFT_JIS, 5, 6),
    (Charset::EUC_JP, 6, 8),
    (Charset::EUC_KR, 5, 6),
    (Charset::WINDOWS_1251, 4, 4),
    (Charset::WINDOWS_1250, 5, 5),
    (Charset::WINDOWS_1253, 6, 7),
    (Charset::WINDOWS_1254, 6, 6),
    (Charset::WINDOWS_1255, 6, 7),
    (Charset::WINDOWS_1256, 6, 7),
    (Charset::WINDOWS_1257, 6, 7),
    (Charset::WINDOWS_1258, 7, 7),
    (Charset::WINDOWS_874, 6, 7),
    (Charset::KOI8_R, 5, 6),
    (Charset::KOI8_U, 6, 8),
    (Charset::IBM866, 5, 5),
    (Charset::IBM437, 6, 5),
    (Charset::IBM850, 6, 5),
    (Charset::IBM852, 6, 6),
    (Charset::MACINTOSH, 6, 4),
    (Charset::X_MAC_CYRILLIC, 7, 7),
    (Charset::ISO_8859_2, 5, 6),
    (Charset::ISO_8859_5, 7, 8),
    (Charset::ISO_8859_7, 6, 8),
    (Charset::ISO_8859_8, 7, 9),
    (Charset::ISO_8859_9, 6, 7),
    (Charset::ISO_8859_15, 7, 9),
    (Charset::TCVN, 7, 12),
    (Charset::VISCII, 8, 12),
    (Charset::VNI, 7, 12),
    (Charset::HZ, 6, 12),
    (Charset::ISO_2022_JP, 5, 12),
    (Charset::UTF_16LE, 6, 6),
    (Charset::UTF_16BE, 6, 6),
];

/// How much likelier than by itself a charset is to be read where text was written in one of
/// the same region: who has such texts has such a system.
const NEIGHBOURS: Bits = 3 * BIT;
const REGIONS: &[&[Charset]] = &[
    &[
        Charset::WINDOWS_1251,
        Charset::KOI8_R,
        Charset::KOI8_U,
        Charset::IBM866,
        Charset::ISO_8859_5,
        Charset::X_MAC_CYRILLIC,
    ],
    &[Charset::WINDOWS_1250, Charset::ISO_8859_2, Charset::IBM852],
    &[Charset::WINDOWS_1253, Charset::ISO_8859_7],
    &[Charset::WINDOWS_1254, Charset::ISO_8859_9],
    &[Charset::SHIFT_JIS, Charset::EUC_JP],
    &[Charset::GBK, Charset::GB18030, Charset::BIG5],
];

/// How much less likely text of a Macintosh is to be read on DOS, or the other way: what went from
/// one to the other went by way of neither's code page.
const APART: Bits = 4 * BIT;
const SYSTEMS: &[&[Charset]] = &[
    &[Charset::MACINTOSH, Charset::X_MAC_CYRILLIC],
    &[Charset::IBM437, Charset::IBM850, Charset::IBM852, Charset::IBM866],
];

/// `-log2` of the probability that text in one charset was read in the other.
pub fn prior(written: Charset, read: Charset) -> Bits {
    let table = PRIORS.get_or_init(priors);
    let [own, other] =
        [written, read].map(|charset| table.get(charset.index()).copied().unwrap_or(Prior::RARE));
    let are_apart = own.systems & other.systems == 0 && own.systems != 0 && other.systems != 0;
    let apart = if are_apart { APART } else { 0 };
    let near = if own.regions & other.regions == 0 { 0 } else { NEIGHBOURS };
    (own.written + other.read + apart).saturating_sub(near)
}

/// Whether text is written, or read by mistake, in `charset` often enough that parts
/// of a text are searched for it.
pub fn is_usual(charset: Charset) -> (bool, bool) {
    let table = PRIORS.get_or_init(priors);
    table.get(charset.index()).map_or((false, false), |p| (p.written < RARE, p.read < RARE))
}

static PRIORS: OnceLock<Vec<Prior>> = OnceLock::new();

fn priors() -> Vec<Prior> {
    let mut table = vec![Prior::RARE; Charset::COUNT];
    for &(charset, written, read) in SHARES {
        if let Some(slot) = table.get_mut(charset.index()) {
            let of = |groups: &[&[Charset]]| {
                groups.iter().fold(0, |bits, group| bits << 1 | u8::from(group.contains(&charset)))
            };
            let [regions, systems] = [of(REGIONS), of(SYSTEMS)];
            *slot = Prior { written: written * BIT, read: read * BIT, regions, systems };
        }
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn charsets_of_a_region_are_near_and_those_of_two_systems_apart() {
        let by_itself = |written, read| {
            let shares = |of| SHARES.iter().find(|share| share.0 == of).unwrap();
            (shares(written).1 + shares(read).2) * BIT
        };
        for (written, read, more) in [
            (Charset::MACINTOSH, Charset::WINDOWS_1252, 0),
            (Charset::MACINTOSH, Charset::IBM437, APART),
            (Charset::IBM850, Charset::MACINTOSH, APART),
            (Charset::WINDOWS_1252, Charset::IBM437, 0),
        ] {
            assert_eq!(prior(written, read), by_itself(written, read) + more, "{written:?}");
        }
        let [koi8, windows] = [Charset::KOI8_R, Charset::WINDOWS_1251];
        assert_eq!(prior(koi8, windows) + NEIGHBOURS, by_itself(koi8, windows));
    }
}
