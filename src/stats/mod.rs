//! 统计: completion, progress and workload by leader, unit, section and task.
//!
//! Takes the plan in force and the ledger's facts; gives plain rows, so that `workbook` never meets a frame.
//! Definitions: docs/definitions.md.

mod rows;

pub use rows::{
    Class, ClassCounts, ItemStat, LeaderRow, Light, LightCounts, PartStat, Rates, SectionRow,
    State, TaskStat, UnitReturns, UnitRow, UnitState,
};
