//! 填报表: one form per unit and period.
//!
//! Takes the plan in force, the registry and a [`FormSpec`]; gives a [`Form`] (what is printed and what is asked)
//! and the bytes of its workbook. The same spec and form are what intake reads by.

mod form;
mod spec;

pub use form::{Figure, Form, FormRow, Previous, Stamp};
pub use spec::{Column, ColumnKey, FormSpec, StatusWord};
