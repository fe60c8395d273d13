//! 按板块: where the plan stands, section by section; the overview's chart reads its numbers from here.

use rust_xlsxwriter::FormatAlign;

use super::{
    block::{self, Counted, LastRate, Line},
    charts::{self, Bars},
    figure::{Figure, Select, Table, Value},
    long::Longs,
    look,
    page::{Page, Paper, Xlsx},
    text,
    view::{Scope, View},
};
use crate::{sheet::cell_name, stats::Rates};

/// Sheet name.
pub(super) const SHEET: &str = "按板块";
const WIDTHS: [u32; 19] =
    [28, 136, 44, 44, 50, 80, 34, 38, 54, 56, 32, 38, 60, 56, 54, 54, 54, 54, 54];
/// First row of the body, from 0.
pub(super) const FIRST: u32 = 4;
/// Column of the section's name.
pub(super) const LABELS: u16 = 1;
/// Column of 已完成; the other lights follow.
pub(super) const LIGHTS: u16 = 14;

/// So many sections still fit on one page with their chart.
const ONE_PAGE: u32 = 14;

/// A line of the sheet.
struct Row {
    no: u32,
    name: String,
    tasks: u64,
    leaders: u64,
    lead_units: u64,
    rates: Rates,
}

/// Counts of the framed lights (已完成, 未报) of each row of the body, for charts that read this sheet.
pub(super) fn framed_counts(view: &View, longs: &Longs) -> Vec<(u64, u64)> {
    framed(&rows(view, longs))
}

/// Writes the sheet.
pub(super) fn write(view: &View, longs: &Longs) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &WIDTHS)?;
    page.title(&text::title(view, "按板块"), &text::sub_line(view), "单位：项、%、百分点", 18.0)?;
    block::heads(
        &mut page,
        2,
        &[
            block::group("", &["序", "板块", "任务", "领导", "牵头\n单位"]),
            block::group("达序时率", &["比率", "项数", "", "较上期\n(点)"]),
            block::group("完成率", &["比率", "项数", ""]),
            block::group("平均进度", &["未报计0", "已报"]),
            block::light_group(),
        ],
    )?;
    page.ws.set_freeze_panes(FIRST, 2)?;
    let rows = rows(view, longs);
    let mut row = FIRST;
    for line in &rows {
        let key = f64::from(line.no);
        let lines = look::lines(&line.name, WIDTHS[1], 10.5);
        page.height(row, (lines * 20 + 3).max(23))?;
        let serial = Line::Body.cell(look::grey(9.5).set_align(FormatAlign::Center));
        page.number(row, 0, key, &serial)?;
        page.text(row, 1, &line.name, &Line::Body.name())?;
        let at = format!("$A{}", row + 1);
        let tasks = Select::all(Table::Task).at("板块号", key, &at);
        let figure = Figure::count(&tasks, "tasks").to(longs.link(&tasks));
        page.figure(row, 2, &figure, &Value::count(line.tasks), &Line::Body.count())?;
        let leaders = Select::all(Table::Leader).at("板块号", key, &at).is("板块首行", 1.0);
        let units = Select::all(Table::Unit).at("板块号", key, &at).is("板块首行", 1.0);
        if matches!(view.scope, Scope::Office) {
            let figure = Figure::count(&leaders, "leaders");
            page.figure(row, 3, &figure, &Value::count(line.leaders), &Line::Body.dotted())?;
        } else {
            page.text(row, 3, look::NOTHING, &Line::Body.dotted())?;
        }
        let figure = Figure::count(&units, "lead_units");
        page.figure(row, 4, &figure, &Value::count(line.lead_units), &Line::Body.dotted())?;
        let last = match view.scope {
            Scope::Office => {
                let past = longs.past(1, "板块", &line.no.to_string(), "达序时率");
                past.as_ref().map(LastRate::past)
            }
            Scope::Leader(_) | Scope::Unit(_) => Some(LastRate::of_flags(&tasks)),
        };
        let block = Counted { select: tasks, rates: &line.rates, last, both_means: true };
        block::write(&mut page, longs, (row, 5), Line::Body, &block)?;
        row += 1;
    }
    total(view, longs, &mut page, row)?;
    if row > FIRST {
        block::bar(&mut page, 5, FIRST, row - 1)?;
        block::tint(&mut page, LIGHTS, FIRST, row - 1)?;
    }
    let next = page.note(row + 1, &text::section_note(view))?;
    let last = chart(&mut page, &rows, next, row)?;
    page.print(view, Paper::A4, last, Some((0, 3)), rows.len() <= ONE_PAGE as usize)?;
    Ok(page)
}

fn rows(view: &View, longs: &Longs) -> Vec<Row> {
    let sections = &view.report.plan.sections;
    let name = |no: u32, title: &str| {
        sections
            .iter()
            .find(|s| s.no == no && !s.short.is_empty())
            .map_or_else(|| title.to_owned(), |s| s.short.clone())
    };
    if matches!(view.scope, Scope::Office) {
        return view
            .report
            .stats
            .now
            .sections
            .iter()
            .map(|s| {
                let no = s.key.parse().unwrap_or(0);
                Row {
                    no,
                    name: name(no, &s.name),
                    tasks: s.tasks,
                    leaders: s.leaders,
                    lead_units: s.lead_units,
                    rates: s.rates.clone(),
                }
            })
            .collect();
    }
    sections
        .iter()
        .filter_map(|section| {
            let key = f64::from(section.no);
            let select = Select::all(Table::Task).is("板块号", key);
            let tasks = longs.count(&select);
            (tasks > 0).then(|| Row {
                no: section.no,
                name: name(section.no, &section.title),
                tasks,
                leaders: 0,
                lead_units: longs
                    .count(&Select::all(Table::Unit).is("板块号", key).is("板块首行", 1.0)),
                rates: block::rates_of(longs, &select),
            })
        })
        .collect()
}

fn total(view: &View, longs: &Longs, page: &mut Page, row: u32) -> Xlsx {
    let rates = view.rates();
    page.height(row, 25)?;
    page.merge((row, 0, row, 1), "合计（不重复计）", &Line::Total.name())?;
    let all = Select::all(Table::Task);
    let tasks = Figure::count(&all, "tasks").to(longs.link(&all));
    page.figure(row, 2, &tasks, &Value::count(rates.on_schedule.due), &Line::Total.count())?;
    if matches!(view.scope, Scope::Office) {
        let leaders = Select::all(Table::Leader).is("首行", 1.0);
        let figure = Figure::count(&leaders, "leaders");
        let cached = Value::count(view.report.stats.now.section_total.leaders);
        page.figure(row, 3, &figure, &cached, &Line::Total.dotted())?;
    } else {
        page.text(row, 3, look::NOTHING, &Line::Total.dotted())?;
    }
    let units = Select::all(Table::Unit).is("首行", 1.0);
    let figure = Figure::count(&units, "lead_units");
    page.figure(row, 4, &figure, &Value::count(longs.count(&units)), &Line::Total.dotted())?;
    let last = block::last_of_scope(view, longs);
    let block = Counted { select: all, rates, last, both_means: true };
    debug_assert_eq!(cell_name(0, 0), "A1");
    block::write(page, longs, (row, 5), Line::Total, &block)
}

/// Counts of the framed lights by row.
fn framed(rows: &[Row]) -> Vec<(u64, u64)> {
    rows.iter().map(|r| (r.rates.lights.done, r.rates.lights.none)).collect()
}

fn chart(page: &mut Page, rows: &[Row], row: u32, total: u32) -> Xlsx<u32> {
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    if count == 0 || count > 60 {
        return Ok(row.saturating_sub(1));
    }
    if count > ONE_PAGE {
        // A chart is not torn apart between pages.
        page.ws.set_page_breaks(&[row])?;
    }
    text::section_heading(page, row, "各板块任务数量与亮灯情况（单位：项；按方案顺序）")?;
    let height = (count * charts::CATEGORY_PX + charts::AROUND_PX).max(150);
    let framed = framed(rows);
    let rows = (FIRST, total - 1);
    let bars = Bars { sheet: SHEET, rows, labels: LABELS, lights: LIGHTS, framed: &framed };
    let width = page.px(0, page.last_column());
    let chart = charts::bars(&bars, (width, height), true, Some("任务数（项）"));
    text::insert(page, row + 1, 0, &chart, height)
}
