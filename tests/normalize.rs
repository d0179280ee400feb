//! Each step against its table of examples in `testdata/normalize`.

use std::borrow::Cow;
use std::path::PathBuf;
use ungarble::normalize::{Normalization, Switch};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("testdata/normalize")
}

/// Reads `\n`, `\r`, `\t`, `\\` and `\u{HEX}`.
fn unescape(column: &str) -> String {
    let mut out = String::new();
    let mut rest = column;
    while let Some((before, escape)) = rest.split_once('\\') {
        out.push_str(before);
        let (kind, after) = escape.split_at(1);
        rest = after;
        match kind {
            "n" => out.push('\n'),
            "r" => out.push('\r'),
            "t" => out.push('\t'),
            "\\" => out.push('\\'),
            "u" => {
                let (hex, after) = after.strip_prefix('{').unwrap().split_once('}').unwrap();
                out.push(char::from_u32(u32::from_str_radix(hex, 16).unwrap()).unwrap());
                rest = after;
            }
            other => panic!("no such escape: \\{other} in {column}"),
        }
    }
    out + rest
}

fn check(steps: Normalization, name: &str) {
    let path = folder().join(format!("{name}.tsv"));
    let table = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
    let mut changes = 0;
    for line in table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (input, expected) = line.split_once('\t').unwrap_or((line, line));
        let (input, expected) = (unescape(input), unescape(expected));
        let (output, edits) = steps.apply(&input);
        assert_eq!(output, expected, "{name}: {line}");
        assert_eq!(matches!(output, Cow::Borrowed(_)), input == expected, "{name}: {line}");
        assert_eq!(edits.is_empty(), input == expected, "{name}: {line}");
        changes += usize::from(input != expected);
    }
    assert!(changes > 0, "{path:?} shows no change");
}

#[test]
fn every_step_does_what_its_table_says() {
    for switch in Switch::ALL {
        check(Normalization::none().with(*switch), switch.name());
    }
}

fn presets() -> [(&'static str, Normalization); 5] {
    [
        ("preset-safe", Normalization::safe()),
        ("preset-corpus", Normalization::corpus()),
        ("preset-strict", Normalization::strict()),
        ("preset-ftfy-like", Normalization::ftfy_like()),
        ("preset-hidden", Normalization::hidden()),
    ]
}

/// Some examples have references, which nothing reads without the feature.
#[cfg(feature = "html")]
#[test]
fn every_preset_does_what_its_table_says() {
    for (name, steps) in presets() {
        check(steps, name);
    }
}

#[test]
fn every_table_is_of_a_step_or_preset() {
    for entry in std::fs::read_dir(folder()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if let Some(table) = name.strip_suffix(".tsv") {
            let is_preset = presets().iter().any(|(preset, _)| *preset == table);
            let known = is_preset || table.parse::<Switch>().is_ok();
            // Without the feature, the steps for references are not there.
            assert!(known || !cfg!(feature = "html"), "no step or preset is called {table}");
        }
    }
}

#[test]
fn names_are_unique_and_are_those_of_the_flags() {
    let names: std::collections::BTreeSet<_> = Normalization::steps().map(|(n, _)| n).collect();
    assert_eq!(names.len(), Switch::ALL.len());
    for (name, description) in Normalization::steps() {
        assert!(name.bytes().all(|b| b == b'-' || b.is_ascii_lowercase() || b.is_ascii_digit()));
        assert!(description.ends_with('.'), "{name}");
        let mut steps = Normalization::none();
        steps.set(name, true).unwrap();
        assert_eq!(steps, Normalization::none().with(name.parse().unwrap()));
        steps.set(name, false).unwrap();
        assert!(steps.is_none());
    }
}

#[test]
fn of_rivals_the_last_one_stays() {
    let steps = Normalization::safe().with(Switch::Nfkc).with(Switch::Nfd);
    assert!(steps.has(Switch::Nfd) && !steps.has(Switch::Nfkc) && !steps.has(Switch::Compose));
}

/// Every edit names its step, and its spans are those of the input and the output.
#[test]
fn edits_say_which_step_did_what_where() {
    let input = "\u{FEFF}na\u{308}her\u{7}";
    let (output, edits) = Normalization::safe().apply(input);
    assert_eq!(output, "n\u{E4}her");
    let seen: Vec<_> = edits
        .iter()
        .map(|e| (e.step, &input[e.source.clone()], &output[e.output.clone()]))
        .collect();
    use ungarble::report::Step::Normalize;
    let expected = [
        (Normalize("byte-order-mark"), "\u{FEFF}", ""),
        (Normalize("compose"), "a\u{308}", "\u{E4}"),
        (Normalize("control-characters"), "\u{7}", ""),
    ];
    assert_eq!(seen, expected);
}

#[cfg(feature = "serde")]
#[test]
fn steps_serialize_by_their_names() {
    for switch in Switch::ALL {
        let json = serde_json::to_string(switch).unwrap();
        assert_eq!(json, format!("\"{}\"", switch.name()));
    }
    for steps in [Normalization::none(), Normalization::strict(), Normalization::hidden()] {
        let json = serde_json::to_string(&steps).unwrap();
        assert_eq!(serde_json::from_str::<Normalization>(&json).unwrap(), steps);
    }
}
