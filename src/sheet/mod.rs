//! Foundation: the only door to files that people send (文件).
//!
//! Takes bytes and a file name, gives a [`Book`] of sparse sheets or says why not. Type by content, never by
//! extension; limits are named in [`limits`]. Also addresses as Excel shows them, and the look shared by all
//! workbooks duban writes.

mod address;
mod biff;
mod book;
mod cells;
mod formats;
mod guard;
pub mod limits;
mod loaded;
mod named;
mod ods;
mod ole;
mod parts;
mod read;
mod refuse;
mod shared_formula;
mod sniff;
mod strings;
pub mod style;
mod unpack;
mod usual;
pub mod wire;
mod xml;

pub use address::{cell_name, column_name, parse_cell, range_name};
pub use book::{Book, Cell, CellValue, FileKind, Sheet, Visibility};
pub use loaded::read_loaded;
pub use parts::parts;
pub use read::{read, read_as, weight};
pub use refuse::{of_size, too_large};
pub use sniff::{is_received_unreadable, other_name, sniff};
pub use unpack::{Members, Unpacked, members, unpack};
