//! Other programs open the workbooks: formulas recalculate to what they print, and everything inside resolves.

use std::{fs, path::Path, process::Command};

use duban::{
    model::Plan,
    workbook::{self, Report},
};

use super::{
    made::{Invented, report, sample_plan},
    odd,
};

/// Writes all workbooks of a report, and those of some units, where other programs can open them; then checks them.
fn sound(name: &str, report: &Report) {
    let mut books = workbook::all(report).expect("workbooks");
    for unit in report.plan.registry.units.iter().take(2) {
        if report.stats.now.units.iter().any(|u| u.key == unit.id.0) {
            books.push(workbook::unit(report, &unit.id).expect("a unit's workbook"));
        }
    }
    opened(name, books);
}

/// Other programs open these workbooks and find nothing wrong.
pub(super) fn opened(name: &str, books: Vec<workbook::Written>) {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("old workbooks");
    }
    fs::create_dir_all(&folder).expect("a folder");
    for (file, bytes) in books {
        fs::write(folder.join(file), bytes).expect("written");
    }
    tool("structure_check.py", &folder);
    tool("recalc_check.py", &folder);
}

/// Runs a checking tool; where it or what it needs is missing, says so.
fn tool(name: &str, folder: &Path) {
    let tool = Path::new("tests/tools").join(name);
    match Command::new("python3").arg(&tool).arg(folder).output() {
        Err(cause) => println!("skipped {name}: no python3 ({cause})"),
        Ok(out) => {
            let said = String::from_utf8_lossy(&out.stdout);
            if out.status.code() == Some(77) {
                println!("skipped {name}: {said}");
            } else {
                let cause = String::from_utf8_lossy(&out.stderr);
                assert!(out.status.success(), "{name}\n{said}{cause}");
                println!("{said}");
            }
        }
    }
}

fn invented(months_before: u32, returns: bool) -> Invented {
    Invented { months_before, returns, seed: 7 }
}

#[test]
fn the_sample_month() {
    sound("sample", &report(&sample_plan(), "2024-03", &invented(2, true)));
}

#[test]
fn one_leader_one_unit_one_task() {
    sound("one", &report(&odd::one(), "2024-01", &invented(0, true)));
}

#[test]
fn no_returns_at_all() {
    sound("silent", &report(&odd::small(), "2024-02", &invented(1, false)));
}

#[test]
fn no_task_in_force() {
    sound("empty", &report(&Plan { tasks: vec![], ..odd::small() }, "2024-02", &invented(0, true)));
}

#[test]
fn names_of_sixty_characters_and_signs() {
    sound("long-names", &report(&odd::long_names(), "2024-02", &invented(1, true)));
}

/// On request: `cargo test --release -- --ignored two_thousand`.
#[test]
#[ignore = "takes minutes without optimisation"]
fn two_thousand_tasks_and_three_hundred_units() {
    sound("large", &report(&odd::large(2000, 300), "2024-03", &invented(2, true)));
}
