//! 表样: the one description of the form, from `templates/form.toml` and an office's changes.

mod change;
mod check;
mod description;
mod raw;
mod source;
#[cfg(test)]
mod tests;

pub(super) use description::row_kinds;
pub use description::{
    Column, ColumnKey, FormSpec, FormWords, Label, LabelKey, Mistake, RowKind, SHIPPED_FORM,
    StatusWord,
};
