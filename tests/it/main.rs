//! One test binary, a module per stage.

mod form;
mod layering;
mod ledger;
mod licences;
mod plan;
mod sheet;
mod stats;
