//! Converted text on its way out: bytes in, checked text out.

/// Bytes that a block holds before they are checked: enough that the check, which
/// takes whole vectors, hardly counts, and few enough to stay in the first cache.
const BLOCK: usize = 8192;

/// Room that is always offered: more than any character takes.
const LEAST: usize = 64;

/// Text that grows by blocks of bytes which the table wrote.
///
/// Without `unsafe`, bytes become text by a check; by whole blocks it costs a
/// twentieth of the conversion.
pub(super) struct Output {
    text: String,
    block: Box<[u8]>,
    length: usize,
}

impl Output {
    /// Begins with the first `kept` bytes of the source.
    pub(super) fn new(source: &str, kept: usize) -> Self {
        let mut text = String::with_capacity(source.len() + source.len() / 32);
        text.push_str(source.get(..kept).unwrap_or_default());
        Output { text, block: vec![0; BLOCK.min(source.len() + LEAST)].into(), length: 0 }
    }

    /// Free bytes, at least [`LEAST`].
    pub(super) fn room(&mut self) -> &mut [u8] {
        if self.block.len() < self.length + LEAST {
            self.flush();
        }
        self.block.get_mut(self.length..).unwrap_or_default()
    }

    /// Takes over the first `n` bytes of the room.
    pub(super) fn advance(&mut self, n: usize) {
        self.length += n;
    }

    /// Gives up the last `n` bytes, which are whole characters.
    pub(super) fn rewind(&mut self, n: usize) {
        let kept = self.text.len() - n.saturating_sub(self.length);
        self.length = self.length.saturating_sub(n);
        self.text.truncate(kept);
    }

    /// Appends a piece of text.
    pub(super) fn push(&mut self, piece: &str) {
        match self.block.get_mut(self.length..self.length + piece.len()) {
            Some(room) => {
                room.copy_from_slice(piece.as_bytes());
                self.length += piece.len();
            }
            None => {
                self.flush();
                self.text.push_str(piece);
            }
        }
    }

    fn flush(&mut self) {
        let bytes = self.block.get(..self.length).unwrap_or_default();
        match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => self.text.push_str(text),
            // The table maps characters to characters, so that this is not reached.
            Err(_) => self.text.push_str(&String::from_utf8_lossy(bytes)),
        }
        self.length = 0;
    }

    /// The whole text.
    pub(super) fn finish(mut self) -> String {
        self.flush();
        self.text
    }
}
