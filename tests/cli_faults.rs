//! When things go wrong around the CLI: a clear message, exit 2, and nothing lost.
#![cfg(unix)]

mod cli_support;

use cli_support::{Folder, Ran, binary, skipped, ungarble};
use std::fs;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Legacy text of about so many bytes.
fn legacy(bytes: usize) -> Vec<u8> {
    b"F\xFCr alle Menschen im Land ist die Stra\xDFe sch\xF6n.\n".repeat(bytes / 48)
}

/// Two hundred times: at moments from the start of a run to a little after its end.
#[test]
fn killed_at_any_moment_the_file_is_the_old_or_the_new_one() {
    let folder = Folder::new("killed");
    let old = legacy(300_000);
    let file = folder.file("a.txt", &old);
    let backup = folder.path().join("a.txt.bak");
    let mut command = Command::new(binary());
    command.args(["decode", "--in-place=.bak"]).arg(&file);
    let start = Instant::now();
    assert!(command.status().unwrap().success());
    let whole = start.elapsed();
    let new = fs::read(&file).unwrap();
    assert_ne!(old, new);
    let (mut olds, mut news) = (0, 0);
    for moment in 0..200u32 {
        if backup.exists() {
            fs::remove_file(&backup).unwrap();
        }
        fs::write(&file, &old).unwrap();
        let mut child = command.spawn().unwrap();
        std::thread::sleep(whole * moment / 160);
        let _ = child.kill();
        child.wait().unwrap();
        let now = fs::read(&file).unwrap();
        assert!(now == old || now == new, "torn at moment {moment}");
        olds += u32::from(now == old);
        news += u32::from(now == new);
        // The old content is never gone without its backup.
        if now == new || backup.exists() {
            assert_eq!(fs::read(&backup).unwrap(), old, "no backup at moment {moment}");
        }
        // The next run is not kept from its work by what is left, and leaves nothing.
        if moment % 20 == 19 && now == old {
            let ran = Ran::from(command.output().unwrap());
            assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "moment {moment}");
            assert_eq!(fs::read(&file).unwrap(), new);
        }
    }
    assert!(olds > 0 && news > 0, "{olds} old, {news} new: the moments were not chosen well");
    fs::write(&file, &old).unwrap();
    assert!(command.status().unwrap().success());
    assert_eq!(fs::read(&file).unwrap(), new);
    let mut left: Vec<_> =
        fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().path()).collect();
    left.sort();
    assert_eq!(left, [file, backup]);
}

/// What does not fit into memory goes through all the same, in lines and without: the
/// limit is on the address space, less than a third of the input.
#[cfg(target_os = "linux")]
#[test]
fn more_than_fits_into_memory_goes_through() {
    for end in ["\n", " "] {
        let sentence = ["Im Haus am See war es still.", end].concat().repeat(1000);
        let mut child = Command::new("sh")
            .args(["-c", "ulimit -v 40000; exec \"$0\" repair -j1 --block 256K"])
            .arg(binary())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let fed = sentence.clone();
        let feeder =
            std::thread::spawn(move || (0..5000).all(|_| stdin.write_all(fed.as_bytes()).is_ok()));
        let mut part = vec![0; sentence.len()];
        for _ in 0..5000 {
            stdout.read_exact(&mut part).unwrap();
            assert!(part == sentence.as_bytes());
        }
        assert_eq!(stdout.read(&mut part).unwrap(), 0);
        let ran = Ran::from(child.wait_with_output().unwrap());
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        assert!(feeder.join().unwrap());
    }
}

/// A small file system of its own, where the system lets anybody mount one.
#[cfg(target_os = "linux")]
#[test]
fn on_a_full_disk_the_old_file_stays() {
    let folder = Folder::new("full-disk");
    let old = legacy(200_000);
    let file = folder.file("a.txt", &old);
    let script = r#"
        mount -t tmpfs -o size=300k none "$1" 2>/dev/null || exit 77
        cp "$2" "$1/a.txt"
        "$0" decode --in-place=.bak "$1/a.txt"
        echo "exit $?"
        cmp "$2" "$1/a.txt" && ls -A "$1"
    "#;
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let ran = Command::new("unshare")
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", script])
        .args([binary(), disk.as_path(), file.as_path()])
        .output();
    match ran {
        Ok(ran) if ran.stdout.starts_with(b"exit") => {
            let ran = Ran::from(ran);
            let name = disk.join("a.txt");
            assert_eq!(ran.out, "exit 2\na.txt\n");
            let why = "No space left on device";
            assert_eq!(ran.err, format!("ungarble: {}: {why}\n", name.display()));
        }
        // Not allowed here: the limit on file sizes below stands for it.
        _ => skipped("no file system can be mounted here"),
    }
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
