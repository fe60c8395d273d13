//! 按牵头单位: a leader's own tasks by the units that lead them, each judged by its own part.

use std::collections::BTreeSet;

use rust_xlsxwriter::FormatAlign;

use super::{
    block::{self, Counted, LastRate, Line},
    figure::{Figure, Select, Table, Value},
    long::Longs,
    look,
    page::{Page, Paper, Xlsx},
    text,
    view::View,
};

/// Sheet name.
pub(super) const SHEET: &str = "按牵头单位";
const WIDTHS: [u32; 16] = [36, 216, 60, 86, 38, 40, 56, 58, 36, 40, 62, 60, 56, 56, 56, 56];
/// First row of the body, from 0.
const FIRST: u32 = 4;
const RATE: u16 = 3;
const LIGHTS: u16 = 12;

/// Writes the sheet.
pub(super) fn write(view: &View, longs: &Longs) -> Xlsx<Page> {
    let mut widths = WIDTHS.to_vec();
    widths.push(56);
    let mut page = Page::new(SHEET, &widths)?;
    page.title(&text::title(view, SHEET), &text::sub_line(view), "单位：项、%、百分点", 18.0)?;
    block::heads(
        &mut page,
        2,
        &[
            block::group("", &["序", "牵头单位", "任务"]),
            block::group("达序时率", &["比率", "项数", "", "较上期\n(点)"]),
            block::group("完成率", &["比率", "项数", ""]),
            block::group("平均进度", &["未报计0", "已报"]),
            block::light_group(),
        ],
    )?;
    page.ws.set_freeze_panes(FIRST, 2)?;
    let mut row = FIRST;
    let mut listed = 0;
    for (serial, (number, name)) in (1u32..).zip(units(view)) {
        let lines = look::lines(name, WIDTHS[1], 10.5);
        page.height(row, (lines * 20 + 3).max(23))?;
        let grey = Line::Body.cell(look::grey(9.5).set_align(FormatAlign::Center));
        page.number(row, 0, f64::from(serial), &grey)?;
        page.text(row, 1, name, &Line::Body.name())?;
        #[expect(clippy::cast_precision_loss, reason = "a counting number")]
        let select = Select::all(Table::Unit).is("编号", number as f64).is("牵头", 1.0);
        let rates = block::rates_of(longs, &select);
        listed += rates.on_schedule.due;
        let figure = Figure::count(&select, "tasks").to(longs.link(&select));
        let count = Value::count(rates.on_schedule.due);
        page.figure(row, 2, &figure, &count, &Line::Body.count())?;
        let last = Some(LastRate::of_flags(&select));
        let block = Counted { select, rates: &rates, last, both_means: true };
        block::write(&mut page, longs, (row, RATE), Line::Body, &block)?;
        row += 1;
    }
    if row == FIRST {
        row = page.empty(row, "本期没有牵头的在册任务，因此没有牵头单位。")?;
        page.print(view, Paper::A4, row, Some((0, 3)), false)?;
        return Ok(page);
    }
    page.height(row, 25)?;
    page.merge((row, 0, row, 1), "合计（不重复计）", &Line::Total.name())?;
    let all = Select::all(Table::Task);
    let rates = view.rates();
    let figure = Figure::count(&all, "tasks").to(longs.link(&all));
    let count = Value::count(rates.on_schedule.due);
    page.figure(row, 2, &figure, &count, &Line::Total.count())?;
    let block =
        Counted { select: all, rates, last: block::last_of_scope(view, longs), both_means: true };
    block::write(&mut page, longs, (row, RATE), Line::Total, &block)?;
    block::bar(&mut page, RATE, FIRST, row - 1)?;
    block::tint(&mut page, LIGHTS, FIRST, row - 1)?;
    let total = rates.on_schedule.due;
    let adds = if listed == total {
        format!("各行相加为 {listed} 项，与合计相同")
    } else {
        format!(
            "几家共同牵头的任务在各家名下各计一次，各行相加为 {listed} 项，合计为 {total} 项任务（不重复计）"
        )
    };
    let note = format!(
        "注：各行按该单位自己牵头的部分判定，合计行按任务判定；{adds}。{}点＝百分点。",
        text::mean_note(view)
    );
    let last = page.note(row + 1, &note)?;
    page.print(view, Paper::A4, last - 1, Some((0, 3)), false)?;
    Ok(page)
}

/// Lead units of the scope's tasks: number in the long sheets and name, in registry order.
fn units<'a>(view: &View<'a>) -> Vec<(usize, &'a str)> {
    let numbers: BTreeSet<usize> = view
        .tasks
        .iter()
        .flat_map(|t| &t.stat.parts)
        .filter_map(|p| view.unit_number(p.unit.as_str()))
        .collect();
    let all = &view.report.stats.now.units;
    numbers.into_iter().filter_map(|n| Some((n, all.get(n - 1)?.name.as_str()))).collect()
}
