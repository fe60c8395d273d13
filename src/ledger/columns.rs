//! Names of the columns that the ledger's frames have, and the check that they are as promised.

use polars::prelude::{DataFrame, DataType};

use crate::diag::{Error, Result};

/// Row number in the list of entries (u32).
pub const ROW: &str = "row";
/// Unit id, aliases followed (string).
pub const UNIT: &str = "unit";
/// Period as printed (string).
pub const PERIOD: &str = "period";
/// Task number, 0 for the foot of the form (u32).
pub const TASK: &str = "task";
/// Number of the indicator for 累计 and 进度; what belongs to the task as a whole has [`WHOLE_TASK`] (u32).
pub const SLOT: &str = "slot";
/// Field key (string).
pub const FIELD: &str = "field";
/// Whether the cell has a value (boolean).
pub const FILLED: &str = "filled";
/// Whether the submission counts: taken in, not withdrawn, not judged again (boolean).
pub const LIVE: &str = "live";
/// When the file came, milliseconds since 1970 (i64).
pub const RECEIVED: &str = "received_at";
/// Hash of the file (string).
pub const SHA: &str = "sha256";
/// Which judgement of the same bytes (i64).
pub const REVISION: &str = "revision";

/// The slot of fields that a task has once, whichever of its rows they were typed on.
pub const WHOLE_TASK: u32 = u32::MAX;

/// Names and types of the frame of entries, which [`super::merge`] relies on.
const ENTRIES: [(&str, DataType); 11] = [
    (ROW, DataType::UInt32),
    (UNIT, DataType::String),
    (PERIOD, DataType::String),
    (TASK, DataType::UInt32),
    (SLOT, DataType::UInt32),
    (FIELD, DataType::String),
    (FILLED, DataType::Boolean),
    (LIVE, DataType::Boolean),
    (RECEIVED, DataType::Int64),
    (SHA, DataType::String),
    (REVISION, DataType::Int64),
];

/// Checks the frame of entries once; later code relies on it.
///
/// # Errors
/// [`Error::Frame`] naming the column that is missing, of another type, or has nulls.
pub(super) fn check_entries(frame: &DataFrame) -> Result<()> {
    for (name, wanted) in &ENTRIES {
        let column = frame.column(name).map_err(|e| Error::Frame(e.to_string()))?;
        if column.dtype() != wanted || column.null_count() > 0 {
            let found = column.dtype();
            return Err(Error::Frame(format!(
                "column {name}: {found}, wanted {wanted} without nulls"
            )));
        }
    }
    Ok(())
}
