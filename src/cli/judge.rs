//! Judging the bytes of one file: what a run of ingest and a recheck have in common.

use super::{
    month::Month,
    office::Office,
    room::{Room, Seat},
    worker::Pool,
};
use crate::{
    diag::{Checked, Result},
    intake::{self, Expected, FileFacts, Reading},
    model::Plan,
    sheet::{self, FileKind, limits},
};

/// Today's rules for the returns of one period.
pub(super) struct Judge {
    /// What may come back.
    pub(super) expected: Expected,
    pool: Pool,
    room: Room,
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
            plan.with_successions(),
            office.settings.clone(),
        );
        expected.key = Some(month.key.clone());
        expected.last = month.store.last_facts(month.period, plan)?;
        Ok(Self { expected, pool: Pool::new(std::env::current_exe().ok()), room: Room::default() })
    }

    /// A seat for a file of `size` bytes: one to look at it, all where that alone makes it heavy.
    pub(super) fn seat(&self, size: u64) -> Seat<'_> {
        self.room.enter(size > limits::HEAVY_BYTES)
    }

    /// The seats a file needs to be read, given those taken to look at it. Archives are read `alone`.
    pub(super) fn seat_for<'a>(&'a self, bytes: &[u8], alone: bool, seat: Seat<'a>) -> Seat<'a> {
        if !alone && sheet::weight(bytes) <= limits::HEAVY_BYTES {
            return seat;
        }
        let seat = if seat.is_alone() {
            seat
        } else {
            // Its seat is given back first: two that wait for each other's would wait for ever.
            drop(seat);
            self.room.enter(true)
        };
        self.pool.rest();
        seat
    }

    /// What these bytes say; `kind` is what [`sheet::sniff`] takes them for.
    pub(super) fn read(&self, bytes: &[u8], kind: FileKind, facts: &FileFacts) -> Checked<Reading> {
        let book = if kind.needs_worker() {
            self.pool.read(bytes, kind, &facts.path)
        } else {
            sheet::read_as(bytes, kind, &facts.path)
        };
        match book {
            Ok(book) => intake::read_return(&book, facts, &self.expected),
            Err(finding) => {
                let mut checked = intake::unread(facts, finding, &self.expected);
                if !sheet::is_received_unreadable(kind, bytes) {
                    checked.value.outcome = intake::Outcome::Rejected;
                }
                checked
            }
        }
    }
}
