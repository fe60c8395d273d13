//! Plans of our own invention, one folder per family and oddity: `tests/cases/plan/<name>/input.*` and what must
//! be read of it, `expected.txt`. `UPDATE_GOLDEN=1` rewrites the expectations; the diff is read before committing.

#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "tests read their inputs")]

use std::{fmt::Write as _, fs, path::Path};

use duban::{
    diag::{Checked, Error, Place},
    model::Plan,
    plan,
};

/// A plan as text: structure, names, deadlines, figures, and the codes of import findings with their places.
fn shown(read: &Result<Checked<Plan>, Error>) -> String {
    let mut out = String::new();
    let read = match read {
        Ok(read) => read,
        Err(Error::Document { findings, .. }) => {
            for finding in findings {
                let _ = writeln!(out, "refused {}", finding.code.printed());
            }
            return out;
        }
        Err(error) => return format!("error {error}\n"),
    };
    let plan = &read.value;
    let _ = writeln!(out, "title {}\ndoc {}\nyear {}", plan.title, plan.doc_no, plan.year);
    for section in &plan.sections {
        let _ = writeln!(out, "section {} {}", section.no, section.title);
        for sub in &section.subsections {
            let _ = writeln!(out, "  sub {} {}", sub.no, sub.title);
        }
    }
    for task in &plan.tasks {
        let sub = task.subsection.map(|s| format!(".{s}")).unwrap_or_default();
        let _ = writeln!(out, "task {} [{}{sub}] {}", task.no, task.section, task.text);
        let _ = writeln!(out, "  leaders {}", task.leaders.join(" | "));
        let _ = writeln!(out, "  lead {}", task.lead_units.join(" | "));
        let _ = writeln!(out, "  responsible {}", task.responsible.join(" | "));
        let _ = writeln!(out, "  due {}", task.due);
        for i in &task.indicators {
            let doubt = if i.adopted { "" } else { " ?" };
            let (kind, sign) = (i.kind.key(), i.comparator.sign());
            let _ = writeln!(
                out,
                "  {} {} {sign} {} {} {kind}{doubt}",
                i.item, i.name, i.target, i.unit
            );
        }
    }
    // Registry and checks have their own tests.
    for finding in read.findings.iter().filter(|f| f.code.printed() < "P5") {
        let place = match &finding.place {
            Place::Line { line, .. } => line.to_string(),
            Place::Cell { sheet, cell, .. } => format!("{sheet}!{cell}"),
            _ => "-".to_owned(),
        };
        let _ = writeln!(out, "{} {place} {}", finding.code.printed(), finding.found);
    }
    out
}

#[test]
fn every_case_reads_as_expected() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/plan");
    let mut folders: Vec<_> =
        fs::read_dir(root).expect("cases").map(|e| e.expect("an entry").path()).collect();
    folders.sort();
    let mut wrong = Vec::new();
    for folder in folders.iter().filter(|f| f.is_dir()) {
        let input = fs::read_dir(folder)
            .expect("a folder")
            .map(|e| e.expect("an entry").path())
            .find(|p| p.file_stem().is_some_and(|s| s == "input"))
            .expect("an input");
        let name = input.file_name().and_then(|n| n.to_str()).expect("a name");
        let read = shown(&plan::import(&fs::read(&input).expect("bytes"), name));
        let expected = folder.join("expected.txt");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&expected, &read).expect("written");
        }
        if fs::read_to_string(&expected).unwrap_or_default() != read {
            eprintln!("--- {}\n{read}", folder.display());
            wrong.push(folder.file_name().map(|n| n.to_string_lossy().into_owned()));
        }
    }
    assert!(wrong.is_empty(), "differ: {wrong:?}");
}
