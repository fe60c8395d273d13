//! Registry of a freshly imported plan (单位名录): from the names its tasks use to units, groups and leaders.
//!
//! Takes a plan whose tasks are read, fills in its registry by rule and says what the office should look at.
//! Everything here is a proposal: the office changes it in plan.xlsx, and nothing is merged by guess.

mod alias;
mod apply;
mod build;
mod category;
mod group;
mod short;

pub use apply::apply_registry;
pub use build::build;
#[cfg(test)]
pub(in crate::plan) use build::unit as build_unit;
