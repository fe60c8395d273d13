//! Laws of plan import: no document makes it panic or hang, bombs are refused, other formats give the same tasks.

#![allow(clippy::disallowed_methods, clippy::print_stderr, reason = "tests read and make files")]

use std::{io::Write, path::Path, process::Command};

use duban::{diag::Error, model::Plan, plan};
use proptest::prelude::*;

const SAMPLE: &str = include_str!("../../samples/plan.md");

/// Pieces that plans are made of, to be strung together at random.
const PIECES: &[&str] = &[
    "一、",
    "（一）",
    "1.",
    "12．",
    "（3）",
    "①",
    "第一章",
    "〔",
    "〕",
    "[",
    "]",
    "（",
    "）",
    "(",
    ")",
    "牵头领导：",
    "牵头单位:",
    "责任单位：",
    "完成时限：",
    "区财政局",
    "、",
    "；",
    "，",
    "。",
    "\n",
    "\n\n",
    "增长",
    "5.5%",
    "30家",
    "以上",
    "等",
    "等5个镇政府",
    "牵头",
    "按职责分工负责",
    "2024年",
    "|",
    "| 序号 | 任务 | 牵头单位 |",
    "# ",
    "\u{feff}",
    "𠀀",
    "９９９９９９９９",
    "抄送：",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_documents_are_read_or_refused(at in prop::collection::vec(0..PIECES.len(), 0..200)) {
        let text: String = at.iter().map(|n| PIECES[*n]).collect();
        let _ = plan::import(text.as_bytes(), "plan.md");
    }

    #[test]
    fn mutated_plans_are_read_or_refused(cuts in prop::collection::vec((0..SAMPLE.len(), 0usize..40, 0..PIECES.len()), 1..8)) {
        let mut text = SAMPLE.get(..SAMPLE.floor_char_boundary(9000)).unwrap_or_default().to_owned();
        for (from, len, piece) in cuts {
            let start = text.floor_char_boundary(from % (text.len() + 1));
            let end = text.ceil_char_boundary((start + len).min(text.len()));
            text.replace_range(start..end, PIECES[piece]);
        }
        let _ = plan::import(text.as_bytes(), "plan.md");
    }

    #[test]
    fn random_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let _ = plan::import(&bytes, "plan.docx");
    }
}

#[test]
fn deep_and_long_documents_end() {
    for text in [
        "（".repeat(200_000),
        "1.〔牵头单位：".repeat(20_000),
        "一、".repeat(100_000),
        "区，".repeat(100_000),
    ] {
        let _ = plan::import(text.as_bytes(), "plan.txt");
    }
}

/// A docx around a body.
fn docx(body: &[u8]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    zip.start_file("word/document.xml", options).expect("a part");
    zip.write_all(body).expect("written");
    zip.finish().expect("a zip").into_inner()
}

#[test]
fn a_docx_bomb_is_refused() {
    let bomb = docx(&vec![b' '; 40 << 20]);
    assert!(bomb.len() < 1 << 20);
    assert!(matches!(plan::import(&bomb, "plan.docx"), Err(Error::Document { .. })));
}

#[test]
fn files_of_other_kinds_are_refused_with_what_to_do() {
    for bytes in [
        &b"%PDF-1.5"[..],
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"PK\x03\x04 OFD.xml",
        b"\x89PNG\r\n\x1a\n\0",
        b"",
    ] {
        let Err(Error::Document { findings, .. }) = plan::import(bytes, "plan.pdf") else {
            panic!("read")
        };
        assert!(!findings.is_empty());
    }
}

/// What must be the same whatever the format: numbers, texts, names.
fn tasks(plan: &Plan) -> Vec<String> {
    let line = |t: &duban::model::Task| {
        format!(
            "{}|{}|{}|{}|{}",
            t.no,
            t.text,
            t.leaders.join("、"),
            t.lead_units.join("、"),
            t.responsible.join("、")
        )
    };
    plan.tasks.iter().map(line).collect()
}

#[test]
fn the_same_plan_as_a_word_document_gives_the_same_tasks() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut html = String::from("<html><meta charset=\"utf-8\"><body>");
    for line in SAMPLE.lines().map(str::trim).filter(|l| !l.is_empty()) {
        let text = line.trim_start_matches('#').replace("**", "");
        let tag = if line.starts_with('#') { "h2" } else { "p" };
        html.push_str(&format!("<{tag}>{}</{tag}>\n", text.replace('&', "&amp;")));
    }
    std::fs::write(folder.path().join("plan.html"), html).expect("written");
    let made = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", folder.path().join("lo").display()))
        .args(["--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir"])
        .args([folder.path(), &folder.path().join("plan.html")])
        .output();
    let Some(bytes) =
        made.ok().and_then(|_| std::fs::read(Path::new(folder.path()).join("plan.docx")).ok())
    else {
        eprintln!("skipped: soffice is not at hand");
        return;
    };
    let word = plan::import(&bytes, "plan.docx").expect("a plan").value;
    let text = plan::import(SAMPLE.as_bytes(), "plan.md").expect("a plan").value;
    assert_eq!(tasks(&word), tasks(&text));
    assert_eq!(word.sections, text.sections);
}
