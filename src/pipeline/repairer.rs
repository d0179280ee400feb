//! Many texts of one source, one after the other.

use super::options::Options;
use super::{Answer, bytes_with, with_signs};
use crate::search::Evidence;

/// Repairs texts that belong together: the values of a column, the files of a folder.
///
/// What repaired one text is likelier in the next, as it is from line to line in a
/// document: short values are repaired that say too little by themselves, and long
/// columns cost less. So the answer to a text depends on those before it.
///
/// ```
/// use ungarble::{Options, Repairer};
/// let mut column = Repairer::new(Options::repair());
/// for (garbled, right) in [("MÃ¼nchen", "München"), ("KÃ¶ln", "Köln"), ("LÃ¼beck", "Lübeck")] {
///     assert_eq!(column.text(garbled).text, right);
/// }
/// ```
#[derive(Clone, Debug)]
pub struct Repairer {
    options: Options,
    evidence: Evidence,
}

impl Repairer {
    /// A repairer that has seen nothing yet.
    pub fn new(options: Options) -> Self {
        let evidence = Evidence::new(options.hints.clone());
        Repairer { options, evidence }
    }

    /// Runs the steps of the options over the next text.
    pub fn text<'t>(&mut self, text: &'t str) -> Answer<'t> {
        with_signs(&self.options, text, &mut self.evidence).0
    }

    /// Finds the charset of the next bytes, decodes them and runs the steps over the text.
    ///
    /// ```
    /// use ungarble::{Options, Repairer};
    /// let mut files = Repairer::new(Options::repair());
    /// assert_eq!(files.bytes(b"\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0!").text, "Привет, мир!");
    /// ```
    pub fn bytes<'b>(&mut self, bytes: &'b [u8]) -> Answer<'b> {
        let Repairer { options, evidence } = self;
        bytes_with(options, bytes, |text| with_signs(options, text, evidence).0)
    }
}
