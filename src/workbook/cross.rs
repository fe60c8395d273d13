//! Cross tables: leader × section and unit × section, tasks that keep up over tasks in force.

use rust_xlsxwriter::{ConditionalFormatFormula, Format, FormatAlign, Formula};

use super::{
    block::Line,
    figure::{Figure, Select, Table, Value},
    long::Longs,
    look,
    page::{Page, Paper, Xlsx},
    text,
    view::View,
};
use crate::{sheet::cell_name, stats::Cross};

/// Sheet name of leader × section.
pub(super) const LEADER: &str = "领导×板块";
/// Sheet name of unit × section.
pub(super) const UNIT: &str = "单位×板块";
const NAME: u32 = 180;
/// First row of the body, from 0.
const FIRST: u32 = 4;
/// Sections beyond this many would not fit on a page; the long sheets hold them all.
const MOST: usize = 60;

/// One cross table.
struct Source<'a> {
    sheet: &'static str,
    by: &'static str,
    table: Table,
    cross: &'a Cross,
    names: Vec<&'a str>,
    /// Only rows that lead something.
    counted: (&'static str, f64),
}

/// Writes leader × section.
pub(super) fn by_leader(view: &View, longs: &Longs) -> Xlsx<Page> {
    let stats = &view.report.stats;
    let source = Source {
        sheet: LEADER,
        by: "领导与板块交叉",
        table: Table::Leader,
        cross: &stats.leader_by_section,
        names: stats.now.leaders.iter().map(|l| l.name.as_str()).collect(),
        counted: ("计入", 1.0),
    };
    write(view, longs, &source)
}

/// Writes unit × section.
pub(super) fn by_unit(view: &View, longs: &Longs) -> Xlsx<Page> {
    let stats = &view.report.stats;
    let source = Source {
        sheet: UNIT,
        by: "单位与板块交叉",
        table: Table::Unit,
        cross: &stats.unit_by_section,
        names: stats.now.units.iter().map(|u| u.name.as_str()).collect(),
        counted: ("牵头", 1.0),
    };
    write(view, longs, &source)
}

/// Cells of a section: numerator and denominator, as everywhere: a rate never stands without its counts.
fn write(view: &View, longs: &Longs, source: &Source) -> Xlsx<Page> {
    let sections = &view.report.plan.sections;
    let shown = sections.len().min(MOST);
    let count = u32::try_from(shown).unwrap_or(1) + 1;
    // Two columns a section and two for the sum, on the width of a page.
    let half = ((1032 - NAME - 36) / (count * 2)).clamp(26, 60);
    let mut widths = vec![36, NAME];
    widths.extend(std::iter::repeat_n(half, usize::try_from(count * 2).unwrap_or(2)));
    let mut page = Page::new(source.sheet, &widths)?;
    page.title(
        &text::title(view, source.by),
        &text::sub_line(view),
        "单位：项（跟上序时／在册）",
        18.0,
    )?;
    heads(&mut page, view, shown, half)?;
    page.ws.set_freeze_panes(FIRST, 2)?;
    let mut row = FIRST;
    for (number, name) in (1u32..).zip(&source.names) {
        let cells = source.cross.cells.get(number as usize - 1);
        let leads = cells.is_some_and(|c| c.iter().any(Option::is_some));
        if !leads {
            continue;
        }
        body(&mut page, view, longs, source, row, number, name, shown)?;
        row += 1;
    }
    if row == FIRST {
        row = page.empty(row, "本期没有在册的牵头任务，因此没有交叉数。")?;
    } else {
        total(&mut page, view, longs, row, shown)?;
        tint(&mut page, FIRST, row - 1, shown)?;
        row += 1;
    }
    let extra = if sections.len() > shown {
        format!("板块超过 {MOST} 个，其余见长表。")
    } else {
        String::new()
    };
    let last = page.note(
        row,
        &format!("注：每格左为跟上序时的项数，右为在册任务；空格＝该行在该板块没有牵头任务。共同牵头的任务在各行各计一次，各行相加可能大于合计行（不重复计）。底色＝一半以上没有跟上序时。{extra}"),
    )?;
    page.print(view, Paper::A4, last - 1, Some((0, 3)), false)?;
    Ok(page)
}

fn heads(page: &mut Page, view: &View, shown: usize, half: u32) -> Xlsx {
    page.height(2, 30)?;
    page.height(3, 30)?;
    let both = look::rule_above(look::thin_below(look::head()));
    page.merge((2, 0, 3, 0), "序", &both)?;
    page.merge((2, 1, 3, 1), "名称", &both)?;
    let mut column = 2;
    for section in view.report.plan.sections.iter().take(shown) {
        let name = if section.short.is_empty() { &section.title } else { &section.short };
        let name = look::fitted(name, half * 2, 10.0, 3);
        page.merge((2, column, 3, column + 1), &name, &both)?;
        column += 2;
    }
    page.merge((2, column, 3, column + 1), "合计", &both)
}

#[expect(clippy::too_many_arguments, reason = "a row of a table: where, what, whose")]
fn body(
    page: &mut Page,
    view: &View,
    longs: &Longs,
    source: &Source,
    row: u32,
    number: u32,
    name: &str,
    shown: usize,
) -> Xlsx {
    let lines = look::lines(name, NAME, 10.5);
    page.height(row, (lines * 19 + 4).max(22))?;
    let line = Line::Body;
    let key = f64::from(number);
    page.number(row, 0, key, &line.cell(look::grey(9.5).set_align(FormatAlign::Center)))?;
    page.text(row, 1, name, &line.name())?;
    let at = format!("$A{}", row + 1);
    let own = Select::all(source.table).at("编号", key, &at).is(source.counted.0, source.counted.1);
    let mut column = 2;
    for (place, section) in view.report.plan.sections.iter().take(shown).enumerate() {
        let all = own.clone().is("板块号", f64::from(section.no));
        let cached = source
            .cross
            .cells
            .get(number as usize - 1)
            .and_then(|c| c.get(place))
            .and_then(Option::as_ref)
            .map_or((0, 0), |r| (r.on_schedule.done, r.on_schedule.due));
        pair(page, longs, (row, column), line, &all, cached)?;
        column += 2;
    }
    let done = longs.count(&own.clone().is("跟上", 1.0));
    let due = longs.count(&own);
    pair(page, longs, (row, column), line, &own, (done, due))
}

fn total(page: &mut Page, view: &View, longs: &Longs, row: u32, shown: usize) -> Xlsx {
    page.height(row, 25)?;
    let line = Line::Total;
    page.merge((row, 0, row, 1), "合计（不重复计）", &line.name())?;
    let mut column = 2;
    for section in view.report.plan.sections.iter().take(shown) {
        let all = Select::all(Table::Task).is("板块号", f64::from(section.no));
        let rates = view.report.stats.now.sections.iter().find(|s| s.key == section.no.to_string());
        let cached = rates.map_or((0, 0), |s| (s.rates.on_schedule.done, s.rates.on_schedule.due));
        pair(page, longs, (row, column), line, &all, cached)?;
        column += 2;
    }
    let rate = view.rates().on_schedule;
    pair(page, longs, (row, column), line, &Select::all(Table::Task), (rate.done, rate.due))
}

/// Numerator and denominator; both empty where nothing is due.
fn pair(
    page: &mut Page,
    longs: &Longs,
    at: (u32, u16),
    line: Line,
    all: &Select,
    cached: (u64, u64),
) -> Xlsx {
    let done = all.clone().is("跟上", 1.0);
    // Of nothing due nothing is printed: 0 of 0 is no 0. A count that comes alive shows itself.
    let format = if cached.1 == 0 { look::COUNT_OR_EMPTY } else { look::COUNT };
    let left = line.cell(look::song(10.0).set_align(FormatAlign::Right).set_num_format(format));
    let right = line.cell(look::grey(9.5).set_align(FormatAlign::Left).set_num_format(look::DUE));
    let figure = Figure::of(done.count(), "cross", &done, Some(all), "").to(longs.link(&done));
    page.figure(at.0, at.1, &figure, &Value::count(cached.0), &left)?;
    let figure = Figure::count(all, "cross").to(longs.link(all));
    page.figure(at.0, at.1 + 1, &figure, &Value::count(cached.1), &right)
}

/// A tint where more than half of a cell's tasks do not keep up.
fn tint(page: &mut Page, first: u32, last: u32, shown: usize) -> Xlsx {
    let mut column = 2u16;
    for _ in 0..=shown {
        let due = cell_name(first, u32::from(column) + 1);
        let done = cell_name(first, u32::from(column));
        let letters =
            |cell: &str| -> String { cell.chars().filter(char::is_ascii_alphabetic).collect() };
        let rule = format!(
            "=AND(N(${}{n})>0,N(${}{n})*2<N(${}{n}))",
            letters(&due),
            letters(&done),
            letters(&due),
            n = first + 1
        );
        let format = Format::new().set_background_color(look::YELLOW_TINT);
        let rule = ConditionalFormatFormula::new().set_rule(Formula::new(rule)).set_format(format);
        page.ws.add_conditional_format(first, column, last, column + 1, &rule)?;
        column += 2;
    }
    Ok(())
}
