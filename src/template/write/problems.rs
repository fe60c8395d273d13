//! 问题清单: the first sheet of a correction form, each problem with a link to its cell.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Url, Workbook, XlsxError};

use super::{canvas::Canvas, layout::Layout, page, styles::tint};
use crate::{
    diag::Severity,
    model::{Field, ItemNo},
    sheet::{
        cell_name,
        style::{HEI, Measure, SONG, TITLE_FACE, column_px, face, palette, row_height},
    },
    template::{FORM_NAME, LabelKey, PROBLEMS_NAME},
    wording::{Lang, severity_word, template as words},
};

/// A problem of a return, as the unit is told.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The item it is about; none for signatures and the whole sheet.
    pub item: Option<ItemNo>,
    /// The field it is about; none for the row or the whole sheet.
    pub field: Option<Field>,
    /// How bad.
    pub severity: Severity,
    /// What is wrong, cell values in “ ” as typed.
    pub message: String,
    /// What to do.
    pub advice: String,
}

/// Widths of the six columns in Excel characters: A4 upright.
const WIDTHS: [f64; 6] = [5.29, 8.0, 13.0, 6.0, 34.0, 34.0];
const SIZE: f64 = 10.0;
/// Highest row, in points (Excel specifications).
const HIGHEST: f64 = 409.0;

/// Writes the sheet.
pub(super) fn write(
    book: &mut Workbook,
    layout: &Layout<'_>,
    problems: &[Problem],
) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet();
    sheet.set_name(PROBLEMS_NAME)?;
    for (width, at) in WIDTHS.iter().zip(0u16..) {
        sheet.set_column_width(at, *width)?;
    }
    let boxed = |f: Format| f.set_border(FormatBorder::Thin).set_border_color(palette::HAIRLINE);
    let middle = |f: Format| f.set_align(FormatAlign::VerticalCenter);
    let title = middle(face(TITLE_FACE, 20.0)).set_align(FormatAlign::Center);
    let lead = middle(face(SONG, SIZE)).set_font_color(palette::INK).set_text_wrap();
    let head = boxed(middle(face(HEI, SIZE)).set_font_color(Color::White))
        .set_align(FormatAlign::Center)
        .set_background_color(palette::BLUE);
    let short = boxed(middle(face(SONG, SIZE)).set_font_color(palette::INK))
        .set_align(FormatAlign::Center)
        .set_text_wrap();
    let link = short
        .clone()
        .set_font_color(palette::BLUE)
        .set_underline(rust_xlsxwriter::FormatUnderline::Single);
    let error = short.clone().set_bold().set_font_color(tint::ERROR);
    let text = boxed(middle(face(SONG, SIZE)).set_font_color(palette::INK))
        .set_align(FormatAlign::Left)
        .set_indent(1)
        .set_text_wrap();

    let mut canvas = Canvas::new(sheet);
    canvas.merge((0, 0, 0, 5), words::PROBLEMS, &title)?;
    canvas.height(0, 34.0)?;
    let unit = format!("{}　{}", layout.form.unit_name, layout.form.period.zh());
    let centred = lead.clone().set_align(FormatAlign::Center).set_shrink();
    canvas.merge((1, 0, 1, 5), &unit, &centred)?;
    canvas.merge((2, 0, 2, 5), &words::problems_lead(problems.len()), &lead)?;
    canvas.height(2, 34.0)?;
    for (word, at) in words::PROBLEM_HEADS.iter().zip(0u16..) {
        canvas.put(3, at, word, &head)?;
    }
    canvas.height(3, 22.0)?;
    let mut row = 4;
    for (problem, n) in problems.iter().zip(1u32..) {
        canvas.number(row, 0, f64::from(n), &short)?;
        match cell_of(layout, problem) {
            Some((r, c)) => {
                let cell = cell_name(r, u32::from(c));
                let url = Url::new(format!("internal:'{FORM_NAME}'!{cell}")).set_text(&cell);
                canvas.sheet.write_url_with_format(row, 1, url, &link)?;
            }
            None => canvas.put(row, 1, words::NO_CELL, &short)?,
        }
        canvas.put(row, 2, &heading(layout, problem), &short)?;
        let word = severity_word(problem.severity, Lang::Zh);
        let look = if problem.severity == Severity::Error { &error } else { &short };
        canvas.put(row, 3, word, look)?;
        canvas.put(row, 4, &problem.message, &text)?;
        canvas.put(row, 5, &problem.advice, &text)?;
        let lines = |text: &str, at: usize| Measure::FORM.lines(text, column_px(WIDTHS[at]), SIZE);
        let most = lines(&problem.message, 4)
            .max(lines(&problem.advice, 5))
            .max(lines(&heading(layout, problem), 2));
        canvas.height(row, row_height(most, SIZE).min(HIGHEST))?;
        row += 1;
    }
    canvas.done()?;
    sheet.set_freeze_panes(4, 0)?;
    sheet.set_screen_gridlines(false);
    page::protect(sheet);
    sheet.set_paper_size(9).set_portrait();
    let mm = |n: f64| n / 25.4;
    sheet.set_margins(mm(14.0), mm(14.0), mm(14.0), mm(14.0), mm(6.0), mm(7.0));
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(3, 3)?;
    sheet.set_print_area(0, 0, row - 1, 5)?;
    sheet.set_footer(page::footer(layout.form));
    if layout.form.simulated {
        sheet.set_header(page::header());
    }
    Ok(())
}

/// The cell a problem stands in.
fn cell_of(layout: &Layout<'_>, problem: &Problem) -> Option<(u32, u16)> {
    match (problem.item, problem.field) {
        (None, Some(field)) => layout.signature_cell(field),
        (Some(item), field) => {
            let n = layout.form.rows.iter().position(|r| r.item == item)?;
            let column = field.and_then(|f| layout.field(f)).unwrap_or(0);
            Some((Layout::row(n), column))
        }
        (None, None) => None,
    }
}

/// The heading of the column, with the item's number.
fn heading(layout: &Layout<'_>, problem: &Problem) -> String {
    let column = problem.field.map_or("", |field| {
        layout.spec.field(field).map_or_else(
            || layout.spec.label(LabelKey::Field(field)).map_or("", |l| l.text.as_str()),
            |c| c.heading.as_str(),
        )
    });
    match (problem.item, column) {
        (None, "") => words::NONE.to_owned(),
        (None, column) => column.to_owned(),
        (Some(item), "") => item.to_string(),
        (Some(item), column) => format!("{item} {column}"),
    }
}
