//! Finding tampering (台账核验): the chain computed again from what stands in the file.
//!
//! Triggers stop accidents; who can write the file can drop them. A change, deletion or addition behind duban's
//! back breaks the chain here. Somebody who computes the whole chain anew escapes this, but not the heads that
//! were printed on receipts and reports: [`Store::knows_head`].

use std::collections::BTreeMap;

use rusqlite::{Transaction, params};
use serde::Serialize;

use super::{
    Store,
    chain::{self, Kind},
    schema,
    store::Work,
};
use crate::diag::{Code, Diagnostic, Place, Result};

/// What verifying found.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Verified {
    /// Submissions in the file.
    pub submissions: u64,
    /// Entries in the file.
    pub entries: u64,
    /// Links of the chain.
    pub links: u64,
    /// Its head.
    pub head: String,
    /// What is wrong; empty when the ledger is as it was written.
    #[serde(skip)]
    pub findings: Vec<Diagnostic>,
}

impl Store {
    /// Computes the chain again and compares; also asks `SQLite` whether the file is sound and whether the guards
    /// against change are in place.
    ///
    /// # Errors
    /// If the ledger cannot be read at all.
    pub fn verify(&self) -> Result<Verified> {
        let file = self
            .path()
            .file_name()
            .map_or_else(|| "ledger.db".to_owned(), |n| n.to_string_lossy().into_owned());
        self.read(|tx| verify(tx, &file))
    }

    /// Whether the chain ever had this head (a printed one, at least its first 12 digits): if not, the ledger is
    /// not the one the paper was printed from.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn knows_head(&self, head: &str) -> Result<bool> {
        let head = head.trim().to_ascii_lowercase();
        self.read(|tx| {
            let sql = "SELECT EXISTS (SELECT 1 FROM link WHERE substr(head, 1, length(?1)) = ?1)";
            Ok(head.len() >= 12 && tx.query_row(sql, [head], |r| r.get(0))?)
        })
    }

    /// Every archived file the ledger points to, with its hash: to be compared with what lies in the archive.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn archived(&self) -> Result<Vec<(String, String)>> {
        self.read(|tx| {
            let sql = "SELECT DISTINCT archive, sha256 FROM submission ORDER BY archive";
            let mut statement = tx.prepare(sql)?;
            let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
            Ok(rows.collect::<rusqlite::Result<_>>()?)
        })
    }
}

fn verify(tx: &Transaction, file: &str) -> Work<Verified> {
    let place = || Place::File { file: file.to_owned() };
    let mut findings = Vec::new();

    let mut statement = tx.prepare("PRAGMA integrity_check")?;
    for line in statement.query_map([], |r| r.get::<_, String>(0))? {
        let line = line?;
        if line != "ok" {
            findings.push(Diagnostic::new(Code::LedgerDamaged, place(), line));
        }
    }
    let mut statement = tx.prepare("PRAGMA foreign_key_check")?;
    let strays = statement.query_map([], |r| r.get::<_, String>(0))?;
    let mut by_table: BTreeMap<String, u64> = BTreeMap::new();
    for table in strays {
        *by_table.entry(table?).or_default() += 1;
    }
    for (table, rows) in by_table {
        let finding = Diagnostic::new(Code::LedgerStrayRows, place(), table);
        findings.push(finding.with("rows", rows.to_string()));
    }

    for table in schema::TABLES {
        for (name, sql) in schema::guards(table) {
            let stands: Option<String> = tx
                .prepare_cached(
                    "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = ?1",
                )?
                .query_row([&name], |r| r.get(0))
                .ok();
            if stands.as_deref() != Some(sql.as_str()) {
                findings.push(Diagnostic::new(Code::LedgerGuardMissing, place(), name));
            }
        }
    }

    let links = follow(tx, file, &mut findings)?;
    for kind in [Kind::Submission, Kind::Run] {
        let sql = format!(
            "SELECT id FROM {table} WHERE id NOT IN (SELECT subject FROM link WHERE kind = ?1) \
             ORDER BY id",
            table = kind.key()
        );
        let mut statement = tx.prepare(&sql)?;
        for id in statement.query_map([kind.key()], |r| r.get::<_, i64>(0))? {
            let id = id?.to_string();
            let finding = Diagnostic::new(Code::LedgerUnchained, place(), id);
            findings.push(finding.with("kind", kind.key()));
        }
    }
    let count = |table: &str| -> Work<u64> {
        let n: i64 = tx.query_row(&format!("SELECT count(*) FROM {table}"), [], |r| r.get(0))?;
        Ok(n.unsigned_abs())
    };
    Ok(Verified {
        submissions: count("submission")?,
        entries: count("entry")?,
        links,
        head: chain::head(tx)?,
        findings,
    })
}

/// Walks the chain from its beginning; gives the number of links.
fn follow(tx: &Transaction, file: &str, findings: &mut Vec<Diagnostic>) -> Work<u64> {
    let mut statement =
        tx.prepare("SELECT seq, kind, subject, digest, head FROM link ORDER BY seq")?;
    let mut rows = statement.query([])?;
    let mut head = chain::EMPTY.to_owned();
    let mut links = 0u64;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let kind: String = row.get(1)?;
        let subject: i64 = row.get(2)?;
        let digest: String = row.get(3)?;
        let stored: String = row.get(4)?;
        links += 1;
        let place = || Place::File { file: file.to_owned() };
        // Links are numbered through: a missing one was taken out, even if the heads were mended.
        if seq.unsigned_abs() != links || stored != chain::next_head(&head, &kind, subject, &digest)
        {
            let finding = Diagnostic::new(Code::LedgerLinkBroken, place(), seq.to_string());
            findings.push(finding.with("kind", kind.as_str()).with("subject", subject.to_string()));
            links = seq.unsigned_abs();
        }
        head = stored;
        let Some(known) = [Kind::Submission, Kind::Run].into_iter().find(|k| k.key() == kind)
        else {
            continue;
        };
        if chain::digest(tx, known, subject)? != digest {
            let finding =
                Diagnostic::new(Code::LedgerAltered, place(), subject_name(tx, known, subject));
            findings.push(finding.with("kind", kind.as_str()).with("subject", subject.to_string()));
        }
    }
    Ok(links)
}

/// What a subject is to a reader: the file of a submission, the act and time of a run.
fn subject_name(tx: &Transaction, kind: Kind, subject: i64) -> String {
    let sql = match kind {
        Kind::Submission => "SELECT file FROM submission WHERE id = ?1",
        Kind::Run => "SELECT act || ' ' || at FROM run WHERE id = ?1",
    };
    let name: Option<String> = tx.query_row(sql, params![subject], |r| r.get(0)).ok();
    name.unwrap_or_default()
}
