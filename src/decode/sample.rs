//! A bounded sample of the bytes, so that speed does not depend on how much there is to decode.

/// Bytes looked at to decide, from the line of the first byte that is not plain ASCII on.
pub const LOOK: usize = 64 << 10;

/// Bytes scored of these.
const SCORED: usize = 3 << 10;
/// Bytes at the beginning, in one piece.
const HEAD: usize = 1 << 10;
/// Bytes on either side of one that is wanted.
const AROUND: usize = 48;

/// The beginning of `bytes` that is scored in one piece, by every charset.
pub(super) fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..HEAD / 2).unwrap_or(bytes)
}

/// What the charsets that are still in question are scored on: the beginning; then pieces around bytes
/// from 80 on, which may leave out ASCII between them; and a piece for each such byte that came in none
/// of these, for one rare letter may tell two charsets apart. Pieces begin and end at a byte that is no
/// trail byte in any charset, and are set apart by a line feed.
pub(super) fn pieces(bytes: &[u8]) -> Vec<u8> {
    let bytes = bytes.get(..LOOK).unwrap_or(bytes);
    if bytes.len() <= SCORED {
        return bytes.to_vec();
    }
    let mut sample = bytes.get(..HEAD).unwrap_or_default().to_vec();
    // The head ends at a boundary.
    let keep = sample.iter().rposition(|&b| b < 0x30).map_or(sample.len(), |at| at + 1);
    sample.truncate(keep);
    let mut at = sample.len();
    while sample.len() < SCORED - HEAD
        && let Some(next) = position(bytes, at, |b| b >= 0x80)
    {
        at = add(&mut sample, bytes, at, next).max(next + 1);
    }
    let mut seen = [false; 256];
    for &b in &sample {
        mark(&mut seen, b);
    }
    while sample.len() < SCORED
        && let Some(next) = position(bytes, at, |b| b >= 0x80 && !is_marked(&seen, b))
    {
        let from = sample.len();
        at = add(&mut sample, bytes, at, next).max(next + 1);
        for &b in sample.get(from..).unwrap_or_default() {
            mark(&mut seen, b);
        }
        mark(&mut seen, bytes.get(next).copied().unwrap_or(0));
    }
    sample
}

fn mark(seen: &mut [bool; 256], byte: u8) {
    if let Some(slot) = seen.get_mut(usize::from(byte)) {
        *slot = true;
    }
}

fn is_marked(seen: &[bool; 256], byte: u8) -> bool {
    seen.get(usize::from(byte)).copied().unwrap_or(true)
}

fn position(bytes: &[u8], from: usize, wanted: impl Fn(u8) -> bool) -> Option<usize> {
    bytes.get(from..)?.iter().position(|&b| wanted(b)).map(|at| from + at)
}

/// Adds the piece around `wanted`, none of it from before `from`; gives where it ends.
fn add(sample: &mut Vec<u8>, bytes: &[u8], from: usize, wanted: usize) -> usize {
    let boundary = |b: &u8| *b < 0x30;
    let before = bytes.get(from.max(wanted.saturating_sub(AROUND))..wanted).unwrap_or_default();
    let start = match before.iter().rposition(boundary) {
        Some(at) => wanted - before.len() + at + 1,
        // No boundary near by: the byte may be a trail byte, so go on from where the last piece ended.
        None if wanted - before.len() == from => from,
        None => return wanted + 1,
    };
    let after = bytes.get(wanted..).unwrap_or_default();
    let after = after.get(..4 * AROUND).unwrap_or(after);
    // The last boundary within reach, so that a run of foreign letters stays whole.
    let reach = after.get(..2 * AROUND).unwrap_or(after);
    let len = reach.iter().rposition(boundary).or_else(|| after.iter().position(boundary));
    let end = wanted + len.unwrap_or(after.len());
    sample.push(b'\n');
    sample.extend_from_slice(bytes.get(start..end).unwrap_or_default());
    end
}
