//! The command line: wiring, exit codes, and one month of the sample office from end to end.

#![allow(clippy::disallowed_methods, reason = "the test is the person at the terminal")]

use std::{collections::BTreeMap, fs, path::Path, process::Output};

use serde_json::Value;

use crate::program::{duban, said};

fn code(output: &Output) -> i32 {
    output.status.code().expect("an exit code, not a signal")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", said(output)))
}

fn sample(name: &str) -> String {
    format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        files.insert(path.to_string_lossy().into_owned(), fs::read(&path).expect("a file"));
    }
    files
}

#[test]
fn one_month_from_end_to_end() {
    let temp = tempfile::tempdir().expect("a folder");
    let home = temp.path();
    let init = duban(
        home,
        &["init", "office", "--plan", &sample("plan.md"), "--registry", &sample("registry.toml")],
    );
    assert_eq!(code(&init), 0, "{}", said(&init));
    let office = home.join("office");
    let show = json(&duban(&office, &["plan", "show", "--json"]));
    assert_eq!(show["tasks"].as_array().map(Vec::len), Some(120));
    assert_eq!(show["sections"].as_array().map(Vec::len), Some(10));

    let template = duban(
        &office,
        &["template", "--period", "2024-01", "--now", "2024-01-31T09:00:00", "--json"],
    );
    assert_eq!(code(&template), 0, "{}", said(&template));
    let forms = json(&template)["forms"].as_array().map_or(0, Vec::len);
    assert!(forms > 80, "{forms}");
    assert_eq!(
        code(&duban(&office, &["simulate", "--period", "2024-01", "--now", "2024-01-31T09:00:00"])),
        0
    );

    let ingest = ["ingest", "--period", "2024-01", "--json", "--now", "2024-02-11T09:00:00"];
    let first = duban(&office, &ingest);
    let taken = json(&first);
    let files = taken["files"].as_array().expect("files");
    let errors = files
        .iter()
        .flat_map(|f| f["findings"].as_array().into_iter().flatten())
        .any(|f| f["severity"] == "error");
    assert_eq!(code(&first), i32::from(errors), "{}", said(&first));
    for file in files {
        let cells = &file["cells"];
        let sum = cells["used"].as_u64().zip(cells["explained"].as_u64()).map(|(u, e)| u + e);
        assert_eq!(cells["seen"].as_u64(), sum, "{}", file["path"]);
    }

    // What was planted is found where it was planted.
    let manifest: Value = serde_json::from_slice(
        &fs::read(office.join("simulate/2024-01.json")).expect("a manifest"),
    )
    .expect("JSON");
    for planted in manifest["planted"].as_array().expect("a list") {
        let path = format!("returns/2024-01/{}", planted["file"].as_str().unwrap_or_default());
        let file =
            files.iter().find(|f| f["path"] == path.as_str()).unwrap_or_else(|| panic!("{path}"));
        let found =
            file["findings"].as_array().into_iter().flatten().any(|f| f["code"] == planted["code"]);
        assert!(found, "{planted} is not among {}", file["findings"]);
    }

    let dump = ["ledger", "dump", "--period", "2024-01", "--json"];
    let before = duban(&office, &dump).stdout;
    let again = json(&duban(&office, &ingest));
    assert!(
        again["files"].as_array().into_iter().flatten().all(|f| f["outcome"] == "duplicate"),
        "{again}"
    );
    assert_eq!(before, duban(&office, &dump).stdout, "taking in twice changes nothing");

    let report = |now: &str| {
        let written = duban(&office, &["report", "--period", "2024-01", "--now", now]);
        assert_eq!(code(&written), 0, "{}", said(&written));
        tree(&office.join("reports/2024-01"))
    };
    let written = report("2024-02-11T10:00:00");
    assert!(written.len() > 10);
    fs::remove_dir_all(office.join("reports")).expect("reports are there");
    assert!(written == report("2024-05-01T10:00:00"), "the same bytes on another day");

    // A workbook held open elsewhere is named; nothing is written and the old set stays.
    let open = written.keys().find(|k| k.contains("领导_")).expect("a leader's workbook");
    let (folder, name) = open.rsplit_once('/').expect("a folder");
    let lock = office.join(format!("{folder}/~${name}"));
    fs::write(&lock, "lock").expect("a lock file");
    let refused = duban(&office, &["report", "--period", "2024-01", "--for", "unit"]);
    assert_eq!(code(&refused), 2);
    assert!(said(&refused).contains(name), "{}", said(&refused));
    fs::remove_file(&lock).expect("closed");
    assert!(written == tree(&office.join("reports/2024-01")), "the old set stays");

    let status = json(&duban(
        &office,
        &["status", "--period", "2024-01", "--json", "--now", "2024-02-11T09:00:00"],
    ));
    assert_eq!(status["expected"].as_u64(), Some(forms as u64));
    for by in ["leader", "unit", "section", "task"] {
        let stats = json(&duban(&office, &["stats", "--period", "2024-01", "--by", by, "--json"]));
        assert!(stats["rows"].as_array().is_some_and(|r| !r.is_empty()), "{by}");
        assert!(stats["rule"].as_str().is_some_and(|r| !r.is_empty()), "{by}");
    }
    let trace = json(&duban(&office, &["trace", "--period", "2024-01", "--task", "11", "--json"]));
    assert!(trace["entries"].as_array().is_some_and(|e| !e.is_empty()), "{trace}");
    let book =
        written.keys().find(|k| k.contains("综合统计")).expect("the office workbook").clone();
    let cell = duban(&office, &["trace", &book, "按板块!G5", "--json"]);
    assert_eq!(code(&cell), 0, "{}", said(&cell));
    assert_eq!(code(&duban(&office, &["ledger", "verify"])), 0);
    let kept: Vec<String> = tree(&office.join("archive/2024-01")).into_keys().collect();
    fs::write(&kept[0], "changed").expect("a file");
    fs::remove_file(&kept[1]).expect("a file");
    let verified = duban(&office, &["ledger", "verify"]);
    assert_eq!(code(&verified), 1);
    assert!(
        said(&verified).contains("L107") && said(&verified).contains("L108"),
        "{}",
        said(&verified)
    );
}

#[test]
fn bad_input_is_answered_plainly() {
    let temp = tempfile::tempdir().expect("a folder");
    let home = temp.path();
    let refused = |words: &[&str], part: &str| {
        let output = duban(home, words);
        assert_eq!(code(&output), 2, "{words:?}: {}", said(&output));
        assert!(said(&output).contains(part), "{words:?}: {}", said(&output));
    };
    refused(&["init", "office", "--plan", "nothing.md"], "nothing.md");
    fs::create_dir(home.join("folder")).expect("a folder");
    refused(&["init", "office", "--plan", "folder"], "folder");
    refused(&["-C", "folder", "status", "--period", "2024-01"], "duban init");
    refused(&["-C", "nowhere", "status", "--period", "2024-01"], "nowhere");
    refused(&["status", "--period", "2024-13"], "2024-13");
    refused(&["stats", "--period", "2024-01", "--by", "colour"], "colour");
    refused(&["explain", "X999"], "X999");
    fs::write(home.join("note.md"), "会议通知。\n").expect("a file");
    refused(&["init", "office", "--plan", "note.md"], "P101");
    assert!(!home.join("office").exists(), "a plan that cannot be read leaves nothing behind");

    assert_eq!(code(&duban(home, &["init", "office", "--plan", &sample("plan.md")])), 0);
    refused(&["-C", "office", "ingest", "--period", "2024-07"], "2024-07");
    refused(&["-C", "office", "template", "--period", "2023-12"], "2024");
    refused(&["-C", "office", "confirm", "--period", "2024-01", "--task", "999"], "999");
    refused(&["trace"], "--task");
    let unit = |typed| ["-C", "office", "template", "--period", "2024年7月", "--unit", typed];
    refused(&unit("发改"), "区发展和改革局");
    assert!(!home.join("office/templates").exists(), "nothing was owed by a mistyped unit");
    assert_eq!(code(&duban(home, &unit("区发改局"))), 0, "a 简称 will do");
    assert!(home.join("office/returns/2024-07").is_dir(), "returns have a folder to be put into");
    refused(&["init", "office"], "duban.toml");
    fs::write(home.join("office/duban.toml"), "[rules]\nlead_rul = \"all\"\n").expect("settings");
    refused(&["-C", "office", "plan", "show"], "lead_rule");
    fs::write(home.join("folder/mine.txt"), "x").expect("a file");
    refused(&["demo", "folder"], "folder");
    assert!(home.join("folder/mine.txt").exists());
}

#[test]
fn a_file_that_is_no_workbook_and_an_empty_folder_are_findings() {
    let temp = tempfile::tempdir().expect("a folder");
    let home = temp.path();
    assert_eq!(
        code(&duban(
            home,
            &["init", "o", "--plan", &sample("plan.md"), "--registry", &sample("registry.toml")]
        )),
        0
    );
    let office = home.join("o");
    assert_eq!(
        code(&duban(&office, &["template", "--period", "2024-01", "--unit", "区财政局"])),
        0
    );
    let empty = office.join("returns/2024-01");
    fs::create_dir_all(&empty).expect("a folder");
    let nothing = duban(&office, &["ingest", "--period", "2024-01"]);
    assert_eq!(code(&nothing), 0);
    assert!(said(&nothing).contains("I124"), "{}", said(&nothing));
    fs::write(empty.join("区财政局.xlsx"), "not a workbook").expect("a file");
    fs::write(empty.join("~$区财政局.xlsx"), "lock").expect("a file");
    let output = duban(&office, &["ingest", "--period", "2024-01", "--json"]);
    assert_eq!(code(&output), 1);
    let outcomes: Vec<String> = json(&output)["files"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|f| f["outcome"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(outcomes, ["ignored", "rejected"]);
}

#[test]
fn help_is_there_in_both_languages() {
    let temp = tempfile::tempdir().expect("a folder");
    let zh = duban(temp.path(), &["ingest", "--help"]);
    let en = duban(temp.path(), &["--lang", "en", "ingest", "--help"]);
    assert_eq!((code(&zh), code(&en)), (0, 0));
    assert!(String::from_utf8_lossy(&zh.stdout).contains("报送期"));
    assert!(String::from_utf8_lossy(&en.stdout).contains("take returns in"));
}

#[test]
fn the_returns_in_samples_are_taken_in_by_a_fresh_office() {
    let temp = tempfile::tempdir().expect("a folder");
    let home = temp.path();
    let made = duban(
        home,
        &["init", "o", "--plan", &sample("plan.md"), "--registry", &sample("registry.toml")],
    );
    assert_eq!(code(&made), 0, "{}", said(&made));
    let office = home.join("o");
    let issued = ["template", "--period", "2024-01", "--now", "2024-01-31T09:00:00"];
    assert_eq!(code(&duban(&office, &issued)), 0);
    let folder = sample("returns/2024-01");
    let ingest =
        ["ingest", "--period", "2024-01", &folder, "--json", "--now", "2024-02-11T09:00:00"];
    let taken = json(&duban(&office, &ingest));
    let files = taken["files"].as_array().expect("files");
    assert!(files.len() > 70, "{}", files.len());
    for file in files {
        let outcome = file["outcome"].as_str().unwrap_or_default();
        assert!(["accepted", "partial"].contains(&outcome), "{file}");
    }
}
