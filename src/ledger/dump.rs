//! Every cell taken in, as `ledger dump` prints it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use super::{
    Store, accepted,
    load::{self, Which},
    merge,
};
use crate::{
    diag::Result,
    model::{Answer, Field, ItemNo, Names, Period, Registry, Role, TaskNo, UnitId, decimal_text},
};

/// One non-blank cell taken in (`ledger dump`).
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DumpRow {
    /// Period.
    pub period: Period,
    /// Unit, adopted aliases followed.
    pub unit: UnitId,
    /// Task; none for the foot of the form.
    pub task: Option<TaskNo>,
    /// Item as printed in 事项编号.
    pub item: Option<ItemNo>,
    /// Role of the unit in the task.
    pub role: Option<Role>,
    /// Field.
    pub field: Field,
    /// Number for figures and percentages, shipped word for a status, 未出数, or text; null where what was typed
    /// stands for nothing (“—”).
    #[serde(serialize_with = "answer")]
    pub value: Option<Answer>,
    /// What was typed.
    pub raw: String,
    /// File as it was found.
    pub file: String,
    /// Hash of its bytes.
    pub sha256: String,
    /// Sheet.
    pub sheet: String,
    /// Cell.
    pub cell: String,
    /// When the file came.
    pub received_at: Timestamp,
    /// Replaced or withdrawn by a later return of the same unit and period, or withdrawn with its file.
    pub superseded: bool,
}

impl Store {
    /// Every non-blank cell taken in for a period, in the order in which it was recorded.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn dump(
        &self,
        period: Period,
        registry: &Registry,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<DumpRow>> {
        let (submissions, entries) = self.read(|tx| {
            Ok((
                load::submissions(tx, &Which::Period(period), as_of)?,
                load::entries(tx, period, as_of)?,
            ))
        })?;
        let names = Names::new(registry);
        let current = merge::current(&submissions, &entries, &names)?;
        let of: BTreeMap<i64, _> = submissions.iter().map(|s| (s.id, s)).collect();
        let rows = entries
            .into_iter()
            .zip(current)
            .filter(|(row, _)| row.entry.value.is_some() || !row.entry.raw.trim().is_empty())
            .filter_map(|(row, current)| {
                let submission = of.get(&row.submission)?;
                Some(DumpRow {
                    period,
                    unit: merge::resolved_by(&names, submission.unit.as_ref()?),
                    task: accepted::task_of(&row),
                    item: row.entry.item,
                    role: row.entry.role,
                    field: row.entry.field,
                    value: row.entry.value,
                    raw: row.entry.raw,
                    file: submission.file.clone(),
                    sha256: submission.sha256.clone(),
                    sheet: row.entry.sheet,
                    cell: row.entry.cell,
                    received_at: submission.received_at,
                    superseded: !current,
                })
            })
            .collect();
        Ok(rows)
    }
}

#[expect(clippy::ref_option, reason = "the signature serde asks for")]
/// An answer in JSON: whole numbers as integers, others as the decimal they are.
pub(super) fn answer<S: Serializer>(
    value: &Option<Answer>,
    to: S,
) -> std::result::Result<S::Ok, S::Error> {
    match value {
        None => to.serialize_none(),
        Some(Answer::Number(number)) => {
            let text = decimal_text(*number);
            match (text.parse::<i64>(), text.parse::<f64>()) {
                (Ok(whole), _) => to.serialize_i64(whole),
                (_, Ok(parts)) => to.serialize_f64(parts),
                _ => to.serialize_str(&text),
            }
        }
        Some(other) => to.serialize_str(&other.stored()),
    }
}
