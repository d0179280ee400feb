//! Which letters languages write.
//!
//! `ń` is Polish and `ů` is Czech: a text that has both is none. In comes a letter, out come the
//! languages that have it in their alphabets, a bit each. This holds for languages too that the
//! model has seen no text in.

use crate::model::latin;
use std::sync::OnceLock;

/// The alphabets of the languages of a script, by the exemplar characters of CLDR.
pub(crate) struct Alphabets {
    /// Before all letters: the table is by distance from it.
    first: char,
    /// Which characters are letters of the script, as far as alphabets differ in them.
    is_letter: fn(char) -> bool,
    /// What each language writes, in small letters.
    languages: &'static [(&'static str, &'static [&'static str])],
    table: OnceLock<Vec<u64>>,
}

/// Letters beside `a` to `z`, the usual marks of foreign words and tones left out.
pub(crate) static LATIN: Alphabets = Alphabets::new(
    '\u{C0}',
    latin::is_letter_beyond_ascii,
    &[
        ("en", &["éïñç"]),
        ("de", &["äöüßé"]),
        ("fr", &["àâæçèéêëîïôœùûüÿ"]),
        ("es", &["áéíñóúü"]),
        ("pt", &["àáâãçéêíóôõúü"]),
        ("it", &["àèéìíîòóùú"]),
        ("ca", &["àçèéíïòóúü"]),
        ("gl", &["áéíïñóúü"]),
        ("nl", &["áäèéêëíïóöúü"]),
        ("sv", &["åäöéàü"]),
        ("da", &["åæøéóü"]),
        ("no", &["åæøàéêòóôü"]),
        ("is", &["áæéíðóöúýþ"]),
        ("fo", &["áæíðóøúý"]),
        ("fi", &["åäöšž"]),
        ("et", &["äõöüšž"]),
        ("lv", &["āčēģīķļņōŗšūž"]),
        ("lt", &["ąčęėįšųūž"]),
        ("pl", &["ąćęłńóśźż"]),
        ("cs", &["áčďéěíňóřšťúůýž"]),
        ("sk", &["áäčďéíĺľňóôŕšťúýž"]),
        ("sl", &["čšžćđ"]),
        ("hr", &["ćčđšž"]),
        ("hu", &["áéíóöőúüű"]),
        ("ro", &["ăâîșşțţ"]),
        ("tr", &["âçğıîöşüûİ"]),
        ("az", &["çəğıöşüİ"]),
        ("sq", &["çë"]),
        ("mt", &["àċġħżèìòù"]),
        ("eo", &["ĉĝĥĵŝŭ"]),
        ("cy", &["àáâäèéêëìïîôöòóùûüŵŷ"]),
        ("ga", &["áéíóú"]),
        ("gd", &["àèìòù"]),
        ("br", &["âêîôûùüñ"]),
        ("eu", &["ñçü"]),
        ("tl", &["ñ"]),
        ("af", &["áâèéêëîïôöûü"]),
        ("lb", &["äéëöü"]),
        ("se", &["áčđŋšŧž"]),
        ("kl", &["æøåâêîôû"]),
        ("vi", &["àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"]),
    ],
);

/// The letters of Russian, which most other languages have whose alphabets are of the twentieth
/// century.
const RUSSIAN: &str = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";

pub(crate) static CYRILLIC: Alphabets = Alphabets::new(
    '\u{400}',
    |c| matches!(c, '\u{400}'..='\u{4FF}'),
    &[
        ("ru", &[RUSSIAN]),
        ("ba", &[RUSSIAN, "ғҙҡңөҫүһә"]),
        ("ce", &[RUSSIAN, "ӏ"]),
        ("cv", &[RUSSIAN, "ӑӗҫӳ"]),
        ("kk", &[RUSSIAN, "әғқңөұүһі"]),
        ("kv", &[RUSSIAN, "іӧ"]),
        ("ky", &[RUSSIAN, "ңөү"]),
        ("mhr", &[RUSSIAN, "ҥӧӱ"]),
        ("mn", &[RUSSIAN, "өү"]),
        ("os", &[RUSSIAN, "ӕ"]),
        ("sah", &[RUSSIAN, "ҕҥөһү"]),
        ("tg", &[RUSSIAN, "ғӣқӯҳҷ"]),
        ("tt", &[RUSSIAN, "әҗңөүһ"]),
        ("udm", &[RUSSIAN, "ӝӟӥӧӵ"]),
        ("uz", &[RUSSIAN, "ўқғҳ"]),
        ("be", &["абвгґдеёжзійклмнопрстуўфхцчшыьэюя"]),
        ("bg", &["абвгдежзийклмнопрстуфхцчшщъьюяѝ"]),
        ("mk", &["абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ"]),
        ("sr", &["абвгдђежзијклљмнњопрстћуфхцчџш"]),
        ("uk", &["абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"]),
    ],
);

/// The letters of Arabic, which others have in words from Arabic.
const ARABIC_LETTERS: &str = "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي";
/// The letters of Persian beside them, which most others have.
const PERSIAN: &str = "پچژکگیۀ";

pub(crate) static ARABIC: Alphabets = Alphabets::new(
    '\u{620}',
    |c| {
        matches!(c, '\u{620}'..='\u{63F}' | '\u{641}'..='\u{64A}' | '\u{66E}'..='\u{66F}'
            | '\u{671}'..='\u{6D3}' | '\u{6D5}' | '\u{6EE}'..='\u{6EF}' | '\u{6FA}'..='\u{6FC}' | '\u{6FF}')
    },
    &[
        ("ar", &[ARABIC_LETTERS]),
        ("fa", &[ARABIC_LETTERS, PERSIAN]),
        ("ckb", &[ARABIC_LETTERS, PERSIAN, "ڕڤڵۆێەھ"]),
        ("ps", &[ARABIC_LETTERS, PERSIAN, "ټځڅډړږښګڼېۍ"]),
        ("sd", &[ARABIC_LETTERS, PERSIAN, "ٻڀٺٽٿڄڃڇڌڏڊڍڙڦڪڱڳڻھ"]),
        ("ug", &[ARABIC_LETTERS, PERSIAN, "ەۇۆۈۋڭېھ"]),
        ("ur", &[ARABIC_LETTERS, PERSIAN, "ٹڈڑںھہۂۃےۓ"]),
    ],
);

/// Bits for the languages of a script.
const LANGUAGES: usize = 64;

impl Alphabets {
    const fn new(
        first: char,
        is_letter: fn(char) -> bool,
        languages: &'static [(&'static str, &'static [&'static str])],
    ) -> Self {
        assert!(languages.len() <= LANGUAGES);
        Alphabets { first, is_letter, languages, table: OnceLock::new() }
    }

    /// The number of a language, by its tag.
    pub(crate) fn number(&self, tag: &str) -> Option<usize> {
        self.languages.iter().position(|&(of, _)| of == tag)
    }

    /// The bits of languages.
    pub(crate) fn bits(&self, tags: &[&str]) -> u64 {
        tags.iter().filter_map(|tag| self.number(tag)).fold(0, |bits, number| bits | 1 << number)
    }

    /// Whether a character is a letter of the script.
    pub(crate) fn has(&self, c: char) -> bool {
        (self.is_letter)(c)
    }

    /// The languages, by their tags in the order of their numbers.
    pub(crate) fn tags(&self) -> impl Iterator<Item = &'static str> {
        self.languages.iter().map(|&(tag, _)| tag)
    }

    /// Whether a language writes all letters of another.
    pub(crate) fn is_within(&self, number: usize, other: usize) -> bool {
        let letters = self.languages.get(number).map_or(&[][..], |&(_, letters)| letters);
        letters.iter().flat_map(|part| part.chars()).all(|c| self.writers(c) >> other & 1 == 1)
    }

    /// The languages that write a letter, small or capital, a bit each.
    pub(crate) fn writers(&self, c: char) -> u64 {
        let table = self.table.get_or_init(|| self.table());
        self.place(c).and_then(|at| table.get(at)).copied().unwrap_or(0)
    }

    fn place(&self, c: char) -> Option<usize> {
        (c as usize).checked_sub(self.first as usize)
    }

    fn table(&self) -> Vec<u64> {
        let mut table = Vec::new();
        for (number, (_, letters)) in self.languages.iter().enumerate() {
            let small = letters.iter().flat_map(|letters| letters.chars());
            let both = small.flat_map(|c| std::iter::once(c).chain(c.to_uppercase()));
            for at in both.filter_map(|c| self.place(c)) {
                table.resize(table.len().max(at + 1), 0);
                if let Some(writers) = table.get_mut(at) {
                    *writers |= 1 << number;
                }
            }
        }
        table
    }
}

/// The letters of a text, counted by who writes them.
#[derive(Clone, Debug)]
pub(crate) struct Counts {
    all: u32,
    of: [u32; LANGUAGES],
}

impl Default for Counts {
    fn default() -> Self {
        Counts { all: 0, of: [0; LANGUAGES] }
    }
}

impl Counts {
    pub(crate) fn of(text: &str, alphabets: &Alphabets) -> Self {
        let mut counts = Counts::default();
        text.chars().for_each(|c| counts.add(alphabets, c));
        counts
    }

    /// Takes a character into account, if it is a letter of the script.
    pub(crate) fn add(&mut self, alphabets: &Alphabets, c: char) {
        if !alphabets.has(c) {
            return;
        }
        self.all += 1;
        let mut writers = alphabets.writers(c);
        while writers != 0 {
            if let Some(count) = self.of.get_mut(writers.trailing_zeros() as usize) {
                *count += 1;
            }
            writers &= writers - 1;
        }
    }

    /// How many of the letters a language does not write.
    pub(crate) fn foreign_to(&self, number: usize) -> u32 {
        self.all - self.of.get(number).copied().unwrap_or(0)
    }

    /// How many of the letters the language of most does not write.
    pub(crate) fn foreign(&self) -> u32 {
        self.all - self.of.iter().max().copied().unwrap_or(0)
    }
}
