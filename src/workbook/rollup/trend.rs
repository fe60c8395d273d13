//! 历月: the two rates period by period; a sheet only where some office has a period before.

use std::collections::BTreeSet;

use rust_xlsxwriter::FormatAlign;

use super::{
    super::{
        block, history, look,
        page::{Page, Xlsx},
    },
    rows::{FIRST, Sum, Tree},
};
use crate::{
    model::{Period, Rate},
    stats::RollupRow,
    wording::rollup as words,
};

/// Most periods on a page: a year of months.
const MOST: usize = 12;
const NAME: [u32; 2] = [36, 212];
const COLUMN: u32 = 64;
/// All periods together, so that the title has room above two or three of them.
const PERIODS: u32 = 360;

/// Writes the sheets: one for each rate.
pub(super) fn write(tree: &Tree) -> Xlsx<Vec<Page>> {
    let periods = periods(tree);
    if periods.len() < 2 {
        return Ok(Vec::new());
    }
    let on_schedule = |row: &RollupRow, period| rate_in(tree, row, period, false);
    let completion = |row: &RollupRow, period| rate_in(tree, row, period, true);
    Ok(vec![
        sheet(tree, words::ON_SCHEDULE_TREND, &periods, on_schedule)?,
        sheet(tree, words::COMPLETION_TREND, &periods, completion)?,
    ])
}

/// The periods that some office has, this one last.
fn periods(tree: &Tree) -> Vec<Period> {
    let past = tree.entries.iter().flat_map(|e| e.row.past.iter().map(|p| p.period));
    let mut all: Vec<Period> = past.collect::<BTreeSet<_>>().into_iter().collect();
    all.retain(|p| *p != tree.rollup.period);
    let early = (all.len() + 1).saturating_sub(MOST);
    all.drain(..early);
    all.push(tree.rollup.period);
    all
}

/// A row's rate in a period; none where an office in it has no such period.
fn rate_in(tree: &Tree, row: &RollupRow, period: Period, completion: bool) -> Option<Rate> {
    if period == tree.rollup.period {
        return Some(if completion { row.rates.completion } else { row.rates.on_schedule });
    }
    let past = row.past.iter().find(|p| p.period == period)?;
    Some(if completion { past.completion } else { past.on_schedule })
}

fn sheet(
    tree: &Tree,
    name: &'static str,
    periods: &[Period],
    rate: impl Fn(&RollupRow, Period) -> Option<Rate>,
) -> Xlsx<Page> {
    let width = u32::try_from(periods.len()).map_or(COLUMN, |n| COLUMN.max(PERIODS / n.max(1)));
    let widths: Vec<u32> = NAME.into_iter().chain(periods.iter().map(|_| width)).collect();
    let mut page = Page::new(name, &widths)?;
    page.title(&super::title(tree, name), "", words::PERCENT, 18.0)?;
    let labels: Vec<String> = periods.iter().map(|p| history::label(*p)).collect();
    let titles: Vec<&str> = labels.iter().map(String::as_str).collect();
    let heads = [block::group("", &words::NAME_HEADS), block::group(name, &titles)];
    block::heads(&mut page, 2, &heads)?;
    page.ws.set_freeze_panes(FIRST, 2)?;
    // Right of the print area: number and group, then both counts of each period.
    let keys = page.last_column() + 2;
    let grey = look::grey(9.0).set_align(FormatAlign::Center);
    for (column, label) in (keys + 2..).step_by(2).zip(&labels) {
        page.text(FIRST - 1, column, &words::counts_of(label), &grey)?;
    }
    tree.lines(&mut page, keys, |page: &mut Page, sum: &Sum, of: &RollupRow| {
        for ((column, period), at) in (2u16..).zip(periods).zip((keys + 2..).step_by(2)) {
            match rate(of, *period) {
                Some(rate) => {
                    sum.count(page, at, rate.done, &grey)?;
                    sum.count(page, at + 1, rate.due, &grey)?;
                    sum.rate_of(page, column, (at, at + 1), rate)?;
                }
                None => page.text(sum.row, column, look::NOTHING, &sum.line.rate())?,
            }
        }
        Ok(())
    })?;
    let end = page.note(tree.total_row() + 1, words::TREND_NOTE)?;
    super::print(&mut page, tree, end - 1, Some((0, 3)))?;
    Ok(page)
}
