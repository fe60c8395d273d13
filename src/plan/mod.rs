//! 方案: from a plan document to a reviewed plan workbook.
//!
//! Takes the text of a document, gives a [`crate::model::Plan`] and findings; writes `plan.xlsx` and reads it back.

mod assemble;
mod blocks;
mod book;
mod check;
mod clause;
mod columns;
mod decode;
mod diff;
mod docx;
mod doubtful;
mod due;
mod entries;
mod import;
mod indicators;
mod keys;
mod marks;
mod masthead;
mod names;
mod notes;
mod registry;
mod review;
mod roles;
#[cfg(test)]
mod sample;
mod schedule;
mod short;
mod show;
mod show_text;
mod structure;
mod table;
mod text;
mod units;
mod verb;
mod version;
mod workbook_source;

pub use book::{period_typed, read_book, read_workbook, write_workbook};
pub use check::{PLAN_FILE, check};
pub use diff::{Difference, Differs, diff, diff_json, diff_text, lost_by_import};
pub use doubtful::near_units;
pub use import::{import, import_book};
pub use registry::{apply_registry, build as build_registry};
pub use schedule::{PIECE_UNITS, due_now, schedule_share};
pub use show::show_json;
pub use show_text::show_text;
pub use version::{VERSION_PRINTED, version};
