//! The same content in the shapes programs save it in gives the same return: xlsx as written, and xlsx, xls, ods
//! through LibreOffice where it is installed. Nobody has yet opened these forms in real WPS or Excel.

#![allow(clippy::disallowed_methods, reason = "tests write and read files of their own")]

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::Command,
};

use duban::{
    intake::read_return,
    model::Field,
    sheet::{Book, CellValue, FileKind, Sheet, Visibility},
    template::write,
};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Formula, Workbook, Worksheet};

use super::{
    cases::{case_of, folders, name_of, shown},
    edits::Case,
    scene::{Scene, UNIT, balanced, said, values},
};

/// Saves files in another shape, all in one call; none where LibreOffice is absent.
fn convert(from: &[PathBuf], to: &str, folder: &Path) -> Option<Vec<PathBuf>> {
    let out = folder.join(to);
    let profile = folder.join("profile");
    Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", to, "--outdir"])
        .arg(&out)
        .args(from)
        .output()
        .ok()?;
    let saved = |p: &PathBuf| out.join(p.file_stem().expect("a name")).with_extension(to);
    let paths: Vec<PathBuf> = from.iter().map(saved).collect();
    paths.iter().all(|p| p.exists()).then_some(paths)
}

fn skipped() {
    let _ = writeln!(std::io::stderr(), "skipped: soffice is not installed");
}

fn opened(path: &Path) -> Book {
    let bytes = std::fs::read(path).expect("bytes");
    match duban::sheet::sniff(&bytes) {
        kind @ FileKind::Xls => duban::sheet::read_loaded(&bytes, kind, "form").expect("readable"),
        _ => duban::sheet::read(&bytes, "form").expect("readable"),
    }
}

/// A book as a plain xlsx: values, formulas with their results, merged ranges, sheets, properties.
fn saved(book: &Book) -> Vec<u8> {
    let mut out = Workbook::new();
    for sheet in &book.sheets {
        page(out.add_worksheet(), sheet);
    }
    let mut properties = DocProperties::new();
    for (name, value) in &book.properties {
        properties = properties.set_custom_property(name, value.as_str());
    }
    out.set_properties(&properties);
    out.save_to_buffer().expect("saved")
}

fn page(page: &mut Worksheet, sheet: &Sheet) {
    page.set_name(&sheet.name).expect("a name");
    match sheet.visibility {
        Visibility::Visible => {}
        Visibility::Hidden => drop(page.set_hidden(true)),
        Visibility::VeryHidden => drop(page.set_very_hidden(true)),
    }
    for (r1, c1, r2, c2) in &sheet.merged {
        let column = |c: &u32| u16::try_from(*c).expect("a column");
        page.merge_range(*r1, column(c1), *r2, column(c2), "", &Format::new()).expect("merged");
    }
    let percent = Format::new().set_num_format("0%");
    let date = Format::new().set_num_format("yyyy-mm-dd");
    for cell in &sheet.cells {
        let (row, column) = (cell.row, u16::try_from(cell.column).expect("a column"));
        let text = cell.text();
        match (&cell.value, &cell.formula) {
            (_, Some(formula)) => {
                page.write_formula(row, column, Formula::new(formula).set_result(text))
            }
            (CellValue::Number(n), None) if cell.percent => {
                page.write_number_with_format(row, column, *n, &percent)
            }
            (CellValue::Number(n), None) => page.write_number(row, column, *n),
            (CellValue::Bool(b), None) => page.write_boolean(row, column, *b),
            (CellValue::Date(day), None) => {
                let day = ExcelDateTime::parse_from_str(day).expect("a day");
                page.write_datetime_with_format(row, column, &day, &date)
            }
            (CellValue::Text(_) | CellValue::Error(_) | CellValue::NoResult, None) => {
                page.write_string(row, column, text)
            }
        }
        .expect("written");
    }
}

/// Cases that say `shapes` give the same in every shape: what is taken, what is said, and where.
#[test]
fn cases_in_every_shape() {
    let folder = tempfile::tempdir().expect("a folder");
    let cases: Vec<_> = folders()
        .iter()
        .map(|f| (name_of(f), case_of(f)))
        .filter(|(_, case)| case.shapes)
        .collect();
    assert!(cases.len() >= 20, "cases that are tried in every shape: {}", cases.len());
    let paths: Vec<PathBuf> = cases
        .iter()
        .map(|(name, case)| {
            let path = folder.path().join(format!("{name}.xlsx"));
            std::fs::write(&path, saved(&case.book)).expect("saved");
            path
        })
        .collect();
    let mut shapes = vec![("as written", paths.clone())];
    for kind in ["xlsx", "xls", "ods"] {
        match convert(&paths, kind, folder.path()) {
            Some(saved) => shapes.push((kind, saved)),
            None => return skipped(),
        }
    }
    let read = |case: &Case, book: &Book, what: &str| {
        let checked = read_return(book, &case.file, &case.scene.expected);
        balanced(book, &checked, what);
        shown(&checked, &case.sound)
    };
    let ours: Vec<String> = cases.iter().map(|(name, case)| read(case, &case.book, name)).collect();
    let mut wrong = Vec::new();
    for (kind, paths) in shapes {
        for (((name, case), path), ours) in cases.iter().zip(paths).zip(&ours) {
            let theirs = read(case, &opened(&path), &format!("{name} as {kind}"));
            if *ours != theirs {
                wrong.push(format!("{name} as {kind}: expected\n{ours}got\n{theirs}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_shape_gives_the_same_return() {
    let folder = tempfile::tempdir().expect("a folder");
    let scene = Scene::new();
    let mut form = scene.filled(UNIT);
    for row in &mut form.rows {
        match row.item.to_string().as_str() {
            "3" => drop(row.entered.insert(Field::Progress, "快完成了".into())),
            "11-2" => drop(row.entered.insert(Field::Cumulative, "7500万".into())),
            _ => {}
        }
    }
    let path = folder.path().join("form.xlsx");
    std::fs::write(&path, write(&form, &scene.spec).expect("written")).expect("saved");
    let ours = scene.read(&opened(&path));
    assert_eq!(said(&ours), ["I301 L8 快完成了", "I309 K11 7500万"]);
    for kind in ["xlsx", "xls", "ods"] {
        let Some(saved) = convert(std::slice::from_ref(&path), kind, folder.path()) else {
            return skipped();
        };
        let theirs = scene.read(&opened(&saved[0]));
        assert_eq!(values(&theirs), values(&ours), "{kind}");
        assert_eq!(said(&theirs), said(&ours), "{kind}");
        assert_eq!(theirs.value.outcome, ours.value.outcome, "{kind}");
    }
}
