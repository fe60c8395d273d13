//! The first sheet of plan.xlsx: title, document number, year, and what stands where.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Formula, Url, Worksheet, XlsxError};

use super::{
    layout::{FIRST_ROW, SheetKey},
    rows::Value,
    write::{AUTO_FILL, SPARE_ROWS, TEXT_SIZE, TODO_FILL, body, hint, paper, title},
};
use crate::{
    model::Plan,
    sheet::style::{self, Measure, palette},
    wording::book as words,
};

/// Widths of label, content and count.
const WIDTHS: [f64; 3] = [14.0, 96.0, 12.0];
/// Row of the list's headings, from 0.
const LIST_ROW: u32 = 6;

/// Draws the sheet; `all` are the rows of the others.
pub(super) fn draw(
    sheet: &mut Worksheet,
    plan: &Plan,
    all: &[(SheetKey, Vec<Vec<Value>>)],
) -> Result<(), XlsxError> {
    sheet.set_name(words::OVERVIEW)?;
    for (column, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, words::OVERVIEW_HEAD, &title())?;
    sheet.write_string_with_format(1, 0, words::OVERVIEW_HINT, &hint())?;
    sheet.set_row_height(0, 30)?.set_row_height(1, 19)?;
    let label = style::face(style::HEI, TEXT_SIZE)
        .set_font_color(palette::INK)
        .set_background_color(palette::PALE_BLUE)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_border_color(palette::HAIRLINE);
    let value = body().set_text_wrap().set_indent(1).set_num_format("@");
    for (row, name, text) in [(2, words::TITLE, &plan.title), (3, words::DOC_NO, &plan.doc_no)] {
        sheet.write_string_with_format(row, 0, name, &label)?;
        sheet.write_string_with_format(row, 1, text, &value)?;
        let lines = Measure::FORM.lines(text, style::column_px(WIDTHS[1]), TEXT_SIZE);
        sheet.set_row_height(row, style::row_height(lines, TEXT_SIZE))?;
    }
    sheet.write_string_with_format(4, 0, words::YEAR, &label)?;
    let year = value.clone().set_num_format("0").set_align(FormatAlign::Left).set_indent(1);
    if plan.year == 0 {
        sheet.write_blank(4, 1, &year)?;
    } else {
        sheet.write_number_with_format(4, 1, f64::from(plan.year), &year)?;
    }
    sheet.set_row_height(4, style::row_height(1, TEXT_SIZE))?;
    list(sheet, all, &label)?;
    let after = LIST_ROW + 2 + u32::try_from(all.len()).unwrap_or(0);
    legend(sheet, after)?;
    paper(sheet, after + 2, 2)
}

/// The list of sheets with links and counts that follow edits.
fn list(
    sheet: &mut Worksheet,
    all: &[(SheetKey, Vec<Vec<Value>>)],
    label: &Format,
) -> Result<(), XlsxError> {
    let [name, count, content] = words::OVERVIEW_COLUMNS;
    for (column, text) in [(0, name), (1, content), (2, count)] {
        sheet.write_string_with_format(LIST_ROW, column, text, label)?;
    }
    sheet.set_row_height(LIST_ROW, style::row_height(1, TEXT_SIZE))?;
    let link = body()
        .set_align(FormatAlign::Center)
        .set_font_color(palette::BLUE)
        .set_underline(rust_xlsxwriter::FormatUnderline::Single);
    let text = body().set_text_wrap().set_indent(1);
    let number = body().set_align(FormatAlign::Center).set_background_color(AUTO_FILL);
    for (row, (key, rows)) in (LIST_ROW + 1..).zip(all) {
        let words = key.text();
        let url = Url::new(format!("internal:'{}'!A1", words.name)).set_text(words.name);
        sheet.write_url_with_format(row, 0, url, &link)?;
        sheet.write_string_with_format(row, 1, words.hint, &text)?;
        let last = FIRST_ROW + u32::try_from(rows.len()).unwrap_or(0).max(1) + SPARE_ROWS;
        let formula = format!("=COUNTA('{}'!$A${}:$A${last})", words.name, FIRST_ROW + 1);
        let filled = rows.iter().filter(|r| r.first().is_some_and(|v| *v != Value::Blank)).count();
        let formula = Formula::new(formula).set_result(filled.to_string());
        sheet.write_formula_with_format(row, 2, formula, &number)?;
        let lines = Measure::FORM.lines(words.hint, style::column_px(WIDTHS[1]), TEXT_SIZE);
        sheet.set_row_height(row, style::row_height(lines, TEXT_SIZE))?;
    }
    Ok(())
}

/// What the fills mean.
fn legend(sheet: &mut Worksheet, row: u32) -> Result<(), XlsxError> {
    let samples = [
        (words::LEGEND_OPEN, 0xFF_FF_FF),
        (words::LEGEND_TODO, TODO_FILL),
        (words::LEGEND_AUTO, AUTO_FILL),
    ];
    for (row, (text, fill)) in (row..).zip(samples) {
        let sample = body().set_background_color(fill);
        sheet.write_blank(row, 0, &sample)?;
        sheet.write_string_with_format(row, 1, text, &hint().set_indent(1))?;
        sheet.set_row_height(row, style::row_height(1, TEXT_SIZE))?;
    }
    Ok(())
}
