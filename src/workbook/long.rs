//! The long sheets (长表) that the formulas of the summary sheets count: as values, before they are written.

use std::{collections::BTreeMap, ops::Range};

use super::{
    figure::{Select, Table, Value, Want},
    look,
};
use crate::sheet::cell_name;

/// First data row of every long sheet, from 0: title, explanation and heads stand above.
pub(super) const FIRST_ROW: u32 = 3;

/// One long sheet as values.
pub(super) struct Long {
    /// Which.
    pub(super) table: Table,
    /// Columns in order; the first is 编号, the key its blocks are sorted by.
    pub(super) columns: &'static [&'static str],
    /// Rows.
    pub(super) rows: Vec<Vec<Value>>,
    blocks: BTreeMap<u64, Range<usize>>,
}

impl Long {
    /// A long sheet whose rows are sorted by their first column.
    pub(super) fn new(
        table: Table,
        columns: &'static [&'static str],
        rows: Vec<Vec<Value>>,
    ) -> Self {
        let mut blocks: BTreeMap<u64, Range<usize>> = BTreeMap::new();
        for (at, row) in rows.iter().enumerate() {
            if let Some(key) = row.first().and_then(key_of) {
                blocks.entry(key).or_insert(at..at).end = at + 1;
            }
        }
        Self { table, columns, rows, blocks }
    }

    /// Place of a column.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|c| *c == name)
    }

    /// Rows that a selection takes, with their place.
    fn matching<'a>(&'a self, select: &'a Select) -> impl Iterator<Item = (usize, &'a Vec<Value>)> {
        let keyed = select.filters.iter().find_map(|f| match &f.want {
            Want::Number(number, _) if Some(&f.column) == self.columns.first() => {
                key_of(&Value::Number(*number))
            }
            _ => None,
        });
        let block = match keyed {
            Some(key) => self.blocks.get(&key).cloned().unwrap_or(0..0),
            None => 0..self.rows.len(),
        };
        let wanted: Vec<(Option<usize>, &Want)> =
            select.filters.iter().map(|f| (self.column(f.column), &f.want)).collect();
        block.filter_map(move |at| {
            let row = &self.rows[at];
            let all = wanted.iter().all(|(column, want)| {
                column.and_then(|c| row.get(c)).is_some_and(|value| holds(value, want))
            });
            all.then_some((at, row))
        })
    }
}

/// The number of a key cell.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "keys are small counting numbers"
)]
fn key_of(value: &Value) -> Option<u64> {
    value.number().filter(|n| *n >= 0.0).map(|n| n as u64)
}

/// Whether a cell meets a condition.
#[expect(clippy::float_cmp, reason = "both are whole numbers that were written, not calculated")]
fn holds(value: &Value, want: &Want) -> bool {
    match (value, want) {
        (Value::Number(number), Want::Number(wanted, _)) => number == wanted,
        (Value::Text(text), Want::Word(wanted)) => text == wanted,
        _ => false,
    }
}

/// A cell of `长表_历月` that another figure reads.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Past {
    /// Its address, for formulas.
    pub(super) cell: String,
    /// 编号 of its line.
    line: f64,
}

impl Past {
    /// The line it stands in, for traces.
    pub(super) fn select(&self) -> Select {
        Select::all(Table::History).is("编号", self.line)
    }
}

/// All long sheets of a workbook.
pub(super) struct Longs {
    tables: Vec<Long>,
    /// Rows of `长表_历月` by period (0 = this one, 1 = the one before …), kind and key.
    pub(super) history: BTreeMap<(usize, &'static str, String), usize>,
}

impl Longs {
    /// Long sheets in the order of [`Table::ALL`].
    pub(super) fn new(
        tables: Vec<Long>,
        history: BTreeMap<(usize, &'static str, String), usize>,
    ) -> Self {
        Self { tables, history }
    }

    /// The sheets.
    pub(super) fn all(&self) -> &[Long] {
        &self.tables
    }

    /// One sheet.
    pub(super) fn get(&self, table: Table) -> Option<&Long> {
        self.tables.iter().find(|t| t.table == table)
    }

    /// Rows that a selection takes.
    pub(super) fn count(&self, select: &Select) -> u64 {
        self.get(select.table).map_or(0, |t| t.matching(select).count() as u64)
    }

    /// Sum of a column over a selection.
    pub(super) fn sum(&self, select: &Select, column: &str) -> f64 {
        self.values(select, column).iter().sum()
    }

    /// Mean of a column over a selection; none where no row has a value.
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    pub(super) fn mean(&self, select: &Select, column: &str) -> Option<f64> {
        let values = self.values(select, column);
        (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
    }

    fn values(&self, select: &Select, column: &str) -> Vec<f64> {
        let Some(table) = self.get(select.table) else { return Vec::new() };
        let Some(at) = table.column(column) else { return Vec::new() };
        table.matching(select).filter_map(|(_, row)| row.get(at).and_then(Value::number)).collect()
    }

    /// Where the first row of a selection stands: `'长表_任务'!A4`; none if it takes no row.
    pub(super) fn link(&self, select: &Select) -> Option<String> {
        let (at, _) = self.get(select.table)?.matching(select).next()?;
        let row = FIRST_ROW + u32::try_from(at).ok()?;
        Some(format!("'{}'!{}", select.table.sheet(), cell_name(row, 0)))
    }

    /// A cell of `长表_历月`, for formulas and traces; none if there is no such row.
    pub(super) fn past(
        &self,
        back: usize,
        kind: &'static str,
        key: &str,
        column: &str,
    ) -> Option<Past> {
        let at = *self.history.get(&(back, kind, key.to_owned()))?;
        let table = self.get(Table::History)?;
        let column = u32::try_from(table.column(column)?).ok()?;
        let value = table.rows.get(at)?.get(column as usize)?;
        value.number()?;
        let line = u32::try_from(at).ok()?;
        let sheet = look::quoted(Table::History.sheet());
        let cell = format!("{sheet}!{}", cell_name(FIRST_ROW + line, column));
        Some(Past { cell, line: f64::from(line + 1) })
    }

    /// Value of a cell of `长表_历月`.
    pub(super) fn past_value(
        &self,
        back: usize,
        kind: &'static str,
        key: &str,
        column: &str,
    ) -> Option<f64> {
        let at = *self.history.get(&(back, kind, key.to_owned()))?;
        let table = self.get(Table::History)?;
        table.rows.get(at)?.get(table.column(column)?)?.number()
    }

    /// Address of the cell of a task in `长表_任务`, for formulas.
    pub(super) fn task_cell(&self, at: usize, column: &str) -> Option<String> {
        let table = self.get(Table::Task)?;
        let column = u32::try_from(table.column(column)?).ok()?;
        let row = FIRST_ROW + u32::try_from(at).ok()?;
        Some(format!("{}!{}", look::quoted(Table::Task.sheet()), cell_name(row, column)))
    }
}
