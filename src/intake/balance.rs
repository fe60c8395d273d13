//! The balance sheet of a file (收支平衡): every non-blank cell is used or explained, none is lost in silence.

use std::{collections::BTreeMap, ops::Range};

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

/// With which others a finding is joined, where many are alike.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Joins {
    /// It stands alone.
    Never,
    /// Those in its column.
    InColumn,
    /// Those about other rows of its sheet.
    WithRows,
}

/// A finding with where it sorts and how it is joined with others alike.
#[derive(Debug)]
struct Noted {
    at: Option<Spot>,
    until: Option<Spot>,
    joins: Joins,
    finding: Diagnostic,
}

/// What a desk gives when it is closed.
pub(super) struct Closed {
    /// Findings in order of place, many alike joined into one.
    pub(super) findings: Vec<Diagnostic>,
    /// Those behind the joined ones, one by one.
    pub(super) single: Vec<Diagnostic>,
    /// The balance.
    pub(super) cells: CellCount,
}

/// Most items a joined finding lists by name.
const LISTED: usize = 20;

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

    /// Uses the undecided cells of a sheet that are as duban printed them.
    pub(super) fn use_printed(&mut self, sheet: usize, mut printed: impl FnMut(&Cell) -> bool) {
        for (cell, mark) in self.book.sheets[sheet].cells.iter().zip(&mut self.marks[sheet]) {
            if *mark == Mark::Open && printed(cell) {
                *mark = Mark::Used;
            }
        }
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
        self.push(code, spot, spot, found, args, Joins::InColumn);
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
        self.push(code, at, until, found, args, Joins::Never);
    }

    /// A finding about a whole row; `found` names the row.
    pub(super) fn row(
        &mut self,
        code: Code,
        (at, until): (Spot, Spot),
        found: impl Into<String>,
        args: Vec<(&'static str, String)>,
    ) {
        self.push(code, at, until, found, args, Joins::WithRows);
    }

    fn push(
        &mut self,
        code: Code,
        at: Spot,
        until: Spot,
        found: impl Into<String>,
        args: Vec<(&'static str, String)>,
        joins: Joins,
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
        self.noted.push(Noted { at, until: None, joins: Joins::Never, finding });
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
        self.noted.push(Noted { at: None, until: None, joins: Joins::Never, finding });
    }

    /// Names what nobody claimed: stray cells one by one, many of them as one range per sheet.
    fn name_the_rest(&mut self) {
        for sheet in 0..self.book.sheets.len() {
            let rest = self.open_cells(sheet);
            if rest.len() < MANY_ALIKE {
                for (spot, cell) in rest {
                    self.cell(Code::TextOutside, spot, shown(cell), Vec::new());
                    self.explained(spot);
                }
            } else if let Some((first, cell)) = rest.first() {
                let (mut at, mut until) = (*first, *first);
                for (spot, _) in &rest {
                    at.column = at.column.min(spot.column);
                    until = Spot { sheet, row: spot.row, column: until.column.max(spot.column) };
                }
                let args = vec![(ALIKE, rest.len().to_string())];
                self.range(Code::TextOutside, at, until, shown(cell), args);
                self.explain_sheet(sheet);
            }
        }
    }

    /// The findings in order of place, those alike joined, and the balance.
    pub(super) fn close(mut self) -> Closed {
        self.name_the_rest();
        self.name_the_unread();
        self.noted.sort_by_key(|n| (n.at, n.finding.code));
        let (findings, single) = self.joined();
        let count =
            |wanted: Mark| self.marks.iter().flatten().filter(|m| **m == wanted).count() as u64;
        let beyond: u64 = self.book.sheets.iter().map(|s| s.beyond_limits).sum();
        let used = count(Mark::Used);
        let explained = count(Mark::Explained) + beyond;
        let cells = CellCount { seen: self.book.cells_seen, used, explained };
        Closed { findings, single, cells }
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

    /// One cause, one message: the same code many times in one column, or for many rows, is one finding with the
    /// range. Gives the findings, and those that were joined one by one.
    fn joined(&self) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
        let key = |n: &Noted| {
            let at = n.at?;
            match n.joins {
                Joins::Never => None,
                Joins::InColumn => Some((n.finding.code, at.sheet, Some(at.column))),
                Joins::WithRows => Some((n.finding.code, at.sheet, None)),
            }
        };
        let mut groups: BTreeMap<_, Vec<&Noted>> = BTreeMap::new();
        for noted in &self.noted {
            if let Some(key) = key(noted) {
                groups.entry(key).or_default().push(noted);
            }
        }
        let (mut out, mut single) = (Vec::new(), Vec::new());
        for noted in &self.noted {
            let group = key(noted).and_then(|k| groups.get(&k));
            match group.filter(|g| g.len() >= MANY_ALIKE) {
                None => out.push(noted.finding.clone()),
                Some(group) => {
                    if std::ptr::eq(group[0], noted) {
                        out.push(self.one_of(group));
                    }
                    single.push(noted.finding.clone());
                }
            }
        }
        (out, single)
    }

    /// One finding instead of many: their whole range, how many they are, and of rows their names.
    fn one_of(&self, group: &[&Noted]) -> Diagnostic {
        let mut finding = group[0].finding.clone();
        let spots = || group.iter().flat_map(|n| [n.at, n.until]).flatten();
        let of = |part: fn(Spot) -> u32| {
            spots().map(part).fold((u32::MAX, 0), |(a, b), v| (a.min(v), b.max(v)))
        };
        let (top, bottom) = of(|s| s.row);
        let (left, right) = of(|s| s.column);
        if let Some(first) = group[0].at {
            let at = Spot { row: top, column: left, ..first };
            finding.place = self.place(at, Spot { row: bottom, column: right, ..first });
        }
        if group[0].joins == Joins::WithRows {
            let mut names: Vec<&str> =
                group.iter().map(|n| n.finding.found.as_str()).filter(|f| !f.is_empty()).collect();
            names.dedup();
            finding.found = listed(names);
            for (name, value) in &mut finding.args {
                match *name {
                    "item" => value.clone_from(&finding.found),
                    // In the order of the rows they belong to.
                    "other" => {
                        let args = group.iter().flat_map(|n| &n.finding.args);
                        *value = listed(args.filter(|a| a.0 == "other").map(|a| a.1.as_str()));
                    }
                    _ => {}
                }
            }
        }
        // The rows may count in different units, and the advice must be right for each.
        for (name, value) in finding.args.iter_mut().filter(|(name, _)| *name == "measure") {
            let mut units: Vec<&str> = Vec::new();
            for (other, unit) in group.iter().flat_map(|n| &n.finding.args) {
                if other == name && !units.contains(&unit.as_str()) {
                    units.push(unit);
                }
            }
            *value = units.join("、");
        }
        finding.args.push((ALIKE, group.len().to_string()));
        finding
    }
}

/// Names one after another, as many as a sentence can carry.
fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<&str> = names.into_iter().collect();
    let more = if names.len() > LISTED { "…" } else { "" };
    names[..names.len().min(LISTED)].join("、") + more
}

/// What a cell shows; a formula without a result shows itself.
pub(super) fn shown(cell: &Cell) -> String {
    match &cell.formula {
        Some(formula) if cell.as_text().is_empty() => format!("={formula}"),
        _ => cell.text(),
    }
}

/// The cells of one row of a sheet.
pub(super) fn row_of(sheet: &Sheet, row: u32) -> &[Cell] {
    let from = sheet.cells.partition_point(|c| c.row < row);
    let until = sheet.cells.partition_point(|c| c.row <= row);
    &sheet.cells[from..until]
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
