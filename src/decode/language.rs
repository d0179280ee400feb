//! The language of a text, by script, by letters that others do not write, and by small words.
//!
//! In: a decoded text. Out: a BCP 47 tag, or nothing where the signs are few or contradict each other.

use crate::model::alphabets::{ARABIC, Alphabets, CYRILLIC, Counts};
use crate::model::latin::is_letter_beyond_ascii;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Characters looked at.
const LOOKED_AT: usize = 4096;

/// Small words of languages: frequent ones that few other languages in the same letters share.
const WORDS: &[(&str, &str)] = &[
    ("en", "the and of to is that for was with are this you not have from"),
    ("de", "der die und das ist nicht von mit den für auf eine sich dem wird"),
    ("fr", "les des est une dans que qui pour pas sur avec vous du au cette"),
    ("es", "los las que una por con para del está pero como más su el sus"),
    ("pt", "não uma os com para por mais dos das são ao foi você também em"),
    ("it", "che di non una per con sono della più gli nel dei anche alla questo"),
    ("ca", "els amb una les per que dels aquest és seva són perquè també des"),
    ("ro", "și şi în este care pentru din nu la cu mai sunt fost după că sau prin"),
    ("nl", "het een van en niet dat zijn voor met op ook wordt deze aan bij"),
    ("sv", "och att som är det inte för den med på ett av till var jag"),
    ("da", "og at det er ikke til som på med for af der jeg den blev"),
    ("no", "og det er ikke til som på med for av jeg ble fra han etter"),
    ("is", "og að er ekki sem það við til hann voru þetta með eru um ég"),
    ("fi", "ja on ei että oli se hän mutta kun ovat myös tai joka voi ole"),
    ("et", "ja on ei et see oli kui ka aga mis oma siis või kes selle"),
    ("lv", "un ir par ar no kas uz bija arī tas kā nav vai tiek pēc"),
    ("lt", "ir yra kad su iš tai buvo bet kaip nuo dėl jis šis taip tik"),
    ("pl", "się nie na jest że do jak to przez od są dla oraz było tym"),
    ("cs", "se na je že není jsou jako pro ale byl které také jeho při nebo"),
    ("sk", "sa na je že nie sú ako pre ale bol ktoré tiež jeho pri alebo"),
    ("sl", "je se na da so ki za ne pa ni kot bil tudi pri lahko"),
    ("hr", "je se na da su koji za ne kao bio što ili iz biti nije"),
    ("hu", "az és hogy nem egy ez meg volt van csak mint már el kell még"),
    ("tr", "ve bir bu için ile da de olarak çok daha gibi olan kadar ne var"),
    ("vi", "của và là không có được cho người một các trong những với này đã"),
    ("id", "yang dan di dengan untuk dari ini itu pada tidak adalah dalam akan oleh ke"),
    ("sq", "dhe të një për nga me që është në i ka më si por"),
    ("eu", "eta da ez bat izan dira du ere egin hau dute baina zen"),
    ("cy", "yn y mae ar wedi yr ei am gan ac oedd bod hynny"),
    ("br", "ar an ha da gant eo zo war evit dre met eus gwelet hag a-enep emañ"),
    ("mt", "li ta tal minn huma hija dan din kien fil jew għal mill"),
    ("ga", "agus an na ar le is go bhí sé atá ag do níl"),
    ("ru", "и в не на что с по как это он из от за но для то у до при или если был"),
    ("be", "і у ў не на што з да як гэта ад за але для яго або быў пры па пра калі"),
    ("uk", "і у в не на що з до як це від за але для його або був та при й про"),
    ("bg", "и в не на че от да се за е са с по до при или като ще си това към най"),
    ("mk", "и во не на дека од да се за е со по до при или како ќе го што ова кон"),
    ("sr", "и у не на да од се за је су са по до при или који ће што ово из би"),
    ("kk", "және мен бұл бір үшін емес деп бар да де болып ол осы немесе еді"),
    ("mn", "нь бол юм байна энэ гэж дээр тул та хэл байгаа байсан эсвэл ба уу"),
    ("ar", "و في من على إلى أن عن هذا هذه التي الذي مع كان ما لا أو بين كل ذلك"),
    ("fa", "و در به از که این را با است های می برای آن یک شده بود هم تا"),
    ("ur", "کے کی ہے میں سے اور کا کو اس نے کہ ہیں پر یہ بھی ایک کر نہیں"),
    ("ckb", "و لە بە کە بۆ ئەم لەگەڵ بوو هەر ئەو لەو دوای"),
];

/// So many small words of a language speak for it as a letter that it does not write speaks against it.
const FOREIGN: i32 = 4;

/// The language of `text`, if it shows.
pub(super) fn of(text: &str) -> Option<&'static str> {
    let (mut latin, mut cyrillic, mut arabic, mut han, mut kana, mut hangul) = (0, 0, 0, 0, 0, 0);
    let mut others = [("el", 0), ("he", 0), ("th", 0), ("hy", 0), ("ka", 0)];
    let mut count = |at: usize| {
        if let Some((_, n)) = others.get_mut(at) {
            *n += 1;
        }
    };
    let text =
        text.char_indices().nth(LOOKED_AT).map_or(text, |(end, _)| text.get(..end).unwrap_or(text));
    for c in text.chars() {
        match c {
            'a'..='z' | 'A'..='Z' => latin += 1,
            _ if is_letter_beyond_ascii(c) => latin += 1,
            '\u{370}'..='\u{3FF}' => count(0),
            '\u{400}'..='\u{52F}' => cyrillic += 1,
            '\u{530}'..='\u{58F}' => count(3),
            '\u{590}'..='\u{5FF}' => count(1),
            '\u{600}'..='\u{6FF}' => arabic += 1,
            '\u{E00}'..='\u{E7F}' => count(2),
            '\u{10A0}'..='\u{10FF}' => count(4),
            '\u{3041}'..='\u{30FF}' => kana += 1,
            '\u{4E00}'..='\u{9FFF}' => han += 1,
            '\u{AC00}'..='\u{D7A3}' => hangul += 1,
            _ => {}
        }
    }
    let all = latin + cyrillic + arabic + 2 * (han + kana + hangul);
    let (script, most) = others.into_iter().max_by_key(|&(_, n)| n)?;
    if most * 2 > all {
        return Some(script);
    }
    if hangul > han + kana {
        return (hangul * 4 > latin).then_some("ko");
    }
    if (han + kana) * 4 > latin + cyrillic + arabic {
        return Some(if kana * 20 > han { "ja" } else { "zh" });
    }
    if arabic > latin.max(cyrillic) {
        return by_letters(text, &ARABIC);
    }
    if cyrillic > latin {
        return by_letters(text, &CYRILLIC);
    }
    by_words(text)
}

/// The language that writes the letters of a text and whose small words are the most. Where it is not the only
/// one, the one of them whose letters the others have, too: they would have shown those that they have beside.
fn by_letters(text: &str, alphabets: &Alphabets) -> Option<&'static str> {
    let (letters, hits) = (Counts::of(text, alphabets), hits(words(text)));
    let score = |(number, tag)| {
        let words = WORDS.iter().zip(hits).find(|((of, _), _)| *of == tag).map_or(0, |(_, n)| n);
        let vowels = if tag == "bg" { hard_vowels(text) } else { 0 };
        words as i32 + vowels as i32 - FOREIGN * letters.foreign_to(number) as i32
    };
    let scores: Vec<i32> = alphabets.tags().enumerate().map(score).collect();
    let best = scores.iter().max().copied().filter(|&best| best >= 0)?;
    let all = || (0..scores.len()).filter(|&number| scores.get(number) == Some(&best));
    let first = all().find(|&one| all().all(|other| alphabets.is_within(one, other)))?;
    alphabets.tags().nth(first)
}

/// How often `ъ` is a vowel, as in Bulgarian: elsewhere one of four vowels follows it.
fn hard_vowels(text: &str) -> usize {
    let follows = ['е', 'ё', 'ю', 'я', 'Е', 'Ё', 'Ю', 'Я'];
    text.split(['ъ', 'Ъ']).skip(1).filter(|rest| !rest.starts_with(follows)).count()
}

/// The language whose small words are the most, by a clear lead.
fn by_words(text: &str) -> Option<&'static str> {
    most(hits(words(text)))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty())
}

/// The language whose small words of ASCII are the most: those are what charsets that have ASCII
/// read alike.
pub(super) fn by_ascii_words(text: &str) -> Option<&'static str> {
    let words = text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic());
    most(hits(words.filter(|word| !word.is_empty() && word.is_ascii())))
}

fn most(hits: [u32; WORDS.len()]) -> Option<&'static str> {
    let (best, &first) = hits.iter().enumerate().max_by_key(|&(_, &n)| n)?;
    let alone = hits.iter().filter(|&&n| n == first).count() == 1;
    WORDS.get(best).filter(|_| first >= 2 && alone).map(|&(tag, _)| tag)
}

/// How many small words of each language there are.
fn hits<'t>(words: impl Iterator<Item = &'t str>) -> [u32; WORDS.len()] {
    /// The longest small word, in bytes.
    const LONGEST: usize = 12;
    const { assert!(WORDS.len() <= 64) };
    static KNOWN: OnceLock<HashMap<&str, u64>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let mut known = HashMap::new();
        for (number, (_, list)) in WORDS.iter().enumerate() {
            for word in list.split(' ') {
                *known.entry(word).or_insert(0) |= 1_u64 << number;
            }
        }
        known
    });
    let mut hits = [0; WORDS.len()];
    for word in words.filter(|word| word.len() <= LONGEST) {
        let of = match known.get(word) {
            Some(&of) => of,
            None if word.starts_with(char::is_uppercase) => {
                known.get(word.to_lowercase().as_str()).copied().unwrap_or(0)
            }
            None => 0,
        };
        let mut mask = of;
        while mask != 0 {
            if let Some(hits) = hits.get_mut(mask.trailing_zeros() as usize) {
                *hits += 1;
            }
            mask &= mask - 1;
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn sentences_tell_their_language() {
        for (tag, text) in [
            ("de", "Die Bäckerei öffnet täglich um fünf Uhr, und das ist nicht spät."),
            ("fr", "Les élèves sont dans la cour avec une maîtresse qui chante."),
            ("ja", "昨日は公園へ行って、凧を揚げました。"),
            ("zh", "我们昨天去了公园，看见许多孩子。"),
            ("ko", "어제는 공원에 가서 연을 날렸습니다."),
            ("el", "Το πρωί πίνουμε καφέ στην αυλή."),
            ("pl", "To jest dom, który nie stoi na górze, że aż się dziwię."),
        ] {
            assert_eq!(of(text), Some(tag), "{text}");
        }
        assert_eq!(of("Xyzzy 123"), None);
        assert_eq!(of(""), None);
    }

    #[test]
    fn languages_in_the_same_letters_are_told_apart() {
        for (tag, text) in [
            ("ru", "Мы пошли в лес за грибами, и вечером было тихо, а утром туман."),
            ("be", "Мы пайшлі ў лес па грыбы, і вечарам было ціха, а раніцай туман."),
            ("be", "Сястра, як і раней, пісала лісты да позняй ночы."),
            ("uk", "Їжак поніс грушу через ліс."),
            ("uk", "Ми пішли до лісу по гриби, і ввечері було тихо, а вранці туман."),
            ("bg", "Отидохме в гората за гъби и вечерта беше тихо, а сутринта имаше мъгла."),
            ("sr", "Отишли смо у шуму по печурке и увече је било тихо, а ујутру магла."),
            ("mk", "Отидовме во шумата по печурки и вечерта беше тивко, а утрото магла."),
            ("kk", "Біз орманға саңырауқұлақ теруге бардық, кешке тыныш болды."),
            ("mn", "Бид ойд мөөг түүхээр явсан бөгөөд орой нь чимээгүй байлаа."),
            ("tg", "Ҳаво имрӯз хунук аст ва мо ба хона меравем."),
            ("ar", "ذهبنا إلى الغابة في المساء وكان الجو هادئا جدا."),
            ("fa", "ما برای چیدن قارچ به جنگل رفتیم و شب آرام بود."),
            ("ur", "ہم شام کو جنگل میں گئے اور وہاں بہت خاموشی تھی۔"),
            ("ckb", "ئێمە ئێوارە چووینە دارستان و زۆر بێدەنگ بوو."),
        ] {
            assert_eq!(of(text), Some(tag), "{text}");
        }
    }

    #[test]
    fn a_letter_excludes_languages_that_do_not_write_it() {
        for text in [
            "Аҧсуа бызшәа аҧсуаа рмилаҭтә бызшәа ауп.", // Abkhaz
            "کۄشُر زَبانۍ چھِ کٔشیٖرِ مَنٛز بولنہٕ یِوان",        // Kashmiri
            "Дом на горе",
            "Сон",
        ] {
            assert_eq!(of(text), None, "{text}");
        }
    }

    #[test]
    fn a_name_in_other_letters_does_not_change_the_language() {
        let text = "Он приехал из города Київ и жил у нас до осени, а потом уехал на юг, \
                    но письма писал как и раньше, и это было для всех радостью.";
        assert_eq!(of(text), Some("ru"));
    }
}
