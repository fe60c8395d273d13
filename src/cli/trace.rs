//! `duban trace`: where a figure comes from.

use std::path::Path;

use serde_json::{Value, json};

use super::{Context, Ended, args::TraceArgs, office::Office, output, stats};
use crate::{
    diag::{Error, Result},
    ledger::{Traced, Wanted as TraceOf},
    model::{Named, Period, TaskNo, UnitId},
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
        output::print(&wording::trace::text(&document, context.lang));
    }
    Ok(Ended::Clean)
}

/// A task, a unit, a leader: the rule, the counts with their lists of tasks, and every entry behind them.
fn of_question(office: &Office, args: &TraceArgs, period: Period) -> Result<Value> {
    let plan = office.plan()?.value;
    let in_force = plan.in_force(period);
    let store = office.issued_ledger(period)?;
    let (_, computed) = stats::compute(office, &plan, &store, period, None)?;
    let unit = match &args.unit {
        Some(name) => match in_force.registry.resolve(name) {
            Named::Unit(unit) => Some(in_force.registry.in_charge(&unit.id, period).clone()),
            Named::Group(_) | Named::Unknown => {
                let (zh, en) = wording::cli::no_such_unit(name);
                return Err(Error::Usage { zh, en });
            }
        },
        None => None,
    };
    let tasks: Vec<TaskNo> = match (args.task, &args.leader, &unit) {
        (Some(no), _, _) => {
            if in_force.task(TaskNo(no)).is_none() {
                let (zh, en) = wording::cli::no_such_task(no, &period.to_string());
                return Err(Error::Usage { zh, en });
            }
            vec![TaskNo(no)]
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
    let entries: Vec<Traced> = store.trace(&plan, period, &wanted, None)?;
    let by = if unit.is_some() && args.task.is_none() {
        "unit"
    } else if args.leader.is_some() {
        "leader"
    } else {
        "task"
    };
    Ok(json!({
        "period": period,
        "task": args.task,
        "unit": unit,
        "leader": args.leader,
        "rule": wording::stats::rule(by),
        "figures": figures(&computed, &tasks, unit.as_ref().filter(|_| args.task.is_none())),
        "tasks": tasks
            .iter()
            .filter_map(|no| computed.now.tasks.iter().find(|t| t.no == *no))
            .map(output::value)
            .collect::<Result<Vec<_>>>()?,
        "entries": output::value(&entries)?,
    }))
}

/// The rates over these tasks with their numerators and denominators as lists; for a unit over its own parts.
fn figures(stats: &PeriodStats, tasks: &[TaskNo], unit: Option<&UnitId>) -> Value {
    let classes: Vec<(TaskNo, Class)> = stats
        .now
        .tasks
        .iter()
        .filter(|t| tasks.contains(&t.no))
        .filter_map(|t| match unit {
            Some(unit) => t.parts.iter().find(|p| p.unit == *unit).map(|p| (t.no, p.class)),
            None => Some((t.no, t.class)),
        })
        .collect();
    let of = |wanted: &[Class]| -> Vec<TaskNo> {
        classes.iter().filter(|(_, c)| wanted.contains(c)).map(|(no, _)| *no).collect()
    };
    let due: Vec<TaskNo> = classes.iter().map(|(no, _)| *no).collect();
    json!({
        "completion": { "numerator": of(&[Class::Done]), "denominator": due },
        "on_schedule": { "numerator": of(&[Class::Done, Class::Ahead, Class::OnTrack]), "denominator": due },
    })
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
    if let Some(period) = period
        && let Ok(office) = Office::open(context)
        && let Ok(store) = office.issued_ledger(period)
    {
        let plan = office.plan()?.value;
        let mut tasks: Vec<TaskNo> =
            source.numerator.iter().filter_map(|r| r.task).chain(source.task).collect();
        tasks.sort_unstable();
        tasks.dedup();
        if !tasks.is_empty() {
            let entries = store.trace(&plan, period, &TraceOf { tasks, unit: None }, None)?;
            document["entries"] = output::value(&entries)?;
        }
        document["period"] = json!(period);
    }
    if args.json {
        output::print_json(&document);
    } else {
        output::print(&wording::trace::text(&document, context.lang));
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
