//! What must not be lost: bytes that are in no charset, other files, old contents, rows.

mod cli_support;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cli_support::{Folder, Ran, skipped, ungarble};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

const DAMAGED: &str = "FÃ¼r die Ã„rzte ist das gefÃ¤hrlich.\n";
const RIGHT: &str = "Für die Ärzte ist das gefährlich.\n";

fn run(args: &[&str], paths: &[&Path]) -> Ran {
    let args = args.iter().map(OsStr::new);
    ungarble(args.chain(paths.iter().map(|path| path.as_os_str())), b"")
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap()
}

#[test]
fn a_report_takes_the_place_of_no_input() {
    let folder = Folder::new("report-input");
    let (file, report) = (folder.file("a.txt", DAMAGED), folder.path().join("z.json"));
    for how in ["--in-place", "--dry-run", "--check"] {
        let ran = run(&["repair", how, "--report"], &[&file, &file]);
        assert_eq!(ran.code, Some(2), "{how}");
        assert_eq!(read(&file), DAMAGED, "{how}");
    }
    let plan = folder.file("plan.json", "{\"rounds\":[]}");
    let ran = run(&["repair", "--plan"], &[&plan, Path::new("--report"), &plan, &file]);
    assert_eq!((ran.code, read(&plan).as_str()), (Some(2), "{\"rounds\":[]}"));
    // A report of an earlier run quotes what was garbled, and is none of the files.
    for _ in 0..2 {
        fs::write(&file, DAMAGED).unwrap();
        let ran = run(&["repair", "--in-place", "--report"], &[&report, folder.path()]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        let told: Value = serde_json::from_str(&read(&report)).unwrap();
        assert_eq!(told["summary"]["files"], 2, "a.txt and plan.json");
    }
}

#[test]
fn a_charset_is_that_of_the_whole_however_late_it_shows() {
    let folder = Folder::new("late");
    let plain = "1,plain ASCII goes on and on\n".repeat(60_000);
    let late = [plain.as_bytes(), b"2,Le caf\xE9 est ferm\xE9 jusqu'en \xE9t\xE9.\n"].concat();
    let wanted = format!("{plain}2,Le café est fermé jusqu'en été.\n");
    for args in [
        &["repair", "--in-place", "--column", "2"][..],
        &["repair", "--in-place", "--block", "1M"],
        &["repair", "--in-place", "--block", "1M", "-j1"],
        #[cfg(feature = "chinese")]
        &["convert", "--in-place"],
    ] {
        let file = folder.file("late.csv", &late);
        let ran = run(args, &[&file]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{args:?}");
        assert!(read(&file) == wanted, "{args:?}");
    }
    // A charset that encoding_rs does not have.
    let ran = ungarble(["decode", "--column", "1"], b"a,b\nK\x81nstler,f\x81r M\x84nner\n");
    assert_eq!(ran.out, "a,b\nKünstler,für Männer\n");
}

#[test]
fn bytes_of_no_charset_are_not_rewritten_in_place() {
    let folder = Folder::new("malformed");
    let text = ["中文字符".as_bytes(), b"\xE2\x82", "测试一下看看".as_bytes()].concat();
    let record = [b"{\"text\":\"", &text[..], b"\"}\n"].concat();
    let base64 = format!("{{\"bytes\":\"{}\"}}\n", STANDARD.encode(&text)).into_bytes();
    // Lone surrogates as Python writes them, and in the shape of UTF-8.
    let escaped = "{\"text\":\"中文字符\\ud83d\"}\n".as_bytes().to_vec();
    let shaped = [b"{\"text\":\"", "中文字符".as_bytes(), b"\xED\xA0\xBD\"}\n"].concat();
    for (name, args, bytes) in [
        ("a.txt", &["repair", "-i"][..], &text),
        ("a.jsonl", &["repair", "-i", "--jsonl"], &record),
        ("b.jsonl", &["repair", "-i", "--jsonl"], &base64),
        ("c.jsonl", &["repair", "-i", "--jsonl"], &escaped),
        ("d.jsonl", &["repair", "-i", "--jsonl"], &shaped),
        ("a.csv", &["repair", "-i", "--column", "1"], &text),
    ] {
        let file = folder.file(name, bytes);
        let ran = run(&[&args[..1], &args[2..]].concat(), &[&file]);
        assert!(ran.code == Some(0) && ran.err.ends_with("stand as U+FFFD\n"), "{}", ran.err);
        assert_eq!(run(&[&args[..1], &["--check"], &args[2..]].concat(), &[&file]).code, Some(1));
        let ran = run(args, &[&file]);
        assert_eq!(ran.code, Some(2), "{name}");
        assert!(ran.err.contains("would be lost as U+FFFD: left alone"), "{}", ran.err);
        // Records are in many charsets.
        assert_eq!(ran.err.contains("are in no charset"), args.contains(&"--jsonl"), "{}", ran.err);
        assert!(fs::read(&file).unwrap() == *bytes, "{name}");
        assert_eq!(run(&[args, &["--force"]].concat(), &[&file]).code, Some(0));
        assert!(read(&file).contains("中文字符\u{FFFD}"), "{name}");
    }
}

/// Whether bytes come as a document, in a line of JSON, or in base64, it is the same doubt.
#[test]
fn bytes_of_a_doubtful_charset_stay_as_they_are() {
    let bytes = b"\xCF\xF0\xE8";
    let record = [b"{\"id\":7,\"text\":\"", &bytes[..], b"\"}\n"].concat();
    let base64 = format!("{{\"bytes\":\"{}\"}}\n", STANDARD.encode(bytes)).into_bytes();
    let folder = Folder::new("doubtful");
    for (name, args, bytes) in [
        ("a.txt", &["repair", "-i"][..], &bytes.to_vec()),
        ("a.jsonl", &["repair", "-i", "--jsonl"], &record),
        ("b.jsonl", &["repair", "-i", "--jsonl"], &base64),
    ] {
        let file = folder.file(name, bytes);
        let ran = run(&[args, &["--min-confidence", "0.99"]].concat(), &[&file]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{name}");
        assert!(fs::read(&file).unwrap() == *bytes, "{name}");
        assert_eq!(run(args, &[&file]).code, Some(0), "{name}");
        assert!(read(&file).contains("При"), "{name}");
    }
    let told = |line: &[u8]| -> Value {
        serde_json::from_str(&ungarble(["repair", "--jsonl"], line).out).unwrap()
    };
    let (text, bytes) = (told(&record), told(&base64));
    assert_eq!(text["ungarble"]["charset"], "windows-1251");
    assert_eq!(bytes["ungarble"]["charset"], "windows-1251");
    assert!(text["ungarble"]["confidence"].as_f64().unwrap() < 0.99, "{text}");
}

#[test]
fn records_are_read_in_their_charset_and_kept_the_second_time() {
    let folder = Folder::new("records");
    let line = b"{\"id\":\"caf\xE9\",\"text\":\"Le caf\xE9 est ferm\xE9 en \xE9t\xE9\"}\n";
    let file = folder.file("l.jsonl", line);
    assert_eq!(run(&["repair", "--jsonl", "--check"], &[&file]).code, Some(1));
    assert_eq!(run(&["repair", "--jsonl", "-i=.bak"], &[&file]).code, Some(0));
    let once = read(&file);
    assert!(once.starts_with("{\"id\":\"café\",\"text\":\"Le café est fermé en été\""), "{once}");
    assert!(once.contains("\"changed\":true"), "{once}");
    assert_eq!(run(&["repair", "--jsonl", "-i=.bak"], &[&file]).code, Some(0));
    assert_eq!(read(&file), once);
    assert_eq!(fs::read(folder.path().join("l.jsonl.bak")).unwrap(), line);
    let double = ungarble(["repair", "--jsonl"], b"{\"text\":\"a\",\"text\":\"b\"}");
    assert!(double.out.starts_with("{\"text\":\"a\",\"text\":\"b\","), "{}", double.out);
}

#[test]
fn what_was_kept_under_a_suffix_stays() {
    let folder = Folder::new("suffix");
    for n in 0..8 {
        folder.file(&format!("f{n}"), DAMAGED);
        folder.file(&format!("f{n}.bak"), "kept by an earlier run, gefÃ¤hrlich\n");
    }
    for _ in 0..3 {
        let ran = run(&["repair", "-i=.bak", "-j4"], &[folder.path()]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 16);
    for n in 0..8 {
        assert_eq!(read(&folder.path().join(format!("f{n}"))), RIGHT);
        assert_eq!(read(&folder.path().join(format!("f{n}.bak"))), DAMAGED);
    }
    let (file, kept) = (folder.file("g", DAMAGED), folder.file("g.bak", DAMAGED));
    let ran = run(&["repair", "-i=.bak"], &[&file, &kept]);
    assert_eq!(ran.code, Some(2), "the old file would go where another input is");
    assert!(ran.err.contains("is an input too"), "{}", ran.err);
    assert_eq!(run(&["repair", "-i="], &[&file]).code, Some(2));
    assert_eq!(read(&file), DAMAGED);
}

#[test]
fn a_file_is_rewritten_once_under_whatever_names() {
    let folder = Folder::new("twice");
    let file = folder.file("a.txt", DAMAGED);
    let ran = run(&["repair", "-i", "-j4"], &[&file, folder.path(), &file]);
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(read(&file), RIGHT);
}

#[test]
fn a_quote_inside_a_field_is_a_character() {
    let table = format!("id,title\n1,5\" disk\n2,{DAMAGED}3,7\" disk\n");
    let ran = ungarble(["repair", "--column", "title"], table.as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert_eq!(ran.out, table.replace(DAMAGED, RIGHT));
    let ran = ungarble(["repair", "--column", "title"], b"id,title\n1,a\n2,\"open\n3,b\n");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), "id,title\n1,a\n"));
    assert!(ran.err.contains("begins `2,\\\"open\\n3,b\\n`: a quote is left open"), "{}", ran.err);
    assert_eq!(ungarble(["repair", "--column", "3"], b"id,title\n1,a\n").code, Some(2));
}

/// Programs that write TSV seldom quote; where one does, quotes are read as it wrote them.
#[test]
fn between_tabs_a_quote_is_a_character_unless_all_are_syntax() {
    let folder = Folder::new("tabs");
    for (table, wanted) in [
        ("1\tFÃ¼r \"x\n", "1\tFür \"x\n"),
        ("1\t\"x\" FÃ¼r alle\n", "1\t\"x\" Für alle\n"),
        ("1\t\"FÃ¼r alle\n2\tFÃ¼r\n", "1\t\"Für alle\n2\tFür\n"),
        ("\"1\ta\"\t\"FÃ¼r \"\"x\"\"\n\"\r\n", "\"1\ta\"\t\"Für \"\"x\"\"\n\"\r\n"),
    ] {
        let ran = run(&["repair", "--column", "2"], &[&folder.file("a.tsv", table)]);
        assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), wanted, ""));
    }
}

#[test]
fn what_is_no_text_is_passed_over_in_folders() {
    let folder = Folder::new("no-text");
    // An LCG: what a compressed or encrypted file looks like, without a NUL.
    let mut state = 7u32;
    let noise: Vec<u8> = std::iter::from_fn(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Some((state >> 24) as u8)
    })
    .filter(|byte| *byte != 0)
    .take(600)
    .collect();
    let files =
        [folder.file("noise", &noise), folder.file("p.png", b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR")];
    for args in [&["repair", "-i"][..], &["repair", "-i", "--column", "1"]] {
        let before: Vec<_> = files.iter().map(|file| fs::read(file).unwrap()).collect();
        let ran = run(args, &[folder.path()]);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert!(files.iter().map(|file| fs::read(file).unwrap()).eq(before), "{args:?}");
        assert_eq!(run(args, &[&files[0]]).code, Some(2));
    }
}

/// It goes through, for who pipes wants an answer, but not in silence.
#[test]
fn what_looks_binary_is_told_of_on_the_way_to_standard_output() {
    let folder = Folder::new("looks-binary");
    let gif = b"GIF89a\0\x01\x02\xC3\x83";
    let file = folder.file("a.gif", gif);
    let wide = b"\xFF\xFEF\0\xFC\0r\0";
    for how in ["-q", "-j2"] {
        let told = how != "-q";
        let ran = ungarble(["repair", how], gif);
        assert_eq!(ran.code, Some(0));
        assert_eq!(ran.err.contains("standard input: looks binary: "), told, "{}", ran.err);
        let ran = run(&["repair", how], &[&file]);
        assert_eq!(ran.err.contains("a.gif: looks binary: "), told, "{}", ran.err);
        let ran = ungarble(["repair", how], wide);
        assert_eq!((ran.out.as_str(), ran.err.as_str()), ("Für", ""));
    }
}

#[test]
fn arguments_that_mean_nothing_are_refused() {
    let folder = Folder::new("arguments");
    let file = folder.file("a.txt", DAMAGED);
    for args in [
        &["repair", "--charset", "klingon"][..],
        &["repair", "--likely-charset", "nonsense"],
        &["repair", "--language", "english"],
        &["repair", "--language", "xx-nonsense"],
        &["repair", "--language", "pl-"],
        &["repair", "--language", "pl-much-too-nonsensical"],
        &["repair", "--report", "-"],
        &["repair", "--jsonl", "--field", "ungarble"],
    ] {
        assert_eq!(run(args, &[&file]).code, Some(2), "{args:?}");
    }
    for plan in ["{\"foo\":1}", "[]", "{\"files\":[]}"] {
        let plan = folder.file("plan.json", plan);
        assert_eq!(run(&["repair", "--plan"], &[&plan, &file]).code, Some(2));
    }
    let all = "18446744073709551615";
    assert_eq!(run(&["repair", "--block", all], &[&file]).out, RIGHT);
}

/// What a patch makes of bytes, by the book: every line that it quotes is where it says.
fn patched(old: &[u8], patch: &[u8]) -> Vec<u8> {
    let mut old: Vec<&[u8]> = old.split_inclusive(|byte| *byte == b'\n').collect();
    old.reverse();
    let (mut new, mut taken) = (Vec::new(), 0);
    let mut lines = patch.split_inclusive(|byte| *byte == b'\n').skip(2).peekable();
    while let Some(line) = lines.next() {
        let bare = lines.peek().is_some_and(|next| next.starts_with(b"\\ No newline"));
        let (sign, mut text) = line.split_first().unwrap();
        if bare {
            text = text.strip_suffix(b"\n").unwrap();
        }
        match sign {
            b'@' => {
                let header = std::str::from_utf8(line).unwrap();
                let start = header.strip_prefix("@@ -").unwrap().split([',', ' ']).next().unwrap();
                while taken + 1 < start.parse().unwrap() {
                    new.extend(old.pop().unwrap());
                    taken += 1;
                }
            }
            b'+' => new.extend(text),
            b' ' | b'-' => {
                assert!(old.pop() == Some(text), "{}", String::from_utf8_lossy(line));
                taken += 1;
                new.extend(if *sign == b' ' { text } else { b"" });
            }
            b'\\' => {}
            _ => panic!("{}", String::from_utf8_lossy(line)),
        }
    }
    new.extend(old.into_iter().rev().flatten());
    new
}

/// What `patch` makes is what --in-place makes, whatever the charset.
#[test]
fn a_patch_makes_what_in_place_makes() {
    let patch = |folder: &Folder, patch: &[u8]| {
        let mut child = Command::new("patch");
        child.args(["-p0", "--binary"]).current_dir(folder.path()).stdin(Stdio::piped());
        let mut child = child.stdout(Stdio::null()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(patch).unwrap();
        child.wait().unwrap().success()
    };
    let has_patch = Command::new("patch").arg("--version").output().is_ok();
    if !has_patch {
        skipped("there is no `patch` here");
    }
    let latin: &[u8] = b"F\xFCr alle Menschen im Land.\r\nplain\nDie sch\xF6ne Stra\xDFe";
    let mixed = [latin, b"\nplain\nplain\nplain\n", DAMAGED.as_bytes()].concat();
    let shifted = b"\x1B$B$3$s$K$A$O\x1B(B\n".to_vec();
    for bytes in [latin, &mixed, &shifted, DAMAGED.as_bytes()] {
        let folder = Folder::new("apply");
        let file = folder.file("a b.txt", bytes);
        let run = |how: &str| {
            let mut command = Command::new(cli_support::binary());
            command.args(["repair", how, "a b.txt"]).current_dir(folder.path()).output().unwrap()
        };
        let made = run("--diff").stdout;
        assert!(made.windows(4).any(|four| four == b"\n@@ "), "no hunk");
        if has_patch {
            assert!(patch(&folder, &made));
            assert!(fs::read(&file).unwrap() == patched(bytes, &made));
        }
        fs::write(&file, bytes).unwrap();
        assert_eq!(run("-i").status.code(), Some(0));
        let new = fs::read(&file).unwrap();
        assert!(new != *bytes && new == patched(bytes, &made));
    }
    let folder = Folder::new("wide");
    let file = folder.file("wide.txt", b"\xFF\xFEa\0\xE9\0\n\0");
    let ran = run(&["repair", "--diff"], &[&file]);
    let name = file.display();
    assert_eq!(ran.out, format!("Binary files {name} and {name} differ\n"));
    assert!(ran.err.contains(": no patch: "), "{}", ran.err);
    let ran = run(&["repair", "--diff", "--color=always"], &[&folder.file("b", latin)]);
    assert!(ran.out.contains("-Für alle") && ran.out.contains("+Für alle"), "{}", ran.out);
}

/// Lines end at line feeds alone, and names with blanks end at a tab: so does `patch` read it.
#[test]
fn a_patch_is_one_to_patch() {
    let folder = Folder::new("patch");
    let file = folder.file("a b.txt", format!("Downloading 10%\rDownloading 100%\n{DAMAGED}"));
    let ran = run(&["repair", "--diff"], &[&file]);
    let name = file.display();
    let wanted = format!(
        "--- {name}\t\n+++ {name}\t\n@@ -1,2 +1,2 @@\n Downloading 10%\rDownloading 100%\n-{DAMAGED}+{RIGHT}"
    );
    assert_eq!(ran.out, wanted);
}
