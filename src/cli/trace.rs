//! `duban trace`: where a figure comes from.

use std::{collections::BTreeSet, path::Path};

use jiff::tz::Offset;
use serde_json::{Value, json};

use super::{Context, Ended, args::TraceArgs, office::Office, output, stats, who};
use crate::{
    diag::{Error, Result},
    ledger::{Store, Traced, Wanted as TraceOf, resolved},
    model::{Answer, Named, Period, Plan, TaskNo, UnitId, decimal_text},
    sheet,
    stats::{Class, PeriodStats},
    wording,
    workbook::{self, CellSource, CountedRow},
};

/// Runs the command.
pub(super) fn run(context: &Context, args: &TraceArgs) -> Result<Ended> {
    if let Some(file) = &args.workbook {
        let Some(cell) = &args.cell else {
            let (zh, en) = wording::cli::cell_wanted();
            return Err(Error::Usage { zh, en });
        };
        return of_cell(context, args, file, cell);
    }
    let Some(period) = args.period else {
        let (zh, en) = wording::cli::trace_wanted();
        return Err(Error::Usage { zh, en });
    };
    if args.task.is_none() && args.unit.is_none() && args.leader.is_none() {
        let (zh, en) = wording::cli::trace_wanted();
        return Err(Error::Usage { zh, en });
    }
    let office = Office::open(context)?;
    let document = of_question(&office, args, period)?;
    if args.json {
        output::print_json(&document);
    } else {
        output::print(&wording::trace::text(&document, office.settings.offset(), context.lang));
    }
    Ok(Ended::Clean)
}

/// A task, a unit, a leader: the rule, the counts with their lists of tasks, and every entry behind them.
fn of_question(office: &Office, args: &TraceArgs, period: Period) -> Result<Value> {
    let plan = &office.plan()?.value;
    let in_force = plan.in_force(period);
    let store = office.issued_ledger(period)?;
    let computed = stats::compute(office, plan, &store, period, None)?;
    let unit = match &args.unit {
        Some(name) => {
            let named = who::unit(&in_force.registry, name)?;
            Some(in_force.registry.in_charge(&named.id, period).clone())
        }
        None => None,
    };
    let tasks: Vec<TaskNo> = match (args.task, &args.leader, &unit) {
        (Some(no), _, _) => {
            vec![who::task(plan, &in_force, no, period)?.no]
        }
        (None, Some(leader), _) => {
            let led: Vec<TaskNo> = in_force
                .tasks
                .iter()
                .filter(|t| t.leaders.iter().any(|l| l == leader))
                .map(|t| t.no)
                .collect();
            if led.is_empty() {
                let (zh, en) = wording::cli::leads_nothing(leader, &period.to_string());
                return Err(Error::Usage { zh, en });
            }
            led
        }
        (None, None, Some(unit)) => computed
            .now
            .tasks
            .iter()
            .filter(|t| t.parts.iter().any(|p| p.unit == *unit))
            .map(|t| t.no)
            .collect(),
        (None, None, None) => Vec::new(),
    };
    let wanted = TraceOf { tasks: tasks.clone(), unit: unit.clone() };
    let entries: Vec<Traced> = store.trace(plan, period, &wanted, None)?;
    let of_unit = unit.as_ref().filter(|_| args.task.is_none());
    let now = &computed.now;
    let (by, row) = if let Some(unit) = of_unit {
        ("unit", now.units.iter().find(|u| u.key == unit.as_str()).map(output::value))
    } else if let Some(leader) = &args.leader {
        ("leader", now.leaders.iter().find(|l| l.key == *leader).map(output::value))
    } else {
        ("task", None)
    };
    let mut document = json!({
        "period": period,
        "task": args.task,
        "unit": unit,
        "leader": args.leader,
        "rule": wording::stats::rule(by),
        "row": row.transpose()?,
        "figures": figures(&computed, &tasks, of_unit),
        "tasks": judged(&computed, &in_force, &tasks, of_unit)?,
        "entries": output::value(&entries)?,
    });
    if let Some(unit) = of_unit {
        let units = BTreeSet::from([unit.clone()]);
        document["returns"] = returned(office, &store, &in_force, period, &units)?;
    }
    Ok(document)
}

/// Tasks as judged, with what the plan asks of each: its short name, and of each item the name, the target and how it
/// is measured; for a unit with its own part alone.
fn judged(
    stats: &PeriodStats,
    plan: &Plan,
    tasks: &[TaskNo],
    unit: Option<&UnitId>,
) -> Result<Vec<Value>> {
    let mut all = Vec::new();
    for no in tasks {
        let (Some(stat), Some(task)) = (stats.now.task(*no), plan.task(*no)) else { continue };
        let mut stat = stat.clone();
        stat.parts.retain(|p| unit.is_none_or(|u| p.unit == *u));
        let mut not_out = stat.parts.iter().flat_map(|p| &p.items).map(|i| &i.answer);
        let mut told = output::value(&stat)?;
        told["name"] = json!(task.short);
        for part in told["parts"].as_array_mut().into_iter().flatten() {
            for item in part["items"].as_array_mut().into_iter().flatten() {
                let number = item["item"].as_str().and_then(|i| i.parse().ok());
                let asked = task.indicators.iter().find(|i| Some(i.item) == number);
                item["not_out"] = json!(not_out.next() == Some(&Some(Answer::NotOut)));
                item["name"] = json!(asked.map(|i| i.name.as_str()));
                item["kind"] = json!(asked.map(|i| i.kind));
                item["comparator"] = json!(asked.map(|i| i.comparator));
                item["target"] = json!(asked.map(|i| decimal_text(i.target)));
                item["unit"] = json!(asked.map(|i| i.unit.as_str()));
                item["base"] = json!(asked.and_then(|i| i.base).map(decimal_text));
            }
        }
        all.push(told);
    }
    Ok(all)
}

/// The rates over these tasks with their numerators and denominators as lists; for a unit over its own parts.
fn figures(stats: &PeriodStats, tasks: &[TaskNo], unit: Option<&UnitId>) -> Value {
    let judged: Vec<(TaskNo, Class, Option<f64>)> = tasks
        .iter()
        .filter_map(|no| stats.now.task(*no))
        .filter_map(|t| match unit {
            Some(unit) => {
                let part = t.parts.iter().find(|p| p.unit == *unit)?;
                Some((t.no, part.class, part.progress))
            }
            None => Some((t.no, t.class, t.progress)),
        })
        .collect();
    let of = |wanted: &[Class]| -> Vec<TaskNo> {
        judged.iter().filter(|(_, c, _)| wanted.contains(c)).map(|(no, _, _)| *no).collect()
    };
    let due: Vec<TaskNo> = judged.iter().map(|(no, _, _)| *no).collect();
    let over: Vec<Value> = judged
        .iter()
        .filter_map(|(no, _, progress)| Some(json!({ "task": no, "progress": (*progress)? })))
        .collect();
    let excluded: Vec<TaskNo> =
        judged.iter().filter(|(_, _, p)| p.is_none()).map(|(no, _, _)| *no).collect();
    json!({
        "completion": { "numerator": of(&[Class::Done]), "denominator": due },
        "on_schedule": { "numerator": of(&[Class::Done, Class::Ahead, Class::OnTrack]), "denominator": due },
        "mean_progress": { "over": over, "excluded": excluded },
    })
}

/// How the returns of these units came in: state, due date, and every file with what became of it.
fn returned(
    office: &Office,
    store: &Store,
    plan: &Plan,
    period: Period,
    units: &BTreeSet<UnitId>,
) -> Result<Value> {
    let registry = &plan.registry;
    let status = store.status(period, registry, &office.settings, office.now, None)?;
    let submissions = store.submissions(store.speaking_for(period)?, None)?;
    let mut all = Vec::new();
    for state in status.units.iter().filter(|s| units.contains(&s.unit)) {
        let files: Vec<Value> = submissions
            .iter()
            .filter(|s| {
                s.unit.as_ref().is_some_and(|u| {
                    *registry.in_charge(&resolved(registry, u), period) == state.unit
                })
            })
            .map(|s| {
                json!({
                    "file": s.file,
                    "archive": s.archive,
                    "sha256": s.sha256,
                    "outcome": s.outcome,
                    "received_at": s.received_at,
                    "presumed": s.presumed,
                    "recorded_at": s.recorded_at,
                    "errors": s.errors,
                    "warnings": s.warnings,
                    "withdrawn": s.withdrawn,
                    "rejudged": s.rejudged,
                })
            })
            .collect();
        let mut told = output::value(state)?;
        told["files"] = json!(files);
        all.push(told);
    }
    Ok(all.into())
}

/// A cell of a published workbook explains itself; with an office folder at hand, down to the returns.
fn of_cell(context: &Context, args: &TraceArgs, file: &Path, cell: &str) -> Result<Ended> {
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = output::read(file)?;
    let book = sheet::read(&bytes, &name)
        .map_err(|finding| Error::Document { file: name.clone(), findings: vec![finding] })?;
    let Some(source) = workbook::explain_cell(&book, cell) else {
        let (zh, en) = wording::cli::cell_unexplained(cell, &name);
        return Err(Error::Usage { zh, en });
    };
    let mut document = cell_json(&source);
    // The period stands in the file's name, as duban wrote it, unless it was typed.
    let period = args
        .period
        .or_else(|| name.rsplit(['_', '.']).find_map(|part| part.parse::<Period>().ok()));
    let mut offset = Offset::UTC;
    if let Some(period) = period
        && let Ok(office) = Office::open(context)
        && let Ok(store) = office.issued_ledger(period)
    {
        let plan = &office.plan()?.value;
        let in_force = plan.in_force(period);
        let counted = || source.numerator.iter().chain(source.denominator.iter().flatten());
        let mut tasks: Vec<TaskNo> = counted().filter_map(|r| r.task).chain(source.task).collect();
        tasks.sort_unstable();
        tasks.dedup();
        if tasks.is_empty() {
            let units = counted().filter_map(|r| r.who.as_deref()).filter_map(|who| match in_force
                .registry
                .resolve(who)
            {
                Named::Unit(unit) => Some(in_force.registry.in_charge(&unit.id, period).clone()),
                Named::Group(_) | Named::Unknown => None,
            });
            let units: BTreeSet<UnitId> = units.collect();
            document["returns"] = returned(&office, &store, &in_force, period, &units)?;
        } else {
            let computed = stats::compute(&office, plan, &store, period, None)?;
            document["tasks"] = json!(judged(&computed, &in_force, &tasks, None)?);
            let entries = store.trace(plan, period, &TraceOf { tasks, unit: None }, None)?;
            document["entries"] = output::value(&entries)?;
        }
        document["period"] = json!(period);
        offset = office.settings.offset();
    }
    if args.json {
        output::print_json(&document);
    } else {
        output::print(&wording::trace::text(&document, offset, context.lang));
    }
    Ok(Ended::Clean)
}

fn cell_json(source: &CellSource) -> Value {
    let rows = |rows: &[CountedRow]| -> Value {
        rows.iter()
            .map(|r| json!({ "row": r.row, "task": r.task, "who": r.who, "value": r.value }))
            .collect()
    };
    json!({
        "sheet": source.sheet,
        "cells": source.cells,
        "statistic": source.statistic,
        "rule": source.rule,
        "table": source.table,
        "column": source.column,
        "numerator": rows(&source.numerator),
        "denominator": source.denominator.as_deref().map(rows),
        "task": source.task,
    })
}
