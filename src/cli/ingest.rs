//! `duban ingest`: take returns in, record them, say what to mend.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use rayon::prelude::*;
use serde_json::json;

use super::{
    Context, Ended,
    args::IngestArgs,
    clock, feedback,
    gather::{self, Found},
    judge::Judge,
    month::Month,
    office::{Office, Stage},
    output, progress, render, shards,
};
use crate::{
    diag::{Code, Diagnostic, Error, Place, Result},
    intake::{self, Arrived, CellCount, Expected, FileFacts, Held, OnBehalf, Outcome, Standing},
    ledger::{self, Incoming, Run, Store, SubmissionRow, Taken},
    model::{Period, Plan, UnitId},
    sheet::{self, FileKind},
    wording::{self, Lang},
};

/// What was given on the command line besides the files.
#[derive(Clone, Debug, Default)]
pub(super) struct Given {
    /// `--received-at`.
    pub(super) received_at: Option<Timestamp>,
    /// `--on-behalf` with its reason.
    pub(super) on_behalf: Option<OnBehalf>,
    /// Without a progress bar of its own: several runs go on at once.
    pub(super) quiet: bool,
}

/// What a run of ingest did.
pub(super) struct Ingested {
    /// Files in order of their paths.
    pub(super) files: Vec<Incoming>,
    /// Findings that belong to no file taken in.
    pub(super) findings: Vec<Diagnostic>,
    /// Files of feedback written.
    pub(super) feedback: usize,
}

impl Ingested {
    /// Every finding of the run.
    pub(super) fn findings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter().chain(self.files.iter().flat_map(|f| &f.findings))
    }

    /// Files with that outcome.
    pub(super) fn count(&self, outcome: Outcome) -> usize {
        self.files.iter().filter(|f| f.outcome == outcome).count()
    }

    /// Values taken in.
    pub(super) fn entries(&self) -> usize {
        self.files.iter().map(entries).sum()
    }
}

/// Runs the command.
pub(super) fn run(context: &Context, args: &IngestArgs) -> Result<Ended> {
    if let Some(dirs) = &args.offices {
        let given = Given { quiet: true, ..Given::default() };
        return shards::ingest(context, args.period.period, dirs, &given, args.json);
    }
    let office = Office::open(context)?;
    let period = args.period.period;
    let lang = context.lang;
    let offset = office.settings.offset();
    let received_at =
        args.received_at.as_deref().map(|t| clock::parse_time(t, offset)).transpose()?;
    let on_behalf = args.on_behalf.as_ref().map(|name| OnBehalf {
        name: name.clone(),
        reason: args.reason.clone().unwrap_or_default(),
    });
    let paths = if args.paths.is_empty() {
        vec![office.folder(Stage::Returns, period)]
    } else {
        args.paths.clone()
    };
    let done =
        take(&office, period, &paths, &Given { received_at, on_behalf, quiet: false }, lang)?;
    let all: Vec<Diagnostic> = done.findings().cloned().collect();
    render::findings(&all, lang);
    let (errors, warnings, notes) = render::counts(&all);
    let entries = done.entries();
    if args.json {
        output::print_json(&json!({
            "period": period,
            "files": done.files.iter().map(|f| file_json(f, lang)).collect::<Result<Vec<_>>>()?,
            "findings": render::json_list(&done.findings, lang),
            "summary": {
                "files": done.files.len(),
                "accepted": done.count(Outcome::Accepted),
                "partial": done.count(Outcome::Partial),
                "rejected": done.count(Outcome::Rejected),
                "unreadable": done.count(Outcome::Unreadable),
                "duplicate": done.count(Outcome::Duplicate),
                "superseded": done.count(Outcome::Superseded),
                "ignored": done.count(Outcome::Ignored),
                "entries": entries,
                "errors": errors,
                "warnings": warnings,
                "notes": notes,
                "feedback": done.feedback,
            },
        }));
    } else {
        let counts = [
            done.files.len(),
            done.count(Outcome::Accepted),
            done.count(Outcome::Partial),
            done.count(Outcome::Rejected) + done.count(Outcome::Unreadable),
            done.count(Outcome::Duplicate)
                + done.count(Outcome::Superseded)
                + done.count(Outcome::Ignored),
        ];
        output::print(&wording::cli::ingested(
            &wording::cli::period_named(period, lang),
            counts,
            entries,
            lang,
        ));
        output::print(&wording::cli::finding_counts(errors, warnings, notes, lang));
        if done.feedback > 0 {
            let folder = office.relative(&office.folder(Stage::Feedback, period));
            output::print(&wording::cli::feedback_written(done.feedback, &folder, lang));
        }
    }
    Ok(Ended::by(&all))
}

/// Values taken in from a file: its non-blank entries.
fn entries(file: &Incoming) -> usize {
    file.answers.as_ref().map_or(0, |a| a.entries.iter().filter(|e| e.value.is_some()).count())
}

fn file_json(file: &Incoming, lang: Lang) -> Result<serde_json::Value> {
    Ok(json!({
        "path": file.file,
        "unit": file.unit,
        "outcome": output::value(&file.outcome)?,
        "entries": entries(file),
        "cells": output::value(&file.cells)?,
        "sha256": file.sha256,
        "received_at": file.received_at,
        "presumed": file.presumed,
        "findings": render::json_list(&file.findings, lang),
    }))
}

/// Takes files in: reads them in parallel, settles what concerns several of them, records all in one transaction,
/// writes receipts and correction forms.
///
/// # Errors
/// No forms were issued for the period; a path that does not exist; the ledger is in use or cannot be written.
pub(super) fn take(
    office: &Office,
    period: Period,
    paths: &[PathBuf],
    given: &Given,
    lang: Lang,
) -> Result<Ingested> {
    let mut month = Month::open(office, period)?;
    let whole = &office.plan()?.value;
    let issued = month.store.first_issued(period)?;
    let judge = Judge::new(office, &month, whole)?;
    let gathered = gather::gather(office, paths)?;
    let mut findings: Vec<Diagnostic> = Vec::new();
    let mut noted = BTreeMap::new();
    for folder in paths.iter().filter(|p| p.is_dir()) {
        let register = gather::register(office, folder)?;
        noted.extend(register.value);
        findings.extend(register.findings);
    }
    if gathered.files.is_empty() {
        let looked: Vec<String> = paths.iter().map(|p| office.relative(p)).collect();
        let looked = looked.join("、");
        let place = Place::Absent { who: looked.clone() };
        findings.push(Diagnostic::new(Code::NothingToTake, place, looked));
    }
    let reader = Reader {
        office,
        period,
        judge: &judge,
        archive: office.folder(Stage::Archive, period),
        when: &|name: &str, modified| {
            ledger::received_at(
                given.received_at,
                noted.get(name).copied(),
                modified,
                issued,
                office.now,
            )
        },
        on_behalf: given.on_behalf.as_ref(),
    };
    let bar = if given.quiet {
        progress::none()
    } else {
        progress::bar(gathered.files.len(), wording::cli::reading_returns(lang))
    };
    let known = Known::of(&month.store, period)?;
    let read: Vec<Read> = gathered
        .files
        .par_iter()
        .map(|found| {
            let read = reader.file(found, &known);
            bar.inc(1);
            read
        })
        .collect::<Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect();
    bar.finish_and_clear();
    let mut single = BTreeMap::new();
    let mut files = Vec::with_capacity(read.len() + gathered.ignored.len());
    for read in read {
        if !read.single.is_empty() {
            single.insert(read.file.file.clone(), read.single);
        }
        files.push(read.file);
    }
    files.extend(
        gathered.ignored.into_iter().map(|(path, finding)| ignored(path, finding, office.now)),
    );
    settle(&mut files, standing(&known, &month, whole)?, &judge.expected);
    let run = Run { period, files, findings: findings.clone() };
    let appended = month.store.append(&run, office.now)?;
    let mut files = run.files;
    for (file, taken) in files.iter_mut().zip(&appended.files) {
        // Another run may have recorded the same bytes between our look and the transaction.
        if matches!(taken, Taken::Duplicate(_)) && file.outcome != Outcome::Duplicate {
            file.outcome = Outcome::Duplicate;
        }
    }
    let feedback =
        feedback::write(office, &month, &judge.expected, &files, &single, &appended.head)?;
    files.sort_by(|a, b| a.file.cmp(&b.file));
    Ok(Ingested { files, findings, feedback })
}

/// Bytes that were taken in already, by hash.
struct Known(std::collections::HashMap<String, Before>);

/// What is known of bytes taken in before.
struct Before {
    /// The file they first came in.
    file: String,
    /// Whose it is.
    unit: Option<UnitId>,
    /// Where they are kept.
    archive: String,
}

impl Known {
    fn of(store: &Store, period: Period) -> Result<Self> {
        let rows = store.submissions(period, None)?;
        // What was rejected is read again: the office may have added the alias that was wanting.
        let standing = rows
            .into_iter()
            .filter(|r| r.stands() && matches!(r.outcome, Outcome::Accepted | Outcome::Partial));
        let before = |r: SubmissionRow| {
            (r.sha256, Before { file: r.file, unit: r.unit, archive: r.archive })
        };
        Ok(Self(standing.map(before).collect()))
    }
}

/// A file as it was read, and the findings behind its joined ones.
struct Read {
    file: Incoming,
    single: Vec<Diagnostic>,
}

impl From<Incoming> for Read {
    fn from(file: Incoming) -> Self {
        Self { file, single: Vec::new() }
    }
}

/// Everything needed to read one file, shared by the threads.
struct Reader<'a> {
    office: &'a Office,
    period: Period,
    judge: &'a Judge,
    archive: PathBuf,
    when: &'a (dyn Fn(&str, Option<Timestamp>) -> ledger::Received + Sync),
    on_behalf: Option<&'a OnBehalf>,
}

impl Reader<'_> {
    /// Reads a file, or every file of an archive.
    fn file(&self, found: &Found, known: &Known) -> Result<Vec<Read>> {
        let name = gather::file_name(&found.path);
        let seat = self.judge.seat(found.size);
        let bytes = match gather::bytes_of(found) {
            Ok(bytes) => bytes,
            // A file that cannot be opened costs itself, not the run.
            Err(Error::Io { cause, .. }) => {
                let place = Place::File { file: found.shown.clone() };
                let finding = Diagnostic::new(Code::FileUnopened, place, cause.to_string());
                return Ok(vec![ignored(found.shown.clone(), finding, self.office.now).into()]);
            }
            Err(other) => return Err(other),
        };
        let kind = sheet::sniff(&bytes);
        let archive = kind == FileKind::Zip;
        // Of a file beyond the limits only the beginning is here.
        let cut = (bytes.len() as u64) < found.size;
        let _seat = self.judge.seat_for(&bytes, archive, seat);
        if !archive {
            let mut read = self.one(&found.shown, &name, (&bytes, kind), found.modified, known)?;
            for finding in read.file.findings.iter_mut().filter(|_| cut) {
                *finding = sheet::of_size(finding.clone(), found.size);
            }
            return Ok(vec![read]);
        }
        let mut files = Vec::new();
        let mut findings = Vec::new();
        let (members, refused) = match sheet::members(&bytes, &found.shown) {
            Ok(members) => (Some(members), None),
            Err(finding) if cut => (None, Some(sheet::of_size(finding, found.size))),
            Err(finding) => (None, Some(finding)),
        };
        findings.extend(refused);
        for member in members.into_iter().flatten() {
            let member = match member {
                Ok(member) => member,
                Err(finding) => {
                    findings.push(finding);
                    continue;
                }
            };
            let path = format!("{}/{}", found.shown, member.name);
            let inner = member.name.rsplit('/').next().unwrap_or(&member.name);
            if gather::is_hidden(inner) || inner == gather::REGISTER {
                let place = Place::File { file: path.clone() };
                let finding = Diagnostic::new(Code::FileIgnored, place, inner);
                files.push(ignored(path, finding, self.office.now).into());
                continue;
            }
            // A time noted for the archive holds for what is in it.
            let noted = (self.when)(inner, found.modified);
            let by_archive = (self.when)(&name, found.modified);
            let modified = found.modified;
            let kind = sheet::sniff(&member.bytes);
            let mut read = self.one(&path, inner, (&member.bytes, kind), modified, known)?;
            if noted.presumed && !by_archive.presumed {
                (read.file.received_at, read.file.presumed) = (by_archive.at, false);
            }
            files.push(read);
        }
        if let Some(first) = findings.first() {
            let mut whole = ignored(found.shown.clone(), first.clone(), self.office.now);
            whole.findings = findings;
            if whole.findings.iter().any(|f| f.severity() == crate::diag::Severity::Error) {
                whole.outcome = Outcome::Rejected;
                whole.sha256 = output::sha256(&bytes);
                whole.size = bytes.len() as u64;
                whole.archive = self.keep(&bytes, &whole.sha256, &name)?;
            }
            files.push(whole.into());
        }
        Ok(files)
    }

    /// Reads the bytes of one file.
    fn one(
        &self,
        path: &str,
        name: &str,
        (bytes, kind): (&[u8], FileKind),
        modified: Option<Timestamp>,
        known: &Known,
    ) -> Result<Read> {
        let sha256 = output::sha256(bytes);
        let received = (self.when)(name, modified);
        let facts = FileFacts {
            path: path.to_owned(),
            sha256: sha256.clone(),
            received_at: received.at,
            presumed: received.presumed,
            on_behalf: self.on_behalf.cloned(),
        };
        if let Some(before) = known.0.get(&sha256) {
            // A power cut may have taken the original that the ledger names: here it is again.
            self.keep(bytes, &sha256, &before.archive)?;
            let (unit, expected) = (before.unit.as_ref(), &self.judge.expected);
            let mut again = intake::duplicate(path, &before.file, unit, expected);
            again.value.unit.clone_from(&before.unit);
            let size = bytes.len() as u64;
            let file = Incoming::new(facts, String::new(), size, again.value, again.findings);
            return Ok(file.into());
        }
        let mut checked = self.judge.read(bytes, kind, &facts);
        let archive = self.keep(bytes, &sha256, name)?;
        let single = std::mem::take(&mut checked.value.single);
        let size = bytes.len() as u64;
        let file = Incoming::new(facts, archive, size, checked.value, checked.findings);
        Ok(Read { file, single })
    }

    /// Puts the bytes into the archive by their hash; what is there already stays.
    fn keep(&self, bytes: &[u8], sha256: &str, name: &str) -> Result<String> {
        let extension = Path::new(name)
            .extension()
            .map(|e| e.to_string_lossy().to_ascii_lowercase())
            .filter(|e| e.len() <= 5 && e.bytes().all(|b| b.is_ascii_alphanumeric()))
            .unwrap_or_else(|| "bin".to_owned());
        let path = self.archive.join(format!("{sha256}.{extension}"));
        output::write_by_content(&path, bytes)?;
        Ok(format!("{}/{}/{sha256}.{extension}", Stage::Archive.name(), self.period))
    }
}

/// A thing that was noticed and not opened.
fn ignored(path: String, finding: Diagnostic, now: Timestamp) -> Incoming {
    Incoming {
        file: path,
        archive: String::new(),
        sha256: String::new(),
        size: 0,
        outcome: Outcome::Ignored,
        unit: None,
        received_at: now,
        presumed: false,
        on_behalf: None,
        answers: None,
        cells: CellCount::default(),
        findings: vec![finding],
    }
}

/// What the ledger holds of the period: the values that count, by unit.
fn standing(known: &Known, month: &Month<'_>, plan: &Plan) -> Result<BTreeMap<UnitId, Standing>> {
    let mut standing: BTreeMap<UnitId, Standing> = BTreeMap::new();
    // Before the first return of a period there is nothing to ask the ledger for.
    if known.0.is_empty() {
        return Ok(standing);
    }
    let registry = plan.with_successions();
    for accepted in month.store.accepted(&registry, month.period, None)? {
        let fact = accepted.fact;
        let held = Held {
            answer: fact.answer,
            received_at: fact.received_at,
            sha256: accepted.source.sha256,
            file: accepted.source.file,
        };
        standing.entry(fact.unit).or_default().insert((Some(fact.item), fact.field), held);
    }
    Ok(standing)
}

/// Lets the files of a run settle what they are to one another.
fn settle(files: &mut [Incoming], standing: BTreeMap<UnitId, Standing>, expected: &Expected) {
    let arrived: Vec<Arrived<'_>> = files
        .iter()
        .map(|f| Arrived {
            path: &f.file,
            sha256: &f.sha256,
            received_at: f.received_at,
            outcome: f.outcome,
            unit: f.unit.as_ref(),
            answers: f.answers.as_ref(),
        })
        .collect();
    let settled = intake::settle(&arrived, standing, expected);
    let of_same: Vec<Option<UnitId>> = settled
        .iter()
        .map(|s| {
            let first = s.same_as.as_ref()?;
            files.iter().find(|f| f.file == *first)?.unit.clone()
        })
        .collect();
    for ((file, settled), of) in files.iter_mut().zip(settled).zip(of_same) {
        if let Some(first) = settled.same_as {
            let again = intake::duplicate(&file.file, &first, of.as_ref(), expected);
            file.outcome = again.value.outcome;
            file.findings = again.findings;
            file.answers = again.value.returned;
            file.cells = again.value.cells;
        } else if settled.superseded {
            file.outcome = Outcome::Superseded;
        }
        file.findings.extend(settled.findings);
    }
}
