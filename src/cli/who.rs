//! Which unit or task somebody means by what they typed.

use crate::{
    diag::{Error, Result},
    model::{Period, Plan, Registry, Task, TaskNo, Unit},
    plan, wording,
};

/// Most names offered for one that nobody knows.
const OFFERED: usize = 3;

/// The unit of that name, alias or 简称.
///
/// # Errors
/// There is none: names like it are offered.
pub(super) fn unit<'a>(registry: &'a Registry, typed: &str) -> Result<&'a Unit> {
    registry.meant(typed).ok_or_else(|| {
        let typed_in = |name: &str| !typed.trim().is_empty() && name.contains(typed.trim());
        let mut near: Vec<&str> = registry
            .own_units()
            .filter(|u| typed_in(&u.name) || typed_in(&u.short))
            .map(|u| u.name.as_str())
            .collect();
        if near.is_empty() {
            near = plan::near_units(registry, typed);
        }
        near.truncate(OFFERED);
        let (zh, en) = wording::cli::no_such_unit(typed, &near);
        Error::Usage { zh, en }
    })
}

/// The task of that number in `in_force`, the plan as it stands in `period`.
///
/// # Errors
/// The plan has no such task, or has it, but not in the period.
pub(super) fn task<'a>(
    plan: &Plan,
    in_force: &'a Plan,
    number: u32,
    period: Period,
) -> Result<&'a Task> {
    let no = TaskNo(number);
    in_force.task(no).ok_or_else(|| {
        let period = period.to_string();
        let (zh, en) = if plan.task(no).is_some() {
            wording::cli::task_not_in_force(number, &period)
        } else {
            wording::cli::no_such_task(number, &period)
        };
        Error::Usage { zh, en }
    })
}
