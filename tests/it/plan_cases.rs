//! Plans of our own invention, one folder per family and oddity: `tests/cases/plan/<name>/input.*` and what must
//! be read of it, `expected.txt`. `UPDATE_GOLDEN=1` rewrites the expectations; the diff is read before committing.

#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "tests read their inputs")]

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use duban::{
    diag::{Checked, Code, Error, Place},
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
    let (mut wrong, mut raised) = (Vec::new(), raised_by_itself());
    for folder in folders.iter().filter(|f| f.is_dir()) {
        let input = fs::read_dir(folder)
            .expect("a folder")
            .map(|e| e.expect("an entry").path())
            .find(|p| p.file_stem().is_some_and(|s| s == "input"))
            .expect("an input");
        let name = input.file_name().and_then(|n| n.to_str()).expect("a name");
        let read = plan::import(&fs::read(&input).expect("bytes"), name);
        raised.extend(codes(&read));
        let read = shown(&read);
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
    let ours = Code::ALL.iter().filter(|c| ("P1".."P5").contains(&c.printed()));
    let missing: Vec<_> = ours.filter(|c| !raised.contains(c)).map(|c| c.printed()).collect();
    assert!(missing.is_empty(), "brought about by nothing: {missing:?}");
}

/// Codes of what was read, or of why it was refused.
fn codes(read: &Result<Checked<Plan>, Error>) -> BTreeSet<Code> {
    match read {
        Ok(read) => read.findings.iter().map(|f| f.code).collect(),
        Err(Error::Document { findings, .. }) => findings.iter().map(|f| f.code).collect(),
        Err(_) => BTreeSet::new(),
    }
}

/// Codes of documents that are no case: refused, cut, broken, or with an oddity of their own.
fn raised_by_itself() -> BTreeSet<Code> {
    let clause = "〔牵头领导：许承泽；牵头单位：区财政局；责任单位：区民政局〕";
    let plan = |tasks: &str| {
        format!("# 青禾区2024年重点工作责任分工方案\n\n## 一、经济\n\n{tasks}\n").into_bytes()
    };
    let long = "区关于进一步加快推进各项重点工作任务落实落地见效".repeat(3);
    let lists = format!(
        "1. 完善服务。〔牵头领导：许承泽；牵头单位：区财政局、区财政局、{long}；责任单位：区民政局；备注：每季报送〕"
    );
    // One slip of the pen in a dozen: 11 stands twice.
    let slip: Vec<String> =
        (1..=12).map(|n: u32| format!("{}. 完善服务{n}。{clause}", n.min(11))).collect();
    let sections = format!("1. 完善服务。{clause}\n\n## 一、民生\n\n2. 建成示范点。{clause}");
    let table = "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |\n| 戊 | 己 |\n";
    let mut broken = plan(&format!("1. 完善服务。{clause}").repeat(40));
    let last = broken.len() - 2;
    broken[last] = 0xFF;
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/plan.md");
    let documents = [
        Vec::new(),
        vec![b'a'; (32 << 20) + 1],
        (0..4_000).flat_map(|n: u32| [0x81 + (n % 3) as u8, 0x20]).collect(),
        b"%PDF-1.7\n".to_vec(),
        plan(&"字".repeat(30_000)),
        broken,
        plan(&slip.join("\n\n")),
        plan(&sections),
        plan(&format!("1. 完善服务。{clause}\n\n{table}")),
        plan(&lists),
        fs::read(sample).expect("the sample"),
    ];
    documents.iter().flat_map(|d| codes(&duban::plan::import(d, "方案.md"))).collect()
}
