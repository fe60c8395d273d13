//! 挂图作战: every task as a tile on A3, legible across the room and in black and white.

use rust_xlsxwriter::{FormatAlign, FormatBorder};

use super::{
    by_section,
    figure::{Figure, Select, Table, Value},
    long::Longs,
    look,
    page::{Page, Paper, Xlsx},
    text,
    tiles::{self, Neighbours, Sides},
    view::{TaskRow, View},
};
use crate::{
    sheet::style::palette,
    stats::{Class, Light},
    wording::workbook as words,
};

/// Sheet name.
pub(super) const SHEET: &str = "挂图作战";
const LABEL: u32 = 142;
const LETTER: u32 = 40;
const TEXT: u32 = 130;
/// Tiles in a row.
const ACROSS: usize = 11;
/// Height of a row of tiles in pixels.
const ROW: u32 = 82;
/// Height of the gap between sections.
const GAP: u32 = 6;
/// Rows of tiles that still fit on one A3 page at 60 %.
const ONE_PAGE: usize = 20;

/// A section with its tasks.
struct Part<'v, 'a> {
    no: u32,
    title: &'a str,
    tasks: Vec<&'v TaskRow<'a>>,
}

/// Writes the sheet.
pub(super) fn write(view: &View, longs: &Longs) -> Xlsx<Page> {
    let mut widths = vec![LABEL];
    for _ in 0..ACROSS {
        widths.extend([LETTER, TEXT]);
    }
    let mut page = Page::new(SHEET, &widths)?;
    let plan = words::short_title(&view.report.plan.title);
    let sub = format!("{} · {} 项任务，每格一项", text::sub_line(view), view.tasks.len());
    page.title(
        &format!("{plan}挂图作战（{}）", view.report.period.zh()),
        &sub,
        "格内：状态字｜序号、差距（百分点）／任务／牵头单位（首位）",
        30.0,
    )?;
    legend(&mut page, longs)?;
    page.ws.set_freeze_panes(3, 1)?;
    let parts = parts(view);
    let mut row = 3;
    let mut rows = 0;
    for part in &parts {
        page.height(row, GAP)?;
        row += 1;
        let lines = part.tasks.len().div_ceil(ACROSS).max(1);
        let across = part.tasks.len().div_ceil(lines).max(1);
        rows += lines;
        label(&mut page, view, longs, row, part)?;
        for (line, tasks) in (0u32..).zip(part.tasks.chunks(across)) {
            page.height(row + line, ROW)?;
            for at in 0..tasks.len() {
                tile(&mut page, view, row + line, part, across, (line as usize) * across + at)?;
            }
        }
        row += u32::try_from(lines).unwrap_or(1);
    }
    if parts.is_empty() {
        row = page.empty(row, "本期没有在册任务，因此没有格子。")?;
    }
    let last = page.note(row, "注：颜色越深问题越重；黑白打印时看状态字：完＝已完成，超＝超序时，达＝达序时，欠＝欠序时，未＝未启动，逾＝逾期未完成，缺＝未报（虚线框）。缺报n项＝还有应报未报的指标。")?;
    page.print(view, Paper::A3, last - 1, Some((0, 2)), rows <= ONE_PAGE)?;
    Ok(page)
}

/// Legend with counts, worst last, over the tiles.
fn legend(page: &mut Page, longs: &Longs) -> Xlsx {
    page.height(2, 44)?;
    let rule = look::rule_above(look::hei(14.0));
    let last = page.last_column();
    page.fill(2, 0, last, &rule);
    page.text(2, 0, "图例（项）", &rule)?;
    let classes = [
        (Class::Done, Light::Done),
        (Class::Ahead, Light::Green),
        (Class::OnTrack, Light::Green),
        (Class::Behind, Light::Yellow),
        (Class::Behind, Light::Red),
        (Class::NotStarted, Light::Red),
        (Class::Overdue, Light::Red),
        (Class::Unreported, Light::None),
    ];
    let mut column = 1;
    for (class, light) in classes {
        let select = Select::all(Table::Task)
            .word("判定", look::class_word(class))
            .word("灯", look::light_word(light));
        let count = longs.count(&select);
        if class == Class::Overdue && count == 0 {
            continue;
        }
        let sides = |left, right| Sides { left, right };
        let near = Neighbours::default();
        let letter = tiles::paint(
            look::hei(22.0).set_bold().set_align(FormatAlign::Center),
            light,
            near,
            sides(true, false),
        );
        page.text(2, column, look::class_letter(class), &letter)?;
        let word = words::legend_format(class.key(), light.key());
        let format = tiles::paint(
            look::hei(13.0).set_align(FormatAlign::Left).set_num_format(word),
            light,
            near,
            sides(false, true),
        );
        let figure = Figure::count(&select, "class").to(longs.link(&select));
        page.figure(2, column + 1, &figure, &Value::count(count), &format)?;
        column += 2;
    }
    Ok(())
}

/// Sections that have tasks, in plan order; tasks of no section stand last.
fn parts<'v, 'a>(view: &'v View<'a>) -> Vec<Part<'v, 'a>> {
    let mut parts: Vec<Part> = Vec::new();
    for task in &view.tasks {
        match parts.iter_mut().find(|p| p.no == task.task.section) {
            Some(part) => part.tasks.push(task),
            None => {
                parts.push(Part { no: task.task.section, title: task.section, tasks: vec![task] });
            }
        }
    }
    let order = |no: u32| view.report.plan.sections.iter().position(|s| s.no == no);
    parts.sort_by_key(|p| order(p.no).unwrap_or(usize::MAX));
    parts
}

/// Section label with rate and counts, read from 按板块.
fn label(page: &mut Page, view: &View, longs: &Longs, row: u32, part: &Part) -> Xlsx {
    let format = look::hei(13.0)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_border_top(FormatBorder::Medium)
        .set_border_top_color(palette::INK);
    let select = Select::all(Table::Task).is("板块号", f64::from(part.no));
    let (done, due) = (longs.count(&select.clone().is("跟上", 1.0)), longs.count(&select));
    let name = look::fitted(&format!("{}、{}", words::hanzi(part.no), part.title), LABEL, 13.0, 2);
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
    let rate = text::one(done as f64 * 100.0 / due.max(1) as f64);
    let key = part.no.to_string();
    let sections = &view.report.stats.now.sections;
    let Some(at) = sections.iter().position(|s| s.key == key) else {
        return page.text(row, 0, &format!("{name}\n{rate}%  {done}/{due}"), &format);
    };
    let line = by_section::FIRST + u32::try_from(at).unwrap_or(0) + 1;
    let sheet = look::quoted(by_section::SHEET);
    let escaped = name.replace('"', "\"\"");
    let formula = format!(
        "\"{escaped}\"&CHAR(10)&TEXT({sheet}!F{line},\"0.0%\")&\"  \"&{sheet}!G{line}&\"/\"&{sheet}!H{line}"
    );
    let cached = Value::text(format!("{name}\n{rate}%  {done}/{due}"));
    let done = select.clone().is("跟上", 1.0);
    page.figure(row, 0, &Figure::rate_text(formula, &done, &select), &cached, &format)
}

fn tile(page: &mut Page, view: &View, row: u32, part: &Part, across: usize, at: usize) -> Xlsx {
    let task = part.tasks[at];
    let stat = task.stat;
    let framed = |other: Option<usize>| {
        other.and_then(|o| part.tasks.get(o)).is_some_and(|t| tiles::is_framed(t.stat.light))
    };
    let place = at % across;
    let near = Neighbours {
        left: place > 0 && framed(at.checked_sub(1)),
        right: place + 1 < across && framed(Some(at + 1)),
        above: framed(at.checked_sub(across)),
        below: framed(Some(at + across)),
    };
    let column = u16::try_from(place * 2 + 1).unwrap_or(1);
    page.about_task(row, column, column + 1, stat.no);
    let letter = tiles::paint(
        look::hei(24.0).set_bold().set_align(FormatAlign::Center),
        stat.light,
        near,
        Sides { left: true, right: false },
    );
    page.text(row, column, look::class_letter(stat.class), &letter)?;
    let cell = tiles::paint(
        tiles::text_format(10.0, stat.light),
        stat.light,
        near,
        Sides { left: false, right: true },
    );
    let (number, rest) = tiles::figures(task);
    let ink = look::colours(stat.light).1;
    let bold = look::yahei(11.0).set_bold().set_font_color(ink);
    let plain = look::yahei(10.0).set_font_color(ink);
    let title = look::song(10.5).set_font_color(ink);
    let unit = look::song(9.0).set_font_color(ink);
    let short = look::fitted(task.short(), TEXT, 10.5, 2);
    let lead = stat.parts.first().map_or(look::NOTHING, |p| view.unit_name(p.unit.as_str()));
    let lead = look::fitted(lead, TEXT, 9.0, 1);
    let figures = if rest.is_empty() { "\n".to_owned() } else { format!(" {rest}\n") };
    let title_text = format!("{short}\n");
    page.rich(
        row,
        column + 1,
        &[
            (&bold, number.as_str()),
            (&plain, figures.as_str()),
            (&title, title_text.as_str()),
            (&unit, lead.as_str()),
        ],
        &cell,
    )
}
