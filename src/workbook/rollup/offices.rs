//! 按办公室: a row for each office, in the look of 按单位.

use rust_xlsxwriter::FormatAlign;

use super::{
    super::{
        block,
        figure::{Figure, Value},
        look,
        page::{Page, Xlsx},
    },
    rows::{FIRST, Sum, Tree},
};
use crate::{stats::RollupRow, wording::rollup as words};

const WIDTHS: [u32; 21] =
    [36, 190, 44, 46, 50, 78, 38, 44, 54, 56, 38, 44, 58, 44, 44, 44, 44, 44, 58, 38, 44];
const OFFICES: u16 = 2;
const RATE: u16 = 5;
const CHANGE: u16 = 8;
const COMPLETION: u16 = 9;
const MEAN: u16 = 12;
const LIGHTS: u16 = 13;
const RETURNED: u16 = 18;
/// Right of the print area: number and group, then what the mean and the change are made of.
const KEYS: u16 = 22;
const SUM: u16 = KEYS + 2;
const LAST: u16 = SUM + 2;

/// Writes the sheet.
pub(super) fn write(tree: &Tree, left_out: &[(String, String)]) -> Xlsx<Page> {
    let mut page = Page::new(words::OFFICES, &WIDTHS)?;
    let total = &tree.rollup.total;
    let sub = words::sub_line([total.offices, total.units, total.tasks], left_out.len());
    page.title(&super::title(tree, words::OFFICES), &sub, words::MEASURES, 18.0)?;
    let heads = [
        block::group("", &words::NAME_HEADS),
        block::group(words::SIZE, &words::SIZE_HEADS),
        block::group(words::ON_SCHEDULE, &words::RATE_HEADS),
        block::group(words::COMPLETION, &words::RATE_HEADS[..3]),
        block::group("", &[words::MEAN]),
        block::light_group(),
        block::group(words::RETURNED, &words::RETURN_HEADS),
    ];
    block::heads(&mut page, 2, &heads)?;
    page.ws.set_freeze_panes(FIRST, 2)?;
    tree.lines(&mut page, KEYS, line)?;
    let total_row = tree.total_row();
    if total_row > FIRST {
        block::bar(&mut page, RATE, FIRST, total_row - 1)?;
        block::tint(&mut page, LIGHTS, FIRST, total_row - 1)?;
    }
    let end = page.note(total_row + 1, words::NOTE)?;
    super::print(&mut page, tree, end - 1, Some((0, 3)))?;
    Ok(page)
}

fn line(page: &mut Page, sum: &Sum, of: &RollupRow) -> Xlsx {
    let line = sum.line;
    let sizes = [of.offices, of.units, of.tasks];
    for (column, count) in (OFFICES..).zip(sizes) {
        sum.count(page, column, count, &line.count())?;
    }
    sum.rate(page, RATE, of.rates.on_schedule)?;
    change(page, sum, of)?;
    sum.rate(page, COMPLETION, of.rates.completion)?;
    mean(page, sum, of)?;
    for (column, (_, count)) in (LIGHTS..).zip(block::by_light(of.rates.lights)) {
        sum.count(page, column, count, &line.dotted())?;
    }
    sum.rate(page, RETURNED, of.returned())
}

/// The mean progress, from its sum and how many tasks it is of.
fn mean(page: &mut Page, sum: &Sum, of: &RollupRow) -> Xlsx {
    let grey = look::grey(9.0).set_align(FormatAlign::Center);
    sum.added(page, SUM, &Value::Number(of.sums.progress), &grey.clone().set_num_format("0.0"))?;
    sum.count(page, SUM + 1, of.sums.counted, &grey)?;
    let (added, counted) = (sum.cell(SUM), sum.cell(SUM + 1));
    let formula = format!("IF({counted}=0,\"{}\",{added}/{counted})", look::NOTHING);
    let value = Value::maybe(of.rates.mean_progress);
    page.figure(sum.row, MEAN, &Figure::plain(formula), &value, &sum.line.percent(false))
}

/// The change in points, told only where every office in the line has a period before.
fn change(page: &mut Page, sum: &Sum, of: &RollupRow) -> Xlsx {
    let format = sum.line.points();
    let (Some(change), Some(last)) = (of.rates.on_schedule.change, of.last) else {
        return page.text(sum.row, CHANGE, look::NOTHING, &format);
    };
    let grey = look::grey(9.0).set_align(FormatAlign::Center);
    sum.count(page, LAST, last.on_schedule.done, &grey)?;
    sum.count(page, LAST + 1, last.on_schedule.due, &grey)?;
    let formula = format!("({}-{}/{})*100", sum.cell(RATE), sum.cell(LAST), sum.cell(LAST + 1));
    page.figure(sum.row, CHANGE, &Figure::plain(formula), &Value::Number(change), &format)
}
