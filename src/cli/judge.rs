//! Judging the bytes of one file: what a run of ingest and a recheck have in common.

use super::{month::Month, office::Office, worker::Pool};
use crate::{
    diag::{Checked, Result},
    intake::{self, Expected, FileFacts, Reading},
    model::Plan,
    sheet,
};

/// Today's rules for the returns of one period.
pub(super) struct Judge {
    /// What may come back.
    pub(super) expected: Expected,
    pool: Pool,
}

impl Judge {
    /// The rules as they stand: forms as issued, the registry and settings of today, the facts of the last period.
    ///
    /// # Errors
    /// No forms were issued for the period; the ledger cannot be read.
    pub(super) fn new(office: &Office, month: &Month<'_>, plan: &Plan) -> Result<Self> {
        let mut expected = Expected::new(
            month.period,
            month.all_issued()?,
            month.spec.clone(),
            plan.in_force(month.period).registry,
            office.settings.clone(),
        );
        expected.key = Some(month.key.clone());
        expected.last = month.store.last_facts(month.period, plan)?;
        Ok(Self { expected, pool: Pool::new(std::env::current_exe().ok()) })
    }

    /// What these bytes say.
    pub(super) fn read(&self, bytes: &[u8], facts: &FileFacts) -> Checked<Reading> {
        let kind = sheet::sniff(bytes);
        let book = if kind.needs_worker() {
            self.pool.read(bytes, kind, &facts.path)
        } else {
            sheet::read(bytes, &facts.path)
        };
        match book {
            Ok(book) => intake::read_return(&book, facts, &self.expected),
            Err(finding) => {
                let mut checked = intake::unread(facts, finding, &self.expected);
                if !kind.is_received_unreadable() {
                    checked.value.outcome = intake::Outcome::Rejected;
                }
                checked
            }
        }
    }
}
