//! 统计表: workbooks are sound for any plan, and their formulas recalculate to what they print.

pub(crate) mod made;
mod recalculated;
