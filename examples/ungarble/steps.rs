//! `ungarble steps`: what `--with` and `--without` can name.

use crate::failure::{Found, Stop};
use std::io::{self, Write};
use ungarble::normalize::Normalization;

pub fn run() -> Result<Found, Stop> {
    let width = Normalization::steps().map(|(name, _)| name.len()).max().unwrap_or_default();
    let safe = Normalization::safe();
    let mut list = String::new();
    for (name, what) in Normalization::steps() {
        let mut without = safe;
        let is_safe = without.set(name, false).is_ok() && without != safe;
        let mark = if is_safe { '*' } else { ' ' };
        list.push_str(&format!("{mark} {name:width$}  {what}\n"));
    }
    list.push_str("\n* is taken by `clean` unless told otherwise\n");
    io::stdout().write_all(list.as_bytes()).map_err(Stop::output)?;
    Ok(Found::Nothing)
}
