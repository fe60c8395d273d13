//! 历月数据: the periods of the year behind the line and the changes.

use num_traits::ToPrimitive;
use rust_xlsxwriter::FormatAlign;

use super::{
    charts::{self, Trend},
    figure::{Figure, Value},
    list,
    long::Longs,
    look,
    page::{Page, Paper, Xlsx},
    text,
    view::{Scope, View, schedule_at},
};
use crate::model::{Period, Span};

/// Sheet name.
pub(super) const SHEET: &str = "历月数据";
const WIDTHS: [u32; 19] =
    [96, 64, 64, 64, 56, 56, 64, 50, 64, 46, 46, 46, 46, 46, 46, 46, 46, 60, 60];
/// First row of the body, from 0.
pub(super) const FIRST: u32 = 3;
/// Columns of the line chart: period, schedule, mean progress.
pub(super) const TREND: (u16, u16, u16) = (0, 1, 2);

/// Periods of the year, of the report's own span.
pub(super) fn periods(view: &View) -> Vec<Period> {
    let year = view.report.period.year();
    let spans: Vec<Span> = match view.report.period.span() {
        Span::Month(_) => (1..=12).map(Span::Month).collect(),
        Span::Quarter(_) => (1..=4).map(Span::Quarter).collect(),
        Span::Half(_) => (1..=2).map(Span::Half).collect(),
        Span::Year => vec![Span::Year],
        Span::Week(_) => (1..=53).map(Span::Week).collect(),
    };
    spans.into_iter().filter_map(|s| Period::new(year, s).ok()).collect()
}

/// Which of the year's periods is the report's, from 0.
pub(super) fn newest(view: &View) -> usize {
    periods(view).iter().position(|p| *p == view.report.period).unwrap_or(0)
}

/// A period in the row of its year: `3月`.
pub(super) fn label(period: Period) -> String {
    match period.span() {
        Span::Month(m) => format!("{m}月"),
        Span::Quarter(q) => format!("{q}季度"),
        Span::Half(1) => "上半年".to_owned(),
        Span::Half(_) => "下半年".to_owned(),
        Span::Year => format!("{}年", period.year()),
        Span::Week(w) => format!("{w}周"),
    }
}

/// Writes the sheet.
pub(super) fn write(view: &View, longs: &Longs) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &WIDTHS)?;
    page.title(&text::title(view, SHEET), &text::sub_line(view), "单位：项、%、家", 18.0)?;
    list::head(
        &mut page,
        2,
        &[
            "报送期",
            "序时\n进度",
            "平均\n进度",
            "已报\n口径",
            "在册\n任务",
            "跟上\n序时",
            "达序\n时率",
            "完成",
            "完成率",
            "已完成",
            "绿",
            "黄",
            "红",
            "无灯",
            "应报",
            "已收",
            "按时",
            "报送率",
            "及时率",
        ],
    )?;
    page.ws.set_freeze_panes(FIRST, 1)?;
    let (kind, key) = match view.scope {
        Scope::Office => ("合计", String::new()),
        Scope::Leader(row) => ("领导", row.key.clone()),
        Scope::Unit(row) => ("单位", row.key.clone()),
    };
    let mut row = FIRST;
    let past: Vec<Period> = std::iter::once(view.report.period)
        .chain(view.report.stats.past.iter().rev().map(|p| p.period))
        .collect();
    for period in periods(view) {
        page.height(row, 24)?;
        page.text(row, 0, &label(period), &list::centred())?;
        let share = text::percent(&schedule_at(view.report, period));
        page.number(row, 1, share.to_f64().unwrap_or(0.0), &list::number(look::PERCENT))?;
        let back = past.iter().position(|p| *p == period);
        for (column, (name, format)) in (2u16..).zip(COLUMNS) {
            let format = list::number(format).set_align(FormatAlign::Center);
            let cell = back.and_then(|b| Some((b, longs.past(b, kind, &key, name)?)));
            match cell {
                Some((back, past)) => {
                    let value = longs.past_value(back, kind, &key, name).unwrap_or_default();
                    let figure =
                        Figure::of(past.cell.clone(), "history", &past.select(), None, name);
                    page.figure(row, column, &figure, &Value::Number(value), &format)?;
                }
                None => page.blank(row, column, &format),
            }
        }
        row += 1;
    }
    list::close(&mut page, row)?;
    let last = page.note(
        row + 1,
        "注：各期按现在的台账重新计算，与当时印发的数可能不同；没有报送的期留空，不是0。",
    )?;
    let last = chart(&mut page, view, last)?;
    page.print(view, Paper::A4, last, Some((0, 2)), row <= FIRST + 13)?;
    Ok(page)
}

/// The line of the year under its figures; gives the last row.
fn chart(page: &mut Page, view: &View, row: u32) -> Xlsx<u32> {
    const PX: u32 = 240;
    text::section_heading(page, row, "平均进度（实线）与序时进度（虚线）")?;
    let months = u32::try_from(periods(view).len()).unwrap_or(1).max(1);
    let rows = (FIRST, FIRST + months - 1);
    let trend = Trend { sheet: SHEET, rows, columns: TREND, newest: newest(view) };
    let chart = charts::trend(&trend, (page.px(0, page.last_column()), PX));
    text::insert(page, row + 1, 0, &chart, PX)
}

/// Columns from the third on: column of `长表_历月` and number format.
const COLUMNS: [(&str, &str); 17] = [
    ("平均进度", look::PERCENT),
    ("已报口径", look::PERCENT),
    ("在册", look::COUNT),
    ("跟上", look::COUNT),
    ("达序时率", look::RATE),
    ("完成", look::COUNT),
    ("完成率", look::RATE),
    ("已完成", look::LIGHT_COUNT),
    ("绿", look::LIGHT_COUNT),
    ("黄", look::LIGHT_COUNT),
    ("红", look::LIGHT_COUNT),
    ("无灯", look::LIGHT_COUNT),
    ("应报", look::COUNT),
    ("已收", look::COUNT),
    ("按时", look::COUNT),
    ("报送率", look::RATE),
    ("及时率", look::RATE),
];
