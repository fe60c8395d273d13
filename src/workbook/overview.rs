//! 总览: the message first, four figures, the strip, two charts, whom to call.

use std::collections::BTreeMap;

use rust_xlsxwriter::{FormatAlign, FormatBorder};

use super::{
    by_section,
    charts::{self, Bars, Trend},
    front, history, laggards,
    long::Longs,
    look,
    message::{self, Message, OfficeFacts},
    page::{Page, Paper, Xlsx},
    returns, text,
    view::{TaskRow, View},
};
use crate::{
    sheet::style::palette,
    stats::{Class, Light},
    wording::workbook as words,
};

/// Sheet name.
pub(super) const SHEET: &str = "总览";
/// Tasks on the list of whom to call.
const LISTED: usize = 8;
/// More sections than this do not fit beside the line chart; 按板块 shows them all.
const MOST_SECTIONS: u32 = 16;
/// Pixels of a section in the chart: less than in 按板块, so that all stands on one page.
const ROW_PX: u32 = 20;
/// Columns of the list: 序号, 任务, 牵头领导, 牵头单位, 灯, 状态, 差距, 需协调事项.
const LIST: [(u16, u16); 8] =
    [(0, 0), (1, 6), (7, 9), (10, 13), (14, 14), (15, 16), (17, 17), (18, 23)];

/// Writes the sheet.
pub(super) fn write(view: &View, longs: &Longs) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &[front::COLUMN_PX; front::COLUMNS])?;
    let plan = words::short_title(&view.report.plan.title);
    let title = format!("{plan}进展统计（{}）", view.report.period.zh());
    let leads = view.report.stats.now.section_total.lead_units;
    let sub = format!(
        "{} · {} 项任务、{} 位（组）牵头领导、{leads} 个牵头单位",
        text::sub_line(view),
        view.rates().on_schedule.due,
        view.report.stats.now.section_total.leaders
    );
    page.title(&title, &sub, "单位：项、%、百分点", 18.0)?;
    let sums = returns::sums(&view.report.filings);
    front::write(&mut page, view, longs, &said(view), &sums)?;
    let row = charts(&mut page, view, longs)?;
    let row = list(&mut page, view, row)?;
    let last = page.note(row, &note(view))?;
    page.print(view, Paper::A4, last - 1, None, true)?;
    page.ws.set_selection(0, 0, 0, 0)?;
    Ok(page)
}

fn said(view: &View) -> Message {
    let mut reds: BTreeMap<usize, (String, u64)> = BTreeMap::new();
    for task in &view.tasks {
        for part in task.stat.parts.iter().filter(|p| p.light == Light::Red) {
            let number = view.unit_number(part.unit.as_str()).unwrap_or(usize::MAX);
            let name = || view.unit_name(part.unit.as_str()).to_owned();
            reds.entry(number).or_insert_with(|| (name(), 0)).1 += 1;
        }
    }
    let reds: Vec<(String, u64)> = reds.into_values().collect();
    let red_not_started = view
        .tasks
        .iter()
        .filter(|t| t.stat.light == Light::Red && t.stat.class == Class::NotStarted)
        .count() as u64;
    let off_unlit = view
        .tasks
        .iter()
        .filter(|t| !matches!(t.stat.light, Light::Yellow | Light::Red))
        .filter(|t| matches!(t.stat.class, Class::NotStarted | Class::Behind | Class::Overdue))
        .count() as u64;
    message::office(&OfficeFacts {
        now: view.rates(),
        last: view.last_rates(),
        last_word: words::last_word(view.report.period),
        red_not_started,
        off_unlit,
        reds: &reds,
    })
}

/// Both charts with their findings as headings; gives the next row.
fn charts(page: &mut Page, view: &View, longs: &Longs) -> Xlsx<u32> {
    let row = front::BELOW;
    page.height(row, 26)?;
    let heading = look::heading()
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(palette::HAIRLINE);
    let left = section_finding(view, page.px(0, 12));
    page.merge((row, 0, row, 12), &left, &heading)?;
    let right = look::fitted(&trend_finding(view), page.px(14, 23), 11.0, 1);
    page.merge((row, 14, row, 23), &right, &heading)?;
    let framed = by_section::framed_counts(view, longs);
    let sections = u32::try_from(framed.len()).unwrap_or(u32::MAX);
    let px = if sections <= MOST_SECTIONS { (sections * ROW_PX).max(200) } else { 200 };
    if (1..=MOST_SECTIONS).contains(&sections) {
        let bars = Bars {
            sheet: by_section::SHEET,
            rows: (by_section::FIRST, by_section::FIRST + sections - 1),
            labels: by_section::LABELS,
            lights: by_section::LIGHTS,
            framed: &framed,
        };
        let chart = charts::bars(&bars, (page.px(0, 12), px), false, None);
        page.ws.insert_chart(row + 1, 0, &chart)?;
    } else if sections > 0 {
        let text = format!("共 {sections} 个板块，图见“按板块”表。");
        page.merge((row + 1, 0, row + 1, 12), &text, &look::grey(10.5))?;
    }
    let months = u32::try_from(history::periods(view).len()).unwrap_or(1);
    let trend = Trend {
        sheet: history::SHEET,
        rows: (history::FIRST, history::FIRST + months.max(1) - 1),
        columns: history::TREND,
        newest: history::newest(view),
    };
    let chart = charts::trend(&trend, (page.px(14, 23), px));
    page.ws.insert_chart(row + 1, 14, &chart)?;
    let rows = px.div_ceil(20);
    for offset in 0..rows {
        page.height(row + 1 + offset, 20)?;
    }
    Ok(row + 1 + rows)
}

/// `各板块亮灯（单位：项）：红灯最多的是中心城区 5、现代服务业 4`; names as many as fit.
fn section_finding(view: &View, px: u32) -> String {
    let sections = &view.report.plan.sections;
    let mut reds: Vec<(u64, usize, &str)> = view
        .report
        .stats
        .now
        .sections
        .iter()
        .enumerate()
        .map(|(at, s)| {
            let section = sections.iter().find(|p| p.no.to_string() == s.key);
            let short = section
                .map_or(s.name.as_str(), |p| if p.short.is_empty() { &p.title } else { &p.short });
            (s.rates.lights.red, at, short)
        })
        .filter(|(red, _, _)| *red > 0)
        .collect();
    reds.sort_by_key(|(red, at, _)| (std::cmp::Reverse(*red), *at));
    let finding = |most: usize| {
        let named: Vec<String> =
            reds.iter().take(most).map(|(red, _, name)| format!("{name} {red}")).collect();
        format!("各板块亮灯（单位：项）：红灯最多的是{}", named.join("、"))
    };
    match reds.len() {
        0 => "各板块亮灯（单位：项）：没有红灯".to_owned(),
        1 => look::fitted(&finding(1), px, 11.0, 1),
        _ if look::lines(&finding(2), px, 11.0) > 1 => look::fitted(&finding(1), px, 11.0, 1),
        _ => finding(2),
    }
}

fn trend_finding(view: &View) -> String {
    let schedule = text::percent(&view.schedule());
    match view.rates().mean_progress {
        None => "没有可计平均进度的任务（虚线序时）".to_owned(),
        Some(mean) => {
            let gap = (mean * 10.0).round() / 10.0 - (schedule * 10.0).round() / 10.0;
            let compared = if text::one(gap.abs()) == "0.0" {
                "与序时持平".to_owned()
            } else if gap > 0.0 {
                format!("快于序时 {} 点", text::one(gap))
            } else {
                format!("慢于序时 {} 点", text::one(-gap))
            };
            format!("平均进度 {}%，{compared}（实线平均，虚线序时）", text::one(mean))
        }
    }
}

/// The worst reds; gives the next row.
fn list(page: &mut Page, view: &View, row: u32) -> Xlsx<u32> {
    let mut reds: Vec<&TaskRow> =
        view.tasks.iter().filter(|t| t.stat.light == Light::Red).collect();
    laggards::sort_worst_first(&mut reds);
    let lights = view.rates().lights;
    let unreported = view.rates().classes.unreported;
    let heading = if reds.is_empty() {
        format!("需要关注：没有红灯（未报 {unreported} 项，见“滞后与预警”）")
    } else {
        format!(
            "需要关注：差距最大的 {} 项（红灯共 {} 项、未报 {} 项，全部见“滞后与预警”）",
            reds.len().min(LISTED),
            lights.red,
            unreported
        )
    };
    text::section_heading(page, row, &heading)?;
    let mut row = row + 1;
    page.height(row, 24)?;
    let titles = ["序号", "任务", "牵头领导", "牵头单位", "灯", "状态", "差距", "需协调事项"];
    for ((first, last), title) in LIST.into_iter().zip(titles) {
        let centred = matches!(title, "序号" | "灯" | "状态" | "差距");
        let face = if centred { look::head() } else { look::head_left() };
        page.merge((row, first, row, last), title, &look::rule_above(look::thin_below(face)))?;
    }
    row += 1;
    for task in reds.into_iter().take(LISTED) {
        list_row(page, view, row, task)?;
        row += 1;
    }
    let rule = rust_xlsxwriter::Format::new()
        .set_border_top(FormatBorder::Medium)
        .set_border_top_color(palette::INK);
    page.height(row, 5)?;
    let last = page.last_column();
    page.fill(row, 0, last, &rule);
    Ok(row + 1)
}

fn list_row(page: &mut Page, view: &View, row: u32, task: &TaskRow) -> Xlsx {
    page.height(row, 19)?;
    let body = look::hairline(look::song(9.5));
    let grey = look::hairline(look::grey(10.0));
    let centre = FormatAlign::Center;
    let stat = task.stat;
    page.about_task(row, 0, page.last_column(), stat.no);
    page.number(row, 0, f64::from(stat.no.0), &grey.clone().set_align(centre))?;
    let coordination = view.lead_texts(task, |t| t.coordination.as_deref()).replace('\n', "；");
    let coordination = coordination.trim_end_matches('。').to_owned();
    let coordination =
        if coordination.is_empty() { look::NOTHING.to_owned() } else { coordination };
    let texts = [
        (1, task.short().to_owned()),
        (2, task.leaders()),
        (3, view.first_lead(task)),
        (7, coordination),
    ];
    for (at, text) in texts {
        let (first, last) = LIST[at];
        let text = look::fitted(&text, page.px(first, last), 9.5, 1);
        page.merge((row, first, row, last), &text, &body)?;
    }
    let light = look::hairline(look::severe(look::hei(10.0), stat.light)).set_align(centre);
    page.text(row, LIST[4].0, look::light_word(stat.light), &light)?;
    let class = look::class_word(stat.class);
    page.merge((row, LIST[5].0, row, LIST[5].1), class, &body.clone().set_align(centre))?;
    let points = body.set_align(FormatAlign::Center).set_num_format(look::POINTS);
    page.merge((row, LIST[6].0, row, LIST[6].1), "", &points)?;
    page.gap(row, LIST[6].0, stat.gap, &points)
}

fn note(view: &View) -> String {
    let rates = view.rates();
    format!(
        "注：达序时率＝（已完成＋超序时＋达序时）÷在册任务。{}差距＝完成进度－序时进度（增速、占比类与年度目标相比），取各项中最差的；点＝百分点。{}亮黄灯，再低亮红灯，未报不亮灯。缺报 {} 项、沿用前期数 {} 项、已销号 {} 项。点开数字可见计数公式，来源见“数字来源”。",
        text::mean_note(view),
        text::within(&view.report.settings.lights),
        rates.incomplete,
        rates.stale,
        rates.confirmed
    )
}
