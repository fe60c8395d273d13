//! One test binary, a module per stage.
mod form;
mod sheet;
