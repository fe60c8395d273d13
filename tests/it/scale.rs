//! Offices of any size: made by `simulate --units`, taken in, counted.

#![allow(clippy::disallowed_methods, reason = "the test is the person at the terminal")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

fn duban(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_duban"))
        .current_dir(folder)
        .env("LANG", "zh_CN.UTF-8")
        .env_remove("LC_ALL")
        .args(words)
        .output()
        .expect("duban runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What a command that ends with exit code `code` prints as JSON.
fn json(output: &Output, code: i32) -> Value {
    assert_eq!(output.status.code(), Some(code), "{}", said(output));
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", said(output)))
}

/// Every file below a folder, by its path from there.
fn tree(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut folders = vec![root.to_owned()];
    let mut files = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).expect("below the root").to_owned();
                files.insert(name, fs::read(&path).expect("a file"));
            }
        }
    }
    files
}

#[test]
fn an_office_of_any_size_is_made_twice_alike_and_its_last_returns_wait() {
    let temp = tempfile::tempdir().expect("a folder");
    let home = temp.path();
    let size = ["--units", "6", "--tasks", "9", "--periods", "2", "--seed", "5", "--json"];
    let make =
        |name: &str| json(&duban(home, &[&["-C", name, "simulate"][..], &size[..]].concat()), 0);
    let made = make("one");
    assert_eq!(made["units"], 6);
    let taken: Vec<&Value> =
        made["periods"].as_array().expect("periods").iter().map(|p| &p["taken"]).collect();
    assert_eq!(taken, [true, false]);
    make("two");
    let (one, two) = (tree(&home.join("one")), tree(&home.join("two")));
    assert_eq!(one.keys().collect::<Vec<_>>(), two.keys().collect::<Vec<_>>());
    for (name, bytes) in &one {
        assert!(bytes == &two[name], "{} differs", name.display());
    }

    // A folder that holds anything is left alone.
    let again = duban(home, &[&["-C", "one", "simulate"][..], &size[..]].concat());
    assert_eq!(again.status.code(), Some(2), "{}", said(&again));
    assert_eq!(tree(&home.join("one")), one);

    // The last period waits; what was reported before stands on its forms.
    let sent = made["periods"][1]["files"].as_u64().expect("a count");
    let ingest = ["-C", "one", "ingest", "--period", "2024-02", "--now", "2024-03-12", "--json"];
    let output = duban(home, &ingest);
    let ingested: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let summary = &ingested["summary"];
    assert_eq!(summary["files"], sent, "{summary}");
    assert!(summary["rejected"] == 0 && summary["unreadable"] == 0, "{summary}");
}

#[test]
fn what_cannot_be_played_is_refused_before_anything_is_written() {
    let temp = tempfile::tempdir().expect("a folder");
    let home = temp.path();
    for words in [
        &["--units", "6"][..],
        &["--tasks", "6"],
        &["--units", "0", "--tasks", "6"],
        &["--units", "6", "--tasks", "100001"],
        &["--units", "6", "--tasks", "6", "--periods", "13"],
        &["--units", "6", "--tasks", "6", "--periods", "3", "--period", "2024-11"],
        &["--periods", "3", "--period", "2024-11"],
        &[],
    ] {
        let output = duban(home, &[&["-C", "office", "simulate"], words].concat());
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", said(&output));
        assert!(!said(&output).is_empty() && !home.join("office").exists(), "{words:?}");
    }
}
