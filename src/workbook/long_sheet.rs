//! Writes the long sheets with the defined names that formulas count by.

use rust_xlsxwriter::{FormatAlign, Workbook};

use super::{
    figure::{Table, Value},
    long::{FIRST_ROW, Long},
    look,
    page::{Page, Paper, Xlsx},
    view::View,
};
use crate::{
    sheet::{
        column_name,
        style::{HEI, palette},
    },
    wording::workbook as words,
};

/// Columns with texts, in pixels; all others hold numbers and short words.
const WIDE: [(&str, u32); 8] = [
    ("任务", 240),
    ("单位", 190),
    ("领导", 130),
    ("牵头单位", 190),
    ("指标", 190),
    ("名称", 190),
    ("板块", 110),
    ("类别", 110),
];
const NARROW: u32 = 62;

/// Writes one long sheet.
pub(super) fn write(view: &View, long: &Long) -> Xlsx<Page> {
    let widths: Vec<u32> = long
        .columns
        .iter()
        .map(|c| WIDE.iter().find(|(name, _)| name == c).map_or(NARROW, |(_, px)| *px))
        .collect();
    let mut page = Page::new(long.table.sheet(), &widths)?;
    page.tab(palette::HAIRLINE);
    page.height(0, 28)?;
    page.text(0, 0, long.table.sheet(), &look::hei(14.0))?;
    page.text(1, 0, words::long_note(long.table.prefix()), &look::grey(9.0))?;
    let head = look::rule_above(look::thin_below(look::head()));
    page.height(2, 36)?;
    let plain = look::song(9.5);
    let number = plain.clone().set_align(FormatAlign::Right);
    let percent = number.clone().set_num_format("0.0");
    let fraction = number.clone().set_num_format("0.000");
    for (column, name) in (0u16..).zip(long.columns) {
        let place = usize::from(column);
        page.text(2, column, name, &head)?;
        let format = match *name {
            "差距" | "进度" | "已报进度" | "上期差距" | "平均进度" | "已报口径" | "序时" => {
                &percent
            }
            "折算" | "权重" | "达序时率" | "完成率" | "报送率" | "及时率" => {
                &fraction
            }
            _ if widths[place] > NARROW => &plain,
            _ => &number,
        };
        for (row, values) in (FIRST_ROW..).zip(&long.rows) {
            match values.get(place) {
                Some(Value::Number(value)) => page.number(row, column, *value, format)?,
                Some(Value::Text(text)) => page.text(row, column, text, format)?,
                Some(Value::Blank) | None => {}
            }
        }
    }
    page.ws.set_freeze_panes(FIRST_ROW, 1)?;
    let last = last_row(long);
    if long.rows.is_empty() {
        page.text(FIRST_ROW, 0, words::LONG_EMPTY, &look::grey(9.5))?;
    } else {
        page.ws.autofilter(2, 0, last, page.last_column())?;
    }
    debug_assert_eq!(HEI, "黑体");
    page.print(view, Paper::A4, last, Some((0, 2)), false)?;
    Ok(page)
}

/// Last row of the columns' ranges: an empty sheet keeps one row, so that names stay valid.
fn last_row(long: &Long) -> u32 {
    let rows = u32::try_from(long.rows.len()).unwrap_or(u32::MAX);
    FIRST_ROW + rows.max(1) - 1
}

/// Defines a name for each column: `任务_灯` = `'长表_任务'!$F$4:$F$123`.
pub(super) fn define(book: &mut Workbook, long: &Long) -> Xlsx {
    let last = last_row(long);
    for (column, name) in (0u32..).zip(long.columns) {
        let letter = column_name(column);
        let range = format!(
            "={}!${letter}${}:${letter}${}",
            look::quoted(long.table.sheet()),
            FIRST_ROW + 1,
            last + 1
        );
        book.define_name(format!("{}_{name}", long.table.prefix()), &range)?;
    }
    Ok(())
}

/// Whether a workbook of this scope needs the sheet at all.
pub(super) fn needed(view: &View, table: Table) -> bool {
    match table {
        Table::Leader => matches!(view.scope, super::view::Scope::Office),
        _ => true,
    }
}
