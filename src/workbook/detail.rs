//! 任务明细: every task on one row, claim beside finding, with the way to its source.

use rust_xlsxwriter::FormatAlign;

use super::{
    figure::{Figure, Value},
    list,
    long::Longs,
    look,
    page::{Page, Paper, Xlsx},
    sources::Places,
    text,
    view::{Scope, TaskRow, View},
};
use crate::{
    model::{Answer, Comparator, Indicator, decimal_text},
    sheet::style::palette,
    stats::ItemStat,
};

/// Sheet name.
pub(super) const SHEET: &str = "任务明细";
const WIDTHS: [u32; 14] = [30, 70, 150, 58, 112, 150, 50, 44, 46, 56, 56, 32, 230, 66];
/// First row of the body, from 0.
pub(super) const FIRST: u32 = 3;
const LIGHT: u16 = 11;
/// Right of the print area: the task's full text.
const FULL: u16 = 15;

/// Writes the sheet.
pub(super) fn write(view: &View, longs: &Longs, places: &Places) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &WIDTHS)?;
    page.title(
        &text::title(view, "逐项明细"),
        &text::sub_line(view),
        "单位：%、百分点；按方案顺序",
        18.0,
    )?;
    list::head(
        &mut page,
        2,
        &[
            "序号",
            "<板块",
            "<任务",
            "<牵头领导",
            "<牵头单位",
            "<量化指标：累计／目标",
            "完成\n进度",
            "差距\n(点)",
            "较上期\n(点)",
            "单位\n自报",
            "判定",
            "灯",
            "<进展情况",
            "来源",
        ],
    )?;
    page.ws.set_column_width(FULL, 80.0)?;
    page.text(2, FULL, "任务全文", &look::head_left())?;
    page.ws.set_freeze_panes(FIRST, 3)?;
    let order = long_rows(view);
    let mut row = FIRST;
    for (task, at) in view.tasks.iter().zip(order) {
        task_row(&mut page, view, longs, places, row, task, at)?;
        row += 1;
    }
    if row == FIRST {
        row = page.empty(row, "本期没有在册任务。")?;
    } else {
        page.ws.autofilter(2, 0, row - 1, page.last_column())?;
        list::paint(&mut page, LIGHT, FIRST, row - 1)?;
    }
    for task in &view.report.withdrawn {
        if matches!(view.scope, Scope::Office) {
            withdrawn(&mut page, row, task)?;
            row += 1;
        }
    }
    list::close(&mut page, row)?;
    let last = page.note(
        row + 1,
        "注：单位自报与判定并列，两者不一致时以判定为准。完成进度为“—”的任务只与年度目标相比（增速、占比等）或尚未到期。沿用＝本期未报，用前期数；承接＝沿用前任单位的数；按状态＝没有填进度，按办理状态折算。",
    )?;
    page.print(view, Paper::A4, last - 1, Some((0, 2)), false)?;
    Ok(page)
}

/// Row of each task in `长表_任务`, from 0: that sheet is sorted by section, then by light.
fn long_rows(view: &View) -> Vec<usize> {
    let mut order: Vec<usize> = (0..view.tasks.len()).collect();
    order.sort_by_key(|at| {
        let row = &view.tasks[*at];
        (row.task.section, look::severity(row.stat.light), row.stat.no.0)
    });
    let mut places = vec![0; order.len()];
    for (place, at) in order.into_iter().enumerate() {
        places[at] = place;
    }
    places
}

fn task_row(
    page: &mut Page,
    view: &View,
    longs: &Longs,
    places: &Places,
    row: u32,
    task: &TaskRow,
    at: usize,
) -> Xlsx {
    let stat = task.stat;
    let units = view.lead_names(task);
    let leaders = task.leaders();
    let figures = indicators(view, task);
    let narrative = view.lead_texts(task, |t| t.narrative.as_deref());
    let narrative = if narrative.is_empty() { look::NOTHING.to_owned() } else { narrative };
    let claim = claims(task);
    let mark = match task.stat.missing() {
        0 if stat.incomplete => "缺报".to_owned(),
        0 => String::new(),
        n if task.stat.reported() => format!("缺报{n}项"),
        _ => String::new(),
    };
    let class = look::class_word(stat.class);
    let judged = if mark.is_empty() { class.to_owned() } else { format!("{class}\n{mark}") };
    list::fit(
        page,
        row,
        &[
            (1, task.section),
            (2, task.short()),
            (3, &leaders),
            (4, &units),
            (5, &figures),
            (9, &claim),
            (10, &judged),
            (12, &narrative),
        ],
    )?;
    page.about_task(row, 0, page.last_column(), stat.no);
    page.number(row, 0, f64::from(stat.no.0), &list::centred_grey())?;
    page.text(row, 1, task.section, &list::grey())?;
    page.text(row, 2, task.short(), &list::text())?;
    page.text(row, 3, &leaders, &list::text())?;
    page.text(row, 4, &units, &list::text())?;
    page.text(row, 5, &figures, &list::text())?;
    let known = |column: &str, value: Option<f64>| {
        value.and_then(|v| Some((longs.task_cell(at, column)?, v)))
    };
    for (column, source, value, format) in
        [(6, "进度", stat.progress, look::PERCENT), (7, "差距", stat.gap, look::gap(stat.gap))]
    {
        let format = list::number(format);
        match known(source, value) {
            Some((cell, value)) => {
                page.figure(row, column, &Figure::plain(cell), &Value::Number(value), &format)?;
            }
            None => page.text(row, column, look::NOTHING, &format)?,
        }
    }
    let change = list::number(look::POINTS).set_font_color(palette::SECONDARY);
    page.maybe(row, 8, task.gap_change(), &change)?;
    page.text(row, 9, &claim, &list::centred_grey())?;
    let cell = longs.task_cell(at, "判定").unwrap_or_default();
    let formula = if mark.is_empty() { cell } else { format!("{cell}&CHAR(10)&\"{mark}\"") };
    page.figure(row, 10, &Figure::plain(formula), &Value::text(judged), &list::centred())?;
    let cell = longs.task_cell(at, "灯").unwrap_or_default();
    let word = Value::text(look::light_word(stat.light));
    page.figure(row, LIGHT, &Figure::plain(cell), &word, &list::centred())?;
    page.text(row, 12, &narrative, &list::text())?;
    match places.of_task(stat.no) {
        Some((place, cell)) => {
            let format = list::centred().set_font_color(palette::BLUE);
            page.link(row, 13, &place, &cell, &format)?;
        }
        None => page.text(row, 13, look::NOTHING, &list::centred_grey())?,
    }
    page.text(row, FULL, &task.task.text, &look::grey(9.0).set_align(FormatAlign::Top))
}

fn withdrawn(page: &mut Page, row: u32, task: &crate::model::Task) -> Xlsx {
    let short = if task.short.is_empty() { &task.text } else { &task.short };
    list::fit(page, row, &[(2, short)])?;
    let last = page.last_column();
    page.fill(row, 0, last, &list::grey());
    page.number(row, 0, f64::from(task.no.0), &list::centred_grey())?;
    page.text(row, 2, short, &list::grey())?;
    page.text(row, 10, "调整", &list::centred_grey())?;
    let since =
        task.until.map_or_else(String::new, |u| format!("{}起撤销，不计入各项统计", u.next().zh()));
    page.text(row, 12, &since, &list::grey())
}

/// Statuses as claimed: one word, or one per lead unit where they differ.
fn claims(task: &TaskRow) -> String {
    let mut words: Vec<&str> = Vec::new();
    for part in &task.stat.parts {
        let word = part.status.map_or("未报", crate::model::Status::word);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if words.is_empty() { look::NOTHING.to_owned() } else { words.join("\n") }
}

/// The figures of a task, one line each: `示范点 7／30家`.
fn indicators(view: &View, task: &TaskRow) -> String {
    let mut lines = Vec::new();
    // Of several lead units without a figure, only those with something to say are named.
    let several = task.stat.parts.len() > 1;
    if several && task.items().all(|(_, i)| i.item.index == 0) {
        lines.push("定性任务".to_owned());
    }
    for (part, item) in task.items() {
        let indicator = task.task.indicators.iter().find(|i| i.item == item.item);
        let mut line = match indicator {
            Some(indicator) => figure_line(indicator, item),
            None if several => format!("{}：定性", view.unit_short(part.unit.as_str())),
            None => "定性任务".to_owned(),
        };
        let mut marks = Vec::new();
        if let Some(period) = &item.stale {
            marks.push(format!("沿用{}", short_period(period)));
        }
        if part.inherited_from.is_some() && part.reported {
            marks.push("承接".to_owned());
        }
        if item.by_status {
            marks.push("按状态".to_owned());
        }
        if !marks.is_empty() {
            line = format!("{line}（{}）", marks.join("、"));
        }
        if several && indicator.is_none() && marks.is_empty() {
            continue;
        }
        lines.push(line);
    }
    if lines.is_empty() { look::NOTHING.to_owned() } else { lines.join("\n") }
}

/// `2024-02` as `2月`; other periods as they are.
fn short_period(period: &str) -> String {
    match period.split_once('-') {
        Some((_, month)) if month.len() == 2 && month.bytes().all(|b| b.is_ascii_digit()) => {
            format!("{}月", month.trim_start_matches('0'))
        }
        _ => period.to_owned(),
    }
}

fn figure_line(indicator: &Indicator, item: &ItemStat) -> String {
    let value = match (&item.answer, item.value) {
        (Some(Answer::NotOut), None) => Answer::NOT_OUT.to_owned(),
        (Some(Answer::Number(number)), _) => decimal_text(*number),
        (_, Some(value)) => value.to_string(),
        _ if item.due => "未报".to_owned(),
        _ => "未到期".to_owned(),
    };
    format!("{} {value}／{}", indicator.name, target(indicator))
}

/// A target with its sign and unit: `30家`, `≤3%`, `约500亩`.
pub(super) fn target(indicator: &Indicator) -> String {
    let sign = match indicator.comparator {
        Comparator::AtLeast | Comparator::Equal => "",
        Comparator::AtMost => "≤",
        Comparator::About => "约",
    };
    format!("{sign}{}{}", decimal_text(indicator.target), indicator.unit)
}
