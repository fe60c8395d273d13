//! 演练: fills forms the way units do, so that a month can be rehearsed before it is real.
//!
//! Takes the forms of a period and a seed, gives returned workbooks with the time each came, and a list of what was
//! planted in them. The same forms and seed give the same bytes; nothing here knows a clock.

mod answers;
mod chance;
mod fill;
mod mistakes;
mod phrases;

pub use fill::{Options, Planted, Rehearsal, Sent, fill};
pub use mistakes::Kind;
