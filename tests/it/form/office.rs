//! Forms in other programs: read by openpyxl, opened and saved again by LibreOffice. Both are asked only where
//! they are installed; elsewhere the reason is printed and the test ends.
#![expect(clippy::disallowed_methods, reason = "other programs read files")]
#![expect(clippy::print_stderr, reason = "a skipped test says why")]

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    process::Command,
};

use duban::{
    model::Field,
    sheet::{Book, FileKind, read, read_loaded},
    template::{FORM_NAME, Form, FormSpec, LastFacts, cell_of, stamp_of, write},
};
use serde_json::Value;

use super::sample;

/// A program, if it can be started with `test`; else the reason is printed.
fn have(program: &str, test: &[&str]) -> bool {
    match Command::new(program).args(test).output() {
        Ok(out) if out.status.success() => true,
        Ok(out) => {
            eprintln!("skipped: {program}: {}", String::from_utf8_lossy(&out.stderr).trim());
            false
        }
        Err(error) => {
            eprintln!("skipped: {program}: {error}");
            false
        }
    }
}

fn have_openpyxl() -> bool {
    have("python3", &["-c", "import openpyxl"])
}

fn facts(path: &Path) -> Value {
    let tool = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tools/check_form.py");
    let out = Command::new("python3").arg(tool).arg(path).output().expect("python3");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

fn texts(value: &Value) -> BTreeSet<String> {
    value.as_array().into_iter().flatten().filter_map(|v| v.as_str().map(str::to_owned)).collect()
}

/// The cells a unit may fill, counted from the form, not from the writer.
fn open_cells(form: &Form, spec: &FormSpec) -> BTreeSet<String> {
    let mut cells = BTreeSet::new();
    for (n, row) in form.rows.iter().enumerate() {
        for field in Field::ALL.iter().filter(|f| row.accepts(**f)) {
            cells.extend(cell_of(form, spec, Some(n), *field));
        }
    }
    cells
}

/// A form with last facts, a confirmed task and some answers.
fn form() -> (Form, FormSpec) {
    let spec = FormSpec::shipped();
    let fresh = sample::sample_forms("2024-03");
    let mut last: LastFacts = sample::half_done(&fresh);
    for ((_, item), fact) in &mut last {
        fact.confirmed = item.task.0 == 53;
        fact.texts.insert(Field::Narrative, format!("上期第{item}项的进展。"));
    }
    let forms = sample::forms_of(&sample::plan(), "2024-06", &spec, &last);
    let mut form = sample::form_of(&forms, "区农业农村局").clone();
    let entered = [
        (Field::Cumulative, ["3.1", "未出数", "96", "9.6万"]),
        (Field::Status, ["推进中", "已完成", "", "基本完成"]),
        (Field::Progress, ["45", "120", "", "快了"]),
        (Field::Narrative, ["3个标段同步施工", "", "=1+1", "已完工"]),
    ];
    for (n, row) in form.rows.iter_mut().enumerate() {
        for (field, values) in entered {
            if row.accepts(field) && !values[n % 4].is_empty() {
                row.entered.insert(field, values[n % 4].to_owned());
            }
        }
    }
    (form, spec)
}

#[test]
fn openpyxl_reads_back_what_was_meant() {
    if !have_openpyxl() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("form.xlsx");
    let (form, spec) = form();
    std::fs::write(&path, write(&form, &spec).expect("a workbook")).expect("written");
    let facts = facts(&path);

    let states = [
        ("填报表", "visible"),
        ("填表说明", "visible"),
        ("_lists", "hidden"),
        ("_duban", "veryHidden"),
    ];
    for (sheet, state) in states {
        assert_eq!(facts["sheets"][sheet], state);
    }
    let mut open = open_cells(&form, &spec);
    let rows = form.rows.len();
    // Merged signatures: every cell of the block is open.
    let foot = rows + 7;
    for column in ["F", "G", "K", "L", "M", "O", "P", "Q"] {
        open.insert(format!("{column}{foot}"));
    }
    assert_eq!(texts(&facts["unlocked"]), open);

    let protection = &facts["protection"];
    for (key, value) in [
        ("sheet", true),
        ("format_columns", true),
        ("format_rows", true),
        ("filter", true),
        ("insert_rows", false),
        ("delete_rows", false),
        ("select_locked", true),
    ] {
        assert_eq!(protection[key], value, "{key}");
    }
    assert!(protection["password"].is_null());
    assert_eq!(protection["others"]["填表说明"], true);

    let parts = form.stamp.parts();
    let names = texts(&facts["names"]);
    for (name, text) in &parts {
        assert!(names.contains(name), "{name}");
        assert_eq!(facts["properties"][name], *text);
    }
    assert!(names.contains("duban_status"));

    // Every open cell of the table has one validation, of its column's kind; all warn and none blocks.
    let kinds = [
        (Field::Cumulative, "custom"),
        (Field::Progress, "decimal"),
        (Field::Status, "list"),
        (Field::Narrative, "textLength"),
        (Field::Problems, "textLength"),
        (Field::Coordination, "textLength"),
        (Field::NextSteps, "textLength"),
    ];
    let mut seen: Vec<(String, String)> = Vec::new();
    for validation in facts["validations"].as_array().expect("validations") {
        assert_eq!(validation["style"], "warning");
        assert!(validation["error"].as_str().is_some_and(|e| !e.is_empty()));
        for cell in texts(&validation["cells"]) {
            seen.push((cell, validation["type"].as_str().unwrap_or("").to_owned()));
        }
    }
    let count = seen.len();
    seen.sort();
    seen.dedup_by(|a, b| a.0 == b.0);
    assert_eq!(seen.len(), count, "a cell with two validations");
    for (n, row) in form.rows.iter().enumerate() {
        for (field, kind) in kinds.iter().filter(|(f, _)| row.accepts(*f)) {
            let cell = cell_of(&form, &spec, Some(n), *field).expect("a cell");
            assert!(seen.contains(&(cell.clone(), (*kind).to_owned())), "{cell} {kind}");
        }
    }
    let last_time = facts["validations"]
        .as_array()
        .into_iter()
        .flatten()
        .any(|v| v["prompt"].as_str().is_some_and(|p| p.starts_with("上期：上期第")));
    assert!(last_time, "last period's text is shown");

    assert_eq!(facts["freeze"], "B6");
    assert_eq!(facts["filter"], format!("R5:R{}", rows + 5));
    assert_eq!(facts["print_rows"], "$4:$5");
    assert_eq!(facts["paper"], serde_json::json!([9, "landscape", 0]));
    assert_eq!(texts(&facts["hidden_columns"]), ["B", "D", "E"].map(str::to_owned).into());
    // Nothing is merged in the data area.
    for block in texts(&facts["merged"]) {
        let row: usize = block
            .split(':')
            .next()
            .and_then(|c| c.trim_start_matches(|c: char| c.is_ascii_uppercase()).parse().ok())
            .expect("a row");
        assert!(row < 5 || row > rows + 5, "{block}");
    }
}

/// LibreOffice with a profile of its own that recalculates every workbook on opening.
struct LibreOffice {
    folder: tempfile::TempDir,
}

impl LibreOffice {
    fn start() -> Option<Self> {
        have("soffice", &["--version"]).then(|| {
            let folder = tempfile::tempdir().expect("a folder");
            let user = folder.path().join("profile/user");
            std::fs::create_dir_all(&user).expect("a profile");
            let settings = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="ODFRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;
            std::fs::write(user.join("registrymodifications.xcu"), settings).expect("settings");
            Self { folder }
        })
    }

    /// Saves `from` as `to` (an extension) into a folder of that name.
    fn convert(&self, from: &Path, to: &str, into: &str) -> PathBuf {
        let folder = self.folder.path().join(into);
        std::fs::create_dir_all(&folder).expect("a folder");
        let profile = self.folder.path().join("profile");
        let out = Command::new("soffice")
            .arg(format!("-env:UserInstallation=file://{}", profile.display()))
            .args(["--headless", "--convert-to", to, "--outdir"])
            .arg(&folder)
            .arg(from)
            .output()
            .expect("soffice");
        let name = from.file_stem().expect("a name").to_string_lossy().into_owned();
        let path = folder.join(format!("{name}.{to}"));
        assert!(path.exists(), "{}", String::from_utf8_lossy(&out.stderr));
        path
    }
}

fn opened(path: &Path) -> Book {
    let bytes = std::fs::read(path).expect("bytes");
    if duban::sheet::sniff(&bytes) == FileKind::Xls {
        read_loaded(&bytes, FileKind::Xls, "form.xls").expect("readable")
    } else {
        read(&bytes, "form").expect("readable")
    }
}

/// Texts of a sheet's cells by address.
fn cells(book: &Book) -> Vec<(u32, u32, String)> {
    let sheet = book.sheets.iter().find(|s| s.name == FORM_NAME).expect("the form");
    sheet.cells.iter().map(|c| (c.row, c.column, c.text())).filter(|c| !c.2.is_empty()).collect()
}

#[test]
fn libreoffice_keeps_identity_open_cells_and_computes_the_same() {
    let Some(office) = LibreOffice::start() else { return };
    let (form, spec) = form();
    let path = office.folder.path().join("form.xlsx");
    std::fs::write(&path, write(&form, &spec).expect("a workbook")).expect("written");
    super::look("填了一半.xlsx", &write(&form, &spec).expect("a workbook"));
    let ours = cells(&opened(&path));
    let openpyxl = have_openpyxl();
    for kind in ["xlsx", "xls", "ods"] {
        let saved = office.convert(&path, kind, kind);
        let book = opened(&saved);
        assert_eq!(stamp_of(&book).as_ref(), Some(&form.stamp), "{kind}: identity");
        let mut places = Vec::new();
        for keep in 0..3 {
            let mut one = book.clone();
            if keep != 0 {
                one.sheets.retain(|s| s.name != "_duban");
            }
            if keep != 1 {
                one.properties.clear();
            }
            if keep != 2 {
                one.names.clear();
            }
            places.push(stamp_of(&one).is_some());
        }
        assert_eq!(places, [true; 3], "{kind}: sheet, properties, names, each by itself");
        // Printed words, typed values and recomputed live cells are what we wrote.
        let theirs = cells(&book);
        for (row, column, text) in &ours {
            let found = theirs.iter().find(|c| c.0 == *row && c.1 == *column);
            let same = found.is_some_and(|c| same(&c.2, text));
            assert!(same, "{kind} row {row} column {column}: {text:?} became {found:?}");
        }
        let back = if kind == "xlsx" { saved } else { office.convert(&saved, "xlsx", "back") };
        if openpyxl {
            let facts = facts(&back);
            let open = texts(&facts["unlocked"]);
            let missing: Vec<String> =
                open_cells(&form, &spec).into_iter().filter(|c| !open.contains(c)).collect();
            assert!(missing.is_empty(), "{kind}: no longer open: {missing:?}");
            eprintln!(
                "{kind}: identity by sheet, properties, names {places:?}; sheets {}; protected {}; \
                 validations {}; conditions {}; filter {}; freeze {}; print rows {}; names {}",
                facts["sheets"],
                facts["protection"]["sheet"],
                facts["validations"].as_array().map_or(0, Vec::len),
                facts["conditions"],
                facts["filter"],
                facts["freeze"],
                facts["print_rows"],
                facts["names"],
            );
        }
    }
}

#[test]
fn odd_contents_in_five_hundred_rows_open_elsewhere_and_none_becomes_a_formula() {
    let Some(office) = LibreOffice::start() else { return };
    let spec = FormSpec::shipped();
    let town = sample::form_of(&sample::sample_forms("2024-03"), "苇镇镇政府").clone();
    let mut form = town.clone();
    form.unit_name = "区".repeat(60);
    form.title = "=1+1".to_owned();
    let long = "把全年任务分解到月、落实到人，逐项销号。".repeat(50);
    let odd = [&long, "=SUM(A1:A9)", "+1", "-1", "@x", "第一行\n第二行", "😀🀄", "'撇号"];
    form.rows = (0..500)
        .map(|n| {
            let mut row = town.rows[n % 100].clone();
            row.item.task.0 += 1000 * u32::try_from(n / 100).expect("small");
            odd[n % odd.len()].clone_into(&mut row.text);
            row.entered.insert(Field::Narrative, odd[n % odd.len()].to_owned());
            row
        })
        .collect();
    let units: Vec<String> = (0..300).map(|n| format!("第{n}单位")).collect();
    form.rows[0].lead_units = units.join("、");
    form.stamp.items = form.rows.iter().map(|r| r.item.to_string()).collect();
    let path = office.folder.path().join("form.xlsx");
    std::fs::write(&path, write(&form, &spec).expect("a workbook")).expect("written");
    let saved = office.convert(&path, "xlsx", "odd");
    for book in [opened(&path), opened(&saved)] {
        assert_eq!(stamp_of(&book).as_ref(), Some(&form.stamp));
        let sheet = book.sheets.iter().find(|s| s.name == FORM_NAME).expect("the form");
        let text = |row: usize, column: u32| {
            let row = u32::try_from(row).expect("small") + 5;
            sheet.at(row, column).map(duban::sheet::Cell::text).unwrap_or_default()
        };
        for (n, row) in form.rows.iter().enumerate() {
            let shown = text(n, 2).replace('\r', "");
            assert!(shown.starts_with(&row.text), "row {n}: {shown:?}");
            if row.accepts(Field::Narrative) {
                assert_eq!(text(n, 13).replace('\r', ""), row.text, "row {n}");
            }
        }
        // Live cells: the counter, computed percentages, hints.
        let live = |c: &duban::sheet::Cell| c.row == 1 || [11, 17].contains(&c.column);
        let formula = sheet.cells.iter().find(|c| c.formula.is_some() && !live(c));
        assert!(formula.is_none(), "{formula:?}");
    }
    if have_openpyxl() {
        let facts = facts(&path);
        let live = |cell: &str| cell.starts_with(['L', 'R']) || cell.ends_with('2');
        let formulas = facts["formulas"].as_object().expect("formulas");
        let odd: Vec<&String> = formulas.keys().filter(|c| !live(c)).collect();
        assert!(odd.is_empty(), "{odd:?}");
    }
}

/// The same text, or numbers alike to 12 digits.
fn same(a: &str, b: &str) -> bool {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => (a - b).abs() <= 1e-12 * a.abs().max(b.abs()),
        _ => a.replace('\r', "") == b.replace('\r', ""),
    }
}
