//! Sheet and paper: widths, panes, protection, filter, margins, header and footer.

use rust_xlsxwriter::{IgnoreError, ProtectionOptions, Worksheet, XlsxError};

use super::layout::{BAND, FIRST, HEADINGS, Layout, TITLE};
use crate::{model::Field, settings::Paper, template::Form, wording::template as words};

/// Paper numbers of the file format (ECMA-376 part 1, 18.3.1.63).
const A4: u8 = 9;
const A3: u8 = 8;
/// Millimetres of an inch: the file format counts margins in inches.
const INCH: f64 = 25.4;
/// Longest name in a footer: a third of the page, at 9 pt (a footer holds 255 characters with its codes).
const FOOTER_CHARS: usize = 24;

/// Sets up the form's sheet.
pub(super) fn write(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    for (column, at) in layout.spec.columns.iter().zip(0u16..) {
        sheet.set_column_width(at, column.width)?;
        if layout.hidden(column) {
            sheet.set_column_hidden(at)?;
        }
    }
    sheet.set_freeze_panes(FIRST, 1)?;
    if layout.last >= FIRST {
        sheet.autofilter(HEADINGS, layout.hint, layout.last, layout.hint)?;
    }
    quiet(sheet, layout)?;
    let (row, column) = layout.first_open();
    sheet.set_selection(row, column, row, column)?;
    sheet.set_screen_gridlines(false);
    protect(sheet);
    sheet.set_paper_size(if layout.form.paper == Paper::A3 { A3 } else { A4 });
    sheet.set_landscape();
    let mm = |n: f64| n / INCH;
    sheet.set_margins(mm(7.6), mm(7.6), mm(11.4), mm(15.2), mm(5.0), mm(7.0));
    sheet.set_print_fit_to_pages(1, 0);
    sheet.set_print_center_horizontally(true);
    sheet.set_repeat_rows(BAND, HEADINGS)?;
    sheet.set_print_area(TITLE, 0, layout.note, layout.hint)?;
    sheet.set_footer(footer(layout.form));
    if layout.form.simulated {
        sheet.set_header(header());
    }
    Ok(())
}

/// No green corners: item numbers are text on purpose, and live cells differ from row to row on purpose.
fn quiet(sheet: &mut Worksheet, layout: &Layout<'_>) -> Result<(), XlsxError> {
    let (last, hint) = (layout.foot, layout.hint);
    sheet.ignore_error_range(FIRST, 0, last, hint, IgnoreError::NumberStoredAsText)?;
    sheet.ignore_error_range(FIRST, layout.open, last, hint, IgnoreError::FormulaDiffers)?;
    Ok(())
}

/// Protection without a password: units size rows and columns and filter; what is open is open by its format.
pub(super) fn protect(sheet: &mut Worksheet) {
    sheet.protect_with_options(&ProtectionOptions {
        format_columns: true,
        format_rows: true,
        use_autofilter: true,
        ..ProtectionOptions::default()
    });
}

/// 模拟数据 at the head of every page.
pub(super) fn header() -> String {
    format!("&R&\"黑体,Regular\"&10{}", words::SIMULATED)
}

/// Unit and period left, page number in the middle, document number right: a loose page can be put back.
pub(super) fn footer(form: &Form) -> String {
    let unit = plain(&form.unit_name);
    let doc = plain(&form.doc_no);
    format!(
        "&L&\"宋体,Regular\"&9 {unit}　{}&C&\"宋体,Regular\"&12— &P —&R&\"宋体,Regular\"&9 {doc}",
        form.period.zh()
    )
}

/// A text that cannot be taken for footer codes.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(FOOTER_CHARS)
        .collect::<String>()
        .replace('&', "&&")
}

/// Fields whose cells hold short text.
pub(super) const TEXTS: [Field; 4] =
    [Field::Narrative, Field::Problems, Field::Coordination, Field::NextSteps];
