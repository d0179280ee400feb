//! When things go wrong around the CLI: a clear message, exit 2, and nothing lost.
#![cfg(unix)]

mod cli_support;

use cli_support::{Folder, Ran, binary, ungarble};
use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Legacy text of about so many bytes.
fn legacy(bytes: usize) -> Vec<u8> {
    b"F\xFCr alle Menschen im Land ist die Stra\xDFe sch\xF6n.\n".repeat(bytes / 48)
}

#[test]
fn killed_at_any_moment_the_file_is_the_old_or_the_new_one() {
    let folder = Folder::new("killed");
    let old = legacy(300_000);
    let file = folder.file("a.txt", &old);
    let start = Instant::now();
    let mut command = Command::new(binary());
    command.args(["decode", "--in-place"]).arg(&file);
    assert!(command.status().unwrap().success());
    let whole = start.elapsed();
    let new = fs::read(&file).unwrap();
    assert_ne!(old, new);
    for moment in 0..40u32 {
        fs::write(&file, &old).unwrap();
        let mut child = command.spawn().unwrap();
        std::thread::sleep(whole * moment / 36);
        let _ = child.kill();
        child.wait().unwrap();
        let now = fs::read(&file).unwrap();
        assert!(now == old || now == new, "torn at moment {moment}");
    }
    fs::write(&file, &old).unwrap();
    assert!(command.status().unwrap().success());
    assert_eq!(fs::read(&file).unwrap(), new);
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path()).collect();
    assert_eq!(left, [file]);
}

#[test]
fn where_nothing_more_can_be_written_the_old_file_stays() {
    let folder = Folder::new("full");
    let old = legacy(200_000);
    let file = folder.file("a.txt", &old);
    // A limit on the size of files stands for a full disk: it needs no privilege.
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" decode --in-place \"$1\"";
    let ran = Command::new("sh").args(["-c", script]).arg(binary()).arg(&file).output().unwrap();
    let ran = Ran::from(ran);
    assert_eq!(ran.code, Some(2));
    assert_eq!(ran.err, format!("ungarble: {}: File too large\n", file.display()));
    assert_eq!(fs::read(&file).unwrap(), old);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[cfg(target_os = "linux")]
#[test]
fn errors_of_reading_and_writing_say_what_and_why() {
    let ran = ungarble(["decode", "/proc/self/mem"], b"");
    assert_eq!(ran.code, Some(2));
    assert_eq!(ran.err, "ungarble: /proc/self/mem: Input/output error\n");
    for args in [&["decode", "-"][..], &["repair", "--jsonl"], &["explain"], &["man"]] {
        let mut child = Command::new(binary())
            .args(args)
            .stdin(Stdio::piped())
            .stdout(fs::File::options().write(true).open("/dev/full").unwrap())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let _ = child.stdin.take().unwrap().write_all(b"{\"text\": \"plain\"}\n");
        let ran = Ran::from(child.wait_with_output().unwrap());
        assert_eq!(ran.code, Some(2), "{args:?}");
        assert_eq!(ran.err, "ungarble: standard output: No space left on device\n");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    for args in [&["decode"][..], &["repair", "--jsonl"], &["repair", "--jsonl", "-j1"]] {
        let mut child = Command::new(binary())
            .args(args)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let feeder = std::thread::spawn(move || {
            let line = b"{\"text\": \"a line of text\"}\n".repeat(1000);
            // Ends when the run does.
            while stdin.write_all(&line).is_ok() {
                if args.len() == 1 {
                    break;
                }
            }
        });
        let mut stdout = child.stdout.take().unwrap();
        let mut some = [0; 10];
        stdout.read_exact(&mut some).unwrap();
        drop(stdout);
        let ran = Ran::from(child.wait_with_output().unwrap());
        feeder.join().unwrap();
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn an_answer_comes_before_the_next_question() {
    let mut child = Command::new(binary())
        .args(["repair", "--jsonl", "-j4"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = std::io::BufReader::new(child.stdout.take().unwrap());
    let (send, lines) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let mut line = String::new();
        while std::io::BufRead::read_line(&mut stdout, &mut line).is_ok_and(|n| n > 0) {
            let _ = send.send(std::mem::take(&mut line));
        }
    });
    for question in 0..3 {
        stdin.write_all(format!("{{\"id\":{question},\"text\":\"x\"}}\n").as_bytes()).unwrap();
        let answer = lines.recv_timeout(Duration::from_secs(60)).unwrap();
        assert!(answer.starts_with(&format!("{{\"id\":{question},")), "{answer}");
    }
    drop(stdin);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_bad_line_ends_the_run_while_input_is_still_open() {
    let mut child = Command::new(binary())
        .args(["repair", "--jsonl", "-j2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(b"{\"text\":\"x\"}\nnonsense\n").unwrap();
    // The input stays open until the run has ended.
    let ran = Ran::from(child.wait_with_output().unwrap());
    drop(stdin);
    assert_eq!((ran.code, ran.out.lines().count()), (Some(2), 1));
    assert!(ran.err.starts_with("ungarble: standard input: line 2: no JSON object"), "{}", ran.err);
}
