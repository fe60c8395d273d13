//! Findings as the ledger keeps them: in a form that can be read in either language later.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{
    diag::{Code, Diagnostic, Place, Severity},
    wording::findings,
};

/// A finding in the ledger.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct FindingRow {
    /// Submission; none for findings of a run.
    pub submission: Option<i64>,
    /// Printed code.
    pub code: String,
    /// Severity at the time.
    pub severity: Severity,
    /// Kind of place: cell, sheet, line, file, absent.
    pub place: String,
    /// File, or who is absent.
    pub file: Option<String>,
    /// Sheet.
    pub sheet: Option<String>,
    /// Cell, range or line.
    pub cell: Option<String>,
    /// As typed.
    pub found: String,
    /// Values of the text's placeholders.
    pub args: BTreeMap<String, String>,
}

impl FindingRow {
    /// The finding as it was made, so that it can be read in either language; none for a code this program
    /// does not know.
    #[must_use]
    pub fn diagnostic(&self) -> Option<Diagnostic> {
        let code = Code::from_printed(&self.code)?;
        let file = self.file.clone().unwrap_or_default();
        let sheet = self.sheet.clone().unwrap_or_default();
        let cell = self.cell.clone().unwrap_or_default();
        let place = match self.place.as_str() {
            "cell" => Place::Cell { file, sheet, cell },
            "sheet" => Place::Sheet { file, sheet },
            "line" => Place::Line { file, line: cell.parse().unwrap_or(0) },
            "absent" => Place::Absent { who: file },
            _ => Place::File { file },
        };
        // Names of values live in the code's own text; a value the text no longer mentions is not printed.
        let args = self
            .args
            .iter()
            .filter_map(|(name, value)| Some((placeholder(code, name)?, value.clone())))
            .collect();
        Some(Diagnostic { code, place, found: self.found.clone(), args })
    }
}

/// The placeholder called `name` in the text of `code`.
fn placeholder(code: Code, name: &str) -> Option<&'static str> {
    let text = findings::text(code);
    [text.zh.message, text.zh.advice, text.en.message, text.en.advice].into_iter().find_map(|t| {
        t.split('{').skip(1).filter_map(|p| p.split_once('}')).map(|(n, _)| n).find(|n| *n == name)
    })
}

/// The parts of a place as the ledger stores them: kind, file (or who), sheet, cell (or line).
pub(super) fn place_parts(place: &Place) -> (&'static str, &str, Option<&str>, Option<String>) {
    match place {
        Place::Cell { file, sheet, cell } => ("cell", file, Some(sheet), Some(cell.clone())),
        Place::Sheet { file, sheet } => ("sheet", file, Some(sheet), None),
        Place::Line { file, line } => ("line", file, None, Some(line.to_string())),
        Place::File { file } => ("file", file, None, None),
        Place::Absent { who } => ("absent", who, None, None),
    }
}
