//! `duban status`: who returned, who is late, who is missing.

use super::{Context, Ended, args::StatusArgs, office::Office, output};
use crate::{diag::Result, wording};

/// Runs the command.
pub(super) fn run(context: &Context, args: &StatusArgs) -> Result<Ended> {
    let office = Office::open(context)?;
    let period = args.period.period;
    let registry = office.plan()?.value.with_successions();
    let store = office.issued_ledger(period)?;
    let status = store.status(period, &registry, &office.settings, office.now, None)?;
    if args.json {
        output::print_json(&output::value(&status)?);
        return Ok(Ended::Clean);
    }
    let offset = office.settings.offset();
    let rows: Vec<wording::cli::StateRow> = status
        .units
        .iter()
        .map(|u| wording::cli::StateRow {
            unit: u.unit.to_string(),
            state: u.state.key(),
            received: u
                .received_at
                .map(|t| offset.to_datetime(t).strftime("%m-%d %H:%M").to_string()),
            days_late: u.days_late,
            errors: u.errors,
            warnings: u.warnings,
            granted: match (&u.exempt, &u.extended) {
                (Some(why), _) => Some(wording::grants::exempt_because(why, context.lang)),
                (None, Some(why)) => {
                    Some(wording::grants::extended_because(&u.due.to_string(), why, context.lang))
                }
                (None, None) => None,
            },
        })
        .collect();
    let counts = [status.expected, status.received, status.on_time, status.late];
    output::print(&wording::cli::status(
        &wording::cli::period_named(period, context.lang),
        &status.due.to_string(),
        counts,
        &rows,
        context.lang,
    ));
    Ok(Ended::Clean)
}
