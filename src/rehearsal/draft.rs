//! A returned workbook taken apart into values, so that it can be disordered and put together again.

use super::planted::Planted;
use crate::{
    diag::Code,
    model::UnitId,
    sheet::{Book, Cell, CellValue, Sheet, range_name},
    template::FORM_NAME,
};

/// Where a finding in a draft stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum At {
    /// The whole file.
    File,
    /// The form sheet.
    Main,
    /// Another sheet, by its place.
    Sheet(usize),
    /// Cells of the form sheet: first and last.
    Cells((u32, u32), (u32, u32)),
}

/// A planted finding that moves with its cells.
#[derive(Clone, Debug)]
pub(super) struct Put {
    pub(super) code: Code,
    pub(super) at: At,
    pub(super) found: String,
    pub(super) what: &'static str,
}

/// Values of a returned workbook.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) sheets: Vec<Sheet>,
    /// Which sheet is the form.
    pub(super) main: usize,
    /// Rows of the form sheet that are hidden.
    pub(super) hidden_rows: Vec<u32>,
    pub(super) properties: Vec<(String, String)>,
    pub(super) puts: Vec<Put>,
}

impl Draft {
    /// The values of a workbook; formulas are left behind, as pasting values does.
    pub(super) fn of(book: Book) -> Option<Self> {
        let main = book.sheets.iter().position(|s| s.name == FORM_NAME)?;
        let mut sheets = book.sheets;
        for sheet in &mut sheets {
            for cell in &mut sheet.cells {
                cell.formula = None;
            }
            sheet.cells.retain(|c| !c.text().trim().is_empty());
        }
        Some(Self {
            sheets,
            main,
            hidden_rows: Vec::new(),
            properties: book.properties,
            puts: Vec::new(),
        })
    }

    /// The form sheet.
    pub(super) fn form(&mut self) -> &mut Sheet {
        &mut self.sheets[self.main]
    }

    pub(super) fn put(&mut self, code: Code, at: At, found: impl Into<String>, what: &'static str) {
        self.puts.push(Put { code, at, found: found.into(), what });
    }

    /// Puts a text into a cell of the form sheet, whatever stood there.
    pub(super) fn write(&mut self, row: u32, column: u32, value: CellValue) {
        let cells = &mut self.form().cells;
        cells.retain(|c| (c.row, c.column) != (row, column));
        cells.push(Cell { row, column, value, percent: false, formula: None });
        cells.sort_by_key(|c| (c.row, c.column));
    }

    /// Moves every cell, and what was planted in it.
    pub(super) fn relocate(&mut self, to: impl Fn(u32, u32) -> (u32, u32)) {
        for cell in &mut self.form().cells {
            (cell.row, cell.column) = to(cell.row, cell.column);
        }
        self.form().cells.sort_by_key(|c| (c.row, c.column));
        for put in &mut self.puts {
            if let At::Cells(first, last) = &mut put.at {
                *first = to(first.0, first.1);
                *last = to(last.0, last.1);
            }
        }
    }

    /// First and last column with content in a row.
    pub(super) fn extent(&mut self, row: u32) -> Option<(u32, u32)> {
        let columns =
            || self.sheets[self.main].cells.iter().filter(|c| c.row == row).map(|c| c.column);
        Some((columns().min()?, columns().max()?))
    }

    /// What was planted, with its places as they now are.
    pub(super) fn planted(&self, file: &str, unit: &UnitId) -> Vec<Planted> {
        let name = |n: usize| self.sheets.get(n).map(|s| s.name.clone());
        self.puts
            .iter()
            .map(|put| {
                let (sheet, cell) = match put.at {
                    At::File => (None, None),
                    At::Main => (name(self.main), None),
                    At::Sheet(n) => (name(n), None),
                    At::Cells(first, last) => (name(self.main), Some(range_name(first, last))),
                };
                Planted {
                    file: file.to_owned(),
                    unit: unit.clone(),
                    code: put.code.printed(),
                    sheet,
                    cell,
                    found: put.found.clone(),
                    what: put.what,
                }
            })
            .collect()
    }
}
