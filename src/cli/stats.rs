//! `duban stats`: completion, schedule, workload.

use super::{
    Context, Ended,
    args::{By, StatsArgs},
    office::Office,
    output, stats_table,
};
use crate::{
    diag::Result,
    ledger::{Facts, Store},
    model::{Period, Plan},
    stats::{self, Input, PeriodStats},
};

/// Runs the command.
pub(super) fn run(context: &Context, args: &StatsArgs) -> Result<Ended> {
    let office = Office::open(context)?;
    let plan = &office.plan()?.value;
    let store = office.ledger_to_read()?;
    let stats = compute(&office, plan, &store, args.period.period, None)?;
    office.note_if_not_over(args.period.period, context.lang);
    let by = match args.by {
        By::Leader => stats::By::Leader,
        By::Unit => stats::By::Unit,
        By::Section => stats::By::Section,
        By::Task => stats::By::Task,
    };
    if args.json {
        output::print_json(&stats::json(&stats, by));
    } else if args.csv {
        output::print(&stats::csv(&stats, by));
    } else {
        let in_force = plan.in_force(args.period.period);
        output::print(&stats_table::text(&stats::json(&stats, by), &in_force, context.lang));
    }
    Ok(Ended::Clean)
}

/// The statistics of a period, as the office knew it at `as_of`.
///
/// # Errors
/// The ledger cannot be read; polars refuses.
pub(super) fn compute(
    office: &Office,
    plan: &Plan,
    store: &Store,
    period: Period,
    as_of: Option<jiff::Timestamp>,
) -> Result<PeriodStats> {
    let facts = store.facts(plan, &office.settings, period, as_of)?;
    of_facts(office, plan, period, &facts)
}

/// The statistics of a period from what the ledger knows.
///
/// # Errors
/// Polars refuses.
pub(super) fn of_facts(
    office: &Office,
    plan: &Plan,
    period: Period,
    facts: &Facts,
) -> Result<PeriodStats> {
    stats::compute(&Input {
        plan,
        period,
        settings: &office.settings,
        facts: &facts.facts,
        confirmations: &facts.confirmations,
        filings: &facts.filings,
    })
}
