//! plan.xlsx (责任台账): the plan as a workbook the office edits, written and read back.
//!
//! [`layout`] describes the sheets once; the writer draws by it, the reader recognises by it.

mod dropdown;
#[cfg(test)]
mod edits;
mod layout;
mod names;
mod overview;
mod places;
#[cfg(test)]
mod property;
mod read;
mod read_amendments;
mod read_registry;
mod reader;
mod rows;
mod table;
#[cfg(test)]
mod tests;
mod value;
mod write;

pub use read::{read_book, read_workbook};
pub use value::period_typed;
pub use write::write_workbook;

pub(super) use layout::{SheetKey, alias, amendment, doubt, group, indicator, leader, task, unit};
pub(super) use places::Places;
pub(super) use read_amendments::in_words;
pub(super) use rows::sheet_fields;
