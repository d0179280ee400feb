//! The error of what is read from text: labels of charsets, and chains. Opaque, with kinds, so
//! that there can be more of them.
//!
//! Where only one thing can go wrong, a type of its own stands beside what can go wrong:
//! [`Malformed`](crate::decode::Malformed),
//! [`UnknownStep`](crate::normalize::UnknownStep) and those of `chinese`.

use std::fmt;

/// What can go wrong for a caller: only what the caller itself named.
///
/// Repair and decoding cannot fail on any input; errors come from names and chains that do not
/// parse.
///
/// ```
/// use ungarble::{Chain, ErrorKind};
/// let error = "UTF-8>nonsense".parse::<Chain>().unwrap_err();
/// assert_eq!(error.kind(), &ErrorKind::UnknownCharset("nonsense".to_owned()));
/// assert_eq!(error.to_string(), "no charset goes by the label \"nonsense\"");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct Error {
    kind: ErrorKind,
}

/// The kind of an [`Error`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// No charset goes by this label.
    UnknownCharset(String),
    /// No [`Kind`](crate::Kind) of text has this name.
    UnknownKind(String),
    /// No [`Manner`](crate::Manner) has this name.
    UnknownManner(String),
    /// This is no chain of misreadings: `written>read`, several joined by ` + `.
    BadChain(String),
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ErrorKind::UnknownCharset(label) => write!(f, "no charset goes by the label {label:?}"),
            ErrorKind::UnknownKind(name) => write!(f, "no kind of text has the name {name:?}"),
            ErrorKind::UnknownManner(name) => write!(f, "no manner has the name {name:?}"),
            ErrorKind::BadChain(text) => {
                write!(f, "{text:?} is no chain such as \"UTF-8>windows-1252 + UTF-8>GBK\"")
            }
        }
    }
}

impl Error {
    /// What went wrong.
    pub fn kind(&self) -> &ErrorKind {
        &self.kind
    }

    pub(crate) fn unknown_charset(label: &str) -> Self {
        Error { kind: ErrorKind::UnknownCharset(label.to_owned()) }
    }

    pub(crate) fn unknown_kind(name: &str) -> Self {
        Error { kind: ErrorKind::UnknownKind(name.to_owned()) }
    }

    pub(crate) fn unknown_manner(name: &str) -> Self {
        Error { kind: ErrorKind::UnknownManner(name.to_owned()) }
    }

    pub(crate) fn bad_chain(text: &str) -> Self {
        Error { kind: ErrorKind::BadChain(text.to_owned()) }
    }
}
