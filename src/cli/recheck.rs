//! `duban ingest --recheck`: what today's rules would judge otherwise, from the archived originals.

use rayon::prelude::*;
use serde_json::{Value, json};

use super::{
    Context, Ended, args::IngestArgs, feedback, judge::Judge, ledger::archived, month::Month,
    office::Office, output, progress, render,
};
use crate::{
    diag::{Diagnostic, Place, Result, Severity},
    intake::FileFacts,
    ledger::{FindingRow, Incoming, Otherwise, Rejudged, Run, SubmissionRow, rejudged},
    model::Answer,
    template::{FormSpec, LabelKey},
    wording::{self, Lang, recheck as words},
};

/// A return that today's rules judge otherwise.
struct Differing {
    recorded: SubmissionRow,
    /// What was noticed when it was recorded.
    noticed: Vec<FindingRow>,
    now: Incoming,
    /// The findings behind its joined ones.
    single: Vec<Diagnostic>,
    cells: Vec<Rejudged>,
}

/// Runs `duban ingest --recheck`: reads every return in force anew from the archive and compares. Nothing is
/// changed without `--apply`; with it, each return that differs becomes a further revision of the same bytes.
pub(super) fn run(context: &Context, args: &IngestArgs) -> Result<Ended> {
    let office = Office::open(context)?;
    let period = args.period.period;
    let lang = context.lang;
    // Looking first: a mistyped period must not make a ledger.
    office.issued_ledger(period)?;
    let mut month = Month::open(&office, period)?;
    let judge = Judge::new(&office, &month, &office.plan()?.value)?;
    let mut standing = month.store.submissions(period, None)?;
    standing.retain(SubmissionRow::stands);
    let (differing, findings) = compare(&office, &month, &judge, standing.clone(), lang)?;
    render::findings(&findings, lang);
    let mut written = 0;
    if args.apply && !differing.is_empty() {
        let files = differing.iter().map(|d| d.now.clone()).collect();
        let run = Run { period, files, findings: findings.clone() };
        let appended = month.store.append_rechecked(&run, office.now)?;
        let single = differing.iter().map(|d| (d.now.file.clone(), d.single.clone())).collect();
        let expected = &judge.expected;
        written = feedback::write(&office, &month, expected, &run.files, &single, &appended.head)?;
    }
    let checked = standing.len() - findings.len();
    if args.json {
        let files: Vec<Value> =
            differing.iter().map(|d| file_json(d, lang)).collect::<Result<_>>()?;
        let count = |o: Otherwise| {
            differing.iter().flat_map(|d| &d.cells).filter(|c| c.otherwise == o).count()
        };
        output::print_json(&json!({
            "period": period,
            "applied": args.apply,
            "files": files,
            "findings": render::json_list(&findings, lang),
            "summary": {
                "checked": checked,
                "differing": differing.len(),
                "changed": count(Otherwise::Changed),
                "withheld": count(Otherwise::Withheld),
                "taken": count(Otherwise::Taken),
                "moved": count(Otherwise::Moved),
                "feedback": written,
            },
        }));
    } else {
        let files: Vec<words::File> =
            differing.iter().map(|d| told(d, &month.spec)).collect::<Result<_>>()?;
        output::print(&words::result(
            &wording::cli::period_named(period, context.lang),
            checked,
            &files,
            args.apply,
            lang,
        ));
    }
    Ok(Ended::by(&findings))
}

/// Judges the archived originals anew; gives those that differ, and findings for originals that are missing or
/// altered, which are left as they are.
fn compare(
    office: &Office,
    month: &Month<'_>,
    judge: &Judge,
    standing: Vec<SubmissionRow>,
    lang: Lang,
) -> Result<(Vec<Differing>, Vec<Diagnostic>)> {
    let bar = progress::bar(standing.len(), words::rechecking(lang));
    let read: Vec<_> = standing
        .into_par_iter()
        .map(|recorded| {
            let seat = judge.seat(recorded.size);
            let now = archived(office, &recorded.archive, &recorded.sha256).map(|bytes| {
                let _seat = judge.seat_for(&bytes, false, seat);
                judged(judge, &recorded, &bytes)
            });
            bar.inc(1);
            (recorded, now)
        })
        .collect();
    bar.finish_and_clear();
    let mut differing = Vec::new();
    let mut findings = Vec::new();
    for (recorded, now) in read {
        let (now, single) = match now {
            Ok(now) => now,
            Err(finding) => {
                findings.push(*finding);
                continue;
            }
        };
        let entries = now.answers.as_ref().map_or(&[][..], |a| &a.entries);
        let cells = rejudged(&month.store.entries_of(recorded.id)?, entries);
        if !cells.is_empty() || recorded.outcome != now.outcome || recorded.unit != now.unit {
            let noticed = month.store.findings_of(recorded.id)?;
            differing.push(Differing { recorded, noticed, now, single, cells });
        }
    }
    Ok((differing, findings))
}

/// The same bytes by today's rules, and the findings behind joined ones; when and how the file came stays as recorded.
fn judged(judge: &Judge, recorded: &SubmissionRow, bytes: &[u8]) -> (Incoming, Vec<Diagnostic>) {
    let facts = FileFacts {
        path: recorded.file.clone(),
        sha256: recorded.sha256.clone(),
        received_at: recorded.received_at,
        presumed: recorded.presumed,
        on_behalf: recorded.on_behalf.clone(),
    };
    let mut checked = judge.read(bytes, crate::sheet::sniff(bytes), &facts);
    let single = std::mem::take(&mut checked.value.single);
    let (archive, size) = (recorded.archive.clone(), recorded.size);
    (Incoming::new(facts, archive, size, checked.value, checked.findings), single)
}

/// The finding that speaks of a cell: today's of the cell or its item, and for a cell that is taken in now, the
/// recorded one.
fn spoken(differing: &Differing, cell: &Rejudged) -> Option<Diagnostic> {
    let of_cell = |f: &Diagnostic| match &f.place {
        Place::Cell { sheet, cell: at, .. } => *sheet == cell.sheet && *at == cell.cell,
        _ => false,
    };
    let item = cell.item.map(|i| i.to_string());
    let of_item = |f: &Diagnostic| {
        item.as_ref().is_some_and(|item| f.args.iter().any(|(n, v)| *n == "item" && v == item))
    };
    let recorded: Vec<Diagnostic>;
    let findings = if cell.otherwise == Otherwise::Taken {
        recorded = differing.noticed.iter().filter_map(FindingRow::diagnostic).collect();
        &recorded
    } else {
        &differing.now.findings
    };
    let errors = || findings.iter().filter(|f| f.severity() == Severity::Error);
    errors()
        .find(|f| of_cell(f))
        .or_else(|| findings.iter().find(|f| of_cell(f)))
        .or_else(|| errors().find(|f| of_item(f)))
        .cloned()
}

fn file_json(differing: &Differing, lang: Lang) -> Result<Value> {
    let cells = differing
        .cells
        .iter()
        .map(|cell| {
            let mut told = output::value(cell)?;
            let finding = spoken(differing, cell);
            told["code"] = json!(finding.as_ref().map(|f| f.code.printed()));
            told["message"] = json!(finding.as_ref().map(|f| wording::message(f, lang)));
            Ok(told)
        })
        .collect::<Result<Vec<_>>>()?;
    Ok(json!({
        "path": differing.recorded.file,
        "sha256": differing.recorded.sha256,
        "unit": { "recorded": differing.recorded.unit, "now": differing.now.unit },
        "outcome": { "recorded": differing.recorded.outcome, "now": differing.now.outcome },
        "cells": cells,
    }))
}

fn told(differing: &Differing, spec: &FormSpec) -> Result<words::File> {
    let outcomes = [differing.recorded.outcome, differing.now.outcome]
        .map(|o| output::value(&o).map(|v| v.as_str().unwrap_or_default().to_owned()));
    let [then, now] = outcomes;
    let (then, now) = (then?, now?);
    let cells = differing.cells.iter().map(|cell| {
        let heading = spec
            .field(cell.field)
            .map(|c| c.heading.clone())
            .or_else(|| spec.label(LabelKey::Field(cell.field)).map(|l| l.text.clone()));
        let stored = |a: &Option<Answer>| a.as_ref().map(Answer::stored);
        // A value that is none is a blank cell, unless the cell was or is withheld.
        let blank = |a: &Option<Answer>| Some(stored(a).unwrap_or_default());
        let (recorded, now) = match cell.otherwise {
            Otherwise::Taken => (None, blank(&cell.now)),
            Otherwise::Withheld => (blank(&cell.recorded), None),
            Otherwise::Changed | Otherwise::Moved => (blank(&cell.recorded), blank(&cell.now)),
        };
        words::Cell {
            sheet: cell.sheet.clone(),
            cell: cell.cell.clone(),
            item: cell.item.map(|i| i.to_string()),
            heading: heading.unwrap_or_else(|| cell.field.key().to_owned()),
            raw: cell.raw.clone(),
            otherwise: cell.otherwise.key(),
            recorded,
            now,
            code: spoken(differing, cell).map(|f| f.code.printed().to_owned()),
        }
    });
    let unit = differing.now.unit.as_ref().or(differing.recorded.unit.as_ref());
    Ok(words::File {
        path: differing.recorded.file.clone(),
        unit: unit.map(ToString::to_string).unwrap_or_default(),
        outcomes: (then != now).then_some((then, now)),
        cells: cells.collect(),
    })
}
