//! Carrying forward (沿用): which fact of a unit and item holds at the end of a period.
//!
//! One lazy query gives every fact its lifespan: it holds from its own period until the next fact of the same unit,
//! item and field. 未出数 ends the lifespan of no figure, so figures have a second chain of their own.

use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use polars::prelude::*;

use crate::{
    diag::{Error, Result},
    ledger::Fact,
    model::{Answer, Field as Asked, ItemNo, Period, TaskNo, UnitId},
};

/// Columns of the frame of facts.
mod column {
    pub(super) const ROW: &str = "row";
    pub(super) const OWNER: &str = "owner";
    pub(super) const FROM: &str = "from";
    pub(super) const RECEIVED: &str = "received";
    pub(super) const UNTIL: &str = "until";
}

/// A period as a number that sorts as periods do (by last day, the longer of two after the shorter).
pub(super) fn moment(period: Period) -> i64 {
    let days = |d: Date| i64::from(d.since(Date::ZERO).map_or(0, |s| s.get_days()));
    // A year has at most 371 days of whole weeks, so 512 leaves room for every length.
    let (first, last) = (days(period.first_day()), days(period.last_day()));
    last * 512 + (last - first)
}

/// A fact and how long it holds.
#[derive(Clone, Copy, Debug)]
struct Lifespan<'a> {
    fact: &'a Fact,
    from: i64,
    until: i64,
    /// Until when it stands as the newest figure, whatever 未出数 came after; equal to `until` for other facts.
    figure_until: i64,
}

/// Facts with their lifespans, by unit and task.
#[derive(Debug, Default)]
pub(super) struct Carried<'a> {
    by_owner: BTreeMap<&'a UnitId, BTreeMap<TaskNo, Vec<Lifespan<'a>>>>,
}

impl<'a> Carried<'a> {
    /// Lays out the lifespans of the facts up to `period`.
    ///
    /// Errors: [`Error::Frame`] if polars refuses.
    pub(super) fn new(facts: &'a [Fact], period: Period) -> Result<Self> {
        let mut carried = Self::default();
        let facts: Vec<&Fact> = facts.iter().filter(|f| f.period <= period).collect();
        if facts.is_empty() {
            return Ok(carried);
        }
        let until = lifespans(&facts, |_| true)?;
        let not_out = facts.iter().any(|f| f.answer == Answer::NotOut);
        let figure_until =
            if not_out { Some(lifespans(&facts, |f| f.answer != Answer::NotOut)?) } else { None };
        for (row, fact) in facts.into_iter().enumerate() {
            let Some(until) = until[row] else { continue };
            let figure_until = figure_until.as_ref().and_then(|of| of[row]).unwrap_or(until);
            carried
                .by_owner
                .entry(&fact.unit)
                .or_default()
                .entry(fact.item.task)
                .or_default()
                .push(Lifespan { fact, from: moment(fact.period), until, figure_until });
        }
        for spans in carried.by_owner.values_mut().flat_map(BTreeMap::values_mut) {
            spans.sort_by_key(|s| (s.from, s.fact.received_at, s.fact.item, s.fact.field));
        }
        Ok(carried)
    }

    /// The newest answer of `unit` to one field of one item at `moment`.
    pub(super) fn newest(
        &self,
        unit: &UnitId,
        item: ItemNo,
        field: Asked,
        at: i64,
    ) -> Option<&'a Fact> {
        self.alive(unit, item.task, at).find(|f| f.item == item && f.field == field)
    }

    /// The newest figure (or 完成进度), 未出数 passed over.
    pub(super) fn figure(
        &self,
        unit: &UnitId,
        item: ItemNo,
        field: Asked,
        at: i64,
    ) -> Option<&'a Fact> {
        self.spans(unit, item.task)
            .iter()
            .find(|s| {
                s.fact.item == item
                    && s.fact.field == field
                    && s.fact.answer != Answer::NotOut
                    && s.from <= at
                    && at < s.figure_until
            })
            .map(|s| s.fact)
    }

    /// The newest 办理状态 of `unit` for the task, whichever row carried it.
    pub(super) fn status(&self, unit: &UnitId, task: TaskNo, at: i64) -> Option<&'a Fact> {
        self.alive(unit, task, at).filter(|f| f.field == Asked::Status).last()
    }

    /// Whether `unit` has any fact of the task: a carried one, or a text of the period itself.
    pub(super) fn any(&self, unit: &UnitId, task: TaskNo, at: i64, last_day: Date) -> bool {
        self.alive(unit, task, at).any(|f| f.field.is_carried() || f.period.last_day() == last_day)
    }

    fn spans(&self, unit: &UnitId, task: TaskNo) -> &[Lifespan<'a>] {
        self.by_owner.get(unit).and_then(|of| of.get(&task)).map_or(&[], Vec::as_slice)
    }

    /// Facts that hold at `at`, oldest first.
    fn alive(&self, unit: &UnitId, task: TaskNo, at: i64) -> impl Iterator<Item = &'a Fact> {
        self.spans(unit, task).iter().filter(move |s| s.from <= at && at < s.until).map(|s| s.fact)
    }
}

/// When each fact stops being the newest of its unit, item and field: the next one's moment; none for those left out.
fn lifespans(facts: &[&Fact], keep: impl Fn(&Fact) -> bool) -> Result<Vec<Option<i64>>> {
    let mut ends: Vec<Option<i64>> = vec![None; facts.len()];
    let kept: Vec<(u32, &Fact)> =
        (0u32..).zip(facts.iter().copied()).filter(|(_, f)| keep(f)).collect();
    if kept.is_empty() {
        return Ok(ends);
    }
    // Unit, item and field as one number, the same for the same owner.
    let mut owners: HashMap<(&UnitId, ItemNo, Asked), u32> = HashMap::new();
    let owner: Vec<u32> = kept
        .iter()
        .map(|(_, f)| {
            let fresh = owners.len();
            *owners
                .entry((&f.unit, f.item, f.field))
                .or_insert_with(|| u32::try_from(fresh).unwrap_or(u32::MAX))
        })
        .collect();
    let frame = df!(
        column::ROW => kept.iter().map(|(row, _)| *row).collect::<Vec<_>>(),
        column::OWNER => owner,
        column::FROM => kept.iter().map(|(_, f)| moment(f.period)).collect::<Vec<_>>(),
        column::RECEIVED => kept.iter().map(|(_, f)| f.received_at.as_nanosecond()).map(nanoseconds).collect::<Vec<_>>(),
    )
    .map_err(frame_error)?;
    let next = |name: &str| col(name).shift(lit(-1));
    let out = frame
        .lazy()
        .sort(
            [column::OWNER, column::FROM, column::RECEIVED, column::ROW],
            SortMultipleOptions::default(),
        )
        .select([
            col(column::ROW),
            when(next(column::OWNER).eq(col(column::OWNER)))
                .then(next(column::FROM))
                .otherwise(lit(i64::MAX))
                .alias(column::UNTIL),
        ])
        .collect()
        .map_err(frame_error)?;
    let rows = out.column(column::ROW).and_then(|c| c.u32()).map_err(frame_error)?;
    let until = out.column(column::UNTIL).and_then(|c| c.i64()).map_err(frame_error)?;
    for (row, until) in rows.iter().zip(until.iter()) {
        let end = row.and_then(|row| ends.get_mut(row as usize));
        if let (Some(end), Some(until)) = (end, until) {
            *end = Some(until);
        }
    }
    Ok(ends)
}

/// Nanoseconds since 1970 within the range of a 64-bit column (years 1678–2262).
fn nanoseconds(value: i128) -> i64 {
    i64::try_from(value).unwrap_or(if value < 0 { i64::MIN } else { i64::MAX })
}

/// What polars says, as an [`Error::Frame`].
#[expect(clippy::needless_pass_by_value, reason = "used as map_err(frame_error)")]
pub(super) fn frame_error(error: PolarsError) -> Error {
    Error::Frame(error.to_string())
}
