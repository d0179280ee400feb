//! Generated sets of phrases and of pairs of characters; `tools/opencc` writes them.

use super::hash::{pair_hash, slot, tag};

/// Phrases with what they become.
#[derive(Clone, Copy, Debug)]
pub(super) struct Phrases {
    /// log2 of the number of slots, then the slots.
    pub(super) slots: &'static [u8],
    /// The groups that slots point to.
    pub(super) text: &'static str,
}

impl Phrases {
    /// The longest phrase that `text` begins with: its length in bytes, and what
    /// it becomes; empty for "character by character".
    pub(super) fn longest(&self, text: &str) -> Option<(usize, &'static str)> {
        let mut chars = text.chars();
        let (a, b) = (chars.next()?, chars.next()?);
        let head = text.get(..a.len_utf8() + b.len_utf8())?;
        let hash = pair_hash(a, b);
        let (bits, slots) = self.slots.split_first()?;
        let (slots, _) = slots.as_chunks::<4>();
        let mut at = slot(hash, u32::from(*bits));
        loop {
            let entry = u32::from_le_bytes(*slots.get(at)?);
            if entry == 0 {
                return None;
            }
            if entry >> 22 == tag(hash)
                && let Some(found) = self.in_group((entry & 0x3F_FFFF) as usize, head, text)
            {
                return found;
            }
            at = (at + 1) % slots.len();
        }
    }

    /// Searches the group at `offset`; `None` if it belongs to another pair.
    fn in_group(
        &self,
        offset: usize,
        head: &str,
        text: &str,
    ) -> Option<Option<(usize, &'static str)>> {
        let group = self.text.get(offset..)?;
        let count = *group.as_bytes().first()?;
        let mut entries = group.get(1..)?.strip_prefix(head)?;
        let after = text.get(head.len()..)?;
        for _ in 0..count {
            let &[rest, value] = entries.as_bytes().first_chunk::<2>()?;
            let value_start = 2 + usize::from(rest);
            let end = value_start + usize::from(value);
            let rest = entries.get(2..value_start)?;
            if rest.is_empty() || after.starts_with(rest) {
                return Some(Some((head.len() + rest.len(), entries.get(value_start..end)?)));
            }
            entries = entries.get(end..)?;
        }
        Some(None)
    }
}

/// A set of pairs of adjacent characters. It knows each of its members, and takes
/// one stranger in sixteen for one, which costs time and nothing else.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pairs(pub(super) &'static [u8]);

impl Pairs {
    /// Whether the pair may be a member.
    pub(super) fn may_contain(&self, a: char, b: char) -> bool {
        let Some((bits, set)) = self.0.split_first() else { return false };
        let at = slot(pair_hash(a, b), u32::from(*bits));
        set.get(at / 8).is_some_and(|byte| byte >> (at % 8) & 1 == 1)
    }
}
