//! What the ledger hands to the statistics: plain rows, superseded values gone.

use jiff::Timestamp;

use crate::model::{Answer, Field, ItemNo, Period, TaskNo, UnitId};

/// One accepted value (事实) that no later return of the same unit and period replaced or withdrew.
///
/// There is at most one per unit, item, field and period. Statistics carry the newest forward themselves, because
/// 未出数 in one period lets an earlier figure stand: so all periods up to the one asked for are handed over.
#[derive(Clone, PartialEq, Debug)]
pub struct Fact {
    /// Who reported it.
    pub unit: UnitId,
    /// The item it was reported under.
    pub item: ItemNo,
    /// Field; 填报人, 联系电话 and 审核人 are never handed over.
    pub field: Field,
    /// The value.
    pub answer: Answer,
    /// The period it was reported for.
    pub period: Period,
    /// When the return that brought it was received.
    pub received_at: Timestamp,
}

/// The office's word on a task (销号): confirmed as complete, or rejected.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Confirmation {
    /// The task.
    pub task: TaskNo,
    /// The period it was given for.
    pub period: Period,
    /// Rejected (退回): not complete until reported anew.
    pub rejected: bool,
    /// When it was entered.
    pub at: Timestamp,
}

/// What became of one obligation (应报) to report: one unit in one period.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is counted by itself; no two make a state")]
pub struct Filing {
    /// The unit.
    pub unit: UnitId,
    /// The period.
    pub period: Period,
    /// It owes a return: an obligation that is not exempt.
    pub owed: bool,
    /// At least one accepted or partial return was received.
    pub received: bool,
    /// Its first readable return came before the end of the due date.
    pub on_time: bool,
    /// That time is estimated from the file's own time (推定).
    pub estimated: bool,
    /// Required cells of its newest accepted or partial return; 0 if none was received.
    pub required: u64,
    /// Those of them with a usable value.
    pub answered: u64,
    /// Its first return had no error finding.
    pub first_clean: bool,
    /// Returns after the first (退改次数).
    pub later: u64,
}
