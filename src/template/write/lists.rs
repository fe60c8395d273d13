//! The hidden sheet with the words of the drop-downs, each list under a defined name.
//!
//! A list inside a validation holds 255 characters at most, so none stands there.

use rust_xlsxwriter::{Workbook, XlsxError};

use crate::{
    sheet::column_name,
    template::{ColumnKey, FormSpec, LISTS_NAME},
};

/// Defined name of the list of statuses.
pub(super) const STATUSES: &str = "duban_status";

/// Defined name of the list of a column the office added.
pub(super) fn extra_name(n: usize) -> String {
    format!("duban_list_{n}")
}

/// Columns the office added that have a list, with their numbers.
pub(super) fn extras(spec: &FormSpec) -> impl Iterator<Item = (usize, &[String])> {
    spec.columns
        .iter()
        .enumerate()
        .filter(|(_, c)| matches!(c.key, ColumnKey::Extra(_)) && !c.list.is_empty())
        .map(|(n, c)| (n, c.list.as_slice()))
}

/// Writes the sheet and the names.
pub(super) fn write(book: &mut Workbook, spec: &FormSpec) -> Result<(), XlsxError> {
    let statuses: Vec<&str> = spec.statuses.iter().map(|s| s.word.as_str()).collect();
    let mut lists = vec![(STATUSES.to_owned(), statuses)];
    for (n, list) in extras(spec) {
        lists.push((extra_name(n), list.iter().map(String::as_str).collect()));
    }
    let sheet = book.add_worksheet();
    sheet.set_name(LISTS_NAME)?.set_hidden(true);
    for ((_, list), column) in lists.iter().zip(0u16..) {
        for (word, row) in list.iter().zip(0u32..) {
            sheet.write_string(row, column, *word)?;
        }
    }
    for ((name, list), column) in lists.iter().zip(0u32..) {
        let letter = column_name(column);
        let last = list.len().max(1);
        book.define_name(name, &format!("={LISTS_NAME}!${letter}$1:${letter}${last}"))?;
    }
    Ok(())
}
