//! 统计表: workbooks are sound for any plan, and their formulas recalculate to what they print.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests read samples, write workbooks for other programs to read, and say why they skip"
)]

mod golden;
pub(crate) mod made;
mod odd;
mod recalculated;
mod rolled;
mod traced;
