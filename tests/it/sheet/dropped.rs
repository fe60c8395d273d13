//! What may lie in a folder of returns besides returns: pipes, sockets, links, devices' names, odd file names. All are
//! noticed, none is opened blindly, and the run ends.

#![cfg(unix)]
#![allow(clippy::disallowed_methods, reason = "the test is the person at the terminal")]

use std::{
    collections::BTreeMap,
    ffi::OsStr,
    fs,
    os::unix::{ffi::OsStrExt, fs::symlink, net::UnixListener},
    path::Path,
    process::Command,
};

use serde_json::Value;

use crate::program::duban;

/// An office with the forms of January.
pub(crate) fn office(home: &Path) {
    let sample = |name: &str| format!("{}/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    let words =
        ["init", "office", "--plan", &sample("plan.md"), "--registry", &sample("registry.toml")];
    assert!(duban(home, &words).status.success());
    let words = ["template", "--period", "2024-01", "--now", "2024-01-31T09:00:00"];
    assert!(duban(&home.join("office"), &words).status.success());
}

#[test]
fn whatever_lies_in_the_folder_the_run_ends_and_names_it() {
    let temp = tempfile::tempdir().expect("a folder");
    office(temp.path());
    let office = temp.path().join("office");
    let returns = office.join("returns/2024-01");
    fs::create_dir_all(returns.join("一/二/三/四/五")).expect("folders");
    let mut forms: Vec<_> = fs::read_dir(office.join("templates/2024-01"))
        .expect("forms")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.extension().is_some_and(|e| e == "xlsx"))
        .collect();
    forms.sort();
    let gb18030 = encoding_rs::GB18030.encode("城关镇.xlsx").0.into_owned();
    let names: [&[u8]; 8] = [
        "带 空格 \"引号\" $HOME `x`;.xlsx".as_bytes(),
        "换\n行.xlsx".as_bytes(),
        b"\x1b[31mred\x07.xlsx",
        &gb18030,
        // No text in any encoding: two names that look alike are two files.
        b"\xff\xfe.xlsx",
        b"\xff\xff.xlsx",
        b"-rf.xlsx",
        "大写.XLSX".as_bytes(),
    ];
    for (form, name) in forms.iter().zip(names) {
        fs::copy(form, returns.join(OsStr::from_bytes(name))).expect("copied");
    }
    assert!(
        Command::new("mkfifo").arg(returns.join("管道.xlsx")).status().expect("made").success()
    );
    let _socket = UnixListener::bind(returns.join("套接字.xlsx")).expect("a socket");
    fs::write(temp.path().join("外面.xlsx"), "secret").expect("written");
    symlink(temp.path().join("外面.xlsx"), returns.join("链接.xlsx")).expect("a link");
    symlink(&returns, returns.join("自环")).expect("a link");
    symlink("nowhere", returns.join("断链.xlsx")).expect("a link");
    symlink("/dev/zero", returns.join("收件登记.csv")).expect("a link");
    fs::create_dir(returns.join("目录.xlsx")).expect("a folder");
    for name in ["~$锁.xlsx", ".~lock.甲.xlsx#", ".隐藏.xlsx", "Thumbs.db", "空.xlsx"] {
        fs::write(returns.join(name), "").expect("written");
    }
    fs::write(returns.join("一/二/三/四/五/深.xlsx"), "x").expect("written");

    let run = duban(&office, &["ingest", "--period", "2024-01", "--json"]);
    assert_eq!(run.status.code(), Some(1));
    assert!(!run.stderr.contains(&0x1b) && !run.stderr.contains(&7));
    let json: Value = serde_json::from_slice(&run.stdout).expect("a document");
    let files = json["files"].as_array().expect("files");
    let outcomes: BTreeMap<&str, Vec<&str>> = files.iter().fold(BTreeMap::new(), |mut all, f| {
        let name = f["path"].as_str().expect("a path").trim_start_matches("returns/2024-01/");
        all.entry(f["outcome"].as_str().expect("an outcome")).or_insert_with(Vec::new).push(name);
        all
    });
    let mut ignored = outcomes["ignored"].clone();
    ignored.sort_unstable();
    let mut noticed = vec![
        "管道.xlsx",
        "套接字.xlsx",
        "链接.xlsx",
        "自环",
        "断链.xlsx",
        "收件登记.csv",
        "~$锁.xlsx",
        ".~lock.甲.xlsx#",
        ".隐藏.xlsx",
        "Thumbs.db",
        "一/二/三/四",
    ];
    noticed.sort_unstable();
    assert_eq!(ignored, noticed);
    // Forms sent back unfilled are read – accepted from units that owe nothing – and the empty file is rejected.
    let read = [&outcomes["rejected"][..], &outcomes["accepted"]].concat();
    assert_eq!(read.len(), names.len() + 1, "{outcomes:?}");
    assert!(read.contains(&"城关镇.xlsx") && outcomes["rejected"].contains(&"空.xlsx"));
    for file in files {
        let said = file["findings"].as_array().is_some_and(|f| !f.is_empty());
        assert!(said || file["outcome"] == "accepted", "{file}");
        let cells = &file["cells"];
        let count = |name: &str| cells[name].as_u64().expect("a count");
        assert_eq!(count("seen"), count("used") + count("explained"), "{file}");
    }
}
