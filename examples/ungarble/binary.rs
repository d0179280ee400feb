//! Files that are no text: better left alone than "repaired".

use crate::failure::{Stop, reason};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Whether the beginning of a file holds what text never holds: a NUL that is not
/// half of a UTF-16 or part of a UTF-32 character. Of what is no file, such as a pipe,
/// nothing is read, since that could not be read again.
pub fn is_binary(path: &Path) -> Result<bool, Stop> {
    let mut head = Vec::new();
    let failed = |error| Stop::at(path, reason(&error));
    if !path.metadata().map_err(failed)?.is_file() {
        return Ok(false);
    }
    File::open(path).map_err(failed)?.take(8192).read_to_end(&mut head).map_err(failed)?;
    if !head.contains(&0) {
        return Ok(false);
    }
    let decoded = ungarble::decode(&head);
    let wide = ["UTF-16", "UTF-32"].iter().any(|name| decoded.charset.name().starts_with(name));
    let control = |c: char| c.is_control() && !c.is_whitespace() && c != '\u{1B}';
    Ok(decoded.binary || !wide || decoded.text.chars().any(control))
}
