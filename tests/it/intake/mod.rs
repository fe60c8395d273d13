//! Returns as units send them: what is taken, what is said, and that nothing is lost.

mod between;
mod cases;
mod cells;
mod edits;
mod families;
mod laws;
mod recognition;
mod sample;
pub(crate) mod scene;
mod whole;
