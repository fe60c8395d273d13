//! Returns as units send them: what is taken, what is said, and that nothing is lost.

mod between;
mod cells;
mod families;
mod laws;
mod recognition;
mod sample;
mod scene;
mod whole;
