//! What the workbooks are made from: one value, put together outside from plan, statistics and ledger.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    ledger::Filing,
    model::{Field, ItemNo, Period, Plan, Task, TaskNo, UnitId},
    settings::Settings,
    stats::{PeriodRows, PeriodStats, UnitState},
};

/// Everything that the statistic workbooks (统计表) of one period are made from.
///
/// Content of a workbook depends on this value alone: the same report gives the same bytes.
#[derive(Clone, Debug)]
pub struct Report {
    /// The plan in force in [`Report::period`] ([`Plan::in_force`]).
    pub plan: Plan,
    /// Tasks withdrawn up to the period (调整, [`Plan::withdrawn`]): listed, outside every denominator.
    pub withdrawn: Vec<Task>,
    /// The office's settings.
    pub settings: Settings,
    /// The period reported on.
    pub period: Period,
    /// Ledger state reported on: by default the time of the last ingest.
    pub as_of: Option<Timestamp>,
    /// The data are simulated: 模拟数据 stands in every page header.
    pub simulated: bool,
    /// Versions printed in 统计口径.
    pub versions: Versions,
    /// The statistics of the period and of those before it.
    pub stats: PeriodStats,
    /// State of each unit's return, in registry order.
    pub states: Vec<UnitState>,
    /// Quality of each unit's return in this period.
    pub filings: Vec<Filing>,
    /// What units wrote, by task and unit: texts of this period only.
    pub texts: BTreeMap<(TaskNo, UnitId), Texts>,
    /// Where each figure came from, by unit, item and field; personal fields are left out.
    pub sources: Vec<Source>,
}

/// Versions of what the figures rest on.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Versions {
    /// Plan version, first 12 digits.
    pub plan: String,
    /// Head of the ledger's hash chain, first 12 digits.
    pub ledger: String,
    /// Version of the program.
    pub program: String,
}

/// What a unit wrote on a task, word for word; none where it wrote nothing.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Texts {
    /// 进展情况.
    pub narrative: Option<String>,
    /// 存在问题.
    pub problems: Option<String>,
    /// 需协调事项.
    pub coordination: Option<String>,
    /// 下步措施.
    pub next_steps: Option<String>,
}

/// The cell a counted value came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// Who reported it.
    pub unit: UnitId,
    /// Item.
    pub item: ItemNo,
    /// Field.
    pub field: Field,
    /// Value as counted ([`crate::model::Answer::stored`]).
    pub value: String,
    /// What was typed.
    pub raw: String,
    /// File, relative to the office folder.
    pub file: String,
    /// Sheet.
    pub sheet: String,
    /// Cell.
    pub cell: String,
    /// Received at.
    pub received_at: Timestamp,
    /// The period it was reported for; earlier than the report's where it is carried (沿用).
    pub period: Period,
}

impl Report {
    /// The period before, which changes are measured against.
    #[must_use]
    pub fn last(&self) -> Option<&PeriodRows> {
        self.stats.last()
    }
}
