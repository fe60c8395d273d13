//! 红黑榜: units above and below the office's thresholds. Red means praise here, so no colour of a light is used.

use rust_xlsxwriter::FormatAlign;

use super::{
    by_unit, list, look,
    page::{Page, Paper, Xlsx},
    text,
    view::View,
};
use crate::{
    model::UnitId,
    stats::{State, UnitRow},
};

/// Sheet name.
pub(super) const SHEET: &str = "红黑榜";
const WIDTHS: [u32; 9] = [40, 226, 120, 80, 80, 80, 80, 86, 240];
const FIRST: u32 = 3;

/// Writes the sheet.
pub(super) fn write(view: &View) -> Xlsx<Page> {
    let settings = view.report.settings.red_black;
    let mut page = Page::new(SHEET, &WIDTHS)?;
    page.title(&text::title(view, SHEET), &text::sub_line(view), "单位：%、项", 18.0)?;
    list::head(
        &mut page,
        2,
        &[
            "序",
            "<单位",
            "<类别",
            "达序\n时率",
            "牵头\n任务",
            "跟上\n序时",
            "平均\n进度",
            "本期报送",
            "<入榜理由",
        ],
    )?;
    page.ws.set_freeze_panes(FIRST, 2)?;
    let mut row = FIRST;
    let red = format!("红榜：达序时率不低于 {}%，且本期按时报送", settings.red_at_least);
    row = part(&mut page, view, row, &red, &red_list(view))?;
    let black = format!("黑榜：达序时率低于 {}%，或本期没有报送", settings.black_below);
    row = part(&mut page, view, row, &black, &black_list(view))?;
    list::close(&mut page, row)?;
    let last = page.note(row + 1, "注：只列牵头任务的单位和欠报的单位；红榜按达序时率、再按平均进度排列，黑榜差者在前。榜线见设置 red_black，可由督查室改定。是否公布由督查室决定。")?;
    page.print(view, Paper::A4, last - 1, Some((0, 2)), false)?;
    Ok(page)
}

/// A unit on a list with the reason.
type Listed<'a> = (&'a UnitRow, String);

fn percent(unit: &UnitRow) -> Option<f64> {
    unit.rates.on_schedule.value().map(|v| v * 100.0)
}

fn missing(view: &View, unit: &UnitRow) -> bool {
    view.state(&UnitId(unit.key.clone()))
        .is_some_and(|s| matches!(s.state, State::Missing | State::Unreadable | State::Rejected))
}

fn red_list<'a>(view: &View<'a>) -> Vec<Listed<'a>> {
    let line = view.report.settings.red_black.red_at_least;
    let mut units: Vec<Listed> = view
        .report
        .stats
        .now
        .units
        .iter()
        .filter(|u| percent(u).is_some_and(|p| p >= line))
        .filter(|u| view.state(&UnitId(u.key.clone())).is_some_and(|s| s.state == State::OnTime))
        .map(|u| {
            let rate = u.rates.on_schedule;
            (u, format!("{} 项中 {} 项跟上序时，按时报送", rate.due, rate.done))
        })
        .collect();
    units.sort_by(|(a, _), (b, _)| order(b, a));
    units
}

fn black_list<'a>(view: &View<'a>) -> Vec<Listed<'a>> {
    let line = view.report.settings.red_black.black_below;
    let mut units: Vec<Listed> = view
        .report
        .stats
        .now
        .units
        .iter()
        .filter_map(|u| {
            let mut reasons = Vec::new();
            if percent(u).is_some_and(|p| p < line) {
                let rate = u.rates.on_schedule;
                reasons.push(format!("{} 项中 {} 项没有跟上序时", rate.due, rate.due - rate.done));
            }
            if missing(view, u) {
                reasons.push("本期没有可用的报送".to_owned());
            }
            (!reasons.is_empty()).then(|| (u, reasons.join("；")))
        })
        .collect();
    units.sort_by(|(a, _), (b, _)| order(a, b));
    units
}

/// By on-schedule rate, then by mean progress; units that lead nothing come last among the worst.
fn order(a: &UnitRow, b: &UnitRow) -> std::cmp::Ordering {
    let key = |u: &UnitRow| percent(u).unwrap_or(f64::INFINITY);
    let mean = |u: &UnitRow| u.rates.mean_progress.unwrap_or(0.0);
    key(a).total_cmp(&key(b)).then(mean(a).total_cmp(&mean(b)))
}

fn part(page: &mut Page, view: &View, row: u32, heading: &str, units: &[Listed]) -> Xlsx<u32> {
    page.height(row, 28)?;
    let last = page.last_column();
    let heading = format!("{heading}（{} 家）", units.len());
    page.merge((row, 0, row, last), &heading, &look::thin_below(look::hei(11.0)))?;
    let mut row = row + 1;
    if units.is_empty() {
        page.height(row, 24)?;
        page.merge((row, 0, row, last), "没有单位。", &list::grey())?;
        return Ok(row + 1);
    }
    for (serial, (unit, reason)) in (1u32..).zip(units) {
        list::fit(page, row, &[(1, &unit.name), (2, &unit.category), (8, reason)])?;
        let centred = list::centred();
        page.number(row, 0, f64::from(serial), &list::centred_grey())?;
        page.text(row, 1, &unit.name, &list::text())?;
        page.text(row, 2, &unit.category, &list::grey())?;
        let rate = unit.rates.on_schedule;
        page.maybe(row, 3, rate.value(), &centred.clone().set_num_format(look::RATE))?;
        #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
        for (column, count) in [(4, rate.due), (5, rate.done)] {
            page.number(row, column, count as f64, &centred)?;
        }
        let percent = centred.clone().set_num_format(look::PERCENT);
        page.maybe(row, 6, unit.rates.mean_progress, &percent)?;
        let (word, loud) = by_unit::returned(view, &UnitId(unit.key.clone()));
        let format = if loud { centred.set_bold() } else { list::centred_grey() };
        page.text(row, 7, &word, &format.set_align(FormatAlign::Center))?;
        page.text(row, 8, reason, &list::text())?;
        row += 1;
    }
    Ok(row)
}
