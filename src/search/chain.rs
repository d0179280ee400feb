//! Misreadings, steps and chains of them, with what each costs before any text is seen.

use super::escapes::{self, Manner};
use crate::charset::{Charset, Family, Next};
use crate::model::{BIT, Bits};
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, OnceLock};

/// Text written in one charset and read in another.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Misreading {
    /// The charset that the bytes were in.
    pub written: Charset,
    /// The charset that they were taken for.
    pub read: Charset,
}

impl fmt::Display for Misreading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}>{}", self.written, self.read)
    }
}

impl fmt::Debug for Misreading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Misreading {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parse = |label: &str| {
            // By its own name first: a name can be the standard's label of another one.
            let charset = Charset::for_name(label).or_else(|| Charset::for_label(label));
            charset.ok_or_else(|| crate::Error::unknown_charset(label))
        };
        let (written, read) = text.split_once('>').ok_or_else(|| crate::Error::bad_chain(text))?;
        Ok(Misreading { written: parse(written)?, read: parse(read)? })
    }
}

impl Misreading {
    /// `-log2` of the probability that garbled text was garbled in this way, in eighths of a bit.
    pub fn prior(self) -> Bits {
        let table = PRIORS.get_or_init(priors);
        let [written, read] = [self.written, self.read]
            .map(|charset| table.get(charset.index()).copied().unwrap_or(Prior::RARE));
        let near = if written.regions & read.regions == 0 { 0 } else { NEIGHBOURS };
        (written.written + read.read).saturating_sub(near)
    }

    /// Whether the text was written in UTF-8.
    pub fn is_utf8(self) -> bool {
        self.written == Charset::UTF_8
    }

    /// The same, where each of its bytes became a character.
    pub(crate) fn is_utf8_in_single_bytes(self) -> bool {
        self.is_utf8() && self.read.family() == Family::SingleByte
    }

    /// Whether written and read are one: damage is a byte lost or added, nothing else.
    pub fn is_out_of_step(self) -> bool {
        same_bytes(self.written) == same_bytes(self.read)
    }

    /// The text before this misreading, if every character has a byte string and
    /// the bytes are well-formed.
    pub fn undo(self, text: &str) -> Option<String> {
        let mut bytes = Vec::with_capacity(text.len());
        self.read.encode(text, &mut bytes).ok()?;
        if self.is_utf8() {
            return String::from_utf8(bytes).ok();
        }
        let mut out = String::with_capacity(bytes.len());
        self.written.decode_strict(&bytes, &mut out).ok()?;
        Some(out)
    }

    /// The misreading run forward: what becomes of an intact text.
    pub fn garble(self, text: &str) -> Option<String> {
        let mut bytes = Vec::with_capacity(text.len());
        self.written.encode(text, &mut bytes).ok()?;
        let mut out = String::with_capacity(bytes.len());
        self.read.decode_strict(&bytes, &mut out).ok()?;
        Some(out)
    }
}

/// A misreading, and the manner in which its text was written down: as it is, or with
/// something more done to it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Step {
    /// What was read wrongly.
    pub misreading: Misreading,
    /// What else became of it.
    pub manner: Manner,
}

impl From<Misreading> for Step {
    fn from(misreading: Misreading) -> Self {
        Step { misreading, manner: Manner::Plain }
    }
}

impl Step {
    /// Whether the text was written in UTF-8.
    pub fn is_utf8(&self) -> bool {
        self.misreading.is_utf8()
    }

    /// `-log2` of the probability that garbled text was garbled in this way, in eighths of a bit.
    pub fn prior(self) -> Bits {
        self.misreading.prior() + self.manner.prior()
    }

    /// The text before this step, if it can have come from it.
    pub fn undo(self, text: &str) -> Option<String> {
        match self.manner {
            Manner::Plain => self.misreading.undo(text),
            manner => escapes::undo(manner, self.misreading, text),
        }
    }

    /// The step run forward: what becomes of an intact text.
    pub fn garble(self, text: &str) -> Option<String> {
        match self.manner {
            Manner::Plain => self.misreading.garble(text),
            manner => escapes::garble(manner, self.misreading, text),
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.manner {
            Manner::Plain => fmt::Display::fmt(&self.misreading, f),
            manner => write!(f, "{} via {}", self.misreading, manner.name()),
        }
    }
}

impl fmt::Debug for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Step {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((misreading, name)) = text.split_once(" via ") else {
            return Ok(text.parse::<Misreading>()?.into());
        };
        let manner = Manner::for_name(name.trim()).ok_or_else(|| crate::Error::bad_chain(text))?;
        Ok(Step { misreading: misreading.trim().parse()?, manner })
    }
}

/// Costs of a charset as the one written and as the one read.
#[derive(Clone, Copy)]
struct Prior {
    written: Bits,
    read: Bits,
    /// The [`REGIONS`] that it is of, a bit each.
    regions: u8,
}

impl Prior {
    const RARE: Prior = Prior { written: RARE, read: RARE, regions: 0 };
}

/// The cost of a charset that hardly occurs.
const RARE: Bits = 12 * BIT;

static PRIORS: OnceLock<Vec<Prior>> = OnceLock::new();

/// Bits by charset, as the one written and as the one read: shares among passages met in the wild,
/// smoothed towards the code pages that were the default of some system.
const SHARES: &[(Charset, Bits, Bits)] = &[
    (Charset::UTF_8, 1, 12),
    (Charset::WINDOWS_1252, 4, 1),
    (Charset::ISO_8859_1, 8, 2),
    (Charset::GBK, 4, 4),
    (Charset::GB18030, 9, 5),
    (Charset::BIG5, 6, 7),
    (Charset::SHIFT_JIS, 5, 6),
    (Charset::EUC_JP, 6, 8),
    (Charset::EUC_KR, 5, 6),
    (Charset::WINDOWS_1251, 4, 4),
    (Charset::WINDOWS_1250, 5, 5),
    (Charset::WINDOWS_1253, 6, 7),
    (Charset::WINDOWS_1254, 6, 6),
    (Charset::WINDOWS_1255, 6, 7),
    (Charset::WINDOWS_1256, 6, 7),
    (Charset::WINDOWS_1257, 6, 7),
    (Charset::WINDOWS_1258, 7, 7),
    (Charset::WINDOWS_874, 6, 7),
    (Charset::KOI8_R, 5, 6),
    (Charset::KOI8_U, 6, 8),
    (Charset::IBM866, 5, 5),
    (Charset::IBM437, 6, 5),
    (Charset::IBM850, 6, 5),
    (Charset::IBM852, 6, 6),
    (Charset::MACINTOSH, 6, 4),
    (Charset::X_MAC_CYRILLIC, 7, 7),
    (Charset::ISO_8859_2, 5, 6),
    (Charset::ISO_8859_5, 7, 8),
    (Charset::ISO_8859_7, 6, 8),
    (Charset::ISO_8859_8, 7, 9),
    (Charset::ISO_8859_9, 6, 7),
    (Charset::ISO_8859_15, 7, 7),
    (Charset::TCVN, 7, 12),
    (Charset::VISCII, 8, 12),
    (Charset::VNI, 7, 12),
    (Charset::HZ, 6, 12),
    (Charset::ISO_2022_JP, 5, 12),
    (Charset::UTF_16LE, 6, 6),
    (Charset::UTF_16BE, 6, 6),
];

/// How much likelier than by itself a charset is to be read where text was written in one of
/// the same region: who has such texts has such a system.
const NEIGHBOURS: Bits = 3 * BIT;
const REGIONS: &[&[Charset]] = &[
    &[
        Charset::WINDOWS_1251,
        Charset::KOI8_R,
        Charset::KOI8_U,
        Charset::IBM866,
        Charset::ISO_8859_5,
        Charset::X_MAC_CYRILLIC,
    ],
    &[Charset::WINDOWS_1250, Charset::ISO_8859_2, Charset::IBM852],
    &[Charset::WINDOWS_1253, Charset::ISO_8859_7],
    &[Charset::WINDOWS_1254, Charset::ISO_8859_9],
    &[Charset::SHIFT_JIS, Charset::EUC_JP],
    &[Charset::GBK, Charset::GB18030, Charset::BIG5],
];

fn priors() -> Vec<Prior> {
    let mut table = vec![Prior::RARE; Charset::COUNT];
    for &(charset, written, read) in SHARES {
        if let Some(slot) = table.get_mut(charset.index()) {
            let regions = REGIONS.iter().map(|region| u8::from(region.contains(&charset)));
            let regions = regions.fold(0, |bits, is_in| bits << 1 | is_in);
            *slot = Prior { written: written * BIT, read: read * BIT, regions };
        }
    }
    table
}

/// Steps in the order in which they happened; shared, for each line of a document names its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chain(Arc<[Step]>);

impl Chain {
    /// A chain of these steps or misreadings, the first to happen first.
    pub fn new<S: Into<Step>>(steps: Vec<S>) -> Self {
        Chain(steps.into_iter().map(Into::into).collect())
    }

    /// The steps, the first to happen first.
    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    /// Whether nothing was misread.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a step of it lost bytes for good, so that nothing more can be found out.
    pub fn is_lossy(&self) -> bool {
        let is_lossy = |step: &Step| {
            step.manner == Manner::Dots
                || step.manner == Manner::Replaced
                    && step.misreading.read.family() == Family::DoubleByte
        };
        self.0.iter().any(is_lossy)
    }

    /// This chain with one step that happened before all others: the next to be undone.
    pub fn preceded_by(&self, step: impl Into<Step>) -> Chain {
        Chain(std::iter::once(step.into()).chain(self.0.iter().copied()).collect())
    }

    /// Undoes the whole chain, if no step of it meets a character or byte that it cannot take.
    pub fn undo(&self, text: &str) -> Option<String> {
        self.undo_within(text, usize::MAX)
    }

    /// The same, if the text is no longer than `most` bytes after any step.
    pub(crate) fn undo_within(&self, text: &str, most: usize) -> Option<String> {
        let short = |text: &String| text.len() <= most;
        let mut steps = self.0.iter().rev();
        let Some(last) = steps.next() else { return Some(text.to_owned()) };
        let first = last.undo(text).filter(short)?;
        steps.try_fold(first, |text, step| step.undo(&text).filter(short))
    }

    /// Runs the chain forward over intact text.
    pub fn garble(&self, text: &str) -> Option<String> {
        self.0.iter().try_fold(text.to_owned(), |text, step| step.garble(&text))
    }
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, step) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(" + ")?;
            }
            write!(f, "{step}")?;
        }
        Ok(())
    }
}

/// Steps of the longest chain that is read from a text; the search finds half as many. Each
/// may make a text three times as long.
const LONGEST: usize = 8;

impl FromStr for Chain {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.split('+').count() > LONGEST {
            return Err(crate::Error::bad_chain(text));
        }
        if text.trim().is_empty() {
            return Ok(Chain::default());
        }
        text.split('+').map(|part| part.trim().parse()).collect::<Result<_, _>>().map(Chain)
    }
}

/// Whether text is written, or read by mistake, in `charset` often enough that parts
/// of a text are searched for it.
pub(crate) fn is_usual(charset: Charset) -> (bool, bool) {
    let table = PRIORS.get_or_init(priors);
    table.get(charset.index()).map_or((false, false), |p| (p.written < RARE, p.read < RARE))
}

/// GBK for gb18030, which contains it and differs in nothing that matters to a misreading.
pub(crate) fn same_bytes(charset: Charset) -> Charset {
    if charset == Charset::GB18030 { Charset::GBK } else { charset }
}

/// Whether a character is of the first plane's private use.
pub(crate) fn is_private(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}')
}

/// Whether a character stands in texts: no control other than line ends and tabs, no
/// noncharacter, nothing of the planes that nobody uses.
pub(crate) fn is_text(c: char) -> bool {
    !matches!(c,
        '\0'..='\x08' | '\x0E'..='\x1F' | '\x7F'..='\u{9F}' | '\u{FDD0}'..='\u{FDEF}'
        | '\u{FFFE}' | '\u{FFFF}' | '\u{40000}'..)
}

/// Whether text can have been read in `charset` by mistake, and survive as text.
pub(crate) fn can_be_read(charset: Charset) -> bool {
    charset != Charset::VNI
        && matches!(charset.family(), Family::SingleByte | Family::DoubleByte)
        && (0..0x7F).all(|byte| charset.decode_next(&[byte]) == Next::Char(byte.into(), 1))
}

/// Whether text was written in `charset` by systems whose texts are read in others: a
/// charset that others are not read in may use control codes for letters.
pub(crate) fn can_be_written(charset: Charset) -> bool {
    matches!(charset.family(), Family::SingleByte | Family::DoubleByte)
        && (0x20..0x7F).all(|byte| charset.decode_next(&[byte]) == Next::Char(byte.into(), 1))
}
