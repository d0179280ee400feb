//! Johab (KS X 1001 annex 3, Windows code page 1361): computed, for it needs no table.
//!
//! A syllable is its three letters, five bits each; the symbols and Hanja are KS X 1001 in another
//! arrangement, read through the EUC-KR table. The arrangement is the one in Unicode's `JOHAB.TXT`.

/// Five bits of the leading consonant to its number in Unicode; `NONE` for the filler.
const LEADING: [u8; 32] = letters([(2, 0, 19), (0, 0, 0), (0, 0, 0), (0, 0, 0)], 1);
/// Vowels come in four runs.
const VOWEL: [u8; 32] = letters([(3, 0, 5), (10, 5, 6), (18, 11, 6), (26, 17, 4)], 2);
/// Trailing consonants skip code 18; number 0 is no consonant.
const TRAILING: [u8; 32] = letters([(2, 1, 16), (19, 17, 11), (0, 0, 0), (0, 0, 0)], 1);

const BAD: u8 = 0xFF;
const NONE: u8 = 0xFE;

const fn letters(runs: [(usize, u8, u8); 4], filler: usize) -> [u8; 32] {
    let mut table = [BAD; 32];
    let mut i = 0;
    #[allow(clippy::indexing_slicing)] // evaluated by the compiler
    while i < runs.len() {
        let mut k = 0;
        while k < runs[i].2 {
            table[runs[i].0 + k as usize] = runs[i].1 + k;
            k += 1;
        }
        i += 1;
    }
    #[allow(clippy::indexing_slicing)]
    {
        table[filler] = NONE;
    }
    table
}

/// Compatibility letters that stand where the other two letters are fillers.
const LEADING_ALONE: [u16; 19] = [
    0x3131, 0x3132, 0x3134, 0x3137, 0x3138, 0x3139, 0x3141, 0x3142, 0x3143, 0x3145, 0x3146, 0x3147,
    0x3148, 0x3149, 0x314A, 0x314B, 0x314C, 0x314D, 0x314E,
];
const TRAILING_ALONE: [u16; 27] = [
    0x3131, 0x3132, 0x3133, 0x3134, 0x3135, 0x3136, 0x3137, 0x3139, 0x313A, 0x313B, 0x313C, 0x313D,
    0x313E, 0x313F, 0x3140, 0x3141, 0x3142, 0x3144, 0x3145, 0x3146, 0x3147, 0x3148, 0x314A, 0x314B,
    0x314C, 0x314D, 0x314E,
];

/// Fills rows of 256 cells, from 80 00 on; `wansung` tells the character of a pair of EUC-KR.
pub(super) fn fill(pairs: &mut [u32], wansung: impl Fn([u8; 2]) -> Option<char>) {
    for (row, cells) in (0x80..=0xFF_u8).zip(pairs.chunks_mut(256)) {
        for (trail, cell) in (0..=0xFF_u8).zip(cells) {
            *cell = if row < 0xD4 {
                hangul(u16::from_be_bytes([row, trail])).unwrap_or(0)
            } else {
                arranged(row, trail).and_then(&wansung).map_or(0, u32::from)
            };
        }
    }
}

fn hangul(code: u16) -> Option<u32> {
    let bits = |shift: u16| usize::from(code >> shift & 31);
    let leading = *LEADING.get(bits(10))?;
    let vowel = *VOWEL.get(bits(5))?;
    let trailing = *TRAILING.get(bits(0))?;
    let letter = |table: &[u16], at: u8| table.get(usize::from(at)).map(|&c| u32::from(c));
    match (leading, vowel, trailing) {
        (BAD, ..) | (_, BAD, _) | (.., BAD) => None,
        (NONE, NONE, NONE) => Some(0x3000),
        (l, NONE, NONE) => letter(&LEADING_ALONE, l),
        (NONE, v, NONE) => Some(0x314F + u32::from(v)),
        (NONE, NONE, t) => letter(&TRAILING_ALONE, t - 1),
        (NONE, ..) | (_, NONE, _) => None,
        (l, v, t) => {
            let t = if t == NONE { 0 } else { t };
            Some(0xAC00 + (u32::from(l) * 21 + u32::from(v)) * 28 + u32::from(t))
        }
    }
}

/// The EUC-KR pair of a symbol or Hanja.
fn arranged(lead: u8, trail: u8) -> Option<[u8; 2]> {
    let cell = match trail {
        0x31..=0x7E => trail - 0x31,
        0x91..=0xFE => trail - 0x43,
        _ => return None,
    };
    // DA A1 to DA D3 are the letters, which have their codes among the syllables.
    let row = match lead {
        0xDA if (0xA1..=0xD3).contains(&trail) => return None,
        0xD9..=0xDE => 2 * (lead - 0xD9),
        0xE0..=0xF9 => 2 * (lead - 0xE0) + 0x29,
        _ => return None,
    };
    Some([0xA1 + row + cell / 94, 0xA1 + cell % 94])
}
