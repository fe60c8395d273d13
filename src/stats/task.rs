//! A task (任务): its lead units' parts put together by the lead rule, its class and its light.

use crate::{
    model::{Exact, Status, Task, UnitId},
    settings::LeadRule,
};

use super::{
    class::{Finding, Gap, classify, worst_light},
    limits::float,
    part::{Context, JudgedPart, judge_part, mean},
    rows::TaskStat,
};

/// A task with its exact figures.
#[derive(Clone, Debug)]
pub(super) struct JudgedTask {
    pub(super) stat: TaskStat,
    /// Smallest gap of its reported items.
    pub(super) gap: Option<Exact>,
    /// Some lead unit has a fact.
    pub(super) reported: bool,
    pub(super) parts: Vec<JudgedPart>,
}

/// Judges a task over the parts of its lead units, in their order.
///
/// `all`: progress is the mean over the parts that have one; complete when every part is. `first`: the first-named
/// part that reported anything speaks. A task without any lead unit the registry knows has no part: 未报.
/// Source: docs/definitions.md, 多个牵头单位.
pub(super) fn judge_task(task: &Task, leads: &[&UnitId], context: &Context<'_>) -> JudgedTask {
    let parts: Vec<JudgedPart> = leads.iter().map(|unit| judge_part(task, unit, context)).collect();
    let reported = parts.iter().any(|p| p.stat.reported);
    let incomplete = parts.is_empty() || parts.iter().any(|p| p.stat.incomplete);
    let speaking: Vec<&JudgedPart> = match context.settings.rules.lead_rule {
        LeadRule::All => parts.iter().collect(),
        LeadRule::First => {
            parts.iter().find(|p| p.stat.reported).or(parts.first()).into_iter().collect()
        }
    };
    let complete = !speaking.is_empty() && speaking.iter().all(|p| p.stat.complete);
    let progresses: Vec<Exact> = speaking.iter().filter_map(|p| p.progress.clone()).collect();
    let progress = mean(&progresses);
    let gaps: Vec<Gap> = speaking.iter().flat_map(|p| p.gaps.clone()).collect();
    let finding = Finding {
        complete,
        reported,
        overdue: context.cut_off > task.due,
        says_not_started: speaking
            .iter()
            .filter(|p| p.stat.reported)
            .all(|p| p.stat.status == Some(Status::NotStarted)),
        progress: progress.as_ref(),
        gaps: &gaps,
        incomplete,
    };
    let class = classify(&finding, context.limits);
    let gap = gaps.iter().map(|gap| &gap.points).min().cloned();
    let stat = TaskStat {
        no: task.no,
        class,
        progress: progress.as_ref().map(float),
        gap: gap.as_ref().map(float),
        light: worst_light(class, &gaps),
        incomplete,
        stale: parts.iter().any(|p| p.stale),
        confirmed: context.confirmations.get(&task.no).is_some_and(|c| !c.rejected),
        parts: parts.iter().map(|p| p.stat.clone()).collect(),
    };
    JudgedTask { stat, gap, reported, parts }
}
