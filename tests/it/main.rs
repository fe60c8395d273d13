//! One test binary, a module per stage.

mod cli;
mod form;
mod intake;
mod layering;
mod ledger;
mod licences;
mod plan;
mod plan_book;
mod plan_cases;
mod plan_laws;
mod process;
mod program;
mod rehearsal;
mod scale;
mod sheet;
mod stats;
mod workbook;
