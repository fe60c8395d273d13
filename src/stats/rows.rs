//! The rows that statistics give: the shape of `stats --json` and the input of the workbooks.

use serde::{Deserialize, Serialize};

pub use crate::ledger::{State, UnitState};
use crate::model::{Answer, ItemNo, Rate, Status, TaskNo, UnitId};

/// Class of a task (任务分类), first that applies.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// 已完成.
    Done,
    /// 未报.
    Unreported,
    /// 逾期未完成.
    Overdue,
    /// 未启动.
    NotStarted,
    /// 欠序时.
    Behind,
    /// 超序时.
    Ahead,
    /// 达序时.
    OnTrack,
    /// 调整: withdrawn, outside every denominator.
    Adjusted,
}

impl Class {
    /// All, in the order of the rule.
    pub const ALL: [Self; 8] = [
        Self::Done,
        Self::Unreported,
        Self::Overdue,
        Self::NotStarted,
        Self::Behind,
        Self::Ahead,
        Self::OnTrack,
        Self::Adjusted,
    ];

    /// Counted by 完成率.
    #[must_use]
    pub const fn is_done(self) -> bool {
        matches!(self, Self::Done)
    }

    /// Counted by 达序时率.
    #[must_use]
    pub const fn is_on_schedule(self) -> bool {
        matches!(self, Self::Done | Self::Ahead | Self::OnTrack)
    }

    /// The name in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Unreported => "unreported",
            Self::Overdue => "overdue",
            Self::NotStarted => "not_started",
            Self::Behind => "behind",
            Self::Ahead => "ahead",
            Self::OnTrack => "on_track",
            Self::Adjusted => "adjusted",
        }
    }
}

/// Light of a task (亮灯): a severity, not a colour.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Light {
    /// 已完成, counted apart.
    Done,
    /// 正常 (绿).
    Green,
    /// 偏慢 (黄).
    Yellow,
    /// 滞后 (红).
    Red,
    /// 未报, or nothing reported that has a gap: none.
    None,
}

impl Light {
    /// All, 已完成 first, then the worse the later.
    pub const ALL: [Self; 5] = [Self::Done, Self::Green, Self::Yellow, Self::Red, Self::None];

    /// The name in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Green => "green",
            Self::Yellow => "yellow",
            Self::Red => "red",
            Self::None => "none",
        }
    }
}

/// One item of a unit's part.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ItemStat {
    /// `43-1`.
    pub item: ItemNo,
    /// The figure (or 完成进度) as reported; none if not reported.
    pub value: Option<f64>,
    /// P in percent, unrounded.
    pub progress: Option<f64>,
    /// Gap in points.
    pub gap: Option<f64>,
    /// The fact itself, exact; 未出数 included.
    #[serde(skip)]
    pub answer: Option<Answer>,
    /// Whether the item is due in this period.
    pub due: bool,
    /// Whether its target is met; none if that cannot be said.
    pub met: Option<bool>,
    /// Whether its gap is measured against the schedule.
    pub on_schedule: bool,
    /// Its light; none if it has no gap.
    pub light: Option<Light>,
    /// Carried from an earlier period: that period as printed.
    pub stale: Option<String>,
    /// P was set by status (按状态).
    pub by_status: bool,
    /// Schedule share t(p) in percent.
    pub schedule: f64,
}

/// A lead unit's part of a task.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PartStat {
    /// The unit.
    pub unit: UnitId,
    /// Whether it has any fact.
    pub reported: bool,
    /// Whether its part is complete.
    pub complete: bool,
    /// Progress in percent; none if no due item is on the schedule.
    pub progress: Option<f64>,
    /// Items in order.
    pub items: Vec<ItemStat>,
    /// Status as claimed.
    pub status: Option<Status>,
    /// A due item is not reported.
    pub incomplete: bool,
    /// Facts inherited from this predecessor (承接).
    pub inherited_from: Option<UnitId>,
    /// Class by the same rules over this part alone.
    pub class: Class,
    /// Light of this part.
    pub light: Light,
    /// Worst gap of its reported items.
    pub gap: Option<f64>,
}

/// A task in one period (`stats --by task`).
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct TaskStat {
    /// Number.
    pub no: TaskNo,
    /// Class.
    pub class: Class,
    /// Progress in percent; none prints “—”.
    pub progress: Option<f64>,
    /// Worst gap of its reported items, in points.
    pub gap: Option<f64>,
    /// Light.
    pub light: Light,
    /// A due item or a lead unit has not reported.
    pub incomplete: bool,
    /// Some fact is carried from an earlier period.
    pub stale: bool,
    /// Confirmed by the office (已销号).
    pub confirmed: bool,
    /// Parts, lead units in order.
    pub parts: Vec<PartStat>,
}

impl PartStat {
    /// What is missing of it (缺报 n 项): due items without an answer, figures 未出数, or the whole part.
    #[must_use]
    pub fn missing(&self) -> u64 {
        let item =
            |i: &&ItemStat| (i.due && i.progress.is_none()) || i.answer == Some(Answer::NotOut);
        let items = self.items.iter().filter(item).count() as u64;
        items.max(u64::from(!self.reported))
    }
}

impl TaskStat {
    /// What is missing of it (缺报 n 项), all parts together.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.parts.iter().map(PartStat::missing).sum()
    }

    /// Whether any lead unit has a fact; where none has, the task is 未报.
    #[must_use]
    pub fn reported(&self) -> bool {
        self.parts.iter().any(|p| p.reported)
    }
}

/// Counts by light; they add up to the tasks in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct LightCounts {
    /// 已完成.
    pub done: u64,
    /// 绿.
    pub green: u64,
    /// 黄.
    pub yellow: u64,
    /// 红.
    pub red: u64,
    /// 未报.
    pub none: u64,
}

/// Counts by class; all but `adjusted` add up to the tasks in force.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct ClassCounts {
    /// 已完成.
    pub done: u64,
    /// 超序时.
    pub ahead: u64,
    /// 达序时.
    pub on_track: u64,
    /// 欠序时.
    pub behind: u64,
    /// 逾期未完成.
    pub overdue: u64,
    /// 未启动.
    pub not_started: u64,
    /// 未报.
    pub unreported: u64,
    /// 调整.
    pub adjusted: u64,
}

/// What rows by leader, unit, section and the total share.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct Rates {
    /// 完成率 = 已完成 / tasks in force.
    pub completion: Rate,
    /// 达序时率.
    pub on_schedule: Rate,
    /// 平均进度 in percent, 未报 as zero.
    pub mean_progress: Option<f64>,
    /// 已报口径: the mean over those with any fact.
    pub mean_progress_reported: Option<f64>,
    /// Tasks without a progress, left out of the mean.
    pub mean_excluded: u64,
    /// Tasks with a due item or lead unit not reported.
    pub incomplete: u64,
    /// Tasks with a carried fact.
    pub stale: u64,
    /// 已销号.
    pub confirmed: u64,
    /// Lights.
    pub lights: LightCounts,
    /// Classes.
    pub classes: ClassCounts,
}

/// A leader's row.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct LeaderRow {
    /// Leader name.
    pub key: String,
    /// Leader name.
    pub name: String,
    /// Rates.
    #[serde(flatten)]
    pub rates: Rates,
    /// Tasks led alone.
    pub sole: u64,
    /// Tasks led with others.
    pub shared: u64,
    /// sole + shared.
    pub tasks: u64,
    /// Tasks of the collective it is a member of, outside `tasks`.
    pub collective: u64,
    /// Σ 1/n.
    pub share: f64,
}

/// A unit's returns up to and in the period.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct UnitReturns {
    /// Obligations due in the period.
    pub obligations: u64,
    /// Received.
    pub received: u64,
    /// First readable return on time.
    pub on_time: u64,
}

/// A unit's row.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct UnitRow {
    /// Unit id.
    pub key: String,
    /// Name.
    pub name: String,
    /// Category.
    pub category: String,
    /// Rates over its own part of the tasks it leads.
    #[serde(flatten)]
    pub rates: Rates,
    /// Tasks it leads, named first.
    pub lead_first: u64,
    /// Tasks it leads, named later.
    pub lead_other: u64,
    /// Tasks it is named in.
    pub named: u64,
    /// Tasks it is in through a group.
    pub group: u64,
    /// Σ weight.
    pub load: f64,
    /// Returns.
    pub returns: UnitReturns,
    /// Rank within its category; none if not ranked.
    pub rank: Option<u32>,
    /// Places gained against last period.
    pub rank_change: Option<i32>,
}

/// A section's row.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct SectionRow {
    /// Section number as text.
    pub key: String,
    /// Title.
    pub name: String,
    /// Rates.
    #[serde(flatten)]
    pub rates: Rates,
    /// Tasks in force.
    pub tasks: u64,
    /// Distinct leaders.
    pub leaders: u64,
    /// Distinct lead units.
    pub lead_units: u64,
}
