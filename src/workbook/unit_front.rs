//! First page of a unit's workbook: message, figures, and all its tasks with role and judgement.

use rust_xlsxwriter::Format;

use super::{
    figure::{Figure, Select, Table, Value},
    front, list,
    long::Longs,
    look,
    message::Message,
    page::{Page, Paper, Xlsx},
    returns, text,
    view::View,
};
use crate::{
    ledger::Filing,
    model::{Rate, Role, UnitId},
    stats::{PartStat, UnitRow},
};

/// Sheet name.
pub(super) const SHEET: &str = "本单位总览";
/// Columns of the list: 序号, 任务, 角色, 牵头领导, 灯, 判定, 完成进度, 差距, 进展情况.
const LIST: [(u16, u16); 9] =
    [(0, 0), (1, 6), (7, 8), (9, 11), (12, 12), (13, 14), (15, 16), (17, 17), (18, 23)];

/// Columns of the return: 状态, 收到时间, 迟报, 错误, 警告, 必填, 已填, 完整率, 退改.
const RETURN: [(u16, u16); 9] =
    [(0, 2), (3, 6), (7, 8), (9, 10), (11, 12), (13, 15), (16, 18), (19, 21), (22, 23)];

/// Writes the sheet.
pub(super) fn write(view: &View, longs: &Longs, unit: &UnitRow) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &[front::COLUMN_PX; front::COLUMNS])?;
    let title = format!("{}承担任务进展（{}）", unit.name, view.report.period.zh());
    let sub = format!(
        "{} · 牵头 {} 项（首位 {} 项），点名责任 {} 项，集合责任 {} 项",
        text::sub_line(view),
        unit.lead_first + unit.lead_other,
        unit.lead_first,
        unit.named,
        unit.group
    );
    page.title(&title, &sub, "单位：项、%、百分点", 18.0)?;
    let own: Vec<&Filing> =
        view.report.filings.iter().filter(|f| f.unit.as_str() == unit.key).collect();
    front::write(&mut page, view, longs, &said(view, unit), &returns::sums(own))?;
    let mut row = returned(&mut page, view, &UnitId(unit.key.clone()))?;
    text::section_heading(&mut page, row, "牵头和点名责任的任务（牵头的按本单位的部分判定）")?;
    row += 1;
    page.height(row, 24)?;
    let titles = ["序号", "任务", "角色", "牵头领导", "灯", "判定", "完成进度", "差距", "进展情况"];
    for ((first, last), title) in LIST.into_iter().zip(titles) {
        let left = matches!(title, "任务" | "牵头领导" | "进展情况");
        let face = if left { look::head_left() } else { look::head() };
        page.merge((row, first, row, last), title, &look::rule_above(look::thin_below(face)))?;
    }
    row += 1;
    let start = row;
    let id = UnitId(unit.key.clone());
    for assigned in view.assignments.iter().filter(|a| a.unit == id) {
        if assigned.role == Role::Group {
            continue;
        }
        let Some(task) = view.tasks.iter().find(|t| t.task.no == assigned.task) else { continue };
        let part = task.stat.parts.iter().find(|p| p.unit == id);
        let role = match (assigned.role, assigned.lead_order) {
            (Role::Lead, Some(0)) => "牵头首位",
            (Role::Lead, _) => "牵头其他",
            _ => "点名责任",
        };
        let wrote = view.texts(task.task.no, &id).and_then(|t| t.narrative.as_deref());
        task_row(&mut page, row, task, part, role, wrote.unwrap_or(look::NOTHING))?;
        row += 1;
    }
    if row == start {
        row = page.empty(row, "本单位没有牵头或点名责任的任务。")?;
    }
    list::close(&mut page, row)?;
    let note = format!(
        "注：达序时率、平均进度和灯只算本单位牵头的部分。集合责任（以“各镇街”等称谓承担）的 {} 项不逐项列出，见长表。点＝百分点。",
        unit.group
    );
    let last = page.note(row + 1, &note)?;
    page.print(view, Paper::A4, last - 1, None, false)?;
    Ok(page)
}

/// The unit's own return and its quality on one line; gives the next row.
fn returned(page: &mut Page, view: &View, unit: &UnitId) -> Xlsx<u32> {
    let row = front::BELOW;
    text::section_heading(page, row, "本单位本期报送")?;
    page.height(row + 1, 24)?;
    page.height(row + 2, 24)?;
    let head = look::rule_above(look::thin_below(look::head()));
    let titles = [
        "状态",
        "收到时间",
        "迟报(天)",
        "错误(处)",
        "警告(处)",
        "必填(格)",
        "已填(格)",
        "完整率",
        "退改(次)",
    ];
    for ((first, last), title) in RETURN.into_iter().zip(titles) {
        page.merge((row + 1, first, row + 1, last), title, &head)?;
    }
    let state = view.state(unit);
    let filing = view.report.filings.iter().find(|f| f.unit == *unit);
    let received = filing.filter(|f| f.received);
    let (word, loud) = super::by_unit::returned(view, unit);
    let format = look::rule_below(list::centred());
    let bold = if loud { format.clone().set_bold() } else { format.clone() };
    let merge = |page: &mut Page, at: usize, text: &str, format: &Format| {
        page.merge((row + 2, RETURN[at].0, row + 2, RETURN[at].1), text, format)
    };
    merge(page, 0, &word, &bold)?;
    let time = state.and_then(|s| s.received_at).map_or_else(
        || look::NOTHING.to_owned(),
        |at| returns::moment(view, at, filing.is_some_and(|f| f.estimated)),
    );
    merge(page, 1, &time, &format)?;
    let late = state.and_then(|s| s.days_late).and_then(|d| u64::try_from(d).ok());
    let numbers = [
        (2, late.filter(|d| *d > 0)),
        (3, state.map(|s| s.errors)),
        (4, state.map(|s| s.warnings)),
        (5, received.map(|f| f.required)),
        (6, received.map(|f| f.answered)),
        (8, received.map(|f| f.later)),
    ];
    let dotted = format.clone().set_num_format(look::LIGHT_COUNT);
    for (at, value) in numbers {
        merge(page, at, "", &dotted)?;
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
        page.maybe(row + 2, RETURN[at].0, value.map(|v| v as f64), &dotted)?;
    }
    let rate = received.and_then(|f| Rate::new(f.answered, f.required).value());
    let format = format.set_num_format(look::RATE);
    merge(page, 7, "", &format)?;
    let all = Select::all(Table::Returns);
    let (answered, required) = (all.sum("已填"), all.sum("必填"));
    match rate {
        Some(value) => {
            let formula = format!("{answered}/{required}");
            let figure = Figure::of(formula, "complete", &all, Some(&all), "已填");
            page.figure(row + 2, RETURN[7].0, &figure, &Value::Number(value), &format)?;
        }
        None => page.text(row + 2, RETURN[7].0, look::NOTHING, &format)?,
    }
    page.height(row + 3, 6)?;
    Ok(row + 4)
}

fn said(view: &View, unit: &UnitRow) -> Message {
    let rate = unit.rates.on_schedule;
    let lead = match rate.value() {
        None => "本单位没有牵头的在册任务。".to_owned(),
        Some(_) if rate.done == rate.due => format!("牵头 {} 项全部跟上序时。", rate.due),
        Some(_) => format!(
            "牵头 {} 项中 {} 项跟上序时，{} 项滞后，{} 项未报。",
            rate.due, rate.done, unit.rates.lights.red, unit.rates.classes.unreported
        ),
    };
    let mut rest = String::new();
    if let (Some(own), Some(all)) = (rate.value(), view.report.stats.now.total.on_schedule.value())
    {
        text::add(
            &mut rest,
            format_args!(
                "达序时率 {}%，全部任务为 {}%。",
                text::one(own * 100.0),
                text::one(all * 100.0)
            ),
        );
    }
    let (came, _) = super::by_unit::returned(view, &UnitId(unit.key.clone()));
    text::add(&mut rest, format_args!("本期报送：{came}。"));
    if let Some(state) = view.state(&UnitId(unit.key.clone()))
        && state.errors + state.warnings > 0
    {
        text::add(
            &mut rest,
            format_args!("报送中有 {} 处错误、{} 处需核对。", state.errors, state.warnings),
        );
    }
    Message { lead, rest }
}

fn task_row(
    page: &mut Page,
    row: u32,
    task: &super::view::TaskRow,
    part: Option<&PartStat>,
    role: &str,
    wrote: &str,
) -> Xlsx {
    let leaders = task.leaders();
    let lines = [(1, task.short()), (3, leaders.as_str()), (8, wrote)]
        .into_iter()
        .map(|(at, text)| look::lines(text, page.px(LIST[at].0, LIST[at].1), list::SIZE))
        .max()
        .unwrap_or(1);
    page.height(row, (lines * 19 + 5).min(540))?;
    page.about_task(row, 0, page.last_column(), task.stat.no);
    page.number(row, 0, f64::from(task.stat.no.0), &list::centred_grey())?;
    let texts = [
        (1, task.short(), list::text()),
        (2, role, list::centred_grey()),
        (3, leaders.as_str(), list::text()),
        (8, wrote, list::text()),
    ];
    for (at, text, format) in texts {
        page.merge((row, LIST[at].0, row, LIST[at].1), text, &format)?;
    }
    let (place, class_at) = (LIST[4].0, (row, LIST[5].0, row, LIST[5].1));
    if let Some(part) = part {
        page.text(row, place, look::light_word(part.light), &list::light(part.light))?;
        page.merge(class_at, look::class_word(part.class), &list::centred())?;
    } else {
        page.text(row, place, look::NOTHING, &list::centred_grey())?;
        page.merge(class_at, look::NOTHING, &list::centred_grey())?;
    }
    let percent = list::centred().set_num_format(look::PERCENT);
    page.merge((row, LIST[6].0, row, LIST[6].1), "", &percent)?;
    page.maybe(row, LIST[6].0, part.and_then(|p| p.progress), &percent)?;
    let points = list::centred().set_num_format(look::POINTS);
    page.gap(row, LIST[7].0, part.and_then(|p| p.gap), &points)
}
