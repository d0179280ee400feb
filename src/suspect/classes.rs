//! The class of a character: few enough for a table of pairs, many enough to tell
//! letters that garbled text is made of from letters that languages are made of.
//!
//! The trainer assigns the classes by what it counts: ASCII characters and the
//! commonest others have one each; the rest share one with characters of their
//! script that are as much commoner, or rarer, in garbled than in intact text.

use super::BLOB;
use std::sync::OnceLock;

/// Classes of the tables; class 0 is a blank, a control of ASCII, or the edge of a text.
pub const COUNT: usize = 512;
/// Classes below this are of ASCII.
pub const ASCII: usize = 128;
/// Planes beyond the first: emoji, and the others.
pub const EMOJI: u16 = 510;
pub const BEYOND: u16 = 511;

/// Where the classes begin in the file.
const START: usize = super::COSTS + COUNT * super::BINS;

/// The classes of the first plane, one look-up each.
pub struct Classes(Box<[u16; 0x10000]>);

/// The classes in the program, unfolded once.
pub fn classes() -> &'static Classes {
    static CLASSES: OnceLock<Classes> = OnceLock::new();
    CLASSES.get_or_init(Classes::read)
}

impl Classes {
    /// Of the class of each character of the first plane, in order.
    pub fn new(classes: &[u16]) -> Self {
        let mut all = Box::new([BEYOND; 0x10000]);
        for (to, &class) in all.iter_mut().zip(classes) {
            *to = class;
        }
        Classes(all)
    }

    /// An index of 256 pages, then the pages: the low bytes of the classes, then their
    /// ninth bits.
    fn read() -> Self {
        let mut all = Box::new([BEYOND; 0x10000]);
        let tables = BLOB.get(START..).unwrap_or_default();
        let (index, pages) = tables.split_at_checked(256).unwrap_or_default();
        let (to, _) = all.as_chunks_mut::<256>();
        for (to, &page) in to.iter_mut().zip(index) {
            let page = pages.chunks_exact(256 + 32).nth(page.into()).unwrap_or_default();
            let (low, high) = page.split_at_checked(256).unwrap_or_default();
            for (at, (to, &low)) in to.iter_mut().zip(low).enumerate() {
                let bits = high.get(at / 8).copied().unwrap_or(0);
                *to = u16::from(low) | u16::from(bits >> (at % 8) & 1) << 8;
            }
        }
        Classes(all)
    }

    /// The class of a character.
    #[inline]
    pub fn of(&self, c: char) -> usize {
        let class = match self.0.get(c as usize) {
            Some(&class) => class,
            None if (c as u32) < 0x20000 => EMOJI,
            None => BEYOND,
        };
        class.into()
    }
}
