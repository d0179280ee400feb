//! How fast text is repaired: intact text of many languages, ASCII, and garbled text,
//! beside plsfix on the same text.
//!
//!     cargo run --release --manifest-path benches/repair/Cargo.toml
//!
//! The text comes from the folder that `UNGARBLE_CORPUS` names (default
//! `../shared/corpus`), one UTF-8 file a language, `TAG.txt`; where there is none, it
//! is a sentence of each language over and over.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use ungarble::Misreading;
use ungarble::charset::Charset;

/// Bytes of each text, intact or garbled.
const SIZE: usize = 256 << 10;

const SENTENCES: [(&str, &str); 14] = [
    ("en", "The children were flying kites by the lake, and the weather was fine."),
    ("de", "Die Kinder ließen am See Drachen steigen, während die Älteren Kaffee tranken."),
    ("fr", "Où sont passés les élèves ? À la fête, où l’on dîne très tôt cet été."),
    ("es", "Mañana subiremos a la montaña con los niños, si no llueve después."),
    ("pl", "Dzieci puszczały latawce nad jeziorem, a pogoda była piękna aż do wieczora."),
    ("tr", "Çocuklar gölün kıyısında uçurtma uçuruyordu, hava da çok güzeldi."),
    ("vi", "Bọn trẻ thả diều bên bờ hồ, và thời tiết hôm ấy rất đẹp."),
    ("ru", "Мы пошли в лес за грибами, но дождь застал нас на полпути к дому."),
    ("el", "Τα παιδιά πετούσαν χαρταετό δίπλα στη λίμνη και ο καιρός ήταν καλός."),
    ("ar", "كان الأطفال يلعبون بالطائرات الورقية قرب البحيرة وكان الجو جميلا."),
    ("zh-Hans", "我们昨天去了公园，看见许多孩子在湖边放风筝，天气非常好。"),
    ("zh-Hant", "我們昨天去了公園，看見許多孩子在湖邊放風箏，天氣非常好。"),
    ("ja", "昨日は公園へ行って、湖のそばで凧を揚げる子供たちを見ました。"),
    ("ko", "우리는 어제 공원에 가서 호숫가에서 연을 날리는 아이들을 보았습니다."),
];

/// Lines from the middle of a language's file on, or its sentence, as they are made.
fn text(folder: &Path, tag: &str, make: impl Fn(&str) -> Option<String>) -> String {
    let all = std::fs::read_to_string(folder.join(format!("{tag}.txt"))).unwrap_or_default();
    let sentence = SENTENCES.iter().find(|(of, _)| *of == tag).map_or("", |(_, s)| s);
    let lines: Vec<&str> = all.lines().collect();
    let lines = if lines.is_empty() { vec![sentence] } else { lines };
    let mut text = String::new();
    let lines = lines.iter().cycle().skip(lines.len() / 2).take(ENOUGH);
    for line in lines.filter_map(|line| make(line)) {
        text.push_str(&line);
        text.push('\n');
        if text.len() >= SIZE {
            break;
        }
    }
    text
}

/// Lines after which no more are looked for.
const ENOUGH: usize = 1 << 20;

/// The best run of each, in turns of some runs, for what else runs on a machine changes all
/// others.
fn times<const N: usize>(mut runs: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut best = [Duration::MAX; N];
    for _ in 0..TURNS {
        for (run, best) in runs.iter_mut().zip(&mut best) {
            let begin = Instant::now();
            while begin.elapsed() < TURN {
                let start = Instant::now();
                run();
                *best = start.elapsed().min(*best);
            }
        }
    }
    best
}

/// How often each measure has its turn, and for how long.
const TURNS: usize = 4;
const TURN: Duration = Duration::from_millis(300);

fn row(name: &str, text: &str) {
    let is_suspect = |line: &&str| ungarble::suspect::is_suspect(line, 0);
    let [ours, filter, theirs] = times([
        &mut || {
            black_box(ungarble::repair(black_box(text)));
        },
        &mut || {
            black_box(text.lines().filter(is_suspect).count());
        },
        // plsfix looks at a text as a whole; it is meant to be given a line.
        &mut || {
            for line in text.lines() {
                black_box(plsfix::fix_text(black_box(line), None));
            }
        },
    ]);
    let [ours, filter, theirs] =
        [ours, filter, theirs].map(|time| text.len() as f64 / time.as_secs_f64() / 1e6);
    let (flagged, lines) = (text.lines().filter(is_suspect).count(), text.lines().count());
    println!(
        "{name:24} ungarble {ours:>8.1} MB/s   its filter {filter:>8.1} MB/s, {flagged:>5} of {lines:>5} lines   plsfix {theirs:>7.1} MB/s",
    );
}

/// Lines of a language, written in one charset and read in another; those of which that
/// loses bytes are left out, or are all that is taken.
fn garbled(folder: &Path, tag: &str, chain: &str, lossy: bool) {
    let [written, read] = chain.split('>').collect::<Vec<_>>()[..] else { return };
    let [Some(written), Some(read)] = [written, read].map(Charset::for_label) else { return };
    let misreading = Misreading { written, read };
    let garble = |line: &str| match (misreading.garble(line), lossy) {
        (Some(whole), false) => Some(whole),
        (None, true) => {
            let (mut bytes, mut damaged) = (Vec::new(), String::new());
            misreading.written.encode(line, &mut bytes).ok()?;
            misreading.read.decode_lossy(&bytes, &mut damaged);
            Some(damaged)
        }
        _ => None,
    };
    let lost = if lossy { ", lost" } else { "" };
    row(&format!("{tag} {chain}{lost}"), &text(folder, tag, garble));
}

fn main() {
    let folder = std::env::var("UNGARBLE_CORPUS").unwrap_or("../shared/corpus".to_owned());
    let folder = Path::new(&folder);
    let mut mixed = String::new();
    for (tag, _) in SENTENCES {
        let text = text(folder, tag, |line| Some(line.to_owned()));
        row(&format!("intact {tag}"), &text);
        mixed.push_str(&text);
    }
    row("intact, all", &mixed);
    let ascii: String = mixed.chars().filter(char::is_ascii).collect();
    row("ASCII", &ascii);
    for (tag, chain, lossy) in [
        ("fr", "UTF-8>windows-1252", false),
        ("ru", "UTF-8>windows-1252", false),
        ("zh-Hans", "UTF-8>GBK", false),
        ("zh-Hans", "UTF-8>GBK", true),
        ("zh-Hans", "GBK>windows-1252", false),
    ] {
        garbled(folder, tag, chain, lossy);
    }
}
