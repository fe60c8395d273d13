//! `duban confirm`: the office's word on a completed task (销号).

use super::{Context, Ended, args::ConfirmArgs, office::Office, output};
use crate::{
    diag::{Error, Result},
    model::TaskNo,
    wording,
};

/// Runs the command.
pub(super) fn run(context: &Context, args: &ConfirmArgs) -> Result<Ended> {
    let office = Office::open(context)?;
    let period = args.period.period;
    let task = TaskNo(args.task);
    let plan = office.plan()?.value.in_force(period);
    let Some(named) = plan.task(task) else {
        let (zh, en) = wording::cli::no_such_task(args.task, &period.to_string());
        return Err(Error::Usage { zh, en });
    };
    let reason = args.reason.as_deref().unwrap_or_default();
    office.ledger()?.confirm(task, period, !args.reject, reason, office.now)?;
    output::print(&wording::cli::confirmed(
        args.task,
        &named.short,
        &period.zh(),
        !args.reject,
        context.lang,
    ));
    Ok(Ended::Clean)
}
