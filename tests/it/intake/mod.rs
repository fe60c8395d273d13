//! Returns as units send them: what is taken, what is said, and that nothing is lost.

mod between;
mod cells;
mod laws;
mod recognition;
mod scene;
mod whole;
