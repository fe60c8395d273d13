//! The program as processes on one office folder: grants, recheck, two at once, kills, no room, no permission.

#![allow(clippy::disallowed_methods, reason = "the test is the person at the terminal")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use crate::program::{self, said};

mod at_once;
mod codes;
mod grants;
mod killed;
mod no_room;
mod overrides;
mod periods;
mod recheck;
mod shares;
mod trace;
mod zips;

/// Three tasks and four units: enough for every command, quick enough for hundreds of runs.
const PLAN: &str = "\
# 青禾区2024年重点工作责任分工方案

## 一、经济

1. 新增规上工业企业30家。〔牵头领导：许承泽；牵头单位：区工业和信息化局；责任单位：区发展和改革局、区财政局〕

2. 一般公共预算收入增长5%。〔牵头领导：许承泽；牵头单位：区财政局；责任单位：区发展和改革局〕

## 二、民生

3. 完善社区养老服务，建成示范点。〔牵头领导：顾宁；牵头单位：区民政局；责任单位：区财政局〕
";

/// An office with forms of March 2024 issued and returned, nothing taken in yet.
struct Office {
    folder: PathBuf,
    _temp: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let temp = tempfile::tempdir().expect("a folder");
        fs::write(temp.path().join("plan.md"), PLAN).expect("a plan");
        let folder = temp.path().join("office");
        let office = Self { folder, _temp: temp };
        let init = Command::new(env!("CARGO_BIN_EXE_duban"))
            .current_dir(office.folder.parent().expect("a folder"))
            .args(["init", "office", "--plan", "plan.md"])
            .output()
            .expect("duban runs");
        assert!(init.status.success(), "{}", said(&init));
        office.done(&["template", "-p", "2024-03", "--now", "2024-03-31T09:00:00"]);
        office.done(&["simulate", "-p", "2024-03", "--now", "2024-03-31T09:00:00"]);
        office
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn command(&self, words: &[&str]) -> Command {
        program::command(&self.folder, words)
    }

    fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("duban runs")
    }

    fn done(&self, words: &[&str]) -> String {
        let output = self.run(words);
        assert_eq!(output.status.code(), Some(0), "{words:?}: {}", said(&output));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn json(&self, words: &[&str]) -> Value {
        serde_json::from_str(&self.done(words)).expect("JSON")
    }

    fn refused(&self, words: &[&str], part: &str) {
        let output = self.run(words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", said(&output));
        assert!(said(&output).contains(part), "{words:?}: {}", said(&output));
    }

    /// What the ledger holds of the period, without the order in which it came in.
    fn dump(&self) -> Vec<String> {
        let dump = self.json(&["ledger", "dump", "-p", "2024-03", "--json"]);
        let mut rows: Vec<String> =
            dump.as_array().expect("a list").iter().map(ToString::to_string).collect();
        rows.sort();
        rows
    }
}

const INGEST: [&str; 6] = ["ingest", "-p", "2024-03", "--now", "2024-04-12T09:00:00", "--json"];

/// Copies a folder with everything in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("copied");
            // The time of a return is when it came.
            let times = fs::File::options().append(true).open(&to).expect("opened");
            let modified = fs::metadata(&path).and_then(|m| m.modified()).expect("a time");
            times.set_modified(modified).expect("set");
        }
    }
}

/// Every file below a folder, by its path in it.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}
