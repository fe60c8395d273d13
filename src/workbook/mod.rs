//! 统计表: the workbooks that leaders read.
//!
//! Takes a [`Report`] (plan, rows of statistics, texts, sources), gives the bytes of workbooks. Formulas count in the
//! workbook over long sheets, and carry the statistics' results as cached values.

mod block;
mod by_leader;
mod by_section;
mod by_unit;
mod charts;
mod coordination;
mod detail;
mod figure;
mod front;
mod history;
mod laggards;
mod leader_front;
mod list;
mod long;
mod long_sheet;
mod look;
mod message;
mod office;
mod overview;
mod page;
mod report;
mod returns;
mod rows;
mod rules;
mod sources;
mod text;
mod tiles;
mod trace;
mod view;
mod wall;

use crate::{
    diag::{Error, Result},
    model::{UnitId, assignments},
};

pub use report::{Report, Source, Texts, Versions};
pub use trace::{CellSource, CountedRow, explain_cell};

/// A written workbook: file name and bytes.
pub type Written = (String, Vec<u8>);

/// The office's workbook (综合统计).
///
/// # Errors
/// [`Error::Workbook`] if the writing library refuses.
pub fn office(report: &Report) -> Result<Written> {
    office::office(report)
}

/// One leader's workbook; `leader` is the key of a [`crate::stats::LeaderRow`].
///
/// # Errors
/// [`Error::Workbook`] if there is no such leader or the writing library refuses.
pub fn leader(report: &Report, leader: &str) -> Result<Written> {
    let assigned = assignments(&report.plan, report.period);
    office::leader(report, &assigned, leader)
}

/// One unit's workbook, on request.
///
/// # Errors
/// [`Error::Workbook`] if there is no such unit or the writing library refuses.
pub fn unit(_report: &Report, unit: &UnitId) -> Result<Written> {
    Err(Error::Workbook { name: unit.0.clone(), cause: "not written yet".to_owned() })
}
