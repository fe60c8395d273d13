//! 判定与报送: how the tasks of each office were judged, and which returns came.

use super::{
    super::{
        block,
        figure::{Figure, Value},
        look,
        page::{Page, Xlsx},
    },
    rows::{FIRST, Sum, Tree},
};
use crate::{
    stats::{Class, RollupRow},
    wording::rollup as words,
};

const WIDTHS: [u32; 20] =
    [36, 190, 50, 50, 50, 50, 66, 50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 58, 50, 58];
const CLASSES: u16 = 2;
const MARKS: u16 = 10;
const OWED: u16 = 14;
const CAME: u16 = 15;
const MISSING: u16 = 16;
const ON_TIME: u16 = 18;
const KEYS: u16 = 21;

/// Writes the sheet.
pub(super) fn write(tree: &Tree) -> Xlsx<Page> {
    let mut page = Page::new(words::JUDGED, &WIDTHS)?;
    page.title(&super::title(tree, words::JUDGED), "", words::MEASURES, 18.0)?;
    let classes = CLASS_ORDER.map(look::class_word);
    let heads = [
        block::group("", &words::NAME_HEADS),
        block::group(words::CLASSES, &classes),
        block::group(words::MARKS, &words::MARK_HEADS),
        block::group(words::RETURNS, &words::RETURNS_HEADS),
    ];
    block::heads(&mut page, 2, &heads)?;
    page.ws.set_freeze_panes(FIRST, 2)?;
    tree.lines(&mut page, KEYS, line)?;
    let end = page.note(tree.total_row() + 1, words::JUDGED_NOTE)?;
    super::print(&mut page, tree, end - 1, Some((0, 3)))?;
    Ok(page)
}

const CLASS_ORDER: [Class; 8] = [
    Class::Done,
    Class::Ahead,
    Class::OnTrack,
    Class::Behind,
    Class::Overdue,
    Class::NotStarted,
    Class::Unreported,
    Class::Adjusted,
];

fn line(page: &mut Page, sum: &Sum, of: &RollupRow) -> Xlsx {
    let line = sum.line;
    let (c, rates) = (of.rates.classes, &of.rates);
    let classes =
        [c.done, c.ahead, c.on_track, c.behind, c.overdue, c.not_started, c.unreported, c.adjusted];
    for (column, count) in (CLASSES..).zip(classes) {
        sum.count(page, column, count, &line.dotted())?;
    }
    let marks = [rates.incomplete, rates.stale, rates.mean_excluded, rates.confirmed];
    for (column, count) in (MARKS..).zip(marks) {
        sum.count(page, column, count, &line.grey_dotted())?;
    }
    let returns = of.returns;
    sum.count(page, OWED, returns.obligations, &line.count())?;
    sum.count(page, CAME, returns.received, &line.count())?;
    let missing = returns.obligations.saturating_sub(returns.received);
    let formula = Figure::plain(format!("{}-{}", sum.cell(OWED), sum.cell(CAME)));
    page.figure(sum.row, MISSING, &formula, &Value::count(missing), &line.dotted().set_bold())?;
    sum.rate_of(page, MISSING + 1, (CAME, OWED), of.returned())?;
    sum.count(page, ON_TIME, returns.on_time, &line.count())?;
    sum.rate_of(page, ON_TIME + 1, (ON_TIME, OWED), of.on_time())
}
