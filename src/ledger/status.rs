//! Who returned, who is late, who is missing (报送情况). Counted from rows; no frame is built.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::Serialize;

use super::{
    Filing, Store,
    load::{self, Which},
    merge,
    received::{days_late, is_over},
    rows::{ObligationRow, SubmissionRow},
};
use crate::{
    diag::Result,
    intake::Outcome,
    model::{Names, Period, Registry, UnitId},
    settings::Settings,
};

/// State of a unit's return (`status`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Received in time.
    OnTime,
    /// Received late.
    Late,
    /// Received, not readable.
    Unreadable,
    /// Received, rejected.
    Rejected,
    /// Not received.
    Missing,
    /// The due date has not come and nothing was received.
    NotDue,
    /// Exempt.
    Exempt,
}

impl State {
    /// The name in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::OnTime => "on_time",
            Self::Late => "late",
            Self::Unreadable => "unreadable",
            Self::Rejected => "rejected",
            Self::Missing => "missing",
            Self::NotDue => "not_due",
            Self::Exempt => "exempt",
        }
    }
}

/// One unit's return in one period (`status --json`).
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct UnitState {
    /// The unit.
    pub unit: UnitId,
    /// State.
    pub state: State,
    /// When its first readable return was received.
    pub received_at: Option<Timestamp>,
    /// Days after the due date.
    pub days_late: Option<i64>,
    /// Error findings of its latest return.
    pub errors: u64,
    /// Warning findings of its latest return.
    pub warnings: u64,
    /// Its due date as it stands, an extension counted.
    pub due: Date,
    /// Exempt by the office: why.
    pub exempt: Option<String>,
    /// Given more time by the office: why.
    pub extended: Option<String>,
}

/// The state of a period's returns (`status --json`).
///
/// Counting: `expected` are the obligations that are not exempt; `received`, `on_time` and `late` count among
/// them. Units that returned without owing stand in `units` alone. `missing` are those whose due date is over and
/// of whom nothing came; what came and could not be read or attributed is `unreadable` or `rejected`.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Status {
    /// The period.
    pub period: Period,
    /// Its due date: the earliest of its obligations, else what the settings say.
    pub due: Date,
    /// Obligations that are not exempt (应报).
    pub expected: u64,
    /// Of them, with at least one accepted or partial return (已报).
    pub received: u64,
    /// Of them, first such return in time.
    pub on_time: u64,
    /// The others of them.
    pub late: u64,
    /// Units of which nothing came and whose due date is over (缺报).
    pub missing: Vec<UnitId>,
    /// Every unit, in the order of the obligations.
    pub units: Vec<UnitState>,
}

impl Store {
    /// The state of a period's returns at `now`, as known at `as_of` (none: everything recorded).
    ///
    /// A quarter, half-year or year without forms of its own is judged by the month at its end. `registry` is
    /// that of the plan in force, so that successions entered as amendments are followed.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn status(
        &self,
        period: Period,
        registry: &Registry,
        settings: &Settings,
        now: Timestamp,
        as_of: Option<Timestamp>,
    ) -> Result<Status> {
        let (speaking, obligations, submissions) = self.read(|tx| {
            let speaking = load::speaking_for(tx, period)?;
            Ok((
                speaking,
                load::obligations(tx, speaking, as_of)?,
                load::submissions(tx, &Which::Period(speaking), as_of)?,
            ))
        })?;
        let offices = offices(speaking, &obligations, &submissions, registry, settings);
        let due =
            obligations.iter().map(|o| o.first_due).min().unwrap_or_else(|| settings.due(speaking));
        let mut status = Status {
            period,
            due,
            expected: 0,
            received: 0,
            on_time: 0,
            late: 0,
            missing: Vec::new(),
            units: Vec::new(),
        };
        for office in &offices {
            let state = office.state(settings, now);
            if office.owed {
                status.expected += 1;
                match state.state {
                    State::OnTime => status.on_time += 1,
                    State::Late => status.late += 1,
                    State::Missing => status.missing.push(state.unit.clone()),
                    _ => {}
                }
            }
            status.units.push(state);
        }
        status.received = status.on_time + status.late;
        Ok(status)
    }

    /// The period whose returns speak for `period`: itself if it has forms or files, else the one that ends the same
    /// day (March for the first quarter).
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn speaking_for(&self, period: Period) -> Result<Period> {
        self.read(|tx| load::speaking_for(tx, period))
    }

    /// Whether anybody owes a return of the period: whether its forms were issued.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn is_owed(&self, period: Period) -> Result<bool> {
        self.read(|tx| {
            let sql = "SELECT EXISTS (SELECT 1 FROM obligation WHERE period = ?1)";
            Ok(tx.query_row(sql, [period.to_string()], |r| r.get(0))?)
        })
    }

    /// The obligations of a period with the office's last word on each, in the order in which they were written.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn obligations(
        &self,
        period: Period,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<ObligationRow>> {
        self.read(|tx| load::obligations(tx, period, as_of))
    }

    /// Every submission of a period, in the order in which they were recorded; those withdrawn or judged again
    /// are marked so.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn submissions(
        &self,
        period: Period,
        as_of: Option<Timestamp>,
    ) -> Result<Vec<SubmissionRow>> {
        self.read(|tx| load::submissions(tx, &Which::Period(period), as_of))
    }
}

/// One unit's returns of a period.
struct Office<'a> {
    unit: UnitId,
    period: Period,
    due: Date,
    owed: bool,
    /// Why nothing is owed under any of its names.
    exempt: Option<String>,
    extended: Option<String>,
    /// Submissions that stand, in the order in which they replace each other.
    returns: Vec<&'a SubmissionRow>,
}

impl Office<'_> {
    /// Its first return of which something was taken in.
    fn first(&self) -> Option<&SubmissionRow> {
        self.returns.iter().find(|s| s.counts()).copied()
    }

    fn state(&self, settings: &Settings, now: Timestamp) -> UnitState {
        let offset = settings.offset();
        let first = self.first();
        let late = first.map(|s| days_late(s.received_at, self.due, offset));
        let last = self.returns.last();
        let state = match (self.exempt.is_some(), late) {
            (true, _) => State::Exempt,
            (false, Some(0)) => State::OnTime,
            (false, Some(_)) => State::Late,
            (false, None) => match last.map(|s| s.outcome) {
                Some(Outcome::Unreadable) => State::Unreadable,
                Some(_) => State::Rejected,
                None if is_over(self.due, now, offset) => State::Missing,
                None => State::NotDue,
            },
        };
        UnitState {
            unit: self.unit.clone(),
            state,
            received_at: first.map(|s| s.received_at),
            days_late: late,
            errors: last.map_or(0, |s| s.errors),
            warnings: last.map_or(0, |s| s.warnings),
            due: self.due,
            exempt: self.exempt.clone(),
            extended: self.extended.clone(),
        }
    }

    fn filing(&self, settings: &Settings) -> Filing {
        let first = self.first();
        let newest = self.returns.iter().rev().find(|s| s.counts());
        let offset = settings.offset();
        Filing {
            unit: self.unit.clone(),
            period: self.period,
            owed: self.owed,
            received: first.is_some(),
            on_time: first.is_some_and(|s| days_late(s.received_at, self.due, offset) == 0),
            estimated: first.is_some_and(|s| s.presumed),
            required: newest.map_or(0, |s| u64::from(s.required)),
            answered: newest.map_or(0, |s| u64::from(s.answered)),
            first_clean: self.returns.first().is_some_and(|s| s.counts() && s.errors == 0),
            later: (self.returns.len() as u64).saturating_sub(1),
        }
    }
}

/// What became of each obligation of a period, then of units that returned without owing.
pub(super) fn filings(
    period: Period,
    obligations: &[ObligationRow],
    submissions: &[SubmissionRow],
    registry: &Registry,
    settings: &Settings,
) -> Vec<Filing> {
    offices(period, obligations, submissions, registry, settings)
        .iter()
        .map(|o| o.filing(settings))
        .collect()
}

/// Brings obligations and returns of one unit together: names merged by the office, and a predecessor's return
/// sent for its successor during the hand-over, are one unit's.
fn offices<'a>(
    period: Period,
    obligations: &[ObligationRow],
    submissions: &'a [SubmissionRow],
    registry: &Registry,
    settings: &Settings,
) -> Vec<Office<'a>> {
    let names = Names::new(registry);
    let owner = |unit: &UnitId| {
        let known = merge::resolved_by(&names, unit);
        names.in_charge(&known, period).clone()
    };
    let mut offices: Vec<Office<'a>> = Vec::with_capacity(obligations.len());
    let mut place: BTreeMap<UnitId, usize> = BTreeMap::new();
    for o in obligations {
        let unit = owner(&o.unit);
        let owed = o.exempt.is_none();
        if let Some(known) = place.get(&unit).and_then(|i| offices.get_mut(*i)) {
            // Two names of one unit owe one return, by the later date.
            if owed {
                known.exempt = None;
            }
            known.owed |= owed;
            if o.due > known.due || known.extended.is_none() {
                known.extended.clone_from(&o.extended);
            }
            known.due = known.due.max(o.due);
            continue;
        }
        place.insert(unit.clone(), offices.len());
        offices.push(Office {
            unit,
            period,
            due: o.due,
            owed,
            exempt: o.exempt.clone(),
            extended: o.extended.clone(),
            returns: Vec::new(),
        });
    }
    for s in submissions.iter().filter(|s| s.stands()) {
        let Some(unit) = s.unit.as_ref().map(owner) else { continue };
        let at = *place.entry(unit.clone()).or_insert_with(|| {
            let due = settings.due(period);
            offices.push(Office {
                unit,
                period,
                due,
                owed: false,
                exempt: None,
                extended: None,
                returns: Vec::new(),
            });
            offices.len() - 1
        });
        if let Some(office) = offices.get_mut(at) {
            office.returns.push(s);
        }
    }
    for office in &mut offices {
        office.returns.sort_by(|a, b| a.order().cmp(&b.order()));
    }
    offices
}
