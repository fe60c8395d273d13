//! 台账: the append-only record of everything taken in, with its provenance.
//!
//! Takes returns, gives rows and frames. `SQLite` appends and returns rows; supersession is a polars expression;
//! `status`, `trace` and `verify` build no frame.
//!
//! [`Store`] is the file. What goes in: [`Run`] (returns), [`FormIssue`] (forms and obligations), grants,
//! confirmations, withdrawals: one transaction each, plain inserts. What comes out: [`Facts`] for the statistics,
//! [`Status`], [`DumpRow`], [`Verified`], a backup.

mod accepted;
mod append;
mod backup;
mod chain;
pub mod columns;
mod content;
mod dump;
mod entries;
mod export;
mod facts;
mod found;
mod last;
mod load;
mod merge;
mod migrate;
mod office;
mod received;
mod recheck;
mod rows;
mod schema;
mod status;
mod store;
mod trace;
mod verify;

pub use accepted::{Accepted, Facts};
pub use dump::DumpRow;
pub use export::{Exported, parquet};
pub use facts::{Confirmation, Fact, Filing};
pub use found::FindingRow;
pub use merge::{current, resolved};
pub use office::Issued;
pub use received::{Received, days_late, is_over, received_at, register};
pub use recheck::{Otherwise, Rejudged, rejudged};
pub use rows::{
    Act, Appended, ConfirmationRow, EntryRow, FormIssue, FormIssueRow, Grant, Incoming,
    ObligationRow, PrintedRow, Run, Source, SubmissionRow, Taken,
};
pub use status::{State, Status, UnitState};
pub use store::Store;
pub use trace::{Traced, TracedCell, Wanted};
pub use verify::Verified;
