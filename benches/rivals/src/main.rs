//! Chinese conversion beside other crates, in one run.
//!
//! `cargo run --release --manifest-path benches/rivals/Cargo.toml -- FOLDER`, where
//! FOLDER has `zh-Hant.txt` and `zh-Hans.txt`. With `--features opencc`, OpenCC's own
//! library too; `OPENCC_CONFIG_DIR` names the folder of its configurations. Plain
//! timing, the best of several runs, on one core (`taskset -c 0`): some of the others
//! use threads.

use std::hint::black_box;
use std::time::Instant;
use ungarble::chinese::{Config, convert};

fn main() {
    let folder = std::env::args().nth(1).unwrap_or_else(|| ".".to_owned());
    let read = |name: &str| std::fs::read_to_string(format!("{folder}/{name}.txt")).unwrap();
    for (config, name) in [(Config::T2s, "zh-Hant"), (Config::S2t, "zh-Hans")] {
        let text = read(name);
        let ours = convert(config, &text).into_owned();
        let show = |who: &str, run: &dyn Fn(&str) -> String| {
            let same = lines_alike(&run(&text), &ours);
            let seconds = (0..7).map(|_| {
                let start = Instant::now();
                black_box(run(black_box(&text)));
                start.elapsed().as_secs_f64()
            });
            let speed = text.len() as f64 / seconds.fold(f64::MAX, f64::min) / 1e6;
            println!("{config} {who:18} {speed:8.1} MB/s, {same:.3} % of lines as ungarble");
        };
        show("ungarble", &|text| convert(config, text).into_owned());
        #[cfg(feature = "opencc")]
        {
            let folder = std::env::var_os("OPENCC_CONFIG_DIR").map(std::path::PathBuf::from);
            let library = ungarble::chinese::Converter::with_opencc(config, folder.as_deref());
            let library = library.unwrap();
            show("opencc-rust (C++)", &|text| library.convert(text).unwrap().into_owned());
        }
        let builtin = match config {
            Config::T2s => ferrous_opencc::config::BuiltinConfig::T2s,
            _ => ferrous_opencc::config::BuiltinConfig::S2t,
        };
        let ferrous = ferrous_opencc::OpenCC::from_config(builtin).unwrap();
        show("ferrous-opencc", &|text| ferrous.convert(text));
        show("hanconv", &|text| match config {
            Config::T2s => hanconv::t2s(text),
            _ => hanconv::s2t(text),
        });
        let mut fmmseg = opencc_fmmseg::OpenCC::new();
        fmmseg.set_parallel(false);
        show("opencc-fmmseg", &|text| fmmseg.convert(text, config.name(), false));
    }
}

/// Share of lines that are alike, in percent.
fn lines_alike(one: &str, other: &str) -> f64 {
    let alike = one.lines().zip(other.lines()).filter(|(one, other)| one == other).count();
    alike as f64 * 100.0 / one.lines().count().max(1) as f64
}
