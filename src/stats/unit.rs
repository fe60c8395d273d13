//! By unit (按单位): the same rules over each unit's own part of the tasks it leads, and its workload.

use std::collections::BTreeMap;

use num_bigint::BigInt;

use crate::{
    model::{Assignment, Exact, Role, TaskNo, UnitId},
    settings::Settings,
};

use super::{
    compute::{Counted as Counts, Judged},
    frame::{Counted, Line, Scope, Stand},
    limits::{exact_typed, float},
    part::{JudgedPart, mean},
    ranks::{Contender, ranks},
    returns::Returns,
    rows::{UnitReturns, UnitRow},
    task::JudgedTask,
};

/// What is counted of a unit's part.
fn counted(part: &JudgedPart, task: &JudgedTask) -> Counted {
    Counted {
        class: part.stat.class,
        light: part.stat.light,
        progress: part.stat.progress,
        reported: part.stat.reported,
        incomplete: part.stat.incomplete,
        stale: part.stale,
        confirmed: task.stat.confirmed,
    }
}

fn stand(assignment: &Assignment) -> Stand {
    match (assignment.role, assignment.lead_order) {
        (Role::Lead, Some(0)) => Stand::First,
        (Role::Lead, _) => Stand::Other,
        (Role::Named, _) => Stand::Named,
        (Role::Group, _) => Stand::Group,
    }
}

/// Lines of each unit, and of unit × section over the tasks it leads.
pub(super) fn unit_lines(period: u32, judged: &Judged<'_>, lines: &mut Vec<Line>) {
    let line = |unit: &UnitId, task: TaskNo, stand: Stand, counted: Option<Counted>| Line {
        period,
        scope: Scope::Unit,
        key: unit.0.clone(),
        section: String::new(),
        task,
        stand,
        counted,
        names: 0,
    };
    let tasks: BTreeMap<TaskNo, (u32, &JudgedTask)> = judged
        .plan
        .tasks
        .iter()
        .zip(&judged.tasks)
        .map(|(task, stat)| (task.no, (task.section, stat)))
        .collect();
    for assignment in &judged.assignments {
        let Some((section, task)) = tasks.get(&assignment.task) else { continue };
        let part = task.parts.iter().find(|p| p.stat.unit == assignment.unit);
        let counted = part.map(|part| counted(part, task));
        let own = line(&assignment.unit, assignment.task, stand(assignment), counted);
        if counted.is_some() {
            let section = section.to_string();
            lines.push(Line { scope: Scope::UnitSection, section, ..own.clone() });
        }
        lines.push(own);
    }
    for task in judged.withdrawn {
        for unit in judged.leads_of_withdrawn(task) {
            lines.push(line(&unit, task.no, Stand::First, Some(Counted::ADJUSTED)));
        }
    }
}

/// Rows by unit in registry order, with the total line.
///
/// Shape: one row per unit with an assignment, a withdrawn task or a return owed. The total is task-level over
/// distinct tasks; its roles count tasks that have such a unit, its load and returns are sums.
/// Source: docs/definitions.md, 按单位.
pub(super) fn unit_rows(
    judged: &Judged<'_>,
    counts: &Counts<'_>,
    returns: &Returns,
    settings: &Settings,
) -> (Vec<UnitRow>, UnitRow) {
    let means = means(judged);
    let present: std::collections::BTreeSet<&str> = counts
        .keys(Scope::Unit)
        .map(|(key, _, _)| key)
        .chain(returns.units.keys().map(String::as_str))
        .collect();
    let mut rows: Vec<UnitRow> = Vec::new();
    let mut contenders: Vec<Contender> = Vec::new();
    let mut loads = Exact::from_integer(BigInt::from(0));
    for unit in judged.plan.registry.units.iter().filter(|u| present.contains(u.id.as_str())) {
        let key = unit.id.as_str();
        let counted = counts.of(Scope::Unit, key, "");
        let of = returns.units.get(key).copied().unwrap_or_default();
        let [first, other, named, group] =
            [Stand::First, Stand::Other, Stand::Named, Stand::Group].map(|s| counted.stand(s));
        let load = load(first + other, named, group, settings);
        contenders.push(Contender {
            key: key.to_owned(),
            category: unit.category.clone(),
            leads: counted.rates.completion.due,
            on_schedule: counted.rates.on_schedule,
            mean: means.get(key).cloned(),
            on_time: of.on_time,
            complete: of.complete,
        });
        rows.push(UnitRow {
            key: key.to_owned(),
            name: unit.name.clone(),
            category: unit.category.clone(),
            rates: counted.rates,
            lead_first: first,
            lead_other: other,
            named,
            group,
            load: float(&load),
            returns: UnitReturns {
                obligations: of.received.due,
                received: of.received.done,
                on_time: of.on_time.done,
            },
            rank: None,
            rank_change: None,
        });
        loads += load;
    }
    let ranks = ranks(&contenders, settings.ranking);
    for row in &mut rows {
        row.rank = ranks.get(&row.key).copied();
    }
    let total = total(judged, counts, returns, &loads);
    (rows, total)
}

fn total(judged: &Judged<'_>, counts: &Counts<'_>, returns: &Returns, loads: &Exact) -> UnitRow {
    let distinct = |wanted: Stand| {
        let mut tasks: Vec<TaskNo> =
            judged.assignments.iter().filter(|a| stand(a) == wanted).map(|a| a.task).collect();
        tasks.dedup();
        tasks.len() as u64
    };
    UnitRow {
        key: super::TOTAL_KEY.to_owned(),
        name: super::TOTAL_NAME.to_owned(),
        category: String::new(),
        rates: counts.of(Scope::Total, "", "").rates,
        lead_first: distinct(Stand::First),
        lead_other: distinct(Stand::Other),
        named: distinct(Stand::Named),
        group: distinct(Stand::Group),
        load: float(loads),
        returns: UnitReturns {
            obligations: returns.total.received.due,
            received: returns.total.received.done,
            on_time: returns.total.on_time.done,
        },
        rank: None,
        rank_change: None,
    }
}

/// Workload (工作量): Σ weight, leading 1, named 0.5, group 0 by default.
///
/// Source: docs/definitions.md, 工作量.
fn load(lead: u64, named: u64, group: u64, settings: &Settings) -> Exact {
    let weights = settings.weights;
    [(lead, weights.lead), (named, weights.named), (group, weights.group)]
        .into_iter()
        .map(|(count, weight)| Exact::from_integer(BigInt::from(count)) * exact_typed(weight))
        .sum()
}

/// Exact mean progress of each unit over its parts that have one, for ranks.
fn means(judged: &Judged<'_>) -> BTreeMap<String, Exact> {
    let mut parts: BTreeMap<&str, Vec<Exact>> = BTreeMap::new();
    for part in judged.tasks.iter().flat_map(|t| &t.parts) {
        if let Some(progress) = &part.progress {
            parts.entry(part.stat.unit.as_str()).or_default().push(progress.clone());
        }
    }
    parts.into_iter().filter_map(|(unit, p)| Some((unit.to_owned(), mean(&p)?))).collect()
}
