//! Findings as terminal lines and as JSON.

use std::{borrow::Cow, collections::BTreeMap};

use unicode_width::UnicodeWidthStr;

use crate::{
    diag::{Diagnostic, Place, Severity},
    wording::{self, Lang},
};

/// At most this many findings of one code in one file are printed line by line; the rest are counted.
/// A screen holds about so many, and nothing is lost: `--json` and the feedback form have them all.
const PER_CODE: usize = 5;

/// Prints findings to stderr: errors first, then warnings, then notes; within these in the order given.
pub(crate) fn findings(findings: &[Diagnostic], lang: Lang) {
    let mut order: Vec<&Diagnostic> = findings.iter().collect();
    order.sort_by_key(|f| f.severity());
    let mut shown: BTreeMap<(&str, Option<&str>), usize> = BTreeMap::new();
    let mut text = String::new();
    for finding in order {
        let count = shown.entry((finding.code.printed(), finding.place.file())).or_default();
        *count += 1;
        if *count <= PER_CODE {
            text.push_str(&lines(finding, lang));
        }
    }
    let more: usize = shown.values().map(|n| n.saturating_sub(PER_CODE)).sum();
    if more > 0 {
        text.push_str(&wording::cli::more_findings(more, lang));
        text.push('\n');
    }
    if !text.is_empty() {
        super::output::say(&harmless(text.trim_end()));
    }
}

/// The text with control characters spelt out: a file's name must not command the terminal.
fn harmless(text: &str) -> Cow<'_, str> {
    let commands = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !text.contains(commands) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if commands(c) {
            out.extend(c.escape_unicode());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// One finding as printed: severity, code, place; what was found; advice.
fn lines(finding: &Diagnostic, lang: Lang) -> String {
    let severity = wording::severity_word(finding.severity(), lang);
    let code = finding.code.printed();
    let place = place(&finding.place, lang);
    let advice = wording::advice(finding, lang);
    let label = lang.pick("建议：", "Advice: ");
    format!(
        "{severity} {code}  {place}\n  {}\n  {label}{advice}\n",
        wording::message(finding, lang)
    )
}

/// A place as a reader finds it: 文件 ▸ 工作表 ▸ F12.
fn place(place: &Place, lang: Lang) -> String {
    match place {
        Place::Cell { file, sheet, cell } => format!("{file} ▸ {sheet} ▸ {cell}"),
        Place::Sheet { file, sheet } => format!("{file} ▸ {sheet}"),
        Place::Line { file, line } => wording::cli::line_place(file, *line, lang),
        Place::File { file } => file.clone(),
        Place::Absent { who } => who.clone(),
    }
}

/// Counts by severity: errors, warnings, notes.
pub(crate) fn counts<'a>(
    findings: impl IntoIterator<Item = &'a Diagnostic>,
) -> (usize, usize, usize) {
    findings.into_iter().fold((0, 0, 0), |(e, w, n), f| match f.severity() {
        Severity::Error => (e + 1, w, n),
        Severity::Warning => (e, w + 1, n),
        Severity::Note => (e, w, n + 1),
    })
}

/// Findings as JSON, in the order given.
pub(crate) fn json_list(findings: &[Diagnostic], lang: Lang) -> serde_json::Value {
    findings.iter().map(|f| wording::finding_json(f, lang)).collect()
}

/// A CSV table as aligned columns for the terminal.
pub(crate) fn table(csv: &str) -> String {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<Vec<String>> = reader
        .records()
        .filter_map(std::result::Result::ok)
        .map(|r| r.iter().map(short_number).collect())
        .collect();
    aligned(&rows)
}

/// Rows as aligned columns: Chinese characters are two columns wide.
pub(crate) fn aligned(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|n| rows.iter().filter_map(|r| r.get(n)).map(|c| c.width()).max().unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in rows {
        let mut line = String::new();
        for (cell, width) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(width - cell.width() + 2));
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// A long fraction as people read it, with one decimal; `--csv` and `--json` have all of them.
fn short_number(cell: &str) -> String {
    match cell.split_once('.') {
        Some((_, decimals)) if decimals.len() > 2 => {
            cell.parse::<f64>().map_or_else(|_| cell.to_owned(), |n| format!("{n:.1}"))
        }
        _ => cell.to_owned(),
    }
}
