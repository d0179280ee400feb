//! How the work grows with the text: instructions for eighteen inputs that would make a
//! careless program take more than linear time, at 1, 2, 4, 8 and 16 times a size.
//!
//!     cargo bench --bench growth [-- [--time] KILOBYTES [INPUT]]
//!
//! KILOBYTES is the smallest size, 1024 unless told; INPUT the beginning of one name. What
//! is measured is the whole of `clean` with the steps of `corpus`. Instructions are
//! counted by `valgrind --tool=cachegrind --cache-sim=no` on this very program, which
//! takes fifty times as long; with `--time`, or where there is no valgrind, it is the
//! time that the processor spent on it, which what else runs hardly changes. The last
//! column is the largest ratio of one increase to the one before it, which what is done
//! once for any text has no part in: 2 is linear, 4 is quadratic.

use std::hint::black_box;
use std::process::Command;
use std::time::Instant;
use ungarble::Options;
use ungarble::normalize::Normalization;

/// Name, what comes first, and what is repeated.
const INPUTS: [(&str, &str, &str); 18] = [
    ("combining marks", "a", "\u{315}\u{301}\u{327}\u{334}"),
    ("nested references", "&", "amp;"),
    ("unfinished escapes", "", "\u{1B}]0;\u{1B}[1;"),
    ("one line of prose", "", "Der Wind kam von Osten, und süß roch das Heu. "),
    ("one garbled line", "", "Der Wind kam von Osten, und sÃ¼ÃŸ roch das Heu. "),
    ("every second line", "", "Süß roch das Heu.\nSÃ¼ÃŸ roch das Heu.\n"),
    ("capitals after marks", "", "Ã¤Ãa"),
    ("rare Han", "", "\u{20021}\u{2A6A5}\u{3400}\u{9FA5}\u{2B740}"),
    ("replacement characters", "", "\u{FFFD}"),
    ("question marks", "", "?Ã"),
    ("pinyin everywhere", "", "聯(lián)合國(guó)"),
    ("percent escapes", "", "%C3%A4%E4"),
    ("low bytes", "", "\u{10}\u{19}\u{13}\u{15}\u{11}\u{18}\u{12}"),
    ("shifts without an end", "é", "$B"),
    ("dots in place of bytes", "あ", "\u{FFFD}E"),
    ("several byte strings", "", "€佹€"),
    ("unfinished tags", "é", "<"),
    ("compatibility Han", "\u{F91C}", "乾"),
];

fn text(head: &str, unit: &str, bytes: usize) -> String {
    head.to_owned() + &unit.repeat(bytes / unit.len())
}

/// Cleans one input once: what is counted.
fn one(name: &str, bytes: usize) {
    let (_, head, unit) = INPUTS.iter().find(|input| input.0 == name).expect("an input");
    let text = text(head, unit, bytes);
    let options = Options::clean().normalization(Normalization::corpus());
    black_box(options.text(black_box(&text)));
}

/// Instructions of a run of this program, in millions, if they can be counted.
fn instructions(name: &str, bytes: usize) -> Option<f64> {
    let run = Command::new("valgrind")
        .args(["--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"])
        .arg(std::env::current_exe().ok()?)
        .args(["--one", name, &bytes.to_string()])
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    // `==123== I refs: 1,234,567`, with more blanks in older versions.
    let (_, count) = said.split_once("refs:")?;
    let digits: String = count.lines().next()?.chars().filter(char::is_ascii_digit).collect();
    Some(digits.parse::<f64>().ok()? / 1e6)
}

/// Time that the processor spent on this thread, where the system (Linux) tells.
fn spent() -> Option<f64> {
    let nanoseconds = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(nanoseconds.split(' ').next()?.parse::<f64>().ok()? / 1e6)
}

fn milliseconds(name: &str, bytes: usize) -> f64 {
    let (start, before) = (Instant::now(), spent());
    one(name, bytes);
    match (before, spent()) {
        (Some(before), Some(after)) => after - before,
        _ => start.elapsed().as_secs_f64() * 1e3,
    }
}

fn main() {
    let flags = ["--bench", "--time"];
    let (told, args): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|arg| flags.contains(&arg.as_str()));
    if let [flag, name, bytes, ..] = args.as_slice()
        && flag == "--one"
    {
        return one(name, bytes.parse().expect("bytes"));
    }
    // `cargo test --benches` runs this too, without the flag: one small round is enough.
    let testing = !told.iter().any(|flag| flag == "--bench");
    let size = args.first().and_then(|size| size.parse().ok()).unwrap_or(1024);
    let size = if testing { 256 } else { size << 10 };
    let only = args.get(1).map_or("", String::as_str);
    let timed = testing || told.iter().any(|flag| flag == "--time");
    let counted = !timed && instructions(INPUTS[0].0, 1).is_some();
    let cost = |name, bytes| {
        let count = if counted { instructions(name, bytes) } else { None };
        count.unwrap_or_else(|| milliseconds(name, bytes))
    };
    let what = if counted { "million instructions" } else { "milliseconds" };
    println!("{what} at 1, 2, 4, 8, 16 times {size} bytes, and the largest ratio");
    for (name, ..) in INPUTS.iter().filter(|input| input.0.starts_with(only)) {
        let costs = [1, 2, 4, 8, 16].map(|times| cost(name, times * size));
        let increases: Vec<f64> = costs.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let ratios = increases.windows(2).map(|pair| pair[1] / pair[0]);
        let ratio = ratios.fold(0.0, f64::max);
        println!("{name:<24} {costs:>9.1?} × {ratio:.2}");
    }
}
