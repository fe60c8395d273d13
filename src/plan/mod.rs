//! 方案: from a plan document to a reviewed plan workbook.
//!
//! Takes the text of a document, gives a [`crate::model::Plan`] and findings; writes `plan.xlsx` and reads it back.

mod import;
mod schedule;

pub use import::import;
pub use schedule::{PIECE_UNITS, due_now, schedule_share};
