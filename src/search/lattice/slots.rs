//! Bytes of an unfinished character, some of them unknown.

/// A set of bytes that a lost byte may have been.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByteSet([u64; 4]);

impl ByteSet {
    /// The bytes that pass a test.
    pub fn of(test: impl Fn(u8) -> bool) -> Self {
        ByteSet(std::array::from_fn(|word| {
            (0..64u8).filter(|&bit| test(word as u8 * 64 + bit)).fold(0, |set, bit| set | 1 << bit)
        }))
    }

    pub fn contains(&self, byte: u8) -> bool {
        self.0.get(usize::from(byte / 64)).is_some_and(|word| word >> (byte % 64) & 1 == 1)
    }

    pub fn is_empty(&self) -> bool {
        self.0 == [0; 4]
    }
}

/// A byte, or the number of a [`ByteSet`] of the channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot(u16);

impl Slot {
    // Zero stands for no slot in `Pending`.
    pub const fn byte(byte: u8) -> Self {
        Slot(byte as u16 + 1)
    }

    pub const fn unknown(set: u16) -> Self {
        Slot(257 + set)
    }

    /// The byte, if it is known.
    pub fn known(self) -> Option<u8> {
        u8::try_from(self.0.wrapping_sub(1)).ok()
    }

    /// The number of its set, if it is not.
    pub fn set(self) -> Option<u16> {
        self.0.checked_sub(257)
    }
}

/// The bytes of a character so far, at most four, 16 bits each; the first is lowest.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Pending(u64);

impl Pending {
    pub const fn of(slot: Slot) -> Self {
        Pending(slot.0 as u64)
    }

    pub const fn pair(first: Slot, second: Slot) -> Self {
        Pending(first.0 as u64 | (second.0 as u64) << 16)
    }

    /// Known bytes; `None` if there are more than four.
    pub fn bytes(bytes: &[u8]) -> Option<Self> {
        bytes.iter().try_fold(Pending::default(), |all, &b| all.with(Slot::byte(b)))
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn len(self) -> usize {
        (64 - self.0.leading_zeros() as usize).div_ceil(16)
    }

    pub fn iter(self) -> impl Iterator<Item = Slot> {
        (0..4).map(move |lane| Slot((self.0 >> (16 * lane)) as u16)).take(self.len())
    }

    /// The first slot, and those behind it.
    pub fn split_first(self) -> Option<(Slot, Pending)> {
        (!self.is_empty()).then_some((Slot(self.0 as u16), Pending(self.0 >> 16)))
    }

    /// The first byte, if it is known.
    pub fn lead(self) -> Option<u8> {
        self.iter().next()?.known()
    }

    pub fn last(self) -> Option<Slot> {
        self.iter().last()
    }

    /// With one more byte; `None` where no charset has so long a character.
    pub fn with(self, slot: Slot) -> Option<Self> {
        let len = self.len();
        (len < 4).then(|| Pending(self.0 | u64::from(slot.0) << (16 * len)))
    }

    pub fn unknowns(self) -> usize {
        self.iter().filter(|slot| slot.known().is_none()).count()
    }

    /// The bytes and how many they are, if all are known.
    pub fn known(self) -> Option<([u8; 4], usize)> {
        let mut bytes = [0; 4];
        let len = self.len();
        for (byte, slot) in bytes.iter_mut().zip(self.iter()) {
            *byte = slot.known()?;
        }
        Some((bytes, len))
    }

    /// For hashing.
    pub fn bits(self) -> u64 {
        self.0
    }
}

impl std::fmt::Debug for Pending {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
