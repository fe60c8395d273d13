//! Who owes what: the role of each unit in each task, and the rows its form has.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Indicator, ItemNo, Named, Names, Period, Plan, Registry, Task, TaskNo, UnitId};

/// Role of a unit in a task (本单位角色); a unit with several has the highest: lead > named > group.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 牵头.
    Lead,
    /// 配合: named as responsible unit.
    Named,
    /// 集合责任: member of a group that is named.
    Group,
}

impl Role {
    /// The name in JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Lead => "lead",
            Self::Named => "named",
            Self::Group => "group",
        }
    }

    /// The role with that key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        [Self::Lead, Self::Named, Self::Group].into_iter().find(|r| r.key() == key)
    }
}

/// One unit's role in one task.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assignment {
    /// The unit, successions followed.
    pub unit: UnitId,
    /// The task.
    pub task: TaskNo,
    /// Its highest role.
    pub role: Role,
    /// Place among the task's lead units, from 0; only for [`Role::Lead`].
    pub lead_order: Option<usize>,
}

/// A row of a unit's form (报送事项).
#[derive(Clone, PartialEq, Debug)]
pub struct ReportItem<'a> {
    /// `43` or `43-1`.
    pub item: ItemNo,
    /// The indicator, on rows with a figure.
    pub indicator: Option<&'a Indicator>,
    /// First row of the task: carries status and text.
    pub first: bool,
}

/// Every assignment of `plan` in `period`: tasks in plan order, within a task lead units in their order,
/// then named units, then group members.
///
/// `plan` is the plan in force. Groups open into their members; a group among the lead units makes its
/// members responsible as a group, since no one of them is named. Unknown names and unresolved groups
/// assign nobody (plan check says so).
#[must_use]
pub fn assignments(plan: &Plan, period: Period) -> Vec<Assignment> {
    assignments_by(plan, &Names::new(&plan.registry), period)
}

/// The same with the names of the plan's registry already indexed.
#[must_use]
pub fn assignments_by(plan: &Plan, names: &Names<'_>, period: Period) -> Vec<Assignment> {
    let mut all = Vec::new();
    for task in &plan.tasks {
        let mut roles: Vec<Assignment> = Vec::new();
        let mut seen: BTreeSet<UnitId> = BTreeSet::new();
        let mut add = |unit: &UnitId, role: Role, lead_order: Option<usize>| {
            if seen.insert(unit.clone()) {
                roles.push(Assignment { unit: unit.clone(), task: task.no, role, lead_order });
            }
        };
        let mut order = 0;
        for name in &task.lead_units {
            if let Some(unit) = names.unit_named(name, period) {
                add(unit, Role::Lead, Some(order));
                order += 1;
            }
        }
        for name in &task.responsible {
            if let Some(unit) = names.unit_named(name, period) {
                add(unit, Role::Named, None);
            }
        }
        for name in task.lead_units.iter().chain(&task.responsible) {
            if let Named::Group(group) = names.resolve(name) {
                // A member may be written by an adopted alias.
                let members = group.members.iter();
                for unit in members.filter_map(|m| names.unit_named(m.as_str(), period)) {
                    add(unit, Role::Group, None);
                }
            }
        }
        all.extend(roles);
    }
    all
}

/// The rows a lead unit reports of `task`: the adopted indicators whose source it is, else the task as one row.
///
/// A source unit that does not lead the task is no source (plan check says so): the first-named lead unit is.
#[must_use]
pub fn report_items<'a>(
    task: &'a Task,
    unit: &UnitId,
    registry: &Registry,
    period: Period,
) -> Vec<ReportItem<'a>> {
    items(task, unit, |name| registry.unit_named(name, period))
}

/// The same with the names of the plan's registry already indexed.
#[must_use]
pub fn report_items_by<'a>(
    task: &'a Task,
    unit: &UnitId,
    names: &Names<'_>,
    period: Period,
) -> Vec<ReportItem<'a>> {
    items(task, unit, |name| names.unit_named(name, period))
}

fn items<'a, 'r>(
    task: &'a Task,
    unit: &UnitId,
    named: impl Fn(&str) -> Option<&'r UnitId>,
) -> Vec<ReportItem<'a>> {
    let leads: Vec<&UnitId> = task.lead_units.iter().filter_map(|n| named(n)).collect();
    let source = |i: &Indicator| {
        i.source_unit
            .as_deref()
            .and_then(&named)
            .filter(|id| leads.contains(id))
            .or(leads.first().copied())
    };
    let mut rows: Vec<ReportItem<'a>> = task
        .adopted()
        .filter(|i| source(i) == Some(unit))
        .map(|i| ReportItem { item: i.item, indicator: Some(i), first: false })
        .collect();
    if rows.is_empty() {
        rows.push(ReportItem { item: ItemNo::whole(task.no), indicator: None, first: true });
    }
    rows[0].first = true;
    rows
}
