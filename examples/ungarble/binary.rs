//! Files that are no text: better left alone than "repaired".

use crate::failure::{Stop, reason};
use crate::job;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Whether the beginning of a file holds what text never holds: a NUL that is not
/// half of a UTF-16 or part of a UTF-32 character.
pub fn is_binary(path: &Path) -> Result<bool, Stop> {
    let mut head = Vec::new();
    let failed = |error| Stop::at(path, reason(&error));
    File::open(path).map_err(failed)?.take(8192).read_to_end(&mut head).map_err(failed)?;
    if !head.contains(&0) {
        return Ok(false);
    }
    let options = job::decoding();
    let charset = options.bytes(&head).charset;
    Ok(!charset.is_some_and(|name| name.starts_with("UTF-16") || name.starts_with("UTF-32")))
}
