//! `duban demo`: three months on the sample plan, seed and clock fixed.

use std::path::Path;

use super::{
    Context, Ended, clock::Clock, init, office, office::Office, output, rehearse, report, stats,
};
use crate::{
    diag::{Diagnostic, Error, Result},
    model::{Frequency, Period, Plan},
    plan,
    stats::Class,
    template::Key,
    wording,
};

/// The sample plan of an invented district.
const PLAN: &str = include_str!("../../samples/plan.md");
/// Its units, groups and leaders.
const REGISTRY: &str = include_str!("../../samples/registry.toml");
/// Seed of the demo: everything in it follows from this number.
const SEED: u64 = 20_240_157;
/// The months it plays.
const MONTHS: [&str; 3] = ["2024-01", "2024-02", "2024-03"];
/// Indicators whose statistics come out once a quarter: the office says so when it reviews the plan.
const QUARTERLY: [&str; 2] = ["生产总值", "可支配收入"];
/// When the demo's office is set up.
const START: &str = "2024-01-30T09:00:00";
/// A file that marks a folder as made by the demo, so that only such a folder is ever replaced.
const MARK: &str = ".duban-demo";

/// Plays the months and says which files to open.
pub(super) fn run(context: &Context, dir: &Path) -> Result<Ended> {
    let lang = context.lang;
    prepare(dir)?;
    init::make(dir, &Key::demo_bytes(SEED))?;
    output::write(&dir.join(MARK), wording::cli::DEMO_MARK.as_bytes())?;
    let mut plan = plan::import(PLAN.as_bytes(), "plan.md")?;
    let mut findings = plan::apply_registry(&mut plan.value, REGISTRY, "registry.toml")?;
    review(&mut plan.value);
    findings.extend(plan::check(&plan.value));
    output::write(&dir.join(office::PLAN), &plan::write_workbook(&plan.value)?)?;
    // Everything printed from the first form on says 模拟数据.
    let first = Office::at(dir, &Clock::fixed(START))?;
    first.ledger()?.mark_simulated(first.now)?;
    let mut months = Vec::new();
    for month in MONTHS {
        let period: Period = month.parse().map_err(|_| Error::Frame(month.to_owned()))?;
        months.push(play(context, dir, period, &mut findings)?);
    }
    output::print(&wording::cli::demo_done(&dir.to_string_lossy(), &months, lang));
    Ok(Ended::by(&findings))
}

/// What the office decides while it reviews the imported plan.
fn review(plan: &mut Plan) {
    for indicator in plan.tasks.iter_mut().flat_map(|t| &mut t.indicators) {
        if QUARTERLY.iter().any(|name| indicator.name.contains(name)) {
            indicator.frequency = Frequency::Quarterly;
        }
    }
}

/// The office goes and sees what was reported done last month, and confirms it (销号).
fn confirm(office: &Office, period: Period) -> Result<()> {
    let plan = &office.plan()?.value;
    let mut store = office.ledger()?;
    let before = stats::compute(office, plan, &store, period.previous(), None)?;
    for task in before.now.tasks.iter().filter(|t| t.class == Class::Done && !t.confirmed) {
        store.confirm(task.no, period, true, wording::rehearsal::SEEN, office.now)?;
    }
    Ok(())
}

/// One month: forms on the period's first days, returns around the due date, intake and report after it.
fn play(
    context: &Context,
    dir: &Path,
    period: Period,
    findings: &mut Vec<Diagnostic>,
) -> Result<wording::cli::DemoMonth> {
    let (forms, sent) = rehearse::send(dir, period, SEED, false, context.lang)?;
    let (taking, taken) = rehearse::take(dir, period, context.lang)?;
    let (errors, warnings, _) = super::render::counts(taken.findings());
    findings.extend(taken.findings().cloned());
    if MONTHS.first() != Some(&period.to_string().as_str()) {
        confirm(&taking, period)?;
    }
    let reports = report::write(&taking, period, None, &report::Wanted::default(), context.lang)?;
    Ok(wording::cli::DemoMonth {
        period: wording::cli::period_named(period, context.lang),
        forms: forms.files.len(),
        returns: sent.files,
        errors,
        warnings,
        reports,
    })
}

/// Empties a folder that the demo made; refuses any other that is not empty.
fn prepare(dir: &Path) -> Result<()> {
    if dir.is_file() {
        return Err(Error::IsFile(dir.to_owned()));
    }
    if !dir.exists() {
        return Ok(());
    }
    let failed = |cause| Error::Io { path: dir.to_owned(), cause };
    let empty = std::fs::read_dir(dir).map_err(failed)?.next().is_none();
    if empty {
        return Ok(());
    }
    if !dir.join(MARK).is_file() {
        return Err(Error::Foreign(dir.to_owned()));
    }
    std::fs::remove_dir_all(dir).map_err(failed)
}
