//! What became of one file.

use crate::{diag::Diagnostic, model::UnitId};

use super::{CellCount, Outcome, Return};

/// What became of one file (收件结果). The findings stand beside it in [`crate::diag::Checked`].
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// What became of it.
    pub outcome: Outcome,
    /// The unit it is from, as far as it can be told: also for files that were rejected or cannot be read.
    pub unit: Option<UnitId>,
    /// Whether stamp, head cell and file name (those that speak) agree on the unit: only then may a receipt or a
    /// correction form go to it.
    pub undisputed: bool,
    /// What was taken in; none unless accepted or partial.
    pub returned: Option<Return>,
    /// The findings behind those that were joined because many are alike, one by one: what a correction form marks.
    pub single: Vec<Diagnostic>,
    /// Non-blank cells of the file; all zero when it could not be read.
    pub cells: CellCount,
}
