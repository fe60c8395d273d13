//! The door to files: what is read, what is refused, and that no file does harm.

mod differential;
mod dropped;
mod family;
mod hostile;
pub(crate) mod kinds;
mod loaded;
mod memory;
mod mutated;
pub(crate) mod parts;
mod reading;
mod shapes;
