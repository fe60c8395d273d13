//! Words of the command line: help of every command and option, in both languages.

mod help;
mod month;
mod office;
mod refused;
mod rehearsed;

pub use help::*;
pub use month::*;
pub use office::*;
pub use refused::*;
pub use rehearsed::*;
