//! The configurations by name.

use super::engine::Engine;
use super::tables;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

macro_rules! configs {
    ($($(#[doc = $doc:literal])+ $(#[cfg($cfg:meta)])? $variant:ident $name:literal $data:ident,)+) => {
        /// A conversion: OpenCC's configurations by their names, and smart mode.
        ///
        /// ```
        /// use ungarble::chinese::Config;
        /// assert_eq!("t2s".parse(), Ok(Config::T2s));
        /// assert_eq!(Config::SmartT2s.to_string(), "smart-t2s");
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Config {
            $($(#[doc = $doc])+ $(#[cfg($cfg)])? $variant,)+
        }

        impl Config {
            /// Every configuration that is compiled in.
            pub const ALL: &[Config] = &[$($(#[cfg($cfg)])? Config::$variant,)+];

            /// The name: OpenCC's, or `smart-t2s`.
            pub fn name(self) -> &'static str {
                match self {
                    $($(#[cfg($cfg)])? Config::$variant => $name,)+
                }
            }

            /// Made when first asked for.
            pub(super) fn engine(self) -> &'static Engine {
                match self {
                    $($(#[cfg($cfg)])? Config::$variant => {
                        static ENGINE: LazyLock<Engine> =
                            LazyLock::new(|| Engine::new(&tables::$data));
                        &ENGINE
                    })+
                }
            }
        }
    };
}

configs! {
    /// Traditional, OpenCC's standard, to Simplified.
    T2s "t2s" T2S,
    /// Traditional to Simplified, better than OpenCC: 著 and 着 by use, 乾 in names,
    /// variants that the mainland's norm has done away with, no rare glyphs.
    SmartT2s "smart-t2s" SMART_T2S,
    /// Simplified to Traditional, OpenCC's standard.
    #[cfg(feature = "chinese-all")]
    S2t "s2t" S2T,
    /// Simplified to Traditional as Taiwan writes it.
    #[cfg(feature = "chinese-all")]
    S2tw "s2tw" S2TW,
    /// Traditional as Taiwan writes it to Simplified.
    #[cfg(feature = "chinese-all")]
    Tw2s "tw2s" TW2S,
    /// Simplified to Traditional as Hong Kong writes it.
    #[cfg(feature = "chinese-all")]
    S2hk "s2hk" S2HK,
    /// Traditional as Hong Kong writes it to Simplified.
    #[cfg(feature = "chinese-all")]
    Hk2s "hk2s" HK2S,
    /// Simplified to Traditional as Taiwan writes it, with Taiwan's words.
    #[cfg(feature = "chinese-all")]
    S2twp "s2twp" S2TWP,
    /// Traditional as Taiwan writes it to Simplified, with the mainland's words.
    #[cfg(feature = "chinese-all")]
    Tw2sp "tw2sp" TW2SP,
    /// Simplified to Traditional as Hong Kong writes it, with Hong Kong's words.
    #[cfg(feature = "chinese-all")]
    S2hkp "s2hkp" S2HKP,
    /// Traditional as Hong Kong writes it to Simplified, with the mainland's words.
    #[cfg(feature = "chinese-all")]
    Hk2sp "hk2sp" HK2SP,
    /// Traditional, OpenCC's standard, to Taiwan's.
    #[cfg(feature = "chinese-all")]
    T2tw "t2tw" T2TW,
    /// Traditional, Taiwan's, to OpenCC's standard.
    #[cfg(feature = "chinese-all")]
    Tw2t "tw2t" TW2T,
    /// Traditional, OpenCC's standard, to Hong Kong's.
    #[cfg(feature = "chinese-all")]
    T2hk "t2hk" T2HK,
    /// Traditional, Hong Kong's, to OpenCC's standard.
    #[cfg(feature = "chinese-all")]
    Hk2t "hk2t" HK2T,
    /// Old Japanese characters (kyūjitai) to new ones (shinjitai).
    #[cfg(feature = "chinese-all")]
    T2jp "t2jp" T2JP,
    /// New Japanese characters (shinjitai) to old ones (kyūjitai).
    #[cfg(feature = "chinese-all")]
    Jp2t "jp2t" JP2T,
}

impl fmt::Display for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// No configuration of this name is compiled in; all but `t2s` and `smart-t2s`
/// need the feature `chinese-all`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no Chinese conversion is named {0:?}")]
pub struct UnknownConfig(String);

impl FromStr for Config {
    type Err = UnknownConfig;

    fn from_str(name: &str) -> Result<Self, UnknownConfig> {
        let named = Config::ALL.iter().find(|config| config.name() == name);
        named.copied().ok_or_else(|| UnknownConfig(name.to_owned()))
    }
}
