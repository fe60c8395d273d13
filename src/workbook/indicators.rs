//! 指标明细: every indicator with its target, figure, rate, gap and own schedule.

use rust_xlsxwriter::FormatAlign;

use super::{
    detail,
    figure::{Figure, Select, Table, Value},
    list,
    long::Longs,
    look,
    page::{Page, Paper, Xlsx},
    text,
    view::{Scope, TaskRow, View},
};
use crate::{
    model::{Answer, IndicatorKind, decimal_text},
    stats::{ItemStat, Light, PartStat},
};

/// Sheet name.
pub(super) const SHEET: &str = "指标明细";
const WIDTHS: [u32; 13] = [52, 104, 162, 174, 50, 90, 78, 60, 60, 60, 60, 44, 38];
const FIRST: u32 = 4;

/// Writes the sheet.
pub(super) fn write(view: &View, longs: &Longs) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &WIDTHS)?;
    page.title(
        &text::title(view, SHEET),
        &text::sub_line(view),
        "单位：%、百分点；按方案顺序",
        18.0,
    )?;
    summary(&mut page, longs)?;
    list::head(
        &mut page,
        3,
        &[
            "事项\n编号",
            "<板块",
            "<指标",
            "<报数单位",
            "类型",
            "年度目标",
            "年初至今\n累计",
            "完成\n进度",
            "应达\n序时",
            "差距\n(点)",
            "较上期\n(点)",
            "达标",
            "灯",
        ],
    )?;
    page.ws.set_freeze_panes(FIRST, 3)?;
    let mut row = FIRST;
    for task in &view.tasks {
        for (part, item) in task.items().filter(|(_, i)| i.item.index > 0) {
            if let Scope::Unit(unit) = view.scope
                && unit.key != part.unit.as_str()
            {
                continue;
            }
            item_row(&mut page, view, row, task, part, item)?;
            row += 1;
        }
    }
    if row == FIRST {
        row = page.empty(row, "本期在册任务没有量化指标，都是定性任务，见“任务明细”。")?;
    } else {
        page.ws.autofilter(3, 0, row - 1, page.last_column())?;
    }
    list::close(&mut page, row)?;
    let last = page.note(row + 1, "注：累计类按序时判断；增速、占比与年度目标相比，差距为百分点；有起点的水平类按起点到目标的进度判断。未到期＝本期还不应报；未出数＝统计数据尚未发布，已作答。")?;
    page.print(view, Paper::A4, last - 1, Some((3, 3)), false)?;
    Ok(page)
}

/// One line of counts over the list.
fn summary(page: &mut Page, longs: &Longs) -> Xlsx {
    page.height(2, 26)?;
    let all = Select::all(Table::Item);
    let due = all.clone().is("应报期", 1.0);
    let reported = due.clone().is("已报", 1.0);
    let met = all.clone().is("达标", 1.0);
    let formula = format!(
        "\"共 \"&{}&\" 个指标，本期应报 \"&{}&\" 个，已报 \"&{}&\" 个；已达到年度目标 \"&{}&\" 个。\"",
        all.count(),
        due.count(),
        reported.count(),
        met.count()
    );
    let [all_n, due_n, reported_n, met_n] = [&all, &due, &reported, &met].map(|s| longs.count(s));
    let cached = format!(
        "共 {all_n} 个指标，本期应报 {due_n} 个，已报 {reported_n} 个；已达到年度目标 {met_n} 个。"
    );
    let last = page.last_column();
    let format = look::song(10.5);
    page.merge((2, 0, 2, last), "", &format)?;
    let figure = Figure::of(formula, "items", &due, Some(&all), "").to(longs.link(&all));
    page.figure(2, 0, &figure, &Value::text(cached), &format)
}

const fn kind_word(kind: IndicatorKind) -> &'static str {
    match kind {
        IndicatorKind::Cumulative => "累计",
        IndicatorKind::Growth => "增速",
        IndicatorKind::Level => "水平",
        IndicatorKind::Ceiling => "上限",
    }
}

fn item_row(
    page: &mut Page,
    view: &View,
    row: u32,
    task: &TaskRow,
    part: &PartStat,
    item: &ItemStat,
) -> Xlsx {
    let indicator = task.task.indicators.iter().find(|i| i.item == item.item);
    let name = indicator.map_or("", |i| i.name.as_str());
    let kind = indicator.map_or("", |i| kind_word(i.kind));
    let target = indicator.map_or_else(String::new, detail::target);
    let unit = view.unit_name(part.unit.as_str());
    let number = item.item.to_string();
    let figure = match (&item.answer, item.value) {
        (Some(Answer::Number(number)), _) => {
            let unit = indicator.map_or("", |i| i.unit.as_str());
            let mark = if item.stale.is_some() { "\n（沿用）" } else { "" };
            format!("{}{unit}{mark}", decimal_text(*number))
        }
        (Some(Answer::NotOut), _) => Answer::NOT_OUT.to_owned(),
        _ if item.due => "未报".to_owned(),
        _ => "未到期".to_owned(),
    };
    list::fit(
        page,
        row,
        &[(0, &number), (1, task.section), (2, name), (3, unit), (5, &target), (6, &figure)],
    )?;
    page.about_task(row, 0, page.last_column(), task.stat.no);
    page.text(row, 0, &number, &list::centred_grey())?;
    page.text(row, 1, task.section, &list::grey())?;
    page.text(row, 2, name, &list::text())?;
    page.text(row, 3, unit, &list::text())?;
    page.text(row, 4, kind, &list::centred_grey())?;
    page.text(row, 5, &target, &list::centred())?;
    let loud = figure == "未报";
    let format = if loud { list::centred().set_bold() } else { list::centred() };
    page.text(row, 6, &figure, &format)?;
    let percent = list::centred().set_num_format(look::PERCENT);
    let points = list::centred().set_num_format(look::POINTS);
    let on_schedule = item.on_schedule;
    page.maybe(row, 7, item.progress, &percent)?;
    page.maybe(row, 8, on_schedule.then_some(item.schedule), &percent)?;
    page.gap(row, 9, item.gap, &points)?;
    let before = task
        .last
        .and_then(|l| l.parts.iter().flat_map(|p| &p.items).find(|i| i.item == item.item))
        .and_then(|i| i.gap);
    let change = item.gap.zip(before).map(|(now, then)| now - then);
    page.maybe(row, 10, change, &points.set_font_color(crate::sheet::style::palette::SECONDARY))?;
    let met = match item.met {
        Some(true) => "达标",
        Some(false) => "否",
        None => look::NOTHING,
    };
    page.text(row, 11, met, &list::centred_grey())?;
    match item.light {
        Some(Light::None) | None => page.text(row, 12, look::NOTHING, &list::centred_grey()),
        Some(light) => {
            let format = look::severe(list::centred(), light).set_align(FormatAlign::Center);
            page.text(row, 12, look::light_word(light), &format)
        }
    }
}
