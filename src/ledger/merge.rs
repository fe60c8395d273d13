//! Which entries count (取最新): supersession within one unit and period, cell by cell.

use std::collections::BTreeMap;

use polars::prelude::*;

use super::{
    columns::{
        self, FIELD, FILLED, LIVE, PERIOD, RECEIVED, REVISION, ROW, SHA, SLOT, TASK, UNIT,
        WHOLE_TASK,
    },
    rows::{EntryRow, SubmissionRow},
};
use crate::{
    diag::{Error, Result},
    model::{Field, Named, Names, Registry, UnitId},
};

/// The unit a recorded id stands for today: an alias the office has adopted becomes its unit. Successions are
/// not followed here: who answers for a unit depends on the period asked for.
#[must_use]
pub fn resolved(registry: &Registry, unit: &UnitId) -> UnitId {
    meant(registry.resolve(unit.as_str()), unit)
}

/// The same with the registry's names already indexed.
pub(super) fn resolved_by(names: &Names<'_>, unit: &UnitId) -> UnitId {
    meant(names.resolve(unit.as_str()), unit)
}

fn meant(named: Named<'_>, unit: &UnitId) -> UnitId {
    match named {
        Named::Unit(known) => known.id.clone(),
        Named::Group(_) | Named::Unknown => unit.clone(),
    }
}

/// Whether each entry is current (现行): no newer entry of the same unit, period and cell replaced or withdrew it,
/// and its submission stands.
///
/// Shape: one flag per entry, in their order. Counting: a figure (累计, 进度) is one cell per item, the other
/// fields one cell per task. Newest is the latest received; at the same time the larger file hash, so that
/// neither the order of files nor of runs matters; of the same bytes the last judgement alone counts.
///
/// # Errors
/// [`Error::Frame`] if the frame is not as promised.
pub fn current(
    submissions: &[SubmissionRow],
    entries: &[EntryRow],
    names: &Names<'_>,
) -> Result<Vec<bool>> {
    if entries.is_empty() {
        return Ok(Vec::new());
    }
    let frame = frame(submissions, entries, names)?;
    columns::check_entries(&frame)?;
    let wrong = |e: PolarsError| Error::Frame(e.to_string());
    // In order of time the last of a cell that lives is the current one.
    let kept = frame
        .lazy()
        .filter(col(LIVE))
        .sort([RECEIVED, SHA, REVISION, ROW], SortMultipleOptions::default())
        .group_by([col(UNIT), col(PERIOD), col(TASK), col(SLOT), col(FIELD)])
        .agg([col(ROW).last()])
        .select([col(ROW)])
        .collect()
        .map_err(wrong)?;
    let mut flags = vec![false; entries.len()];
    for row in kept.column(ROW).and_then(|c| c.u32()).map_err(wrong)?.iter().flatten() {
        if let Some(flag) = flags.get_mut(row as usize) {
            *flag = true;
        }
    }
    Ok(flags)
}

/// The frame of entries, columns as in [`super::columns`].
fn frame(
    submissions: &[SubmissionRow],
    entries: &[EntryRow],
    names: &Names<'_>,
) -> Result<DataFrame> {
    let missing = |id: i64| Error::Frame(format!("entry of submission {id}, which is not there"));
    let mut of: BTreeMap<i64, (&SubmissionRow, String, String)> = BTreeMap::new();
    for s in submissions {
        let unit = s.unit.as_ref().map_or_else(String::new, |u| resolved_by(names, u).0);
        of.insert(s.id, (s, unit, s.period.to_string()));
    }
    let sources = entries
        .iter()
        .map(|e| of.get(&e.submission).ok_or_else(|| missing(e.submission)))
        .collect::<Result<Vec<_>>>()?;
    let rows = u32::try_from(entries.len()).map_err(|e| Error::Frame(e.to_string()))?;
    df!(
        ROW => (0..rows).collect::<Vec<u32>>(),
        UNIT => sources.iter().map(|(_, unit, _)| unit.as_str()).collect::<Vec<_>>(),
        PERIOD => sources.iter().map(|(_, _, period)| period.as_str()).collect::<Vec<_>>(),
        TASK => entries.iter().map(|e| e.entry.task.map_or(0, |t| t.0)).collect::<Vec<_>>(),
        SLOT => entries.iter().map(slot).collect::<Vec<_>>(),
        FIELD => entries.iter().map(|e| e.entry.field.key()).collect::<Vec<_>>(),
        FILLED => entries.iter().map(|e| e.entry.value.is_some()).collect::<Vec<_>>(),
        LIVE => sources.iter().map(|(s, ..)| s.counts()).collect::<Vec<_>>(),
        RECEIVED => sources.iter().map(|(s, ..)| s.received_at.as_millisecond()).collect::<Vec<_>>(),
        SHA => sources.iter().map(|(s, ..)| s.sha256.as_str()).collect::<Vec<_>>(),
        REVISION => sources.iter().map(|(s, ..)| s.revision).collect::<Vec<_>>(),
    )
    .map_err(|e| Error::Frame(e.to_string()))
}

/// The place of an entry within its task.
fn slot(row: &EntryRow) -> u32 {
    match row.entry.field {
        Field::Cumulative | Field::Progress => row.entry.item.map_or(0, |i| i.index),
        _ => WHOLE_TASK,
    }
}
