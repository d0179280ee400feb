//! Which letters languages write beside the 26, to tell a text from a jumble.
//!
//! `ń` is Polish and `ů` is Czech: a text that has both is none. In: letters. Out: bits for those that the
//! likeliest language does not write. This holds for languages too that the model has seen no text in.

use crate::model::{BIT, Bits};
use std::sync::OnceLock;

/// Languages in Latin letters and what they write beside `a` to `z`, by the exemplar characters of CLDR with
/// the usual marks of foreign words and tones left out.
const ALPHABETS: &[(&str, &str)] = &[
    ("en", "éïñç"),
    ("de", "äöüßé"),
    ("fr", "àâæçèéêëîïôœùûüÿ"),
    ("es", "áéíñóúü"),
    ("pt", "àáâãçéêíóôõúü"),
    ("it", "àèéìíîòóùú"),
    ("ca", "àçèéíïòóúü"),
    ("gl", "áéíïñóúü"),
    ("nl", "áäèéêëíïóöúü"),
    ("sv", "åäöéàü"),
    ("da", "åæøéóü"),
    ("no", "åæøàéêòóôü"),
    ("is", "áæéíðóöúýþ"),
    ("fo", "áæíðóøúý"),
    ("fi", "åäöšž"),
    ("et", "äõöüšž"),
    ("lv", "āčēģīķļņōŗšūž"),
    ("lt", "ąčęėįšųūž"),
    ("pl", "ąćęłńóśźż"),
    ("cs", "áčďéěíňóřšťúůýž"),
    ("sk", "áäčďéíĺľňóôŕšťúýž"),
    ("sl", "čšžćđ"),
    ("hr", "ćčđšž"),
    ("hu", "áéíóöőúüű"),
    ("ro", "ăâîșşțţ"),
    ("tr", "âçğıîöşüûİ"),
    ("az", "çəğıöşüİ"),
    ("sq", "çë"),
    ("mt", "àċġħżèìòù"),
    ("eo", "ĉĝĥĵŝŭ"),
    ("cy", "àáâäèéêëìïîôöòóùûüŵŷ"),
    ("ga", "áéíóú"),
    ("gd", "àèìòù"),
    ("br", "âêîôûùüñ"),
    ("eu", "ñçü"),
    ("tl", "ñ"),
    ("af", "áâèéêëîïôöûü"),
    ("lb", "äéëöü"),
    ("se", "áčđŋšŧž"),
    ("kl", "æøåâêîôû"),
    ("vi", "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"),
];

const _: () = assert!(ALPHABETS.len() <= LANGUAGES);
const LANGUAGES: usize = 64;

/// What a letter costs that the language does not write.
const FOREIGN: Bits = 4 * BIT;
/// What it costs more where the words say which language it is.
const FOREIGN_TO_WORDS: Bits = 8 * BIT;

/// What a letter costs that the model has seen in no text: it is frequent where it occurs.
const UNSEEN_COST: Bits = 12 * BIT;

/// Letters that the model has seen in no text, of the alphabets of Maltese, Esperanto,
/// Tajik and Kazakh.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        'Ċ' | 'ċ'
            | 'Ġ'
            | 'ġ'
            | 'Ħ'
            | 'ħ'
            | 'Ĉ'
            | 'ĉ'
            | 'Ĝ'
            | 'ĝ'
            | 'Ĥ'
            | 'ĥ'
            | 'Ĵ'
            | 'ĵ'
            | 'Ŝ'
            | 'ŝ'
    ) || is_of_central_asia(c)
}

/// The letters that Tajik and Kazakh have beside those of Russian.
pub(super) fn is_of_central_asia(c: char) -> bool {
    c >= '\u{490}'
        && matches!(
            c,
            'Ғ' | 'ғ'
                | 'Ӣ'
                | 'ӣ'
                | 'Қ'
                | 'қ'
                | 'Ӯ'
                | 'ӯ'
                | 'Ҳ'
                | 'ҳ'
                | 'Ҷ'
                | 'ҷ'
                | 'Ә'
                | 'ә'
                | 'Ң'
                | 'ң'
                | 'Ө'
                | 'ө'
                | 'Ұ'
                | 'ұ'
                | 'Ү'
                | 'ү'
                | 'Һ'
                | 'һ'
        )
}

/// The cost of a letter given what the model says, which knows nothing of some.
pub(super) fn cost(c: char, of_model: Bits) -> Bits {
    let unseen = c > '\u{100}' && of_model > UNSEEN_COST && is_unseen(c);
    if unseen { UNSEEN_COST } else { of_model }
}

/// What the letters of `text` cost that the language `tag` does not write.
pub(super) fn foreign(text: &str, tag: &str) -> Bits {
    let Some(number) = ALPHABETS.iter().position(|&(of, _)| of == tag) else { return 0 };
    let foreign = text.chars().filter(|&c| is_counted(c) && writers(c) >> number & 1 == 0).count();
    FOREIGN_TO_WORDS.saturating_mul(foreign as Bits)
}

/// Latin letters beside the 26.
fn is_counted(c: char) -> bool {
    matches!(c, '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}') && !matches!(c, '×' | '÷')
}

/// Where letters beside the 26 begin and end; the tables are by distance from the first.
const FIRST: u32 = 0xC0;
const LAST: u32 = 0x1EFF;

/// For each letter the languages that write it, a bit each.
fn writers(c: char) -> u64 {
    static TABLE: OnceLock<Vec<u64>> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut table = vec![0; (LAST - FIRST + 1) as usize];
        for (number, (_, letters)) in ALPHABETS.iter().enumerate() {
            for c in letters.chars().flat_map(|c| std::iter::once(c).chain(c.to_uppercase())) {
                let at = u32::from(c).checked_sub(FIRST);
                if let Some(mask) = at.and_then(|at| table.get_mut(at as usize)) {
                    *mask |= 1 << number;
                }
            }
        }
        table
    });
    let at = u32::from(c).checked_sub(FIRST);
    at.and_then(|at| table.get(at as usize)).copied().unwrap_or(0)
}

/// The letters of a text, counted by who writes them.
#[derive(Clone, Debug)]
pub(super) struct Letters {
    all: u32,
    of: [u32; LANGUAGES],
}

impl Default for Letters {
    fn default() -> Self {
        Letters { all: 0, of: [0; LANGUAGES] }
    }
}

impl Letters {
    /// Takes a character into account; others than Latin letters beside the 26 do not count.
    pub(super) fn add(&mut self, c: char) {
        if !is_counted(c) {
            return;
        }
        self.all += 1;
        let mut mask = writers(c);
        while mask != 0 {
            if let Some(count) = self.of.get_mut(mask.trailing_zeros() as usize) {
                *count += 1;
            }
            mask &= mask - 1;
        }
    }

    /// What the letters cost that the language of most does not write.
    pub(super) fn cost(&self) -> Bits {
        if self.all == 0 {
            return 0;
        }
        let native = self.of.iter().max().copied().unwrap_or(0);
        (self.all - native.min(self.all)).saturating_mul(FOREIGN)
    }
}
