//! From a cell of a statistic workbook back to what it counts (`duban trace WORKBOOK 'SHEET!CELL'`).
//!
//! Each workbook carries a very hidden sheet: for each figure its statistic and the rows of the long sheet it counts.
//! So a workbook explains itself, without ledger or plan. Figures one below the other that are explained alike share a
//! line: of an office with 2,100 units that makes thousands of lines of 80,000.

use std::{borrow::Cow, collections::HashMap};

use rust_xlsxwriter::{Workbook, Worksheet};

use super::{
    figure::{Table, Trace},
    long::FIRST_ROW,
    look,
    page::Xlsx,
};
use crate::{
    model::TaskNo,
    sheet::{Book, Sheet, cell_name, parse_cell, range_name},
    wording::workbook as words,
};

/// Name of the very hidden sheet.
pub(super) const SHEET: &str = "_duban_trace";

/// What a cell of a statistic workbook says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CellSource {
    /// Sheet.
    pub sheet: String,
    /// Cell or range the explanation is about.
    pub cells: String,
    /// Key of the statistic, e.g. `on_schedule`; `task` for cells about one task.
    pub statistic: String,
    /// Its rule in one sentence.
    pub rule: String,
    /// The long sheet that is counted; none for cells about one task.
    pub table: Option<String>,
    /// The column that is added up or averaged; none for counts.
    pub column: Option<String>,
    /// Rows of the numerator (or those counted, added up, averaged), as they stand in the long sheet.
    pub numerator: Vec<CountedRow>,
    /// Rows of the denominator; none where the figure has none.
    pub denominator: Option<Vec<CountedRow>>,
    /// The task, for cells about one task.
    pub task: Option<TaskNo>,
}

/// A row of a long sheet that a figure counts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CountedRow {
    /// The row as Excel numbers it.
    pub row: u32,
    /// Its task, on sheets with tasks.
    pub task: Option<TaskNo>,
    /// Its unit or leader, on sheets with these.
    pub who: Option<String>,
    /// Value of the column added up or averaged, as text; empty for counts.
    pub value: String,
}

/// Statistic of lines about a row of one task.
const ABOUT_A_TASK: &str = "task";

const HEADS: [&str; 8] =
    ["sheet", "cells", "statistic", "table", "numerator", "denominator", "column", "task"];

/// Writes the very hidden sheet.
pub(super) fn write(book: &mut Workbook, traces: &[Trace]) -> Xlsx {
    let mut ws = Worksheet::new();
    ws.set_default_format(&look::normal(), look::NORMAL_ROW, look::NORMAL_COLUMN)?;
    ws.set_name(SHEET)?;
    ws.set_very_hidden(true);
    for (column, head) in (0u16..).zip(HEADS) {
        ws.write_string(0, column, head)?;
    }
    for (row, (cells, trace)) in (1u32..).zip(folded(traces)) {
        ws.write_string(row, 0, &trace.sheet)?;
        ws.write_string(row, 1, cells)?;
        ws.write_string(row, 2, trace.rule)?;
        if !trace.table.is_empty() {
            ws.write_string(row, 3, trace.table)?;
            ws.write_string(row, 4, format!("?{}", trace.numerator))?;
        }
        if let Some(denominator) = &trace.denominator {
            ws.write_string(row, 5, format!("?{denominator}"))?;
        }
        if !trace.column.is_empty() {
            ws.write_string(row, 6, trace.column)?;
        }
        if let Some(task) = trace.task {
            ws.write_number(row, 7, f64::from(task.0))?;
        }
    }
    book.push_worksheet(ws);
    Ok(())
}

/// The lines: cells and what explains them.
fn folded<'a>(traces: &'a [Trace]) -> Vec<(Cow<'a, str>, &'a Trace)> {
    struct Line<'a> {
        trace: &'a Trace,
        /// First and last cell, where they are figures.
        ends: Option<((u32, u32), u32)>,
    }
    let mut lines: Vec<Line> = Vec::new();
    // The line that a figure of this column would join, if it stands right below the line's last.
    let mut open = HashMap::new();
    for trace in traces {
        let place = if trace.task.is_none() { parse_cell(&trace.cells) } else { None };
        let Some((row, column)) = place else {
            lines.push(Line { trace, ends: None });
            continue;
        };
        let alike = (
            (trace.sheet.as_str(), column),
            (trace.rule, trace.table, trace.column),
            (trace.numerator.as_str(), trace.denominator.as_deref()),
        );
        let known = open.get(&alike).and_then(|at: &usize| lines.get_mut(*at));
        match known.and_then(|line| line.ends.as_mut()) {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => {
                open.insert(alike, lines.len());
                lines.push(Line { trace, ends: Some(((row, column), row)) });
            }
        }
    }
    let cells = |line: &Line<'a>| match line.ends {
        Some(((first, column), last)) if first < last => {
            Cow::Owned(range_name((first, column), (last, column)))
        }
        _ => Cow::Borrowed(line.trace.cells.as_str()),
    };
    lines.iter().map(|line| (cells(line), line.trace)).collect()
}

/// Explains `cell` (`按领导!G6`) of a workbook written by [`super::office`], [`super::leader`] or [`super::unit`].
///
/// None if the workbook carries no explanation of that cell: a text, a head, or no workbook of ours.
#[must_use]
pub fn explain_cell(book: &Book, cell: &str) -> Option<CellSource> {
    let (sheet, address) = cell.rsplit_once('!')?;
    let sheet = sheet.trim().trim_matches('\'');
    let (row, column) = parse_cell(address.trim())?;
    let lines = book.sheets.iter().find(|s| s.name == SHEET)?;
    let at = |line: u32, column: u32| lines.at(line, column).map(crate::sheet::Cell::text);
    let last = lines.cells.last()?.row;
    // A figure's own line comes before that of the row it stands in.
    let mut row_line = None;
    let mut found = None;
    for line in 1..=last {
        if at(line, 0).as_deref() != Some(sheet) {
            continue;
        }
        let cells = at(line, 1).unwrap_or_default();
        if !covers(&cells, row, column) {
            continue;
        }
        if at(line, 2).as_deref() == Some(ABOUT_A_TASK) {
            row_line = row_line.or(Some(line));
        } else {
            found = Some(line);
            break;
        }
    }
    let line = found.or(row_line)?;
    let statistic = at(line, 2).unwrap_or_default();
    let table = at(line, 3).filter(|t| !t.is_empty());
    let value = at(line, 6).filter(|c| !c.is_empty());
    let long = table.as_deref().and_then(|prefix| {
        let name = Table::ALL.into_iter().find(|t| t.prefix() == prefix)?.sheet();
        book.sheets.iter().find(|s| s.name == name)
    });
    let own = book.sheets.iter().find(|s| s.name == sheet);
    let rows = |filters: &str| {
        let filters = filled(filters.trim_start_matches('?'), own, row);
        long.map_or_else(Vec::new, |l| counted(l, &filters, value.as_deref()))
    };
    let cells =
        if found.is_some() { cell_name(row, column) } else { at(line, 1).unwrap_or_default() };
    Some(CellSource {
        sheet: sheet.to_owned(),
        cells,
        rule: words::rule(&statistic).to_owned(),
        statistic,
        table: long.map(|l| l.name.clone()),
        numerator: at(line, 4).map_or_else(Vec::new, |f| rows(&f)),
        denominator: at(line, 5).map(|f| rows(&f)),
        task: at(line, 7).and_then(|t| t.parse().ok()).map(TaskNo),
        column: value,
    })
}

/// The conditions of a figure in `row`: `编号=@X` is the number that column X of its row holds.
fn filled(filters: &str, sheet: Option<&Sheet>, row: u32) -> String {
    let number = |filter: &str| {
        let (name, letters) = filter.split_once("=@")?;
        let (_, column) = parse_cell(&format!("{letters}1"))?;
        Some(format!("{name}={}", sheet?.at(row, column)?.text()))
    };
    let parts = filters.split(';').map(|f| number(f).unwrap_or_else(|| f.to_owned()));
    parts.collect::<Vec<_>>().join(";")
}

/// Whether a cell or range covers a place.
fn covers(cells: &str, row: u32, column: u32) -> bool {
    let (first, last) = cells.split_once(':').unwrap_or((cells, cells));
    match (parse_cell(first), parse_cell(last)) {
        (Some((r1, c1)), Some((r2, c2))) => (r1..=r2).contains(&row) && (c1..=c2).contains(&column),
        _ => false,
    }
}

/// Rows of a long sheet that meet the conditions `编号=3;灯=红`.
fn counted(long: &Sheet, filters: &str, value: Option<&str>) -> Vec<CountedRow> {
    let head = FIRST_ROW - 1;
    let column = |name: &str| {
        long.cells.iter().find(|c| c.row == head && c.text() == name).map(|c| c.column)
    };
    let wanted: Vec<(Option<u32>, &str)> = filters
        .split(';')
        .filter_map(|f| f.split_once('='))
        .map(|(name, want)| (column(name), want))
        .collect();
    let task = column("任务号").or_else(|| column("编号").filter(|_| column("板块").is_some()));
    let task = task.or_else(|| column("编号").filter(|_| column("事项").is_some()));
    let who = column("单位").or_else(|| column("领导")).or_else(|| column("牵头单位"));
    let who = who.or_else(|| column("名称"));
    let value = value.and_then(column);
    let last = long.cells.last().map_or(0, |c| c.row);
    let text =
        |row: u32, at: Option<u32>| at.and_then(|c| long.at(row, c)).map(crate::sheet::Cell::text);
    (FIRST_ROW..=last)
        .filter(|row| long.at(*row, 0).is_some_and(|c| c.text().parse::<f64>().is_ok()))
        .filter(|row| {
            wanted.iter().all(|(at, want)| {
                text(*row, *at).is_some_and(|cell| {
                    cell == *want
                        || matches!((cell.parse::<f64>(), want.parse::<f64>()),
                            (Ok(a), Ok(b)) if (a - b).abs() < f64::EPSILON)
                })
            })
        })
        .map(|row| CountedRow {
            row: row + 1,
            task: text(row, task).and_then(|t| t.parse().ok()).map(TaskNo),
            who: text(row, who),
            value: text(row, value).unwrap_or_default(),
        })
        .collect()
}
