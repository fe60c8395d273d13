//! From the plan in force to forms: who is asked what, and what is printed beside it.

use std::collections::{BTreeMap, BTreeSet};

use num_traits::ToPrimitive;

use super::{
    Figure, Form, FormRow, FormSpec, Key, Previous, Stamp,
    spec::row_kinds,
    stamp::{FORM_NAME, sealed},
};
use crate::{
    model::{
        Comparator, Field, Indicator, ItemNo, Named, Names, Period, Plan, Role, Task, TaskNo,
        UnitId, assignments_by, report_items_by,
    },
    plan::{due_now, schedule_share},
    settings::{Collect, Settings},
};

/// What the ledger last knew of one unit's item.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LastFact {
    /// What stands in 上期累计: the last figure, percentage or status before this period.
    pub previous: Previous,
    /// Texts of the last period, shown beside the cells.
    pub texts: BTreeMap<Field, String>,
    /// Whether the office has confirmed the task (已销号).
    pub confirmed: bool,
}

/// What the ledger last knew, by unit and item.
pub type LastFacts = BTreeMap<(UnitId, ItemNo), LastFact>;

/// Everything forms of one period are made from.
#[derive(Clone, Copy, Debug)]
pub struct Issue<'a> {
    /// The plan in force in the period.
    pub plan: &'a Plan,
    /// Version of the whole plan, printed 12 hex digits.
    pub plan_version: &'a str,
    /// The period.
    pub period: Period,
    /// The office's settings.
    pub settings: &'a Settings,
    /// The form description.
    pub spec: &'a FormSpec,
    /// Last facts.
    pub last: &'a LastFacts,
    /// The office's key.
    pub key: &'a Key,
    /// Whether the data are simulated.
    pub simulated: bool,
}

/// One form per unit that owes a return (应报单位), in registry order.
///
/// Who: `collect.from` – every unit with an assignment, those named, or those that lead. Rows: by role
/// (lead, named, group), then task number, then item.
#[must_use]
pub fn forms(issue: &Issue<'_>) -> Vec<Form> {
    let mut by_unit: BTreeMap<UnitId, Vec<(Role, TaskNo)>> = BTreeMap::new();
    let names = Names::new(&issue.plan.registry);
    for a in assignments_by(issue.plan, &names, issue.period) {
        by_unit.entry(a.unit).or_default().push((a.role, a.task));
    }
    let tasks: BTreeMap<TaskNo, &Task> = issue.plan.tasks.iter().map(|t| (t.no, t)).collect();
    let texts: BTreeMap<TaskNo, TaskTexts> =
        tasks.values().map(|t| (t.no, TaskTexts::of(t, issue, &names))).collect();
    let owes = |roles: &[(Role, TaskNo)]| {
        let highest = roles.iter().map(|(r, _)| *r).min();
        match issue.settings.collect.from {
            Collect::All => highest.is_some(),
            Collect::Named => highest.is_some_and(|r| r <= Role::Named),
            Collect::Lead => highest == Some(Role::Lead),
        }
    };
    let mut forms = Vec::new();
    for unit in &issue.plan.registry.units {
        let Some(mut roles) = by_unit.remove(&unit.id).filter(|r| owes(r)) else { continue };
        roles.sort_unstable();
        let mut rows = Vec::new();
        for (role, no) in roles {
            if let (Some(task), Some(texts)) = (tasks.get(&no), texts.get(&no)) {
                push_rows(&mut rows, issue, &names, (&unit.id, role), task, texts);
            }
        }
        let mut form = Form {
            title: title(&issue.plan.title, issue.spec),
            doc_no: issue.plan.doc_no.clone(),
            unit: unit.id.clone(),
            unit_name: unit.name.clone(),
            period: issue.period,
            cut_off: issue.settings.cut_off(issue.period),
            due: issue.settings.due(issue.period),
            contact: contact(issue.settings),
            simulated: issue.simulated,
            paper: issue.settings.paper.size,
            rows,
            signed: BTreeMap::new(),
            signed_marked: BTreeMap::new(),
            stamp: Stamp::default(),
        };
        form.stamp = sealed(
            Stamp {
                form_version: issue.spec.version.clone(),
                plan_version: issue.plan_version.to_owned(),
                period: issue.period.to_string(),
                unit: unit.id.0.clone(),
                items: form.rows.iter().map(|r| r.item.to_string()).collect(),
                ..Stamp::default()
            },
            &form.rows,
            issue.key,
        );
        forms.push(form);
    }
    forms
}

/// What is printed of a task on every form that has it, and by when it is due as a whole.
struct TaskTexts {
    schedule: f64,
    section: String,
    leaders: String,
    lead_units: String,
}

impl TaskTexts {
    fn of(task: &Task, issue: &Issue<'_>, names: &Names<'_>) -> Self {
        let registry = &issue.plan.registry;
        let leaders: Vec<&str> =
            task.leaders.iter().map(|n| registry.leader_in_charge(n, issue.period)).collect();
        let lead_units: Vec<&str> = task
            .lead_units
            .iter()
            .map(|n| match names.resolve(n) {
                Named::Unit(unit) => {
                    let id = names.in_charge(&unit.id, issue.period);
                    names.unit(id).map_or(n.as_str(), |u| u.name.as_str())
                }
                Named::Group(_) | Named::Unknown => n.as_str(),
            })
            .collect();
        let section = issue.plan.section(task.section);
        Self {
            schedule: schedule(None, task, issue),
            section: section.map_or_else(String::new, |s| {
                if s.short.is_empty() { s.title.clone() } else { s.short.clone() }
            }),
            leaders: joined(&leaders),
            lead_units: joined(&lead_units),
        }
    }
}

/// Names joined by 、, each once.
fn joined(names: &[&str]) -> String {
    let mut seen = BTreeSet::new();
    let once: Vec<&str> = names.iter().copied().filter(|n| seen.insert(*n)).collect();
    once.join("、")
}

fn push_rows(
    rows: &mut Vec<FormRow>,
    issue: &Issue<'_>,
    names: &Names<'_>,
    (unit, role): (&UnitId, Role),
    task: &Task,
    texts: &TaskTexts,
) {
    let items: Vec<(ItemNo, Option<&Indicator>, bool)> = if role == Role::Lead {
        report_items_by(task, unit, names, issue.period)
            .into_iter()
            .map(|i| (i.item, i.indicator, i.first))
            .collect()
    } else {
        vec![(ItemNo::whole(task.no), None, true)]
    };
    for (item, indicator, first) in items {
        let fact = issue.last.get(&(unit.clone(), item)).cloned().unwrap_or_default();
        let (asked, required) = if fact.confirmed {
            (vec![], vec![])
        } else {
            issue.spec.asks(&row_kinds(role, first, indicator.is_some()))
        };
        rows.push(FormRow {
            item,
            section: texts.section.clone(),
            text: task.text.clone(),
            leaders: texts.leaders.clone(),
            lead_units: texts.lead_units.clone(),
            role,
            first,
            figure: indicator.map(|i| figure(i, issue)),
            previous: fact.previous,
            previous_texts: fact.texts,
            schedule: indicator.map_or(texts.schedule, |i| schedule(Some(i), task, issue)),
            confirmed: fact.confirmed,
            asked,
            required,
            entered: BTreeMap::new(),
            entered_extra: BTreeMap::new(),
            marked: BTreeMap::new(),
        });
    }
}

/// The share t(p) of an indicator or of the whole task, in percent.
fn schedule(indicator: Option<&Indicator>, task: &Task, issue: &Issue<'_>) -> f64 {
    let share = schedule_share(indicator, task, issue.period, issue.settings);
    share.to_f64().unwrap_or(0.0) * 100.0
}

fn figure(indicator: &Indicator, issue: &Issue<'_>) -> Figure {
    Figure {
        name: indicator.name.clone(),
        target: indicator.target,
        comparator: indicator.comparator,
        unit: indicator.unit.clone(),
        kind: indicator.kind,
        base: indicator.base,
        tolerance: if indicator.comparator == Comparator::About {
            issue.settings.rules.about_tolerance
        } else {
            0.0
        },
        due: due_now(Some(indicator), issue.period),
    }
}

/// The title of row 1: the plan's title without its ending, and what the sheet is.
fn title(plan: &str, spec: &FormSpec) -> String {
    let words: String = plan.split_whitespace().collect();
    let short = spec
        .title_without
        .iter()
        .find_map(|ending| words.strip_suffix(ending.as_str()))
        .filter(|rest| !rest.is_empty())
        .unwrap_or(&words);
    if short.is_empty() { FORM_NAME.to_owned() } else { spec.title.replace("{plan}", short) }
}

fn contact(settings: &Settings) -> String {
    [settings.office.name.as_str(), settings.office.phone.as_str()]
        .into_iter()
        .filter(|t| !t.is_empty())
        .collect::<Vec<_>>()
        .join("　")
}
