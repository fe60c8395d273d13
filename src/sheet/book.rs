//! A workbook as read: sparse, row by row, raw text kept.

use std::borrow::Cow;

/// What a file is, by its content.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum FileKind {
    /// Office Open XML workbook without macros.
    Xlsx,
    /// The same with macros (never run).
    Xlsm,
    /// Binary workbook.
    Xlsb,
    /// BIFF8 or BIFF5 in an OLE container (Excel 97–2003, WPS .et).
    Xls,
    /// `OpenDocument` spreadsheet.
    Ods,
    /// A zip archive of files.
    Zip,
    /// An encrypted workbook.
    Encrypted,
    /// HTML saved under a workbook's name.
    Html,
    /// Comma- or tab-separated text.
    Csv,
    /// XML spreadsheet 2003.
    Xml2003,
    /// Word document (docx).
    Docx,
    /// Word 97–2003 or another OLE document.
    Doc,
    /// PDF: received, not readable.
    Pdf,
    /// A picture: received, not readable.
    Image,
    /// OFD, RAR, 7z and others known by name, see the finding.
    Other,
    /// No bytes.
    Empty,
}

impl FileKind {
    /// A short name, as recorded beside a file and passed to the reading process: `xlsx`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsm => "xlsm",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Zip => "zip",
            Self::Encrypted => "encrypted",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Xml2003 => "xml2003",
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Pdf => "pdf",
            Self::Image => "image",
            Self::Other => "other",
            Self::Empty => "empty",
        }
    }

    /// Whether the reading library can only load it whole, so that it is read in a process of its own.
    #[must_use]
    pub const fn needs_worker(self) -> bool {
        matches!(self, Self::Xls | Self::Xlsb)
    }
}

/// Whether a sheet is shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Visibility {
    /// Shown.
    #[default]
    Visible,
    /// Hidden; a user can show it.
    Hidden,
    /// Hidden so that only a program shows it.
    VeryHidden,
}

/// A workbook as read.
#[derive(Clone, PartialEq, Debug)]
pub struct Book {
    /// What it is.
    pub kind: FileKind,
    /// Sheets in order.
    pub sheets: Vec<Sheet>,
    /// Defined names and what they stand for.
    pub names: Vec<(String, String)>,
    /// Custom document properties.
    pub properties: Vec<(String, String)>,
    /// Program that saved it, if the file says so.
    pub generator: Option<String>,
    /// Non-blank cells of all sheets, those beyond a limit included.
    pub cells_seen: u64,
}

/// A sheet as read.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sheet {
    /// Name.
    pub name: String,
    /// Whether it is shown.
    pub visibility: Visibility,
    /// Non-blank cells, row by row, left to right. Text of white space alone is blank; a formula is never blank.
    pub cells: Vec<Cell>,
    /// Merged ranges as (first row, first column, last row, last column).
    pub merged: Vec<(u32, u32, u32, u32)>,
    /// Cells left out because a limit was reached.
    pub beyond_limits: u64,
}

/// A non-blank cell.
#[derive(Clone, PartialEq, Debug)]
pub struct Cell {
    /// Row from 0.
    pub row: u32,
    /// Column from 0.
    pub column: u32,
    /// What it holds.
    pub value: CellValue,
    /// Whether its number format shows a percentage; unknown formats count as no.
    pub percent: bool,
    /// Formula text without the leading `=`, where there is one.
    pub formula: Option<String>,
}

/// What a cell holds.
#[derive(Clone, PartialEq, Debug)]
pub enum CellValue {
    /// Text as typed, untrimmed.
    Text(String),
    /// A number.
    Number(f64),
    /// A truth value.
    Bool(bool),
    /// A date or time serial, already a date: `2024-03-31` or `2024-03-31T09:00:00`.
    Date(String),
    /// An error value such as `#N/A`.
    Error(String),
    /// A formula whose result was not stored.
    NoResult,
}

impl Cell {
    /// The cell's content as text: what was typed, numbers in their shortest form.
    #[must_use]
    pub fn text(&self) -> String {
        self.as_text().into_owned()
    }

    /// The same ([`Cell::text`]), borrowed where the cell holds a text.
    #[must_use]
    pub fn as_text(&self) -> Cow<'_, str> {
        Cow::Borrowed(match &self.value {
            CellValue::Text(text) | CellValue::Date(text) | CellValue::Error(text) => text,
            CellValue::Number(number) => return Cow::Owned(number_text(*number)),
            CellValue::Bool(true) => "TRUE",
            CellValue::Bool(false) => "FALSE",
            CellValue::NoResult => "",
        })
    }
}

/// Signs that hold at most 15 digits; a point and 15 digits would be one more, but so would 16 digits.
const FEW_SIGNS: usize = 15;

/// A number as a spreadsheet shows it under 常规 (15 significant digits, which is all that spreadsheets keep).
fn number_text(number: f64) -> String {
    let shortest = number.to_string();
    // With so few digits the rounding below gives the same number back, as every decimal of 15 digits does.
    if shortest.len() <= FEW_SIGNS {
        return shortest;
    }
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    format!("{rounded}")
}

impl Sheet {
    /// The cell at row and column (from 0), if it is not blank.
    #[must_use]
    pub fn at(&self, row: u32, column: u32) -> Option<&Cell> {
        self.cells
            .binary_search_by(|c| (c.row, c.column).cmp(&(row, column)))
            .ok()
            .map(|at| &self.cells[at])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_with_fifteen_digits() {
        let rounded = |number: f64| -> f64 { format!("{number:.14e}").parse().expect("a number") };
        for n in -3_000..3_000 {
            for scale in [0.001, 0.01, 0.1, 1.0 / 3.0, 1.0, 1e9, 1e15, 1e-9] {
                let number = f64::from(n) * scale;
                assert_eq!(number_text(number), rounded(number).to_string());
            }
        }
        assert_eq!(number_text(0.1 + 0.2), "0.3");
        assert_eq!(number_text(1_234_567.25), "1234567.25");
    }
}
