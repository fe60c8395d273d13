//! 按单位: the same rules over each unit's own part of the tasks it leads, best first within a category.

use rust_xlsxwriter::FormatAlign;

use super::{
    block::{self, Counted, LastRate, Line},
    figure::{Figure, Select, Table, Value},
    long::Longs,
    look,
    page::{Page, Paper, Xlsx},
    rows::state_word,
    spark::{self, Spark},
    text,
    view::View,
};
use crate::{
    model::UnitId,
    stats::{State, UnitRow},
    wording::workbook as words,
};

/// Sheet name.
pub(super) const SHEET: &str = "按单位";
const WIDTHS: [u32; 22] =
    [36, 38, 204, 40, 40, 40, 42, 48, 78, 34, 36, 52, 54, 30, 36, 54, 44, 44, 44, 44, 44, 64];
/// First row of the body, from 0.
const FIRST: u32 = 4;
const RATE: u16 = 8;
const LIGHTS: u16 = 16;
const RETURN: u16 = 21;
/// Column of the trend, where there is one.
const SPARK: u16 = 22;
/// Right of the print area: the unit's number in the long sheets.
const KEY: u16 = 23;

/// Units of one block: those that lead, or those that lead nothing.
struct Block<'a> {
    heading: String,
    units: Vec<(usize, &'a UnitRow)>,
}

/// Writes the sheet.
pub(super) fn write(view: &View, longs: &Longs) -> Xlsx<Page> {
    let mut widths = WIDTHS.to_vec();
    if spark::columns(view) > 0 {
        widths.push(spark::PX);
    }
    let mut page = Page::new(SHEET, &widths)?;
    let sub = format!("{} · 同类单位内排名", text::sub_line(view));
    page.title(&text::title(view, "按单位"), &sub, "单位：项、%、百分点", 18.0)?;
    let mut heads = vec![
        block::group("排名", &["本期", "升降"]),
        block::group("", &["单位"]),
        block::group(
            "任务与工作量",
            &["牵头\n首位", "牵头\n其他", "点名\n责任", "集合\n责任", "工作量"],
        ),
        block::group("达序时率", &["比率", "项数", "", "较上期\n(点)"]),
        block::group("完成率", &["比率", "项数", ""]),
        block::group("", &["平均\n进度"]),
        block::light_group(),
        block::group("", &["本期报送"]),
    ];
    if spark::columns(view) > 0 {
        heads.push(block::group("", &[spark::HEAD]));
    }
    block::heads(&mut page, 2, &heads)?;
    let spark = Spark::new(&mut page, view, 3, SPARK, KEY + 2)?;
    page.ws.set_freeze_panes(FIRST, 3)?;
    let key_head = look::grey(9.0).set_align(FormatAlign::Center);
    page.text(3, KEY, "编号", &key_head)?;
    let mut row = FIRST;
    for block in blocks(view) {
        page.height(row, 25)?;
        let last = page.last_column();
        page.merge((row, 0, row, last), &block.heading, &look::thin_below(look::hei(10.5)))?;
        row += 1;
        let first = row;
        for (number, unit) in block.units {
            unit_row(&mut page, view, longs, row, number, unit)?;
            if let Some(spark) = &spark {
                spark.row(&mut page, longs, row, Line::Body, ("单位", &unit.key))?;
            }
            row += 1;
        }
        block::bar(&mut page, RATE, first, row - 1)?;
        block::tint(&mut page, LIGHTS, first, row - 1)?;
    }
    total(view, longs, &mut page, row)?;
    if let Some(spark) = &spark {
        spark.row(&mut page, longs, row, Line::Total, ("合计", ""))?;
    }
    let last = page.note(row + 1, &note(view))?;
    page.print(view, Paper::A4, last - 1, Some((0, 3)), false)?;
    Ok(page)
}

/// Blocks by category in registry order; units that lead nothing stand apart.
fn blocks<'a>(view: &View<'a>) -> Vec<Block<'a>> {
    let ranking = view.report.settings.ranking;
    let mut categories: Vec<&str> = Vec::new();
    for unit in &view.report.stats.now.units {
        if !categories.contains(&unit.category.as_str()) {
            categories.push(&unit.category);
        }
    }
    let mut blocks = Vec::new();
    let mut serial = 0;
    for category in categories {
        let of = |leads: bool| -> Vec<(usize, &UnitRow)> {
            let mut units: Vec<(usize, &UnitRow)> = (1..)
                .zip(&view.report.stats.now.units)
                .filter(|(_, u)| {
                    u.category == category && (u.lead_first + u.lead_other > 0) == leads
                })
                .collect();
            units.sort_by_key(|(number, u)| (u.rank.unwrap_or(u32::MAX), *number));
            units
        };
        let shown = if category.is_empty() { "未分类" } else { category };
        for (leads, units) in [(true, of(true)), (false, of(false))] {
            if units.is_empty() {
                continue;
            }
            serial += 1;
            let ranked = units.iter().filter(|(_, u)| u.rank.is_some()).count();
            let what = match (leads, ranked) {
                (true, 0) => {
                    format!("{} 家，不足 {} 家或无在册任务，不排名", units.len(), ranking.min_units)
                }
                (true, n) => format!("参加排名 {n} 家"),
                (false, 0) => format!("不牵头任务 {} 家，不排名", units.len()),
                (false, n) => format!("不牵头任务，按及时率、完整率排名 {n} 家"),
            };
            blocks.push(Block {
                heading: format!("{}、{shown}（{what}）", words::hanzi(serial)),
                units,
            });
        }
    }
    blocks
}

fn unit_row(
    page: &mut Page,
    view: &View,
    longs: &Longs,
    row: u32,
    number: usize,
    unit: &UnitRow,
) -> Xlsx {
    let line = Line::Body;
    let lines = look::lines(&unit.name, WIDTHS[2], 10.5);
    page.height(row, (lines * 19 + 4).max(22))?;
    #[expect(clippy::cast_precision_loss, reason = "a counting number")]
    let key = number as f64;
    page.maybe(row, 0, unit.rank.map(f64::from), &line.count())?;
    let moved =
        line.cell(look::grey(9.5).set_align(FormatAlign::Center).set_num_format(look::MOVE));
    page.maybe(row, 1, unit.rank_change.map(f64::from), &moved)?;
    page.text(row, 2, &unit.name, &line.name())?;
    page.number(row, KEY, key, &look::grey(9.0).set_align(FormatAlign::Center))?;
    let at = format!("$X{}", row + 1);
    let all = Select::all(Table::Unit).at("编号", key, &at);
    for (column, role, count, rule, format) in [
        (3, "牵头首位", unit.lead_first, "lead_first", line.dotted()),
        (4, "牵头其他", unit.lead_other, "lead_other", line.dotted()),
        (5, "点名责任", unit.named, "named", line.dotted()),
        (6, "集合责任", unit.group, "group", line.grey_dotted()),
    ] {
        let select = all.clone().word("角色", role);
        let figure = Figure::count(&select, rule).to(longs.link(&select));
        page.figure(row, column, &figure, &Value::count(count), &format)?;
    }
    let load = Figure::sum(&all, "权重", "load").to(longs.link(&all));
    page.figure(row, 7, &load, &Value::Number(unit.load), &line.share())?;
    let block = Counted {
        select: all.is("牵头", 1.0),
        rates: &unit.rates,
        last: longs.past(1, "单位", &unit.key, "达序时率").as_ref().map(LastRate::past),
        both_means: false,
    };
    block::write(page, longs, (row, RATE), line, &block)?;
    let (came, bold) = returned(view, &UnitId(unit.key.clone()));
    let face = if bold { look::song(9.5).set_bold() } else { look::grey(9.5) };
    page.text(row, RETURN, &came, &line.cell(face.set_align(FormatAlign::Center)))
}

/// What became of a unit's return, and whether it is printed bold: late, missing, unusable.
pub(super) fn returned(view: &View, unit: &UnitId) -> (String, bool) {
    match view.state(unit) {
        None => (look::NOTHING.to_owned(), false),
        Some(state) => match (state.state, state.days_late) {
            (State::Late, Some(days)) => (format!("迟{days}天"), true),
            (State::OnTime | State::NotDue | State::Exempt, _) => {
                (state_word(state.state).to_owned(), false)
            }
            (other, _) => (state_word(other).to_owned(), true),
        },
    }
}

fn total(view: &View, longs: &Longs, page: &mut Page, row: u32) -> Xlsx {
    let line = Line::Total;
    page.height(row, 25)?;
    page.merge((row, 0, row, 2), "合计（任务不重复计）", &line.name())?;
    for (column, role, rule) in [
        (3, "牵头首位", "lead_first"),
        (4, "牵头其他", "lead_other"),
        (5, "点名责任", "named"),
        (6, "集合责任", "group"),
    ] {
        let select = Select::all(Table::Unit).word("角色", role);
        let figure = Figure::count(&select, rule);
        let cached = Value::count(longs.count(&select));
        page.figure(row, column, &figure, &cached, &line.grey_dotted())?;
    }
    let load = Figure::sum(&Select::all(Table::Unit), "权重", "load");
    let cached = Value::Number(longs.sum(&Select::all(Table::Unit), "权重"));
    page.figure(row, 7, &load, &cached, &line.share())?;
    let block = Counted {
        select: Select::all(Table::Task),
        rates: view.rates(),
        last: block::last_of_scope(view, longs),
        both_means: false,
    };
    block::write(page, longs, (row, RATE), line, &block)?;
    page.blank(row, RETURN, &line.name());
    Ok(())
}

fn note(view: &View) -> String {
    let units = &view.report.stats.now.units;
    let listed: u64 = units.iter().map(|u| u.rates.on_schedule.due).sum();
    let total = view.rates().on_schedule.due;
    let weights = view.report.settings.weights;
    format!(
        "注：各单位按本单位牵头部分判定，几家共同牵头的任务在各家名下各计一次，各行相加为 {listed} 项，合计行为 {total} 项任务（不重复计），其中各类责任和工作量为各行之和。工作量＝牵头×{}＋点名责任×{}＋集合责任×{}。名次按达序时率、再按平均进度，相同的名次并列；不牵头任务的单位按及时率、完整率另排；一类不足 {} 家不排名。{}点＝百分点。",
        weights.lead,
        weights.named,
        weights.group,
        view.report.settings.ranking.min_units,
        text::mean_note(view)
    )
}
