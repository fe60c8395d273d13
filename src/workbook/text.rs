//! What several sheets say alike: titles, sub-lines, notes, section headings.

use num_traits::ToPrimitive;
use rust_xlsxwriter::{Chart, FormatBorder};

use super::{
    look,
    page::{Page, Xlsx},
    view::{Scope, View},
};
use crate::{
    model::Exact,
    settings::{Band, Lights, Measure},
    sheet::style::palette,
    wording::workbook as words,
};

/// Title of a sheet: `青禾区2024年政府重点工作进展统计：按单位（2024年3月）`.
pub(super) fn title(view: &View, by: &str) -> String {
    let plan = words::short_title(&view.report.plan.title);
    let period = view.report.period.zh();
    match view.scope {
        Scope::Office => format!("{plan}进展统计：{by}（{period}）"),
        Scope::Leader(row) => format!("{}牵头任务：{by}（{period}）", row.name),
        Scope::Unit(row) => format!("{}承担任务：{by}（{period}）", row.name),
    }
}

/// `数据截至 2024年3月31日 · 序时进度 25.0%（3/12）`.
pub(super) fn sub_line(view: &View) -> String {
    format!("数据截至 {} · {}", words::date(view.cut_off()), schedule(view))
}

/// `序时进度 25.0%（3/12）`; the fraction is left out where the office has a curve.
pub(super) fn schedule(view: &View) -> String {
    let share = percent(&view.schedule());
    if view.report.settings.rules.schedule.is_empty() {
        let (elapsed, whole) = view.report.period.elapsed();
        format!("序时进度 {}%（{elapsed}/{whole}）", one(share))
    } else {
        format!("序时进度 {}%（按本单位序时曲线）", one(share))
    }
}

/// A fraction as percent.
pub(super) fn percent(share: &Exact) -> f64 {
    (share * Exact::from_integer(100.into())).to_f64().unwrap_or(0.0)
}

/// The footnote of 按领导.
pub(super) fn leader_note(view: &View, listed: u64) -> String {
    let total = view.rates().on_schedule.due;
    let adds = if listed == total {
        format!("各行相加为 {listed} 项，与合计相同")
    } else {
        format!(
            "几位领导共同牵头的任务在各人名下各计一次，各行相加为 {listed} 项，合计为 {total} 项（不重复计）"
        )
    };
    format!(
        "注：{adds}；“折算”按领导人数均分（1/n），各行相加等于合计。集体（如全体班子成员）的任务单列一行，“集体”列为成员所在集体的任务数，不计入个人合计。{}按方案出现顺序排列，不排名。点＝百分点。",
        mean_note(view)
    )
}

/// How many tasks stand outside the mean progress.
pub(super) fn mean_note(view: &View) -> String {
    match view.rates().mean_excluded {
        0 => "平均进度：未报按0计。".to_owned(),
        n => format!("平均进度不含增速、占比等不按序时或尚未到期的 {n} 项，未报按0计。"),
    }
}

/// The footnote of 按板块.
pub(super) fn section_note(view: &View) -> String {
    let lights = &view.report.settings.lights;
    format!(
        "注：达序时率＝（已完成＋超序时＋达序时）÷在册任务。灯取任务各项中最差的一项：{}为黄，{}为红，未报不亮灯。{}领导、单位在合计中不重复计。点＝百分点。",
        within(lights),
        beyond(lights),
        mean_note(view)
    )
}

/// What is yellow: `欠序时10点以内（增速、占比欠1点以内，其他水平欠5点以内）`.
pub(super) fn within(lights: &Lights) -> String {
    let (on_schedule, growth, level) = bounds(lights);
    match lights.measure {
        Measure::Points => format!(
            "欠序时{on_schedule}点以内（增速、占比欠{growth}点以内，其他水平欠{level}点以内）"
        ),
        Measure::Ratio => format!(
            "完成序时的{on_schedule}%以上但未达序时（增速、占比达目标的{growth}%以上，其他水平{level}%以上）"
        ),
    }
}

/// What is red: `欠序时超过10点（增速、占比超过1点，其他水平超过5点）`.
pub(super) fn beyond(lights: &Lights) -> String {
    let (on_schedule, growth, level) = bounds(lights);
    match lights.measure {
        Measure::Points => {
            format!("欠序时超过{on_schedule}点（增速、占比超过{growth}点，其他水平超过{level}点）")
        }
        Measure::Ratio => format!(
            "不足序时的{on_schedule}%（增速、占比不足目标的{growth}%，其他水平不足{level}%）"
        ),
    }
}

/// The lower bounds of yellow: points behind, or percent reached.
fn bounds(lights: &Lights) -> (String, String, String) {
    let shown = |band: Band| match lights.measure {
        Measure::Points => number(-band.yellow),
        Measure::Ratio => number(band.yellow),
    };
    (shown(lights.on_schedule), shown(lights.growth), shown(lights.level))
}

/// A setting as text, with a real minus sign.
pub(super) fn number(value: f64) -> String {
    if value < 0.0 { format!("−{}", -value) } else { value.to_string() }
}

/// One decimal, halves rounded away from zero as spreadsheets show them.
pub(super) fn one(value: f64) -> String {
    format!("{:.1}", (value * 10.0).round() / 10.0)
}

/// Points with sign: `+1.2`, `−0.3`, `0.0`; what would round to nothing keeps a second decimal: `−0.04`.
pub(super) fn points(value: f64) -> String {
    let text = one(value.abs());
    let fine = format!("{:.2}", value.abs());
    let text = if text == "0.0" && fine != "0.00" { fine } else { text };
    if text == "0.0" {
        text
    } else if value < 0.0 {
        format!("−{text}")
    } else {
        format!("+{text}")
    }
}

/// Heading over a chart or a list.
pub(super) fn section_heading(page: &mut Page, row: u32, text: &str) -> Xlsx {
    let last = page.last_column();
    page.height(row, 26)?;
    let format = look::heading()
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color(palette::HAIRLINE);
    page.merge((row, 0, row, last), text, &format)
}

/// Puts a chart over rows of 20 px; gives the last of them.
pub(super) fn insert(page: &mut Page, row: u32, column: u16, chart: &Chart, px: u32) -> Xlsx<u32> {
    let rows = px.div_ceil(20).max(1);
    for offset in 0..rows {
        page.height(row + offset, 20)?;
    }
    page.ws.insert_chart(row, column, chart)?;
    Ok(row + rows - 1)
}

/// Adds a formatted piece to a sentence.
pub(super) fn add(sentence: &mut String, piece: std::fmt::Arguments) {
    // Writing to a string cannot fail.
    let _ = std::fmt::Write::write_fmt(sentence, piece);
}
