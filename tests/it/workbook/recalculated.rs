//! Another program recalculates every formula and gets what the workbook prints.

use std::{fs, path::Path, process::Command};

use duban::workbook;

use super::made::{Invented, report, sample_plan};

/// Writes workbooks where a person (or the check) can look at them.
fn written(name: &str, books: &[(String, Vec<u8>)]) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::create_dir_all(&folder).expect("a folder");
    for (file, bytes) in books {
        fs::write(folder.join(file), bytes).expect("written");
    }
    folder
}

#[test]
fn the_sample_months_formulas_recalculate_to_what_they_print() {
    let plan = sample_plan();
    let report = report(&plan, "2024-03", &Invented { months_before: 2, returns: true, seed: 7 });
    let mut books = vec![workbook::office(&report).expect("office")];
    for leader in &report.stats.now.leaders {
        books.push(workbook::leader(&report, &leader.key).expect("leader"));
    }
    let folder = written("workbooks", &books);
    check(&folder);
}

fn check(folder: &Path) {
    let tool = Command::new("python3").arg("tests/tools/recalc_check.py").arg(folder).output();
    match tool {
        Err(cause) => println!("skipped: no python3 ({cause})"),
        Ok(out) if out.status.code() == Some(77) => {
            println!("skipped: {}", String::from_utf8_lossy(&out.stdout));
        }
        Ok(out) => assert!(
            out.status.success(),
            "{}{}",
            String::from_utf8_lossy(&out.stdout),
            String::from_utf8_lossy(&out.stderr)
        ),
    }
}
