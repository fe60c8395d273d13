//! What the office itself records: forms issued and what they oblige to, grants, confirmations, withdrawals.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, Transaction, params};

use super::{
    Store, chain, load,
    rows::{Act, ConfirmationRow, FormIssue, FormIssueRow, Grant, SubmissionRow},
    store::{Fault, Work, add_run, parse, parse_time},
};
use crate::{
    diag::{Error, Result},
    model::{Period, TaskNo, UnitId},
};

/// Fewer digits of a hash are too easily another file's.
const MIN_SHA_DIGITS: usize = 6;

/// What an issue of forms added.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Issued {
    /// New obligations.
    pub obligations: usize,
    /// New form issues; a form written again without any change is none.
    pub forms: usize,
}

impl Store {
    /// Records the forms written for a period, and with them the period's obligations (应报).
    ///
    /// `plan` is the plan version in use and its content (a plan workbook). An obligation that stands is left as
    /// it is: its date changes only by [`Store::grant`]. Writing the same forms again adds nothing.
    ///
    /// # Errors
    /// If the ledger cannot be written; nothing is recorded then.
    pub fn issue(
        &mut self,
        period: Period,
        plan: (&str, &[u8]),
        forms: &[FormIssue],
        now: Timestamp,
    ) -> Result<Issued> {
        self.write_if(|tx| {
            let mut issued = Issued::default();
            let run = add_run(tx, Act::Template, Some(period), now)?;
            let plan_is_new = add_plan(tx, run, plan)?;
            let before: i64 =
                tx.query_row("SELECT coalesce(max(id), 0) FROM submission", [], |r| r.get(0))?;
            for form in forms {
                issued.obligations += add_obligation(tx, run, form)?;
                issued.forms += add_issue(tx, run, form, before)?;
            }
            let added = issued != Issued::default() || plan_is_new;
            if added {
                chain::close_run(tx, run)?;
            }
            Ok((added, issued))
        })
    }

    /// The forms issued for a period, in order of issue: by unit, then oldest first.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn form_issues(&self, period: Period) -> Result<Vec<FormIssueRow>> {
        self.read(|tx| {
            let sql = "SELECT f.unit, f.plan_version, f.form_version, f.digest, f.printed, r.at, \
                       f.submissions_before, f.due FROM form_issue f JOIN run r ON r.id = f.run \
                       WHERE f.period = ?1 ORDER BY f.unit, f.id";
            let mut statement = tx.prepare_cached(sql)?;
            let mut rows = statement.query([period.to_string()])?;
            let mut issues = Vec::new();
            while let Some(row) = rows.next()? {
                let printed: String = row.get(4)?;
                let at: String = row.get(5)?;
                let due: String = row.get(7)?;
                issues.push(FormIssueRow {
                    issue: FormIssue {
                        unit: UnitId(row.get(0)?),
                        period,
                        due: parse("form_issue.due", &due)?,
                        plan_version: row.get(1)?,
                        form_version: row.get(2)?,
                        digest: row.get(3)?,
                        printed: serde_json::from_str(&printed).map_err(|_| Fault::Value {
                            column: "form_issue.printed",
                            found: printed.clone(),
                        })?,
                    },
                    issued_at: parse_time("run.at", &at)?,
                    submissions_before: row.get(6)?,
                });
            }
            Ok(issues)
        })
    }

    /// When the first form of a period was issued; none if none was.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn first_issued(&self, period: Period) -> Result<Option<Timestamp>> {
        self.read(|tx| {
            let sql = "SELECT min(r.at) FROM form_issue f JOIN run r ON r.id = f.run \
                       WHERE f.period = ?1";
            let at: Option<String> = tx.query_row(sql, [period.to_string()], |r| r.get(0))?;
            at.map(|text| parse_time("run.at", &text)).transpose()
        })
    }

    /// The content of a plan version (a plan workbook); none if that version was never used.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn plan_content(&self, version: &str) -> Result<Option<Vec<u8>>> {
        self.read(|tx| {
            let sql = "SELECT content FROM plan_version WHERE version = ?1";
            Ok(tx.query_row(sql, [version], |r| r.get(0)).optional()?)
        })
    }

    /// Exempts a unit from a period's return, moves its due date, or takes such a grant back.
    ///
    /// # Errors
    /// [`Error::Usage`] if the unit owes nothing in that period; else if the ledger cannot be written.
    pub fn grant(
        &mut self,
        unit: &UnitId,
        period: Period,
        grant: &Grant,
        reason: &str,
        now: Timestamp,
    ) -> Result<()> {
        self.write(|tx| {
            let sql = "SELECT EXISTS (SELECT 1 FROM obligation WHERE period = ?1 AND unit = ?2)";
            let owes: bool =
                tx.query_row(sql, params![period.to_string(), unit.as_str()], |r| r.get(0))?;
            if !owes {
                return Err(Fault::Refused(Error::Usage {
                    zh: format!("{unit} 在 {period} 没有应报的填报表，无从免报或延期。请先运行 duban template。"),
                    en: format!("{unit} owes no return for {period}; run duban template first."),
                }));
            }
            let run = add_run(tx, Act::Waive, Some(period), now)?;
            let (kind, due) = match grant {
                Grant::Exempt => ("exempt", None),
                Grant::Extend(due) => ("extend", Some(due.to_string())),
                Grant::Revoke => ("revoke", None),
            };
            tx.execute(
                "INSERT INTO waiver (run, period, unit, kind, due, reason) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![run, period.to_string(), unit.as_str(), kind, due, reason],
            )?;
            chain::close_run(tx, run)?;
            Ok(())
        })
    }

    /// Records the office's word on a completed task (销号), or its rejection (退回).
    ///
    /// # Errors
    /// If the ledger cannot be written.
    pub fn confirm(
        &mut self,
        task: TaskNo,
        period: Period,
        confirmed: bool,
        reason: &str,
        now: Timestamp,
    ) -> Result<()> {
        self.write(|tx| {
            let run = add_run(tx, Act::Confirm, Some(period), now)?;
            tx.execute(
                "INSERT INTO confirmation (run, period, task, confirmed, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
                params![run, period.to_string(), task.0, confirmed, reason],
            )?;
            chain::close_run(tx, run)?;
            Ok(())
        })
    }

    /// Every confirmation and rejection, oldest first.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn confirmations(&self) -> Result<Vec<ConfirmationRow>> {
        self.read(|tx| load::confirmations(tx, None))
    }

    /// Withdraws (撤回) every submission of the file whose hash begins with `sha`; nothing of it counts any more,
    /// and the same bytes may be taken in anew.
    ///
    /// # Errors
    /// [`Error::Usage`] if no file or more than one begins so, or it is withdrawn already; else if the ledger
    /// cannot be written.
    pub fn withdraw(
        &mut self,
        sha: &str,
        reason: &str,
        now: Timestamp,
    ) -> Result<Vec<SubmissionRow>> {
        let wanted = sha.trim().to_ascii_lowercase();
        let refuse = |zh: String, en: String| Err(Fault::Refused(Error::Usage { zh, en }));
        self.write(|tx| {
            if wanted.len() < MIN_SHA_DIGITS || !wanted.bytes().all(|b| b.is_ascii_hexdigit()) {
                return refuse(
                    format!("“{sha}”不是文件的校验值。请写回执或 ledger dump 中 sha256 的前 {MIN_SHA_DIGITS} 位以上。"),
                    format!("“{sha}” is no file hash: give at least {MIN_SHA_DIGITS} digits of a sha256 from a receipt or ledger dump."),
                );
            }
            let rows = load::submissions(tx, &load::Which::Hash(&wanted), None)?;
            let files: BTreeSet<&str> = rows.iter().map(|s| s.sha256.as_str()).collect();
            if files.len() > 1 {
                return refuse(
                    format!("校验值以“{sha}”开头的文件有 {} 个。请多写几位。", files.len()),
                    format!("{} files have a hash beginning with “{sha}”: give more digits.", files.len()),
                );
            }
            let open: Vec<SubmissionRow> =
                rows.into_iter().filter(|s| s.withdrawn.is_none()).collect();
            let Some(first) = open.first() else {
                return refuse(
                    format!("没有校验值以“{sha}”开头、尚未撤回的报送文件。"),
                    format!("No submission in force has a hash beginning with “{sha}”."),
                );
            };
            let run = add_run(tx, Act::Withdraw, Some(first.period), now)?;
            for submission in &open {
                tx.execute(
                    "INSERT INTO withdrawal (run, submission, reason) VALUES (?1, ?2, ?3)",
                    params![run, submission.id, reason],
                )?;
            }
            chain::close_run(tx, run)?;
            Ok(open)
        })
    }
}

fn add_plan(tx: &Transaction, run: i64, (version, content): (&str, &[u8])) -> Work<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM plan_version WHERE version = ?1)";
    if tx.query_row(sql, [version], |r| r.get::<_, bool>(0))? {
        return Ok(false);
    }
    let sql = "INSERT INTO plan_version (run, version, content) VALUES (?1, ?2, ?3)";
    tx.execute(sql, params![run, version, content])?;
    Ok(true)
}

fn add_obligation(tx: &Transaction, run: i64, form: &FormIssue) -> Work<usize> {
    let period = form.period.to_string();
    let sql = "SELECT EXISTS (SELECT 1 FROM obligation WHERE period = ?1 AND unit = ?2)";
    let mut known = tx.prepare_cached(sql)?;
    if known.query_row(params![period, form.unit.as_str()], |r| r.get::<_, bool>(0))? {
        return Ok(0);
    }
    let sql = "INSERT INTO obligation (run, period, unit, due) VALUES (?1, ?2, ?3, ?4)";
    tx.prepare_cached(sql)?.execute(params![
        run,
        period,
        form.unit.as_str(),
        form.due.to_string()
    ])?;
    Ok(1)
}

fn add_issue(tx: &Transaction, run: i64, form: &FormIssue, before: i64) -> Work<usize> {
    let period = form.period.to_string();
    let printed = serde_json::to_string(&form.printed)
        .map_err(|e| Fault::Value { column: "form_issue.printed", found: e.to_string() })?;
    let sql = "SELECT digest, printed FROM form_issue WHERE period = ?1 AND unit = ?2 \
               ORDER BY id DESC LIMIT 1";
    let last: Option<(String, String)> = tx
        .prepare_cached(sql)?
        .query_row(params![period, form.unit.as_str()], |r| Ok((r.get(0)?, r.get(1)?)))
        .optional()?;
    if last.is_some_and(|(d, p)| d == form.digest && p == printed) {
        return Ok(0);
    }
    let sql = "INSERT INTO form_issue (run, period, unit, due, plan_version, form_version, digest, \
               printed, submissions_before) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    tx.prepare_cached(sql)?.execute(params![
        run,
        period,
        form.unit.as_str(),
        form.due.to_string(),
        form.plan_version,
        form.form_version,
        form.digest,
        printed,
        before
    ])?;
    Ok(1)
}
