//! The chain: every run and every submission is hashed with all it brought, and each hash with the one before.
//!
//! Digest: SHA-256 over the rows of the subject, as `SQLite` gives them. A row is its values in the order of
//! [`RUN`] or [`SUBMISSION`], each as a letter (`n` null, `i` integer, `t` text, `b` blob), its length in bytes
//! in decimal, a colon and the bytes (integers in decimal); a row ends with a line feed, a table with two.
//! Head: SHA-256 over the last head, the kind, the subject's number, and its digest, joined by line feeds.
//! So anybody with a SQL shell can compute it again.

use std::io::Write as _;

use rusqlite::{Connection, OptionalExtension, types::ValueRef};
use sha2::{Digest, Sha256};

use super::store::Work;

/// Version of this description; stored with each link, so that a later one can be told apart.
const CANON: i64 = 1;

/// Head of an empty chain.
pub(super) const EMPTY: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What a link stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A submission with its entries and findings.
    Submission,
    /// A run with everything else it brought.
    Run,
}

/// The rows of a run: itself, then what it brought beside submissions.
const RUN: &[&str] = &[
    "SELECT id, at, act, period, program FROM run WHERE id = ?1",
    "SELECT id, version, content FROM plan_version WHERE run = ?1 ORDER BY id",
    "SELECT id, period, unit, due FROM obligation WHERE run = ?1 ORDER BY id",
    "SELECT id, period, unit, kind, due, reason FROM waiver WHERE run = ?1 ORDER BY id",
    "SELECT id, period, unit, due, plan_version, form_version, digest, printed, submissions_before \
     FROM form_issue WHERE run = ?1 ORDER BY id",
    "SELECT id, period, task, confirmed, reason FROM confirmation WHERE run = ?1 ORDER BY id",
    "SELECT id, submission, reason FROM withdrawal WHERE run = ?1 ORDER BY id",
    "SELECT n, code, severity, place, file, sheet, cell, found, args FROM finding \
     WHERE run = ?1 AND submission IS NULL ORDER BY n",
];

/// The rows of a submission.
const SUBMISSION: &[&str] = &[
    "SELECT id, run, period, unit, file, archive, sha256, size, outcome, received_at, presumed, \
     on_behalf, reason, revision, required, answered, seen, used, explained, errors, warnings \
     FROM submission WHERE id = ?1",
    "SELECT n, task, item, role, field, value, raw, sheet, cell FROM entry \
     WHERE submission = ?1 ORDER BY n",
    "SELECT run, n, code, severity, place, file, sheet, cell, found, args FROM finding \
     WHERE submission = ?1 ORDER BY run, n",
];

impl Kind {
    /// The name in the ledger.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Submission => "submission",
            Self::Run => "run",
        }
    }

    const fn selects(self) -> &'static [&'static str] {
        match self {
            Self::Submission => SUBMISSION,
            Self::Run => RUN,
        }
    }
}

/// The digest of a subject as it stands in the file.
pub(super) fn digest(conn: &Connection, kind: Kind, subject: i64) -> rusqlite::Result<String> {
    let mut hash = Sha256::new();
    let mut line = Vec::with_capacity(256);
    for sql in kind.selects() {
        let mut statement = conn.prepare_cached(sql)?;
        let width = statement.column_count();
        let mut rows = statement.query([subject])?;
        while let Some(row) = rows.next()? {
            line.clear();
            for column in 0..width {
                put(&mut line, row.get_ref(column)?);
            }
            line.push(b'\n');
            hash.update(&line);
        }
        hash.update(b"\n\n");
    }
    Ok(hex(&hash.finalize()))
}

/// The next head after `head`.
pub(super) fn next_head(head: &str, kind: &str, subject: i64, digest: &str) -> String {
    hex(&Sha256::digest(format!("{head}\n{kind}\n{subject}\n{digest}")))
}

/// The head as it stands.
pub(super) fn head(conn: &Connection) -> rusqlite::Result<String> {
    let sql = "SELECT head FROM link ORDER BY seq DESC LIMIT 1";
    let head: Option<String> = conn.prepare_cached(sql)?.query_row([], |r| r.get(0)).optional()?;
    Ok(head.unwrap_or_else(|| EMPTY.to_owned()))
}

/// Adds the link of a subject whose rows are all in, and gives the new head.
fn close(conn: &Connection, kind: Kind, subject: i64) -> Work<String> {
    let digest = digest(conn, kind, subject)?;
    let head = next_head(&head(conn)?, kind.key(), subject, &digest);
    let sql = "INSERT INTO link (kind, subject, canon, digest, head) VALUES (?1, ?2, ?3, ?4, ?5)";
    conn.prepare_cached(sql)?.execute(rusqlite::params![
        kind.key(),
        subject,
        CANON,
        digest,
        head
    ])?;
    Ok(head)
}

/// Closes a submission.
pub(super) fn close_submission(conn: &Connection, id: i64) -> Work<String> {
    close(conn, Kind::Submission, id)
}

/// Closes a run; its submissions are closed before.
pub(super) fn close_run(conn: &Connection, id: i64) -> Work<String> {
    close(conn, Kind::Run, id)
}

/// One value: letter, length, colon, bytes.
fn put(line: &mut Vec<u8>, value: ValueRef) {
    let mut put = |letter: u8, bytes: &[u8]| {
        line.push(letter);
        // Writing to memory cannot fail.
        let _ = write!(line, "{}:", bytes.len());
        line.extend_from_slice(bytes);
    };
    match value {
        ValueRef::Null => put(b'n', b""),
        ValueRef::Integer(n) => put(b'i', n.to_string().as_bytes()),
        // STRICT tables without REAL columns hold none; a forged one still has to hash to something.
        ValueRef::Real(x) => put(b'r', x.to_string().as_bytes()),
        ValueRef::Text(text) => put(b't', text),
        ValueRef::Blob(blob) => put(b'b', blob),
    }
}

/// Bytes as lower-case hex.
pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{b:02x}");
        out
    })
}
