//! Foundation: every word a user sees, in both languages.
//!
//! Workbooks speak the office's language (zh-CN); the command line speaks zh-CN or en. One file per stage.
//! Fixed words are constants, sentences are functions with typed arguments; the sentences of findings are
//! texts with `{placeholders}` in [`findings`], so that a finding is stored once and read in both languages.

pub mod book;
pub mod cli;
pub mod definitions;
pub mod errors;
pub mod feedback;
pub mod findings;
pub mod grants;
pub mod invented;
pub mod ledger;
pub mod plan;
pub mod recheck;
pub mod rehearsal;
pub mod rollup;
pub mod settings;
pub mod stats;
pub mod template;
pub mod trace;
pub mod workbook;

use crate::diag::{Diagnostic, Place, Severity};

/// Language of the command line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lang {
    /// Chinese (zh-CN), the office's language.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Picks one of two twins.
    #[must_use]
    pub const fn pick<'a>(self, zh: &'a str, en: &'a str) -> &'a str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }
}

/// The word for a severity: 错误, 警告, 提示.
#[must_use]
pub const fn severity_word(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.pick("错误", "error"),
        Severity::Warning => lang.pick("警告", "warning"),
        Severity::Note => lang.pick("提示", "note"),
    }
}

/// Name of the value that says how many cells with one cause a finding stands for, see [`message`].
pub const ALIKE: &str = "alike";

/// The sentence of a finding: what was found, quoted as typed. One that stands for many cells with one cause
/// (it has a value [`ALIKE`]) quotes the first of them and says how many there are.
#[must_use]
pub fn message(finding: &Diagnostic, lang: Lang) -> String {
    let mut sentence = fill(findings::text(finding.code).twin(lang).message, finding, lang);
    if let Some((_, count)) = finding.args.iter().find(|(name, _)| *name == ALIKE) {
        match lang {
            Lang::Zh => sentence.extend(["同类问题共 ", count, " 处。"]),
            Lang::En => sentence.extend([" ", count, " places have the same problem."]),
        }
    }
    sentence
}

/// What to do about a finding.
#[must_use]
pub fn advice(finding: &Diagnostic, lang: Lang) -> String {
    fill(findings::text(finding.code).twin(lang).advice, finding, lang)
}

/// A finding as every `--json` prints it: code, severity, sheet, cell, line, found, message, advice.
///
/// `sheet`, `cell` and `line` are null where the place has none.
#[must_use]
pub fn finding_json(finding: &Diagnostic, lang: Lang) -> serde_json::Value {
    let line = match finding.place {
        Place::Line { line, .. } => Some(line),
        _ => None,
    };
    serde_json::json!({
        "code": finding.code.printed(),
        "severity": finding.severity(),
        "sheet": finding.place.sheet(),
        "cell": finding.place.cell(),
        "line": line,
        "found": finding.found,
        "message": message(finding, lang),
        "advice": advice(finding, lang),
    })
}

/// Puts `{found}` and the named values into a text. A placeholder without a value stays visible, which a
/// test of the stage that raises the finding then shows.
fn fill(text: &str, finding: &Diagnostic, lang: Lang) -> String {
    let mut out = String::with_capacity(text.len() + finding.found.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            rest = after;
            continue;
        };
        let value = if name == "found" {
            Some(finding.found.as_str())
        } else if let Some(word) = findings::word_for(finding, name, lang) {
            Some(word)
        } else {
            finding.args.iter().find(|(n, _)| *n == name).map(|(_, v)| v.as_str())
        };
        if let Some(value) = value {
            out.push_str(value);
        } else {
            out.push('{');
            out.push_str(name);
            out.push('}');
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}
