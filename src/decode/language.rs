//! The language of a text, by script, by letters that only one language has, and by small words.
//!
//! In: a decoded text. Out: a BCP 47 tag, or nothing where the signs are few or contradict each other.

use crate::model::latin::is_letter_beyond_ascii;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Characters looked at.
const LOOKED_AT: usize = 4096;

/// Small words of languages in Latin letters: frequent ones that few other languages share.
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
];

/// Letters that decide between languages of one script.
const LETTERS: &[(&str, &str)] = &[
    ("uk", "їєґЇЄҐ"),
    ("be", "ўЎ"),
    ("sr", "ђћЂЋ"),
    ("mk", "ѓќѕЃЌЅ"),
    ("kk", "әғқңөұүһӘҒҚҢ"),
    ("ru", "ыэёЫЭЁ"),
    ("fa", "پچژگی"),
];

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
    if cyrillic > latin || arabic > latin {
        let of_letters = |letters: &str| text.chars().filter(|&c| letters.contains(c)).count();
        let best = LETTERS.iter().map(|&(tag, letters)| (of_letters(letters), tag)).max()?;
        return match best {
            (1.., tag) => Some(tag),
            _ if arabic > cyrillic => Some("ar"),
            // Bulgarian has ъ as a vowel and none of the letters of its neighbours.
            _ => (of_letters("ъЪ") > 0).then_some("bg"),
        };
    }
    by_words(text)
}

/// The language whose small words are the most, by a clear lead.
fn by_words(text: &str) -> Option<&'static str> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    most(words)
}

/// The same by words of ASCII alone: what charsets that have ASCII read alike.
pub(super) fn by_ascii_words(text: &str) -> Option<&'static str> {
    let words = text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic());
    most(words.filter(|word| !word.is_empty() && word.is_ascii()))
}

fn most<'t>(words: impl Iterator<Item = &'t str>) -> Option<&'static str> {
    /// The longest small word, in bytes.
    const LONGEST: usize = 10;
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
    let mut hits = [0_u32; WORDS.len()];
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
    let (best, &first) = hits.iter().enumerate().max_by_key(|&(_, &n)| n)?;
    let alone = hits.iter().filter(|&&n| n == first).count() == 1;
    WORDS.get(best).filter(|_| first >= 2 && alone).map(|&(tag, _)| tag)
}

#[cfg(test)]
mod tests {
    #[test]
    fn sentences_tell_their_language() {
        for (tag, text) in [
            ("de", "Die Bäckerei öffnet täglich um fünf Uhr, und das ist nicht spät."),
            ("fr", "Les élèves sont dans la cour avec une maîtresse qui chante."),
            ("ru", "Мы пошли в лес за грибами, и вечером было тихо, а утром туман."),
            ("uk", "Їжак поніс грушу через ліс."),
            ("ja", "昨日は公園へ行って、凧を揚げました。"),
            ("zh", "我们昨天去了公园，看见许多孩子。"),
            ("ko", "어제는 공원에 가서 연을 날렸습니다."),
            ("el", "Το πρωί πίνουμε καφέ στην αυλή."),
            ("pl", "To jest dom, który nie stoi na górze, że aż się dziwię."),
        ] {
            assert_eq!(super::of(text), Some(tag), "{text}");
        }
        assert_eq!(super::of("Xyzzy 123"), None);
        assert_eq!(super::of(""), None);
    }
}
