//! Layers and chains of them: misreadings, each in its manner, in the order in which they
//! happened.
//!
//! They are named and priced here, read from text and written as text. They are run in
//! [`crate::search`], for some manners are undone by the lattice.

use super::manner::Manner;
use super::misreading::Misreading;
use crate::charset::Family;
use crate::model::Bits;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

/// A misreading, and the manner in which its text was written down: as it is, or with
/// something more done to it. As text, `UTF-8>windows-1252` or `UTF-8>windows-1252 via html`.
///
/// ```
/// use ungarble::{Layer, Manner};
/// let layer: Layer = "UTF-8>windows-1252 via html".parse()?;
/// assert_eq!(layer.manner, Manner::Html);
/// assert_eq!(layer.undo("caf&Atilde;&copy;").as_deref(), Some("café"));
/// # Ok::<(), ungarble::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Layer {
    /// What was read wrongly.
    pub misreading: Misreading,
    /// What else became of it.
    pub manner: Manner,
}

impl From<Misreading> for Layer {
    fn from(misreading: Misreading) -> Self {
        Layer { misreading, manner: Manner::Plain }
    }
}

impl Layer {
    /// Whether the text was written in UTF-8.
    pub fn is_utf8(&self) -> bool {
        self.misreading.is_utf8()
    }

    /// `-log2` of the probability that garbled text was garbled in this way, in eighths of a bit.
    #[doc(hidden)]
    pub fn prior(self) -> Bits {
        self.misreading.prior() + self.manner.prior()
    }
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.manner {
            Manner::Plain => fmt::Display::fmt(&self.misreading, f),
            manner => write!(f, "{} via {manner}", self.misreading),
        }
    }
}

impl fmt::Debug for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Layer {
    type Err = crate::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((misreading, name)) = text.split_once(" via ") else {
            return Ok(text.parse::<Misreading>()?.into());
        };
        let manner = name.trim().parse().map_err(|_| crate::Error::bad_chain(text))?;
        Ok(Layer { misreading: misreading.trim().parse()?, manner })
    }
}

/// A text before a layer came over it.
#[derive(Clone, Debug)]
pub struct Earlier {
    pub text: String,
    pub step: Layer,
}

/// Layers in the order in which they happened; as text, joined by ` + `. Shared, for each line of a
/// document names its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Chain(Arc<[Layer]>);

impl Chain {
    /// A chain of these layers or misreadings, the first to happen first.
    ///
    /// ```
    /// use ungarble::{Chain, Misreading, charset::Charset};
    /// let misreading = Misreading { written: Charset::UTF_8, read: Charset::WINDOWS_1252 };
    /// let twice = Chain::new(vec![misreading, misreading]);
    /// assert_eq!(twice.to_string(), "UTF-8>windows-1252 + UTF-8>windows-1252");
    /// assert_eq!(twice.garble("é").as_deref(), Some("ÃƒÂ©"));
    /// assert_eq!(twice.undo("ÃƒÂ©").as_deref(), Some("é"));
    /// ```
    pub fn new<S: Into<Layer>>(steps: Vec<S>) -> Self {
        Chain(steps.into_iter().map(Into::into).collect())
    }

    /// The layers, the first to happen first.
    ///
    /// ```
    /// let chain: ungarble::Chain = "GBK>Big5 + UTF-8>GBK".parse()?;
    /// assert_eq!(chain.steps()[1].misreading.read.name(), "GBK");
    /// # Ok::<(), ungarble::Error>(())
    /// ```
    pub fn steps(&self) -> &[Layer] {
        &self.0
    }

    /// Whether nothing was misread.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether a layer of it lost bytes for good, so that nothing more can be found out.
    ///
    /// ```
    /// let is_lossy = |chain: &str| Ok::<_, ungarble::Error>(chain.parse::<ungarble::Chain>()?.is_lossy());
    /// assert!(is_lossy("UTF-8>GBK via replaced")?);
    /// assert!(!is_lossy("UTF-8>GBK")?);
    /// # Ok::<(), ungarble::Error>(())
    /// ```
    pub fn is_lossy(&self) -> bool {
        let is_lossy = |step: &Layer| {
            step.manner == Manner::Dots
                || step.manner == Manner::Replaced
                    && step.misreading.read.family() == Family::DoubleByte
        };
        self.0.iter().any(is_lossy)
    }

    /// This chain with one layer that happened before all others.
    ///
    /// ```
    /// use ungarble::{Chain, Layer};
    /// let (chain, first): (Chain, Layer) = ("UTF-8>GBK".parse()?, "GBK>Big5".parse()?);
    /// assert_eq!(chain.preceded_by(first).to_string(), "GBK>Big5 + UTF-8>GBK");
    /// # Ok::<(), ungarble::Error>(())
    /// ```
    pub fn preceded_by(&self, step: impl Into<Layer>) -> Chain {
        Chain(std::iter::once(step.into()).chain(self.0.iter().copied()).collect())
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
