//! Replays the seeds and all that fuzzing ever found, without a fuzzer.

#[path = "../fuzz/src/lib.rs"]
mod properties;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// The files under `fuzz/KIND/TARGET`, in the order of their names.
fn files(kind: &str, target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(kind).join(target);
    // Not in every target something was found.
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn replay(kind: &str) -> usize {
    let mut broken = Vec::new();
    let mut count = 0;
    for (target, _) in properties::PROPERTIES {
        for file in files(kind, target) {
            let bytes = std::fs::read(&file).unwrap();
            count += 1;
            if catch_unwind(AssertUnwindSafe(|| properties::run(target, &bytes))).is_err() {
                broken.push(file);
            }
        }
    }
    assert!(broken.is_empty(), "{kind} that break their property: {broken:#?}");
    count
}

#[test]
fn seeds_hold() {
    let count = replay("seeds");
    assert!(count >= 260, "seeds are gone: {count} are left");
}

#[test]
fn regressions_hold() {
    let count = replay("regressions");
    assert!(count >= 16, "regressions are gone: {count} are left");
}

/// A target without its property, or a property without its target, runs nothing.
#[test]
fn every_target_has_its_property() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/fuzz_targets");
    let mut targets: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    targets.sort();
    let mut named: Vec<&str> = properties::PROPERTIES.iter().map(|(name, _)| *name).collect();
    named.sort_unstable();
    assert_eq!(targets, named);
    let manifest = include_str!("../fuzz/Cargo.toml");
    let nightly = include_str!("../.github/workflows/fuzz-nightly.yml");
    let matrix = nightly.lines().find(|line| line.contains("target: [")).unwrap();
    for target in targets {
        assert!(manifest.contains(&format!("name = \"{target}\"")), "{target} is not built");
        assert!(matrix.contains(&target), "{target} does not run at night");
    }
}
