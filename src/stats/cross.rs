//! Cross tables (交叉表): leader × section, unit × section.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    frame::{At, Counts, Scope},
    rows::Rates,
};

/// A cross table: `cells[row][column]`, none where the row has no task in the column.
///
/// Counting (口径): as in the table by leader or by unit, within one section; a row's cells add up to its tasks.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Cross {
    /// Keys of the rows, as in the table they come from.
    pub rows: Vec<String>,
    /// Section numbers.
    pub columns: Vec<String>,
    /// Rates of the tasks in row and column.
    pub cells: Vec<Vec<Option<Rates>>>,
}

/// Lays out a cross table of one period.
pub(super) fn crosses(
    counts: &BTreeMap<At, Counts>,
    at: u32,
    scope: Scope,
    rows: &[&str],
    columns: &[&str],
) -> Cross {
    let cell = |row: &str, column: &str| {
        let key = if scope == Scope::LeaderSection && row == super::NOBODY_NAME { "" } else { row };
        counts
            .get(&(at, scope, key.to_owned(), column.to_owned()))
            .map(|c| c.rates.clone())
            .filter(|r| r.completion.due > 0)
    };
    Cross {
        rows: rows.iter().map(|r| (*r).to_owned()).collect(),
        columns: columns.iter().map(|c| (*c).to_owned()).collect(),
        cells: rows
            .iter()
            .map(|row| columns.iter().map(|column| cell(row, column)).collect())
            .collect(),
    }
}
