//! `duban ledger`: dump, export, verify, back up, withdraw.

use std::collections::BTreeSet;

use super::{
    Context, Ended,
    args::{LedgerArgs, LedgerCommand, LedgerDumpArgs},
    office::Office,
    output, render,
};
use crate::{
    diag::{Code, Diagnostic, Error, Place, Result},
    ledger::{Exported, Store},
    model::{Period, Plan},
    stats, wording,
};

/// Runs one of the ledger commands.
pub(super) fn run(context: &Context, args: &LedgerArgs) -> Result<Ended> {
    let office = Office::open(context)?;
    let lang = context.lang;
    match &args.command {
        LedgerCommand::Dump(args) => dump(&office, args),
        LedgerCommand::Verify(args) => {
            let store = office.ledger_to_read()?;
            let verified = store.verify()?;
            let mut findings = verified.findings;
            findings.extend(archive(&office, &store.archived()?));
            render::findings(&findings, lang);
            if args.json {
                output::print_json(&serde_json::json!({
                    "sound": findings.is_empty(),
                    "head": verified.head,
                    "findings": render::json_list(&findings, lang),
                }));
            } else if findings.is_empty() {
                output::print(&wording::cli::ledger_sound(&verified.head, lang));
            }
            Ok(Ended::by(&findings))
        }
        LedgerCommand::Backup(args) => {
            if args.file.exists() {
                let (zh, en) = wording::cli::backup_exists(&args.file.to_string_lossy());
                return Err(Error::Usage { zh, en });
            }
            office.ledger_to_read()?.backup(&args.file)?;
            output::print(&wording::cli::backed_up(&args.file.to_string_lossy(), lang));
            Ok(Ended::Clean)
        }
        LedgerCommand::Withdraw(args) => {
            let withdrawn = office.ledger()?.withdraw(&args.sha, &args.reason, office.now)?;
            for row in withdrawn {
                output::print(&wording::cli::withdrawn(&row.file, lang));
            }
            Ok(Ended::Clean)
        }
        LedgerCommand::Export(args) => {
            let plan = &office.plan()?.value;
            let store = office.ledger_to_read()?;
            let mut files = store.export(plan, None)?;
            files.extend(judged(&office, plan, &store)?);
            let files: Vec<_> =
                files.into_iter().map(|(name, bytes)| (args.dir.join(name), bytes)).collect();
            output::write_all(&files)?;
            output::print(&wording::cli::exported(files.len(), &args.dir.to_string_lossy(), lang));
            Ok(Ended::Clean)
        }
    }
}

/// The judged tables of every period with anything in it.
fn judged(office: &Office, plan: &Plan, store: &Store) -> Result<Vec<Exported>> {
    let mut files = Vec::new();
    let mut told: BTreeSet<Period> = BTreeSet::new();
    let periods = store.periods()?;
    // The statistics of a period hold those of the same length before it.
    for period in periods.iter().rev() {
        if told.contains(period) {
            continue;
        }
        let stats = super::stats::compute(office, plan, store, *period, None)?;
        for rows in stats.past.iter().chain([&stats.now]) {
            if periods.contains(&rows.period) && told.insert(rows.period) {
                files.extend(stats::export(rows, &plan.in_force(rows.period))?);
            }
        }
    }
    Ok(files)
}

/// Archived originals that are missing or no longer match the hash they were taken in with.
fn archive(office: &Office, kept: &[(String, String)]) -> Vec<Diagnostic> {
    let kept = kept.iter().filter(|(path, _)| !path.is_empty());
    kept.filter_map(|(path, sha256)| archived(office, path, sha256).err().map(|f| *f)).collect()
}

/// The bytes of an archived original, or the finding that it is missing or was altered.
pub(super) fn archived(
    office: &Office,
    path: &str,
    sha256: &str,
) -> std::result::Result<Vec<u8>, Box<Diagnostic>> {
    let code = match output::read(&office.path(path)) {
        Ok(bytes) if output::sha256(&bytes) == sha256 => return Ok(bytes),
        Ok(_) => Code::ArchiveAltered,
        Err(_) => Code::ArchiveMissing,
    };
    Err(Box::new(Diagnostic::new(code, Place::File { file: path.to_owned() }, path)))
}

fn dump(office: &Office, args: &LedgerDumpArgs) -> Result<Ended> {
    let period = args.period.period;
    let registry = office.plan()?.value.with_successions();
    let rows = office.ledger_to_read()?.dump(period, &registry, None)?;
    if args.csv {
        output::print(&csv_of(&output::value(&rows)?));
    } else {
        // One record per cell is a document for programs; --json is what it prints without being asked, too.
        output::print_json(&output::value(&rows)?);
    }
    Ok(Ended::Clean)
}

/// A list of flat records as CSV: BOM, and text that begins like a formula defused by an apostrophe.
fn csv_of(rows: &serde_json::Value) -> String {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(vec![0xef, 0xbb, 0xbf]);
    let rows = rows.as_array().map(Vec::as_slice).unwrap_or_default();
    let cell = |value: &serde_json::Value| match value {
        serde_json::Value::Null => String::new(),
        serde_json::Value::String(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
            format!("'{text}")
        }
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if let Some(first) = rows.first().and_then(serde_json::Value::as_object) {
        // Writing into memory cannot fail.
        let _infallible = writer.write_record(first.keys());
    }
    for row in rows.iter().filter_map(serde_json::Value::as_object) {
        let _infallible = writer.write_record(row.values().map(cell));
    }
    writer
        .into_inner()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}
