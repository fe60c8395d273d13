//! The balance sheet of a file (收支平衡): every non-blank cell is used or explained, none is lost in silence.

use std::ops::Range;

use crate::{
    diag::{Code, Diagnostic, Place},
    sheet::{Book, Cell, Sheet, range_name},
    wording::ALIKE,
};

use super::CellCount;

/// From this many cells of one column with the same problem on, they are one finding with their range:
/// fewer are named one by one, so that each can be found and mended.
pub(super) const MANY_ALIKE: usize = 5;

/// What became of a cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Mark {
    Open,
    Used,
    Explained,
}

/// A cell by sheet, row and column (all from 0).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Spot {
    pub(super) sheet: usize,
    pub(super) row: u32,
    pub(super) column: u32,
}

/// A finding with where it sorts and whether it may be joined with others alike.
#[derive(Debug)]
struct Noted {
    at: Option<Spot>,
    until: Option<Spot>,
    joins: bool,
    finding: Diagnostic,
}

/// The desk on which one file lies: its cells, what became of them, and what was noticed.
#[derive(Debug)]
pub(super) struct Desk<'a> {
    file: &'a str,
    book: &'a Book,
    marks: Vec<Vec<Mark>>,
    noted: Vec<Noted>,
}

impl<'a> Desk<'a> {
    pub(super) fn new(file: &'a str, book: &'a Book) -> Self {
        let marks = book.sheets.iter().map(|s| vec![Mark::Open; s.cells.len()]).collect();
        Self { file, book, marks, noted: Vec::new() }
    }

    pub(super) fn sheet(&self, sheet: usize) -> &'a Sheet {
        &self.book.sheets[sheet]
    }

    /// The cell at a spot, if it is not blank.
    pub(super) fn at(&self, spot: Spot) -> Option<&'a Cell> {
        self.index(spot).map(|n| &self.book.sheets[spot.sheet].cells[n])
    }

    fn index(&self, spot: Spot) -> Option<usize> {
        self.book.sheets[spot.sheet]
            .cells
            .binary_search_by(|c| (c.row, c.column).cmp(&(spot.row, spot.column)))
            .ok()
    }

    /// Taken in, or printed and unchanged.
    pub(super) fn used(&mut self, spot: Spot) {
        self.mark(spot, Mark::Used);
    }

    /// Inside a finding.
    pub(super) fn explained(&mut self, spot: Spot) {
        self.mark(spot, Mark::Explained);
    }

    /// The same for several cells.
    pub(super) fn all_explained(&mut self, spots: &[Spot]) {
        for spot in spots {
            self.explained(*spot);
        }
    }

    fn mark(&mut self, spot: Spot, mark: Mark) {
        if let Some(n) = self.index(spot) {
            self.marks[spot.sheet][n] = mark;
        }
    }

    /// Whether nothing was decided yet about a cell.
    pub(super) fn is_open(&self, spot: Spot) -> bool {
        self.index(spot).is_some_and(|n| self.marks[spot.sheet][n] == Mark::Open)
    }

    /// Cells of a sheet that nothing was decided about.
    pub(super) fn open_cells(&self, sheet: usize) -> Vec<(Spot, &'a Cell)> {
        self.book.sheets[sheet]
            .cells
            .iter()
            .zip(&self.marks[sheet])
            .filter(|(_, mark)| **mark == Mark::Open)
            .map(|(c, _)| (Spot { sheet, row: c.row, column: c.column }, c))
            .collect()
    }

    /// Every undecided cell of a sheet is inside a finding made elsewhere.
    pub(super) fn explain_sheet(&mut self, sheet: usize) {
        for mark in &mut self.marks[sheet] {
            if *mark == Mark::Open {
                *mark = Mark::Explained;
            }
        }
    }

    /// Every cell of the file is inside a finding about the file, also those that were taken before it was refused.
    pub(super) fn explain_file(&mut self) {
        for mark in self.marks.iter_mut().flatten() {
            *mark = Mark::Explained;
        }
    }

    /// Forgets what was noticed about cells: the file is refused as a whole, one cause is one message.
    pub(super) fn keep_file_findings(&mut self) {
        self.noted.retain(|n| n.at.is_none());
    }

    fn place(&self, at: Spot, until: Spot) -> Place {
        Place::Cell {
            file: self.file.to_owned(),
            sheet: self.book.sheets[at.sheet].name.clone(),
            cell: range_name((at.row, at.column), (until.row, until.column)),
        }
    }

    /// A finding about one cell.
    pub(super) fn cell(
        &mut self,
        code: Code,
        spot: Spot,
        found: impl Into<String>,
        args: Vec<(&'static str, String)>,
    ) {
        self.push(code, spot, spot, found, args, true);
    }

    /// A finding about a range.
    pub(super) fn range(
        &mut self,
        code: Code,
        at: Spot,
        until: Spot,
        found: impl Into<String>,
        args: Vec<(&'static str, String)>,
    ) {
        self.push(code, at, until, found, args, false);
    }

    fn push(
        &mut self,
        code: Code,
        at: Spot,
        until: Spot,
        found: impl Into<String>,
        args: Vec<(&'static str, String)>,
        joins: bool,
    ) {
        let mut finding = Diagnostic::new(code, self.place(at, until), found);
        finding.args = args;
        self.noted.push(Noted { at: Some(at), until: Some(until), joins, finding });
    }

    /// A finding about a sheet.
    pub(super) fn on_sheet(
        &mut self,
        code: Code,
        sheet: usize,
        found: impl Into<String>,
        args: Vec<(&'static str, String)>,
    ) {
        let place = Place::Sheet {
            file: self.file.to_owned(),
            sheet: self.book.sheets[sheet].name.clone(),
        };
        let mut finding = Diagnostic::new(code, place, found);
        finding.args = args;
        let at = Some(Spot { sheet, row: 0, column: 0 });
        self.noted.push(Noted { at, until: None, joins: false, finding });
    }

    /// A finding about the file.
    pub(super) fn on_file(
        &mut self,
        code: Code,
        found: impl Into<String>,
        args: Vec<(&'static str, String)>,
    ) {
        let place = Place::File { file: self.file.to_owned() };
        let mut finding = Diagnostic::new(code, place, found);
        finding.args = args;
        self.noted.push(Noted { at: None, until: None, joins: false, finding });
    }

    /// Names what nobody claimed: stray cells one by one, many of them as one range per sheet.
    fn name_the_rest(&mut self) {
        for sheet in 0..self.book.sheets.len() {
            let rest = self.open_cells(sheet);
            if rest.len() < MANY_ALIKE {
                for (spot, cell) in rest {
                    self.cell(Code::TextOutside, spot, cell.text(), Vec::new());
                    self.explained(spot);
                }
            } else if let Some((first, cell)) = rest.first() {
                let (mut at, mut until) = (*first, *first);
                for (spot, _) in &rest {
                    at.column = at.column.min(spot.column);
                    until = Spot { sheet, row: spot.row, column: until.column.max(spot.column) };
                }
                let args = vec![(ALIKE, rest.len().to_string())];
                self.range(Code::TextOutside, at, until, cell.text(), args);
                self.explain_sheet(sheet);
            }
        }
    }

    /// The findings in order of place, those alike joined, and the balance.
    pub(super) fn close(mut self) -> (Vec<Diagnostic>, CellCount) {
        self.name_the_rest();
        self.name_the_unread();
        self.noted.sort_by_key(|n| (n.at, n.finding.code));
        let findings = self.joined();
        let count =
            |wanted: Mark| self.marks.iter().flatten().filter(|m| **m == wanted).count() as u64;
        let beyond: u64 = self.book.sheets.iter().map(|s| s.beyond_limits).sum();
        let used = count(Mark::Used);
        let explained = count(Mark::Explained) + beyond;
        (findings, CellCount { seen: self.book.cells_seen, used, explained })
    }

    fn name_the_unread(&mut self) {
        for sheet in 0..self.book.sheets.len() {
            let beyond = self.book.sheets[sheet].beyond_limits;
            if beyond > 0 {
                let name = self.book.sheets[sheet].name.clone();
                self.on_sheet(
                    Code::CellsBeyondLimits,
                    sheet,
                    name,
                    vec![("count", beyond.to_string())],
                );
            }
        }
    }

    /// One cause, one message: the same code many times in one column is one finding with the range.
    fn joined(&self) -> Vec<Diagnostic> {
        let key = |n: &Noted| n.at.filter(|_| n.joins).map(|s| (n.finding.code, s.sheet, s.column));
        let mut keys: Vec<_> = self.noted.iter().filter_map(key).collect();
        keys.sort_unstable();
        let many: Vec<_> = keys
            .chunk_by(|a, b| a == b)
            .filter(|run| run.len() >= MANY_ALIKE)
            .map(|run| (run[0], run.len()))
            .collect();
        let mut done = Vec::new();
        let mut out = Vec::new();
        for noted in &self.noted {
            let many = key(noted).and_then(|k| many.iter().find(|(m, _)| *m == k));
            match many {
                None => out.push(noted.finding.clone()),
                Some((k, _)) if done.contains(k) => {}
                Some((k, count)) => {
                    done.push(*k);
                    let mut finding = noted.finding.clone();
                    let last = self.noted.iter().rev().find(|n| key(n) == Some(*k));
                    if let (Some(at), Some(until)) = (noted.at, last.and_then(|n| n.until)) {
                        finding.place = self.place(at, until);
                    }
                    finding.args.push((ALIKE, count.to_string()));
                    out.push(finding);
                }
            }
        }
        out
    }
}

/// Rows of a sheet that have cells: row number and where its cells stand in [`Sheet::cells`].
pub(super) fn rows(sheet: &Sheet) -> Vec<(u32, Range<usize>)> {
    let mut rows: Vec<(u32, Range<usize>)> = Vec::new();
    for (n, cell) in sheet.cells.iter().enumerate() {
        match rows.last_mut() {
            Some((row, range)) if *row == cell.row => range.end = n + 1,
            _ => rows.push((cell.row, n..n + 1)),
        }
    }
    rows
}
