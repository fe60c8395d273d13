//! Foundation: an office's own settings (`duban.toml`), with shipped defaults in `templates/office.toml`.
//!
//! Takes the text of a settings file, gives [`Settings`]; a broken file is an [`Error::Settings`] with its line.

mod office;

pub use office::{
    Band, Collect, Deadlines, LeadRule, Lights, Paper, Ranking, RedBlack, Rules, Settings, Weights,
};

/// The shipped settings, as `duban init` writes them.
pub const SHIPPED: &str = include_str!("../../templates/office.toml");
