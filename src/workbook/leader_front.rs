//! First page of a leader's workbook: message, figures, what needs the leader's hand, all own tasks as tiles.

use rust_xlsxwriter::{FormatAlign, FormatBorder};

use super::{
    coordination, front, laggards,
    long::Longs,
    look,
    message::{self, LeaderFacts, Message},
    page::{Page, Paper, Xlsx},
    returns, text,
    tiles::{self, Neighbours, Sides},
    view::{TaskRow, View},
};
use crate::{
    ledger::Filing,
    sheet::style::palette,
    stats::{Class, LeaderRow, Light},
    wording::workbook as words,
};

/// Sheet name.
pub(super) const SHEET: &str = "进展总览";
/// Rows of 需协调事项 on the first page; the rest stand on their own sheet.
const LISTED: usize = 10;
/// Pixels of tiles that still fit on the first page.
const ONE_PAGE_PX: u32 = 368;

/// How tiles are laid out: few tasks have room for more of their titles.
#[derive(Clone, Copy)]
struct Shape {
    /// Tiles in a row.
    across: usize,
    /// Columns of a tile.
    columns: u16,
    /// Lines of the title.
    lines: u32,
    /// Height of a tile in pixels.
    px: u32,
}

impl Shape {
    const fn of(tasks: usize) -> Self {
        match tasks {
            0..=18 => Self { across: 6, columns: 4, lines: 2, px: 64 },
            19..=24 => Self { across: 6, columns: 4, lines: 1, px: 46 },
            _ => Self { across: 8, columns: 3, lines: 1, px: 46 },
        }
    }
}

/// Columns of the list: 序号, 任务, 牵头单位, 灯, 状态, 差距, 需协调事项.
const LIST: [(u16, u16); 7] = [(0, 0), (1, 7), (8, 12), (13, 13), (14, 15), (16, 17), (18, 23)];

/// Writes the sheet.
pub(super) fn write(view: &View, longs: &Longs, leader: &LeaderRow) -> Xlsx<Page> {
    let mut page = Page::new(SHEET, &[front::COLUMN_PX; front::COLUMNS])?;
    let title = format!("{}（{}）", whose(view, leader), view.report.period.zh());
    let collective = match leader.collective {
        0 => String::new(),
        n => format!("；另有所在集体牵头 {n} 项，不计入"),
    };
    let sub = format!(
        "{} · 牵头 {} 项：独自 {} 项，共同 {} 项{collective}",
        text::sub_line(view),
        leader.tasks,
        leader.sole,
        leader.shared
    );
    page.title(&title, &sub, "单位：项、%、百分点", 18.0)?;
    let units: std::collections::BTreeSet<_> =
        view.tasks.iter().flat_map(|t| t.stat.parts.iter().map(|p| &p.unit)).collect();
    let filings: Vec<&Filing> =
        view.report.filings.iter().filter(|f| units.contains(&f.unit)).collect();
    let sums = returns::sums(filings);
    front::write(&mut page, view, longs, &said(view), &sums)?;
    let row = list(&mut page, view, front::BELOW)?;
    let (row, px) = tile_rows(&mut page, view, row)?;
    let last = page.note(
        row,
        "注：完＝已完成，超＝超序时，达＝达序时，欠＝欠序时，未＝未启动，逾＝逾期未完成，缺＝未报。共同牵头的任务在各人名下各计一次。点＝百分点。",
    )?;
    page.print(view, Paper::A4, last - 1, None, px <= ONE_PAGE_PX)?;
    Ok(page)
}

/// `林澜同志牵头任务进展`; a collective is no comrade.
fn whose(view: &View, leader: &LeaderRow) -> String {
    let registry = &view.report.plan.registry;
    match registry.leader(&leader.key) {
        Some(known) if known.collective => format!("{}牵头任务进展", leader.name),
        None if leader.key == crate::stats::NOBODY_NAME => "未明确牵头领导的任务进展".to_owned(),
        _ => format!("{}同志牵头任务进展", leader.name),
    }
}

fn said(view: &View) -> Message {
    let mut reds: Vec<&TaskRow> =
        view.tasks.iter().filter(|t| t.stat.light == Light::Red).collect();
    laggards::sort_worst_first(&mut reds);
    let worst: Vec<(u32, String, Option<f64>)> = reds
        .iter()
        .take(3)
        .map(|t| {
            let lead =
                t.stat.parts.first().map_or(look::NOTHING, |p| view.unit_name(p.unit.as_str()));
            (t.stat.no.0, lead.to_owned(), t.stat.gap)
        })
        .collect();
    let unreported: Vec<u32> = view
        .tasks
        .iter()
        .filter(|t| t.stat.class == Class::Unreported)
        .map(|t| t.stat.no.0)
        .collect();
    message::leader(&LeaderFacts {
        now: view.rates(),
        last: view.last_rates(),
        last_word: words::last_word(view.report.period),
        district: view.report.stats.now.total.on_schedule.value(),
        coordination: coordination::of(view).len() as u64,
        worst: &worst,
        unreported: &unreported,
    })
}

/// 需协调事项: it stands above everything else. Gives the next row.
fn list(page: &mut Page, view: &View, row: u32) -> Xlsx<u32> {
    let tasks = coordination::of(view);
    let heading = match tasks.len() {
        0 => "需协调事项：本期没有单位提出".to_owned(),
        n if n > LISTED => {
            format!("需协调事项（{n} 项，列前 {LISTED} 项，照录单位原文；全部见“需协调事项”表）")
        }
        n => format!("需协调事项（{n} 项，照录单位原文）"),
    };
    text::section_heading(page, row, &heading)?;
    let mut row = row + 1;
    if tasks.is_empty() {
        return Ok(row);
    }
    page.height(row, 24)?;
    let titles = ["序号", "任务", "牵头单位", "灯", "状态", "差距(点)", "需协调事项"];
    for ((first, last), title) in LIST.into_iter().zip(titles) {
        let centred = matches!(title, "序号" | "灯" | "状态" | "差距(点)");
        let face = if centred { look::head() } else { look::head_left() };
        page.merge((row, first, row, last), title, &look::rule_above(look::thin_below(face)))?;
    }
    row += 1;
    for task in tasks.into_iter().take(LISTED) {
        list_row(page, view, row, task)?;
        row += 1;
    }
    Ok(row)
}

fn list_row(page: &mut Page, view: &View, row: u32, task: &TaskRow) -> Xlsx {
    let body = look::hairline(look::song(10.0).set_text_wrap());
    let grey = look::hairline(look::grey(10.0));
    let centre = FormatAlign::Center;
    let stat = task.stat;
    let asked = view.lead_texts(task, |t| t.coordination.as_deref());
    let asked_px = page.px(LIST[6].0, LIST[6].1);
    // Word for word on its own sheet; here at most three lines, so that all stands on one page.
    let asked = look::fitted(&asked, asked_px, 10.0, 3);
    let lines = look::lines(&asked, asked_px, 10.0);
    page.height(row, lines * 19 + 4)?;
    page.about_task(row, 0, page.last_column(), stat.no);
    page.number(row, 0, f64::from(stat.no.0), &grey.set_align(centre))?;
    for (at, text) in [(1, task.short().to_owned()), (2, view.first_lead(task))] {
        let (first, last) = LIST[at];
        let text = look::fitted(&text, page.px(first, last), 10.0, lines);
        page.merge((row, first, row, last), &text, &body)?;
    }
    let light = look::hairline(look::severe(look::hei(10.0), stat.light)).set_align(centre);
    page.text(row, LIST[3].0, look::light_word(stat.light), &light)?;
    let class = look::class_word(stat.class);
    page.merge((row, LIST[4].0, row, LIST[4].1), class, &body.clone().set_align(centre))?;
    let points =
        body.clone().set_align(FormatAlign::Right).set_indent(1).set_num_format(look::POINTS);
    page.merge((row, LIST[5].0, row, LIST[5].1), "", &points)?;
    page.gap(row, LIST[5].0, stat.gap, &points)?;
    page.merge((row, LIST[6].0, row, LIST[6].1), &asked, &body)
}

/// All own tasks as tiles; gives the next row and the height of all tiles.
fn tile_rows(page: &mut Page, view: &View, row: u32) -> Xlsx<(u32, u32)> {
    let shape = Shape::of(view.tasks.len());
    page.height(row, 6)?;
    let row = row + 1;
    let heading = format!("全部 {} 项一览（序号、状态、差距；按方案顺序）", view.tasks.len());
    let last = page.last_column();
    page.height(row, 26)?;
    let format =
        look::heading().set_border_bottom(FormatBorder::Thin).set_border_bottom_color(palette::INK);
    page.merge((row, 0, row, last), &heading, &format)?;
    let first = row + 1;
    for (at, task) in view.tasks.iter().enumerate() {
        let line = u32::try_from(at / shape.across).unwrap_or(0);
        let column = u16::try_from(at % shape.across).unwrap_or(0) * shape.columns;
        tile(page, view, (first + line, column), at, task, shape)?;
    }
    let rows = u32::try_from(view.tasks.len().div_ceil(shape.across)).unwrap_or(0);
    for line in 0..rows {
        page.height(first + line, shape.px)?;
    }
    Ok((first + rows, rows * shape.px))
}

fn tile(
    page: &mut Page,
    view: &View,
    place: (u32, u16),
    at: usize,
    task: &TaskRow,
    shape: Shape,
) -> Xlsx {
    let (row, column) = place;
    let (across, end) = (shape.across, column + shape.columns - 1);
    let light = task.stat.light;
    let framed = |other: Option<usize>| {
        other.and_then(|o| view.tasks.get(o)).is_some_and(|t| tiles::is_framed(t.stat.light))
    };
    let near = Neighbours {
        left: !at.is_multiple_of(across) && framed(at.checked_sub(1)),
        right: at % across + 1 < across && framed(Some(at + 1)),
        above: framed(at.checked_sub(across)),
        below: framed(Some(at + across)),
    };
    let cell = tiles::paint(
        tiles::text_format(9.5, light),
        light,
        near,
        Sides { left: true, right: true },
    );
    page.about_task(row, column, end, task.stat.no);
    page.merge((row, column, row, end), "", &cell)?;
    let ink = look::colours(light).1;
    let (number, rest) = tiles::figures(task);
    let letter = look::hei(11.0).set_bold().set_font_color(ink);
    let plain = look::yahei(9.0).set_font_color(ink);
    let title = look::song(9.5).set_font_color(ink);
    let head = format!("{number} {}", look::class_letter(task.stat.class));
    let rest = if rest.is_empty() { "\n".to_owned() } else { format!(" {rest}\n") };
    let short = look::fitted(task.short(), page.px(column, end), 9.5, shape.lines);
    page.rich(
        row,
        column,
        &[(&letter, head.as_str()), (&plain, rest.as_str()), (&title, short.as_str())],
        &cell,
    )
}
