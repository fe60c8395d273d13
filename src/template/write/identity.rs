//! Identity in three places: the very hidden sheet, custom document properties, defined names.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::typed::quoted;
use crate::template::{Form, STAMP_NAME};

/// Writes the identity. The creation date is the data cut-off date, so that the same form gives the same bytes.
pub(super) fn write(book: &mut Workbook, form: &Form) -> Result<(), XlsxError> {
    let parts = form.stamp.parts();
    let sheet = book.add_worksheet();
    sheet.set_name(STAMP_NAME)?.set_very_hidden(true);
    for ((_, text), row) in parts.iter().zip(0u32..) {
        sheet.write_string(row, 0, text)?;
    }
    let day = form.cut_off;
    let created = ExcelDateTime::from_ymd(
        day.year().unsigned_abs(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )?;
    let mut properties = DocProperties::new()
        .set_title(&form.title)
        .set_subject(format!("{} {}", form.unit_name, form.period))
        .set_author("duban")
        .set_creation_datetime(&created);
    for (name, text) in &parts {
        properties = properties.set_custom_property(name, text.as_str());
        book.define_name(name, &format!("={}", quoted(text)))?;
    }
    book.set_properties(&properties);
    Ok(())
}
