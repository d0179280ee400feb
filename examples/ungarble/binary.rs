//! Files that are no text: better left alone than "repaired".

use crate::failure::{Stop, reason};
use crate::work::Format;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Bytes that are looked at.
const HEAD: usize = 8192;

/// Whether a file begins as no text does. Of what is no file, such as a pipe, nothing is read,
/// since that could not be read again.
pub fn is_binary(path: &Path, format: &Format) -> Result<bool, Stop> {
    let mut head = Vec::new();
    let failed = |error| Stop::at(path, reason(&error));
    if !path.metadata().map_err(failed)?.is_file() {
        return Ok(false);
    }
    let file = File::open(path).map_err(failed)?;
    file.take(HEAD as u64).read_to_end(&mut head).map_err(failed)?;
    Ok(begins(&head, format))
}

/// Whether the beginning of an input is what no text begins with: a NUL that is not half of a
/// UTF-16 or part of a UTF-32 character, or bytes that are no text in any charset. A `Format`
/// may know better.
pub fn begins(head: &[u8], format: &Format) -> bool {
    let head = head.get(..HEAD).unwrap_or(head);
    let is_utf8 = || std::str::from_utf8(head).map_or_else(|e| e.error_len().is_none(), |_| true);
    if format.may_begin(head) || !head.contains(&0) && is_utf8() {
        return false;
    }
    let decoded = ungarble::decode(head);
    if !head.contains(&0) {
        return decoded.binary;
    }
    let wide = ["UTF-16", "UTF-32"].iter().any(|name| decoded.charset.name().starts_with(name));
    let control = |c: char| c.is_control() && !c.is_whitespace() && c != '\u{1B}';
    decoded.binary || !wide || decoded.text.chars().any(control)
}
