//! Rows as they stand in the file, read back into values.

use jiff::{Timestamp, civil::Date};
use rusqlite::{Row, Transaction, params};

use super::{
    found::FindingRow,
    rows::{ConfirmationRow, EntryRow, ObligationRow, SubmissionRow},
    store::{Fault, Work, parse, parse_time, time_text},
};
use crate::{
    diag::Severity,
    intake::{CellCount, Entry, OnBehalf, Outcome},
    model::{Answer, Field, ItemNo, Period, Role, TaskNo, UnitId},
};

/// Which submissions.
pub(super) enum Which<'a> {
    /// Of one period.
    Period(Period),
    /// Whose hash begins so, in hex.
    Hash(&'a str),
    /// That one.
    One(i64),
}

/// The last moment that counts: everything, unless a report is made as of an earlier time.
fn horizon(as_of: Option<Timestamp>) -> String {
    // Sorts behind every time the ledger can hold.
    as_of.map_or_else(|| "9999".to_owned(), time_text)
}

/// Submissions as the office knew them at `as_of`, in the order in which they were recorded.
pub(super) fn submissions(
    tx: &Transaction,
    which: &Which,
    as_of: Option<Timestamp>,
) -> Work<Vec<SubmissionRow>> {
    let condition = match which {
        Which::Period(_) => "s.period = ?2",
        // A range, so that the index answers: “g” follows every hex digit.
        Which::Hash(_) => "s.sha256 >= ?2 AND s.sha256 < ?2 || 'g'",
        Which::One(_) => "s.id = CAST(?2 AS INTEGER)",
    };
    let key = match which {
        Which::Period(period) => period.to_string(),
        Which::Hash(start) => (*start).to_owned(),
        Which::One(id) => id.to_string(),
    };
    let sql = format!(
        "SELECT s.id, r.at, s.period, s.unit, s.file, s.archive, s.sha256, s.size, s.outcome, \
         s.received_at, s.presumed, s.on_behalf, s.reason, s.revision, s.required, s.answered, \
         s.seen, s.used, s.explained, s.errors, s.warnings, \
         (SELECT w.reason FROM withdrawal w JOIN run wr ON wr.id = w.run \
          WHERE w.submission = s.id AND wr.at <= ?1), \
         EXISTS (SELECT 1 FROM submission l JOIN run lr ON lr.id = l.run \
          WHERE l.sha256 = s.sha256 AND l.period = s.period AND l.revision > s.revision \
          AND lr.at <= ?1) \
         FROM submission s JOIN run r ON r.id = s.run WHERE r.at <= ?1 AND {condition} ORDER BY s.id"
    );
    let mut statement = tx.prepare_cached(&sql)?;
    let mut rows = statement.query(params![horizon(as_of), key])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(submission(row)?);
    }
    Ok(found)
}

fn submission(row: &Row) -> Work<SubmissionRow> {
    let text = |i: usize| row.get_ref(i).and_then(|v| Ok(v.as_str()?));
    let number = |i: usize| row.get::<_, i64>(i).map(i64::unsigned_abs);
    let small = |i: usize| number(i).map(|n| u32::try_from(n).unwrap_or(u32::MAX));
    let on_behalf = row.get::<_, Option<String>>(11)?;
    let reason = row.get::<_, Option<String>>(12)?.unwrap_or_default();
    Ok(SubmissionRow {
        id: row.get(0)?,
        recorded_at: parse_time("run.at", text(1)?)?,
        period: parse("submission.period", text(2)?)?,
        unit: row.get::<_, Option<String>>(3)?.map(UnitId),
        file: row.get(4)?,
        archive: row.get(5)?,
        sha256: row.get(6)?,
        size: number(7)?,
        outcome: outcome(text(8)?)?,
        received_at: parse_time("submission.received_at", text(9)?)?,
        presumed: row.get(10)?,
        on_behalf: on_behalf.map(|name| OnBehalf { name, reason }),
        revision: row.get(13)?,
        required: small(14)?,
        answered: small(15)?,
        cells: CellCount { seen: number(16)?, used: number(17)?, explained: number(18)? },
        errors: number(19)?,
        warnings: number(20)?,
        withdrawn: row.get(21)?,
        rejudged: row.get(22)?,
    })
}

fn outcome(text: &str) -> Work<Outcome> {
    match text {
        "accepted" => Ok(Outcome::Accepted),
        "partial" => Ok(Outcome::Partial),
        "rejected" => Ok(Outcome::Rejected),
        "unreadable" => Ok(Outcome::Unreadable),
        _ => Err(Fault::Value { column: "submission.outcome", found: text.to_owned() }),
    }
}

/// Entries of a period's submissions, in the order in which they were recorded.
pub(super) fn entries(
    tx: &Transaction,
    period: Period,
    as_of: Option<Timestamp>,
) -> Work<Vec<EntryRow>> {
    let sql = "SELECT e.submission, e.n, e.task, e.item, e.role, e.field, e.value, e.raw, e.sheet, \
               e.cell FROM submission s JOIN run r ON r.id = s.run \
               JOIN entry e ON e.submission = s.id \
               WHERE s.period = ?2 AND r.at <= ?1 ORDER BY s.id, e.n";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query(params![horizon(as_of), period.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(entry(row)?);
    }
    Ok(found)
}

/// How much of each entry is read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Detail {
    /// Everything.
    Whole,
    /// What was said: value and words, without where it stood and how it was typed, and nothing personal.
    Said,
    /// What counts: value without where it stood and how it was typed, texts as empty ones, and nothing personal.
    Values,
}

/// Entries of a period's submissions, as much of each as is wanted.
pub(super) fn entries_in(
    tx: &Transaction,
    period: Period,
    as_of: Option<Timestamp>,
    detail: Detail,
) -> Work<Vec<EntryRow>> {
    let columns = match detail {
        Detail::Whole => return entries(tx, period, as_of),
        Detail::Said => SAID,
        Detail::Values => VALUES,
    };
    let sql = format!(
        "{columns} FROM submission s JOIN run r ON r.id = s.run JOIN entry e ON e.submission = s.id \
         WHERE s.period = ?2 AND r.at <= ?1 AND {NOT_PERSONAL} ORDER BY s.id, e.n"
    );
    let mut statement = tx.prepare_cached(&sql)?;
    let mut rows = statement.query(params![horizon(as_of), period.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(entry(row)?);
    }
    Ok(found)
}

/// The columns of [`Detail::Said`].
const SAID: &str = "SELECT e.submission, e.n, e.task, e.item, e.role, e.field, e.value, '', '', ''";

/// The columns of [`Detail::Values`]. Where a text stood or was withdrawn counts, its words do not.
const VALUES: &str = "SELECT e.submission, e.n, e.task, e.item, e.role, e.field, \
     CASE WHEN e.value IS NULL OR e.field IN ('cumulative', 'progress', 'status') THEN e.value \
     ELSE '' END, '', '', ''";

/// Leaves out who filled the form in.
const NOT_PERSONAL: &str = "e.field NOT IN ('filled_by', 'phone', 'reviewed_by')";

/// Number and unit, as recorded, of every submission of a period.
pub(super) fn senders(tx: &Transaction, period: Period) -> Work<Vec<(i64, Option<UnitId>)>> {
    let sql = "SELECT id, unit FROM submission WHERE period = ?1 ORDER BY id";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query([period.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((row.get(0)?, row.get::<_, Option<String>>(1)?.map(UnitId)));
    }
    Ok(found)
}

/// What counts of the entries of one submission, as [`Detail::Values`].
pub(super) fn values_of(tx: &Transaction, submission: i64) -> Work<Vec<EntryRow>> {
    let sql =
        format!("{VALUES} FROM entry e WHERE e.submission = ?1 AND {NOT_PERSONAL} ORDER BY e.n");
    let mut statement = tx.prepare_cached(&sql)?;
    let mut rows = statement.query([submission])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(entry(row)?);
    }
    Ok(found)
}

/// Entries of one submission.
pub(super) fn entries_of(tx: &Transaction, submission: i64) -> Work<Vec<EntryRow>> {
    let sql = "SELECT submission, n, task, item, role, field, value, raw, sheet, cell FROM entry \
               WHERE submission = ?1 ORDER BY n";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query([submission])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(entry(row)?);
    }
    Ok(found)
}

fn entry(row: &Row) -> Work<EntryRow> {
    let text = |i: usize| row.get_ref(i).and_then(|v| Ok(v.as_str_or_null()?));
    let bad = |column, found: &str| Fault::Value { column, found: found.to_owned() };
    let item = match text(3)? {
        Some(item) => Some(item.parse::<ItemNo>().map_err(|()| bad("entry.item", item))?),
        None => None,
    };
    let role = match text(4)? {
        Some(role) => Some(Role::from_key(role).ok_or_else(|| bad("entry.role", role))?),
        None => None,
    };
    let key = text(5)?.unwrap_or_default();
    let field = Field::from_key(key).ok_or_else(|| bad("entry.field", key))?;
    let value = match text(6)? {
        Some(value) => {
            Some(Answer::from_stored(field, value).ok_or_else(|| bad("entry.value", value))?)
        }
        None => None,
    };
    Ok(EntryRow {
        submission: row.get(0)?,
        n: row.get(1)?,
        entry: Entry {
            task: row.get::<_, Option<u32>>(2)?.map(TaskNo),
            item,
            role,
            field,
            value,
            raw: row.get(7)?,
            sheet: row.get(8)?,
            cell: row.get(9)?,
        },
    })
}

/// Findings of one submission, or (none) of the runs of a period that belong to no file.
pub(super) fn findings(tx: &Transaction, submission: i64) -> Work<Vec<FindingRow>> {
    let sql = "SELECT submission, code, severity, place, file, sheet, cell, found, args FROM finding \
               WHERE submission = ?1 ORDER BY run, n";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query([submission])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let severity: String = row.get(2)?;
        let args: String = row.get(8)?;
        found.push(FindingRow {
            submission: row.get(0)?,
            code: row.get(1)?,
            severity: match severity.as_str() {
                "error" => Severity::Error,
                "warning" => Severity::Warning,
                "note" => Severity::Note,
                _ => return Err(Fault::Value { column: "finding.severity", found: severity }),
            },
            place: row.get(3)?,
            file: row.get(4)?,
            sheet: row.get(5)?,
            cell: row.get(6)?,
            found: row.get(7)?,
            args: serde_json::from_str(&args)
                .map_err(|_| Fault::Value { column: "finding.args", found: args.clone() })?,
        });
    }
    Ok(found)
}

/// Periods with any submission or obligation, in order.
///
/// Each is found as the next one of the index: `DISTINCT` would walk over every submission of every year.
pub(super) fn periods(tx: &Transaction) -> Work<Vec<Period>> {
    let sql = "WITH RECURSIVE \
               sent (p) AS (SELECT min(period) FROM submission UNION ALL \
               SELECT (SELECT min(period) FROM submission WHERE period > p) FROM sent WHERE p IS NOT NULL), \
               owed (p) AS (SELECT min(period) FROM obligation UNION ALL \
               SELECT (SELECT min(period) FROM obligation WHERE period > p) FROM owed WHERE p IS NOT NULL) \
               SELECT p FROM sent WHERE p IS NOT NULL UNION SELECT p FROM owed WHERE p IS NOT NULL";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query([])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let text: String = row.get(0)?;
        found.push(parse("submission.period", &text)?);
    }
    found.sort();
    Ok(found)
}

/// The period whose returns speak for `period`: itself if it has any forms or files, else the shortest for which
/// [`Period::speaks_for`] holds (March for the first quarter).
pub(super) fn speaking_for(tx: &Transaction, period: Period) -> Work<Period> {
    let known = periods(tx)?;
    if known.contains(&period) {
        return Ok(period);
    }
    Ok(known.into_iter().find(|p| p.speaks_for(period)).unwrap_or(period))
}

/// Obligations of a period with the office's last word on each, in the order in which they were written.
pub(super) fn obligations(
    tx: &Transaction,
    period: Period,
    as_of: Option<Timestamp>,
) -> Work<Vec<ObligationRow>> {
    let sql = "SELECT o.unit, o.due, w.kind, w.due, w.reason FROM obligation o \
               JOIN run r ON r.id = o.run \
               LEFT JOIN waiver w ON w.id = (SELECT max(v.id) FROM waiver v JOIN run vr ON vr.id = v.run \
               WHERE v.period = o.period AND v.unit = o.unit AND vr.at <= ?1) \
               WHERE o.period = ?2 AND r.at <= ?1 ORDER BY o.id";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query(params![horizon(as_of), period.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let due: String = row.get(1)?;
        let first_due: Date = parse("obligation.due", &due)?;
        let kind: Option<String> = row.get(2)?;
        let moved: Option<String> = row.get(3)?;
        let reason: Option<String> = row.get(4)?;
        let (exempt, extended) = match kind.as_deref() {
            Some("exempt") => (reason, None),
            Some("extend") => (None, reason),
            _ => (None, None),
        };
        found.push(ObligationRow {
            unit: UnitId(row.get(0)?),
            period,
            first_due,
            due: moved.map_or(Ok(first_due), |d| parse("waiver.due", &d))?,
            exempt,
            extended,
        });
    }
    Ok(found)
}

/// The office's words on tasks, oldest first.
pub(super) fn confirmations(
    tx: &Transaction,
    as_of: Option<Timestamp>,
) -> Work<Vec<ConfirmationRow>> {
    let sql = "SELECT c.task, c.period, c.confirmed, c.reason, r.at FROM confirmation c \
               JOIN run r ON r.id = c.run WHERE r.at <= ?1 ORDER BY c.id";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query([horizon(as_of)])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let period: String = row.get(1)?;
        let at: String = row.get(4)?;
        found.push(ConfirmationRow {
            task: TaskNo(row.get(0)?),
            period: parse("confirmation.period", &period)?,
            confirmed: row.get(2)?,
            reason: row.get(3)?,
            at: parse_time("run.at", &at)?,
        });
    }
    Ok(found)
}
