//! Places in a text, as people count them.

/// A place in a text as a person counts: lines and characters from 1.
pub struct Place {
    at: usize,
    pub line: usize,
    pub column: usize,
}

impl Place {
    pub fn start() -> Self {
        Place { at: 0, line: 1, column: 1 }
    }

    /// Moves forward to a byte offset; linear over a whole document of ascending edits.
    pub fn go_to(&mut self, text: &str, offset: usize) {
        for c in text.get(self.at..offset).unwrap_or_default().chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.at = self.at.max(offset);
    }
}
