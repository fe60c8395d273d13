//! 领导排名: a leader's place among colleagues, only where the office's settings allow it.

use rust_xlsxwriter::FormatAlign;

use super::{
    block::{self, Line},
    figure::{Figure, Value},
    long::Longs,
    look,
    page::{Page, Paper, Xlsx},
    text,
    view::View,
};
use crate::{model::Rate, stats::LeaderRow};

/// Sheet name.
pub(super) const SHEET: &str = "领导排名";
const WIDTHS: [u32; 10] = [64, 250, 100, 100, 110, 110, 74, 74, 74, 74];
/// First row of the body, from 0.
const FIRST: u32 = 3;
const RATE: u16 = 4;
/// Columns from the third on: column of `长表_历月`, number format.
const COLUMNS: [(&str, &str); 8] = [
    ("在册", look::COUNT),
    ("跟上", look::COUNT),
    ("达序时率", look::RATE),
    ("平均进度", look::PERCENT),
    ("绿", look::LIGHT_COUNT),
    ("黄", look::LIGHT_COUNT),
    ("红", look::LIGHT_COUNT),
    ("无灯", look::LIGHT_COUNT),
];

/// Writes the sheet: by on-schedule rate, then mean progress; ties share a rank, own row bold.
pub(super) fn write(view: &View, longs: &Longs, own: &LeaderRow) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &WIDTHS)?;
    page.title(&text::title(view, SHEET), &text::sub_line(view), "单位：项、%", 18.0)?;
    let heads = [
        "名次",
        "牵头领导",
        "在册任务",
        "跟上序时",
        "达序时率",
        "平均进度",
        "绿",
        "黄",
        "红",
        "无灯",
    ];
    let head = look::rule_above(look::thin_below(look::head()));
    page.height(2, 30)?;
    for (column, title) in (0u16..).zip(heads) {
        page.text(2, column, title, &head)?;
    }
    page.ws.set_freeze_panes(FIRST, 2)?;
    let mut row = FIRST;
    for (rank, leader) in ranked(&view.report.stats.now.leaders) {
        page.height(row, 24)?;
        let bold = |format: rust_xlsxwriter::Format| {
            if leader.key == own.key { format.set_bold() } else { format }
        };
        page.maybe(row, 0, rank.map(f64::from), &bold(Line::Body.count()))?;
        page.text(row, 1, &leader.name, &bold(Line::Body.name()))?;
        for (column, (name, format)) in (2u16..).zip(COLUMNS) {
            let cell = bold(Line::Body.count()).set_num_format(format);
            let value = longs.past_value(0, "领导", &leader.key, name);
            match (longs.past(0, "领导", &leader.key, name), value) {
                (Some(past), Some(value)) => {
                    let figure =
                        Figure::of(past.cell.clone(), "history", &past.select(), None, name);
                    page.figure(row, column, &figure, &Value::Number(value), &cell)?;
                }
                _ => page.text(row, column, look::NOTHING, &cell.set_align(FormatAlign::Center))?,
            }
        }
        row += 1;
    }
    block::bar(&mut page, RATE, FIRST, row.saturating_sub(1))?;
    super::list::close(&mut page, row)?;
    let last = page.note(row + 1, "注：按达序时率、再按平均进度排列，相同的名次并列；没有在册任务的不排名。共同牵头的任务在各人名下各计一次。本表由设置 leaders_see_ranking 开启。")?;
    page.print(view, Paper::A4, last - 1, Some((0, 2)), false)?;
    Ok(page)
}

/// Leaders with their ranks, best first; those with nothing in force last and without a rank.
fn ranked(leaders: &[LeaderRow]) -> Vec<(Option<u32>, &LeaderRow)> {
    let better = |a: &Rate, b: &Rate| (b.done * a.due).cmp(&(a.done * b.due));
    let mean = |l: &LeaderRow| l.rates.mean_progress.unwrap_or(-1.0);
    let mut with: Vec<&LeaderRow> =
        leaders.iter().filter(|l| l.rates.on_schedule.due > 0).collect();
    let order = |a: &&LeaderRow, b: &&LeaderRow| {
        better(&a.rates.on_schedule, &b.rates.on_schedule).then(mean(b).total_cmp(&mean(a)))
    };
    with.sort_by(order);
    let mut rows: Vec<(Option<u32>, &LeaderRow)> = Vec::new();
    for (place, leader) in (1u32..).zip(with) {
        let rank = match rows.last() {
            Some((rank, before)) if order(before, &leader).is_eq() => *rank,
            _ => Some(place),
        };
        rows.push((rank, leader));
    }
    rows.extend(leaders.iter().filter(|l| l.rates.on_schedule.due == 0).map(|l| (None, l)));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Rates;

    fn leader(name: &str, done: u64, due: u64, mean: f64) -> LeaderRow {
        let on_schedule = Rate::new(done, due);
        let rates = Rates { on_schedule, mean_progress: Some(mean), ..Rates::default() };
        LeaderRow { key: name.to_owned(), name: name.to_owned(), rates, ..LeaderRow::default() }
    }

    #[test]
    fn equal_rates_and_means_share_a_rank_and_nothing_due_has_none() {
        let leaders = [
            leader("甲", 1, 2, 20.0),
            leader("乙", 3, 4, 20.0),
            leader("丙", 2, 4, 20.0),
            leader("丁", 2, 4, 30.0),
            leader("戊", 0, 0, 0.0),
        ];
        let said: Vec<(Option<u32>, &str)> =
            ranked(&leaders).into_iter().map(|(r, l)| (r, l.name.as_str())).collect();
        let expected =
            [(Some(1), "乙"), (Some(2), "丁"), (Some(3), "甲"), (Some(3), "丙"), (None, "戊")];
        assert_eq!(said, expected);
    }
}
