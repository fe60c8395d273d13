//! The ledger as Parquet (导出), for `DuckDB`, Spark or polars.
//!
//! One folder per table, one partition per period (`entries/period=2024-03/part.parquet`). Personal fields
//! (填报人, 联系电话, 审核人) never leave; neither does the office's key, which is not in the ledger.

use std::io::Cursor;

use jiff::Timestamp;
use polars::prelude::*;
use polars_io::parquet::write::ParquetWriter;

use super::{
    Store,
    load::{self, Which},
    merge,
    rows::{ObligationRow, SubmissionRow},
    store::time_text,
};
use crate::{
    diag::{Error, Result},
    model::{Answer, Comparator, Indicator, IndicatorKind, Names, Period, Plan, Role, Task},
};

/// A file to write: where it belongs in the export folder, with `/`, and its bytes.
pub type Exported = (String, Vec<u8>);

impl Store {
    /// Every period with a submission or an obligation, in order.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn periods(&self) -> Result<Vec<Period>> {
        self.read(load::periods)
    }

    /// The files of an export of every period.
    ///
    /// Tables: `entries` (one row per cell taken in, `value` as text and `number` where it is one, `superseded` as
    /// computed now), `submissions`, `obligations`, and `plan` (one row per task in force and indicator). The same
    /// ledger gives the same bytes.
    ///
    /// # Errors
    /// If the ledger cannot be read, or [`Error::Frame`] if polars refuses.
    pub fn export(&self, plan: &Plan, as_of: Option<Timestamp>) -> Result<Vec<Exported>> {
        let periods = self.read(load::periods)?;
        let mut files = Vec::new();
        for period in periods {
            let in_force = plan.in_force(period);
            let (submissions, obligations) = self.read(|tx| {
                Ok((
                    load::submissions(tx, &Which::Period(period), as_of)?,
                    load::obligations(tx, period, as_of)?,
                ))
            })?;
            let registry = &in_force.registry;
            for (table, frame) in [
                ("entries", self.entries_frame(period, &in_force, as_of)?),
                ("submissions", submissions_frame(&submissions, registry)?),
                ("obligations", obligations_frame(&obligations, registry)?),
                ("plan", plan_frame(&in_force)?),
            ] {
                let path = format!("{table}/period={period}/part.parquet");
                files.push((path, parquet(frame)?));
            }
        }
        Ok(files)
    }

    /// One row per non-blank cell taken in, in the order in which they were recorded.
    fn entries_frame(
        &self,
        period: Period,
        plan: &Plan,
        as_of: Option<Timestamp>,
    ) -> Result<DataFrame> {
        let mut rows = self.dump(period, &plan.registry, as_of)?;
        rows.retain(|r| !r.field.is_personal());
        let number = |a: &Option<Answer>| match a {
            Some(Answer::Number(n)) => n.to_string().parse::<f64>().ok(),
            _ => None,
        };
        let text = |f: fn(&super::DumpRow) -> &str| rows.iter().map(f).collect::<Vec<_>>();
        df!(
            "unit" => text(|r| r.unit.as_str()),
            "task" => rows.iter().map(|r| r.task.map(|t| t.0)).collect::<Vec<_>>(),
            "item" => rows.iter().map(|r| r.item.map(|i| i.to_string())).collect::<Vec<_>>(),
            "role" => rows.iter().map(|r| r.role.map(Role::key)).collect::<Vec<_>>(),
            "field" => text(|r| r.field.key()),
            "value" => rows.iter().map(|r| r.value.as_ref().map(Answer::stored)).collect::<Vec<_>>(),
            "number" => rows.iter().map(|r| number(&r.value)).collect::<Vec<_>>(),
            "raw" => text(|r| &r.raw),
            "file" => text(|r| &r.file),
            "sha256" => text(|r| &r.sha256),
            "sheet" => text(|r| &r.sheet),
            "cell" => text(|r| &r.cell),
            "received_at" => rows.iter().map(|r| time_text(r.received_at)).collect::<Vec<_>>(),
            "superseded" => rows.iter().map(|r| r.superseded).collect::<Vec<_>>(),
        )
        .map_err(|e| refused(&e))
    }
}

fn refused(error: &PolarsError) -> Error {
    Error::Frame(error.to_string())
}

/// The bytes of a Parquet file.
///
/// # Errors
/// [`Error::Frame`] if polars refuses.
pub fn parquet(mut frame: DataFrame) -> Result<Vec<u8>> {
    let mut bytes = Cursor::new(Vec::new());
    ParquetWriter::new(&mut bytes).finish(&mut frame).map_err(|e| refused(&e))?;
    Ok(bytes.into_inner())
}

/// One row per file, in the order in which they were recorded.
fn submissions_frame(
    rows: &[SubmissionRow],
    registry: &crate::model::Registry,
) -> Result<DataFrame> {
    let names = Names::new(registry);
    let unit = |s: &SubmissionRow| s.unit.as_ref().map(|u| merge::resolved_by(&names, u).0);
    let count = |f: fn(&SubmissionRow) -> u64| rows.iter().map(f).collect::<Vec<_>>();
    df!(
        "submission" => rows.iter().map(|s| s.id).collect::<Vec<_>>(),
        "unit" => rows.iter().map(unit).collect::<Vec<_>>(),
        "file" => rows.iter().map(|s| s.file.as_str()).collect::<Vec<_>>(),
        "sha256" => rows.iter().map(|s| s.sha256.as_str()).collect::<Vec<_>>(),
        "size" => count(|s| s.size),
        "outcome" => rows.iter().map(|s| super::append::outcome_key(s.outcome)).collect::<Vec<_>>(),
        "received_at" => rows.iter().map(|s| time_text(s.received_at)).collect::<Vec<_>>(),
        "recorded_at" => rows.iter().map(|s| time_text(s.recorded_at)).collect::<Vec<_>>(),
        "presumed" => rows.iter().map(|s| s.presumed).collect::<Vec<_>>(),
        "on_behalf" => rows.iter().map(|s| s.on_behalf.as_ref().map(|o| o.name.as_str())).collect::<Vec<_>>(),
        "revision" => rows.iter().map(|s| s.revision).collect::<Vec<_>>(),
        "required" => rows.iter().map(|s| s.required).collect::<Vec<_>>(),
        "answered" => rows.iter().map(|s| s.answered).collect::<Vec<_>>(),
        "errors" => count(|s| s.errors),
        "warnings" => count(|s| s.warnings),
        "withdrawn" => rows.iter().map(|s| s.withdrawn.as_deref()).collect::<Vec<_>>(),
        "counts" => rows.iter().map(SubmissionRow::counts).collect::<Vec<_>>(),
    )
    .map_err(|e| refused(&e))
}

/// One row per obligation, in the order in which they were written.
fn obligations_frame(
    rows: &[ObligationRow],
    registry: &crate::model::Registry,
) -> Result<DataFrame> {
    let names = Names::new(registry);
    df!(
        "unit" => rows.iter().map(|o| merge::resolved_by(&names, &o.unit).0).collect::<Vec<_>>(),
        "first_due" => rows.iter().map(|o| o.first_due.to_string()).collect::<Vec<_>>(),
        "due" => rows.iter().map(|o| o.due.to_string()).collect::<Vec<_>>(),
        "exempt" => rows.iter().map(|o| o.exempt.as_deref()).collect::<Vec<_>>(),
        "extended" => rows.iter().map(|o| o.extended.as_deref()).collect::<Vec<_>>(),
    )
    .map_err(|e| refused(&e))
}

/// One row per task in force and adopted indicator; a task without one has a row with empty indicator columns.
fn plan_frame(plan: &Plan) -> Result<DataFrame> {
    let rows: Vec<(&Task, Option<&Indicator>)> = plan
        .tasks
        .iter()
        .flat_map(|t| {
            let adopted: Vec<_> = t.adopted().map(|i| (t, Some(i))).collect();
            if adopted.is_empty() { vec![(t, None)] } else { adopted }
        })
        .collect();
    let joined = |f: fn(&Task) -> &Vec<String>| {
        rows.iter().map(|(t, _)| f(t).join("、")).collect::<Vec<String>>()
    };
    let number = |d: rust_decimal::Decimal| d.to_string().parse::<f64>().ok();
    df!(
        "task" => rows.iter().map(|(t, _)| t.no.0).collect::<Vec<_>>(),
        "section" => rows.iter().map(|(t, _)| t.section).collect::<Vec<_>>(),
        "text" => rows.iter().map(|(t, _)| t.text.as_str()).collect::<Vec<_>>(),
        "leaders" => joined(|t| &t.leaders),
        "lead_units" => joined(|t| &t.lead_units),
        "responsible" => joined(|t| &t.responsible),
        "due" => rows.iter().map(|(t, _)| t.due.to_string()).collect::<Vec<_>>(),
        "item" => rows.iter().map(|(_, i)| i.map(|i| i.item.to_string())).collect::<Vec<_>>(),
        "indicator" => rows.iter().map(|(_, i)| i.map(|i| i.name.as_str())).collect::<Vec<_>>(),
        "comparator" => rows.iter().map(|(_, i)| i.map(|i| Comparator::sign(i.comparator))).collect::<Vec<_>>(),
        "target" => rows.iter().map(|(_, i)| i.and_then(|i| number(i.target))).collect::<Vec<_>>(),
        "measure" => rows.iter().map(|(_, i)| i.map(|i| i.unit.as_str())).collect::<Vec<_>>(),
        "kind" => rows.iter().map(|(_, i)| i.map(|i| IndicatorKind::key(i.kind))).collect::<Vec<_>>(),
        "base" => rows.iter().map(|(_, i)| i.and_then(|i| i.base).and_then(number)).collect::<Vec<_>>(),
    )
    .map_err(|e| refused(&e))
}
