//! `duban rollup`: the statistics of many offices, a row for each, and all together.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{
    Context, Ended,
    args::RollupArgs,
    office::{self, Office},
    output, render,
    shards::{self, Shard, each_once, reason, shown},
    stats,
};
use crate::{
    diag::{Error, Result},
    model::Period,
    settings::Settings,
    stats::{Rollup, RollupRow, rollup_csv},
    wording::{self, rollup as words},
    workbook,
};

/// A roll-up of a lower level is a few kilobytes an office; what is larger is something else.
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// Runs the command.
pub(super) fn run(context: &Context, args: &RollupArgs) -> Result<Ended> {
    let (period, lang) = (args.period.period, context.lang);
    if let Some(to) = &args.output {
        writable(to)?;
    }
    each_once(args.sources.iter().map(PathBuf::as_path))?;
    let mut sources: Vec<Result<Source>> = args.sources.iter().map(|p| Source::find(p)).collect();
    // Of one folder, what is in it is wanted side by side.
    if let [Ok(Source::Folder(Shard::Folder(_, _)))] = sources.as_slice()
        && let Some(Ok(Source::Folder(Shard::Folder(_, inside)))) = sources.pop()
    {
        sources = inside.into_iter().map(|shard| Ok(Source::Folder(shard))).collect();
    }
    let names: Vec<String> = if sources.len() == args.sources.len() {
        args.sources.iter().map(|p| shown(p)).collect()
    } else {
        sources.iter().map(|s| s.as_ref().map_or_else(|_| String::new(), Source::shown)).collect()
    };
    let offices: Vec<&Path> = sources.iter().flatten().flat_map(Source::offices).collect();
    each_once(offices.iter().copied())?;
    let counted: Vec<Row> = sources
        .into_par_iter()
        .map(|source| source.and_then(|source| source.row(context, period)))
        .collect();
    let mut rows = Vec::new();
    let mut failed: Vec<Failed> = Vec::new();
    for (name, counted) in names.into_iter().zip(counted) {
        match counted {
            Ok((row, inside)) => {
                rows.push(row);
                failed.extend(inside);
            }
            Err(error) => failed.push((name, error)),
        }
    }
    let mut left_out: Vec<(String, String)> = Vec::new();
    for (source, error) in &failed {
        let why = reason(error, lang);
        output::say(&words::failed(source, &why, lang));
        // On paper nothing stands above: the first finding of a document says what is wrong with it.
        let why = match error {
            Error::Document { findings, .. } => {
                findings.first().map_or(why, |finding| wording::message(finding, lang))
            }
            _ => why,
        };
        left_out.push((source.clone(), why));
    }
    if rows.is_empty() {
        let (zh, en) = words::nothing();
        return Err(Error::Usage { zh, en });
    }
    if let Some((first, second)) = RollupRow::counted_twice(&rows) {
        let (zh, en) = words::same_office(&first.name, &first.key, &second.key);
        return Err(Error::Usage { zh, en });
    }
    let name = args.name.as_deref().unwrap_or(words::TOTAL);
    let mut total = RollupRow::together("total", name, rows);
    let rows = std::mem::take(&mut total.rows);
    let rollup = Rollup { period, rows, total, rule: words::RULE.to_owned() };
    if let Some(to) = &args.output {
        output::write(to, &workbook::rollup(&rollup, &left_out, env!("CARGO_PKG_VERSION"))?)?;
        output::say(&words::written(&shown(to), lang));
    }
    if args.json {
        let left_out: Vec<serde_json::Value> = left_out
            .iter()
            .map(|(source, why)| serde_json::json!({ "source": source, "why": why }))
            .collect();
        let mut document = output::value(&rollup)?;
        document["left_out"] = left_out.into();
        output::print_json(&document);
    } else if args.csv {
        output::print(&rollup_csv(&rollup));
    } else {
        output::print(&render::table(&rollup_csv(&rollup)));
    }
    Ok(if failed.is_empty() { Ended::Clean } else { Ended::WithErrors })
}

/// What could not be counted, and why.
type Failed = (String, Error);

/// The row of a source, and what inside it could not be counted.
type Row = Result<(RollupRow, Vec<Failed>)>;

/// What was named: offices, or a roll-up of a lower level.
enum Source {
    Folder(Shard),
    File(PathBuf),
}

impl Source {
    fn find(path: &Path) -> Result<Self> {
        if path.is_file() {
            Ok(Self::File(path.to_owned()))
        } else {
            Shard::find(path).map(Self::Folder)
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::File(path) | Self::Folder(Shard::Office(path) | Shard::Folder(path, _)) => {
                shown(path)
            }
        }
    }

    fn offices(&self) -> Vec<&Path> {
        match self {
            Self::Folder(shard) => shard.offices(),
            Self::File(_) => Vec::new(),
        }
    }

    fn row(&self, context: &Context, period: Period) -> Row {
        match self {
            Self::Folder(shard) => of_shard(shard, context, period),
            Self::File(path) => of_file(path, period).map(|row| (row, Vec::new())),
        }
    }
}

/// The row of an office, or of the offices in a folder, and those among them that failed.
fn of_shard(shard: &Shard, context: &Context, period: Period) -> Row {
    let (path, inside) = match shard {
        Shard::Office(path) => return of_office(path, context, period).map(|r| (r, Vec::new())),
        Shard::Folder(path, inside) => (path, inside),
    };
    let counted: Vec<(String, Row)> = inside
        .par_iter()
        .map(|shard| {
            let (Shard::Office(path) | Shard::Folder(path, _)) = shard;
            (shown(path), of_shard(shard, context, period))
        })
        .collect();
    let (mut rows, mut failed) = (Vec::new(), Vec::new());
    for (name, counted) in counted {
        match counted {
            Ok((row, inside)) => {
                rows.push(row);
                failed.extend(inside);
            }
            Err(error) => failed.push((name, error)),
        }
    }
    if rows.is_empty() && failed.len() == 1 {
        // One cause, one message.
        return Err(failed.remove(0).1);
    }
    Ok((RollupRow::together(&shown(path), &folder_name(path), rows), failed))
}

fn of_office(path: &Path, context: &Context, period: Period) -> Result<RollupRow> {
    let office = Office::at(path, &context.clock)?;
    let plan = &office.plan()?.value;
    let store = office.issued_ledger(period)?;
    let stats = stats::compute(&office, plan, &store, period, None)?;
    let own = office.settings.office.name.trim();
    // An office that never entered its name is called by its folder.
    let name = if own.is_empty() || own == Settings::default().office.name {
        folder_name(path)
    } else {
        own.to_owned()
    };
    let mut row = RollupRow::of(&shown(path), &name, &stats);
    row.simulated = store.simulated()?;
    // No backup holds the key: an office that came back from one is counted, but not known again.
    if office.path(office::KEY).exists() {
        office.key()?.id().clone_into(&mut row.office_id);
    }
    Ok(row)
}

/// Refuses a place where no workbook can stand, before the long work.
fn writable(to: &Path) -> Result<()> {
    if to.is_dir() {
        return Err(Error::IsFolder(to.to_owned()));
    }
    let folder = match to.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        let cause = std::io::Error::from(std::io::ErrorKind::NotFound);
        return Err(Error::io(folder, cause));
    }
    Ok(())
}

/// What `rollup --json` printed at a lower level.
fn of_file(path: &Path, period: Period) -> Result<RollupRow> {
    let refuse = || {
        let (zh, en) = words::not_a_rollup(&shown(path));
        Error::Usage { zh, en }
    };
    let size = std::fs::metadata(path).map_err(|cause| Error::io(path, cause))?.len();
    if size > MOST_BYTES {
        return Err(refuse());
    }
    let read: Rollup = serde_json::from_slice(&output::read(path)?).map_err(|_| refuse())?;
    if read.period != period {
        let (zh, en) =
            words::other_period(&shown(path), &read.period.to_string(), &period.to_string());
        return Err(Error::Usage { zh, en });
    }
    let name = match read.total.name.as_str() {
        words::TOTAL | "" => {
            path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default()
        }
        own => own.to_owned(),
    };
    // The total is computed anew from its rows, so that a file cannot say one thing and add up to another.
    let row = RollupRow::together(&shown(path), &name, read.rows);
    if !row.is_sound() || row.rates.completion.due != read.total.rates.completion.due {
        return Err(refuse());
    }
    Ok(row)
}

/// The last name of a path.
fn folder_name(path: &Path) -> String {
    let real = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    real.file_name().map_or_else(|| shards::shown(path), |n| n.to_string_lossy().into_owned())
}
