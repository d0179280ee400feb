//! What a decision was made on, for people who want to know why.

use super::dialect::Dialect;
use crate::charset::Charset;
use std::fmt;

/// What kind of evidence decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum By {
    /// There is nothing but ASCII.
    Ascii,
    /// A byte order mark.
    ByteOrderMark,
    /// Sequences that are well-formed in UTF-8.
    Utf8,
    /// Escapes of a 7-bit charset.
    Escapes,
    /// The language model, and a declaration that says the same.
    Declaration,
    /// The language model.
    Language,
    /// No charset reads the bytes as text.
    Nothing,
}

impl fmt::Display for By {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            By::Ascii => "nothing but ASCII",
            By::ByteOrderMark => "a byte order mark",
            By::Utf8 => "well-formed sequences of UTF-8",
            By::Escapes => "escapes of a 7-bit charset",
            By::Declaration => "the language model, in agreement with a declaration",
            By::Language => "the language model",
            By::Nothing => "nothing: no charset reads the bytes as text",
        })
    }
}

/// What is known about a decision. With the feature `serde`, a margin that is infinite is what the format
/// makes of it: `null` in JSON.
///
/// ```
/// use ungarble::decode::{By, decode};
/// let got = decode(b"<meta charset=koi8-r><p>\xF0\xD2\xC9\xD7\xC5\xD4, \xCD\xC9\xD2");
/// assert_eq!(got.evidence.by, By::Declaration);
/// assert!(got.evidence.margin > 10.0);
/// println!("{}", got.evidence);
/// ```
#[derive(Clone, Debug)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Evidence {
    /// What decided.
    pub by: By,
    /// How many bits more the runner-up costs, from 0; 40 where there is none, for a reading that costs
    /// so much more is given up; infinite where structure alone decided, which weighs nothing.
    pub margin: f32,
    /// What the caller declared.
    pub declared: Option<Charset>,
    /// What the bytes declare: `<meta charset>`, an XML declaration and the like.
    pub in_document: Option<Charset>,
    /// What chardetng says, which is asked where the best readings lie near each other.
    pub vote: Option<Charset>,
    /// Other charsets that read the bytes alike.
    pub alike: Vec<Charset>,
    /// Whose characters stand at codes that are read differently.
    pub dialect: Dialect,
}

impl Evidence {
    pub(super) fn new(by: By) -> Self {
        Evidence {
            by,
            margin: f32::INFINITY,
            declared: None,
            in_document: None,
            vote: None,
            alike: Vec::new(),
            dialect: Dialect::default(),
        }
    }
}

/// Clauses, each with what it says, set apart by semicolons.
impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "decided by {}", self.by)?;
        if self.margin.is_finite() {
            write!(f, "; {:.1} bits ahead", self.margin)?;
        }
        if let Some(charset) = self.declared {
            write!(f, "; declared as {charset}")?;
        }
        if let Some(charset) = self.in_document {
            write!(f, "; {charset} by its own declaration")?;
        }
        if let Some(charset) = self.vote {
            write!(f, "; chardetng says {charset}")?;
        }
        if let Some((last, others)) = self.alike.split_last() {
            f.write_str("; reads the same in ")?;
            for charset in others {
                write!(f, "{charset}, ")?;
            }
            write!(f, "{last}")?;
        }
        match self.dialect {
            Dialect::Whatwg => Ok(()),
            Dialect::Jis => f.write_str("; signs as in JIS X 0208"),
            Dialect::UnicodeBig5 => f.write_str("; signs as in Unicode's table of Big5"),
        }
    }
}
