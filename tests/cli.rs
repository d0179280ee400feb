//! The CLI's contract: what goes out, what is told, how it exits.

mod cli_support;

use cli_support::{Folder, ungarble};
use serde_json::{Value, json};
use ungarble::charset::Charset;

#[test]
fn intact_text_goes_through() {
    let text = "Ein ruhiger Tag.\r\nПросто текст\n普通的句子\n";
    for command in ["clean", "repair", "decode"] {
        let ran = ungarble([command], text.as_bytes());
        assert_eq!(ran.code, Some(0), "{command}: {}", ran.err);
        assert_eq!((ran.out.as_str(), ran.err.as_str()), (text, ""), "{command}");
    }
}

#[test]
fn several_files_come_out_in_order() {
    let folder = Folder::new("order");
    let (a, b) = (folder.file("a.txt", "first\n"), folder.file("b.txt", "second\n"));
    let ran = ungarble(["repair".as_ref(), b.as_os_str(), "-".as_ref(), a.as_os_str()], b"mid\n");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "second\nmid\nfirst\n"));
}

#[test]
fn an_unreadable_file_is_named_and_the_others_are_worked_on() {
    let folder = Folder::new("unreadable");
    let (a, b) = (folder.file("a.txt", "first\n"), folder.file("b.txt", "second\n"));
    let gone = folder.path().join("gone.txt");
    let ran = ungarble(["decode".as_ref(), a.as_os_str(), gone.as_os_str(), b.as_os_str()], b"");
    assert_eq!(ran.code, Some(2));
    assert_eq!(ran.out, "first\nsecond\n");
    assert_eq!(ran.err, format!("ungarble: {}: No such file or directory\n", gone.display()));
}

#[test]
fn explain_and_script_go_on_behind_an_unreadable_file() {
    let folder = Folder::new("go-on");
    let file = folder.file("a.txt", "plain\n");
    let gone = folder.path().join("gone.txt");
    for command in [
        "explain",
        #[cfg(feature = "chinese")]
        "script",
    ] {
        let ran = ungarble([command.as_ref(), gone.as_os_str(), file.as_os_str()], b"");
        assert_eq!(ran.code, Some(2), "{command}");
        assert!(ran.out.starts_with(&format!("{}: ", file.display())), "{command}: {}", ran.out);
        assert_eq!(ran.err, format!("ungarble: {}: No such file or directory\n", gone.display()));
    }
}

#[test]
fn explain_says_what_was_undone() {
    let ran = ungarble(["explain"], "plain\nDie TÃ¼r ist zu.\n".as_bytes());
    let edit = "standard input:2:6: repair, ";
    let line = ran.out.lines().find(|line| line.starts_with(edit)).expect(&ran.out);
    assert!(line.ends_with(" sure: UTF-8 read as windows-1252"), "{line}");
    let twice = ungarble(["explain", "--as", "repair"], "Die TÃƒÂ¼r ist zu.\n".as_bytes());
    let undone = "UTF-8 read as windows-1252, then UTF-8 read as windows-1252";
    assert!(twice.out.contains(undone), "{}", twice.out);
    // What stands behind what another step removed is found in what that made.
    let later = ungarble(["explain"], "dÃ\u{7}©jà vu\n".as_bytes());
    let undone = "\nrepair of what these made: UTF-8 read as windows-1252, in parts";
    assert!(later.out.contains(undone), "{}", later.out);
    // No misreading is behind a step of normalization.
    let ran = ungarble(["explain"], "a\u{8}b".as_bytes());
    assert!(ran.out.contains(": control-characters, 100.0 % sure\n"), "{}", ran.out);
}

/// A terminal obeys some of them, and a reader sees none.
#[test]
fn explain_spells_out_what_is_hidden() {
    for hidden in ["\u{61C}", "\u{FE0F}", "\u{3164}", "\u{180E}", "\u{E0041}", "\u{202E}"] {
        let ran = ungarble(["explain", "--steps", "hidden"], format!("a{hidden}b").as_bytes());
        let spelled: String = hidden.chars().flat_map(char::escape_unicode).collect();
        assert!(ran.out.contains(&format!("a⟦{spelled}⟧b")), "{spelled}: {}", ran.out);
        assert!(!ran.out.contains(hidden), "{spelled}");
    }
}

#[test]
fn check_tells_intact_from_damaged() {
    let ran = ungarble(["repair", "--check"], "Für alle\n".as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""));
    // Not UTF-8 whatever else it is.
    let ran = ungarble(["repair", "--check"], b"F\xFCr alle Menschen im Land\n");
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
}

/// Longer than a block, and without a line end.
#[test]
fn shifts_of_7_bit_charsets_reach_to_the_end() {
    let folder = Folder::new("escaped");
    for (charset, text) in [
        (Charset::ISO_2022_JP, "日本語のかなと漢字。"),
        (Charset::ISO_2022_KR, "한국어 문장이 길게 이어진다. "),
        (Charset::ISO_2022_CN, "中文里也有繁體字。"),
        (Charset::HZ, "这是一个很长的文本。"),
    ] {
        let text = text.repeat(8000);
        let mut bytes = Vec::new();
        charset.encode(&text, &mut bytes).unwrap();
        let file = folder.file("escaped.txt", &bytes);
        for ran in [
            ungarble(["decode"], &bytes),
            ungarble(["decode".as_ref(), file.as_os_str()], b""),
            ungarble(["repair".as_ref(), file.as_os_str()], b""),
        ] {
            assert_eq!(ran.code, Some(0), "{charset}: {}", ran.err);
            assert!(ran.out == text, "{charset}");
        }
    }
}

#[test]
fn unknown_arguments_exit_with_2() {
    for args in [&["clean", "--no-such-flag"][..], &["no-such-command"], &[]] {
        assert_eq!(ungarble(args, b"").code, Some(2), "{args:?}");
    }
}

#[test]
fn a_language_is_a_tag_or_a_locale() {
    for tag in ["ru", "RU", "ru-RU", "ru_RU", "ru-Cyrl-RU", "ru_RU.UTF-8", "ru_RU@cyrillic"] {
        let ran = ungarble(["repair", "--language", tag], "дЕМЭ".as_bytes());
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), "День"), "{tag}: {}", ran.err);
    }
}

#[test]
fn help_is_a_subcommand_too() {
    let ran = ungarble(["help"], b"");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(ran.out, ungarble(["--help"], b"").out);
    let ran = ungarble(["help", "repair"], b"");
    assert_eq!((ran.code, ran.out), (Some(0), ungarble(["repair", "--help"], b"").out));
    assert_eq!(ungarble(["help", "klingon"], b"").code, Some(2));
}

#[test]
fn the_manual_page_has_a_section_for_each_subcommand() {
    let page = ungarble(["man"], b"").out;
    let sections: Vec<_> = page.lines().filter_map(|line| line.strip_prefix(".SH ")).collect();
    assert_eq!(sections[..3], ["NAME", "SYNOPSIS", "DESCRIPTION"]);
    let help = ungarble(["--help"], b"").out;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    for command in commands.map_while(|line| line.split_whitespace().next()) {
        let section = format!("\"UNGARBLE {}\"", command.to_uppercase());
        assert_eq!(sections.iter().filter(|name| **name == section).count(), 1, "{section}");
    }
    let others = sections.iter().filter(|name| !name.starts_with("\"UNGARBLE ")).count();
    assert_eq!(others, 5, "{sections:?}");
    assert!(page.contains(".SS Input\n") && page.contains(".SS Output\n"));
}

/// The answers to lines of JSON, parsed, and the run.
fn jsonl(args: &[&str], input: &str) -> (Vec<Value>, cli_support::Ran) {
    let ran = ungarble(args, input.as_bytes());
    let lines = ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    (lines, ran)
}

#[test]
fn jsonl_keeps_order_and_foreign_fields_as_they_are() {
    let input = concat!(
        r#"{"z": 1.0, "text": "plain", "a": [12345678901234567890123, 1e999], "s": "\ud83d"}"#,
        "\n",
        r#"{"bytes": "cGxhaW4=", "id": null}"#
    );
    let ran = ungarble(["repair", "--jsonl", "-"], input.as_bytes());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let lines: Vec<&str> = ran.out.lines().collect();
    let head =
        r#"{"z":1.0,"text":"plain","a":[12345678901234567890123, 1e999],"s":"\ud83d","ungarble":{"#;
    assert!(lines[0].starts_with(head), "{}", lines[0]);
    assert!(lines[1].starts_with(r#"{"text":"plain","id":null,"ungarble":{"#), "{}", lines[1]);
    let answer: Value = serde_json::from_str(lines[1]).unwrap();
    let report = answer["ungarble"].as_object().unwrap();
    let keys: Vec<_> = report.keys().map(String::as_str).collect();
    assert_eq!(keys, ["changed", "confidence", "charset", "plan", "edits"]);
    assert_eq!(report["changed"], json!(false));
    assert_eq!(report["edits"], json!([]));
    let confidence = report["confidence"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&confidence));
}

#[test]
fn blank_lines_between_records_stay() {
    let ran = ungarble(["repair", "--jsonl"], b"{\"text\":\"x\"}\n\n  \r\n{\"text\":\"y\"}");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let lines: Vec<_> = ran.out.split('\n').collect();
    assert_eq!(lines[1..3], ["", "  \r"], "{}", ran.out);
    assert_eq!(lines.iter().filter(|line| line.starts_with("{\"text\":")).count(), 2);
}

#[test]
fn jsonl_takes_another_field_and_drops_bytes() {
    let input = r#"{"text": 7, "body": "plain", "bytes": "AAAA"}"#;
    let (lines, ran) = jsonl(&["repair", "--jsonl", "--field", "body"], input);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(lines[0]["text"], json!(7));
    assert_eq!(lines[0]["body"], json!("plain"));
    assert_eq!(lines[0].get("bytes"), None);
}

#[test]
fn jsonl_stops_at_a_bad_line_after_all_before_it_were_written() {
    let good = "{\"text\": \"plain\"}\n";
    for (bad, why) in [
        ("nonsense", "line 3: no JSON object"),
        ("[1]", "line 3: no JSON object"),
        ("{\"text\": \"x\"", "line 3: no JSON object"),
        ("{\"text\": \"x\"} {}", "line 3: no JSON object"),
        ("{\"text\": 7}", "line 3: field `text` is no string"),
        ("{\"bytes\": \"*\"}", "line 3: field `bytes` is no base64"),
    ] {
        let (lines, ran) = jsonl(&["repair", "--jsonl"], &format!("{good}{good}{bad}\n{good}"));
        assert_eq!((ran.code, lines.len()), (Some(2), 2), "{bad}");
        assert!(ran.err.starts_with(&format!("ungarble: standard input: {why}")), "{}", ran.err);
        assert_eq!(ran.err.lines().count(), 1);
    }
}

/// Crawls have nulls.
#[test]
fn jsonl_passes_on_records_without_text() {
    let none = ["{\"text\": null, \"a\": 1.0}", "{ \"txt\": \"dÃ©jÃ  vu\" }", "{\"bytes\":null}"];
    let input = format!("{}\n{{\"text\":\"dÃ©jÃ  vu\"}}\n", none.join("\n"));
    let folder = Folder::new("no-text");
    let (file, report) = (folder.file("a.jsonl", &input), folder.path().join("report.json"));
    let report_to = format!("--report={}", report.display());
    for (how, code) in [("-j2", 0), ("-n", 0), ("--check", 1), ("--in-place", 0)] {
        let args = ["repair", "--jsonl", how, &report_to, file.to_str().unwrap()];
        let ran = ungarble(args, b"");
        assert_eq!(ran.code, Some(code), "{how}: {}", ran.err);
        let said = "a.jsonl: 3 records have no text and stay as they are\n";
        assert_eq!(ran.err.matches(said).count(), 1, "{how}: {}", ran.err);
        let report: Value = serde_json::from_slice(&std::fs::read(&report).unwrap()).unwrap();
        assert_eq!(report["files"][0]["records_without_text"], json!(3), "{how}");
    }
    let text = std::fs::read_to_string(&file).unwrap();
    assert!(text.lines().take(3).eq(none), "{text}");
    assert!(text.lines().nth(3).unwrap().starts_with("{\"text\":\"déjà vu\","), "{text}");
    // Null in one field is no reason not to look into the other.
    let (lines, _) = jsonl(&["repair", "--jsonl"], "{\"text\":null,\"bytes\":\"eA==\"}");
    assert_eq!((&lines[0]["text"], lines[0].get("bytes")), (&json!("x"), None));
    assert_eq!(ungarble(["repair", "--jsonl", "-q"], input.as_bytes()).err, "");
    for (input, code) in [("{\"txt\":\"x\"}\n", 2), ("{\"text\":null}\n", 0), ("\n", 0)] {
        assert_eq!(ungarble(["repair", "--jsonl"], input.as_bytes()).code, Some(code), "{input}");
    }
}

#[test]
fn jsonl_survives_lone_surrogates() {
    let (lines, ran) = jsonl(&["repair", "--jsonl"], r#"{"id": 1, "text": "a\ud83d b"}"#);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(lines[0]["id"], json!(1));
    assert_eq!(lines[0]["ungarble"]["changed"], json!(true));
    assert!(ran.err.starts_with("ungarble: standard input: lone surrogates, "), "{}", ran.err);
    let ran = ungarble(["repair", "--jsonl"], b"{\"text\": \"a\xED\xA0\xBD b\"}\n");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.out.starts_with("{\"text\":\"a"));
}

#[test]
fn jsonl_run_twice_reports_once() {
    let (_, once) = jsonl(&["repair", "--jsonl"], r#"{"text": "plain"}"#);
    let (_, twice) = jsonl(&["repair", "--jsonl"], &once.out);
    assert_eq!(once.out, twice.out);
}

#[test]
fn explain_says_what_the_charset_was_found_by() {
    let bytes = b"<meta charset=koi8-r><p>\xF0\xD2\xC9\xD7\xC5\xD4, \xCD\xC9\xD2";
    let ran = ungarble(["explain"], bytes);
    assert_eq!(ran.code, Some(0));
    let line = ran.out.lines().find(|line| line.starts_with("charset KOI8-R: ")).expect(&ran.out);
    assert!(
        line.contains("decided by the language model, in agreement with a declaration"),
        "{line}"
    );
    assert!(line.contains("KOI8-R by its own declaration"), "{line}");
    assert!(line.contains(" bits ahead"), "{line}");
    let ran = ungarble(["explain"], b"\xCF\xF0\xE8");
    assert!(ran.out.lines().any(|line| line.starts_with("  or ")), "{}", ran.out);
}

/// What is read is changed where it is not the bytes, also without an edit.
#[test]
fn explain_agrees_with_check() {
    for (bytes, command, what) in [
        (&b"plain"[..], "clean", "nothing to change"),
        (b"\xEF\xBB\xBFplain", "clean", "only the byte order mark to change"),
        (b"\xEF\xBB\xBFplain", "decode", "only the byte order mark to change"),
        (b"\xEF\xBB\xBFplain", "repair", "nothing to change"),
        (b"\xEF\xBB\xBFa\x08b", "clean", "1 edit and the byte order mark"),
        (b"F\xFCr alle Menschen im Land\n", "repair", "only the charset to change"),
        (b"\xE4\xB8\xAD\xE6\x96\x87\xE2\x82", "repair", "only malformed bytes to change"),
    ] {
        let ran = ungarble(["explain", "--as", command], bytes);
        let first = ran.out.lines().next().unwrap_or_default();
        assert!(first.contains(&format!(", {what}, ")), "{command}: {first}");
        let code = ungarble([command, "--check"], bytes).code;
        assert_eq!(code, Some(i32::from(what != "nothing to change")), "{command}: {first}");
    }
    let bytes = b"\xCF\xF0\xE8";
    let ran = ungarble(["explain", "--min-confidence", "0.99"], bytes);
    assert!(ran.out.contains(", left alone, being too unsure, "), "{}", ran.out);
    assert_eq!(ungarble(["clean", "--check", "--min-confidence", "0.99"], bytes).code, Some(0));
}

#[test]
fn explain_names_file_charset_and_certainty() {
    let ran = ungarble(["explain"], "Nichts zu tun.\n".as_bytes());
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.starts_with("standard input: UTF-8, nothing to change, "), "{}", ran.out);
    // No colour codes where nobody looks.
    assert!(!ran.out.contains('\x1b'));
}
