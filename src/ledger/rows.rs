//! The plain rows that go into the ledger and come out of it.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::{
    diag::Diagnostic,
    intake::{CellCount, Entry, FileFacts, OnBehalf, Outcome, Reading, Return},
    model::{Field, ItemNo, Period, Status, TaskNo, UnitId},
};

/// What the office did in one run; one run is one transaction.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Act {
    /// The ledger was made.
    Create,
    /// Forms were written: obligations, form issues.
    Template,
    /// Returns were taken in.
    Ingest,
    /// Stored raw values were judged by newer rules.
    Recheck,
    /// A completed task was confirmed or rejected (销号).
    Confirm,
    /// An obligation was exempted or extended.
    Waive,
    /// A submission was withdrawn.
    Withdraw,
    /// Simulated data entered: everything printed from here on says 模拟数据.
    Simulate,
}

impl Act {
    /// The name in the ledger.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Template => "template",
            Self::Ingest => "ingest",
            Self::Recheck => "recheck",
            Self::Confirm => "confirm",
            Self::Waive => "waive",
            Self::Withdraw => "withdraw",
            Self::Simulate => "simulate",
        }
    }
}

/// One file of an ingest run, as intake judged it.
///
/// `file` is relative to the office folder, with `/`; `archive` is where the bytes were put, by hash.
#[derive(Clone, PartialEq, Debug)]
pub struct Incoming {
    /// File as it was found.
    pub file: String,
    /// File in the archive.
    pub archive: String,
    /// Hash of its bytes, hex.
    pub sha256: String,
    /// Its size in bytes.
    pub size: u64,
    /// What became of it.
    pub outcome: Outcome,
    /// The unit it is from; none if it cannot be attributed.
    pub unit: Option<UnitId>,
    /// When it came.
    pub received_at: Timestamp,
    /// 推定: `received_at` was presumed from the file, not noted by anybody.
    pub presumed: bool,
    /// The office attributed it by hand: on whose word, and why.
    pub on_behalf: Option<OnBehalf>,
    /// What was taken in; none unless accepted or partial.
    pub answers: Option<Return>,
    /// Cells of the file.
    pub cells: CellCount,
    /// What was noticed.
    pub findings: Vec<Diagnostic>,
}

impl Incoming {
    /// A file as intake judged it; `archive` is where its bytes were put and `size` how many they are.
    #[must_use]
    pub fn new(
        file: FileFacts,
        archive: String,
        size: u64,
        reading: Reading,
        findings: Vec<Diagnostic>,
    ) -> Self {
        Self {
            file: file.path,
            archive,
            sha256: file.sha256,
            size,
            outcome: reading.outcome,
            unit: reading.unit,
            received_at: file.received_at,
            presumed: file.presumed,
            on_behalf: file.on_behalf,
            answers: reading.returned,
            cells: reading.cells,
            findings,
        }
    }
}

/// A run of ingest: what [`super::Store::append`] records in one transaction.
#[derive(Clone, PartialEq, Debug)]
pub struct Run {
    /// The period the files are for.
    pub period: Period,
    /// The files. Their order does not matter.
    pub files: Vec<Incoming>,
    /// Findings that belong to no file; recorded with the files that are new.
    pub findings: Vec<Diagnostic>,
}

/// What became of one file of a run in the ledger, in the order of [`Run::files`].
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    /// Recorded as this submission.
    Recorded(i64),
    /// The same bytes are recorded already, as this submission; nothing was added.
    Duplicate(i64),
    /// Nothing to record: not a return at all ([`Outcome::Ignored`]), or the same bytes stand earlier in this run.
    Skipped,
}

/// What an append did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appended {
    /// The run; none if there was nothing to add.
    pub run: Option<i64>,
    /// What became of each file.
    pub files: Vec<Taken>,
    /// Head of the chain afterwards, hex; printed on receipts.
    pub head: String,
}

/// A file in the ledger (报送).
#[derive(Clone, PartialEq, Debug)]
pub struct SubmissionRow {
    /// Number in the ledger, from 1.
    pub id: i64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Period.
    pub period: Period,
    /// Unit as recorded; none if it could not be attributed.
    pub unit: Option<UnitId>,
    /// File as it was found.
    pub file: String,
    /// File in the archive.
    pub archive: String,
    /// Hash of its bytes.
    pub sha256: String,
    /// Size in bytes.
    pub size: u64,
    /// Accepted, partial, rejected or unreadable.
    pub outcome: Outcome,
    /// When it came.
    pub received_at: Timestamp,
    /// 推定.
    pub presumed: bool,
    /// 代报.
    pub on_behalf: Option<OnBehalf>,
    /// How often these bytes were judged again; only the last judgement counts.
    pub revision: i64,
    /// Required cells of its form.
    pub required: u32,
    /// Required cells with a usable value.
    pub answered: u32,
    /// Cells of the file.
    pub cells: CellCount,
    /// Error findings.
    pub errors: u64,
    /// Warning findings.
    pub warnings: u64,
    /// Withdrawn by the office: why.
    pub withdrawn: Option<String>,
    /// The same bytes were judged again later; only the last judgement counts.
    pub rejudged: bool,
}

impl SubmissionRow {
    /// Whether it stands: neither withdrawn nor judged again later.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.withdrawn.is_none() && !self.rejudged
    }

    /// Whether it stands and something of it was taken in: it counts as received (报送).
    #[must_use]
    pub fn counts(&self) -> bool {
        self.stands() && matches!(self.outcome, Outcome::Accepted | Outcome::Partial)
    }

    /// The order in which returns replace each other: by when they came, then by hash (so that neither the
    /// order of files nor of runs matters), then by revision.
    #[must_use]
    pub fn order(&self) -> (Timestamp, &str, i64) {
        (self.received_at, &self.sha256, self.revision)
    }
}

/// An entry in the ledger with the submission it came in.
#[derive(Clone, PartialEq, Debug)]
pub struct EntryRow {
    /// Submission.
    pub submission: i64,
    /// Place among the submission's entries, from 0.
    pub n: u32,
    /// The cell as taken in.
    pub entry: Entry,
}

/// An obligation (应报) as it stands: written by `template`, then changed only by exemption or extension.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ObligationRow {
    /// Unit as recorded.
    pub unit: UnitId,
    /// Period.
    pub period: Period,
    /// Due date as first set.
    pub first_due: Date,
    /// Due date as it stands, extensions counted.
    pub due: Date,
    /// Exempt: why.
    pub exempt: Option<String>,
    /// Extended: why.
    pub extended: Option<String>,
}

/// What the office grants to a unit for a period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Grant {
    /// Nothing is owed (免报).
    Exempt,
    /// Owed by this date (延期).
    Extend(Date),
    /// Earlier grants no longer hold.
    Revoke,
}

/// A form as issued, so that intake can rebuild exactly what was sent.
#[derive(Clone, PartialEq, Debug)]
pub struct FormIssue {
    /// Unit.
    pub unit: UnitId,
    /// Period.
    pub period: Period,
    /// Due date that was printed; becomes the obligation.
    pub due: Date,
    /// Plan version, the first 12 digits as in the stamp.
    pub plan_version: String,
    /// Version of the form description.
    pub form_version: String,
    /// Digest of the stamp: tells issues of one unit and period apart.
    pub digest: String,
    /// What was printed of the last period, by item.
    pub printed: BTreeMap<ItemNo, PrintedRow>,
}

/// What one row of an issued form printed of the last period.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub struct PrintedRow {
    /// 上期累计 as a number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<String>,
    /// 未出数 last time.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub not_out: bool,
    /// Status of a qualitative item that gave no progress.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Status>,
    /// Texts shown beside the cells.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<Field, String>,
    /// Confirmed by then (已销号).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub confirmed: bool,
}

/// A form issue read back.
#[derive(Clone, PartialEq, Debug)]
pub struct FormIssueRow {
    /// The issue.
    pub issue: FormIssue,
    /// When.
    pub issued_at: Timestamp,
    /// How many submissions the ledger held then: the printed values come from them.
    pub submissions_before: i64,
}

/// The office's word on a completed task (销号).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ConfirmationRow {
    /// Task.
    pub task: TaskNo,
    /// Period it was said for.
    pub period: Period,
    /// Confirmed, or rejected.
    pub confirmed: bool,
    /// Why; may be empty for a confirmation.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// Where a value stands: everything `trace` shows of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Source {
    /// Submission number.
    pub submission: i64,
    /// File as it was found.
    pub file: String,
    /// Hash of its bytes.
    pub sha256: String,
    /// Sheet.
    pub sheet: String,
    /// Cell.
    pub cell: String,
    /// As typed.
    pub raw: String,
    /// When the file came.
    pub received_at: Timestamp,
    /// When it was recorded.
    pub recorded_at: Timestamp,
}
