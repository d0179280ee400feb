//! Characters that come in runs: rules, frames, rows of dots, and letters of scripts that
//! the model has not seen, and numbers in the digits of a script.
//!
//! To an n-gram model each `─` of a frame is a rare event. Here it is asked whether a
//! character goes on with what the last one began: the same sign again, a line of a drawing
//! that meets the one before it, a letter of the same unknown script, a digit behind one. In garbled text signs
//! stand beside each other by chance, and seldom fit.

use super::bits::{BIT, Bits};
use super::tables::CharClass;
use crate::text::characters::is_digit;

/// The left and right, and upper and lower arms of U+2500 to U+257F, by the characters' names in
/// the Unicode Character Database: 0 none, 1 light or single, 2 heavy, 3 double.
const LEFT: &[u8; 128] = b"\
1200120012000000121200001212000000001211122212121212121212121212\
1112121222121200300003130003130003133133133130110000100020001020";
const RIGHT: &[u8; 128] = b"\
1200120012001212000012120000121112220000000011221122112211221122\
1111212221221200303130003130003130003133133131001000001000202010";

const UP: &[u8; 128] = b"\
0012001200120000000011221122112122121121221200000000111122221111\
2122211212220012030000001331331331330001331330011000010002000102";
const DOWN: &[u8; 128] = b"\
0012001200121122112200000000111221221112212211112222000000001111\
1221122122220012031331330000001331331330001331100000000100020201";

/// Where box drawing begins.
const BOXES: u32 = 0x2500;
/// Letters of an alphabet stand together in blocks of so many, and each of them costs this.
const BLOCK: u32 = 128;
const LETTER: Bits = BLOCK.ilog2() * BIT;
/// What a sign costs that goes on with a drawing, and one that stands there again.
pub const DRAWN: Bits = 4 * BIT;
const SAME: Bits = BIT;

/// What a character costs at most that goes on with what `before` began, the last one that
/// was no blank; `None` if it does not go on.
pub fn going_on(before: char, c: char, class: CharClass) -> Option<Bits> {
    if class.is_sign() && (before == c || is_drawn(before, c)) {
        return Some(if before == c { SAME } else { DRAWN });
    }
    if is_digit(c) && is_digit(before) && before as u32 / ROW == c as u32 / ROW {
        return Some(DIGIT);
    }
    let is_rare = class.is_rare_letter() && c.is_alphabetic();
    (is_rare && before as u32 / BLOCK == c as u32 / BLOCK).then_some(LETTER)
}

/// The digits of one script are in one or two rows of the code charts, and each of them costs
/// this behind another: of ten, with something for being no letter.
const ROW: u32 = 0x20;
const DIGIT: Bits = 5 * BIT;

/// Whether two characters are of one drawing: what ends between them ends on both sides.
pub fn is_drawn(left: char, right: char) -> bool {
    match [arms(left), arms(right)] {
        [Some([_, end]), Some([start, _])] => end == start,
        _ => false,
    }
}

/// Whether a line of a drawing goes on from one character to the one below it.
pub fn goes_down(above: char, below: char) -> bool {
    arm(above, DOWN).is_some_and(|down| down != b'0' && arm(below, UP) == Some(down))
}

/// Whether a character is one of those that drawings are made of.
pub fn is_box(c: char) -> bool {
    arms(c).is_some()
}

/// Whether a character of a drawing stands beside another as in a drawing: lines meet, and
/// none ends at a letter.
pub fn is_beside(left: char, right: char) -> bool {
    match [arms(left), arms(right)] {
        [Some(_), Some(_)] => is_drawn(left, right),
        [Some([_, end]), None] => end == b'0' || !right.is_alphanumeric(),
        [None, Some([start, _])] => start == b'0' || !left.is_alphanumeric(),
        [None, None] => true,
    }
}

/// The arms of a character of a drawing, to its left and right.
fn arms(c: char) -> Option<[u8; 2]> {
    Some([arm(c, LEFT)?, arm(c, RIGHT)?])
}

/// An arm of such a character, of all of which these are the arms on one side.
fn arm(c: char, arms: &[u8; 128]) -> Option<u8> {
    arms.get((c as u32).checked_sub(BOXES)? as usize).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_go_down() {
        for (above, below) in [('┌', '│'), ('│', '├'), ('┬', '┼'), ('╔', '║'), ('╥', '║')]
        {
            assert!(goes_down(above, below), "{above}{below}");
        }
        for (above, below) in [('└', '│'), ('─', '─'), ('║', '│'), ('a', '│')] {
            assert!(!goes_down(above, below), "{above}{below}");
        }
    }

    #[test]
    fn drawings_fit() {
        for drawn in ["┌──┐", "├─┤", "└─┴─┘", "│ │ ├─╴", "╔══╗", "╠═╣", "╭─╮", "┏━┓"]
        {
            let signs: Vec<char> = drawn.chars().filter(|c| *c != ' ').collect();
            assert!(signs.windows(2).all(|pair| is_drawn(pair[0], pair[1])), "{drawn}");
        }
        // UTF-8 and KOI8-R read as IBM437.
        for chance in ["╨▒╤", "╧╥╔", "─┐═", "└━"] {
            let signs: Vec<char> = chance.chars().collect();
            assert!(!signs.windows(2).all(|pair| is_drawn(pair[0], pair[1])), "{chance}");
        }
    }
}
