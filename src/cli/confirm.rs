//! `duban confirm`: the office's word on a completed task (销号).

use super::{Context, Ended, args::ConfirmArgs, office::Office, output, who};
use crate::{diag::Result, wording};

/// Runs the command.
pub(super) fn run(context: &Context, args: &ConfirmArgs) -> Result<Ended> {
    let office = Office::open(context)?;
    let period = args.period.period;
    let plan = &office.plan()?.value;
    let in_force = plan.in_force(period);
    let named = who::task(plan, &in_force, args.task, period)?;
    let reason = args.reason.as_deref().unwrap_or_default();
    office.ledger()?.confirm(named.no, period, !args.reject, reason, office.now)?;
    output::print(&wording::cli::confirmed(
        args.task,
        &named.short,
        &wording::cli::period_named(period, context.lang),
        !args.reject,
        context.lang,
    ));
    Ok(Ended::Clean)
}
