//! Foundation: what can be wrong (问题), where it stands, and what stops the work.
//!
//! What is wrong *in a document* is a [`Diagnostic`]: collected, placed, and the rest goes on.
//! What stops *the work* is an [`Error`]. The words of both live in [`crate::wording`].

mod code;
mod diagnostic;
mod error;

pub use code::{Code, Severity};
pub use diagnostic::{Checked, Diagnostic, Place};
pub use error::{Error, LedgerTrouble, Result};
