//! 预警 and 变化: what a task shows against the last period.

use std::collections::BTreeMap;

use num_traits::{Signed, Zero};
use serde::Serialize;

use crate::model::{Exact, TaskNo};

use super::{
    limits::float,
    period::PeriodRows,
    rows::{Light, TaskStat},
};

/// How a task's light moved against the last period's (变化).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// 新增: bad now, and not so last period.
    New,
    /// 加重: 黄 to 红.
    Worse,
    /// 减轻: 红 to 黄, or back to 绿 or 已完成.
    Better,
    /// 连续n期: the same bad light (or 未报) for n periods, n ≥ 2.
    Again(u32),
}

/// What a task shows against the last period.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Watch {
    /// The task.
    pub no: TaskNo,
    /// Light of the last period; none if the task was not in force or nothing was counted then.
    pub last_light: Option<Light>,
    /// Gap of the last period, in points.
    pub last_gap: Option<f64>,
    /// Change of the light; none where there is none to tell.
    pub change: Option<Change>,
    /// 预警: still green, but at this month's pace no longer next month: gap + (gap − last gap) < 0.
    pub warning: bool,
}

/// Compares each task in force with the periods before, oldest first.
///
/// 预警 is found from exact gaps. Source: docs/definitions.md, 预警 and 变化.
pub(super) fn watches(
    now: &PeriodRows,
    past: &[PeriodRows],
    gaps: &BTreeMap<TaskNo, Option<Exact>>,
    last_gaps: Option<&BTreeMap<TaskNo, Option<Exact>>>,
) -> Vec<Watch> {
    let lights: Vec<BTreeMap<TaskNo, Light>> = past
        .iter()
        .rev()
        .map(|rows| rows.tasks.iter().map(|t| (t.no, t.light)).collect())
        .collect();
    now.tasks
        .iter()
        .map(|task| {
            let last_light = lights.first().and_then(|l| l.get(&task.no)).copied();
            let gap = gaps.get(&task.no).and_then(Option::as_ref);
            let last_gap = last_gaps.and_then(|g| g.get(&task.no)).and_then(Option::as_ref);
            let slipping =
                gap.zip(last_gap).is_some_and(|(gap, last)| (gap + (gap - last)).is_negative());
            Watch {
                no: task.no,
                last_light,
                last_gap: last_gap.map(|g| if g.is_zero() { 0.0 } else { float(g) }),
                change: last_light.and_then(|last| change(task, last, &lights)),
                warning: task.light == Light::Green && slipping,
            }
        })
        .collect()
}

fn change(task: &TaskStat, last: Light, lights: &[BTreeMap<TaskNo, Light>]) -> Option<Change> {
    let bad = |light: Light| matches!(light, Light::Yellow | Light::Red);
    match (last, task.light) {
        (last, light) if last == light && (bad(light) || light == Light::None) => {
            let same = lights.iter().take_while(|l| l.get(&task.no) == Some(&light)).count();
            Some(Change::Again(u32::try_from(same + 1).unwrap_or(u32::MAX)))
        }
        (Light::Yellow, Light::Red) => Some(Change::Worse),
        (Light::Red, Light::Yellow) => Some(Change::Better),
        (last, light) if bad(last) && matches!(light, Light::Green | Light::Done) => {
            Some(Change::Better)
        }
        (_, light) if bad(light) => Some(Change::New),
        (_, Light::None) => Some(Change::New),
        _ => None,
    }
}
