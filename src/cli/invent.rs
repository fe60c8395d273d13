//! `duban simulate --units N --tasks M --periods K`: an office of any size with forms and returns.

use std::path::Path;

use serde_json::json;

use super::{
    Context, Ended, args::SimulateArgs, clock::Clock, init, office, office::Office, output,
    rehearse, render,
};
use crate::{
    diag::{Error, Result},
    model::Period,
    plan,
    rehearsal::{self, Size},
    template::Key,
    wording,
};

/// The first period where none is named.
const FIRST: &str = "2024-01";

/// Makes the office in a folder that is empty or not there, then plays its periods: every one but the last is taken
/// in, so that the next forms print what was reported; the last one's returns are left for `ingest`.
pub(super) fn run(context: &Context, args: &SimulateArgs, units: u32, tasks: u32) -> Result<Ended> {
    let (dir, lang) = (&context.directory, context.lang);
    let periods = periods(args)?;
    let size = Size { units, tasks, year: periods[0].year(), seed: args.seed };
    require_empty(dir)?;
    init::make(dir, &Key::demo_bytes(args.seed))?;
    let plan = rehearsal::invent(&size);
    output::write(&dir.join(office::PLAN), &plan::write_workbook(&plan)?)?;
    let office = Office::at(dir, &Clock::fixed(&format!("{}T08:00:00", periods[0].first_day())))?;
    office.ledger()?.mark_simulated(office.now)?;
    let mut rows = Vec::new();
    let mut lines = Vec::new();
    for (n, period) in periods.iter().enumerate() {
        let (forms, sent) = rehearse::send(dir, *period, args.seed, args.messy, lang)?;
        let taken = if n + 1 < periods.len() {
            let (_, taken) = rehearse::take(dir, *period, lang)?;
            Some(render::counts(taken.findings()))
        } else {
            None
        };
        rows.push(json!({
            "period": period,
            "forms": forms.files.len(),
            "files": sent.files,
            "missing": sent.missing,
            "late": sent.late,
            "planted": sent.planted,
            "manifest": sent.manifest,
            "taken": taken.is_some(),
        }));
        lines.push((
            wording::cli::period_named(*period, context.lang),
            forms.files.len(),
            sent.files,
            taken.map(|(e, w, _)| (e, w)),
        ));
    }
    let shown = dir.to_string_lossy();
    if args.json {
        output::print_json(&json!({
            "dir": shown, "units": units, "tasks": tasks, "seed": args.seed, "periods": rows,
        }));
    } else {
        let size = (plan.registry.units.len(), plan.tasks.len());
        output::print(&wording::cli::office_invented(&shown, size, &lines, lang));
    }
    Ok(Ended::Clean)
}

/// The periods to play: from the one named on, all in the plan's year, which ends with the last of its length.
fn periods(args: &SimulateArgs) -> Result<Vec<Period>> {
    let first = match args.period {
        Some(period) => period,
        None => FIRST.parse().map_err(|_| Error::Frame(FIRST.to_owned()))?,
    };
    let mut periods = vec![first];
    for _ in 1..args.periods.unwrap_or(1) {
        let next = periods[periods.len() - 1].next();
        if next.year() != first.year() {
            let (zh, en) = wording::cli::beyond_the_year(&first.to_string(), periods.len());
            return Err(Error::Usage { zh, en });
        }
        periods.push(next);
    }
    Ok(periods)
}

/// Refuses a folder that holds anything.
fn require_empty(dir: &Path) -> Result<()> {
    if dir.is_file() {
        return Err(Error::IsFile(dir.to_owned()));
    }
    let holds = |cause| Error::Io { path: dir.to_owned(), cause };
    if dir.is_dir() && std::fs::read_dir(dir).map_err(holds)?.next().is_some() {
        return Err(Error::Foreign(dir.to_owned()));
    }
    Ok(())
}
