//! Whole documents: what is learned of one line helps the next, and harms none.
//!
//! `testdata/documents` holds intact ones, which are garbled here.

mod gold_support;

use gold_support::is_gold_with_gaps;
use std::fs;
use std::ops::Range;
use ungarble::{Answer, Chain};

fn document(name: &str) -> String {
    let path = format!("{}/testdata/documents/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).unwrap()
}

/// The document with the lines that `chain_of` names a chain for garbled by it.
fn garbled(text: &str, chain_of: impl Fn(usize) -> Option<&'static str>) -> String {
    let garble = |(number, line): (usize, &str)| match chain_of(number) {
        Some(chain) => chain.parse::<Chain>().unwrap().garble(line).unwrap() + "\n",
        None => line.to_owned() + "\n",
    };
    text.lines().enumerate().map(garble).collect()
}

/// Repairs a text, which must then stay as it is and be made again by the plan.
fn repaired(garbled: &str) -> Answer<'_> {
    let answer = ungarble::repair(garbled);
    assert_eq!(ungarble::repair(&answer.text).text, answer.text);
    assert_eq!(answer.plan.replay(garbled), answer.text);
    answer
}

fn place_of_line(text: &str, number: usize) -> Range<usize> {
    let start = text.split_inclusive('\n').take(number).map(str::len).sum();
    start..start + text[start..].lines().next().unwrap().len()
}

#[test]
fn a_document_comes_out_whole() {
    for (name, chain) in [
        ("fr", "UTF-8>windows-1252"),
        ("fr", "UTF-8>macintosh"),
        ("fr", "UTF-8>ISO-8859-15"),
        ("fr", "windows-1252>IBM850"),
        ("fr", "UTF-8>windows-1252 + UTF-8>windows-1252"),
        ("ru", "UTF-8>windows-1252"),
        ("ru", "UTF-8>windows-1251"),
        ("ru", "windows-1251>KOI8-R"),
        ("ru", "windows-1251>windows-1252"),
        ("ru", "x-mac-cyrillic>windows-1251"),
        ("zh", "UTF-8>windows-1252"),
        ("zh", "GBK>windows-1252"),
        ("zh", "GBK>KOI8-R"),
    ] {
        let text = document(name);
        let garbled = garbled(&text, |_| Some(chain));
        let answer = repaired(&garbled);
        assert_eq!(answer.text, text, "{name} {chain}");
        assert!(answer.confidence > 0.7, "{name} {chain} {}", answer.confidence);
    }
}

#[test]
fn one_garbled_line_is_all_that_changes() {
    for (name, chain) in [
        ("fr", "UTF-8>windows-1252"),
        ("ru", "UTF-8>IBM866"),
        ("ru", "KOI8-R>windows-1251"),
        ("zh", "UTF-8>windows-1252"),
        ("zh", "GBK>windows-1252"),
    ] {
        let text = document(name);
        for number in [1, 11, 23] {
            let garbled = garbled(&text, |at| (at == number).then_some(chain));
            let answer = repaired(&garbled);
            assert_eq!(answer.text, text, "{name} {chain} {number}");
            let line = place_of_line(&garbled, number);
            let in_line = |place: &Range<usize>| line.start <= place.start && place.end <= line.end;
            assert!(answer.edits.iter().all(|edit| in_line(&edit.source)), "{name} {chain}");
        }
    }
}

/// A line that names a charset may show what garbled text looks like, but not in a document
/// of which all else was garbled, too.
#[test]
fn a_garbled_document_may_name_charsets() {
    let text = document("fr") + "Windows-1252 (français)\n";
    let garbled = garbled(&text, |_| Some("windows-1252>IBM850"));
    assert_eq!(repaired(&garbled).text, text);
    assert_eq!(repaired("Windows-1252 (franþais)\n").text, "Windows-1252 (franþais)\n");
}

#[test]
fn every_other_line_comes_out_and_the_others_stay() {
    for (name, chain) in [
        ("fr", "windows-1252>IBM850"),
        ("fr", "UTF-8>windows-1252"),
        ("ru", "x-mac-cyrillic>windows-1251"),
        ("ru", "KOI8-R>windows-1251"),
        ("zh", "GBK>windows-1252"),
    ] {
        let text = document(name);
        for odd in [0, 1] {
            let every_other =
                |at: usize| at % 2 == odd && !text.lines().nth(at).unwrap().contains('«');
            let garbled = garbled(&text, |at| every_other(at).then_some(chain));
            assert_eq!(repaired(&garbled).text, text, "{name} {chain} {odd}");
        }
    }
}

/// Well-formed UTF-8 by the habit, but what it makes is rare: `Pi̱a`.
#[test]
fn a_second_source_is_not_read_by_the_habit_of_the_first() {
    let text = "Mañana iremos a la montaña.\nEl niño pidió más piña.\nAquí llovió todo el día.\n\
        Piña colada\nRepública de Maldivas\nCafé molido\nTé frío\n";
    let garbled =
        garbled(text, |at| Some(if at < 3 { "UTF-8>macintosh" } else { "UTF-8>windows-1252" }));
    assert_eq!(repaired(&garbled).text, text);
}

/// UTF-8 that was read in windows-1257 is well-formed in windows-1252, too, of which it is
/// taken to come at first; but then it is another text.
#[test]
fn a_habit_may_be_off_by_a_charset_that_is_alike() {
    let chain: Chain = "UTF-8>windows-1257".parse().unwrap();
    // It has no characters for some bytes.
    let is_whole = |line: &&str| chain.garble(line).is_some();
    let text: String =
        document("lt").lines().filter(is_whole).map(|line| line.to_owned() + "\n").collect();
    assert!(text.lines().count() >= 10);
    let garbled = garbled(&text, |_| Some("UTF-8>windows-1257"));
    assert_eq!(repaired(&garbled).text, text);
}

/// Lines of which the habit would make text that is a little better by the model.
#[test]
fn a_small_gain_is_none() {
    let text = document("fr") + "La note ¹ est juste.\nAxe Ü\nº 12\n";
    let lines = text.lines().count();
    let every_other = |at: usize| at.is_multiple_of(2) && at + 3 < lines;
    let garbled = garbled(&text, |at| every_other(at).then_some("windows-1252>IBM850"));
    assert_eq!(repaired(&garbled).text, text);
}

#[test]
fn stretches_of_several_sources_come_out_whole() {
    for (name, chains) in [
        ("fr", ["UTF-8>windows-1252", "UTF-8>IBM850", "UTF-8>macintosh"]),
        ("ru", ["UTF-8>windows-1251", "UTF-8>windows-1252", "KOI8-R>windows-1251"]),
        ("zh", ["UTF-8>windows-1252", "GBK>windows-1252", "UTF-8>IBM437"]),
    ] {
        let text = document(name);
        let garbled = garbled(&text, |at| Some(chains[at / 9]));
        assert_eq!(repaired(&garbled).text, text, "{name}");
    }
}

#[test]
fn a_line_longer_than_a_piece_comes_out_whole() {
    for (name, chain) in [("fr", "UTF-8>windows-1252"), ("zh", "GBK>windows-1252")] {
        let line = document(name).replace('\n', " ").repeat(8);
        let garbled = garbled(&line, |_| Some(chain));
        assert!(garbled.len() > 2 * 4096);
        assert_eq!(repaired(&garbled).text.trim_end(), line.trim_end(), "{name}");
    }
}

#[test]
fn a_long_line_is_cut_where_no_character_is() {
    let line = format!("{},", "在湖边放风筝天气非常".repeat(4)).repeat(400);
    let garbled = "UTF-8>GBK".parse::<Chain>().unwrap().garble(&line).unwrap();
    // The only blank stands at the beginning.
    assert_eq!(repaired(&format!("a\t{garbled}")).text, format!("a\t{line}"));
}

#[test]
fn what_is_shown_and_left_alone_proves_nothing() {
    let text = "Привет becomes РџСЂРёРІРµС‚\nПока becomes РџРѕРєР°\nРё\nРў 5\nР’ 3\n";
    assert_eq!(repaired(text).text, text);
}

#[test]
fn a_line_repaired_in_the_light_of_all_is_no_less_sure_for_it() {
    let polish = "Jutro pójdę z siostrą nad jezioro.\nŁódź czeka już od świtu.\n\
        Dzieci puszczały latawce, a pogoda była piękna.\nProszę zamknąć okno, bo wieje.\n\
        Wczoraj kupiłem świeże bułki i mleko.\nW ogródku rosną róże i żonkile.\n";
    let text = format!("{}tę\n", polish.repeat(4));
    let garbled = garbled(&text, |_| Some("windows-1250>windows-1252"));
    let answer = repaired(&garbled);
    assert_eq!(answer.text, text);
    assert!(answer.confidence > 0.7, "{}", answer.confidence);
}

/// Where one line of many is normalized, the lines around it are as they would be alone.
#[test]
fn what_a_later_stage_changes_is_looked_at_again() {
    let text = document("fr");
    let garbled = garbled(&text, |at| (at % 8 == 3).then_some("UTF-8>windows-1252"));
    let decomposed = garbled.replace("é ", "e\u{301} ").replace("à ", "a\u{300} ");
    assert_ne!(decomposed, garbled);
    let answer = ungarble::clean(&decomposed);
    assert_eq!(answer.text, ungarble::clean(&text).text);
    assert_eq!(ungarble::clean(&answer.text).text, answer.text);
}

/// Lines of which bytes were lost: once many were repaired by one misreading, it alone is
/// tried.
#[test]
fn lost_bytes_of_a_whole_document_are_marked_or_inferred() {
    let text = document("zh");
    let read = |line: &str| {
        let (garbled, _) = encoding_rs::GBK.decode_without_bom_handling(line.as_bytes());
        garbled.into_owned() + "\n"
    };
    let garbled: String = text.lines().map(read).collect();
    assert!(garbled.matches('\u{FFFD}').count() > 20);
    let answer = repaired(&garbled);
    let pairs = answer.text.lines().zip(text.lines());
    let right = pairs.filter(|(line, gold)| is_gold_with_gaps(line, gold)).count();
    assert!(right >= 22, "{right} of 25:\n{}", answer.text);
}
