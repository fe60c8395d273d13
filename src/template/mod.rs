//! 填报表: one form per unit and period.
//!
//! Takes the plan in force, the registry and a [`FormSpec`]; gives a [`Form`] (what is printed and what is asked)
//! and the bytes of its workbook. The same spec and form are what intake reads by.

mod build;
mod form;
mod names;
mod printed;
mod spec;
mod stamp;
mod write;

pub use build::{Issue, LastFact, LastFacts, forms};
pub use form::{Figure, Form, FormRow, Previous, RequiredCells, Stamp, required_cells};
pub use names::file_names;
pub use printed::printed_text;
pub use spec::{
    Column, ColumnKey, FormSpec, FormWords, Label, LabelKey, Mistake, RowKind, SHIPPED_FORM,
    StatusWord,
};
pub use stamp::{
    FORM_NAME, INSTRUCTIONS_NAME, Key, LISTS_NAME, PROBLEMS_NAME, STAMP_NAME, Verdict, stamp_of,
    targets,
};
pub use write::{Problem, cell_of, write, write_correction};
