//! `duban report`: the statistic workbooks.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use rayon::prelude::*;
use serde_json::json;

use super::{
    Context, Ended,
    args::ReportArgs,
    clock,
    office::{Office, Stage},
    output, progress, stats,
    templates::short,
    who,
};
use crate::{
    diag::{Error, Result},
    ledger::Accepted,
    model::{Field, Period, TaskNo, UnitId},
    plan,
    wording::{self, Lang},
    workbook::{self, Report, Source, Texts, Versions, Workbooks},
};

/// Which workbooks are wanted besides the office's and the leaders'.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted {
    /// Units by name; `Some` of nothing means all units that led something.
    pub(super) units: Option<Vec<String>>,
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &ReportArgs) -> Result<Ended> {
    let office = Office::open(context)?;
    let period = args.period.period;
    let offset = office.settings.offset();
    let as_of = args.as_of.as_deref().map(|t| clock::parse_time(t, offset)).transpose()?;
    // `--for unit` asks for every unit's workbook; names after it for theirs.
    let units = args.r#for.clone().map(|names| names.into_iter().filter(|n| n != "unit").collect());
    let files = write(&office, period, as_of, &Wanted { units }, context.lang)?;
    office.note_if_not_over(period, context.lang);
    if args.json {
        output::print_json(&json!({ "period": period, "files": files }));
    } else {
        let folder = office.relative(&office.folder(Stage::Reports, period));
        output::print(&wording::cli::reported(&files, &folder, context.lang));
    }
    Ok(Ended::Clean)
}

/// Writes the workbooks of a period, all or none; gives their paths, the office's first.
///
/// Content depends on ledger, plan, settings and `as_of` alone.
///
/// # Errors
/// Nothing was issued for the period; a workbook that is open elsewhere (the old set stays); what the system says.
pub(super) fn write(
    office: &Office,
    period: Period,
    as_of: Option<Timestamp>,
    wanted: &Wanted,
    lang: Lang,
) -> Result<Vec<String>> {
    let report = assemble(office, period, as_of)?;
    let leaders: Vec<&str> = report.stats.now.leaders.iter().map(|l| l.key.as_str()).collect();
    let units = units(&report, wanted)?;
    let bar = progress::bar(1 + leaders.len() + units.len(), wording::cli::writing_reports(lang));
    let one = |written: Result<workbook::Written>| {
        bar.inc(1);
        written
    };
    // The office's workbook is the longest work: the leaders' are written beside it.
    let books = Workbooks::new(&report);
    let (main, others) = rayon::join(
        || one(books.office()),
        || {
            let leaders = leaders.par_iter().map(|name| one(books.leader(name)));
            let units = units.par_iter().map(|unit| one(books.unit(unit)));
            leaders.chain(units).collect::<Result<Vec<_>>>()
        },
    );
    bar.finish_and_clear();
    let folder = office.folder(Stage::Reports, period);
    let mut files: Vec<(PathBuf, Vec<u8>)> = Vec::new();
    let written: Vec<_> = std::iter::once(main?).chain(others?).collect();
    for (name, bytes) in workbook::told_apart(written) {
        let path = folder.join(name);
        if let Some(lock) = held_open(&path) {
            let (zh, en) = wording::cli::held_open(&office.relative(&path), &lock);
            return Err(Error::Usage { zh, en });
        }
        files.push((path, bytes));
    }
    output::write_all(&files)?;
    let old = left_over(&folder, period, &files)?;
    if !old.is_empty() {
        output::say(&wording::cli::left_over(&old, lang));
    }
    if !report.filings.iter().any(|f| f.received) {
        output::say(wording::cli::nothing_received(lang));
    }
    Ok(files.iter().map(|(path, _)| office.relative(path)).collect())
}

/// Workbooks of the period that an earlier run left and this one did not write anew: of a leader who is no longer in
/// the plan, of units that were asked for then. They say what was true at their time, so they are named, not removed.
fn left_over(folder: &Path, period: Period, files: &[(PathBuf, Vec<u8>)]) -> Result<Vec<String>> {
    let failed = |e| Error::io(folder, e);
    let tail = format!("_{period}.xlsx");
    let mut old = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name().to_string_lossy().into_owned();
        let written = || files.iter().any(|(path, _)| path.ends_with(&name));
        if name.ends_with(&tail) && !name.starts_with(['~', '.']) && !written() {
            old.push(name);
        }
    }
    old.sort();
    Ok(old)
}

/// The lock file that Excel, WPS or LibreOffice keeps beside an open workbook; the workbook's own name where the
/// system refuses to write it, as Windows does while it is open.
fn held_open(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    let locks = [format!("~${name}"), format!(".~lock.{name}#")];
    let lock = locks.into_iter().find(|lock| path.with_file_name(lock).exists());
    let refused = || path.exists() && std::fs::OpenOptions::new().append(true).open(path).is_err();
    lock.or_else(|| refused().then_some(name))
}

/// The units whose workbooks are wanted.
fn units(report: &Report, wanted: &Wanted) -> Result<Vec<UnitId>> {
    let Some(names) = &wanted.units else { return Ok(Vec::new()) };
    if names.is_empty() {
        return Ok(report.stats.now.units.iter().map(|u| UnitId(u.key.clone())).collect());
    }
    names
        .iter()
        .map(|name| {
            let named = who::unit(&report.plan.registry, name)?;
            Ok(report.plan.registry.in_charge(&named.id, report.period).clone())
        })
        .collect()
}

/// Everything the workbooks are made from.
fn assemble(office: &Office, period: Period, as_of: Option<Timestamp>) -> Result<Report> {
    let plan = &office.plan()?.value;
    let store = office.issued_ledger(period)?;
    let (facts, standing) = store.facts_with_sources(plan, &office.settings, period, as_of)?;
    let stats = stats::of_facts(office, plan, period, &facts)?;
    let moment = match as_of {
        Some(as_of) => Some(as_of),
        None => store.last_ingest()?,
    };
    let in_force = plan.in_force(period);
    // Before anything came in, nothing is late or missing yet: the state is that of the period's end.
    let seen_at = moment.unwrap_or_else(|| end_of(office, period));
    let status = store.status(period, &in_force.registry, &office.settings, seen_at, as_of)?;
    Ok(Report {
        withdrawn: plan.withdrawn(period),
        settings: office.settings.clone(),
        period,
        as_of: moment,
        simulated: store.simulated()?,
        versions: Versions {
            plan: short(&plan::version(plan)),
            ledger: short(&store.head()?),
            program: env!("CARGO_PKG_VERSION").to_owned(),
        },
        stats,
        states: status.units,
        filings: facts.filings_of(period),
        texts: texts(&standing),
        sources: sources(standing),
        plan: in_force,
    })
}

/// The first moment after the period's cut-off date.
fn end_of(office: &Office, period: Period) -> Timestamp {
    let day = office.settings.cut_off(period);
    let day = day.tomorrow().unwrap_or(day);
    let midnight = day.to_datetime(jiff::civil::Time::midnight());
    office.settings.offset().to_timestamp(midnight).unwrap_or(office.now)
}

/// What units wrote in this period, by task and unit.
fn texts(standing: &[Accepted]) -> BTreeMap<(TaskNo, UnitId), Texts> {
    let mut texts: BTreeMap<(TaskNo, UnitId), Texts> = BTreeMap::new();
    for fact in standing.iter().map(|a| &a.fact) {
        let said = Some(fact.answer.stored());
        let of = || (fact.item.task, fact.unit.clone());
        match fact.field {
            Field::Narrative => texts.entry(of()).or_default().narrative = said,
            Field::Problems => texts.entry(of()).or_default().problems = said,
            Field::Coordination => texts.entry(of()).or_default().coordination = said,
            Field::NextSteps => texts.entry(of()).or_default().next_steps = said,
            _ => {}
        }
    }
    texts
}

/// Where each counted value stands.
fn sources(standing: Vec<Accepted>) -> Vec<Source> {
    standing
        .into_iter()
        .map(|a| Source {
            unit: a.fact.unit,
            item: a.fact.item,
            field: a.fact.field,
            value: a.fact.answer.stored(),
            raw: a.source.raw,
            file: a.source.file,
            sheet: a.source.sheet,
            cell: a.source.cell,
            received_at: a.fact.received_at,
            period: a.fact.period,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workbooks_of_an_earlier_run_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let names = ["综合统计_2024-03.xlsx", "领导_离任者_2024-03.xlsx", "笔记.xlsx"];
        for name in names.iter().chain(&["~$综合统计_2024-03.xlsx", "综合统计_2024-02.xlsx"])
        {
            std::fs::write(folder.path().join(name), "").expect("a file");
        }
        let files = [(folder.path().join(names[0]), Vec::new())];
        let period = "2024-03".parse().expect("a period");
        let old = left_over(folder.path(), period, &files).expect("read");
        assert_eq!(old, [names[1]]);
    }
}
