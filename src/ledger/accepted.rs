//! The accepted values of an office up to a period, each with the cell it came from.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{
    Confirmation, Fact, Filing, Store,
    load::{self, Detail, Which},
    merge,
    rows::{EntryRow, Source, SubmissionRow},
    status,
    store::Fault,
};
use crate::{
    diag::Result,
    model::{Answer, Field, ItemNo, Names, Period, Plan, Registry, Role, TaskNo, UnitId},
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
    /// One per unit, period, item and field; superseded and withdrawn values are gone. By period, within one by
    /// unit, item and field. Of texts it is known that they were written, not what: their words are in
    /// [`Store::facts_with_sources`].
    pub facts: Vec<Fact>,
    /// The office's words on tasks, oldest first.
    pub confirmations: Vec<Confirmation>,
    /// What became of each obligation, by period, then in the order in which they were written.
    pub filings: Vec<Filing>,
}

impl Facts {
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
        self.collect(plan, settings, period, as_of, |_| {}, Detail::Values)
    }

    /// The same, and where each value that holds at `period` stands: the newest of every unit, item and field, of
    /// texts those of the period alone (of a quarter, of the month at its end), by unit, item and field.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn facts_with_sources(
        &self,
        plan: &Plan,
        settings: &Settings,
        period: Period,
        as_of: Option<Timestamp>,
    ) -> Result<(Facts, Vec<Accepted>)> {
        let mut newest: BTreeMap<(UnitId, ItemNo, Field), Accepted> = BTreeMap::new();
        let speaking = self.speaking_for(period)?;
        let keep = |accepted: Accepted| {
            let fact = &accepted.fact;
            if fact.field.is_carried() || fact.period == speaking {
                // Periods come oldest first.
                newest.insert((fact.unit.clone(), fact.item, fact.field), accepted);
            }
        };
        let facts = self.collect(plan, settings, period, as_of, keep, Detail::Whole)?;
        Ok((facts, newest.into_values().collect()))
    }

    /// Every accepted value of one period, by unit, item and field, with where it stands.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn accepted(
        &self,
        registry: &Registry,
        period: Period,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<Accepted>> {
        let (submissions, entries) = self.read(|tx| {
            let submissions = load::submissions(tx, &Which::Period(period), as_of)?;
            Ok((submissions, load::entries(tx, period, as_of)?))
        })?;
        accepted(&submissions, entries, &Names::new(registry))
    }

    /// Period by period, so that no more than one of them is in memory with all its texts.
    fn collect(
        &self,
        plan: &Plan,
        settings: &Settings,
        period: Period,
        as_of: Option<Timestamp>,
        mut keep: impl FnMut(Accepted),
        detail: Detail,
    ) -> Result<Facts> {
        // Successions entered as amendments stand in the registry of the plan in force.
        let registry = plan.in_force(period).registry;
        let names = Names::new(&registry);
        let mut facts = Facts::default();
        self.read(|tx| {
            for p in load::periods(tx)?.into_iter().filter(|p| within(*p, period, plan.year)) {
                let submissions = load::submissions(tx, &Which::Period(p), as_of)?;
                let entries = load::entries_in(tx, p, as_of, detail)?;
                let obligations = load::obligations(tx, p, as_of)?;
                let filings = status::filings(p, &obligations, &submissions, &registry, settings);
                facts.filings.extend(filings);
                if detail != Detail::Whole {
                    let of_period = said(&submissions, entries, &names).map_err(Fault::Refused)?;
                    facts.facts.extend(of_period);
                    continue;
                }
                for one in accepted(&submissions, entries, &names).map_err(Fault::Refused)? {
                    let mut fact = one.fact.clone();
                    if let Answer::Text(text) = &mut fact.answer {
                        text.clear();
                        text.shrink_to_fit();
                    }
                    facts.facts.push(fact);
                    keep(one);
                }
            }
            facts.confirmations = load::confirmations(tx, as_of)?
                .into_iter()
                .filter(|c| within(c.period, period, plan.year))
                .map(|c| Confirmation {
                    task: c.task,
                    period: c.period,
                    rejected: !c.confirmed,
                    at: c.at,
                })
                .collect();
            Ok(())
        })?;
        Ok(facts)
    }
}

/// The values of one period's entries that count, by unit, item and field, with where each stands.
fn accepted(
    submissions: &[SubmissionRow],
    entries: Vec<EntryRow>,
    names: &Names<'_>,
) -> Result<Vec<Accepted>> {
    let made = |fact, role, row: &EntryRow, submission: &SubmissionRow| Accepted {
        fact,
        role,
        source: source(row, submission),
    };
    counting(submissions, entries, names, made, |a| &a.fact)
}

/// The same without where they stand.
pub(super) fn said(
    submissions: &[SubmissionRow],
    entries: Vec<EntryRow>,
    names: &Names<'_>,
) -> Result<Vec<Fact>> {
    counting(submissions, entries, names, |fact, _, _, _| fact, |fact| fact)
}

/// What is `made` of every entry that counts, in order of its fact.
fn counting<T>(
    submissions: &[SubmissionRow],
    entries: Vec<EntryRow>,
    names: &Names<'_>,
    made: impl Fn(Fact, Role, &EntryRow, &SubmissionRow) -> T,
    fact: impl Fn(&T) -> &Fact,
) -> Result<Vec<T>> {
    let current = merge::current(submissions, &entries, names)?;
    let of: BTreeMap<i64, (&SubmissionRow, UnitId)> = submissions
        .iter()
        .filter_map(|s| Some((s.id, (s, merge::resolved_by(names, s.unit.as_ref()?)))))
        .collect();
    let mut rows: Vec<T> = entries
        .into_iter()
        .zip(current)
        .filter(|(row, current)| *current && !row.entry.field.is_personal())
        .filter_map(|(mut row, _)| {
            let (submission, unit) = of.get(&row.submission)?;
            let role = row.entry.role?;
            let fact = Fact {
                item: row.entry.item?,
                answer: row.entry.value.take()?,
                unit: unit.clone(),
                field: row.entry.field,
                period: submission.period,
                received_at: submission.received_at,
            };
            Some(made(fact, role, &row, submission))
        })
        .collect();
    rows.sort_by(|a, b| {
        let (a, b) = (fact(a), fact(b));
        a.unit.cmp(&b.unit).then_with(|| (a.item, a.field).cmp(&(b.item, b.field)))
    });
    Ok(rows)
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
