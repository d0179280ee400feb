//! Reads the training text: a folder with one file a language, one line a sentence.
//!
//! Lines that are damaged themselves are left out (see also `misread`), and so is one line in ten,
//! chosen by a hash of its bytes: that tenth is for measuring.

use crate::misread;
use std::path::Path;
use std::{fs, io};

/// The lines of one language.
pub struct Language {
    /// The file's name without its suffix, a BCP 47 tag.
    pub tag: String,
    /// Lines to train on.
    pub lines: Vec<String>,
    /// How much one occurrence counts, so that small corpora are heard beside large ones.
    pub weight: u64,
    /// How many lines were left out as damaged.
    pub damaged: usize,
}

/// Whether a line belongs to the tenth that is kept out of training.
///
/// FNV-1a over the bytes, so that any tool can tell.
pub fn is_held_out(line: &str) -> bool {
    let hash = line.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    (hash >> 32) % 10 == 0
}

/// Reads all `*.txt` files of a folder, in the order of their names.
pub fn read(folder: &Path) -> io::Result<Vec<Language>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    let mut languages = Vec::new();
    for path in paths {
        let tag = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&path)?;
        let mut lines = Vec::new();
        let mut damaged = 0;
        for line in text.lines().filter(|line| !line.trim().is_empty() && !is_held_out(line)) {
            if is_damaged(line) {
                damaged += 1;
            } else {
                lines.push(line.to_owned());
            }
        }
        damaged += misread::remove(&mut lines);
        let size: u64 = lines.iter().map(|line| line.len() as u64).sum();
        languages.push(Language { tag, lines, weight: weight(size), damaged });
    }
    Ok(languages)
}

/// In sixteenths: 16 for a corpus of 2 MB, growing as the square root of what is missing.
fn weight(size: u64) -> u64 {
    let ratio = (256 * 2_000_000 / size.max(40_000)).max(1);
    ratio.isqrt().clamp(6, 96)
}

/// Whether the line carries mojibake of its own: it holds characters that no
/// text holds, or a run of it read backwards through a common code page is
/// UTF-8 with at least two characters of several bytes.
pub fn is_damaged(line: &str) -> bool {
    if line.chars().any(|c| matches!(c, '\u{FFFD}' | '\u{80}'..='\u{9F}' | '\u{E000}'..='\u{F8FF}'))
    {
        return true;
    }
    if line.is_ascii() {
        return false;
    }
    [encoding_rs::WINDOWS_1252, encoding_rs::WINDOWS_1251, encoding_rs::WINDOWS_1250].iter().any(
        |charset| {
            line.split(|c: char| c.is_ascii()).filter(|run| run.chars().count() >= 4).any(|run| {
                let (bytes, _, unmappable) = charset.encode(run);
                !unmappable && std::str::from_utf8(&bytes).is_ok()
            })
        },
    )
}
