//! One test binary, a module per stage.

mod form;
mod ledger;
mod sheet;
