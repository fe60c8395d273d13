//! The tables of the ledger file and how older files are brought up to date.
//!
//! Facts only: what is superseded, on time or missing is computed, never stored. Triggers refuse every change
//! and deletion, which stops accidents; a person who can write the file can drop them, and
//! [`super::Store::verify`] finds that.

/// Marks the file as a duban ledger in its `SQLite` header: “duba”.
pub(super) const APPLICATION_ID: i32 = 0x6475_6261;

/// Schema version of this program: the number of steps in [`MIGRATIONS`].
#[expect(clippy::cast_possible_wrap, reason = "a handful of steps")]
pub(super) const VERSION: i64 = MIGRATIONS.len() as i64;

/// Step n takes a file from version n to n + 1. A released step is never edited.
pub(super) const MIGRATIONS: &[&str] = &[FIRST];

/// Every table, in the order in which rows refer to each other.
pub(super) const TABLES: &[&str] = &[
    "run",
    "plan_version",
    "submission",
    "entry",
    "finding",
    "obligation",
    "waiver",
    "form_issue",
    "confirmation",
    "withdrawal",
    "link",
];

/// Version 1.
///
/// `run` is one transaction of the office; everything else hangs on one. Times are UTC with milliseconds in one
/// fixed width, so that text order is time order. `link` is the chain: see [`super::chain`].
const FIRST: &str = "
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    act TEXT NOT NULL,
    period TEXT,
    program TEXT NOT NULL
) STRICT;

CREATE TABLE plan_version (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id),
    version TEXT NOT NULL UNIQUE,
    content BLOB NOT NULL
) STRICT;
CREATE INDEX plan_version_run ON plan_version (run);

CREATE TABLE submission (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id),
    period TEXT NOT NULL,
    unit TEXT,
    file TEXT NOT NULL,
    archive TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
    size INTEGER NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('accepted', 'partial', 'rejected', 'unreadable')),
    received_at TEXT NOT NULL,
    presumed INTEGER NOT NULL CHECK (presumed IN (0, 1)),
    on_behalf TEXT,
    reason TEXT,
    revision INTEGER NOT NULL,
    required INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    used INTEGER NOT NULL,
    explained INTEGER NOT NULL,
    errors INTEGER NOT NULL,
    warnings INTEGER NOT NULL
) STRICT;
CREATE INDEX submission_period ON submission (period);
CREATE INDEX submission_file ON submission (sha256);
CREATE INDEX submission_run ON submission (run);

CREATE TABLE entry (
    submission INTEGER NOT NULL REFERENCES submission (id),
    n INTEGER NOT NULL,
    task INTEGER,
    item TEXT,
    role TEXT,
    field TEXT NOT NULL,
    value TEXT,
    raw TEXT NOT NULL,
    sheet TEXT NOT NULL,
    cell TEXT NOT NULL,
    PRIMARY KEY (submission, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding (
    run INTEGER NOT NULL REFERENCES run (id),
    submission INTEGER REFERENCES submission (id),
    n INTEGER NOT NULL,
    code TEXT NOT NULL,
    severity TEXT NOT NULL,
    place TEXT NOT NULL,
    file TEXT,
    sheet TEXT,
    cell TEXT,
    found TEXT NOT NULL,
    args TEXT NOT NULL,
    PRIMARY KEY (run, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_submission ON finding (submission);

CREATE TABLE obligation (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id),
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    due TEXT NOT NULL,
    UNIQUE (period, unit)
) STRICT;
CREATE INDEX obligation_run ON obligation (run);

CREATE TABLE waiver (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id),
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('exempt', 'extend', 'revoke')),
    due TEXT,
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX waiver_run ON waiver (run);
CREATE INDEX waiver_period ON waiver (period);

CREATE TABLE form_issue (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id),
    period TEXT NOT NULL,
    unit TEXT NOT NULL,
    due TEXT NOT NULL,
    plan_version TEXT NOT NULL,
    form_version TEXT NOT NULL,
    digest TEXT NOT NULL,
    printed TEXT NOT NULL,
    submissions_before INTEGER NOT NULL
) STRICT;
CREATE INDEX form_issue_run ON form_issue (run);
CREATE INDEX form_issue_period ON form_issue (period, unit);

CREATE TABLE confirmation (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id),
    period TEXT NOT NULL,
    task INTEGER NOT NULL,
    confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX confirmation_run ON confirmation (run);

CREATE TABLE withdrawal (
    id INTEGER PRIMARY KEY,
    run INTEGER NOT NULL REFERENCES run (id),
    submission INTEGER NOT NULL UNIQUE REFERENCES submission (id),
    reason TEXT NOT NULL
) STRICT;
CREATE INDEX withdrawal_run ON withdrawal (run);

CREATE TABLE link (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    subject INTEGER NOT NULL,
    canon INTEGER NOT NULL,
    digest TEXT NOT NULL,
    head TEXT NOT NULL,
    UNIQUE (kind, subject)
) STRICT;
";

/// The words a refused change is reported with.
pub(super) const REFUSAL: &str = "duban: append-only";

/// The triggers of one table: no change, no deletion. With `recursive_triggers` on, a REPLACE fires the second.
pub(super) fn guards(table: &str) -> [(String, String); 2] {
    ["UPDATE", "DELETE"].map(|verb| {
        let name = format!("{table}_no_{}", verb.to_lowercase());
        let sql = format!(
            "CREATE TRIGGER {name} BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        );
        (name, sql)
    })
}
