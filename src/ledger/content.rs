//! What one submission brought.

use super::{
    Store,
    found::FindingRow,
    load::{self, Which},
    rows::{EntryRow, SubmissionRow},
};
use crate::{diag::Result, model::Period};

impl Store {
    /// The submission in force with these bytes for this period; none if they are new to the ledger.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn known(&self, sha256: &str, period: Period) -> Result<Option<SubmissionRow>> {
        let rows = self.read(|tx| load::submissions(tx, &Which::Hash(sha256), None))?;
        Ok(rows.into_iter().rev().find(|s| s.period == period && s.stands()))
    }

    /// The cells taken in from a submission, in the order of its form; blank ones withdraw an earlier value.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn entries_of(&self, submission: i64) -> Result<Vec<EntryRow>> {
        self.read(|tx| load::entries_of(tx, submission))
    }

    /// What was noticed in a submission.
    ///
    /// # Errors
    /// If the ledger cannot be read.
    pub fn findings_of(&self, submission: i64) -> Result<Vec<FindingRow>> {
        self.read(|tx| load::findings(tx, submission))
    }
}
