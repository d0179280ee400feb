//! Which charsets there are: name, family, aliases. One line each.

use super::kind::{DoubleByte, Scheme, Width};
use super::tables;

/// A charset: a small number, cheap to copy and to compare. As text, its [`name`](Charset::name); every
/// [label](Charset::for_label) is read.
///
/// ```
/// use ungarble::charset::Charset;
/// let mut text = String::new();
/// Charset::KOI8_R.decode_strict(b"\xF0\xD2\xC9\xD7\xC5\xD4", &mut text).unwrap();
/// assert_eq!(text, "Привет");
/// let mut bytes = Vec::new();
/// Charset::IBM866.encode(&text, &mut bytes).unwrap();
/// assert_eq!(bytes, b"\x8F\xE0\xA8\xA2\xA5\xE2");
/// assert_eq!("cp866".parse(), Ok(Charset::IBM866));
/// assert_eq!(Charset::IBM866.to_string(), "IBM866");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Charset(u8);

/// How a charset turns bytes into characters.
///
/// ```
/// use ungarble::charset::{Charset, Family};
/// assert_eq!(Charset::BIG5.family(), Family::DoubleByte);
/// assert_eq!(Charset::HZ.family(), Family::Escaped);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[non_exhaustive]
pub enum Family {
    /// UTF-8.
    Utf8,
    /// One byte, one character.
    SingleByte,
    /// ASCII in one byte, the rest mostly in two: GBK, gb18030, Big5, Shift_JIS, EUC-JP, EUC-KR, Johab, EUC-TW; VNI,
    /// whose first byte may be an ASCII letter.
    DoubleByte,
    /// UTF-16, little or big endian.
    Utf16,
    /// UTF-32, little or big endian.
    Utf32,
    /// Seven bits, with escapes that shift between sets: ISO-2022-JP, -KR, -CN, HZ.
    Escaped,
}

/// How a charset is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum How {
    /// UTF-8, UTF-16 and UTF-32.
    Unicode(Width),
    /// A table of 256, by its number in [`tables::SINGLE_BYTE`].
    Single(u8),
    Double(DoubleByte),
    Vni,
    Escaped(Scheme),
}

pub(super) struct Info {
    pub(super) name: &'static str,
    pub(super) how: How,
    /// What else it is called, in lower case, without hyphens, underscores, blanks and dots. The standard is
    /// asked first, in its own spelling: `latin1` is another charset there.
    pub(super) aliases: &'static [&'static str],
}

macro_rules! charsets {
    ($($constant:ident $name:literal $how:expr, $aliases:expr;)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Number { $($constant),* }
        /// One constant for each charset.
        impl Charset {
            $(
                #[doc = concat!("`", $name, "`")]
                pub const $constant: Charset = Charset(Number::$constant as u8);
            )*
        }
        pub(super) static ALL: &[Info] = &[$(Info { name: $name, how: $how, aliases: &$aliases }),*];
    };
}

use How::{Double, Escaped, Single, Unicode, Vni};

// Names: WHATWG's where the standard has the charset, else IANA's, else what everybody says.
charsets! {
    UTF_8 "UTF-8" Unicode(Width::Utf8), ["u8", "utf8sig", "cp65001"];
    UTF_16LE "UTF-16LE" Unicode(Width::Utf16 { big: false }), ["cp1200"];
    UTF_16BE "UTF-16BE" Unicode(Width::Utf16 { big: true }), ["cp1201"];
    UTF_32LE "UTF-32LE" Unicode(Width::Utf32 { big: false }), ["utf32", "ucs4le"];
    UTF_32BE "UTF-32BE" Unicode(Width::Utf32 { big: true }), ["ucs4", "ucs4be"];
    GBK "GBK" Double(DoubleByte::Gbk), ["cp936", "936", "ms936", "euccn", "eucgb2312cn"];
    GB18030 "gb18030" Double(DoubleByte::Gb18030), ["cp54936"];
    BIG5 "Big5" Double(DoubleByte::Big5), ["cp950", "950", "ms950", "hkscs", "big5hkscs", "big5tw"];
    SHIFT_JIS "Shift_JIS" Double(DoubleByte::ShiftJis), ["cp932", "932", "ms932", "mskanji", "cp943"];
    EUC_JP "EUC-JP" Double(DoubleByte::EucJp), ["ujis", "eucjpms", "cp51932"];
    EUC_KR "EUC-KR" Double(DoubleByte::EucKr), ["cp949", "949", "ms949", "uhc", "cp51949"];
    JOHAB "Johab" Double(DoubleByte::Johab), ["cp1361", "ms1361", "ksc56011992"];
    EUC_TW "EUC-TW" Double(DoubleByte::EucTw), ["cns11643", "cp51950"];
    ISO_2022_JP "ISO-2022-JP" Escaped(Scheme::Iso2022Jp), ["iso2022jp1", "iso2022jpext", "cp50220", "cp50221"];
    ISO_2022_KR "ISO-2022-KR" Escaped(Scheme::Iso2022Kr), ["csiso2022kr", "cp50225"];
    ISO_2022_CN "ISO-2022-CN" Escaped(Scheme::Iso2022Cn), ["csiso2022cn", "cp50227"];
    HZ "HZ-GB-2312" Escaped(Scheme::Hz), ["hz", "hzgb", "cp52936"];
    WINDOWS_1252 "windows-1252" Single(tables::WINDOWS_1252), ["1252", "ansi"];
    WINDOWS_1250 "windows-1250" Single(tables::WINDOWS_1250), ["1250"];
    WINDOWS_1251 "windows-1251" Single(tables::WINDOWS_1251), ["1251"];
    WINDOWS_1253 "windows-1253" Single(tables::WINDOWS_1253), ["1253"];
    WINDOWS_1254 "windows-1254" Single(tables::WINDOWS_1254), ["1254"];
    WINDOWS_1255 "windows-1255" Single(tables::WINDOWS_1255), ["1255"];
    WINDOWS_1256 "windows-1256" Single(tables::WINDOWS_1256), ["1256"];
    WINDOWS_1257 "windows-1257" Single(tables::WINDOWS_1257), ["1257"];
    WINDOWS_1258 "windows-1258" Single(tables::WINDOWS_1258), ["1258"];
    WINDOWS_874 "windows-874" Single(tables::WINDOWS_874), ["cp874", "874"];
    ISO_8859_1 "ISO-8859-1" Single(tables::ISO_8859_1), ["latin1", "l1", "88591", "cp28591"];
    ISO_8859_2 "ISO-8859-2" Single(tables::ISO_8859_2), ["cp28592"];
    ISO_8859_3 "ISO-8859-3" Single(tables::ISO_8859_3), ["cp28593"];
    ISO_8859_4 "ISO-8859-4" Single(tables::ISO_8859_4), ["cp28594"];
    ISO_8859_5 "ISO-8859-5" Single(tables::ISO_8859_5), ["cp28595"];
    ISO_8859_6 "ISO-8859-6" Single(tables::ISO_8859_6), ["cp28596"];
    ISO_8859_7 "ISO-8859-7" Single(tables::ISO_8859_7), ["cp28597", "greek8"];
    ISO_8859_8 "ISO-8859-8" Single(tables::ISO_8859_8), ["cp28598", "cp38598"];
    ISO_8859_9 "ISO-8859-9" Single(tables::ISO_8859_9), ["latin5", "cp28599"];
    ISO_8859_10 "ISO-8859-10" Single(tables::ISO_8859_10), ["latin6"];
    ISO_8859_11 "ISO-8859-11" Single(tables::ISO_8859_11), ["tis620", "thai"];
    ISO_8859_13 "ISO-8859-13" Single(tables::ISO_8859_13), ["latin7", "cp28603"];
    ISO_8859_14 "ISO-8859-14" Single(tables::ISO_8859_14), ["latin8", "isoceltic"];
    ISO_8859_15 "ISO-8859-15" Single(tables::ISO_8859_15), ["latin9", "cp28605"];
    ISO_8859_16 "ISO-8859-16" Single(tables::ISO_8859_16), ["latin10"];
    KOI8_R "KOI8-R" Single(tables::KOI8_R), ["cp20866"];
    KOI8_U "KOI8-U" Single(tables::KOI8_U), ["cp21866"];
    MACINTOSH "macintosh" Single(tables::MACINTOSH), ["macroman", "cp10000"];
    X_MAC_CYRILLIC "x-mac-cyrillic" Single(tables::X_MAC_CYRILLIC), ["maccyrillic", "macukrainian", "macuk", "cp10007"];
    IBM866 "IBM866" Single(tables::IBM866), [];
    IBM437 "IBM437" Single(tables::IBM437), ["cp437", "437", "oem437"];
    IBM720 "IBM720" Single(tables::IBM720), ["cp720", "720", "dos720"];
    IBM737 "IBM737" Single(tables::IBM737), ["cp737", "737"];
    IBM775 "IBM775" Single(tables::IBM775), ["cp775", "775"];
    IBM850 "IBM850" Single(tables::IBM850), ["cp850", "850"];
    IBM852 "IBM852" Single(tables::IBM852), ["cp852", "852"];
    IBM855 "IBM855" Single(tables::IBM855), ["cp855", "855"];
    IBM856 "IBM856" Single(tables::IBM856), ["cp856", "856"];
    IBM857 "IBM857" Single(tables::IBM857), ["cp857", "857"];
    IBM858 "IBM00858" Single(tables::IBM858), ["cp858", "858", "ibm858", "cp00858"];
    IBM860 "IBM860" Single(tables::IBM860), ["cp860", "860"];
    IBM861 "IBM861" Single(tables::IBM861), ["cp861", "861", "cpis"];
    IBM862 "IBM862" Single(tables::IBM862), ["cp862", "862", "dos862"];
    IBM863 "IBM863" Single(tables::IBM863), ["cp863", "863"];
    IBM864 "IBM864" Single(tables::IBM864), ["cp864", "864"];
    IBM865 "IBM865" Single(tables::IBM865), ["cp865", "865"];
    IBM869 "IBM869" Single(tables::IBM869), ["cp869", "869", "cpgr"];
    IBM1125 "IBM1125" Single(tables::IBM1125), ["cp1125", "1125", "cp866u", "ruscii"];
    X_MAC_GREEK "x-mac-greek" Single(tables::X_MAC_GREEK), ["macgreek", "cp10006"];
    X_MAC_TURKISH "x-mac-turkish" Single(tables::X_MAC_TURKISH), ["macturkish", "cp10081"];
    X_MAC_CE "x-mac-ce" Single(tables::X_MAC_CE), ["maclatin2", "maccenteuro", "maccentraleurope", "maccentraleuropean", "macce", "cp10029"];
    X_MAC_ICELANDIC "x-mac-icelandic" Single(tables::X_MAC_ICELANDIC), ["maciceland", "macicelandic", "macis", "cp10079"];
    X_MAC_ROMANIAN "x-mac-romanian" Single(tables::X_MAC_ROMANIAN), ["macromanian", "macromania", "cp10010"];
    X_MAC_CROATIAN "x-mac-croatian" Single(tables::X_MAC_CROATIAN), ["maccroatian", "cp10082"];
    KOI8_T "KOI8-T" Single(tables::KOI8_T), [];
    PTCP154 "PTCP154" Single(tables::PTCP154), ["pt154", "cp154", "csptcp154", "cyrillicasian"];
    KZ_1048 "KZ-1048" Single(tables::KZ_1048), ["rk1048", "strk10482002"];
    VISCII "VISCII" Single(tables::VISCII), ["viscii111", "csviscii"];
    TCVN "TCVN5712-1" Single(tables::TCVN), ["tcvn", "tcvn5712", "tcvn57121:1993"];
    VNI "VNI" Vni, ["vniwin", "vni1", "vniwindows"];
    IBM037 "IBM037" Single(tables::IBM037), ["cp037", "037", "cp37", "ebcdiccpus"];
    IBM273 "IBM273" Single(tables::IBM273), ["cp273", "273"];
    IBM500 "IBM500" Single(tables::IBM500), ["cp500", "500", "ebcdiccpbe"];
    IBM1026 "IBM1026" Single(tables::IBM1026), ["cp1026", "1026"];
    IBM424 "IBM424" Single(tables::IBM424), ["cp424", "424", "ebcdiccphe"];
    IBM875 "IBM875" Single(tables::IBM875), ["cp875", "875"];
    IBM1140 "IBM01140" Single(tables::IBM1140), ["cp1140", "1140", "ibm1140", "cp01140"];
}

impl Charset {
    /// How many charsets there are; at most 128.
    pub const COUNT: usize = ALL.len();

    /// All charsets, in the order of [`index`](Charset::index).
    ///
    /// ```
    /// use ungarble::charset::Charset;
    /// let with_euro = Charset::all().filter(|charset| charset.contains('€'));
    /// assert!(with_euro.map(Charset::name).any(|name| name == "ISO-8859-15"));
    /// ```
    pub fn all() -> impl Iterator<Item = Charset> {
        (0..ALL.len() as u8).map(Charset)
    }

    /// The charset's number, below [`COUNT`](Charset::COUNT): its bit in
    /// [`charsets_with`](super::charsets_with).
    pub fn index(self) -> usize {
        self.0.into()
    }

    pub(super) fn info(self) -> &'static Info {
        static FALLBACK: Info = Info { name: "", how: How::Unicode(Width::Utf8), aliases: &[] };
        ALL.get(self.index()).unwrap_or(&FALLBACK)
    }

    /// The name in the WHATWG standard, else IANA's, else the usual one.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// How this charset turns bytes into characters.
    pub fn family(self) -> Family {
        match self.info().how {
            How::Unicode(Width::Utf8) => Family::Utf8,
            How::Unicode(Width::Utf16 { .. }) => Family::Utf16,
            How::Unicode(Width::Utf32 { .. }) => Family::Utf32,
            How::Single(_) => Family::SingleByte,
            How::Double(_) | How::Vni => Family::DoubleByte,
            How::Escaped(_) => Family::Escaped,
        }
    }

    /// The charset that a label names: in HTTP, HTML or XML, in Python, iconv or Java.
    ///
    /// A label of the WHATWG standard means what a browser takes it for: `iso-8859-1` and `latin1` are
    /// windows-1252, `gb2312` is GBK. Beyond these come the names of this crate and what Python, glibc
    /// and IANA say, in any case, with hyphens, underscores or neither; `latin-1`, Python's
    /// spelling, is ISO-8859-1 with its C1 controls, as Python reads it.
    ///
    /// ```
    /// use ungarble::charset::Charset;
    /// assert_eq!(Charset::for_label("latin1"), Some(Charset::WINDOWS_1252));
    /// assert_eq!(Charset::for_label("latin-1"), Some(Charset::ISO_8859_1));
    /// assert_eq!(Charset::for_label("cp932"), Some(Charset::SHIFT_JIS));
    /// assert_eq!(Charset::for_label("no such"), None);
    /// ```
    pub fn for_label(label: &str) -> Option<Charset> {
        let label = label.trim();
        if let Some(encoding) = encoding_rs::Encoding::for_label(label.as_bytes()) {
            // Visual Hebrew and logical Hebrew are the same bytes.
            let name = match encoding.name() {
                "ISO-8859-8-I" => "ISO-8859-8",
                name => name,
            };
            if let Some(charset) = Charset::for_name(name) {
                return Some(charset);
            }
        }
        let plain = |s: &str| -> String {
            s.chars().filter(|c| !"-_ .".contains(*c)).map(|c| c.to_ascii_lowercase()).collect()
        };
        let wanted = plain(label);
        let named = |wanted: &str| {
            Charset::all().find(|c| plain(c.name()) == wanted || c.info().aliases.contains(&wanted))
        };
        named(&wanted).or_else(|| named(wanted.strip_prefix('x')?)).or_else(|| {
            // The standard's labels in another spelling: euc_jp, koi8_r, iso8859_15, utf_16_le.
            let encoding = encoding_rs::Encoding::for_label(wanted.as_bytes())
                .or_else(|| encoding_rs::Encoding::for_label(label.replace('_', "-").as_bytes()))?;
            Charset::for_name(encoding.name())
        })
    }

    /// The charset whose [`name`](Charset::name) is `name`, letter for letter.
    ///
    /// ```
    /// use ungarble::charset::Charset;
    /// assert_eq!(Charset::for_name("ISO-8859-1"), Some(Charset::ISO_8859_1));
    /// assert_eq!(Charset::for_name("latin1"), None);
    /// ```
    pub fn for_name(name: &str) -> Option<Charset> {
        Charset::all().find(|c| c.name() == name)
    }
}
