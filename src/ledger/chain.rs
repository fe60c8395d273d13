//! The chain: every run and every submission is hashed with all it brought, and each hash with the one before.
//!
//! Digest: SHA-256 over the rows of the subject, as `SQLite` gives them. A row is its values in the order of
//! [`RUN`] or [`SUBMISSION`], each as a letter (`n` null, `i` integer, `t` text, `b` blob), its length in bytes
//! in decimal, a colon and the bytes (integers in decimal); a row ends with a line feed, a table with two.
//! Head: SHA-256 over the last head, the kind, the subject's number, and its digest, joined by line feeds.
//! So anybody with a SQL shell can compute it again.

use rusqlite::{Connection, OptionalExtension, types::ValueRef};
use sha2::{Digest, Sha256};

use super::store::Work;
use crate::model::hex;

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

/// The entries of a submission.
const ENTRIES: &str = "SELECT n, task, item, role, field, value, raw, sheet, cell FROM entry \
                       WHERE submission = ?1 ORDER BY n";

/// The rows of a submission.
const SUBMISSION: &[&str] = &[
    "SELECT id, run, period, unit, file, archive, sha256, size, outcome, received_at, presumed, \
     on_behalf, reason, revision, required, answered, seen, used, explained, errors, warnings \
     FROM submission WHERE id = ?1",
    ENTRIES,
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

/// Bytes after which rows are handed to the hash.
const PIECE: usize = 4096;

/// The digest of a subject as it stands in the file.
pub(super) fn digest(conn: &Connection, kind: Kind, subject: i64) -> rusqlite::Result<String> {
    digest_with(conn, kind, subject, None)
}

/// The same; the rows of [`ENTRIES`] are taken from `written`, where whoever wrote them has them at hand: they are
/// nine of ten rows, and reading each back took twice as long as hashing it.
fn digest_with(
    conn: &Connection,
    kind: Kind,
    subject: i64,
    written: Option<&Lines>,
) -> rusqlite::Result<String> {
    let mut hash = Sha256::new();
    let mut lines = Vec::with_capacity(2 * PIECE);
    for &sql in kind.selects() {
        if let Some(Lines(written)) = written.filter(|_| sql == ENTRIES) {
            hash.update(&lines);
            hash.update(written);
            lines.clear();
            lines.extend_from_slice(b"\n\n");
            continue;
        }
        let mut statement = conn.prepare_cached(sql)?;
        let width = statement.column_count();
        let mut rows = statement.query([subject])?;
        while let Some(row) = rows.next()? {
            for column in 0..width {
                put(&mut lines, row.get_ref(column)?);
            }
            lines.push(b'\n');
            if lines.len() >= PIECE {
                hash.update(&lines);
                lines.clear();
            }
        }
        lines.extend_from_slice(b"\n\n");
    }
    hash.update(&lines);
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

/// Rows of [`ENTRIES`] as they are hashed, put down while they are written.
#[derive(Default)]
pub(super) struct Lines(Vec<u8>);

impl Lines {
    /// Adds a row.
    pub(super) fn row(&mut self, values: &[ValueRef]) {
        for value in values {
            put(&mut self.0, *value);
        }
        self.0.push(b'\n');
    }

    /// Begins anew.
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

/// Adds the link of a subject whose rows are all in, and gives the new head.
fn close(conn: &Connection, kind: Kind, subject: i64, written: Option<&Lines>) -> Work<String> {
    let digest = digest_with(conn, kind, subject, written)?;
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

/// Closes a submission with the entries that were written of it.
pub(super) fn close_submission(conn: &Connection, id: i64, entries: &Lines) -> Work<String> {
    close(conn, Kind::Submission, id, Some(entries))
}

/// Closes a run; its submissions are closed before.
pub(super) fn close_run(conn: &Connection, id: i64) -> Work<String> {
    close(conn, Kind::Run, id, None)
}

/// One value: letter, length, colon, bytes.
///
/// Called for every value of every run: digits are put down without the machinery of formatting, which took a third
/// of the time of a digest.
fn put(lines: &mut Vec<u8>, value: ValueRef) {
    let mut put = |letter: u8, bytes: &[u8]| {
        lines.push(letter);
        lines.extend_from_slice(Digits::of(bytes.len() as u64).bytes());
        lines.push(b':');
        lines.extend_from_slice(bytes);
    };
    match value {
        ValueRef::Null => put(b'n', b""),
        ValueRef::Integer(n @ 0..) => put(b'i', Digits::of(n.unsigned_abs()).bytes()),
        ValueRef::Integer(n) => put(b'i', n.to_string().as_bytes()),
        // STRICT tables without REAL columns hold none; a forged one still has to hash to something.
        ValueRef::Real(x) => put(b'r', x.to_string().as_bytes()),
        ValueRef::Text(text) => put(b't', text),
        ValueRef::Blob(blob) => put(b'b', blob),
    }
}

/// A number in decimal, on the stack.
struct Digits {
    bytes: [u8; 20],
    from: usize,
}

impl Digits {
    fn of(mut number: u64) -> Self {
        let mut digits = Self { bytes: [b'0'; 20], from: 19 };
        loop {
            // A remainder of ten is below ten.
            digits.bytes[digits.from] = b'0' + (number % 10) as u8;
            number /= 10;
            if number == 0 {
                return digits;
            }
            digits.from -= 1;
        }
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[self.from..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_down_as_the_description_says() {
        for number in [0, 1, 9, 10, 12_345, u64::MAX] {
            assert_eq!(Digits::of(number).bytes(), number.to_string().as_bytes());
        }
        let mut lines = Vec::new();
        for value in [
            ValueRef::Null,
            ValueRef::Integer(0),
            ValueRef::Integer(-17),
            ValueRef::Integer(i64::MAX),
            ValueRef::Text("区财政局".as_bytes()),
            ValueRef::Blob(&[0; 11]),
        ] {
            put(&mut lines, value);
        }
        let zeros = "\0".repeat(11);
        let wanted = format!("n0:i1:0i3:-17i19:9223372036854775807t12:区财政局b11:{zeros}");
        assert_eq!(String::from_utf8_lossy(&lines), wanted);
    }
}
