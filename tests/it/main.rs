//! One test binary, a module per stage.
mod sheet;
