//! duban (督办): an office's month of work, from a responsibility plan to the statistic workbooks.
//!
//! ```text
//! plan ──▶ template ──▶ intake ──▶ ledger ──▶ stats ──▶ workbook
//! 方案      填报表        回收        台账        统计        统计表
//! ```
//!
//! Six stages, six rooms, one direction. A stage is a function from values to a value; it uses the public types of
//! rooms above it in this list and of the foundations, and knows nothing of rooms below. Disk, clock and terminal
//! belong to [`cli`] alone.

pub mod model;

pub mod diag;

pub mod wording;

pub mod settings;

pub mod sheet;

pub mod plan;

pub mod template;

pub mod intake;

pub mod ledger;

pub mod stats;

pub mod workbook;

pub mod rehearsal;

pub mod cli;
