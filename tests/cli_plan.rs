//! `learn`, and `repair` by the plan that it wrote, from a shell.

mod cli_support;

use cli_support::{Folder, ungarble};
use serde_json::Value;

#[test]
fn what_is_learned_from_a_pair_repairs_others() {
    let folder = Folder::new("learn");
    folder.file("garbled", "Ð¡Ð½ÐµÐ³\nok\n");
    let garbled = folder.path().join("garbled");
    let right = folder.file("right", "Снег\nok\n");
    let ran = ungarble(["learn".as_ref(), garbled.as_os_str(), right.as_os_str()], b"");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "1: UTF-8>windows-1252\n"), "{}", ran.err);
    let ran = ungarble(
        ["learn".as_ref(), "--json".as_ref(), garbled.as_os_str(), right.as_os_str()],
        b"",
    );
    let plan = folder.file("plan.json", &ran.out);
    let ran = ungarble(
        ["repair".as_ref(), "--plan".as_ref(), plan.as_os_str()],
        "Ð›ÐµÑ‚Ð¾\nЛето\n".as_bytes(),
    );
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "Лето\nЛето\n"), "{}", ran.err);
}

#[test]
fn arguments_that_are_no_files_are_the_texts() {
    let ran = ungarble(["learn", "Caf├⌐ ├╝ber", "Café über"], b"");
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "1: UTF-8>IBM437\n"), "{}", ran.err);
    let ran = ungarble(["learn", "-", "Über"], "Ãœber\n".as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "1: UTF-8>windows-1252\n"), "{}", ran.err);
}

#[test]
fn texts_that_have_nothing_to_do_with_each_other_teach_nothing() {
    let ran = ungarble(["learn", "Montag", "Dienstag"], b"");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert_eq!(ran.err, "ungarble: no misreading leads from one text to the other\n");
}

#[test]
fn the_plan_of_a_report_is_a_plan() {
    let record = "{\"text\":\"GrÃ¶ÃŸe\"}\n";
    let ran = ungarble(["repair", "--jsonl"], record.as_bytes());
    let answer: Value = serde_json::from_str(&ran.out).unwrap();
    let folder = Folder::new("report-plan");
    let plan = folder.file("plan.json", answer["ungarble"]["plan"].to_string());
    let ran =
        ungarble(["repair".as_ref(), "--plan".as_ref(), plan.as_os_str()], "LÃ¤nge\n".as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), "Länge\n"), "{}", ran.err);
}

#[test]
fn what_is_no_plan_is_said_so() {
    let folder = Folder::new("no-plan");
    let plan = folder
        .file("plan.json", r#"{"rounds":[{"repairs":[{"source":[0,3],"undone":["UTF-8>x"]}]}]}"#);
    let ran = ungarble(["repair".as_ref(), "--plan".as_ref(), plan.as_os_str()], b"abc\n");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("no charset goes by the label \"x\""), "{}", ran.err);
}

#[test]
fn hints_find_what_is_too_short_to_be_seen() {
    let short = "дЕМЭ\n".as_bytes();
    assert_eq!(ungarble(["repair"], short).out.as_bytes(), short);
    for hint in [["--language", "ru"], ["--likely-charset", "windows-1251"]] {
        let ran = ungarble(["repair", hint[0], hint[1], "--kind", "tag"], short);
        assert_eq!((ran.code, ran.out.as_str()), (Some(0), "День\n"), "{}", ran.err);
    }
}
