//! The CLI on files: which ones, how they are rewritten, what is told.

mod cli_support;

use cli_support::{Folder, Ran, binary, ungarble};
use serde_json::Value;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;

/// A file that is not UTF-8, so that any run has something to rewrite.
const DAMAGED: &[u8] =
    b"F\xFCr alle Menschen im Land.\nDie sch\xF6ne Stra\xDFe f\xFChrt nach Norden.\n";
const INTACT: &str = "Für alle Menschen im Land.\nEine zweite Zeile.\n";

fn run(args: &[&str], paths: &[&Path]) -> Ran {
    let args = args.iter().map(OsStr::new).chain(paths.iter().map(|p| p.as_os_str()));
    ungarble(args.map(OsStr::to_owned), b"")
}

/// The names in a folder, sorted.
fn names(folder: &Folder) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_folder_needs_a_way_to_write() {
    let folder = Folder::new("needs-a-way");
    folder.file("a.txt", DAMAGED);
    let ran = run(&["repair"], &[folder.path()]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("is a folder: --in-place"), "{}", ran.err);
}

#[test]
fn in_place_rewrites_what_is_damaged_and_nothing_else() {
    let folder = Folder::new("in-place");
    let damaged = folder.file("sub/damaged.txt", DAMAGED);
    let intact = folder.file("intact.txt", INTACT);
    let hidden = folder.file(".hidden.txt", DAMAGED);
    let other = folder.file("other.log", DAMAGED);
    let before = fs::metadata(&intact).unwrap();
    let ran = run(&["repair", "--in-place", "--glob", "*.txt"], &[folder.path()]);
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    let text = String::from_utf8(fs::read(damaged).unwrap()).unwrap();
    assert_ne!(text.as_bytes(), DAMAGED);
    assert_eq!(text.lines().count(), 2);
    assert_eq!(fs::read(hidden).unwrap(), DAMAGED);
    assert_eq!(fs::read(other).unwrap(), DAMAGED);
    assert_eq!(fs::read_to_string(&intact).unwrap(), INTACT);
    let after = fs::metadata(&intact).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        assert_eq!((before.ino(), before.ctime_nsec()), (after.ino(), after.ctime_nsec()));
    }
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
}

#[test]
fn in_place_keeps_the_old_file_under_a_suffix() {
    let folder = Folder::new("suffix");
    let file = folder.file("a.txt", DAMAGED);
    folder.file("a.txt.bak", "an older backup");
    let intact = folder.file("b.txt", INTACT);
    assert_eq!(run(&["repair", "--in-place=.bak"], &[&file, &intact]).code, Some(0));
    assert_eq!(names(&folder), ["a.txt", "a.txt.bak", "b.txt"]);
    assert_eq!(fs::read(folder.path().join("a.txt.bak")).unwrap(), DAMAGED);
    assert!(String::from_utf8(fs::read(file).unwrap()).is_ok());
}

#[cfg(unix)]
#[test]
fn in_place_keeps_mode_times_and_symbolic_links() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = Folder::new("mode");
    let file = folder.file("there/a.txt", DAMAGED);
    let link = folder.path().join("link.txt");
    symlink("there/a.txt", &link).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let time = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    fs::File::options().append(true).open(&file).unwrap().set_modified(time).unwrap();
    assert_eq!(run(&["repair", "-i"], &[&link]).code, Some(0));
    assert!(link.symlink_metadata().unwrap().is_symlink());
    let after = fs::metadata(&file).unwrap();
    assert_eq!(after.permissions().mode() & 0o7777, 0o640);
    assert_eq!(after.modified().unwrap(), time);
    assert_ne!(fs::read(&file).unwrap(), DAMAGED);
}

#[cfg(unix)]
#[test]
fn in_place_refuses_read_only_hard_linked_and_binary_files() {
    let folder = Folder::new("refuse");
    let read_only = folder.file("read-only.txt", DAMAGED);
    let mut mode = fs::metadata(&read_only).unwrap().permissions();
    mode.set_readonly(true);
    fs::set_permissions(&read_only, mode).unwrap();
    let linked = folder.file("linked.txt", DAMAGED);
    fs::hard_link(&linked, folder.path().join("same.txt")).unwrap();
    let binary = folder.file("binary", b"\x7FELF\0\0\0\xFF\xFE\0\0\0\x80\0\0\0\0\0\x01\0");
    for (file, why) in
        [(&read_only, "read-only"), (&linked, "several hard links"), (&binary, "binary")]
    {
        let before = fs::read(file).unwrap();
        let ran = run(&["repair", "--in-place"], &[file]);
        assert_eq!(ran.code, Some(2));
        let said = format!("ungarble: {}: ", file.display());
        assert!(ran.err.starts_with(&said) && ran.err.contains(why), "{}", ran.err);
        assert_eq!(fs::read(file).unwrap(), before);
    }
    for file in [&read_only, &linked] {
        assert_eq!(run(&["repair", "--in-place", "--force"], &[file]).code, Some(0));
        assert_ne!(fs::read(file).unwrap(), DAMAGED);
    }
    assert_eq!(fs::read(folder.path().join("same.txt")).unwrap(), DAMAGED);
    assert!(fs::metadata(&read_only).unwrap().permissions().readonly());
}

/// A pipe by name, as a shell's `<(…)` gives it: read once and whole, and never waited for
/// where it makes no sense.
#[cfg(unix)]
#[test]
fn a_pipe_is_read_once_and_not_rewritten() {
    let folder = Folder::new("pipe");
    let pipe = folder.path().join("pipe");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let ran = run(&["repair", "--in-place"], &[&pipe]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.ends_with("not a regular file: cannot be rewritten in place\n"), "{}", ran.err);
    for (content, code) in [(DAMAGED, 1), (INTACT.as_bytes(), 0)] {
        let (to, content) = (pipe.clone(), content.to_vec());
        let writer = std::thread::spawn(move || fs::write(to, content));
        assert_eq!(run(&["repair", "--check"], &[&pipe]).code, Some(code));
        writer.join().unwrap().unwrap();
    }
}

#[cfg(unix)]
#[test]
fn the_name_of_a_file_is_one_line_of_a_message() {
    let folder = Folder::new("two-lines");
    folder.file("two\nlines\u{1B}[31m.txt", DAMAGED);
    let ran = run(&["repair", "--check"], &[folder.path()]);
    assert_eq!(ran.err.lines().count(), 1, "{}", ran.err);
    assert!(ran.err.contains(r"two\nlines\u{1b}[31m.txt: "), "{}", ran.err);
}

#[test]
fn a_patch_shows_both_sides_and_changes_nothing() {
    let folder = Folder::new("patch");
    let file = folder.file("a.txt", "one\ntwo \u{8}bell\nthree\n");
    let ran = run(&["clean", "--diff"], &[folder.path()]);
    let name = file.display();
    let patch = format!(
        "--- {name}\n+++ {name}\n@@ -1,3 +1,3 @@\n one\n-two \u{8}bell\n+two bell\n three\n"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), "one\ntwo \u{8}bell\nthree\n");
    // Whether `clean` drops the control character is the library's business.
    assert!(ran.out == patch || ran.out.is_empty(), "{}", ran.out);
    let ran = run(&["repair", "--diff", "--check"], &[&folder.file("b.txt", DAMAGED)]);
    assert_eq!(ran.code, Some(1));
    assert!(ran.out.contains("\tread as "), "{}", ran.out);
}

#[test]
fn a_dry_run_tells_and_does_nothing() {
    let folder = Folder::new("dry");
    let file = folder.file("a.txt", DAMAGED);
    folder.file("b.txt", INTACT);
    let ran = run(&["repair", "--in-place", "--dry-run"], &[folder.path()]);
    assert_eq!(ran.code, Some(0));
    assert!(ran.out.starts_with(&format!("{}: ", file.display())), "{}", ran.out);
    assert_eq!(ran.out.lines().count(), 1);
    assert_eq!(fs::read(&file).unwrap(), DAMAGED);
}

#[test]
fn check_names_what_is_damaged() {
    let folder = Folder::new("check");
    let file = folder.file("a.txt", DAMAGED);
    folder.file("b.txt", INTACT);
    let ran = run(&["repair", "--check"], &[folder.path()]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(1), ""));
    assert!(ran.err.starts_with(&format!("ungarble: {}: ", file.display())), "{}", ran.err);
    assert_eq!(ran.err.lines().count(), 1);
    assert_eq!(run(&["repair", "--check", "--quiet"], &[folder.path()]).err, "");
}

#[test]
fn a_report_covers_every_input() {
    let folder = Folder::new("report");
    let (a, b) = (folder.file("a.txt", DAMAGED), folder.file("b.txt", INTACT));
    let gone = folder.path().join("gone.txt");
    let report = folder.path().join("report.json");
    let flag = format!("--report={}", report.display());
    let ran = run(&["repair", "--check", &flag], &[&a, &gone, &b]);
    assert_eq!(ran.code, Some(2));
    let report: Value = serde_json::from_slice(&fs::read(report).unwrap()).unwrap();
    let files = report["files"].as_array().unwrap();
    let changed: Vec<_> = files.iter().map(|file| file["changed"].as_bool()).collect();
    assert_eq!(changed, [Some(true), None, Some(false)]);
    assert_eq!(files[0]["path"], a.to_str().unwrap());
    assert_eq!(
        files[1]["error"].as_str().unwrap(),
        format!("{}: No such file or directory", gone.display())
    );
    assert_eq!(report["summary"]["files"], 3);
    assert_eq!(report["summary"]["failed"], 1);
}

#[test]
fn one_thread_and_many_say_the_same() {
    let folder = Folder::new("threads");
    for number in 0..40 {
        let text = [DAMAGED, format!("{number}\n").as_bytes()].concat();
        folder.file(&format!("{number:02}.txt"), text);
    }
    let one = run(&["repair", "--diff", "-j1"], &[folder.path()]);
    assert_eq!(one.out.matches("+++").count(), 40);
    for jobs in ["-j2", "-j7"] {
        assert_eq!(run(&["repair", "--diff", jobs], &[folder.path()]).out, one.out);
    }
    let lines: String =
        (0..3000).map(|n| format!("{{\"id\":{n},\"text\":\"Zeile {n}\"}}\n")).collect();
    let one = ungarble(["repair", "--jsonl", "-j1"], lines.as_bytes());
    assert_eq!(one.out.lines().count(), 3000);
    assert_eq!(ungarble(["repair", "--jsonl", "-j5"], lines.as_bytes()).out, one.out);
}

#[test]
fn what_is_larger_than_a_block_comes_out_the_same() {
    let text: String = (0..400).map(|n| format!("Zeile {n}: Für 各位 нет…\r\n")).collect();
    for block in ["64", "100", "1K", "1M"] {
        for jobs in ["-j1", "-j3"] {
            let ran = ungarble(["repair", "--block", block, jobs], text.as_bytes());
            assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
            assert!(ran.out == text, "{block} {jobs}");
        }
    }
    // No line feed to cut at, and characters of every length across the cuts.
    let text = "aé中😀".repeat(500);
    assert_eq!(ungarble(["decode", "--block", "64"], text.as_bytes()).out, text);
}

#[test]
fn csv_keeps_every_other_field_as_it_is() {
    let damaged = "FÃ¼r Menschen ist das gefÃ¤hrlich";
    let table = format!(
        "id,\"note\",body\r\n1,\"a \"\"b\"\"\nc\",\"{damaged}, sagt er\"\r\n2,{damaged},plain\r\n3,,\r\n"
    );
    let ran = ungarble(["repair", "--column", "body"], table.as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    let right = damaged.replace("Ã¼", "ü").replace("Ã¤", "ä");
    let wanted = format!(
        "id,\"note\",body\r\n1,\"a \"\"b\"\"\nc\",\"{right}, sagt er\"\r\n2,{damaged},plain\r\n3,,\r\n"
    );
    assert_eq!(ran.out, wanted);
    let ran = ungarble(["repair", "--column", "3", "--column", "note"], table.as_bytes());
    assert_eq!(ran.out, wanted.replace(&format!("2,{damaged}"), &format!("2,{right}")));
    let marked = ungarble(["clean", "--column", "body"], format!("\u{FEFF}{table}").as_bytes());
    assert_eq!(marked.out, format!("\u{FEFF}{wanted}"));
    let ran = ungarble(["repair", "--column", "nope"], table.as_bytes());
    assert_eq!(ran.code, Some(2));
    assert_eq!(ran.err, "ungarble: standard input: no column `nope` among `id`, `note`, `body`\n");
    let ran = ungarble(["repair", "--column", "2", "--delimiter", "\\t"], b"a\tb\nc\td\n");
    assert_eq!(ran.out, "a\tb\nc\td\n");
}

#[test]
fn names_are_repaired_and_never_replace_a_file() {
    let folder = Folder::new("names");
    let damaged = "gefÃ¤hrliche BÃ¼cher fÃ¼r MÃ¤nner";
    let right = "gefährliche Bücher für Männer";
    folder.file(&format!("{damaged}/{damaged}.txt"), "content");
    folder.file(&format!("taken/{damaged}.txt"), "damaged name");
    folder.file(&format!("taken/{right}.txt"), "right name");
    let ran = run(&["repair", "--names", "--dry-run"], &[folder.path()]);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(2), 2), "{}", ran.out);
    assert!(ran.err.contains("is there already: left alone"), "{}", ran.err);
    assert!(folder.path().join(damaged).exists());
    let ran = run(&["repair", "--names"], &[folder.path()]);
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("is there already: left alone"), "{}", ran.err);
    let there = folder.path().join(format!("{right}/{right}.txt"));
    assert_eq!(fs::read_to_string(there).unwrap(), "content");
    let kept = fs::read_to_string(folder.path().join(format!("taken/{right}.txt"))).unwrap();
    assert_eq!(kept, "right name");
    let kept = fs::read_to_string(folder.path().join(format!("taken/{damaged}.txt"))).unwrap();
    assert_eq!(kept, "damaged name");
}

/// What a dry run tells is what the run then does, also where names become the same one.
#[test]
fn a_dry_run_over_names_knows_what_it_told() {
    let folder = Folder::new("names-same");
    for name in ["FÃ¼r.txt", "FГјr.txt", "FÃ¼r/a.txt", "FГјr/FÃ¼r.txt"] {
        folder.file(&format!("a/{name}"), name);
    }
    let (root, same) = (folder.path().join("a"), folder.path().join("a/../a"));
    let names = |how: &[&str]| {
        let ran = run(&[&["repair", "--names"], how].concat(), &[&root, &same]);
        (ran.code, ran.out, ran.err)
    };
    let told = names(&["--dry-run"]);
    assert_eq!(told.0, Some(2));
    let taken = told.2.matches(" is there already: left alone").count();
    assert!(told.1.lines().count() >= 3 && taken >= 2, "{told:?}");
    let checked = names(&["--check"]);
    assert_eq!((checked.0, checked.1.as_str()), (Some(2), ""));
    assert_eq!(checked.2.matches(" -> ").count(), told.1.lines().count());
    assert_eq!(names(&[]), told);
}

#[cfg(feature = "chinese")]
#[test]
fn conversion_goes_line_by_line_and_into_files() {
    let ran = ungarble(["convert", "--config", "t2s"], "漢語\n書\n".as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "汉语\n书\n"));
    let lines: String = (0..5000).map(|n| format!("{n} 漢語書籍\n")).collect();
    let wanted = lines.replace("漢語書籍", "汉语书籍");
    for jobs in ["-j1", "-j4"] {
        assert!(ungarble(["convert", "--config", "t2s", jobs], lines.as_bytes()).out == wanted);
    }
    assert_eq!(ungarble(["convert", "--config", "nope"], b"").code, Some(2));
    let folder = Folder::new("convert");
    let file = folder.file("a.txt", "\u{FEFF}漢語");
    assert_eq!(run(&["convert", "--in-place"], &[&file]).code, Some(0));
    assert_eq!(fs::read_to_string(file).unwrap(), "\u{FEFF}汉语");
}

#[cfg(feature = "chinese")]
#[test]
fn script_names_the_script() {
    let ran = ungarble(["script"], "這個問題應該怎麼處理".as_bytes());
    assert!(ran.out.starts_with("standard input: Traditional, "), "{}", ran.out);
    let text = "這個問題應該怎麼處理這本書。\nこの問題をどう処理しますか。\n";
    let ran = ungarble(["script", "--spans"], text.as_bytes());
    assert!(ran.out.contains("standard input:1:1: Traditional, "), "{}", ran.out);
    assert!(ran.out.contains(": Japanese, "), "{}", ran.out);
}

#[test]
fn completions_and_the_manual_name_every_subcommand() {
    let page = ungarble(["man"], b"").out;
    assert!(page.starts_with(".ie"), "{}", &page[..80]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = ungarble(["completions", shell], b"").out;
        for name in ["clean", "repair", "decode", "explain"] {
            assert!(script.contains(name), "{shell} knows no {name}");
            assert!(page.contains(&format!("UNGARBLE {}", name.to_uppercase())));
        }
    }
    assert!(binary().exists());
}
