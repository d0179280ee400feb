//! Smart mode: OpenCC's Traditional to Simplified with our own lists over it.
//!
//! The lists are written by hand from the norms of the People's Republic of
//! China (First Series of Standardised Variant Characters, 1955; Table of General
//! Standard Chinese Characters, 2013) and from use; none is taken from a word list.

use crate::dict::Dict;
use anyhow::{Context, Result, bail};
use std::path::Path;

/// The lists, in the folder `smart`.
pub const FILES: [&str; 2] = ["characters.txt", "phrases.txt"];

/// Characters that the code decides by their neighbours (`src/chinese/by_use.rs`).
pub const BY_USE: [char; 2] = ['乾', '著'];

/// Lays the lists over the stage `ts`.
///
/// Characters whose Simplified form lies outside the Basic Multilingual Plane stay
/// as they are: few fonts have the form.
pub fn stage(plain: &Dict, lists: &Path) -> Result<Dict> {
    let mut stage = plain.clone();
    stage.entries.retain(|key, value| {
        key.chars().count() > 1 || value.chars().all(|c| u32::from(c) <= 0xFFFF)
    });
    for name in FILES {
        let path = lists.join(name);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        for entry in text.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace) {
            match entry.split_once('=') {
                // `key=value`; `key=` takes an entry of OpenCC out.
                Some((key, "")) => {
                    if stage.entries.remove(key).is_none() {
                        bail!("{name}: {key} is not an entry of OpenCC");
                    }
                }
                Some((key, value)) => {
                    stage.entries.insert(key.to_owned(), value.to_owned());
                }
                None => bail!("{name}: {entry} has no value"),
            }
        }
    }
    Ok(stage)
}
