//! Work that grows no faster than the text: inputs with which it once did.

use std::hint::black_box;
use std::io::Read;
use std::time::{Duration, Instant};
use ungarble::Chain;
use ungarble::decode::Decoder;
use ungarble::normalize::{Normalization, Switch};

/// The least time of some runs: what else the machine does can only add to it.
fn spent(mut work: impl FnMut()) -> Duration {
    let run = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    (0..5).map(run).min().unwrap_or_default()
}

fn undoing(chain: &str, text: &str) -> Duration {
    let chain: Chain = chain.parse().unwrap();
    spent(|| drop(black_box(chain.undo(text))))
}

#[test]
fn shifts_without_an_end_are_read_once() {
    let text = |bytes: usize| "$B".repeat(bytes / 2) + "é";
    let chain = "ISO-2022-JP>windows-1252 via no-escape";
    let (short, long) = (undoing(chain, &text(2 << 10)), undoing(chain, &text(32 << 10)));
    assert!(long < 64 * short, "16 times the text: {short:?} and {long:?}");
}

#[test]
fn dots_in_too_many_places_are_not_tried() {
    let dotted = |letter: &str| "\u{FFFD}".to_owned() + letter;
    let text = |letter: &str| "あ".to_owned() + &dotted(letter).repeat(20_000);
    let chain = "UTF-8>Shift_JIS via dots";
    let (none, many) = (undoing(chain, &text("F")), undoing(chain, &text("E")));
    assert!(many < 4 * none, "{none:?} and {many:?}");
}

#[test]
fn what_is_no_ruby_is_not_searched_for_its_end() {
    let steps = Normalization::none().with(Switch::Ruby);
    let applying = |text: &str| spent(|| drop(black_box(steps.apply(text))));
    let (closed, open) = (applying(&"<>".repeat(100_000)), applying(&"<".repeat(100_000)));
    assert!(open < 8 * closed, "{closed:?} and {open:?}");
}

#[test]
fn a_reader_does_the_same_for_single_bytes() {
    let bytes = b"Ein gr\xFCner Hut, drei wei\xDFe Ber\xFCcken.\n".repeat(5000);
    let reading = |size: usize| {
        let mut piece = vec![0; size];
        spent(|| {
            let mut reader = Decoder::new().reader(&*bytes);
            while reader.read(&mut piece).unwrap() > 0 {}
        })
    };
    let (large, single) = (reading(4096), reading(1));
    assert!(single < 12 * large, "{large:?} and {single:?}");
}
