//! Many texts at once: slices in, an answer for each out, in the same order.
//!
//! With the feature `rayon` the work is spread over all cores (over the threads of
//! the pool that the caller installs); without it, the same methods work one after
//! the other. Each text is a document of its own, so the answers are the same
//! either way, and the same as those of [`Options::text`] and [`Options::bytes`].

use super::Answer;
use super::options::Options;
#[cfg(feature = "rayon")]
use rayon::prelude::*;

impl Options {
    /// Runs the steps over each of the texts: on all cores with the feature `rayon`.
    ///
    /// ```
    /// use ungarble::Options;
    /// let texts = ["FÃ¼r alle GÃ¤ste", "nothing wrong here"];
    /// let answers = Options::repair().texts(&texts);
    /// assert_eq!(answers[0].text, "Für alle Gäste");
    /// assert!(!answers[1].is_changed());
    /// ```
    pub fn texts<'t, T: AsRef<str> + Sync>(&self, texts: &'t [T]) -> Vec<Answer<'t>> {
        each(texts, |text| self.text(text.as_ref()))
    }

    /// Finds the charset of each of the byte strings and runs the steps over its text:
    /// on all cores with the feature `rayon`.
    ///
    /// ```
    /// use ungarble::Options;
    /// let files = [b"\xD0\xE5\xEC\xEE\xED\xF2 \xE7\xE0\xEA\xEE\xED\xF7\xE5\xED".as_slice(), b"plain"];
    /// let answers = Options::clean().byte_strings(&files);
    /// assert_eq!(answers[0].text, "Ремонт закончен");
    /// assert_eq!(answers[0].charset, Some("windows-1251"));
    /// ```
    pub fn byte_strings<'b, B: AsRef<[u8]> + Sync>(&self, strings: &'b [B]) -> Vec<Answer<'b>> {
        each(strings, |bytes| self.bytes(bytes.as_ref()))
    }
}

#[cfg(feature = "rayon")]
fn each<'t, T: Sync, R: Send>(items: &'t [T], work: impl Fn(&'t T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().map(work).collect()
}

#[cfg(not(feature = "rayon"))]
fn each<'t, T, R>(items: &'t [T], work: impl Fn(&'t T) -> R) -> Vec<R> {
    items.iter().map(work).collect()
}
