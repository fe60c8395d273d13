//! The door to files: what is read, what is refused, and that no file does harm.

mod differential;
mod hostile;
mod kinds;
mod loaded;
mod parts;
mod reading;
