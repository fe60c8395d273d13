//! The office's workbook of a small plan as text, kept in `tests/golden/`; `UPDATE_GOLDEN=1` rewrites it.

use std::{env, fmt::Write, fs, path::Path};

use duban::{
    sheet::{self, Book, Visibility, cell_name},
    workbook,
};

use super::{
    made::{Invented, report, sample_plan},
    odd,
};

/// A workbook as text: sheet, cell, formula, value.
fn as_text(book: &Book) -> String {
    let mut text = String::new();
    for (name, range) in &book.names {
        writeln!(text, "name {name} = {range}").expect("text");
    }
    for sheet in &book.sheets {
        let shown = match sheet.visibility {
            Visibility::Visible => "",
            Visibility::Hidden => " (hidden)",
            Visibility::VeryHidden => " (very hidden)",
        };
        writeln!(text, "\n== {}{shown}", sheet.name).expect("text");
        for cell in &sheet.cells {
            let at = cell_name(cell.row, cell.column);
            let value = cell.text().replace('\n', "⏎");
            match &cell.formula {
                Some(formula) => writeln!(text, "{at}\t{value}\t={formula}").expect("text"),
                None => writeln!(text, "{at}\t{value}").expect("text"),
            }
        }
    }
    text
}

fn small() -> workbook::Report {
    report(&odd::small(), "2024-03", &Invented { months_before: 1, returns: true, seed: 3 })
}

/// The workbook as text is what is kept in `tests/golden/`.
pub(super) fn kept(name: &str, bytes: &[u8]) {
    let text = as_text(&sheet::read(bytes, name).expect("readable"));
    let file = Path::new("tests/golden").join(name.replace(".xlsx", ".txt"));
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all("tests/golden").expect("a folder");
        fs::write(&file, &text).expect("written");
    }
    let kept = fs::read_to_string(&file).unwrap_or_default();
    let differs = kept.lines().zip(text.lines()).find(|(a, b)| a != b);
    assert!(
        kept == text,
        "{} differs, first at {differs:?}; UPDATE_GOLDEN=1 rewrites it",
        file.display()
    );
}

#[test]
fn the_workbooks_of_a_small_plan_say_what_they_said() {
    for (name, bytes) in workbook::all(&small()).expect("workbooks") {
        kept(&name, &bytes);
    }
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    assert!(workbook::all(&small()).expect("one") == workbook::all(&small()).expect("two"));
}

#[test]
fn a_cell_explains_itself_from_the_workbook_alone() {
    let plan = sample_plan();
    let report = report(&plan, "2024-01", &Invented { months_before: 0, returns: true, seed: 5 });
    let (name, bytes) = workbook::office(&report).expect("a workbook");
    let book = sheet::read(&bytes, &name).expect("readable");
    let leader = &report.stats.now.leaders[0];
    let rate = leader.rates.on_schedule;
    let said = workbook::explain_cell(&book, "按领导!H5").expect("explained");
    assert_eq!(said.statistic, "on_schedule");
    assert_eq!(said.numerator.len() as u64, rate.done);
    assert_eq!(said.denominator.as_ref().map(|d| d.len() as u64), Some(rate.due));
    assert!(
        said.numerator.iter().all(|r| r.who.as_deref() == Some(&leader.name) && r.task.is_some())
    );
    let said = workbook::explain_cell(&book, "任务明细!G4").expect("explained");
    assert_eq!(said.task, Some(plan.tasks[0].no));
    assert_eq!(workbook::explain_cell(&book, "按领导!A1"), None);
    assert_eq!(workbook::explain_cell(&book, "没有这个表!A1"), None);
}
