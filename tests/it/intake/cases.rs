//! One folder per oddity: `tests/cases/intake/<name>/case.txt` says what a unit did to a sound return and who made
//! the case, `expected.txt` what must be said and taken. `UPDATE_GOLDEN=1` rewrites the expectations; the diff is
//! read before committing. Folders named `file-…` are about whole files and belong to `sheet`.

#![allow(clippy::disallowed_methods, reason = "tests read their cases")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use duban::{
    diag::{Checked, Code},
    intake::{Arrived, Held, Outcome, Reading, Standing, duplicate, read_return, settle},
    model::Field,
};

use super::{
    edits::Case,
    scene::{Scene, Spoil, balanced, values},
};

/// The folders of cases, by name.
pub(crate) fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/intake");
    let mut folders: Vec<PathBuf> = fs::read_dir(root)
        .expect("cases")
        .map(|e| e.expect("an entry").path())
        .filter(|p| p.join("case.txt").exists() && !name_of(p).starts_with("file-"))
        .collect();
    folders.sort();
    folders
}

pub(crate) fn name_of(folder: &Path) -> String {
    folder.file_name().expect("a name").to_string_lossy().into_owned()
}

pub(crate) fn case_of(folder: &Path) -> Case {
    let text = fs::read_to_string(folder.join("case.txt")).expect("a case");
    assert!(text.starts_with("# "), "{}: who made it and with what", folder.display());
    Case::parse(&text)
}

/// What is said and taken, with what a sound return would have given beside it.
pub(crate) fn shown(checked: &Checked<Reading>, sound: &BTreeMap<String, String>) -> String {
    let mut out = String::new();
    let reading = &checked.value;
    let outcome = format!("{:?}", reading.outcome).to_lowercase();
    let unit = reading.unit.as_ref().map_or("—", |u| u.as_str());
    let dispute = if reading.undisputed { "" } else { " disputed" };
    let _ = writeln!(out, "{outcome} {unit}{dispute}");
    for f in &checked.findings {
        let (sheet, cell) = (f.place.sheet().unwrap_or("—"), f.place.cell().unwrap_or("—"));
        let found = f.found.replace('\n', "\\n");
        let _ = writeln!(out, "{} {sheet} {cell} “{found}”", f.code.printed());
    }
    let taken = values(checked);
    for (key, value) in &taken {
        match sound.get(key) {
            Some(same) if same == value => {}
            _ => drop(writeln!(out, "takes {key} = {value}")),
        }
    }
    if taken.is_empty() {
        out.push_str("takes nothing\n");
    } else {
        for key in sound.keys().filter(|k| !taken.contains_key(*k)) {
            let _ = writeln!(out, "leaves {key}");
        }
    }
    out
}

/// Reads a case and compares what comes out with what is expected; gives the codes raised.
fn check(folder: &Path) -> Result<BTreeSet<Code>, String> {
    let case = case_of(folder);
    let name = name_of(folder);
    let checked = read_return(&case.book, &case.file, &case.scene.expected);
    balanced(&case.book, &checked, &name);
    let shown = shown(&checked, &case.sound);
    let expected = folder.join("expected.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&expected, &shown).expect("written");
    }
    let wanted = fs::read_to_string(&expected).unwrap_or_default().replace("\r\n", "\n");
    if shown != wanted {
        return Err(format!("{name}: expected\n{wanted}got\n{shown}"));
    }
    Ok(checked.findings.iter().map(|f| f.code).collect())
}

/// Codes about several files, raised by settling a run.
fn raised_between_files() -> BTreeSet<Code> {
    let scene = Scene::new();
    let read = |edits: &[(&str, &str)]| {
        let mut book = scene.sound();
        for (cell, text) in edits {
            if text.is_empty() { book.clear(cell) } else { book.type_in(cell, text) }
        }
        scene.read(&book).value.returned.expect("taken")
    };
    let (old, new) = (read(&[]), read(&[("K6", "9"), ("N8", "")]));
    let arrived = |path, sha256, time: &str, answers| Arrived {
        path,
        sha256,
        received_at: time.parse().expect("a time"),
        outcome: Outcome::Accepted,
        unit: Some(&old.unit),
        answers: Some(answers),
    };
    let files = [
        arrived("a.xlsx", "1", "2024-04-01T01:00:00Z", &old),
        arrived("b.xlsx", "2", "2024-04-01T02:00:00Z", &new),
        arrived("c.xlsx", "2", "2024-04-01T03:00:00Z", &new),
    ];
    let held: Standing = old
        .entries
        .iter()
        .filter_map(|e| {
            let held = Held {
                answer: e.value.clone()?,
                received_at: files[0].received_at,
                sha256: "1".into(),
                file: "a.xlsx".into(),
            };
            Some(((e.item, e.field), held))
        })
        .collect();
    let mut short = held.clone();
    short.retain(|(_, field), held| {
        held.received_at = files[2].received_at;
        *field != Field::Status
    });
    let mut settled = settle(&files, [(old.unit.clone(), held)].into(), &scene.expected);
    settled.extend(settle(&files[..1], [(old.unit.clone(), short)].into(), &scene.expected));
    let mut codes: BTreeSet<Code> =
        settled.iter().flat_map(|s| &s.findings).map(|f| f.code).collect();
    for same in settled.iter().filter_map(|s| s.same_as.as_deref()) {
        for path in ["c.xlsx", "区财政局.xlsx"] {
            let again = duplicate(path, same, Some(&old.unit), &scene.expected);
            codes.extend(again.findings.iter().map(|f| f.code));
        }
    }
    codes
}

/// Every case gives what is expected of it, and together they raise every code of this room: not by naming it, by
/// bringing it about. Those about a file as a whole (I1) are brought about by the program in
/// `process/codes.rs`.
#[test]
fn every_case_is_read_as_expected_and_every_code_is_raised() {
    let (mut raised, mut wrong) = (raised_between_files(), Vec::new());
    for folder in folders() {
        match check(&folder) {
            Ok(codes) => raised.extend(codes),
            Err(text) => wrong.push(text),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let ours = |c: &&Code| {
        let printed = c.printed();
        printed.starts_with('I') && printed > "I2"
    };
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(ours)
        .filter(|c| !raised.contains(c))
        .map(|c| c.printed())
        .collect();
    assert!(missing.is_empty(), "raised by no case: {missing:?}");
}
