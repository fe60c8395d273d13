//! 方案: from a plan document to a reviewed plan workbook.
//!
//! Takes the text of a document, gives a [`crate::model::Plan`] and findings; writes `plan.xlsx` and reads it back.

<<<<<<< HEAD
mod book;
mod check;
mod doubtful;
mod import;
mod registry;
#[cfg(test)]
mod sample;
mod schedule;
mod show;
mod version;
=======
mod clause;
mod import;
mod indicators;
mod items;
mod schedule;
mod short;
mod text;
>>>>>>> 4e0b748 (plan: import of text and Markdown with labelled and verb clauses, and indicators; cli skeleton, layering and licence tests, README)

pub use book::{read_book, read_workbook, write_workbook};
pub use check::{PLAN_FILE, check};
pub use import::import;
pub use registry::{apply_registry, build as build_registry};
pub use schedule::{PIECE_UNITS, due_now, schedule_share};
pub use show::show_json;
pub use version::{VERSION_PRINTED, version};
