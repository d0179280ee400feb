//! What must hold for all input: one function a fuzz target, bytes in, panic on a
//! breach.
//!
//! The targets under `fuzz_targets/` and the replay of seeds and regressions in the
//! crate's own tests run these same functions.

// The command line is fuzzed as the CLI has it; not all of it is called here.
#[allow(dead_code)]
#[path = "../../examples/ungarble/args.rs"]
mod args;
#[allow(dead_code)]
#[path = "../../examples/ungarble/jsonl/line.rs"]
mod line;

mod checks;
mod cli;
#[cfg(fuzzing)]
mod no_chance;
mod oracle;
mod pipeline;
mod stages;

/// A property: a function that panics where it does not hold.
pub type Property = fn(&[u8]);

/// Every property, by the name of its target.
pub const PROPERTIES: &[(&str, Property)] = &[
    ("charset", stages::charset),
    ("chinese", stages::chinese),
    ("clean", pipeline::clean),
    ("cli", cli::arguments),
    ("decode", pipeline::decode),
    ("jsonl", cli::json_line),
    ("lattice", stages::lattice),
    ("normalize", stages::normalize),
    ("plan", stages::plan),
    ("repair", pipeline::repair),
    ("replay", pipeline::replay),
    ("stream", pipeline::stream),
];

/// Runs the property of a target.
pub fn run(target: &str, bytes: &[u8]) {
    for (name, property) in PROPERTIES {
        if *name == target {
            return property(bytes);
        }
    }
    panic!("no property is named {target}");
}
