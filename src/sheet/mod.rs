//! Foundation: the only door to files that people send (文件).
//!
//! Takes bytes and a file name, gives a [`Book`] of sparse sheets or says why not. Type by content, never by
//! extension; limits are named in [`limits`]. Also addresses as Excel shows them, and the look shared by all
//! workbooks duban writes.

mod address;
mod book;
pub mod limits;
pub mod style;

pub use address::{cell_name, column_name, parse_cell, range_name};
pub use book::{Book, Cell, CellValue, FileKind, Sheet, Visibility};
