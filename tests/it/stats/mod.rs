//! Statistics: an oracle that counts by brute force, laws, and figures of published reports.
#![allow(
    clippy::cast_possible_wrap,
    clippy::similar_names,
    clippy::struct_excessive_bools,
    clippy::struct_field_names,
    reason = "a count of a handful of things, written as plainly as the definitions read"
)]

mod brute;
mod definitions;
mod laws;
mod oracle;
mod published;
mod random;
mod recount;
mod scene;
mod tables;
mod world;
