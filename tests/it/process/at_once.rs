//! Two processes on one ledger: they wait for each other or say so, and end like one after the other.

use std::process::Stdio;

use super::*;

#[test]
fn two_ingests_at_once_end_like_one_after_the_other() {
    let alone = Office::new();
    let both = Office::new();
    // The same returns in both offices: forms of two offices have different keys, so copy the office.
    fs::remove_dir_all(&both.folder).expect("removed");
    copy(&alone.folder, &both.folder);
    assert!(alone.run(&INGEST).status.success());
    let running: Vec<_> = (0..4)
        .map(|_| {
            both.command(&INGEST)
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .expect("started")
        })
        .collect();
    let mut accepted = 0;
    for child in running {
        let output = child.wait_with_output().expect("ended");
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        let told: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let summary = &told["summary"];
        let count = |key: &str| summary[key].as_u64().expect("a count");
        assert_eq!(count("accepted") + count("duplicate"), 4, "{summary}");
        accepted += count("accepted");
    }
    assert_eq!(accepted, 4, "each file is taken in by exactly one of them");
    assert_eq!(alone.dump(), both.dump());
    assert_eq!(both.json(&["ledger", "verify", "--json"])["sound"], true);
    let names = |o: &Office, of: &str| -> Vec<PathBuf> {
        let root = o.folder.clone();
        let inside = |p: PathBuf| p.strip_prefix(&root).map(Path::to_owned).expect("inside");
        files(&o.path(of)).into_iter().map(inside).collect()
    };
    for folder in ["archive", "feedback"] {
        assert_eq!(names(&alone, folder), names(&both, folder), "whole files and nothing else");
    }
}

#[test]
fn a_ledger_held_by_another_program_is_waited_for_then_said_to_be_in_use() {
    let office = Office::new();
    let path = office.path("ledger.db");
    let holder = rusqlite::Connection::open(&path).expect("opened");
    holder.execute_batch("BEGIN EXCLUSIVE").expect("held");
    let child = office
        .command(&INGEST)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("started");
    std::thread::sleep(std::time::Duration::from_secs(1));
    holder.execute_batch("ROLLBACK").expect("let go");
    let output = child.wait_with_output().expect("ended");
    assert_eq!(output.status.code(), Some(0), "it waits: {}", said(&output));
    holder.execute_batch("BEGIN EXCLUSIVE").expect("held");
    let output = office.run(&INGEST);
    assert_eq!(output.status.code(), Some(2), "it does not wait for ever");
    assert!(said(&output).contains("正被另一个程序使用"), "{}", said(&output));
    holder.execute_batch("ROLLBACK").expect("let go");
    assert!(!office.dump().is_empty(), "what the first one took in is there");
}
