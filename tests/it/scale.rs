//! Offices of any size: made by `simulate --units`, taken in, counted.

#![allow(clippy::disallowed_methods, reason = "the test is the person at the terminal")]
#![allow(clippy::print_stderr, reason = "a skipped check says why")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

use crate::program::{duban, said};

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
        &["--units", "6", "--tasks", "10001"],
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

/// Makes a small office with one period taken in.
fn office(home: &Path, name: &str, units: &str, seed: &str) {
    let words = [
        "-C",
        name,
        "simulate",
        "--units",
        units,
        "--tasks",
        "9",
        "--periods",
        "2",
        "--seed",
        seed,
    ];
    let made = duban(home, &words);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
}

#[test]
fn many_offices_are_taken_in_side_by_side_and_rolled_up_level_by_level() {
    let temp = tempfile::tempdir().expect("a folder");
    let home = temp.path();
    office(home, "省/甲市/一区", "6", "1");
    office(home, "省/甲市/二区", "7", "2");
    office(home, "省/乙市/三区", "5", "3");
    // An office whose plan is no plan costs itself.
    let broken = home.join("省/乙市/坏区");
    fs::create_dir_all(&broken).expect("a folder");
    fs::copy(home.join("省/乙市/三区/duban.toml"), broken.join("duban.toml")).expect("settings");
    fs::write(broken.join("plan.xlsx"), b"no plan").expect("a file");

    let ingest =
        ["ingest", "--period", "2024-02", "--offices", "省", "--now", "2024-03-12", "--json"];
    let taken = json(&duban(home, &ingest), 1);
    assert_eq!((&taken["summary"]["offices"], &taken["summary"]["failed"]), (&4.into(), &1.into()));
    let failed: Vec<&Value> = taken["offices"]
        .as_array()
        .expect("offices")
        .iter()
        .filter(|o| !o["failed"].is_null())
        .collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0]["office"], "省/乙市/坏区");

    let rollup = |code: i32, words: &[&str]| {
        json(&duban(home, &[&["rollup", "--period", "2024-02", "--json"], words].concat()), code)
    };
    let all = rollup(1, &["省"]);
    let names: Vec<&Value> =
        all["rows"].as_array().expect("rows").iter().map(|r| &r["name"]).collect();
    assert_eq!(names, ["乙市", "甲市"]);
    assert_eq!(all["left_out"][0]["source"], "省/乙市/坏区");
    assert_eq!(all["total"]["offices"], 3);

    // Rates are the counts of the offices added up.
    let mut counts = (0, 0, 0);
    for office in ["省/甲市/一区", "省/甲市/二区", "省/乙市/三区"] {
        let stats = ["-C", office, "stats", "--period", "2024-02", "--by", "section", "--json"];
        let total = &json(&duban(home, &stats), 0)["total"];
        let rate = |name: &str, what: &str| total[name][what].as_u64().expect("a count");
        counts.0 += rate("completion", "done");
        counts.1 += rate("completion", "due");
        counts.2 += rate("on_schedule", "done");
        let own = &rollup(0, &[office])["rows"][0];
        for key in ["completion", "on_schedule", "mean_progress", "lights", "classes", "incomplete"]
        {
            assert_eq!(own[key], total[key], "{office}: {key}");
        }
    }
    let total = &all["total"];
    assert_eq!(total["completion"]["done"], counts.0);
    assert_eq!(total["completion"]["due"], counts.1);
    assert_eq!(total["on_schedule"]["done"], counts.2);

    // A city's roll-up stands for its ledgers.
    let city = rollup(0, &["省/甲市", "--name", "甲市"]);
    assert_eq!(city["rows"].as_array().map(Vec::len), Some(2));
    fs::write(home.join("甲市.json"), city.to_string()).expect("a file");
    let nested = rollup(0, &["甲市.json", "省/乙市/三区"]);
    for key in
        ["completion", "on_schedule", "lights", "classes", "returns", "offices", "units", "last"]
    {
        assert_eq!(nested["total"][key], all["total"][key], "{key}");
    }

    // The workbook of it has the offices as rows, and names what it leaves out.
    let words = ["rollup", "--period", "2024-02", "省", "-o", "汇总.xlsx"];
    let written = duban(home, &words);
    assert_eq!(written.status.code(), Some(1), "{}", said(&written));
    let book = duban::sheet::read(&fs::read(home.join("汇总.xlsx")).expect("a file"), "汇总.xlsx");
    let cells: Vec<String> = book
        .expect("readable")
        .sheets
        .iter()
        .flat_map(|sheet| sheet.cells.iter().map(duban::sheet::Cell::text))
        .collect();
    for named in ["甲市", "一区", "二区", "三区", "省/乙市/坏区"] {
        assert!(cells.iter().any(|c| c == named), "{named}");
    }
    let nowhere = ["rollup", "--period", "2024-02", "省", "-o", "无/汇总.xlsx"];
    assert_eq!(duban(home, &nowhere).status.code(), Some(2));

    // An office that stands inside a file and is named again would be counted twice.
    let twice = duban(home, &["rollup", "--period", "2024-02", "甲市.json", "省/甲市/一区"]);
    assert_eq!(twice.status.code(), Some(2));
    assert!(said(&twice).contains("一区") && twice.stdout.is_empty(), "{}", said(&twice));

    // What does not add up, is of another period or named twice is refused.
    let forged = city.to_string().replacen("\"behind\":", "\"behind\":1", 1);
    fs::write(home.join("改.json"), forged).expect("a file");
    fs::write(home.join("他.json"), b"[]").expect("a file");
    for sources in [&["改.json"][..], &["他.json"], &["无"], &["省/甲市", "省/甲市/一区"]]
    {
        let output = duban(home, &[&["rollup", "--period", "2024-02"], sources].concat());
        assert_eq!(output.status.code(), Some(2), "{sources:?}: {}", said(&output));
        assert!(output.stdout.is_empty() && !said(&output).is_empty());
    }
    let output = duban(home, &["rollup", "--period", "2024-01", "甲市.json"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("2024-02"), "{}", said(&output));

    // No unit and nobody's name leaves by a roll-up; the table for people names every office.
    let text = all.to_string();
    let plan = json(&duban(home, &["-C", "省/甲市/一区", "plan", "show", "--json"]), 0);
    for named in ["units", "leaders"] {
        for one in plan[named].as_array().expect("a list") {
            assert!(!text.contains(one["name"].as_str().expect("a name")), "{one}");
        }
    }
    let csv = duban(home, &["rollup", "--period", "2024-02", "省/甲市", "--csv"]);
    let csv = String::from_utf8(csv.stdout).expect("text");
    assert!(csv.starts_with('\u{feff}') && csv.contains("一区") && csv.contains("合计"), "{csv}");
    let widths: std::collections::BTreeSet<usize> =
        csv.lines().map(|l| l.split(',').count()).collect();
    assert_eq!(widths.len(), 1, "{csv}");
}

#[test]
fn other_engines_find_the_same_rates_in_an_export() {
    let temp = tempfile::tempdir().expect("a folder");
    let home = temp.path();
    office(home, "office", "9", "4");
    let tool = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tools/parquet_check.py");
    let checked = Command::new("python3")
        .args([tool, env!("CARGO_BIN_EXE_duban"), "office", "duckdb"])
        .current_dir(home)
        .output();
    let Ok(checked) = checked else {
        eprintln!("skipped: no python3");
        return;
    };
    let told = String::from_utf8_lossy(&checked.stdout);
    eprintln!("{told}");
    if told.contains("no engine is installed") {
        return;
    }
    assert!(checked.status.success(), "{told}{}", said(&checked));
}
