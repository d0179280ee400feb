//! What bytes stand in a line: one look, for all that would look for them one by one.
//!
//! In comes a text, out comes where its first line ends and which of a few kinds of bytes that
//! has. Most lines have none but those of letters, and nothing else need be asked of them.

use wide::u8x16;

/// Kinds of bytes that stand in a text, together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marks(u8);

/// Beyond ASCII.
const BEYOND: u8 = 1 << 7;
/// What characters from U+0400 begin with.
const PAST_LATIN: u8 = 1 << 4;
/// What characters from U+3000 begin with, and those from U+F000, U+FFFD among them.
const WIDE: u8 = 1 << 6;
const GAP: u8 = 1 << 5;
/// `$`, `%`, `&`, a backslash or a tilde.
const SIGN: u8 = 1;
/// NUL, or U+0010 to U+001F.
const CONTROL: u8 = 1 << 1;
/// U: what no line lacks with mojibake that was transliterated.
const U: u8 = 1 << 2;
/// A question mark.
const QUESTION: u8 = 1 << 3;

/// Bytes that are looked at together.
const BLOCK: usize = 16;

/// What was seen of some blocks, in each of the places of one.
///
/// Two of the kinds are ranges, which one exclusive or brings down to the lowest numbers: the
/// lowest that comes of it tells whether one stood there.
#[derive(Clone, Copy)]
struct Seen {
    highest: u8x16,
    /// At most 16 for a control.
    control: u8x16,
    /// At most 2 for `$`, `%` and `&`.
    dollar: u8x16,
    /// All ones for a backslash or a tilde, a question mark, or U.
    other_sign: u8x16,
    question: u8x16,
    u: u8x16,
}

impl Seen {
    #[inline]
    fn nothing() -> Self {
        let [none, all] = [0, u8::MAX].map(u8x16::splat);
        let [highest, other_sign, question, u] = [none; 4];
        Seen { highest, control: all, dollar: all, other_sign, question, u }
    }

    #[inline]
    fn add(&mut self, bytes: u8x16) {
        let is = |byte: u8| bytes.simd_eq(u8x16::splat(byte));
        self.highest = self.highest.max(bytes);
        self.control = self.control.min(bytes ^ u8x16::splat(0x10));
        self.dollar = self.dollar.min(bytes ^ u8x16::splat(b'$'));
        self.other_sign |= is(b'\\') | is(b'~');
        self.question |= is(b'?');
        self.u |= is(b'U');
    }

    #[inline]
    fn controls(&self) -> u8x16 {
        self.control.min(u8x16::splat(0x10)).simd_eq(self.control)
    }

    #[inline]
    fn signs(&self) -> u8x16 {
        self.dollar.min(u8x16::splat(2)).simd_eq(self.dollar) | self.other_sign
    }

    /// Whether nothing was seen that text of ASCII need be looked at for.
    #[inline]
    fn is_plain(&self) -> bool {
        // Bytes beyond ASCII have the bit that is asked about.
        !(self.highest | self.controls() | self.signs() | self.u).any()
    }

    #[inline]
    fn marks(&self) -> Marks {
        let from = |least: u8| self.highest.max(u8x16::splat(least)).simd_eq(self.highest);
        let kinds = [
            (from(0x80), BEYOND),
            (from(0xD0), PAST_LATIN),
            (from(0xE3), WIDE),
            (from(0xEF), GAP),
            (self.controls(), CONTROL),
            (self.signs(), SIGN),
            (self.question, QUESTION),
            (self.u, U),
        ];
        let kind = |(seen, kind): (u8x16, u8)| if seen.any() { kind } else { 0 };
        Marks(kinds.map(kind).into_iter().fold(0, |all, kind| all | kind))
    }
}

impl Marks {
    /// Those of a text.
    pub fn of(text: &str) -> Self {
        Self::of_bytes(text.as_bytes())
    }

    fn of_bytes(bytes: &[u8]) -> Self {
        let (blocks, _) = bytes.as_chunks::<BLOCK>();
        let mut seen = Seen::nothing();
        blocks.iter().for_each(|&block| seen.add(u8x16::new(block)));
        seen.add(last_block(bytes));
        seen.marks()
    }

    /// Those of the line that a text begins with, and its length without its end.
    #[inline]
    pub fn of_line(text: &[u8]) -> (Self, usize) {
        let (blocks, rest) = text.as_chunks::<BLOCK>();
        let mut seen = Seen::nothing();
        let mut end_in = |(before, &block): (usize, &[u8; BLOCK])| {
            let bytes = u8x16::new(block);
            let ends = bytes.simd_eq(u8x16::splat(b'\n')).to_bitmask();
            if ends == 0 {
                seen.add(bytes);
                return None;
            }
            Some(before * BLOCK + ends.trailing_zeros() as usize)
        };
        let length = blocks.iter().enumerate().find_map(&mut end_in).unwrap_or_else(|| {
            let end = rest.iter().position(|&byte| byte == b'\n');
            text.len() - rest.len() + end.unwrap_or(rest.len())
        });
        seen.add(last_block(text.get(..length).unwrap_or_default()));
        (seen.marks(), length)
    }

    /// Whether all is ASCII.
    pub fn is_ascii(self) -> bool {
        self.0 & BEYOND == 0
    }

    /// Whether a byte stands in the text without which none of it can be escaped.
    pub fn may_have_escape(self) -> bool {
        self.0 & (SIGN | CONTROL | U) != 0
    }

    /// Whether a sign stands in the text that escapes begin with.
    pub fn has_sign(self) -> bool {
        self.0 & SIGN != 0
    }

    /// Whether a control character stands in the text that text has not, or the escape of
    /// terminals.
    pub fn has_control(self) -> bool {
        self.0 & CONTROL != 0
    }

    /// Whether a letter stands in the text without which none of it was transliterated.
    pub fn may_be_flattened(self) -> bool {
        self.0 & U != 0
    }

    /// Whether a question mark stands in the text.
    pub fn has_question(self) -> bool {
        self.0 & QUESTION != 0
    }

    /// Whether a character from U+0400 stands in the text.
    pub fn is_past_latin(self) -> bool {
        self.0 & PAST_LATIN != 0
    }

    /// Whether a character from U+3000 stands in the text.
    pub fn is_wide(self) -> bool {
        self.0 & WIDE != 0
    }

    /// Whether U+FFFD may stand in the text.
    pub fn may_have_gap(self) -> bool {
        self.0 & GAP != 0
    }
}

/// The last bytes of a text, some of them seen before; or all of a short one, and blanks.
#[inline]
fn last_block(text: &[u8]) -> u8x16 {
    if let Some(&last) = text.last_chunk() {
        return u8x16::new(last);
    }
    let mut last = [b' '; BLOCK];
    last.iter_mut().zip(text).for_each(|(to, &byte)| *to = byte);
    u8x16::new(last)
}

/// Length of the whole lines that a text begins with in which nothing can be wrong: they are
/// ASCII, and none of them has anything that escapes begin with.
pub fn plain_lines(text: &[u8]) -> usize {
    let blocks = text.as_chunks::<BLOCK>().0.iter().take_while(|&&block| {
        let mut seen = Seen::nothing();
        seen.add(u8x16::new(block));
        seen.is_plain()
    });
    let plain = text.get(..blocks.count() * BLOCK).unwrap_or_default();
    memchr::memrchr(b'\n', plain).map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each byte tells by itself.
    fn kinds(byte: u8) -> u8 {
        let kinds = [
            (byte >= 0x80, BEYOND),
            (byte >= 0xD0, PAST_LATIN),
            (byte >= 0xE3, WIDE),
            (byte >= 0xEF, GAP),
            (b"$%&\\~".contains(&byte), SIGN),
            (matches!(byte, 0 | 0x10..=0x1F), CONTROL),
            (byte == b'U', U),
            (byte == b'?', QUESTION),
        ];
        kinds.into_iter().filter(|&(is, _)| is).fold(0, |all, (_, kind)| all | kind)
    }

    #[test]
    fn every_kind_is_told_by_itself_wherever_it_stands() {
        for byte in (0..=0xFF_u8).filter(|&byte| byte != b'\n') {
            for length in [1, 5, BLOCK, BLOCK + 1, 3 * BLOCK - 1] {
                for at in 0..length {
                    let mut line = vec![b'a'; length];
                    line[at] = byte;
                    assert_eq!(Marks::of_bytes(&line), Marks(kinds(byte)), "{byte} {at} {length}");
                }
            }
        }
    }

    #[test]
    fn a_line_ends_where_its_text_does() {
        for length in 0..3 * BLOCK {
            for behind in ["", "\n", "\nU\\?é中", "\n\n\nanother, and longer than a block"] {
                for line in ["a".repeat(length), "Uñ？".repeat(length)] {
                    let text = line.clone() + behind;
                    let (marks, end) = Marks::of_line(text.as_bytes());
                    assert_eq!((marks, end), (Marks::of(&line), line.len()), "{text:?}");
                }
            }
        }
        assert_eq!(Marks::of_line(b""), (Marks(0), 0));
    }

    #[test]
    fn plain_lines_are_whole_and_have_nothing_to_look_at() {
        let line = "what anybody may write\n";
        for (lines, last) in [(9, "é"), (9, "a&b\n"), (9, ""), (0, ""), (0, "é"), (9, "U")] {
            let text = line.repeat(lines) + last + line;
            let plain = plain_lines(text.as_bytes());
            let most = line.len() * lines + if last.is_empty() { line.len() } else { 0 };
            assert!(plain <= most && plain.is_multiple_of(line.len()), "{plain} {lines} {last}");
            assert!(plain + line.len() + BLOCK > most, "{plain} {lines} {last}");
        }
        // At each place of the blocks.
        for at in 0..2 * BLOCK {
            for odd in ["U", "\x11", "~", "$", "é"] {
                let text = " ".repeat(at) + odd + "\n" + &" ".repeat(2 * BLOCK);
                assert_eq!(plain_lines(text.as_bytes()), 0, "{at} {odd:?}");
            }
        }
    }
}
