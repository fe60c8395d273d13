//! Foundation: an office's own settings (`duban.toml`), with shipped defaults in `templates/office.toml`.
//!
//! Takes the text of a settings file, gives [`Settings`]; a broken file is an [`Error::Settings`](crate::diag::Error::Settings) with its line.

mod bands;
mod office;
mod preset;

pub use bands::{Band, Lights, Measure};
pub use office::{
    Collect, Deadlines, LeadRule, Paper, Ranking, RedBlack, Rounding, Rules, Scoring, Settings,
    Weights,
};
pub use preset::{PRESETS, Preset};

/// The shipped settings, as `duban init` writes them.
pub const SHIPPED: &str = include_str!("../../templates/office.toml");
