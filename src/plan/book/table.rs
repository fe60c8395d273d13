//! Finds a table of plan.xlsx in a workbook someone has edited: the sheet by name, the headings by meaning.

use std::{cell::Cell as Kept, collections::BTreeSet};

use super::{
    layout::{Holds, SheetKey},
    places::TablePlace,
};
use crate::{
    diag::{Code, Diagnostic, Place},
    model::normalise_text,
    sheet::{Book, Cell, CellValue, Sheet, Visibility, cell_name, column_name},
    wording::book as words,
};

/// Headings are looked for in the first rows only: below stand data.
const HEAD_ROWS: u32 = 20;

/// A table that was found.
#[derive(Debug)]
pub(super) struct Table<'a> {
    /// Which.
    pub(super) key: SheetKey,
    /// The sheet.
    pub(super) sheet: &'a Sheet,
    /// Column of each column of the layout.
    pub(super) columns: Vec<Option<u32>>,
    /// Rows with content below the headings.
    pub(super) rows: Vec<u32>,
    /// The row last asked for and where its cells begin and end: a row is asked for column by column.
    last: Kept<(u32, usize, usize)>,
}

impl<'a> Table<'a> {
    /// The table `key`, if the workbook has it; what is missing or not read is said.
    pub(super) fn find(
        book: &'a Book,
        key: SheetKey,
        file: &str,
        findings: &mut Vec<Diagnostic>,
    ) -> Option<Self> {
        let wanted = key.text().name;
        let Some(sheet) = book.sheets.iter().find(|s| normalise_text(&s.name) == wanted) else {
            let place = Place::File { file: file.to_owned() };
            findings.push(Diagnostic::new(Code::SheetMissing, place, wanted));
            return None;
        };
        let place = || Place::Sheet { file: file.to_owned(), sheet: sheet.name.clone() };
        let Some((head, columns)) = headings(sheet, key) else {
            let all: Vec<&str> = key.text().columns.iter().map(|c| c.heading).collect();
            findings.push(
                Diagnostic::new(Code::HeadMissing, place(), &sheet.name)
                    .with("wanted", all.join("、")),
            );
            return None;
        };
        let mut readable = true;
        let parts = key.text().columns.iter().zip(key.shapes()).zip(&columns);
        for ((text, shape), column) in parts {
            if column.is_none() && shape.holds != Holds::Auto {
                let code = if shape.required { Code::PlanColumnMissing } else { Code::ColumnGone };
                findings.push(Diagnostic::new(code, place(), text.heading));
                readable &= !shape.required;
            }
        }
        other_columns(sheet, key, head, &columns, file, findings);
        let read: BTreeSet<u32> = columns
            .iter()
            .zip(key.shapes())
            .filter(|(_, shape)| shape.holds != Holds::Auto)
            .filter_map(|(column, _)| *column)
            .collect();
        let mut rows: Vec<u32> = Vec::new();
        for cell in sheet.cells.iter().filter(|c| c.row > head && read.contains(&c.column)) {
            if rows.last() != Some(&cell.row) && !blank(cell) {
                rows.push(cell.row);
            }
        }
        let table = Self { key, sheet, columns, rows, last: Kept::new((0, 0, 0)) };
        readable.then_some(table)
    }

    /// The cell of the layout's `column` in `row`, if it is not blank.
    pub(super) fn cell(&self, row: u32, column: usize) -> Option<&'a Cell> {
        let column = self.columns[column]?;
        let cells = &self.sheet.cells;
        let (kept, mut from, mut to) = self.last.get();
        if kept != row || from == to {
            from = cells.partition_point(|c| c.row < row);
            to = from + cells[from..].iter().take_while(|c| c.row == row).count();
            self.last.set((row, from, to));
        }
        cells[from..to].iter().find(|c| c.column == column).filter(|c| !blank(c))
    }

    /// Heading of a column, for messages.
    pub(super) fn heading(&self, column: usize) -> &'static str {
        self.key.text().columns[column].heading
    }

    /// Place of a cell of the layout.
    pub(super) fn place(&self, file: &str, row: u32, column: usize) -> Place {
        let (file, sheet) = (file.to_owned(), self.sheet.name.clone());
        match self.columns[column] {
            Some(c) => Place::Cell { file, sheet, cell: cell_name(row, c) },
            None => Place::Sheet { file, sheet },
        }
    }

    /// Where it stands, for findings made later; `rows` are those of the elements that were read.
    pub(super) fn stands(&self, rows: Vec<u32>) -> TablePlace {
        TablePlace { sheet: self.sheet.name.clone(), columns: self.columns.clone(), rows }
    }
}

/// Nothing but white space.
fn blank(cell: &Cell) -> bool {
    let CellValue::Text(text) = &cell.value else { return false };
    // Nearly every text begins with a sign that stays, whatever follows it.
    let stays = |c: char| matches!(c, '!'..='~' | '\u{4e00}'..='\u{9fff}');
    !text.starts_with(stays) && normalise_text(text).is_empty()
}

/// The heading row and the columns found in it: the row among the first with most headings, at least half of the
/// required ones and two in all.
fn headings(sheet: &Sheet, key: SheetKey) -> Option<(u32, Vec<Option<u32>>)> {
    let mut best: Option<(u32, Vec<Option<u32>>, usize)> = None;
    let rows: BTreeSet<u32> =
        sheet.cells.iter().map(|c| c.row).take_while(|r| *r < HEAD_ROWS).collect();
    for row in rows {
        let cells: Vec<&Cell> = sheet.cells.iter().filter(|c| c.row == row).collect();
        let mut columns = vec![None; key.shapes().len()];
        // Printed headings first: a synonym must not take a column whose own heading stands elsewhere.
        for printed in [true, false] {
            for cell in &cells {
                let typed = normalise_text(&cell.text());
                let found = key.text().columns.iter().position(|c| {
                    if printed { c.heading == typed } else { c.synonyms.contains(&typed.as_str()) }
                });
                let taken = columns.contains(&Some(cell.column));
                if let Some(at) = found.filter(|at| columns[*at].is_none() && !taken) {
                    columns[at] = Some(cell.column);
                }
            }
        }
        let count = columns.iter().flatten().count();
        if count >= 2 && best.as_ref().is_none_or(|(_, _, most)| count > *most) {
            best = Some((row, columns, count));
        }
    }
    best.map(|(row, columns, _)| (row, columns))
}

/// Says which columns with content are not read.
fn other_columns(
    sheet: &Sheet,
    key: SheetKey,
    head: u32,
    columns: &[Option<u32>],
    file: &str,
    findings: &mut Vec<Diagnostic>,
) {
    let mut named = BTreeSet::new();
    for cell in sheet.cells.iter().filter(|c| c.row >= head) {
        let known = columns.contains(&Some(cell.column)) || named.contains(&cell.column);
        if known || blank(cell) {
            continue;
        }
        named.insert(cell.column);
        let place = Place::Cell {
            file: file.to_owned(),
            sheet: sheet.name.clone(),
            cell: cell_name(cell.row, cell.column),
        };
        let text = if cell.row == head { cell.text() } else { column_name(cell.column) };
        let typed = normalise_text(&text);
        let twice = cell.row == head && key.text().columns.iter().any(|c| c.heading == typed);
        let code = if twice { Code::HeadTwice } else { Code::ColumnIgnored };
        findings.push(Diagnostic::new(code, place, text.trim()));
    }
}

/// Says which visible sheets with content are not read.
pub(super) fn other_sheets(book: &Book, file: &str, findings: &mut Vec<Diagnostic>) {
    let known = |name: &str| {
        let name = normalise_text(name);
        name == words::OVERVIEW || SheetKey::ALL.iter().any(|k| k.text().name == name)
    };
    for sheet in &book.sheets {
        let shown = sheet.visibility == Visibility::Visible;
        if shown && !sheet.cells.is_empty() && !known(&sheet.name) {
            let place = Place::Sheet { file: file.to_owned(), sheet: sheet.name.clone() };
            findings.push(Diagnostic::new(Code::SheetIgnored, place, &sheet.name));
        }
    }
}
