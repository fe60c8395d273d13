//! The report as one reader sees it: whose tasks, joined with their statistics of this and earlier periods.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::{Report, Texts, look};
use crate::{
    model::{Assignment, Exact, Task, TaskNo, Unit, UnitId, normalise_name},
    plan,
    stats::{
        ItemStat, LeaderRow, PartStat, PeriodRows, Rates, TaskStat, UnitRow, UnitState, Watch,
    },
};

/// Whose workbook it is.
#[derive(Clone, Copy)]
pub(super) enum Scope<'a> {
    /// The office's: everything.
    Office,
    /// A leader's: own tasks.
    Leader(&'a LeaderRow),
    /// A unit's: tasks it takes part in, judged by its own part.
    Unit(&'a UnitRow),
}

/// A task with what is known of it.
#[derive(Clone, Copy)]
pub(super) struct TaskRow<'a> {
    /// The task.
    pub(super) task: &'a Task,
    /// Its statistics.
    pub(super) stat: &'a TaskStat,
    /// Its statistics in the period before.
    pub(super) last: Option<&'a TaskStat>,
    /// What it shows against the period before.
    pub(super) watch: Option<&'a Watch>,
    /// Short name of its section.
    pub(super) section: &'a str,
}

/// The report as one reader sees it.
pub(super) struct View<'a> {
    /// The report.
    pub(super) report: &'a Report,
    /// Whose.
    pub(super) scope: Scope<'a>,
    /// Tasks in force in the scope, in plan order.
    pub(super) tasks: Vec<TaskRow<'a>>,
    /// Who has which role in which task ([`crate::model::assignments`]).
    pub(super) assignments: &'a [Assignment],
    units: BTreeMap<&'a str, &'a Unit>,
    unit_numbers: BTreeMap<&'a str, usize>,
    leader_numbers: BTreeMap<String, usize>,
    states: BTreeMap<&'a UnitId, &'a UnitState>,
}

impl<'a> View<'a> {
    /// The report as `scope` sees it.
    pub(super) fn new(report: &'a Report, scope: Scope<'a>, assignments: &'a [Assignment]) -> Self {
        let assigned: BTreeSet<(TaskNo, &str)> =
            assignments.iter().map(|a| (a.task, a.unit.as_str())).collect();
        let stats: BTreeMap<TaskNo, &TaskStat> =
            report.stats.now.tasks.iter().map(|t| (t.no, t)).collect();
        let last: BTreeMap<TaskNo, &TaskStat> =
            report.last().map(|p| p.tasks.iter().map(|t| (t.no, t)).collect()).unwrap_or_default();
        let watch: BTreeMap<TaskNo, &Watch> =
            report.stats.watch.iter().map(|w| (w.no, w)).collect();
        let sections: BTreeMap<u32, &str> = report
            .plan
            .sections
            .iter()
            .map(|s| (s.no, if s.short.is_empty() { &*s.title } else { &*s.short }))
            .collect();
        let tasks = report
            .plan
            .tasks
            .iter()
            .filter(|t| in_scope(t, scope, &assigned))
            .filter_map(|task| {
                let stat = *stats.get(&task.no)?;
                Some(TaskRow {
                    task,
                    stat,
                    last: last.get(&task.no).copied(),
                    watch: watch.get(&task.no).copied(),
                    section: sections.get(&task.section).copied().unwrap_or(""),
                })
            })
            .collect();
        Self {
            report,
            scope,
            tasks,
            assignments,
            units: report.plan.registry.units.iter().map(|u| (u.id.as_str(), u)).collect(),
            unit_numbers: (1..)
                .zip(&report.stats.now.units)
                .map(|(n, u)| (u.key.as_str(), n))
                .collect(),
            leader_numbers: (1..)
                .zip(&report.stats.now.leaders)
                .map(|(n, l)| (normalise_name(&l.key), n))
                .collect(),
            states: report.states.iter().map(|s| (&s.unit, s)).collect(),
        }
    }

    /// The period before.
    pub(super) fn last(&self) -> Option<&'a PeriodRows> {
        self.report.last()
    }

    /// Rates of the scope as a whole.
    pub(super) fn rates(&self) -> &'a Rates {
        match self.scope {
            Scope::Office => &self.report.stats.now.total,
            Scope::Leader(row) => &row.rates,
            Scope::Unit(row) => &row.rates,
        }
    }

    /// Rates of the scope in the period before.
    pub(super) fn last_rates(&self) -> Option<&'a Rates> {
        let stats = self.last()?;
        match self.scope {
            Scope::Office => Some(&stats.total),
            Scope::Leader(row) => stats.leaders.iter().find(|l| l.key == row.key).map(|l| &l.rates),
            Scope::Unit(row) => stats.units.iter().find(|l| l.key == row.key).map(|l| &l.rates),
        }
    }

    /// The data cut-off date.
    pub(super) fn cut_off(&self) -> Date {
        self.report.settings.cut_off(self.report.period)
    }

    /// Schedule share of a task without a curve of its own, as a fraction.
    pub(super) fn schedule(&self) -> Exact {
        schedule_at(self.report, self.report.period)
    }

    /// Name of a unit as printed.
    pub(super) fn unit_name(&self, id: &'a str) -> &'a str {
        self.units.get(id).map_or(id, |u| u.name.as_str())
    }

    /// Short name of a unit.
    pub(super) fn unit_short(&self, id: &'a str) -> &'a str {
        self.units.get(id).map_or(id, |u| if u.short.is_empty() { &*u.name } else { &*u.short })
    }

    /// Number of a unit in the statistics, from 1.
    pub(super) fn unit_number(&self, id: &str) -> Option<usize> {
        self.unit_numbers.get(id).copied()
    }

    /// Number of a leader in the statistics, from 1.
    pub(super) fn leader_number(&self, name: &str) -> Option<usize> {
        self.leader_numbers.get(&normalise_name(name)).copied()
    }

    /// State of a unit's return.
    pub(super) fn state(&self, id: &UnitId) -> Option<&'a UnitState> {
        self.states.get(id).copied()
    }

    /// What a unit wrote on a task.
    pub(super) fn texts(&self, task: TaskNo, unit: &UnitId) -> Option<&'a Texts> {
        self.report.texts.get(&(task, unit.clone()))
    }

    /// What the lead units wrote in one field: word for word, with the unit's short name where several wrote.
    pub(super) fn lead_texts(
        &self,
        row: &TaskRow<'a>,
        pick: impl Fn(&'a Texts) -> Option<&'a str>,
    ) -> String {
        let written: Vec<(&'a str, &'a str)> = row
            .stat
            .parts
            .iter()
            .filter_map(|p| {
                let text = self.texts(row.task.no, &p.unit).and_then(&pick)?;
                Some((self.unit_short(p.unit.as_str()), text))
            })
            .collect();
        match written.as_slice() {
            [] => String::new(),
            [(_, text)] if row.stat.parts.len() == 1 => (*text).to_owned(),
            many => {
                let lines: Vec<String> =
                    many.iter().map(|(unit, text)| format!("{unit}：{text}")).collect();
                lines.join("\n")
            }
        }
    }

    /// Names of the lead units of a task: `甲、乙`.
    pub(super) fn lead_names(&self, row: &TaskRow<'a>) -> String {
        let names: Vec<&str> =
            row.stat.parts.iter().map(|p| self.unit_name(p.unit.as_str())).collect();
        if names.is_empty() { look::NOTHING.to_owned() } else { names.join("、") }
    }

    /// The first lead unit, and how many there are: `甲 等2家`.
    pub(super) fn first_lead(&self, row: &TaskRow<'a>) -> String {
        match row.stat.parts.as_slice() {
            [] => look::NOTHING.to_owned(),
            [part] => self.unit_name(part.unit.as_str()).to_owned(),
            [part, ..] => {
                format!("{} 等{}家", self.unit_name(part.unit.as_str()), row.stat.parts.len())
            }
        }
    }
}

impl<'a> TaskRow<'a> {
    /// Short title.
    pub(super) fn short(&self) -> &'a str {
        if self.task.short.is_empty() { &self.task.text } else { &self.task.short }
    }

    /// Leaders: `甲、乙`, or “—”.
    pub(super) fn leaders(&self) -> String {
        if self.task.leaders.is_empty() {
            look::NOTHING.to_owned()
        } else {
            self.task.leaders.join("、")
        }
    }

    /// Change of the gap against the period before, in points.
    pub(super) fn gap_change(&self) -> Option<f64> {
        Some(self.stat.gap? - self.watch?.last_gap?)
    }

    /// Items of all lead units.
    pub(super) fn items(&self) -> impl Iterator<Item = (&'a PartStat, &'a ItemStat)> + use<'a> {
        self.stat.parts.iter().flat_map(|p| p.items.iter().map(move |i| (p, i)))
    }
}

/// Schedule share at the end of a period of a task without a curve of its own, as a fraction.
pub(super) fn schedule_at(report: &Report, period: crate::model::Period) -> Exact {
    let task = Task {
        no: TaskNo(0),
        section: 0,
        subsection: None,
        text: String::new(),
        short: String::new(),
        leaders: Vec::new(),
        lead_units: Vec::new(),
        responsible: Vec::new(),
        due: Date::new(period.year(), 12, 31).unwrap_or(Date::MAX),
        indicators: Vec::new(),
        from: None,
        until: None,
    };
    plan::schedule_share(None, &task, period, &report.settings)
}

/// Whether a task belongs to the scope.
fn in_scope(task: &Task, scope: Scope, assigned: &BTreeSet<(TaskNo, &str)>) -> bool {
    match scope {
        Scope::Office => true,
        Scope::Leader(row) => {
            let wanted = normalise_name(&row.key);
            if task.leaders.is_empty() {
                row.key == crate::stats::NOBODY_NAME
            } else {
                task.leaders.iter().any(|l| normalise_name(l) == wanted)
            }
        }
        Scope::Unit(row) => assigned.contains(&(task.no, row.key.as_str())),
    }
}
