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
mod cross;
mod detail;
mod figure;
mod front;
mod history;
mod indicators;
mod laggards;
mod leader_front;
mod leader_ranks;
mod leader_units;
mod list;
mod long;
mod long_sheet;
mod look;
mod message;
mod office;
mod overview;
mod page;
mod red_black;
mod report;
mod returns;
mod rollup;
mod rows;
mod rules;
mod sources;
mod spark;
mod text;
mod tiles;
mod trace;
mod unit_front;
mod view;
mod wall;

use crate::{
    diag::Result,
    model::{Assignment, UnitId, assignments},
    stats::Rollup,
};

pub use report::{Report, Source, Texts, Versions};
pub use trace::{CellSource, CountedRow, explain_cell};

/// A written workbook: file name and bytes.
pub type Written = (String, Vec<u8>);

/// The workbooks of one report (统计表).
///
/// Who has which part in which task is worked out once for all of them; anew for each leader it was a thirteenth of the
/// work for the leaders of a district.
pub struct Workbooks<'a> {
    report: &'a Report,
    assigned: Vec<Assignment>,
}

impl<'a> Workbooks<'a> {
    /// The workbooks that this report gives.
    #[must_use]
    pub fn new(report: &'a Report) -> Self {
        Self { report, assigned: assignments(&report.plan, report.period) }
    }

    /// The office's workbook (综合统计).
    ///
    /// # Errors
    /// [`crate::diag::Error::Workbook`] if the writing library refuses.
    pub fn office(&self) -> Result<Written> {
        office::office(self.report, &self.assigned)
    }

    /// One leader's workbook; `leader` is the key of a [`crate::stats::LeaderRow`].
    ///
    /// # Errors
    /// [`crate::diag::Error::Workbook`] if there is no such leader or the writing library refuses.
    pub fn leader(&self, leader: &str) -> Result<Written> {
        office::leader(self.report, &self.assigned, leader)
    }

    /// One unit's workbook, on request.
    ///
    /// # Errors
    /// [`crate::diag::Error::Workbook`] if there is no such unit or the writing library refuses.
    pub fn unit(&self, unit: &UnitId) -> Result<Written> {
        office::unit(self.report, &self.assigned, unit)
    }
}

/// The office's workbook alone ([`Workbooks::office`]).
///
/// # Errors
/// [`crate::diag::Error::Workbook`] if the writing library refuses.
pub fn office(report: &Report) -> Result<Written> {
    Workbooks::new(report).office()
}

/// One leader's workbook alone ([`Workbooks::leader`]).
///
/// # Errors
/// [`crate::diag::Error::Workbook`] if there is no such leader or the writing library refuses.
pub fn leader(report: &Report, leader: &str) -> Result<Written> {
    Workbooks::new(report).leader(leader)
}

/// One unit's workbook alone ([`Workbooks::unit`]).
///
/// # Errors
/// [`crate::diag::Error::Workbook`] if there is no such unit or the writing library refuses.
pub fn unit(report: &Report, unit: &UnitId) -> Result<Written> {
    Workbooks::new(report).unit(unit)
}

/// The workbook of many offices together (汇总表).
///
/// `left_out` names what could not be counted, with the reason; `program` is the version printed in 统计口径.
///
/// # Errors
/// [`crate::diag::Error::Workbook`] if the writing library refuses.
pub fn rollup(rollup: &Rollup, left_out: &[(String, String)], program: &str) -> Result<Vec<u8>> {
    rollup::write(rollup, left_out, program)
}

/// All workbooks of a period: the office's first, then one per leader in the order of the statistics.
///
/// Two leaders whose names make the same file name get numbers. Written in parallel; the order does not depend on it.
///
/// # Errors
/// [`crate::diag::Error::Workbook`] if the writing library refuses.
pub fn all(report: &Report) -> Result<Vec<Written>> {
    office::all(report)
}

/// Workbooks whose names the file system would take for one get numbers, from the second on.
#[must_use]
pub fn told_apart(books: Vec<Written>) -> Vec<Written> {
    office::told_apart(books)
}
