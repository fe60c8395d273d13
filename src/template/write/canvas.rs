//! A sheet being written: cells now, their formats in blocks at the end.

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::fitting;
use crate::sheet::style::Paint;

/// A sheet and what its cells look like.
pub(super) struct Canvas<'s> {
    /// The library's sheet, for what is no cell.
    pub(super) sheet: &'s mut Worksheet,
    paint: Paint,
}

impl<'s> Canvas<'s> {
    pub(super) fn new(sheet: &'s mut Worksheet) -> Self {
        Self { sheet, paint: Paint::default() }
    }

    /// A text cell; an empty text leaves a blank cell with its format.
    pub(super) fn put(
        &mut self,
        row: u32,
        column: u16,
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        if text.is_empty() {
            self.paint.blank(row, column, format);
        } else {
            self.sheet.write_string(row, column, fitting(text))?;
            self.paint.cell(row, column, format);
        }
        Ok(())
    }

    /// A number.
    pub(super) fn number(
        &mut self,
        row: u32,
        column: u16,
        number: f64,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet.write_number(row, column, number)?;
        self.paint.cell(row, column, format);
        Ok(())
    }

    /// A live cell.
    pub(super) fn formula(
        &mut self,
        row: u32,
        column: u16,
        formula: Formula,
        format: &Format,
    ) -> Result<(), XlsxError> {
        self.sheet.write_formula(row, column, formula)?;
        self.paint.cell(row, column, format);
        Ok(())
    }

    /// A text in several faces; empty parts, which the library refuses, are left out.
    pub(super) fn parts(
        &mut self,
        row: u32,
        column: u16,
        parts: &[(&Format, &str)],
        format: &Format,
    ) -> Result<(), XlsxError> {
        let full: Vec<(&Format, &str)> =
            parts.iter().copied().filter(|(_, text)| !text.is_empty()).collect();
        match full.as_slice() {
            [] => Ok(()),
            [(_, text)] => self.put(row, column, text, format),
            many => {
                self.sheet.write_rich_string(row, column, many)?;
                self.paint.cell(row, column, format);
                Ok(())
            }
        }
    }

    /// One cell from the first row and column to the last; a single cell is a plain one.
    pub(super) fn merge(
        &mut self,
        (top, left, bottom, right): (u32, u16, u32, u16),
        text: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        if (top, left) == (bottom, right) {
            return self.put(top, left, text, format);
        }
        self.sheet.merge_range(top, left, bottom, right, &fitting(text), format)?;
        self.paint.leave((top, left, bottom, right));
        Ok(())
    }

    /// Height of a row in points.
    pub(super) fn height(&mut self, row: u32, points: f64) -> Result<(), XlsxError> {
        self.sheet.set_row_height(row, points).map(|_| ())
    }

    /// Lays the formats over the cells.
    pub(super) fn done(self) -> Result<(), XlsxError> {
        self.paint.lay(self.sheet)
    }
}
