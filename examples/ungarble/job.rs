//! What a subcommand does to one text, whatever the text came in.

use ungarble::normalize::Normalization;
use ungarble::{Answer, Options};

/// The work on one text.
#[derive(Clone, Debug)]
pub struct Job {
    options: Options,
}

impl Job {
    /// Everything that makes a text right.
    pub fn clean() -> Job {
        Job { options: Options::clean() }
    }

    /// Undoing damage and nothing else.
    pub fn repair() -> Job {
        Job { options: Options::repair() }
    }

    /// Finding the charset and nothing else.
    pub fn decode() -> Job {
        let options =
            Options::repair().undo_misreadings(false).normalization(Normalization::none());
        Job { options }
    }

    /// Works on bytes in a charset that is yet to be found.
    pub fn bytes<'b>(&self, bytes: &'b [u8]) -> Answer<'b> {
        self.options.bytes(bytes)
    }

    /// Works on text.
    pub fn text<'t>(&self, text: &'t str) -> Answer<'t> {
        self.options.text(text)
    }
}
