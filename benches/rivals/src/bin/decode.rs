//! Decoding beside other crates, in one run, and what it adds to a program.
//!
//! `cargo build --release` builds all, then `cargo run --release --bin decode`, both with
//! `--manifest-path benches/rivals/Cargo.toml`. Plain timing, the best of several runs; the text of every
//! answer is decoded to UTF-8 by encoding_rs for crates that only detect. Right means that the text is the
//! one that was encoded.

use std::hint::black_box;
use std::time::Instant;
use ungarble::charset::Charset;

/// Charset and sentence a line, written for the tests.
const SENTENCES: &str = include_str!("../../../../testdata/decode/sentences.tsv");

type Rival = (&'static str, fn(&[u8]) -> String);

const RIVALS: [Rival; 4] = [
    ("ungarble", |bytes| ungarble::decode(bytes).text.into_owned()),
    ("chardetng", |bytes| {
        let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
        detector.feed(bytes, true);
        let found = detector.guess(None, chardetng::Utf8Detection::Allow);
        found.decode_without_bom_handling(bytes).0.into_owned()
    }),
    ("chardet-rs", |bytes| by_name(bytes, chardet::detect(bytes).encoding.as_deref())),
    ("charset-normalizer-rs", |bytes| {
        let found = charset_normalizer_rs::from_bytes(&bytes.to_vec(), None);
        let best = found.as_ref().ok().and_then(|found| found.get_best());
        best.and_then(|best| best.decoded_payload()).unwrap_or_default().to_owned()
    }),
];

/// The text in the charset of that name; none where encoding_rs does not have it.
fn by_name(bytes: &[u8], name: Option<&str>) -> String {
    let charset = name.and_then(Charset::for_label);
    let mut text = String::new();
    if let Some(charset) = charset {
        charset.decode_lossy(bytes, &mut text);
    }
    text
}

/// Seconds of the best of several runs.
fn time(mut run: impl FnMut()) -> f64 {
    let mut best = f64::MAX;
    let begun = Instant::now();
    while best == f64::MAX || begun.elapsed().as_millis() < 300 {
        let start = Instant::now();
        run();
        best = best.min(start.elapsed().as_secs_f64());
    }
    best
}

fn main() {
    let sentences: Vec<(&str, Vec<u8>, &str)> = SENTENCES
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .filter_map(|(name, text)| {
            let mut bytes = Vec::new();
            Charset::for_name(name)?.encode(text, &mut bytes).ok()?;
            Some((name, bytes, text))
        })
        .collect();
    for (who, decode) in RIVALS {
        let right = sentences.iter().filter(|(_, bytes, text)| decode(bytes) == *text).count();
        let short = time(|| {
            for (_, bytes, _) in &sentences {
                black_box(decode(black_box(&bytes[..bytes.len().min(50)])));
            }
        });
        let micros = short * 1e6 / sentences.len() as f64;
        let of = sentences.len();
        println!("{who:22} {right:3} of {of} sentences right, {micros:8.1} µs for 50 bytes");
    }
    for name in ["windows-1252", "windows-1251", "GBK", "Shift_JIS", "UTF-8"] {
        let Some((_, bytes, text)) = sentences.iter().find(|(of, ..)| *of == name) else { continue };
        let line = [bytes.as_slice(), b"\n"].concat();
        let file = line.repeat((1 << 20) / line.len());
        let meant = format!("{text}\n").repeat((1 << 20) / line.len());
        for (who, decode) in RIVALS {
            let right = if decode(&file) == meant { "right" } else { "wrong" };
            let seconds = time(|| {
                black_box(decode(black_box(&file)));
            });
            let speed = file.len() as f64 / seconds / 1e6;
            println!("{name:14} 1 MiB {who:22} {speed:8.1} MB/s, {right}");
        }
    }
    let size = |name: &str| {
        let path = std::env::current_exe().ok()?.with_file_name(name);
        Some(path.metadata().ok()?.len())
    };
    if let (Some(with), Some(without)) = (size("with_decode"), size("without_decode")) {
        let added = (with - without) / 1024;
        println!("decoding adds {added} KiB to a stripped program ({with} bytes, {without} without)");
    }
}
