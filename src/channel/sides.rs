//! Which charsets stand on either side of a misreading, and what their bytes cost one by one.
//!
//! The pairs are too many for all to be tried with the model. In come bytes, out comes which
//! of them are worth it: what is far unlikelier letter by letter is no better as words.

use super::misreading::Misreading;
use super::prior::is_usual;
use crate::charset::{Charset, Family, Next};
use crate::model::{BIT, Bits, latin, model};
use crate::text::lines::PIECE;
use std::sync::OnceLock;

/// The charsets that can stand on either side of a misreading.
pub struct Sides {
    /// Charsets that text may have been read in, the likeliest first.
    pub read: Vec<Charset>,
    /// The usual ones of them, and the usual ones that text was written in: those that
    /// parts of a text are searched for.
    pub usual_read: Vec<Charset>,
    pub usual_written: Vec<Charset>,
    /// The bits in [`charsets_with`](crate::charset::charsets_with) of those that it may have been
    /// read in.
    pub read_mask: u128,
    /// Those that it may have been written in: of single bytes, with the cost of each, and of
    /// double ones.
    pub single_byte: Vec<(Charset, [Bits; 256])>,
    /// Where each charset stands among those of single bytes, if it does.
    places: [Option<usize>; Charset::COUNT],
    pub double_byte: Vec<Charset>,
}

/// The charsets on either side, found once.
pub fn sides() -> &'static Sides {
    static SIDES: OnceLock<Sides> = OnceLock::new();
    SIDES.get_or_init(|| {
        let cost = |read: Charset| Misreading { written: Charset::UTF_8, read }.prior();
        let mut read: Vec<Charset> = Charset::all().filter(|&c| can_be_read(c)).collect();
        read.sort_by_key(|&c| (cost(c), c.index()));
        let read_mask = read.iter().fold(0, |mask, c| mask | 1 << c.index());
        let written = || {
            read.iter()
                .copied()
                .chain(Charset::all().filter(|&c| can_be_written(c) && !can_be_read(c)))
        };
        let single_byte: Vec<_> = written()
            .filter(|c| c.family() == Family::SingleByte)
            .map(|c| (c, find_byte_costs(c)))
            .collect();
        let places = std::array::from_fn(|index| {
            single_byte.iter().position(|(charset, _)| charset.index() == index)
        });
        // gb18030 reads all that GBK reads.
        let double_byte = written()
            .filter(|&c| {
                c.family() == Family::DoubleByte && ![Charset::GBK, Charset::VNI].contains(&c)
            })
            .collect();
        let usual_read = read.iter().copied().filter(|&c| is_usual(c).1).collect();
        let mut usual_written = vec![Charset::UTF_8, Charset::GB18030];
        let apart = [Charset::GBK, Charset::GB18030, Charset::VNI];
        usual_written.extend(written().filter(|c| is_usual(*c).0 && !apart.contains(c)));
        Sides { read, usual_read, usual_written, read_mask, single_byte, places, double_byte }
    })
}

/// The cost of each byte's character among those of its script; `None` where
/// characters take several bytes.
pub fn byte_costs(charset: Charset) -> Option<&'static [Bits; 256]> {
    let sides = sides();
    let place = sides.places.get(charset.index()).copied().flatten()?;
    sides.single_byte.get(place).map(|(_, costs)| costs)
}

/// What the characters of a text beyond ASCII cost one by one.
pub fn letters_cost(text: &str) -> Bits {
    text.chars().filter(|c| !c.is_ascii()).map(|c| model().anywhere(c)).sum()
}

/// What a byte costs that is no character: more than any text, as long as one is searched.
pub const UNREAD: Bits = Bits::MAX / PIECE as Bits;

/// The cost of each byte's character, standing anywhere.
fn find_byte_costs(charset: Charset) -> [Bits; 256] {
    std::array::from_fn(|byte| {
        let mut text = String::new();
        match charset.decode_strict(&[byte as u8], &mut text) {
            Ok(()) => {
                text.chars().map(|c| model().anywhere(c).saturating_sub(rarity_of_script(c))).sum()
            }
            Err(_) => UNREAD,
        }
    })
}

/// How much more letters of this script cost, on average, than those of Cyrillic: no
/// script shall look unlikely for having fewer texts.
fn rarity_of_script(c: char) -> Bits {
    match c {
        _ if latin::BLOCKS.iter().any(|block| block.contains(&c)) => 2 * BIT,
        '«' | '»' | '\u{2010}'..='\u{2026}' => 6 * BIT,
        '\u{370}'..='\u{3FF}' | '\u{600}'..='\u{6FF}' => 3 * BIT,
        '\u{5D0}'..='\u{5EA}' | '\u{E00}'..='\u{E7F}' => 4 * BIT,
        _ => 0,
    }
}

/// Whether text can have been read in `charset` by mistake, and survive as text.
fn can_be_read(charset: Charset) -> bool {
    charset != Charset::VNI
        && matches!(charset.family(), Family::SingleByte | Family::DoubleByte)
        && (0..0x7F).all(|byte| charset.decode_next(&[byte]) == Next::Char(byte.into(), 1))
}

/// Whether text was written in `charset` by systems whose texts are read in others: a
/// charset that others are not read in may use control codes for letters.
fn can_be_written(charset: Charset) -> bool {
    matches!(charset.family(), Family::SingleByte | Family::DoubleByte)
        && (0x20..0x7F).all(|byte| charset.decode_next(&[byte]) == Next::Char(byte.into(), 1))
}
