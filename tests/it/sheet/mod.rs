//! The door to files: what is read, what is refused, and that no file does harm.

mod differential;
mod dropped;
mod family;
mod hostile;
mod kinds;
mod loaded;
mod memory;
mod mutated;
mod parts;
mod reading;
mod shapes;
