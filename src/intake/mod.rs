//! 回收: what came back from a unit.
//!
//! Takes a [`crate::sheet::Book`] and the form that was sent, gives a [`Return`] and findings. A cell with an
//! error is withheld, the others are taken; every non-blank cell is used or explained.

mod balance;
mod check;
mod empty_words;
mod expected;
mod hanzi;
mod header;
mod headings;
mod identify;
mod items;
mod leading_number;
mod meaning;
mod measure;
mod number_words;
mod numeral;
mod outside;
mod printed;
mod read;
mod reading;
mod returned;
mod rows;
mod said_period;
mod settle;
mod take;
mod titles;
mod value;

pub use expected::{Expected, FileFacts, OnBehalf};
pub use read::{read_return, unread};
pub use reading::Reading;
pub use returned::{CellCount, Entry, Outcome, Return};
pub use settle::{Arrived, Held, Settled, Standing, duplicate, may_go_back, settle};
pub use value::{Judged, rejudge};
