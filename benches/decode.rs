//! How fast bytes become text, beside chardetng with encoding_rs on the same bytes.
//!
//!     cargo bench --bench decode

use std::hint::black_box;
use std::time::{Duration, Instant};
use ungarble::charset::Charset;
use ungarble::decode::decode;

/// The best of several runs, each long enough for the clock.
fn time(mut run: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..7 {
        let (start, mut runs) = (Instant::now(), 0);
        while runs == 0 || start.elapsed() < Duration::from_millis(80) {
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
    let ours = time(|| {
        black_box(decode(black_box(bytes)));
    });
    let theirs = time(|| {
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

fn main() {
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
