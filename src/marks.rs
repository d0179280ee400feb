//! What bytes stand in a line: one look, for all that would look for them one by one.
//!
//! In comes a line, out comes which of a few kinds of bytes it has. Most lines have none but
//! those of letters, and nothing else need be asked of them.

/// Kinds of bytes, together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

/// Beyond ASCII.
const BEYOND: u8 = 1 << 7;
/// `$`, `%`, `&`, a backslash, a tilde, NUL, or U+0010 to U+001F.
const ESCAPE: u8 = 1;
/// E, and U: what no line lacks with mojibake that was transliterated.
const E: u8 = 1 << 1;
const U: u8 = 1 << 2;
/// A question mark.
const QUESTION: u8 = 1 << 3;
/// What characters of U+3000 to U+3FFF begin with, kana among them.
const KANA: u8 = 1 << 4;
/// What characters of U+F000 to U+FFFF begin with, U+FFFD among them.
const GAP: u8 = 1 << 5;
/// What characters of U+3000 to U+FFFF begin with, those of CJK but for few.
const WIDE: u8 = 1 << 6;

/// Bytes that are looked at together.
const BLOCK: usize = 16;

/// The kinds of each byte.
const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut rest: &mut [u8] = &mut kinds;
    let mut byte = 0_u8;
    while let [kind, others @ ..] = rest {
        *kind = match byte {
            b'$' | b'%' | b'&' | b'\\' | b'~' | 0 | 0x10..=0x1F => ESCAPE,
            b'E' => E,
            b'U' => U,
            b'?' => QUESTION,
            0xE3 => BEYOND | WIDE | KANA,
            0xE4..=0xEE => BEYOND | WIDE,
            0xEF => BEYOND | WIDE | GAP,
            0x80.. => BEYOND,
            _ => 0,
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    kinds
};

impl Marks {
    /// Those of a text.
    pub fn of(text: &str) -> Self {
        Self::of_bytes(text.as_bytes())
    }

    #[inline]
    fn of_bytes(bytes: &[u8]) -> Self {
        let kind = |&byte: &u8| KINDS.get(usize::from(byte)).copied().unwrap_or(0);
        let kinds = |bytes: &[u8]| bytes.iter().map(kind).fold(0, |all, kind| all | kind);
        // Of a block, whose length is known, there is no end to look for at each byte.
        let (blocks, rest) = bytes.as_chunks::<BLOCK>();
        Marks(blocks.iter().fold(kinds(rest), |all, block| all | kinds(block)))
    }

    /// Whether all is ASCII.
    pub fn is_ascii(self) -> bool {
        self.0 & BEYOND == 0
    }

    /// Whether a byte, or two, stand in the text without which none of it can be escaped.
    pub fn may_have_escape(self) -> bool {
        self.0 & ESCAPE != 0 || self.0 & (E | U) == E | U
    }

    /// Whether a question mark stands in the text.
    pub fn has_question(self) -> bool {
        self.0 & QUESTION != 0
    }

    /// Whether a character of U+3000 to U+FFFF stands in the text.
    pub fn is_wide(self) -> bool {
        self.0 & WIDE != 0
    }

    /// Whether kana may stand in the text.
    pub fn may_have_kana(self) -> bool {
        self.0 & KANA != 0
    }

    /// Whether U+FFFD may stand in the text.
    pub fn may_have_gap(self) -> bool {
        self.0 & GAP != 0
    }
}

/// Length of the whole lines that a text begins with in which nothing can be wrong: they are
/// ASCII, and none of them has anything that escapes begin with.
pub fn plain_lines(text: &[u8]) -> usize {
    let mut before = 0;
    let blocks = text.as_chunks::<BLOCK>().0.iter().take_while(|block| {
        let Marks(kinds) = Marks::of_bytes(&**block);
        // E may stand at the end of one and U at the beginning of the next.
        let both = Marks(before | kinds);
        before = kinds;
        both.is_ascii() && !both.may_have_escape()
    });
    let plain = text.get(..blocks.count() * BLOCK).unwrap_or_default();
    memchr::memrchr(b'\n', plain).map_or(0, |end| end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_told_by_itself() {
        for (text, marks) in [
            ("", 0),
            ("naive, [cafe]{}`'#\t\r\u{7F}", 0),
            ("é", BEYOND),
            ("中한", BEYOND | WIDE),
            ("ế…", BEYOND),
            ("a?", QUESTION),
            ("か", BEYOND | WIDE | KANA),
            ("\u{FFFD}", BEYOND | WIDE | GAP),
            ("E", E),
            ("U", U),
        ] {
            assert_eq!(Marks::of(text), Marks(marks), "{text}");
            assert!(!Marks::of(text).may_have_escape(), "{text}");
        }
        for escape in ["$", "%", "&", "\\", "~", "\0", "\x10", "\x1F", "UE"] {
            assert!(Marks::of(escape).may_have_escape(), "{escape:?}");
        }
    }

    #[test]
    fn plain_lines_are_whole_and_have_nothing_to_look_at() {
        let line = "what anybody may write\n";
        for (lines, last) in [(9, "é"), (9, "a&b\n"), (9, ""), (0, ""), (0, "é"), (9, "EU")] {
            let text = line.repeat(lines) + last + line;
            let plain = plain_lines(text.as_bytes());
            let most = line.len() * lines + if last.is_empty() { line.len() } else { 0 };
            assert!(plain <= most && plain.is_multiple_of(line.len()), "{plain} {lines} {last}");
            assert!(plain + line.len() + BLOCK > most, "{plain} {lines} {last}");
        }
        // At each place of the blocks.
        for at in 0..2 * BLOCK {
            let text = " ".repeat(at) + "EU\n" + &" ".repeat(2 * BLOCK);
            assert_eq!(plain_lines(text.as_bytes()), 0, "{at}");
        }
    }
}
