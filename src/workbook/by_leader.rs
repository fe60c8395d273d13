//! 按领导: load and worries of each leader, in plan order, without a rank.

use rust_xlsxwriter::FormatAlign;

use super::{
    block::{self, Counted, LastRate, Line},
    charts::{self, Bars},
    figure::{Figure, Select, Table, Value},
    long::Longs,
    look,
    page::{Page, Paper, Xlsx},
    spark::{self, Spark},
    text,
    view::View,
};
use crate::sheet::cell_name;

/// Sheet name.
pub(super) const SHEET: &str = "按领导";
const WIDTHS: [u32; 19] =
    [26, 142, 42, 42, 42, 48, 42, 72, 34, 38, 54, 56, 32, 38, 60, 56, 54, 54, 54];
/// First row of the body, from 0.
const FIRST: u32 = 4;
/// Column of 已完成; the other lights follow.
const LIGHTS: u16 = 16;
/// So many leaders still fit on one page with their chart.
const ONE_PAGE: u32 = 16;
/// Column of the trend, where there is one.
const SPARK: u16 = 21;

/// Writes the sheet.
pub(super) fn write(view: &View, longs: &Longs) -> Xlsx<Page> {
    let mut widths = WIDTHS.to_vec();
    widths.extend([54, 54]);
    if spark::columns(view) > 0 {
        widths.push(spark::PX);
    }
    let mut page = Page::new(SHEET, &widths)?;
    page.title(
        &text::title(view, "按牵头领导"),
        &text::sub_line(view),
        "单位：项、%、百分点",
        18.0,
    )?;
    let mut heads = vec![
        block::group("", &["序", "牵头领导"]),
        block::group("牵头任务（项）", &["合计", "独自", "共同", "折算", "集体"]),
        block::group("达序时率", &["比率", "项数", "", "较上期\n(点)"]),
        block::group("完成率", &["比率", "项数", ""]),
        block::group("平均进度", &["未报计0", "已报"]),
        block::light_group(),
    ];
    if spark::columns(view) > 0 {
        heads.push(block::group("", &[spark::HEAD]));
    }
    block::heads(&mut page, 2, &heads)?;
    let spark = Spark::new(&mut page, view, 3, SPARK, SPARK + 2)?;
    page.ws.set_freeze_panes(FIRST, 2)?;
    let leaders = &view.report.stats.now.leaders;
    let mut row = FIRST;
    for (number, leader) in (1u32..).zip(leaders) {
        let key = f64::from(number);
        let name_lines = look::lines(&leader.name, WIDTHS[1], 10.5);
        page.height(row, (name_lines * 20 + 3).max(23))?;
        let serial = Line::Body.cell(look::grey(9.5).set_align(FormatAlign::Center));
        page.number(row, 0, key, &serial)?;
        page.text(row, 1, &leader.name, &Line::Body.name())?;
        let at = cell_name(row, 0).replacen('A', "$A", 1);
        let all = Select::all(Table::Leader).at("编号", key, &at);
        let counted = all.clone().is("计入", 1.0);
        let sole = all.clone().word("方式", "独自");
        let shared = all.clone().word("方式", "共同");
        let collective = all.clone().word("方式", "集体");
        for (column, select, count, rule, format) in [
            (2, &counted, leader.tasks, "tasks", Line::Body.count()),
            (3, &sole, leader.sole, "sole", Line::Body.dotted()),
            (4, &shared, leader.shared, "shared", Line::Body.dotted()),
            (6, &collective, leader.collective, "collective", Line::Body.grey_dotted()),
        ] {
            let figure = Figure::count(select, rule).to(longs.link(select));
            page.figure(row, column, &figure, &Value::count(count), &format)?;
        }
        let share = Figure::sum(&counted, "折算", "share");
        page.figure(row, 5, &share, &Value::Number(leader.share), &Line::Body.share())?;
        let block = Counted {
            select: counted,
            rates: &leader.rates,
            last: longs.past(1, "领导", &leader.key, "达序时率").as_ref().map(LastRate::past),
            both_means: true,
        };
        block::write(&mut page, longs, (row, 7), Line::Body, &block)?;
        if let Some(spark) = &spark {
            spark.row(&mut page, longs, row, Line::Body, ("领导", &leader.key))?;
        }
        row += 1;
    }
    total(view, longs, &mut page, row)?;
    if let Some(spark) = &spark {
        spark.row(&mut page, longs, row, Line::Total, ("合计", ""))?;
    }
    if row > FIRST {
        block::bar(&mut page, 7, FIRST, row - 1)?;
        block::tint(&mut page, LIGHTS, FIRST, row - 1)?;
    }
    let listed: u64 = leaders.iter().map(|l| l.tasks).sum();
    let next = page.note(row + 1, &text::leader_note(view, listed))?;
    let last = chart(&mut page, view, next, row)?;
    page.print(view, Paper::A4, last, Some((0, 3)), leaders.len() <= ONE_PAGE as usize)?;
    Ok(page)
}

fn total(view: &View, longs: &Longs, page: &mut Page, row: u32) -> Xlsx {
    let rates = view.rates();
    page.height(row, 25)?;
    page.merge((row, 0, row, 1), "合计（不重复计）", &Line::Total.name())?;
    let all = Select::all(Table::Task);
    let tasks = Figure::count(&all, "tasks").to(longs.link(&all));
    page.figure(row, 2, &tasks, &Value::count(rates.on_schedule.due), &Line::Total.count())?;
    let (sole, shared) = (all.clone().word("方式", "独自"), all.clone().word("方式", "共同"));
    let sole = Figure::count(&sole, "sole").to(longs.link(&sole));
    let shared = Figure::count(&shared, "shared").to(longs.link(&shared));
    let many = view.tasks.iter().filter(|t| t.task.leaders.len() > 1).count() as u64;
    let one = view.tasks.len() as u64 - many;
    page.figure(row, 3, &sole, &Value::count(one), &Line::Total.dotted())?;
    page.figure(row, 4, &shared, &Value::count(many), &Line::Total.dotted())?;
    let share = Figure::sum(&Select::all(Table::Leader), "折算", "share");
    let all_shares: f64 = view.report.stats.now.leaders.iter().map(|l| l.share).sum();
    page.figure(row, 5, &share, &Value::Number(all_shares), &Line::Total.share())?;
    page.blank(row, 6, &Line::Total.count());
    let block =
        Counted { select: all, rates, last: block::last_of_scope(view, longs), both_means: true };
    block::write(page, longs, (row, 7), Line::Total, &block)
}

fn chart(page: &mut Page, view: &View, row: u32, total: u32) -> Xlsx<u32> {
    let count = u32::try_from(view.report.stats.now.leaders.len()).unwrap_or(u32::MAX);
    if count == 0 || count > 60 {
        return Ok(row.saturating_sub(1));
    }
    if count > ONE_PAGE {
        // A chart is not torn apart between pages.
        page.ws.set_page_breaks(&[row])?;
    }
    text::section_heading(page, row, "各领导牵头任务数量与亮灯情况（单位：项）")?;
    let height = (count * charts::CATEGORY_PX + charts::AROUND_PX).max(150);
    let leaders = &view.report.stats.now.leaders;
    let framed: Vec<(u64, u64)> =
        leaders.iter().map(|l| (l.rates.lights.done, l.rates.lights.none)).collect();
    let rows = (FIRST, total - 1);
    let bars = Bars { sheet: SHEET, rows, labels: 1, lights: LIGHTS, framed: &framed };
    let width = page.px(0, page.last_column());
    let chart = charts::bars(&bars, (width, height), true, Some("任务数（项）"));
    text::insert(page, row + 1, 0, &chart, height)
}
