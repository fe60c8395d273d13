//! Offices and groups of offices as rows of a sheet, and the formulas that add them up.

use rust_xlsxwriter::{Format, FormatAlign};

use super::super::{
    block::Line,
    figure::{Figure, Value},
    look,
    page::{Page, Xlsx},
};
use crate::{
    model::Rate,
    sheet::column_name,
    stats::{Rollup, RollupRow},
    wording::rollup as words,
};

/// First row of the body, from 0: title, sub-line and a head of two rows stand above.
pub(super) const FIRST: u32 = 4;
/// Deepest level that is set in; deeper ones stand under it.
const DEEPEST: u8 = 4;

/// A row of the table.
pub(super) struct Entry<'a> {
    /// The office or the group.
    pub(super) row: &'a RollupRow,
    /// How deep it stands: 0 is what was named.
    level: u8,
    /// Its number in the table, from 1.
    number: u32,
    /// The number of the group it belongs to; 0 is the total.
    group: u32,
}

/// All rows in the order of the sheet: a group, then what is in it.
pub(super) struct Tree<'a> {
    pub(super) rollup: &'a Rollup,
    pub(super) entries: Vec<Entry<'a>>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(rollup: &'a Rollup) -> Self {
        let mut entries = Vec::new();
        let mut waiting: Vec<(&RollupRow, u8, u32)> =
            rollup.rows.iter().rev().map(|row| (row, 0, 0)).collect();
        while let Some((row, level, group)) = waiting.pop() {
            let number = u32::try_from(entries.len()).unwrap_or(u32::MAX - 1) + 1;
            entries.push(Entry { row, level, number, group });
            let below = level.saturating_add(1).min(DEEPEST);
            waiting.extend(row.rows.iter().rev().map(|row| (row, below, number)));
        }
        Self { rollup, entries }
    }

    /// The row after the body: the total's.
    pub(super) fn total_row(&self) -> u32 {
        FIRST + u32::try_from(self.entries.len()).unwrap_or(0)
    }

    /// Writes every line of a sheet: the rows, then the total; `keys` is the first column right of the print area.
    pub(super) fn lines(
        &self,
        page: &mut Page,
        keys: u16,
        mut write: impl FnMut(&mut Page, &Sum, &'a RollupRow) -> Xlsx,
    ) -> Xlsx {
        let grey = look::grey(9.0).set_align(FormatAlign::Center);
        for (at, word) in (keys..).zip(words::KEYS) {
            page.text(FIRST - 1, at, word, &grey)?;
        }
        let last = self.total_row().saturating_sub(1).max(FIRST);
        for (entry, row) in self.entries.iter().zip(FIRST..) {
            page.number(row, keys, f64::from(entry.number), &grey)?;
            page.number(row, keys + 1, f64::from(entry.group), &grey)?;
            let of = if entry.row.rows.is_empty() {
                Of::Office
            } else {
                Of::Group(format!("${}{}", column_name(u32::from(keys)), row + 1))
            };
            let sum = Sum { row, last, keys, of, line: Line::Body };
            name(page, row, entry)?;
            write(page, &sum, entry.row)?;
        }
        let row = self.total_row();
        let sum = Sum { row, last, keys, of: Of::Group("0".to_owned()), line: Line::Total };
        page.height(row, 25)?;
        page.merge((row, 0, row, 1), &self.rollup.total.name, &Line::Total.name())?;
        write(page, &sum, &self.rollup.total)
    }
}

/// Number and name, set in by level; a group is bold.
fn name(page: &mut Page, row: u32, entry: &Entry) -> Xlsx {
    let line = Line::Body;
    let mut format = line.name().set_indent(entry.level);
    if !entry.row.rows.is_empty() {
        format = format.set_bold();
    }
    // An indent takes about nine pixels.
    let room = page.px(1, 1).saturating_sub(u32::from(entry.level) * 9);
    let lines = look::lines(&entry.row.name, room, 10.5);
    page.height(row, (lines * 19 + 4).max(22))?;
    page.number(row, 0, f64::from(entry.number), &line.count())?;
    page.text(row, 1, &entry.row.name, &format)
}

/// What a line's counts are.
enum Of {
    /// What an office handed on.
    Office,
    /// The sum of the rows whose group this cell or number names.
    Group(String),
}

/// How the figures of one line come about.
pub(super) struct Sum {
    /// The line's row.
    pub(super) row: u32,
    /// How it looks.
    pub(super) line: Line,
    last: u32,
    keys: u16,
    of: Of,
}

impl Sum {
    /// A count: as handed on, or added up.
    pub(super) fn count(&self, page: &mut Page, column: u16, count: u64, format: &Format) -> Xlsx {
        self.added(page, column, &Value::count(count), format)
    }

    /// A number that is added up over rows.
    pub(super) fn added(
        &self,
        page: &mut Page,
        column: u16,
        value: &Value,
        format: &Format,
    ) -> Xlsx {
        match (&self.of, value) {
            (Of::Group(of), _) => {
                let (first, last) = (FIRST + 1, self.last + 1);
                let of_column = column_name(u32::from(column));
                let groups = column_name(u32::from(self.keys) + 1);
                let formula = format!(
                    "SUMIFS({of_column}${first}:{of_column}${last},${groups}${first}:${groups}${last},{of})"
                );
                page.figure(self.row, column, &Figure::plain(formula), value, format)
            }
            (Of::Office, Value::Number(number)) => page.number(self.row, column, *number, format),
            (Of::Office, _) => page.text(self.row, column, "", format),
        }
    }

    /// A rate with its two counts, in three columns.
    pub(super) fn rate(&self, page: &mut Page, column: u16, rate: Rate) -> Xlsx {
        self.rate_of(page, column, (column + 1, column + 2), rate)?;
        let format = self.line.done(rate.due == 0);
        self.count(page, column + 1, rate.done, &format)?;
        self.count(page, column + 2, rate.due, &self.line.due())
    }

    /// A rate whose counts stand in the columns `done` and `due`.
    pub(super) fn rate_of(
        &self,
        page: &mut Page,
        column: u16,
        (done, due): (u16, u16),
        rate: Rate,
    ) -> Xlsx {
        let (done, due) = (self.cell(done), self.cell(due));
        let formula = format!("IF({due}=0,\"{}\",{done}/{due})", look::NOTHING);
        let value = Value::maybe(rate.value());
        page.figure(self.row, column, &Figure::plain(formula), &value, &self.line.rate())
    }

    /// The address of a cell of this line.
    pub(super) fn cell(&self, column: u16) -> String {
        crate::sheet::cell_name(self.row, u32::from(column))
    }
}
