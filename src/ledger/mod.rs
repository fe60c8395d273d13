//! 台账: the append-only record of everything taken in, with its provenance.
//!
//! Takes returns, gives rows and frames. `SQLite` appends and returns rows; supersession and carrying forward are
//! polars expressions.

mod facts;

pub use facts::{Confirmation, Fact, Filing};
