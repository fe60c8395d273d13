//! The workbook of a form: 填报表, 填表说明, the hidden lists, the identity.
//!
//! Takes a [`Form`] and the [`FormSpec`], gives bytes; the same form gives the same bytes.

mod canvas;
mod conditional;
mod head;
mod identity;
mod instructions;
mod judge;
mod layout;
mod lists;
mod page;
mod problems;
mod rows;
mod styles;
mod typed;
mod validation;

use std::borrow::Cow;

use rust_xlsxwriter::XlsxError;

pub use self::problems::Problem;
use self::{canvas::Canvas, layout::Layout};
use super::{FORM_NAME, Form, FormSpec};
use crate::{
    diag::{Error, Result},
    model::Field,
    sheet::{cell_name, limits::EXCEL_CELL_CHARS, style},
};

/// The bytes of a form's workbook (填报表).
///
/// Values in `entered` and `signed` are put into the open cells: plain numbers of 累计 and 进度 as numbers,
/// everything else as text, never as a formula; the live cells carry the results that follow from them.
///
/// # Errors
/// [`Error::Workbook`] if the writing library refuses, which no content does.
pub fn write(form: &Form, spec: &FormSpec) -> Result<Vec<u8>> {
    book(form, spec, None).map_err(|e| refused(form, &e))
}

/// The same with 问题清单 as first sheet (退改表): the unit's values kept, failing cells marked and explained.
///
/// # Errors
/// As [`write()`].
pub fn write_correction(form: &Form, spec: &FormSpec, problems: &[Problem]) -> Result<Vec<u8>> {
    book(form, spec, Some(problems)).map_err(|e| refused(form, &e))
}

/// The cell of 填报表 in which a row of the form asks for `field`, e.g. `K6`; of a signature without a row.
#[must_use]
pub fn cell_of(form: &Form, spec: &FormSpec, row: Option<usize>, field: Field) -> Option<String> {
    let layout = Layout::new(form, spec);
    let (row, column) = match row {
        Some(n) => (Layout::row(n), layout.field(field)?),
        None => layout.signature_cell(field)?,
    };
    Some(cell_name(row, u32::from(column)))
}

fn refused(form: &Form, cause: &XlsxError) -> Error {
    Error::Workbook { name: form.unit_name.clone(), cause: cause.to_string() }
}

fn book(form: &Form, spec: &FormSpec, problems: Option<&[Problem]>) -> Result<Vec<u8>, XlsxError> {
    let layout = Layout::new(form, spec);
    let mut book = style::book();
    if let Some(problems) = problems {
        problems::write(&mut book, &layout, problems)?;
    }
    let sheet = book.add_worksheet();
    sheet.set_name(FORM_NAME)?;
    // An empty result is the empty text, not the library's 0.
    sheet.set_formula_result_default("");
    if problems.is_none() {
        sheet.set_active(true);
    }
    let mut canvas = Canvas::new(sheet);
    let hints = rows::write(&mut canvas, &layout)?;
    head::write(&mut canvas, &layout, &hints)?;
    head::foot(&mut canvas, &layout)?;
    canvas.done()?;
    page::write(sheet, &layout)?;
    validation::write(sheet, &layout)?;
    conditional::write(sheet, &layout)?;
    instructions::write(&mut book, &layout)?;
    lists::write(&mut book, spec)?;
    identity::write(&mut book, form)?;
    book.save_to_buffer()
}

/// A text as a cell can hold it: without signs XML forbids, at most as long as a cell.
fn fitting(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| matches!(c, '\u{fffe}' | '\u{ffff}');
    let sound = text.len() <= EXCEL_CELL_CHARS && !text.contains(forbidden);
    if sound {
        return Cow::Borrowed(text);
    }
    let mut units = 0;
    let fits = |c: &char| {
        units += c.len_utf16();
        units <= EXCEL_CELL_CHARS
    };
    Cow::Owned(text.chars().filter(|c| !forbidden(*c)).take_while(fits).collect())
}
