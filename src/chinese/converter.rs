//! One type over two engines: the tables in this crate, or the user's OpenCC.
//!
//! Text in, converted text out. The embedded engine needs nothing, cannot fail and
//! is faster by an order; OpenCC's library, behind the feature `opencc`, brings
//! whatever dictionaries are installed, the user's own among them.
//!
//! The library has to be OpenCC 1.4 or later. Where the system has none, the wheel
//! `opencc` of PyPI carries library, headers and data. With `W` its folder
//! `opencc/clib`, build with
//!
//! ```text
//! OPENCC_LIB_DIRS=$W/lib64 OPENCC_INCLUDE_DIRS=$W/include OPENCC_LIBS=opencc:marisa
//! OPENCC_STATIC=1 OPENCC_DYLIB_STDCPP=1
//! ```
//!
//! and give [`Converter::with_opencc`] the folder `$W/share/opencc`.

use super::config::Config;
use std::borrow::Cow;
use std::fmt;

/// A conversion by one of two engines.
///
/// ```
/// use ungarble::chinese::{Config, Converter};
/// let converter = Converter::new(Config::T2s);
/// assert_eq!(converter.convert("漢語")?, "汉语");
/// # Ok::<(), ungarble::chinese::ConverterError>(())
/// ```
pub struct Converter {
    config: Config,
    #[cfg(feature = "opencc")]
    library: Option<opencc_rust::OpenCC>,
}

impl fmt::Debug for Converter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Converter").field("config", &self.config).finish_non_exhaustive()
    }
}

/// The library of OpenCC failed; the embedded engine never does.
#[derive(Debug, thiserror::Error)]
#[error("OpenCC, configuration {config}: {reason}")]
pub struct ConverterError {
    config: Config,
    reason: String,
}

impl Converter {
    /// The embedded engine.
    pub fn new(config: Config) -> Self {
        Converter {
            config,
            #[cfg(feature = "opencc")]
            library: None,
        }
    }

    /// OpenCC's library, with the configurations in `folder`, or, without one, where
    /// the library looks for them.
    ///
    /// # Errors
    /// If the library does not find the configuration; it has no `smart-t2s`.
    #[cfg(feature = "opencc")]
    pub fn with_opencc(
        config: Config,
        folder: Option<&std::path::Path>,
    ) -> Result<Self, ConverterError> {
        let file = format!("{config}.json");
        let path = folder.map_or_else(|| file.clone().into(), |folder| folder.join(&file));
        let library = opencc_rust::OpenCC::new(path)
            .map_err(|error| ConverterError { config, reason: error.to_string() })?;
        Ok(Converter { config, library: Some(library) })
    }

    /// The configuration.
    pub fn config(&self) -> Config {
        self.config
    }

    /// Converts a text; borrowed where nothing changes.
    ///
    /// # Errors
    /// If OpenCC's library fails.
    pub fn convert<'t>(&self, text: &'t str) -> Result<Cow<'t, str>, ConverterError> {
        #[cfg(feature = "opencc")]
        if let Some(library) = &self.library {
            // The library hands back C strings, which end at a NUL.
            let parts: Result<Vec<_>, _> =
                text.split('\0').map(|part| library.convert(part)).collect();
            let out = parts
                .map_err(|error| ConverterError { config: self.config, reason: error.to_string() })?
                .join("\0");
            return Ok(if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) });
        }
        Ok(super::convert(self.config, text))
    }
}
