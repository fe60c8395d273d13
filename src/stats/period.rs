//! What `compute` gives: the rows of a period, those of the periods before, and what comparing them shows.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::{
    diag::Result,
    model::{Period, Rate, Task, TaskNo},
    plan::schedule_share,
    settings::{Rounding, Settings},
};

use super::{
    compute::Judged,
    cross::{Cross, crosses},
    frame::{At, Counts, Scope},
    limits::{float, percent},
    returns::Returns,
    rows::{LeaderRow, Rates, SectionRow, TaskStat, UnitRow},
    trend::{Trend, trends},
    warn::{Watch, watches},
};

/// The rows of one period.
#[derive(Clone, PartialEq, Debug)]
pub struct PeriodRows {
    /// The period.
    pub period: Period,
    /// Data cut-off date (数据截至日).
    pub cut_off: Date,
    /// 序时进度 of the year in percent: the office's curve, or months elapsed / 12.
    pub schedule: f64,
    /// One per task in force, in plan order.
    pub tasks: Vec<TaskStat>,
    /// Tasks withdrawn up to the period (调整), in plan order.
    pub adjusted: Vec<TaskNo>,
    /// The total line's rates: distinct tasks.
    pub total: Rates,
    /// How the shares of the classes are rounded.
    pub rounding: Rounding,
    /// By leader: persons in plan order, collectives, 未明确.
    pub leaders: Vec<LeaderRow>,
    /// Total line of the leaders' table.
    pub leader_total: LeaderRow,
    /// By unit, in registry order.
    pub units: Vec<UnitRow>,
    /// Total line of the units' table.
    pub unit_total: UnitRow,
    /// By section, in plan order.
    pub sections: Vec<SectionRow>,
    /// Total line of the sections' table.
    pub section_total: SectionRow,
    /// How returns came in.
    pub returns: Returns,
}

impl PeriodRows {
    /// The tasks of a judged period, without any row yet.
    pub(super) fn new(judged: &Judged<'_>, settings: &Settings) -> Self {
        Self {
            period: judged.period,
            cut_off: settings.cut_off(judged.period),
            schedule: schedule_percent(judged.period, settings),
            tasks: judged.tasks.iter().map(|t| t.stat.clone()).collect(),
            adjusted: judged.withdrawn.iter().map(|t| t.no).collect(),
            total: Rates::default(),
            rounding: settings.rules.share_rounding,
            leaders: Vec::new(),
            leader_total: LeaderRow::default(),
            units: Vec::new(),
            unit_total: UnitRow::default(),
            sections: Vec::new(),
            section_total: SectionRow::default(),
            returns: Returns::default(),
        }
    }

    /// The statistics of a task in force.
    #[must_use]
    pub fn task(&self, no: TaskNo) -> Option<&TaskStat> {
        self.tasks.iter().find(|t| t.no == no)
    }

    /// Sets every change in points, and of ranks in places, against the rows of the last period.
    pub(super) fn compare(&mut self, last: &Self) {
        compare_rates(&mut self.total, Some(&last.total));
        compare_rates(&mut self.leader_total.rates, Some(&last.leader_total.rates));
        compare_rates(&mut self.unit_total.rates, Some(&last.unit_total.rates));
        compare_rates(&mut self.section_total.rates, Some(&last.section_total.rates));
        for row in &mut self.leaders {
            let then = last.leaders.iter().find(|l| l.key == row.key);
            compare_rates(&mut row.rates, then.map(|l| &l.rates));
        }
        for row in &mut self.sections {
            let then = last.sections.iter().find(|l| l.key == row.key);
            compare_rates(&mut row.rates, then.map(|l| &l.rates));
        }
        let units: BTreeMap<&str, &UnitRow> =
            last.units.iter().map(|u| (u.key.as_str(), u)).collect();
        for row in &mut self.units {
            let then = units.get(row.key.as_str());
            compare_rates(&mut row.rates, then.map(|u| &u.rates));
            let ranks = row.rank.zip(then.and_then(|u| u.rank));
            row.rank_change =
                ranks.and_then(|(now, then)| i32::try_from(i64::from(then) - i64::from(now)).ok());
        }
        let of = &mut self.returns;
        of.total = of.total.against(Some(&last.returns.total));
        for (key, rates) in &mut of.categories {
            *rates = rates.against(last.returns.categories.get(key));
        }
        for (key, rates) in &mut of.units {
            *rates = rates.against(last.returns.units.get(key));
        }
    }
}

fn compare_rates(now: &mut Rates, last: Option<&Rates>) {
    let against = |rate: Rate, then: Option<Rate>| rate.against(then);
    now.completion = against(now.completion, last.map(|l| l.completion));
    now.on_schedule = against(now.on_schedule, last.map(|l| l.on_schedule));
}

/// The statistics of a period (统计结果).
#[derive(Clone, PartialEq, Debug)]
pub struct PeriodStats {
    /// The period's rows.
    pub now: PeriodRows,
    /// Rows of earlier periods of the same length since anything was asked or reported, oldest first; the last one
    /// is what changes are measured against.
    pub past: Vec<PeriodRows>,
    /// What each task in force shows against the last period, in plan order: 预警 and 变化.
    pub watch: Vec<Watch>,
    /// Cross table leader × section, rows as in `now.leaders`.
    pub leader_by_section: Cross,
    /// Cross table unit × section over the tasks units lead.
    pub unit_by_section: Cross,
    /// Headline history, of the total and of every leader, unit and section.
    pub trends: Vec<Trend>,
}

/// By what `stats` gives rows.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// By leader.
    Leader,
    /// By unit.
    Unit,
    /// By section.
    Section,
    /// By task.
    Task,
}

impl By {
    /// All.
    pub const ALL: [Self; 4] = [Self::Leader, Self::Unit, Self::Section, Self::Task];

    /// As in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Leader => "leader",
            Self::Unit => "unit",
            Self::Section => "section",
            Self::Task => "task",
        }
    }
}

impl PeriodStats {
    pub(super) fn new(
        mut rows: Vec<PeriodRows>,
        counts: &BTreeMap<At, Counts>,
        judged: &[Judged<'_>],
    ) -> Result<Self> {
        let at = u32::try_from(rows.len().saturating_sub(1)).unwrap_or(u32::MAX);
        let Some(now) = rows.pop() else {
            return Err(crate::diag::Error::Frame("no period was counted".to_owned()));
        };
        let sections: Vec<&str> = now.sections.iter().map(|s| s.key.as_str()).collect();
        let leaders: Vec<&str> = now.leaders.iter().map(|l| l.key.as_str()).collect();
        let units: Vec<&str> = now.units.iter().map(|u| u.key.as_str()).collect();
        let leader_by_section = crosses(counts, at, Scope::LeaderSection, &leaders, &sections);
        let unit_by_section = crosses(counts, at, Scope::UnitSection, &units, &sections);
        let gaps = |j: &Judged<'_>| {
            j.tasks.iter().map(|t| (t.stat.no, t.gap.clone())).collect::<BTreeMap<_, _>>()
        };
        let last_gaps = judged.len().checked_sub(2).and_then(|i| judged.get(i)).map(gaps);
        let now_gaps = judged.last().map(gaps).unwrap_or_default();
        let watch = watches(&now, &rows, &now_gaps, last_gaps.as_ref());
        let trends = trends(rows.iter().chain([&now]));
        Ok(Self { now, past: rows, watch, leader_by_section, unit_by_section, trends })
    }

    /// The rows changes are measured against.
    #[must_use]
    pub fn last(&self) -> Option<&PeriodRows> {
        self.past.last()
    }
}

/// 序时进度 of the year in percent: t(p) of a task without an indicator that is due at the year's end.
fn schedule_percent(period: Period, settings: &Settings) -> f64 {
    let year_end = Task {
        no: TaskNo(0),
        section: 0,
        subsection: None,
        text: String::new(),
        short: String::new(),
        leaders: Vec::new(),
        lead_units: Vec::new(),
        responsible: Vec::new(),
        due: Date::new(period.year(), 12, 31).unwrap_or_else(|_| period.last_day()),
        indicators: Vec::new(),
        from: None,
        until: None,
    };
    float(&(schedule_share(None, &year_end, period, settings) * percent(100)))
}
