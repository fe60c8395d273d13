//! 统计: completion, progress and workload by leader, unit, section and task.
//!
//! Takes the plan as entered, the ledger's facts, the office's words and the obligations; gives plain rows, so that
//! `workbook` never meets a frame. Items are judged one by one with exact fractions; carrying forward and counting
//! are polars expressions. Definitions: docs/definitions.md.

mod carry;
mod class;
mod compute;
mod cross;
mod definitions;
mod export;
mod frame;
mod inherit;
mod json;
mod judge;
mod leader;
mod limits;
mod part;
mod period;
mod ranks;
mod returns;
mod rollup;
mod rows;
mod section;
mod shares;
mod task;
mod trend;
mod unit;
mod warn;

pub use crate::settings::Rounding;
pub use compute::{Input, compute};
pub use cross::Cross;
pub use definitions::{DefinitionText, definitions, definitions_page};
pub use export::export;
pub use json::{csv, json, rollup_csv};
pub use period::{By, PeriodRows, PeriodStats};
pub use returns::{ReturnRates, Returns};
pub use rollup::{LastRates, PastRates, Rollup, RollupRow, Sums};
pub use rows::{
    Class, ClassCounts, ItemStat, LeaderRow, Light, LightCounts, PartStat, Rates, SectionRow,
    State, TaskStat, UnitReturns, UnitRow, UnitState,
};
pub use shares::{Shares, class_shares, counted_classes, shares};
pub use trend::{Trend, TrendPoint};
pub use warn::{Change, Watch};

/// Key of the total line in every table.
pub const TOTAL_KEY: &str = "total";

/// Name of the total line.
pub const TOTAL_NAME: &str = "合计";

/// Key and name of the row of tasks without a leader.
pub const NOBODY_NAME: &str = "未明确";
