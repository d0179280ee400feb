//! The class of a character: few enough for a table of pairs, many enough to tell
//! letters that garbled text is made of from letters that languages are made of.

/// Han by how rare: the model's cost of the character by itself, in bits, at which
/// each class begins.
const HAN_COSTS: [u32; 4] = [12, 14, 16, 20];
const HANGUL_COSTS: [u32; 3] = [11, 13, 16];

/// Classes of the table; class 0 is a blank or the edge of a text.
pub const COUNT: usize = 256;

/// The class by the tables that the trainer wrote.
#[inline]
pub fn class_of(c: char) -> u8 {
    let code = c as u32;
    let table = super::BLOB.get(super::HEADER + COUNT * COUNT..).unwrap_or_default();
    let page = match table.get((code >> 8) as usize) {
        Some(&page) if code < 0x10000 => page,
        // Emoji, and rarer planes.
        _ => return if code < 0x20000 { 254 } else { 255 },
    };
    let at = 256 + (usize::from(page) << 8) + (code & 0xFF) as usize;
    table.get(at).copied().unwrap_or(255)
}

/// The class that the trainer writes into the tables, given the model's cost of
/// the character in bits.
pub fn assign(c: char, cost: u32) -> u8 {
    let code = c as u32;
    let bin = |bins: &[u32]| bins.iter().filter(|&&begin| cost >= begin).count() as u32;
    let upper = u32::from(c.is_uppercase());
    let class = match code {
        // ASCII: blank, digit, lower, upper, quotes and brackets, other.
        0..=0x20 => 0,
        0x30..=0x39 => 1,
        0x61..=0x7A => 2,
        0x41..=0x5A => 3,
        0x22 | 0x27 | 0x28 | 0x29 | 0x5B | 0x5D => 4,
        0x2C | 0x2E | 0x3A | 0x3B | 0x21 => 5,
        0x3F => 6,
        0x21..=0x7E => 7,
        // Controls that only a misreading leaves.
        0x7F..=0x9F => 8,
        // Latin-1, each its own.
        0xA0..=0xFF => 10 + code - 0xA0,
        // The rest of Windows-1252, each its own.
        0x152 => 106,
        0x153 => 107,
        0x160 => 108,
        0x161 => 109,
        0x178 => 110,
        0x17D => 111,
        0x17E => 112,
        0x192 => 113,
        0x2C6 => 114,
        0x2DC => 115,
        0x2013 => 116,
        0x2014 => 117,
        0x2018 => 118,
        0x2019 => 119,
        0x201A => 120,
        0x201C => 121,
        0x201D => 122,
        0x201E => 123,
        0x2020 | 0x2021 => 124,
        0x2022 => 125,
        0x2026 => 126,
        0x2030 => 127,
        0x2039 | 0x203A => 128,
        0x20AC => 129,
        0x2122 => 130,
        // Latin beyond, Greek: by case and rarity.
        0x100..=0x24F => 131 + upper * 3 + bin(&[13, 17]),
        0x250..=0x2FF => 137,
        0x300..=0x36F => 138,
        0x1E00..=0x1EFF => 139 + upper,
        0x386..=0x3CE => 141 + upper * 3 + bin(&[12, 15]),
        0x370..=0x3FF | 0x1F00..=0x1FFF => 147,
        // Russian letters, each its own.
        0x410..=0x44F => 148 + code - 0x410,
        0x401 | 0x451 => 212,
        0x402 | 0x403 | 0x409..=0x40C | 0x40F => 213,
        0x452 | 0x453 | 0x459..=0x45C | 0x45F => 214,
        0x400..=0x42F | 0x490 | 0x460..=0x48F => 215,
        0x450..=0x52F => 216 + upper,
        0x530..=0x58F => 218,
        0x590..=0x5FF => 219,
        0x600..=0x6FF => 220 + bin(&[12, 16]),
        0x700..=0x8FF => 223,
        0x900..=0xDFF => 224,
        0xE00..=0xE7F => 225 + bin(&[12]),
        0xE80..=0x1CFF => 227,
        0x2190..=0x21FF => 228,
        0x2200..=0x22FF => 229,
        0x2300..=0x24FF => 230,
        // Tree drawings, then tables.
        0x2500 | 0x2502 => 231,
        0x2501..=0x257F => 232,
        0x2580..=0x259F => 233,
        0x25A0..=0x2BFF => 234,
        0x2000..=0x218F => 235,
        0x3000..=0x303F => 236,
        0x3040..=0x309F => 237 + bin(&[13]),
        0x30A0..=0x30FF => 239 + bin(&[13]),
        0x3100..=0x33FF => 241,
        0x4E00..=0x9FFF => 242 + bin(&HAN_COSTS),
        0x3400..=0x4DBF => 247,
        0xAC00..=0xD7FF => 248 + bin(&HANGUL_COSTS),
        0xFF61..=0xFF9F => 252,
        0xFE0F | 0x10000..=0x1FFFF => 254,
        0xFE30..=0xFE4F | 0xFF00..=0xFFEF => 253,
        _ => 255,
    };
    class as u8
}
