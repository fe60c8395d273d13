//! 演练: fills forms the way units do, so that a month can be rehearsed before it is real.
//!
//! Takes forms and a seed, gives returned workbooks and a list of what was planted in them. No clock and no chance:
//! the same forms and seed give the same bytes. People and figures are invented, and so is, where it is asked for,
//! a whole plan of any size.

mod course;
mod dice;
mod disorder;
mod draft;
mod figures;
mod filling;
mod invent;
mod mistakes;
mod oddities;
mod other_files;
mod planted;
mod run;
mod workbook;

pub use invent::{MOST_TASKS, MOST_UNITS, Size, invent};
pub use planted::Planted;
pub use run::{Options, Rehearsal, Sent, fill};
