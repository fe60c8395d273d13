//! A return (报送) as taken in.

use serde::{Deserialize, Serialize};

use crate::model::{Answer, Field, ItemNo, Period, Role, TaskNo, UnitId};

/// What became of a file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Outcome {
    /// Everything in it was taken.
    Accepted,
    /// Some cells were withheld.
    Partial,
    /// Nothing could be taken: it cannot be attributed, or is no return.
    Rejected,
    /// Received, but not readable (PDF, picture, damaged, encrypted).
    Unreadable,
    /// The same bytes were taken in before.
    Duplicate,
    /// A later file of the same unit in the same run replaced it as a whole.
    Superseded,
    /// Lock files, hidden files, folders: noticed, not opened.
    Ignored,
}

/// The balance of a file's cells: seen = used + explained.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct CellCount {
    /// Non-blank cells of all sheets.
    pub seen: u64,
    /// Taken in, or printed by duban and unchanged.
    pub used: u64,
    /// Inside a finding.
    pub explained: u64,
}

/// One cell taken in (台账记录的一格).
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// Task; none for 填报人, 联系电话, 审核人.
    pub task: Option<TaskNo>,
    /// Item as printed in 事项编号.
    pub item: Option<ItemNo>,
    /// Role of the unit in the task.
    pub role: Option<Role>,
    /// Field.
    pub field: Field,
    /// Value; none withdraws an earlier value (a present row with a blank cell).
    pub value: Option<Answer>,
    /// What was typed.
    pub raw: String,
    /// Sheet.
    pub sheet: String,
    /// Cell, e.g. `K12`.
    pub cell: String,
}

/// A return (报送): one unit's answers for one period from one file.
#[derive(Clone, PartialEq, Debug)]
pub struct Return {
    /// The unit.
    pub unit: UnitId,
    /// The period.
    pub period: Period,
    /// Cells taken in, in order of the form; blank cells of present rows are entries without a value.
    pub entries: Vec<Entry>,
    /// Required cells of the form, and how many of them have a usable value (完整率).
    pub required: u32,
    /// Required cells with a usable value.
    pub answered: u32,
    /// Cells of the file.
    pub cells: CellCount,
}
