//! The judged tables of an export (导出的判定表): what the statistics made of each task, for other engines.
//!
//! The raw tables of [`crate::ledger::Store::export`] say what was reported; judging it again takes every rule of
//! docs/definitions.md. So the judgement leaves beside them, one row per task and one per lead unit's part.

use polars::prelude::*;

use crate::{
    diag::{Error, Result},
    ledger::{Exported, parquet},
    model::{Plan, Task, TaskNo},
};

use super::{carry::frame_error, period::PeriodRows, rows::PartStat};

/// The judged tables of a period: `task_stats` (one row per task in force) and `part_stats` (one per lead unit of
/// it), in plan order.
///
/// `plan` is the plan in force in the period. Units: `progress` and `gap` in percent and points, unrounded, null
/// where there is none; `done` and `on_schedule` are what 完成率 and 达序时率 count.
///
/// # Errors
/// [`Error::Frame`] if polars refuses.
pub fn export(rows: &PeriodRows, plan: &Plan) -> Result<Vec<Exported>> {
    let place = |table: &str| format!("{table}/period={}/part.parquet", rows.period);
    Ok(vec![
        (place("task_stats"), parquet(tasks(rows, plan)?)?),
        (place("part_stats"), parquet(parts(rows)?)?),
    ])
}

fn tasks(rows: &PeriodRows, plan: &Plan) -> Result<DataFrame> {
    let of: std::collections::BTreeMap<TaskNo, &Task> =
        plan.tasks.iter().map(|t| (t.no, t)).collect();
    let known: Vec<&Task> = rows
        .tasks
        .iter()
        .map(|t| {
            of.get(&t.no)
                .copied()
                .ok_or_else(|| Error::Frame(format!("task {} is not in force", t.no)))
        })
        .collect::<Result<_>>()?;
    let stats = &rows.tasks;
    df!(
        "task" => stats.iter().map(|t| t.no.0).collect::<Vec<_>>(),
        "section" => known.iter().map(|t| t.section).collect::<Vec<_>>(),
        "class" => stats.iter().map(|t| t.class.key()).collect::<Vec<_>>(),
        "light" => stats.iter().map(|t| t.light.key()).collect::<Vec<_>>(),
        "progress" => stats.iter().map(|t| t.progress).collect::<Vec<_>>(),
        "gap" => stats.iter().map(|t| t.gap).collect::<Vec<_>>(),
        "done" => stats.iter().map(|t| t.class.is_done()).collect::<Vec<_>>(),
        "on_schedule" => stats.iter().map(|t| t.class.is_on_schedule()).collect::<Vec<_>>(),
        "reported" => stats.iter().map(super::TaskStat::reported).collect::<Vec<_>>(),
        "incomplete" => stats.iter().map(|t| t.incomplete).collect::<Vec<_>>(),
        "stale" => stats.iter().map(|t| t.stale).collect::<Vec<_>>(),
        "confirmed" => stats.iter().map(|t| t.confirmed).collect::<Vec<_>>(),
        "leaders" => known.iter().map(|t| t.leaders.join("、")).collect::<Vec<_>>(),
    )
    .map_err(frame_error)
}

fn parts(rows: &PeriodRows) -> Result<DataFrame> {
    let parts: Vec<(u32, &PartStat)> =
        rows.tasks.iter().flat_map(|t| t.parts.iter().map(|p| (t.no.0, p))).collect();
    df!(
        "task" => parts.iter().map(|(no, _)| *no).collect::<Vec<_>>(),
        "unit" => parts.iter().map(|(_, p)| p.unit.as_str()).collect::<Vec<_>>(),
        "class" => parts.iter().map(|(_, p)| p.class.key()).collect::<Vec<_>>(),
        "light" => parts.iter().map(|(_, p)| p.light.key()).collect::<Vec<_>>(),
        "progress" => parts.iter().map(|(_, p)| p.progress).collect::<Vec<_>>(),
        "gap" => parts.iter().map(|(_, p)| p.gap).collect::<Vec<_>>(),
        "done" => parts.iter().map(|(_, p)| p.class.is_done()).collect::<Vec<_>>(),
        "on_schedule" => parts.iter().map(|(_, p)| p.class.is_on_schedule()).collect::<Vec<_>>(),
        "reported" => parts.iter().map(|(_, p)| p.reported).collect::<Vec<_>>(),
        "incomplete" => parts.iter().map(|(_, p)| p.incomplete).collect::<Vec<_>>(),
    )
    .map_err(frame_error)
}
