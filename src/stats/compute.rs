//! The statistics of one period, and of the periods before it that changes and trends are measured against.

use std::collections::BTreeMap;

use crate::{
    diag::Result,
    ledger::{Confirmation, Fact, Filing},
    model::{Assignment, Names, Period, Plan, Role, Task, TaskNo, UnitId, assignments_by},
    settings::Settings,
};

use super::{
    carry::{Carried, moment},
    frame::{At, Counts, Line, count},
    inherit::Inheritance,
    leader::{leader_lines, leader_rows},
    limits::Limits,
    part::Context,
    period::{PeriodRows, PeriodStats},
    returns::returns,
    section::{section_lines, section_rows},
    task::{JudgedTask, judge_task},
    unit::{unit_lines, unit_rows},
};

/// Periods a history goes back at most: five years of months, or a year of weeks.
const HISTORY: usize = 60;

/// What statistics are made from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The plan as entered, with its amendments.
    pub plan: &'a Plan,
    /// The period; quarters, halves, years and weeks are judged as at their end.
    pub period: Period,
    /// Rules, lights, weights.
    pub settings: &'a Settings,
    /// Accepted values that nothing replaced, of all periods; later ones are left aside.
    pub facts: &'a [Fact],
    /// The office's words on completed tasks.
    pub confirmations: &'a [Confirmation],
    /// Obligations and what became of them, of all periods.
    pub filings: &'a [Filing],
}

/// One period, judged: what the rows are counted from.
pub(super) struct Judged<'a> {
    pub(super) period: Period,
    pub(super) plan: &'a Plan,
    pub(super) withdrawn: &'a [Task],
    pub(super) assignments: Vec<Assignment>,
    /// Tasks in force, in plan order, side by side with `plan.tasks`.
    pub(super) tasks: Vec<JudgedTask>,
}

impl Judged<'_> {
    /// Lead units of a withdrawn task, as it last stood.
    pub(super) fn leads_of_withdrawn(&self, task: &Task) -> Vec<UnitId> {
        let mut leads: Vec<UnitId> = Vec::new();
        for name in &task.lead_units {
            if let Some(unit) = self.plan.registry.unit_named(name, self.period)
                && !leads.contains(unit)
            {
                leads.push(unit.clone());
            }
        }
        leads
    }
}

/// Computes the statistics (统计) of a period.
///
/// Shape: rows of the period, of every earlier period of the same length since anything was asked or reported
/// (oldest first), and what follows from comparing them.
/// Counting (口径): docs/definitions.md.
///
/// # Errors
/// [`crate::diag::Error::Frame`] if polars refuses.
pub fn compute(input: &Input<'_>) -> Result<PeriodStats> {
    let periods = history(input);
    let limits = Limits::of(input.settings);
    let carried = Carried::new(input.facts, input.period)?;
    let plans: Vec<(Plan, Vec<Task>)> =
        periods.iter().map(|p| (input.plan.in_force(*p), input.plan.withdrawn(*p))).collect();
    let judged: Vec<Judged<'_>> = periods
        .iter()
        .zip(&plans)
        .map(|(period, (plan, withdrawn))| {
            judge_period(*period, plan, withdrawn, input, &limits, &carried)
        })
        .collect();
    let mut lines: Vec<Line> = Vec::new();
    for (at, judged) in (0u32..).zip(&judged) {
        section_lines(at, judged, &mut lines);
        leader_lines(at, judged, &mut lines);
        unit_lines(at, judged, &mut lines);
    }
    let counts = count(&lines)?;
    let registry = &input.plan.registry;
    let returns = returns(input.filings, &periods, registry)?;
    let mut rows: Vec<PeriodRows> = Vec::with_capacity(periods.len());
    for ((at, judged), returns) in (0u32..).zip(&judged).zip(returns) {
        let counted = Counted { at, counts: &counts };
        let mut now = PeriodRows::new(judged, input.settings);
        now.returns = returns;
        (now.total, now.sections, now.section_total) = section_rows(judged, &counted);
        (now.leaders, now.leader_total) = leader_rows(judged, &counted);
        (now.units, now.unit_total) = unit_rows(judged, &counted, &now.returns, input.settings);
        if let Some(last) = rows.last() {
            now.compare(last);
        }
        rows.push(now);
    }
    PeriodStats::new(rows, &counts, &judged)
}

/// The counts of one period.
pub(super) struct Counted<'a> {
    pub(super) at: u32,
    counts: &'a BTreeMap<At, Counts>,
}

impl Counted<'_> {
    /// What was counted for a key; nothing for a key without a line.
    pub(super) fn of(&self, scope: super::frame::Scope, key: &str, section: &str) -> Counts {
        let at = (self.at, scope, key.to_owned(), section.to_owned());
        self.counts.get(&at).cloned().unwrap_or_default()
    }

    /// Keys of a scope in this period, with their sections.
    pub(super) fn keys(
        &self,
        scope: super::frame::Scope,
    ) -> impl Iterator<Item = (&str, &str, &Counts)> {
        self.counts
            .iter()
            .filter(move |((at, of, _, _), _)| *at == self.at && *of == scope)
            .map(|((_, _, key, section), counts)| (key.as_str(), section.as_str(), counts))
    }
}

/// The periods counted: those of the same length since anything was asked or reported, oldest first.
fn history(input: &Input<'_>) -> Vec<Period> {
    let first = input
        .facts
        .iter()
        .map(|f| f.period)
        .chain(input.filings.iter().map(|f| f.period))
        .map(moment)
        .min();
    let mut periods = vec![input.period];
    let mut earlier = input.period.previous();
    while periods.len() < HISTORY && first.is_some_and(|first| first <= moment(earlier)) {
        periods.push(earlier);
        earlier = earlier.previous();
    }
    periods.reverse();
    periods
}

fn judge_period<'a>(
    period: Period,
    plan: &'a Plan,
    withdrawn: &'a [Task],
    input: &Input<'_>,
    limits: &Limits,
    carried: &Carried<'_>,
) -> Judged<'a> {
    let names = Names::new(&plan.registry);
    let assignments = assignments_by(plan, &names, period);
    let mut leads: BTreeMap<TaskNo, Vec<&UnitId>> = BTreeMap::new();
    for a in assignments.iter().filter(|a| a.role == Role::Lead) {
        leads.entry(a.task).or_default().push(&a.unit);
    }
    let inheritance = Inheritance::new(input.plan, plan, &names, period);
    let confirmations = newest_words(input.confirmations, period);
    let context = Context {
        names: &names,
        period,
        cut_off: input.settings.cut_off(period),
        settings: input.settings,
        limits,
        carried,
        inheritance: &inheritance,
        confirmations: &confirmations,
    };
    let none = Vec::new();
    let tasks = plan
        .tasks
        .iter()
        .map(|task| judge_task(task, leads.get(&task.no).unwrap_or(&none), &context))
        .collect();
    Judged { period, plan, withdrawn, assignments, tasks }
}

/// The newest word of the office on each task, up to `period`.
fn newest_words(all: &[Confirmation], period: Period) -> BTreeMap<TaskNo, &Confirmation> {
    let mut newest: BTreeMap<TaskNo, &Confirmation> = BTreeMap::new();
    for word in all.iter().filter(|c| c.period <= period) {
        let stands =
            newest.get(&word.task).is_some_and(|n| (n.period, n.at) > (word.period, word.at));
        if !stands {
            newest.insert(word.task, word);
        }
    }
    newest
}
