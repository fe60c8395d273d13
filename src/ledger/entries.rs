//! Writing the entries of a submission: nine of ten rows of the ledger.

use rusqlite::{
    CachedStatement, Transaction,
    types::{ToSqlOutput, ValueRef},
};

use super::{append::signed, chain::Lines, store::Work};
use crate::{
    intake::Entry,
    model::{Answer, Role},
};

/// Rows of one statement. Within a statement the place in the table is at hand for the next row, where each statement
/// looks for it anew: with one row a statement, writing took 1.7 times as long.
const ROWS: [usize; 3] = [32, 8, 1];

/// Columns of an entry as it is hashed; `submission` stands before them.
const COLUMNS: usize = 9;

/// Writes entries, and puts them down as the chain hashes them.
pub(super) struct Entries<'a> {
    inserts: [CachedStatement<'a>; ROWS.len()],
    lines: Lines,
}

impl<'a> Entries<'a> {
    /// Into the ledger of `tx`.
    pub(super) fn new(tx: &'a Transaction) -> Work<Self> {
        let [most, some, one] = ROWS.map(|rows| tx.prepare_cached(&insert(rows)));
        Ok(Self { inserts: [most?, some?, one?], lines: Lines::default() })
    }

    /// Writes the entries of a submission, numbered from 0; gives them as they are hashed.
    pub(super) fn add(&mut self, submission: i64, entries: &[Entry]) -> Work<&Lines> {
        self.lines.clear();
        let mut written = 0;
        for (rows, insert) in ROWS.into_iter().zip(&mut self.inserts) {
            while let Some(part) = entries.get(written..written + rows) {
                let mut at = 1;
                for entry in part {
                    let item = entry.item.map(|i| i.to_string());
                    let value = entry.value.as_ref().map(Answer::stored);
                    let values: [ValueRef; COLUMNS] = [
                        ValueRef::Integer(signed(written as u64)),
                        entry.task.map_or(ValueRef::Null, |t| ValueRef::Integer(i64::from(t.0))),
                        item.as_deref().into(),
                        entry.role.map(Role::key).into(),
                        entry.field.key().into(),
                        value.as_deref().into(),
                        entry.raw.as_str().into(),
                        entry.sheet.as_str().into(),
                        entry.cell.as_str().into(),
                    ];
                    self.lines.row(&values);
                    insert.raw_bind_parameter(at, submission)?;
                    for (column, value) in (at + 1..).zip(values) {
                        insert.raw_bind_parameter(column, ToSqlOutput::Borrowed(value))?;
                    }
                    at += 1 + COLUMNS;
                    written += 1;
                }
                insert.raw_execute()?;
            }
        }
        Ok(&self.lines)
    }
}

/// The statement for so many rows.
fn insert(rows: usize) -> String {
    let row = "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    format!(
        "INSERT INTO entry (submission, n, task, item, role, field, value, raw, sheet, cell) VALUES {}",
        vec![row; rows].join(", ")
    )
}
