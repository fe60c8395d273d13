//! 汇总表: the workbook of many offices together, for a city or a province.
//!
//! Rows are offices and groups of offices, with the counts they handed on; every sum, rate and mean is a formula over
//! the rows under it, with the roll-up's own result as cached value.

mod judged;
mod offices;
mod rows;
mod rules;
mod trend;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, XlsxError};

use self::rows::Tree;
use super::{
    look,
    page::{Page, Paper, Xlsx},
};
use crate::{
    diag::{Error, Result},
    sheet::style,
    stats::Rollup,
    wording::{rollup as words, workbook::SIMULATED},
};

/// Writes the workbook.
pub(super) fn write(
    rollup: &Rollup,
    left_out: &[(String, String)],
    program: &str,
) -> Result<Vec<u8>> {
    let tree = Tree::new(rollup);
    bind(&tree, left_out, program).map_err(|cause: XlsxError| Error::Workbook {
        name: rollup.total.name.clone(),
        cause: cause.to_string(),
    })
}

fn bind(tree: &Tree, left_out: &[(String, String)], program: &str) -> Xlsx<Vec<u8>> {
    let mut pages = vec![offices::write(tree, left_out)?, judged::write(tree)?];
    pages.extend(trend::write(tree)?);
    pages.push(rules::write(tree, left_out, program)?);
    let mut book = style::book();
    book.set_default_format(&look::normal(), look::NORMAL_ROW, look::NORMAL_COLUMN)?;
    // The creation date comes from the period, so that the same roll-up gives the same bytes.
    let day = tree.rollup.period.last_day();
    let created = ExcelDateTime::from_ymd(
        day.year().unsigned_abs(),
        day.month().unsigned_abs(),
        day.day().unsigned_abs(),
    )?;
    let properties = DocProperties::new()
        .set_title(title(tree, words::OFFICES))
        .set_author("duban")
        .set_comment(if tree.rollup.total.simulated { SIMULATED } else { "" })
        .set_creation_datetime(&created);
    book.set_properties(&properties);
    for page in pages {
        book.push_worksheet(page.painted()?.ws);
    }
    book.save_to_buffer()
}

/// Title of a sheet: `某市重点工作进展汇总：按办公室（2024年3月）`.
fn title(tree: &Tree, sheet: &str) -> String {
    words::title(&tree.rollup.total.name, sheet, &tree.rollup.period.zh())
}

/// Print set-up: A4, one page wide, the head on every page.
fn print(page: &mut Page, tree: &Tree, last_row: u32, repeat: Option<(u32, u32)>) -> Xlsx {
    let total = &tree.rollup.total;
    let header = words::page_header(&total.name, page.name, total.simulated);
    let footer = words::page_footer(&tree.rollup.period.zh());
    page.print_with((&header, &footer), Paper::A4, last_row, repeat, false)
}
