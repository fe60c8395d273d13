//! Taking in a run of returns: one transaction, plain inserts.

use rusqlite::{OptionalExtension, Transaction, params};

use jiff::Timestamp;

use super::{
    Store, chain,
    entries::Entries,
    found::place_parts,
    rows::{Act, Appended, Incoming, Run, Taken},
    store::{Fault, Work, add_run, time_text},
};
use crate::{
    diag::{Diagnostic, Result, Severity},
    intake::Outcome,
    model::{Period, UnitId},
};

impl Store {
    /// Records a run of ingest (收件) in one transaction.
    ///
    /// The same bytes for the same period are recorded once, as long as they are judged alike and not withdrawn:
    /// taking a file in twice is taking it in once. The order of the files does not matter. A file that a later
    /// one of the same run replaced ([`Outcome::Superseded`]) is recorded as what it is by itself: what counts of
    /// it is computed, cell by cell.
    ///
    /// # Errors
    /// If the ledger cannot be written; nothing is recorded then.
    pub fn append(&mut self, run: &Run, now: Timestamp) -> Result<Appended> {
        self.write(|tx| append(tx, run, Act::Ingest, now))
    }

    /// Records files that were judged again from their stored raw values (`ingest --recheck --apply`).
    ///
    /// Each becomes a further revision of the same bytes, and only the last revision counts. It keeps the time at
    /// which the file came.
    ///
    /// # Errors
    /// If the ledger cannot be written; nothing is recorded then.
    pub fn append_rechecked(&mut self, run: &Run, now: Timestamp) -> Result<Appended> {
        self.write(|tx| append(tx, run, Act::Recheck, now))
    }
}

/// An outcome as the ledger names it; what is not recorded has no name of its own there.
pub(super) const fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Partial => "partial",
        Outcome::Rejected => "rejected",
        Outcome::Unreadable => "unreadable",
        Outcome::Duplicate => "duplicate",
        Outcome::Superseded => "superseded",
        Outcome::Ignored => "ignored",
    }
}

/// What a file is by itself, or none if there is nothing to record.
fn own_outcome(file: &Incoming) -> Option<&'static str> {
    match file.outcome {
        Outcome::Duplicate | Outcome::Ignored => None,
        Outcome::Superseded if errors(&file.findings) > 0 => Some(outcome_key(Outcome::Partial)),
        Outcome::Superseded => Some(outcome_key(Outcome::Accepted)),
        own => Some(outcome_key(own)),
    }
}

fn count(findings: &[Diagnostic], severity: Severity) -> i64 {
    signed(findings.iter().filter(|f| f.severity() == severity).count() as u64)
}

fn errors(findings: &[Diagnostic]) -> i64 {
    count(findings, Severity::Error)
}

/// Counts as `SQLite` keeps them; none of ours come near the limit.
pub(super) fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}

fn append(tx: &Transaction, run: &Run, act: Act, now: Timestamp) -> Work<Appended> {
    // Recorded in the order in which they replace each other, so that numbers do not depend on a folder's order.
    let mut order: Vec<usize> = (0..run.files.len()).collect();
    order.sort_by_cached_key(|i| {
        let f = &run.files[*i];
        (time_text(f.received_at), &f.sha256, &f.file)
    });

    let mut taken = vec![Taken::Skipped; run.files.len()];
    let mut fresh: Vec<(usize, i64)> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for i in order {
        let file = &run.files[i];
        let known = standing(tx, run.period, file, act)?;
        taken[i] = match (own_outcome(file), known) {
            (_, Known::Same(id)) => Taken::Duplicate(id),
            (None, _) => Taken::Skipped,
            (Some(_), _) if !seen.insert(file.sha256.as_str()) => Taken::Skipped,
            (Some(_), Known::New { revision }) => {
                fresh.push((i, revision));
                Taken::Skipped
            }
        };
    }
    // Findings of a run without anything new are told again, not recorded again.
    if fresh.is_empty() {
        return Ok(Appended { run: None, files: taken, head: chain::head(tx)? });
    }

    let run_id = add_run(tx, act, Some(run.period), now)?;
    let mut findings = Findings::new(tx, run_id)?;
    let mut entries = Entries::new(tx)?;
    for (i, revision) in fresh {
        let file = &run.files[i];
        let id = add_submission(tx, run_id, run.period, file, revision)?;
        let written = entries.add(id, file.answers.as_ref().map_or(&[], |a| &a.entries))?;
        for finding in &file.findings {
            findings.add(Some(id), finding)?;
        }
        chain::close_submission(tx, id, written)?;
        taken[i] = Taken::Recorded(id);
    }
    for finding in &run.findings {
        findings.add(None, finding)?;
    }
    let head = chain::close_run(tx, run_id)?;
    Ok(Appended { run: Some(run_id), files: taken, head })
}

/// What the ledger knows of a file's bytes.
enum Known {
    /// They stand in it, judged alike.
    Same(i64),
    /// They do not, or are judged otherwise: the number of this judgement.
    New { revision: i64 },
}

/// Looks for the bytes of `file` in the same period.
///
/// Bytes once taken in stay as they are until a recheck. Bytes that were rejected or unreadable are judged anew
/// each time, since the registry or the plan may have been mended; the same verdict adds nothing.
fn standing(tx: &Transaction, period: Period, file: &Incoming, act: Act) -> Work<Known> {
    let sql = "SELECT id, unit, outcome, revision, \
               EXISTS (SELECT 1 FROM withdrawal WHERE submission = submission.id) \
               FROM submission WHERE sha256 = ?1 AND period = ?2 ORDER BY revision DESC, id DESC";
    let row = |r: &rusqlite::Row| {
        let unit: Option<String> = r.get(1)?;
        Ok((
            r.get::<_, i64>(0)?,
            unit,
            r.get::<_, String>(2)?,
            r.get::<_, i64>(3)?,
            r.get::<_, bool>(4)?,
        ))
    };
    let last = tx
        .prepare_cached(sql)?
        .query_row(params![file.sha256, period.to_string()], row)
        .optional()?;
    let Some((id, unit, outcome, revision, withdrawn)) = last else {
        return Ok(Known::New { revision: 0 });
    };
    let alike = unit.as_deref() == file.unit.as_ref().map(UnitId::as_str)
        && Some(outcome.as_str()) == own_outcome(file);
    let in_force = matches!(outcome.as_str(), "accepted" | "partial") && act != Act::Recheck;
    if !withdrawn
        && (file.outcome == Outcome::Duplicate || in_force || alike && act != Act::Recheck)
    {
        Ok(Known::Same(id))
    } else {
        Ok(Known::New { revision: revision + 1 })
    }
}

fn add_submission(
    tx: &Transaction,
    run: i64,
    period: Period,
    file: &Incoming,
    revision: i64,
) -> Work<i64> {
    let sql = "INSERT INTO submission (run, period, unit, file, archive, sha256, size, outcome, \
               received_at, presumed, on_behalf, reason, revision, required, answered, seen, used, \
               explained, errors, warnings) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, \
               ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)";
    let answers = file.answers.as_ref();
    tx.prepare_cached(sql)?.execute(params![
        run,
        period.to_string(),
        file.unit.as_ref().map(UnitId::as_str),
        file.file,
        file.archive,
        file.sha256,
        signed(file.size),
        own_outcome(file),
        time_text(file.received_at),
        file.presumed,
        file.on_behalf.as_ref().map(|o| &o.name),
        file.on_behalf.as_ref().map(|o| &o.reason),
        revision,
        answers.map_or(0, |a| a.required),
        answers.map_or(0, |a| a.answered),
        signed(file.cells.seen),
        signed(file.cells.used),
        signed(file.cells.explained),
        errors(&file.findings),
        count(&file.findings, Severity::Warning),
    ])?;
    Ok(tx.last_insert_rowid())
}

/// Adds the findings of a run, numbered through.
pub(super) struct Findings<'a> {
    insert: rusqlite::CachedStatement<'a>,
    run: i64,
    next: i64,
}

impl<'a> Findings<'a> {
    /// For the run `run`, which has none yet.
    pub(super) fn new(tx: &'a Transaction, run: i64) -> Work<Self> {
        let sql = "INSERT INTO finding (run, submission, n, code, severity, place, file, sheet, cell, \
                   found, args) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        Ok(Self { insert: tx.prepare_cached(sql)?, run, next: 0 })
    }

    fn add(&mut self, submission: Option<i64>, finding: &Diagnostic) -> Work<()> {
        let (place, file, sheet, cell) = place_parts(&finding.place);
        let args: serde_json::Map<String, serde_json::Value> =
            finding.args.iter().map(|(n, v)| ((*n).to_owned(), v.clone().into())).collect();
        let args = serde_json::to_string(&args)
            .map_err(|e| Fault::Value { column: "finding.args", found: e.to_string() })?;
        let severity = match finding.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        self.insert.execute(params![
            self.run,
            submission,
            self.next,
            finding.code.printed(),
            severity,
            place,
            file,
            sheet,
            cell,
            finding.found,
            args
        ])?;
        self.next += 1;
        Ok(())
    }
}
