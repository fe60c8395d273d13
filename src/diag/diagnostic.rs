//! A finding (问题) and its place.

use super::{Code, Severity};

/// Where a finding stands.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Place {
    /// A cell or range of a workbook, as Excel shows it: `F12`, `F12:F40`.
    Cell {
        /// File, relative to the office folder, with `/`.
        file: String,
        /// Sheet name.
        sheet: String,
        /// Cell or range.
        cell: String,
    },
    /// A sheet of a workbook.
    Sheet {
        /// File.
        file: String,
        /// Sheet name.
        sheet: String,
    },
    /// A line of a text document, from 1.
    Line {
        /// File.
        file: String,
        /// Line.
        line: u32,
    },
    /// A whole file.
    File {
        /// File.
        file: String,
    },
    /// Something that is not there.
    Absent {
        /// Who or what is missing.
        who: String,
    },
}

impl Place {
    /// The file, if the place is in one.
    #[must_use]
    pub fn file(&self) -> Option<&str> {
        match self {
            Self::Cell { file, .. }
            | Self::Sheet { file, .. }
            | Self::Line { file, .. }
            | Self::File { file } => Some(file),
            Self::Absent { .. } => None,
        }
    }

    /// The sheet, if the place is on one.
    #[must_use]
    pub fn sheet(&self) -> Option<&str> {
        match self {
            Self::Cell { sheet, .. } | Self::Sheet { sheet, .. } => Some(sheet),
            _ => None,
        }
    }

    /// The cell or range, if the place is one.
    #[must_use]
    pub fn cell(&self) -> Option<&str> {
        match self {
            Self::Cell { cell, .. } => Some(cell),
            _ => None,
        }
    }
}

/// Something wrong or worth knowing in a document (问题).
///
/// The sentence is made by [`crate::wording`] from the code's text in the reader's language, with `{found}`
/// and the named [`Diagnostic::args`] put in. So a finding is stored once and read in both languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Which kind of finding.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// What was found there, exactly as typed; empty when nothing was.
    pub found: String,
    /// Values for the placeholders of the code's text: `("column", "完成进度")` fills `{column}`.
    pub args: Vec<(&'static str, String)>,
}

impl Diagnostic {
    /// A finding without further values.
    #[must_use]
    pub fn new(code: Code, place: Place, found: impl Into<String>) -> Self {
        Self { code, place, found: found.into(), args: Vec::new() }
    }

    /// The same finding with one more value for its text.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Its severity.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// A value and the findings made while reading it: what every reading stage returns.
#[derive(Clone, PartialEq, Debug)]
pub struct Checked<T> {
    /// What was read.
    pub value: T,
    /// What was noticed, in order of place.
    pub findings: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value without findings.
    #[must_use]
    pub const fn clean(value: T) -> Self {
        Self { value, findings: Vec::new() }
    }

    /// Whether any finding is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|f| f.severity() == Severity::Error)
    }
}
