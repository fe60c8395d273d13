//! The door to files alone: the rooms `sheet` and `diag`, compiled from their sources without the rest of duban, so
//! that a fuzzer is built in minutes instead of compiling a data-frame library with coverage marks.

#[allow(dead_code)]
#[path = "../../src/diag/mod.rs"]
mod diag;
#[allow(dead_code)]
#[path = "../../src/sheet/mod.rs"]
pub mod sheet;
