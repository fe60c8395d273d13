//! The shape of the house: which room may use which, and where each outside crate lives.

#![allow(clippy::disallowed_methods, reason = "the test reads the sources")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Rooms and the rooms they may use, in the order of `src/lib.rs`. A room may always use itself.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("diag", &["model"]),
    ("wording", &["model", "diag"]),
    ("settings", &["model", "diag", "wording"]),
    ("sheet", &["model", "diag", "wording", "settings"]),
    ("plan", &["model", "diag", "wording", "settings", "sheet"]),
    ("template", &["model", "diag", "wording", "settings", "sheet", "plan"]),
    ("intake", &["model", "diag", "wording", "settings", "sheet", "plan", "template"]),
    ("ledger", &["model", "diag", "wording", "settings", "sheet", "plan", "template", "intake"]),
    ("stats", &["model", "diag", "wording", "settings", "plan", "ledger"]),
    ("workbook", &["model", "diag", "wording", "settings", "sheet", "plan", "ledger", "stats"]),
    ("rehearsal", &["model", "diag", "wording", "settings", "sheet", "plan", "template"]),
];

/// Outside crates and the places that may name them.
const HOMES: &[(&str, &[&str])] = &[
    ("clap", &["cli"]),
    ("indicatif", &["cli"]),
    ("tempfile", &["cli"]),
    ("calamine", &["sheet"]),
    ("libdeflater", &["sheet"]),
    ("zip", &["sheet", "plan/docx", "rehearsal", "cli"]),
    ("quick_xml", &["sheet", "plan/docx"]),
    ("rust_xlsxwriter", &["sheet/style", "plan", "template", "workbook", "rehearsal"]),
    ("rusqlite", &["ledger"]),
    ("polars", &["ledger", "stats"]),
    ("polars_io", &["ledger"]),
];

/// Every source file below `src`, as (path from `src` with `/`, text without comments and tests).
fn sources() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("src can be listed") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let name = path
                    .strip_prefix(&root)
                    .expect("below src")
                    .to_string_lossy()
                    .replace('\\', "/");
                files.insert(name, code_of(&fs::read_to_string(&path).expect("source is text")));
            }
        }
    }
    files
}

/// Code lines only, up to the unit tests at the end of a file.
fn code_of(text: &str) -> String {
    text.split("#[cfg(test)]\nmod ")
        .next()
        .unwrap_or_default()
        .lines()
        .filter(|l| !l.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The rooms that `text` names as `crate::room` or inside `crate::{…}`.
fn rooms_used(text: &str) -> Vec<&'static str> {
    let flat = text.replace([' ', '\n'], "");
    let mut used = Vec::new();
    for (room, _) in ROOMS.iter().chain(&[("cli", &[] as &[&str])]) {
        let direct =
            flat.contains(&format!("crate::{room}::")) || flat.contains(&format!("crate::{room};"));
        let grouped = flat.split("crate::{").skip(1).any(|group| {
            let mut depth = 0usize;
            let mut at_top = String::new();
            for sign in group.chars() {
                match sign {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    _ if depth == 0 => at_top.push(sign),
                    _ => {}
                }
            }
            at_top.split(',').any(|part| part.split("::").next() == Some(room))
        });
        if direct || grouped {
            used.push(*room);
        }
    }
    used
}

#[test]
fn a_room_knows_nothing_of_rooms_to_its_right() {
    let files = sources();
    let mut seen = 0;
    for (name, text) in &files {
        let Some((room, allowed)) = ROOMS.iter().find(|(r, _)| name.starts_with(&format!("{r}/")))
        else {
            continue;
        };
        // Sentences mention Excel's limits through the constants that hold them.
        let text = &text.replace("crate::sheet::limits::", "");
        for used in rooms_used(text) {
            seen += 1;
            assert!(used == *room || allowed.contains(&used), "src/{name} uses crate::{used}");
        }
    }
    assert!(seen > 10, "the test reads nothing: {seen} uses found");
}

#[test]
fn every_room_is_on_the_list() {
    for name in sources().keys() {
        let known = name == "lib.rs"
            || name == "main.rs"
            || name.starts_with("cli/")
            || ROOMS.iter().any(|(r, _)| name.starts_with(&format!("{r}/")));
        assert!(known, "src/{name} is in no room of tests/it/layering.rs");
    }
}

#[test]
fn outside_crates_stay_at_home() {
    for (name, text) in sources() {
        for (krate, homes) in HOMES {
            let named = text.contains(&format!(" {krate}::"))
                || text.contains(&format!("({krate}::"))
                || text.contains(&format!("<{krate}::"))
                || text.contains(&format!("use {krate}::"));
            assert!(
                !named || homes.iter().any(|h| name.starts_with(h)),
                "src/{name} names {krate}"
            );
        }
    }
}

#[test]
fn the_reader_of_use_lines_sees_what_it_should() {
    assert_eq!(rooms_used("use crate::{diag::{Code, Place}, stats};"), ["diag", "stats"]);
    assert_eq!(rooms_used("let x = crate::sheet::cell_name(0, 0);"), ["sheet"]);
    assert_eq!(rooms_used("use crate::model::plan;"), ["model"]);
}
