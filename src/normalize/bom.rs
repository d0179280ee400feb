//! Byte order marks that came along with the text. Text in and out; a U+FEFF goes
//! at the start of the text or of a line, where concatenated files leave it.
//! Elsewhere it is a zero-width no-break space: see the step `zero-width`.

use super::Changed;
use super::writer::joined;
use memchr::memmem;

pub(super) const NAME: &str = "byte-order-mark";
const MARK: &str = "\u{FEFF}";

pub(super) fn apply(text: &str) -> Changed<'_> {
    let mut writer = joined(text, NAME);
    // Where a mark would be at the start of a line, marks before it aside.
    let mut start = 0;
    for at in memmem::find_iter(text.as_bytes(), MARK.as_bytes()) {
        let begins =
            at == start || text.get(..at).is_some_and(|before| before.ends_with(['\n', '\r']));
        if begins {
            start = at + MARK.len();
            writer.remove(at..start);
        }
    }
    writer.finish()
}
