//! 统计表: the workbooks that leaders read.
//!
//! Takes a [`Report`] (plan, rows of statistics, texts, sources), gives the bytes of workbooks. Nothing is counted
//! here: formulas count in the workbook, and carry the statistics' results as cached values.

mod report;

use crate::{
    diag::{Error, Result},
    model::UnitId,
};

pub use report::{Past, Report, Source, Statistics, Texts, Versions};

/// A written workbook: file name and bytes.
pub type Written = (String, Vec<u8>);

/// The office's workbook (综合统计).
///
/// # Errors
/// [`Error::Workbook`] if the writing library refuses.
pub fn office(report: &Report) -> Result<Written> {
    Err(unwritten(&report.period.to_string()))
}

/// One leader's workbook; `leader` is the key of a [`crate::stats::LeaderRow`].
///
/// # Errors
/// [`Error::Workbook`] if there is no such leader or the writing library refuses.
pub fn leader(_report: &Report, leader: &str) -> Result<Written> {
    Err(unwritten(leader))
}

/// One unit's workbook, on request.
///
/// # Errors
/// [`Error::Workbook`] if there is no such unit or the writing library refuses.
pub fn unit(_report: &Report, unit: &UnitId) -> Result<Written> {
    Err(unwritten(unit.as_str()))
}

fn unwritten(name: &str) -> Error {
    Error::Workbook { name: name.to_owned(), cause: "not written yet".to_owned() }
}
