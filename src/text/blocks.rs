//! Many bytes at once.

/// Bytes that are looked at together.
const BLOCK: usize = 32;

/// Whether a test holds anywhere of a byte and the one behind it, which is a blank behind
/// the last. A test without branches is made of many bytes at once.
#[inline]
pub(crate) fn any_pair(bytes: &[u8], test: impl Fn(u8, u8) -> bool + Copy) -> bool {
    // Each block beside what stands one byte further on. The last one overlaps the one before
    // it, so that no byte is read by itself; what is shorter is filled up with blanks.
    let Some((&last, but_last)) = bytes.split_last() else { return false };
    let (Some(block), Some(next)) = (but_last.last_chunk(), bytes.last_chunk()) else {
        let mut filled = [b' '; BLOCK + 1];
        if let Some(to) = filled.get_mut(..bytes.len()) {
            to.copy_from_slice(bytes);
        }
        let [head @ .., _] = &filled;
        let [_, tail @ ..] = &filled;
        return any_in(head, tail, test);
    };
    let blocks = bytes.as_chunks::<BLOCK>().0.iter();
    let following = bytes.get(1..).unwrap_or_default().as_chunks::<BLOCK>().0;
    blocks.zip(following).any(|(block, next)| any_in(block, next, test))
        || any_in(block, next, test)
        || test(last, b' ')
}

/// Whether a test holds for any byte of a block and the one behind it; `next` is what stands one
/// byte further on.
#[inline]
fn any_in(block: &[u8; BLOCK], next: &[u8; BLOCK], test: impl Fn(u8, u8) -> bool) -> bool {
    block.iter().zip(next).fold(false, |any, (&byte, &next)| any | test(byte, next))
}

/// Length of the ASCII that bytes begin with.
#[inline]
pub(crate) fn ascii_run(bytes: &[u8]) -> usize {
    run(bytes, |block| block & BEYOND, |byte| byte.is_ascii())
}

/// What is left of bytes from the first on that is not ASCII: where most is ASCII, faster than
/// by [`ascii_run`], and slower where runs are short.
#[inline]
pub(crate) fn after_ascii(mut rest: &[u8]) -> &[u8] {
    while let Some((&eight, after)) = rest.split_first_chunk::<8>() {
        let ends = u64::from_le_bytes(eight) & BEYOND;
        if ends != 0 {
            return rest.get(ends.trailing_zeros() as usize / 8..).unwrap_or_default();
        }
        rest = after;
        while let Some((_, after)) =
            rest.split_first_chunk::<BLOCK>().filter(|(block, _)| block.is_ascii())
        {
            rest = after;
        }
    }
    while let [0..0x80, after @ ..] = rest {
        rest = after;
    }
    rest
}

/// Length of what bytes begin with that is not ASCII.
#[inline]
pub(crate) fn beyond_ascii_run(bytes: &[u8]) -> usize {
    run(bytes, |block| !block & BEYOND, |byte| !byte.is_ascii())
}

/// The bits that no ASCII byte has.
const BEYOND: u64 = 0x8080_8080_8080_8080;

/// Length of a run of bytes, eight at a time: `ends` has a bit of each byte that does not go on
/// with it.
#[inline]
fn run(bytes: &[u8], ends: impl Fn(u64) -> u64, goes_on: impl Fn(u8) -> bool) -> usize {
    let (blocks, rest) = bytes.as_chunks::<8>();
    let mut length = 0;
    for &block in blocks {
        let ends = ends(u64::from_le_bytes(block));
        if ends != 0 {
            return length + ends.trailing_zeros() as usize / 8;
        }
        length += block.len();
    }
    length + rest.iter().position(|&byte| !goes_on(byte)).unwrap_or(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_ends_where_it_ends() {
        for length in 0..=100 {
            let mut bytes = vec![b'a'; length];
            assert_eq!((ascii_run(&bytes), after_ascii(&bytes).len()), (length, 0));
            for at in (0..length).rev() {
                bytes[at] = 0x80;
                assert_eq!((ascii_run(&bytes), after_ascii(&bytes)), (at, &bytes[at..]));
                assert_eq!(beyond_ascii_run(&bytes[at..]), length - at);
            }
        }
    }

    #[test]
    fn pairs_are_found_wherever_they_stand() {
        for length in 0..=100 {
            let mut bytes = vec![b'a'; length];
            assert!(!any_pair(&bytes, |byte, next| (byte == b'x') & (next == b'y')));
            for at in 0..length {
                bytes[at] = b'x';
                assert!(any_pair(&bytes, |byte, _| byte == b'x'), "{at} of {length}");
                let behind = if at + 1 < length { b'a' } else { b' ' };
                assert!(any_pair(&bytes, |byte, next| (byte == b'x') & (next == behind)));
                assert!(!any_pair(&bytes, |byte, next| (byte == b'x') & (next == b'x')));
                bytes[at] = b'a';
            }
        }
    }
}
