//! The accepted values of an office up to a period, each with the cell it came from.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    Confirmation, Fact, Filing, Store,
    load::{self, Which},
    merge,
    rows::{EntryRow, Source, SubmissionRow},
    status,
};
use crate::{
    diag::Result,
    model::{Field, ItemNo, Names, Period, Plan, Registry, Role, TaskNo, UnitId},
    settings::Settings,
};

/// An accepted value and where it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Accepted {
    /// The value, as the statistics take it.
    pub fact: Fact,
    /// Role of the unit in the task when it reported.
    pub role: Role,
    /// Where it stands.
    pub source: Source,
}

/// What the ledger knows of a plan up to a period (截至某期的台账): the input of the statistics.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Facts {
    /// One per unit, period, item and field, in that order; superseded and withdrawn values are gone.
    pub accepted: Vec<Accepted>,
    /// The office's words on tasks, oldest first.
    pub confirmations: Vec<Confirmation>,
    /// What became of each obligation, by period, then in the order in which they were written.
    pub filings: Vec<Filing>,
}

impl Facts {
    /// The values alone.
    #[must_use]
    pub fn facts(&self) -> Vec<Fact> {
        self.accepted.iter().map(|a| a.fact.clone()).collect()
    }

    /// The filings of one period; a quarter, half-year or year without any of its own has those of the month at
    /// its end.
    #[must_use]
    pub fn filings_of(&self, period: Period) -> Vec<Filing> {
        let of = |p: Period| -> Vec<Filing> {
            self.filings.iter().filter(|f| f.period == p).cloned().collect()
        };
        let own = of(period);
        match self.filings.iter().find(|f| f.period.speaks_for(period)) {
            Some(other) if own.is_empty() => of(other.period),
            _ => own,
        }
    }

    /// The same as the office knew it at the end of an earlier period: for last period's figures and trends.
    #[must_use]
    pub fn up_to(&self, period: Period) -> Self {
        Self {
            accepted: self.accepted.iter().filter(|a| a.fact.period <= period).cloned().collect(),
            confirmations: self
                .confirmations
                .iter()
                .filter(|c| c.period <= period)
                .cloned()
                .collect(),
            filings: self.filings.iter().filter(|f| f.period <= period).cloned().collect(),
        }
    }
}

/// Whether what was reported for `reported` can count at the end of `asked` under the plan of `plan_year`.
pub(super) fn within(reported: Period, asked: Period, plan_year: i16) -> bool {
    reported <= asked && reported.year() >= plan_year
}

impl Store {
    /// Every accepted value of the plan's year up to `period`, with filings and confirmations, as the office knew
    /// them at `as_of` (none: now).
    ///
    /// `plan` gives the registry (adopted aliases) and the plan year; successions and changes of owner are
    /// followed by the statistics, period by period.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn facts(
        &self,
        plan: &Plan,
        settings: &Settings,
        period: Period,
        as_of: Option<Timestamp>,
    ) -> Result<Facts> {
        let (periods, confirmations) = self.read(|tx| {
            let mut loaded = Vec::new();
            for p in load::periods(tx)?.into_iter().filter(|p| within(*p, period, plan.year)) {
                loaded.push((
                    p,
                    load::submissions(tx, &Which::Period(p), as_of)?,
                    load::entries(tx, p, as_of)?,
                    load::obligations(tx, p, as_of)?,
                ));
            }
            Ok((loaded, load::confirmations(tx, as_of)?))
        })?;
        // Successions entered as amendments stand in the registry of the plan in force.
        let registry = plan.in_force(period).registry;
        let mut facts = Facts::default();
        let mut submissions = Vec::new();
        let mut entries = Vec::new();
        for (p, subs, rows, obligations) in periods {
            facts.filings.extend(status::filings(p, &obligations, &subs, &registry, settings));
            submissions.extend(subs);
            entries.extend(rows);
        }
        let current = merge::current(&submissions, &entries, &registry)?;
        facts.accepted = accepted(&submissions, entries, &current, &registry);
        facts.confirmations = confirmations
            .into_iter()
            .filter(|c| within(c.period, period, plan.year))
            .map(|c| Confirmation {
                task: c.task,
                period: c.period,
                rejected: !c.confirmed,
                at: c.at,
            })
            .collect();
        Ok(facts)
    }
}

pub(super) fn accepted(
    submissions: &[SubmissionRow],
    entries: Vec<EntryRow>,
    current: &[bool],
    registry: &Registry,
) -> Vec<Accepted> {
    let names = Names::new(registry);
    let of: BTreeMap<i64, (&SubmissionRow, UnitId)> = submissions
        .iter()
        .filter_map(|s| Some((s.id, (s, merge::resolved_by(&names, s.unit.as_ref()?)))))
        .collect();
    let mut rows: Vec<Accepted> = entries
        .into_iter()
        .zip(current)
        .filter(|(row, current)| **current && !row.entry.field.is_personal())
        .filter_map(|(row, _)| {
            let (submission, unit) = of.get(&row.submission)?;
            let source = source(&row, submission);
            let item = row.entry.item?;
            Some(Accepted {
                role: row.entry.role?,
                fact: Fact {
                    unit: unit.clone(),
                    item,
                    field: row.entry.field,
                    answer: row.entry.value?,
                    period: submission.period,
                    received_at: submission.received_at,
                },
                source,
            })
        })
        .collect();
    let key = |a: &Accepted| -> (UnitId, Period, ItemNo, Field) {
        (a.fact.unit.clone(), a.fact.period, a.fact.item, a.fact.field)
    };
    rows.sort_by_cached_key(key);
    rows
}

/// Where an entry stands.
pub(super) fn source(row: &EntryRow, submission: &SubmissionRow) -> Source {
    Source {
        submission: submission.id,
        file: submission.file.clone(),
        sha256: submission.sha256.clone(),
        sheet: row.entry.sheet.clone(),
        cell: row.entry.cell.clone(),
        raw: row.entry.raw.clone(),
        received_at: submission.received_at,
        recorded_at: submission.recorded_at,
    }
}

/// The task of an entry: its own, or that of its item.
pub(super) fn task_of(row: &EntryRow) -> Option<TaskNo> {
    row.entry.task.or(row.entry.item.map(|i| i.task))
}
