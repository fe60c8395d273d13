//! 滞后与预警: four bands in the order of action, worst first.

use rust_xlsxwriter::FormatBorder;

use super::{
    list, look,
    page::{Page, Paper, Xlsx},
    text,
    view::{TaskRow, View},
};
use crate::{
    sheet::style::palette,
    stats::{Change, Class, Light},
    wording::workbook as words,
};

/// Sheet name.
pub(super) const SHEET: &str = "滞后与预警";
const WIDTHS: [u32; 10] = [34, 208, 102, 162, 50, 48, 52, 62, 172, 162];
/// First row of the body, from 0.
pub(super) const FIRST: u32 = 3;

/// Bands in the order of action.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Band {
    Red,
    Unreported,
    Yellow,
    Warned,
}

/// Writes the sheet; also gives the row of each band's heading: red, unreported, yellow.
pub(super) fn write(view: &View) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &WIDTHS)?;
    page.title(&text::title(view, "滞后与预警"), &text::sub_line(view), "单位：百分点", 18.0)?;
    list::head(
        &mut page,
        2,
        &[
            "序号",
            "<任务",
            "<牵头领导",
            "<牵头单位",
            "状态",
            "差距\n(点)",
            "较上期\n(点)",
            "变化",
            "<存在问题",
            "<需协调事项",
        ],
    )?;
    page.ws.set_freeze_panes(FIRST, 2)?;
    let mut row = FIRST;
    let last_column = page.last_column();
    for band in [Band::Red, Band::Unreported, Band::Yellow, Band::Warned] {
        let tasks = of(view, band);
        page.height(row, 26)?;
        let heading = heading(view, band, tasks.len());
        let format = match band {
            Band::Red => look::severe(look::hei(10.5), Light::Red),
            Band::Yellow => look::severe(look::hei(10.5), Light::Yellow),
            Band::Warned => look::severe(look::hei(10.5), Light::Green),
            Band::Unreported => {
                look::hei(10.5).set_border(FormatBorder::Dashed).set_border_color(palette::INK)
            }
        };
        page.merge((row, 0, row, last_column), &heading, &format)?;
        row += 1;
        for task in tasks {
            task_row(&mut page, view, row, band, task)?;
            row += 1;
        }
    }
    list::close(&mut page, row)?;
    let last = page.note(row + 1, "注：变化与上期的灯相比：新增＝上期不是黄灯或红灯，加重、减轻＝灯变差、变好，连续n期＝灯与前面各期相同。存在问题、需协调事项照录单位原文。点＝百分点。")?;
    page.print(view, Paper::A4, last - 1, Some((0, 2)), false)?;
    Ok(page)
}

/// Rows where the bands of a light begin (0-based), for links from the overview.
pub(super) fn band_row(view: &View, light: Light) -> Option<u32> {
    let mut row = FIRST;
    for band in [Band::Red, Band::Unreported, Band::Yellow] {
        let own = match band {
            Band::Red => Light::Red,
            Band::Unreported => Light::None,
            Band::Yellow | Band::Warned => Light::Yellow,
        };
        if own == light {
            return Some(row);
        }
        row += 1 + u32::try_from(of(view, band).len()).ok()?;
    }
    None
}

/// Tasks of a band, worst first.
fn of<'v, 'a>(view: &'v View<'a>, band: Band) -> Vec<&'v TaskRow<'a>> {
    let mut tasks: Vec<&TaskRow> = view
        .tasks
        .iter()
        .filter(|t| match band {
            Band::Red => t.stat.light == Light::Red,
            Band::Unreported => t.stat.class == Class::Unreported,
            Band::Yellow => t.stat.light == Light::Yellow,
            Band::Warned => t.watch.is_some_and(|w| w.warning),
        })
        .collect();
    if band != Band::Unreported {
        sort_worst_first(&mut tasks);
    }
    tasks
}

/// Smallest gap first; without a gap last; then by number.
pub(super) fn sort_worst_first(tasks: &mut [&TaskRow]) {
    tasks.sort_by(|a, b| {
        let gap = |t: &TaskRow| t.stat.gap.unwrap_or(f64::INFINITY);
        gap(a).total_cmp(&gap(b)).then(a.stat.no.cmp(&b.stat.no))
    });
}

fn heading(view: &View, band: Band, count: usize) -> String {
    let lights = &view.report.settings.lights;
    let last = words::last_word(view.report.period);
    match (band, count) {
        (Band::Red, 0) => "红灯·滞后：没有。".to_owned(),
        (Band::Red, n) => {
            format!("红灯·滞后 {n} 项：{}，逾期或未启动，请牵头领导过问", text::beyond(lights))
        }
        (Band::Unreported, 0) => "未报：没有。".to_owned(),
        (Band::Unreported, n) => format!("未报 {n} 项：没有收到数字，不作好坏判断，请催报"),
        (Band::Yellow, 0) => "黄灯·偏慢：没有。".to_owned(),
        (Band::Yellow, n) => {
            format!("黄灯·偏慢 {n} 项：{}，请牵头单位说明", text::within(lights))
        }
        (Band::Warned, 0) if view.last().is_none() => {
            format!("预警：没有{last}的数，本期不作预警。")
        }
        (Band::Warned, 0) => "预警：没有。".to_owned(),
        (Band::Warned, n) => format!("预警 {n} 项：目前仍为绿灯，照本期走势下期将转黄"),
    }
}

/// The word of a change, and whether it is printed bold.
fn change_word(task: &TaskRow) -> (String, bool) {
    match task.watch.and_then(|w| w.change) {
        None => (look::NOTHING.to_owned(), false),
        Some(Change::New) if task.watch.and_then(|w| w.last_light) == Some(Light::None) => {
            ("新增\n上期未报".to_owned(), true)
        }
        Some(Change::New) => ("新增".to_owned(), true),
        Some(Change::Worse) => ("加重".to_owned(), true),
        Some(Change::Better) => ("减轻".to_owned(), false),
        Some(Change::Again(n)) => (format!("连续{n}期"), false),
    }
}

fn task_row(page: &mut Page, view: &View, row: u32, band: Band, task: &TaskRow) -> Xlsx {
    let stat = task.stat;
    let leaders = task.leaders();
    let units = view.lead_names(task);
    let or_dash = |text: String| if text.is_empty() { look::NOTHING.to_owned() } else { text };
    let problems = match band {
        Band::Unreported => "（未报送）".to_owned(),
        _ => or_dash(view.lead_texts(task, |t| t.problems.as_deref())),
    };
    let coordination = or_dash(view.lead_texts(task, |t| t.coordination.as_deref()));
    let class = look::class_word(stat.class);
    let (change, bold) = change_word(task);
    list::fit(
        page,
        row,
        &[
            (1, task.short()),
            (2, &leaders),
            (3, &units),
            (4, class),
            (7, &change),
            (8, &problems),
            (9, &coordination),
        ],
    )?;
    page.about_task(row, 0, page.last_column(), stat.no);
    page.number(row, 0, f64::from(stat.no.0), &list::centred_grey())?;
    page.text(row, 1, task.short(), &list::text())?;
    page.text(row, 2, &leaders, &list::text())?;
    page.text(row, 3, &units, &list::text())?;
    page.text(row, 4, class, &list::centred())?;
    let gap = list::number(look::POINTS);
    let gap = if band == Band::Red { gap.set_bold() } else { gap };
    page.gap(row, 5, stat.gap, &gap)?;
    let grey = list::number(look::POINTS).set_font_color(palette::SECONDARY);
    page.maybe(row, 6, task.gap_change(), &grey)?;
    let format = if bold { list::centred().set_bold() } else { list::centred() };
    page.text(row, 7, &change, &format)?;
    page.text(row, 8, &problems, &list::text())?;
    page.text(row, 9, &coordination, &list::text())
}
