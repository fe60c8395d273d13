//! Amendments (动态调整): what changes, from when, and the plan as it stands in a period.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::{ItemNo, Period, Plan, Registry, Task, TaskNo, UnitId};

/// An amendment (动态调整) with the period it takes effect.
#[derive(Clone, PartialEq, Debug)]
pub struct Amendment {
    /// First period in which it holds.
    pub effective: Period,
    /// What changes.
    pub change: Change,
    /// Reason or document, as the office wrote it.
    pub reason: String,
}

/// What an amendment changes.
#[derive(Clone, PartialEq, Debug)]
pub enum Change {
    /// The task is withdrawn (撤销): listed as 调整, outside every denominator.
    Withdraw(TaskNo),
    /// The task is in force from the amendment on (新增); its row stands in 任务.
    Add(TaskNo),
    /// An indicator gets another target.
    Target(ItemNo, Decimal),
    /// The lead units become these; a successor inherits the task's facts until it reports.
    LeadUnits(TaskNo, Vec<String>),
    /// The responsible units become these.
    Responsible(TaskNo, Vec<String>),
    /// The leaders become these.
    Leaders(TaskNo, Vec<String>),
    /// The due date becomes this.
    Due(TaskNo, Date),
    /// Units are renamed, absorbed, merged or split.
    Succession {
        /// How.
        kind: Succession,
        /// Units that end with the period before.
        old: Vec<UnitId>,
        /// Units that go on: one, or several after a split.
        new: Vec<UnitId>,
    },
}

/// How units succeed one another (更名、划入、合并、拆分).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Succession {
    /// 更名: one unit gets a new name.
    Rename,
    /// 划入: units go over into one that exists already.
    Absorb,
    /// 合并: units become a new one.
    Merge,
    /// 拆分: a unit becomes several. Who takes which task is said by the office, task by task
    /// ([`Change::LeadUnits`], [`Change::Responsible`]); until then the old name stands and plan check says so.
    Split,
}

impl Plan {
    /// The plan as it stands in `period`: amendments up to it applied, only tasks in force.
    ///
    /// Order of the tasks is kept. Names of units stay as written: the registry knows who is in charge in a
    /// period. Leaders are those in office in `period`, each once: the successor in a post takes over its tasks.
    #[must_use]
    pub fn in_force(&self, period: Period) -> Self {
        let mut plan = self.amended(period);
        plan.tasks.retain(|t| t.in_force(period));
        for task in &mut plan.tasks {
            for name in &mut task.leaders {
                let in_charge = plan.registry.leader_in_charge(name, period);
                if in_charge != name {
                    *name = in_charge.to_owned();
                }
            }
            each_once(&mut task.leaders);
        }
        plan
    }

    /// Tasks withdrawn up to `period` (调整), as they last stood.
    #[must_use]
    pub fn withdrawn(&self, period: Period) -> Vec<Task> {
        let mut plan = self.amended(period);
        plan.tasks.retain(|t| t.until.is_some_and(|until| until.is_over_by(period)));
        plan.tasks
    }

    /// The registry with every succession of the amendments entered (更名、划入、合并、拆分).
    ///
    /// Successions are dated, so this registry answers for every period.
    #[must_use]
    pub fn with_successions(&self) -> Registry {
        let mut registry = self.registry.clone();
        for amendment in self.earliest_first() {
            if let Change::Succession { kind, old, new } = &amendment.change {
                registry.succeed(*kind, old, new, amendment.effective);
            }
        }
        registry
    }

    /// The plan with the terms that amendments set: tasks with first and last period in force (新增、撤销), units
    /// with theirs and their successors. Nothing else is changed, and the terms answer for every period.
    #[must_use]
    pub fn with_terms(&self) -> Self {
        let mut plan = self.clone();
        for amendment in self.earliest_first() {
            match &amendment.change {
                Change::Succession { kind, old, new } => {
                    plan.registry.succeed(*kind, old, new, amendment.effective);
                }
                Change::Add(no) => {
                    for task in plan.tasks.iter_mut().filter(|t| t.no == *no) {
                        task.from = Some(amendment.effective);
                    }
                }
                Change::Withdraw(no) => {
                    for task in plan.tasks.iter_mut().filter(|t| t.no == *no) {
                        task.until = Some(amendment.effective.previous());
                    }
                }
                _ => {}
            }
        }
        plan
    }

    /// The amendments in the order in which they take effect; those of one period as they were entered.
    fn earliest_first(&self) -> Vec<&Amendment> {
        let mut amendments: Vec<&Amendment> = self.amendments.iter().collect();
        amendments.sort_by_key(|a| a.effective);
        amendments
    }

    /// Amendments up to `period` applied, earliest first; withdrawn and future tasks stay, with `from` and
    /// `until` set, and so do units that end or begin.
    fn amended(&self, period: Period) -> Self {
        let mut plan = self.with_terms();
        for amendment in self.earliest_first() {
            // A withdrawn task stays as it last stood.
            let task = |plan: &'_ mut Self, no: TaskNo| {
                let over = |t: &Task| t.until.is_some_and(|u| u.is_over_by(amendment.effective));
                plan.tasks.iter().position(|t| t.no == no && !over(t))
            };
            match &amendment.change {
                Change::Add(_) | Change::Withdraw(_) | Change::Succession { .. } => {}
                _ if !amendment.effective.has_begun_by(period) => {}
                Change::Target(item, target) => {
                    if let Some(at) = task(&mut plan, item.task) {
                        for i in plan.tasks[at].indicators.iter_mut().filter(|i| i.item == *item) {
                            i.target = *target;
                        }
                    }
                }
                Change::LeadUnits(no, names) => {
                    if let Some(at) = task(&mut plan, *no) {
                        plan.tasks[at].lead_units.clone_from(names);
                    }
                }
                Change::Responsible(no, names) => {
                    if let Some(at) = task(&mut plan, *no) {
                        plan.tasks[at].responsible.clone_from(names);
                    }
                }
                Change::Leaders(no, names) => {
                    if let Some(at) = task(&mut plan, *no) {
                        plan.tasks[at].leaders.clone_from(names);
                    }
                }
                Change::Due(no, due) => {
                    if let Some(at) = task(&mut plan, *no) {
                        plan.tasks[at].due = *due;
                    }
                }
            }
        }
        plan
    }
}

/// Keeps the first of each name, in order.
fn each_once(names: &mut Vec<String>) {
    let mut at = 0;
    while at < names.len() {
        if names[..at].contains(&names[at]) {
            names.remove(at);
        } else {
            at += 1;
        }
    }
}
