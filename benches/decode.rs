//! How fast bytes become text, beside chardetng with encoding_rs on the same bytes.
//!
//!     cargo bench --bench decode            # all
//!     cargo bench --bench decode -- short   # 50 bytes alone

use std::hint::black_box;
use std::time::{Duration, Instant};
use ungarble::charset::Charset;
use ungarble::decode::decode;

/// The best of many runs, so that what else the machine does matters little; each run is repeated until the
/// clock can tell.
fn time(milliseconds: u64, mut run: impl FnMut()) -> Duration {
    let begun = Instant::now();
    let mut best = Duration::MAX;
    while best == Duration::MAX || begun.elapsed() < Duration::from_millis(milliseconds) {
        let (start, mut runs) = (Instant::now(), 0);
        while runs == 0 || start.elapsed() < Duration::from_micros(200) {
            run();
            runs += 1;
        }
        best = best.min(start.elapsed() / runs);
    }
    best
}

fn theirs(bytes: &[u8]) -> usize {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Allow);
    encoding.decode(bytes).0.len()
}

fn row(name: &str, bytes: &[u8]) {
    let ours = time(500, || {
        black_box(decode(black_box(bytes)));
    });
    let theirs = time(500, || {
        black_box(theirs(black_box(bytes)));
    });
    let rate = |time: Duration| bytes.len() as f64 / time.as_secs_f64() / 1e6;
    println!(
        "{name:34} {:>9} bytes  ungarble {:>10.1} µs {:>8.1} MB/s   chardetng {:>10.1} µs {:>8.1} MB/s",
        bytes.len(),
        ours.as_secs_f64() * 1e6,
        rate(ours),
        theirs.as_secs_f64() * 1e6,
        rate(theirs),
    );
}

/// Fifty bytes of each sentence of the tests: the mean over all charsets, and the slowest.
fn short() {
    let table = include_str!("../testdata/decode/sentences.tsv");
    let rows = table.lines().filter_map(|line| line.split_once('\t'));
    let mut times: Vec<_> = rows
        .filter_map(|(name, text)| {
            let charset = Charset::for_name(name)?;
            let mut bytes = Vec::new();
            charset.encode(text, &mut bytes).ok()?;
            bytes.truncate(50);
            let ours = time(40, || {
                black_box(decode(black_box(&bytes)));
            });
            let theirs = time(40, || {
                black_box(theirs(black_box(&bytes)));
            });
            Some((ours.as_secs_f64() * 1e6, theirs.as_secs_f64() * 1e6, name))
        })
        .collect();
    times.sort_by(|a, b| a.0.total_cmp(&b.0));
    let count = times.len() as f64;
    let mean = |of: fn(&(f64, f64, &str)) -> f64| times.iter().map(of).sum::<f64>() / count;
    let at = |part: usize| times.get(times.len() * part / 100).map_or(0.0, |t| t.0);
    let slowest = times.iter().rev().take(3).map(|t| format!("{} {:.1}", t.2, t.0));
    println!(
        "50 bytes, {count} sentences: ungarble mean {:.1} µs, median {:.1}, 90 % within {:.1}, slowest {}; chardetng mean {:.1} µs",
        mean(|t| t.0),
        at(50),
        at(90),
        slowest.collect::<Vec<_>>().join(", "),
        mean(|t| t.1),
    );
}

fn main() {
    // The tables are built at first use.
    black_box(decode(b"\xE4\xB8 \xD6\xD0 \xE9t\xE9"));
    short();
    if std::env::args().any(|arg| arg == "short") {
        return;
    }
    let texts = [
        (
            Charset::WINDOWS_1252,
            "Où sont passés les élèves ? À la fête, où l’on dîne très tôt cet été.\n",
        ),
        (
            Charset::WINDOWS_1251,
            "Мы пошли в лес за грибами, но дождь застал нас на полпути к дому.\n",
        ),
        (Charset::IBM852, "Příliš žluťoučký kůň úpěl ďábelské ódy na břehu řeky.\n"),
        (Charset::GBK, "我们昨天去了公园，看见许多孩子在湖边放风筝，天气非常好。\n"),
        (Charset::SHIFT_JIS, "昨日は公園へ行って、湖のそばで凧を揚げる子供たちを見ました。\n"),
        (Charset::UTF_8, "我们昨天去了公园，看见许多孩子在湖边放风筝，天气非常好。\n"),
        (Charset::UTF_8, "Мы пошли в лес за грибами, но дождь застал нас на полпути к дому.\n"),
        (Charset::UTF_8, "The children were flying kites by the lake, and the weather was fine.\n"),
        (Charset::UTF_16LE, "我们昨天去了公园，看见许多孩子在湖边放风筝，天气非常好。\n"),
    ];
    for (charset, text) in texts {
        for size in [50, 1000, 2 << 20] {
            let mut bytes = Vec::new();
            let repeated = text.repeat(size / text.len() + 2);
            if charset.encode(&repeated, &mut bytes).is_err() {
                continue;
            }
            bytes.truncate(size);
            row(&format!("{charset} {}", if size < 100 { "short" } else { "" }), &bytes);
        }
    }
}
