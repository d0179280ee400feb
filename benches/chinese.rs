//! What Chinese conversion costs: the time to start and the heap that a configuration
//! keeps, gigabytes a second by configuration and language, and the time per edit.
//!
//! `cargo bench --features chinese-all --bench chinese`. Plain timing, the best of
//! several runs. `UNGARBLE_CORPUS` may name a folder with `zh-Hans.txt`,
//! `zh-Hant.txt` and so on, whose text is then used; our own sentences, repeated, stay
//! in the caches and flatter. The other crates are in `benches/rivals`.

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};
use ungarble::chinese::simplify_where_needed;
use ungarble::chinese::{Config, convert, convert_with_edits, readings, script};

/// Bytes on the heap.
static HEAP: AtomicUsize = AtomicUsize::new(0);

/// The system's allocator, counted.
struct Counted;

// SAFETY: every call goes to the system's allocator as it came; counting allocates nothing.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        HEAP.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        HEAP.fetch_add(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        HEAP.fetch_add(size.wrapping_sub(layout.size()), Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.realloc(memory, layout, size) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        HEAP.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counted = Counted;

/// Bytes of text for each measurement.
const SIZE: usize = 4 << 20;

const SENTENCES: [(&str, &str); 5] = [
    ("zh-Hans", "渡轮早上六点离开港口，船上有四十辆自行车和一架钢琴。“风从东边来。”船长说。\n"),
    ("zh-Hant", "渡輪早上六點離開港口，船上有四十輛自行車和一架鋼琴。「風從東邊來。」船長說。\n"),
    ("ja", "フェリーは朝六時に港を出て、四十台の自転車とピアノを一台のせていた。\n"),
    ("ko", "여객선은 아침 여섯 시에 항구를 떠났고 배에는 자전거 마흔 대가 실려 있었다.\n"),
    ("en", "The ferry left the harbour at six, with forty bicycles and one piano on board.\n"),
];

fn text(name: &str, sentence: &str) -> String {
    let file = std::env::var("UNGARBLE_CORPUS")
        .ok()
        .and_then(|folder| std::fs::read_to_string(format!("{folder}/{name}.txt")).ok());
    let mut text = file.unwrap_or_else(|| sentence.repeat(SIZE / sentence.len()));
    let end = (0..=SIZE.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
    text.truncate(end.unwrap_or_default());
    text
}

fn best(mut run: impl FnMut()) -> Duration {
    let times = (0..15).map(|_| {
        let start = Instant::now();
        run();
        start.elapsed()
    });
    times.min().unwrap_or_default()
}

fn show(what: &str, on: &str, bytes: usize, run: impl FnMut()) {
    let speed = bytes as f64 / best(run).as_secs_f64() / 1e9;
    println!("{what:24} {on:8} {speed:8.3} GB/s");
}

/// What it costs to use something for the first time.
fn first_use(what: &str, run: impl FnOnce()) {
    let (heap, start) = (HEAP.load(Ordering::Relaxed), Instant::now());
    run();
    let time = start.elapsed().as_secs_f64() * 1e6;
    let kept = HEAP.load(Ordering::Relaxed) - heap;
    println!("{what:24} first call {time:8.1} µs, then {kept:7} bytes of heap");
}

fn main() {
    for config in Config::ALL {
        first_use(config.name(), || {
            black_box(convert(*config, black_box("漢")));
        });
    }
    first_use("script", || {
        black_box(script(black_box("漢")));
    });
    first_use("readings", || {
        black_box(readings(black_box('漢')).count());
    });
    for (name, sentence) in SENTENCES {
        let text = text(name, sentence);
        let simplified_source = name == "zh-Hans";
        for config in Config::ALL {
            if config.name().starts_with('s') && *config != Config::SmartT2s && !simplified_source
                || !config.name().starts_with('s') && simplified_source && *config != Config::T2s
            {
                continue;
            }
            show(config.name(), name, text.len(), || {
                black_box(convert(*config, black_box(&text)));
            });
        }
        show("t2s, with edits", name, text.len(), || {
            black_box(convert_with_edits(Config::T2s, black_box(&text)));
        });
        show("simplify_where_needed", name, text.len(), || {
            black_box(simplify_where_needed(black_box(&text)));
        });
        show("script", name, text.len(), || {
            black_box(script(black_box(&text)));
        });
    }
}
