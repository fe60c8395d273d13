//! Writes plan.xlsx: a workbook a clerk can work in without being told how.

use rust_xlsxwriter::{
    ConditionalFormatFormula, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder,
    Formula, Note, Url, Workbook, Worksheet, XlsxError,
};

use super::{
    dropdown,
    layout::{FIRST_ROW, HEAD_ROW, Holds, SheetKey, alias, doubt, group, indicator, leader, task},
    overview,
    rows::{Value, rows},
};
use crate::{
    diag::{Error, Result},
    model::Plan,
    plan::version,
    sheet::{
        column_name,
        style::{self, Measure, palette},
    },
    wording::book as words,
};

/// Rows below the data that have formats and drop-downs ready for additions.
pub(super) const SPARE_ROWS: u32 = 300;
/// Points of the text of tables.
pub(super) const TEXT_SIZE: f64 = 10.5;
/// Fill of what the office should still look at (look/FORM.md, missing).
pub(super) const TODO_FILL: u32 = 0xFF_F6_D6;
/// Fill of cells that fill themselves (look/FORM.md, printed words).
pub(super) const AUTO_FILL: u32 = 0xF5_F7_F9;
/// Tallest row Excel allows, in points.
const MAX_HEIGHT: f64 = 409.0;
/// Custom document property that holds the digest of the plan as it was written.
pub(super) const DIGEST_PROPERTY: &str = "duban-plan";

/// Writes the plan as a workbook (责任台账); the same plan gives the same bytes.
///
/// Sheets 方案 任务 板块 指标 单位 别称 集合 领导 变更 待核. [`super::read_workbook`] gives the plan back. Names
/// must be normalised (see [`crate::model::normalise_name`]) and texts trimmed, as every reader of duban leaves them.
///
/// # Errors
/// [`Error::Workbook`] if a text is longer than a cell can hold (32,767 characters).
pub fn write_workbook(plan: &Plan) -> Result<Vec<u8>> {
    draw(plan).map_err(|cause| Error::Workbook {
        name: crate::plan::PLAN_FILE.to_owned(),
        cause: cause.to_string(),
    })
}

fn draw(plan: &Plan) -> std::result::Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let year = u16::try_from(plan.year).ok().filter(|y| (1900..=9999).contains(y)).unwrap_or(2000);
    let properties = DocProperties::new()
        .set_title(&plan.title)
        .set_creation_datetime(&ExcelDateTime::from_ymd(year, 1, 1)?)
        .set_custom_property(DIGEST_PROPERTY, version::full_digest(plan).as_str());
    workbook.set_properties(&properties);
    let all: Vec<(SheetKey, Vec<Vec<Value>>)> =
        SheetKey::ALL.into_iter().map(|key| (key, rows(plan, key))).collect();
    overview::draw(workbook.add_worksheet(), plan, &all)?;
    for (key, rows) in &all {
        table(workbook.add_worksheet(), *key, rows)?;
    }
    dropdown::lists(&mut workbook, plan, &all)?;
    workbook.save_to_buffer()
}

/// Text of table cells.
pub(super) fn body() -> Format {
    style::face(style::SONG, TEXT_SIZE)
        .set_font_color(palette::INK)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_border_color(palette::HAIRLINE)
}

/// Format of a column's cells.
fn format_of(holds: Holds) -> Format {
    match holds {
        Holds::Count => body().set_align(FormatAlign::Center).set_num_format("0"),
        Holds::Number => body().set_align(FormatAlign::Center).set_num_format("General"),
        Holds::Date => body().set_align(FormatAlign::Center).set_num_format("yyyy-mm-dd"),
        // Text format keeps 43-1 and 2024-03 from turning into dates.
        Holds::Text | Holds::Period => {
            let format = body().set_num_format("@").set_text_wrap();
            if holds == Holds::Period {
                format.set_align(FormatAlign::Center)
            } else {
                format.set_indent(1)
            }
        }
        Holds::Choice(_) => body().set_align(FormatAlign::Center),
        Holds::Prose | Holds::Names(_) => body().set_text_wrap().set_indent(1),
        Holds::Auto => body()
            .set_text_wrap()
            .set_indent(1)
            .set_font_color(palette::SECONDARY)
            .set_background_color(AUTO_FILL),
        Holds::Link => body()
            .set_align(FormatAlign::Center)
            .set_font_color(palette::BLUE)
            .set_underline(rust_xlsxwriter::FormatUnderline::Single),
    }
}

/// A heading; automatic columns have a quiet one.
fn heading(holds: Holds) -> Format {
    let format = style::face(style::HEI, TEXT_SIZE)
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_border_color(palette::HAIRLINE);
    if holds == Holds::Auto {
        format.set_font_color(palette::INK).set_background_color(palette::PALE_BLUE)
    } else {
        format.set_bold().set_font_color(0xFF_FF_FF).set_background_color(palette::BLUE)
    }
}

/// Columns that stay in sight when scrolling sideways.
const fn frozen_columns(key: SheetKey) -> u16 {
    match key {
        SheetKey::Indicators => 3,
        SheetKey::Sections | SheetKey::Doubts => 0,
        _ => 1,
    }
}

fn table(
    sheet: &mut Worksheet,
    key: SheetKey,
    rows: &[Vec<Value>],
) -> std::result::Result<(), XlsxError> {
    let text = key.text();
    let shapes = key.shapes();
    let last_column = u16::try_from(shapes.len().saturating_sub(1)).unwrap_or(0);
    let last_row = FIRST_ROW + u32::try_from(rows.len()).unwrap_or(0).max(1) - 1;
    sheet.set_name(text.name)?;
    // Rows of their own format: the borders of the columns must not run through the head.
    sheet.set_row_format(0, &title())?.set_row_format(1, &hint())?;
    for column in 0..=last_column {
        sheet.write_blank(0, column, &title())?.write_blank(1, column, &hint())?;
    }
    sheet.write_string_with_format(0, 0, text.name, &title())?;
    sheet.write_string_with_format(1, 0, text.hint, &hint())?;
    sheet.set_repeat_rows(HEAD_ROW, HEAD_ROW)?;
    sheet.set_row_height(0, 30)?.set_row_height(1, 19)?.set_row_height(HEAD_ROW, 30)?;
    for (at, (words, shape)) in (0u16..).zip(text.columns.iter().zip(shapes)) {
        sheet.set_column_width(at, shape.width)?;
        sheet.set_column_format(at, &format_of(shape.holds))?;
        sheet.write_string_with_format(HEAD_ROW, at, words.heading, &heading(shape.holds))?;
        let note = Note::new(words.note).set_author("").set_width(260).set_height(110);
        sheet.insert_note(HEAD_ROW, at, &note)?;
    }
    for (row, values) in (FIRST_ROW..).zip(rows) {
        for (at, (value, shape)) in (0u16..).zip(values.iter().zip(shapes)) {
            cell(sheet, row, at, value, &format_of(shape.holds))?;
        }
        sheet.set_row_height(row, height(values, key))?;
    }
    if key == SheetKey::Indicators {
        // Rows added below show their task as soon as they have a number.
        for row in last_row + 1..=last_row + SPARE_ROWS {
            let formula = Formula::new(super::rows::short_formula(row + 1)).set_result("");
            let format = format_of(Holds::Auto);
            sheet.write_formula_with_format(row, 1, formula, &format)?;
        }
    }
    dropdown::attach(sheet, key, last_row + SPARE_ROWS)?;
    reminders(sheet, key, last_row + SPARE_ROWS)?;
    sheet.autofilter(HEAD_ROW, 0, last_row, last_column)?;
    sheet.set_freeze_panes(FIRST_ROW, frozen_columns(key))?;
    if key == SheetKey::Doubts || key == SheetKey::Groups {
        sheet.set_tab_color(0xB7_79_1F);
    }
    paper(sheet, last_row, last_column)?;
    Ok(())
}

/// Title of a sheet.
pub(super) fn title() -> Format {
    style::face(style::TITLE_FACE, 18.0)
        .set_font_color(palette::INK)
        .set_align(FormatAlign::VerticalCenter)
}

/// The line under the title.
pub(super) fn hint() -> Format {
    style::face(style::SONG, 10.0)
        .set_font_color(palette::SECONDARY)
        .set_align(FormatAlign::VerticalCenter)
}

/// Writes one value.
fn cell(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    value: &Value,
    format: &Format,
) -> std::result::Result<(), XlsxError> {
    match value {
        Value::Blank => sheet.write_blank(row, column, format)?,
        Value::Text(text) => sheet.write_string_with_format(row, column, text, format)?,
        Value::Number(number) => sheet.write_number_with_format(row, column, *number, format)?,
        Value::Date(date) => {
            let year = u16::try_from(date.year()).unwrap_or(1900);
            let day = ExcelDateTime::from_ymd(
                year,
                date.month().unsigned_abs(),
                date.day().unsigned_abs(),
            )?;
            sheet.write_datetime_with_format(row, column, &day, format)?
        }
        Value::Formula(formula, result) => {
            let formula = Formula::new(formula).set_result(result);
            sheet.write_formula_with_format(row, column, formula, format)?
        }
        Value::Link(target) => match link(target) {
            Some(url) => {
                let url = Url::new(url).set_text(target);
                sheet.write_url_with_format(row, column, url, format)?
            }
            None => sheet.write_string_with_format(row, column, target, format)?,
        },
    };
    Ok(())
}

/// The link to `sheet!cell`, if the sheet is one of ours and the cell an address.
fn link(target: &str) -> Option<String> {
    let (sheet, cell) = target.split_once('!')?;
    let ours = SheetKey::ALL.iter().any(|k| k.text().name == sheet);
    let address = crate::sheet::parse_cell(cell).is_some();
    (ours && address).then(|| format!("internal:'{sheet}'!{cell}"))
}

/// Height of a row: the tallest of its wrapped cells.
fn height(values: &[Value], key: SheetKey) -> f64 {
    let lines = values
        .iter()
        .zip(key.shapes())
        .map(|(value, shape)| {
            let px = style::column_px(shape.width);
            Measure::FORM.lines(&value.shown(), px, TEXT_SIZE)
        })
        .max()
        .unwrap_or(1);
    style::row_height(lines, TEXT_SIZE).min(MAX_HEIGHT)
}

/// Marks what the office should still do, in the fill of a form's missing cells.
fn reminders(
    sheet: &mut Worksheet,
    key: SheetKey,
    last_row: u32,
) -> std::result::Result<(), XlsxError> {
    let first = FIRST_ROW + 1;
    let no = words::NO;
    // A row counts once its first cell is filled.
    let rule = |column: usize, test: &str| {
        let name = column_name(u32::try_from(column).unwrap_or(0));
        let test = test.replace("{}", &format!("${name}{first}"));
        (column, format!("=AND(LEN(TRIM($A{first}))>0,{test})"))
    };
    let blank = "LEN(TRIM({}))=0";
    let open = format!("{{}}=\"{no}\"");
    let rules = match key {
        SheetKey::Tasks => vec![rule(task::LEAD_UNITS, blank), rule(task::LEADERS, blank)],
        SheetKey::Indicators => vec![rule(indicator::ADOPTED, &open)],
        SheetKey::Aliases => vec![rule(alias::ADOPTED, &open)],
        SheetKey::Groups => vec![rule(group::MEMBERS, blank)],
        SheetKey::Doubts => vec![rule(doubt::SETTLED, &open)],
        // Only a collective has members.
        SheetKey::Leaders => {
            vec![rule(leader::MEMBERS, &format!("$C{first}=\"{}\",{blank}", words::YES))]
        }
        _ => Vec::new(),
    };
    if key == SheetKey::Sections {
        // Sections stand out from their subsections.
        let rule = format!("=AND(LEN($A{first})>0,LEN($B{first})=0)");
        let condition = ConditionalFormatFormula::new()
            .set_rule(rule.as_str())
            .set_format(Format::new().set_bold().set_background_color(palette::QUIET));
        sheet.add_conditional_format(FIRST_ROW, 0, last_row, 3, &condition)?;
    }
    for (column, formula) in rules {
        let column = u16::try_from(column).unwrap_or(0);
        let format = Format::new().set_background_color(TODO_FILL);
        let condition =
            ConditionalFormatFormula::new().set_rule(formula.as_str()).set_format(format);
        sheet.add_conditional_format(FIRST_ROW, column, last_row, column, &condition)?;
    }
    Ok(())
}

/// Millimetres in inches, in which margins are given.
fn inches(millimetres: f64) -> f64 {
    millimetres / 25.4
}

/// A4 landscape, one page wide, headings repeated, page number in the middle (look/WORKBOOKS.md, 3).
pub(super) fn paper(
    sheet: &mut Worksheet,
    last_row: u32,
    last_column: u16,
) -> std::result::Result<(), XlsxError> {
    let (side, edge, head) = (inches(12.0), inches(14.0), inches(6.5));
    sheet
        .set_paper_size(9)
        .set_landscape()
        .set_print_fit_to_pages(1, 0)
        .set_margins(side, side, edge, edge, head, head)
        .set_print_center_horizontally(true)
        .set_header("")
        .set_footer(format!("&L&9{}&C&\"{}\"&9— &P —&R&9&A", words::PAGE_FOOT, style::SONG))
        .set_screen_gridlines(false);
    sheet.set_print_area(0, 0, last_row, last_column)?;
    Ok(())
}
