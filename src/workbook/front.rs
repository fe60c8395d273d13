//! The top of a first page: message, four head figures, the strip of five.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use super::{
    block::by_light,
    figure::{Figure, Select, Table, Value},
    laggards,
    long::{Longs, Past},
    look,
    message::Message,
    page::{Page, Xlsx},
    returns::{self, Sums},
    text,
    view::{Scope, View},
};
use crate::{
    model::Rate,
    sheet::{cell_name, style::palette},
    stats::Light,
    wording::workbook as words,
};

/// Columns of a first page: 24 of 43 px.
pub(super) const COLUMNS: usize = 24;
/// Width of one of them in pixels.
pub(super) const COLUMN_PX: u32 = 43;
/// First row under the strip.
pub(super) const BELOW: u32 = 8;

/// Columns of the strip's five cells.
const STRIP: [(u16, u16); 5] = [(0, 3), (4, 9), (10, 14), (15, 19), (20, 23)];

/// Writes rows 2 to 7: message, figures, strip.
pub(super) fn write(
    page: &mut Page,
    view: &View,
    longs: &Longs,
    message: &Message,
    returned: &Sums,
) -> Xlsx {
    said(page, message)?;
    let (kind, key) = past_key(view);
    let rates = view.rates();
    let all = Select::all(Table::Task);
    let select = match view.scope {
        Scope::Unit(_) => Select::all(Table::Unit).is("牵头", 1.0),
        _ => all,
    };
    for (row, px) in [(3, 20), (4, 24), (5, 22), (6, 32), (7, 19)] {
        page.height(row, px)?;
    }
    let done = select.clone().is("跟上", 1.0);
    let last = longs.past(1, kind, &key, "达序时率");
    let rate = rates.on_schedule;
    head_rate(page, 0, "达序时率", rate, (&done, &select), "on_schedule", "项")?;
    head_change(page, 0, last.as_ref(), rate.change, 100)?;
    let full = select.clone().is("完成", 1.0);
    let last = longs.past(1, kind, &key, "完成率");
    head_rate(page, 6, "完成率", rates.completion, (&full, &select), "completion", "项")?;
    head_change(page, 6, last.as_ref(), rates.completion.change, 100)?;
    mean(page, view, longs, &select)?;
    let received = returns::owed().is("已收", 1.0);
    let rate = Rate::new(returned.received, returned.owed);
    let label =
        if matches!(view.scope, Scope::Leader(_)) { "牵头单位报送率" } else { "报送率" };
    head_rate(page, 18, label, rate, (&received, &returns::owed()), "received", "单位")?;
    on_time(page, returned)?;
    strip(page, view, longs, &select)
}

/// Which line of `长表_历月` belongs to the scope.
pub(super) fn past_key(view: &View) -> (&'static str, String) {
    match view.scope {
        Scope::Office => ("合计", String::new()),
        Scope::Leader(row) => ("领导", row.key.clone()),
        Scope::Unit(row) => ("单位", row.key.clone()),
    }
}

/// The message: first sentence in 黑体 14, the rest in 宋体 11.
fn said(page: &mut Page, message: &Message) -> Xlsx {
    let last = page.last_column();
    let width = page.px(0, last);
    // Both sizes stand on one line: measured as if all were a little larger than the smaller one.
    let whole = format!("{}{}", message.lead, message.rest);
    let lines = look::lines(&whole, width, 12.0).max(1);
    page.height(2, lines * 22 + 6)?;
    let cell = look::rule_above(look::song(11.0).set_text_wrap());
    let cell = cell.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(palette::INK);
    page.merge((2, 0, 2, last), "", &cell)?;
    if message.rest.is_empty() {
        let lead = cell.merge(&look::hei(14.0));
        return page.text(2, 0, &message.lead, &lead);
    }
    let (large, small) = (look::hei(14.0), look::song(11.0));
    let lead = format!("{} ", message.lead);
    page.rich(2, 0, &[(&large, lead.as_str()), (&small, message.rest.as_str())], &cell)
}

fn label_format() -> Format {
    look::hei(10.5).set_font_color(palette::SECONDARY)
}

fn big() -> Format {
    look::yahei(26.0).set_bold().set_font_color(palette::BLUE).set_align(FormatAlign::Left)
}

fn beside() -> Format {
    look::song(11.0).set_align(FormatAlign::Left)
}

fn change_format() -> Format {
    look::grey(9.5).set_align(FormatAlign::Left)
}

fn head_rate(
    page: &mut Page,
    column: u16,
    label: &str,
    rate: Rate,
    selects: (&Select, &Select),
    rule: &'static str,
    unit: &str,
) -> Xlsx {
    page.merge((3, column, 3, column + 5), label, &label_format())?;
    let format = big().set_num_format(look::HEAD_RATE);
    page.merge((4, column, 5, column + 2), "", &format)?;
    let (done, due) = selects;
    let figure = Figure::rate(done, due, None, rule);
    page.figure(4, column, &figure, &Value::maybe(rate.value()), &format)?;
    page.merge((4, column + 3, 4, column + 5), "", &beside())?;
    let formula = format!("{}&\"/\"&{}&\" {unit}\"", done.count(), due.count());
    let figure = Figure::of(formula, rule, done, Some(due), "");
    let cached = Value::text(format!("{}/{} {unit}", rate.done, rate.due));
    page.figure(4, column + 3, &figure, &cached, &beside())
}

fn head_change(
    page: &mut Page,
    column: u16,
    last: Option<&Past>,
    change: Option<f64>,
    times: u32,
) -> Xlsx {
    let format = change_format().set_num_format(look::HEAD_CHANGE);
    page.merge((5, column + 3, 5, column + 5), "", &format)?;
    let now = cell_name(4, u32::from(column));
    match (last, change) {
        (Some(last), Some(change)) => {
            let factor = if times == 1 { String::new() } else { format!("*{times}") };
            let formula = format!("({now}-{}){factor}", last.cell);
            let figure = Figure::of(formula, "change", &last.select(), None, "");
            page.figure(5, column + 3, &figure, &Value::Number(change), &format)
        }
        (None, Some(change)) => page.number(5, column + 3, change, &format),
        (_, None) => page.text(5, column + 3, words::NO_LAST, &format),
    }
}

fn mean(page: &mut Page, view: &View, longs: &Longs, select: &Select) -> Xlsx {
    let (kind, key) = past_key(view);
    let rates = view.rates();
    let schedule = text::one(text::percent(&view.schedule()));
    page.merge((3, 12, 3, 17), &format!("平均进度（序时 {schedule}%）"), &label_format())?;
    let format = big().set_num_format(look::PERCENT);
    page.merge((4, 12, 5, 14), "", &format)?;
    let figure = Figure::mean(select, "进度", "mean");
    page.figure(4, 12, &figure, &Value::maybe(rates.mean_progress), &format)?;
    let format = beside().set_num_format("\"已报口径 \"0.0\"%\"");
    page.merge((4, 15, 4, 17), "", &format)?;
    let figure = Figure::mean(select, "已报进度", "mean_reported");
    page.figure(4, 15, &figure, &Value::maybe(rates.mean_progress_reported), &format)?;
    let before = view.last_rates().and_then(|r| r.mean_progress);
    let change = rates.mean_progress.zip(before).map(|(now, then)| now - then);
    let last = longs.past(1, kind, &key, "平均进度");
    head_change(page, 12, last.as_ref(), change, 1)
}

/// `及时率 82.3%  51/62`, as one formula.
fn on_time(page: &mut Page, returned: &Sums) -> Xlsx {
    page.merge((5, 21, 5, 23), "", &change_format())?;
    let (select, owed) = (returns::owed().is("按时", 1.0), returns::owed());
    let (n, d) = (select.count(), owed.count());
    let formula =
        format!("IF({d}=0,\"及时率 —\",\"及时率 \"&TEXT({n}/{d},\"0.0%\")&\"  \"&{n}&\"/\"&{d})");
    let figure = Figure::of(formula, "on_time", &select, Some(&owed), "");
    let cached = match Rate::new(returned.on_time, returned.owed).value() {
        None => "及时率 —".to_owned(),
        Some(value) => {
            format!("及时率 {}%  {}/{}", text::one(value * 100.0), returned.on_time, returned.owed)
        }
    };
    page.figure(5, 21, &figure, &Value::text(cached), &change_format())
}

/// Frame of a strip's cell.
pub(super) fn framed(format: Format, light: Light) -> Format {
    let (border, color) = match light {
        Light::Done => (FormatBorder::Medium, look::DONE_FRAME),
        Light::None => (FormatBorder::Dashed, palette::INK),
        _ => return format,
    };
    format.set_border(border).set_border_color(color)
}

fn strip(page: &mut Page, view: &View, longs: &Longs, select: &Select) -> Xlsx {
    let rates = view.rates();
    let last = view.last_rates().map(|r| by_light(r.lights));
    let (kind, key) = past_key(view);
    let last_word = words::last_word(view.report.period);
    let (unlit, unreported) = (rates.lights.none, rates.classes.unreported);
    for (at, (light, count)) in by_light(rates.lights).into_iter().enumerate() {
        let (first, end) = STRIP[at];
        let format = framed(look::severe(look::hei(14.0).set_bold(), light), light)
            .set_align(FormatAlign::Center)
            .set_num_format(words::strip_format(light.key(), unlit == unreported));
        page.merge((6, first, 6, end), "", &format)?;
        let rows = select.clone().word("灯", look::light_word(light));
        let band = laggards::band_row(view, light)
            .filter(|_| count > 0 && !matches!(view.scope, Scope::Unit(_)))
            .map(|row| format!("'{}'!A{}", laggards::SHEET, row + 1));
        let figure = Figure::count(&rows, "light").to(band.or_else(|| longs.link(&rows)));
        page.figure(6, first, &figure, &Value::count(count), &format)?;
        // 上月 n｜make-up, as one formula.
        let mut formula = Vec::new();
        let mut cached = String::new();
        let column = look::light_column(light);
        if let (Some(cell), Some(last)) = (longs.past(1, kind, &key, column), last) {
            formula.push(format!("\"{last_word} \"&{}", cell.cell));
            text::add(&mut cached, format_args!("{last_word} {}", last[at].1));
        }
        let makeup = makeup(view, light);
        let mut mark = if cached.is_empty() { "" } else { "｜" };
        for (word, condition, n) in makeup {
            let rows = match condition {
                Some(class) => rows.clone().word("判定", class),
                None => rows.clone(),
            };
            formula.push(format!("\"{mark}{word} \"&{}", rows.count()));
            text::add(&mut cached, format_args!("{mark}{word} {n}"));
            mark = "、";
        }
        let format = look::grey(9.0).set_align(FormatAlign::Center);
        page.merge((7, first, 7, end), "", &format)?;
        if !formula.is_empty() {
            let figure = Figure::of(formula.join("&"), "class", &rows, None, "");
            page.figure(7, first, &figure, &Value::text(cached), &format)?;
        }
    }
    Ok(())
}

type Makeup = Vec<(&'static str, Option<&'static str>, u64)>;

/// What a light is made of: words, class, count.
fn makeup(view: &View, light: Light) -> Makeup {
    use crate::stats::Class;
    let count = |class: Class| match view.scope {
        Scope::Unit(unit) => view
            .tasks
            .iter()
            .flat_map(|t| &t.stat.parts)
            .filter(|p| p.unit.as_str() == unit.key && p.light == light && p.class == class)
            .count() as u64,
        _ => view.tasks.iter().filter(|t| t.stat.light == light && t.stat.class == class).count()
            as u64,
    };
    // Whatever the bands are, the counts add up to the light's.
    let classes: &[Class] = match light {
        Light::Done => &[],
        _ => &[
            Class::Unreported,
            Class::Ahead,
            Class::OnTrack,
            Class::Behind,
            Class::NotStarted,
            Class::Overdue,
        ],
    };
    classes
        .iter()
        .map(|c| (look::class_word(*c), Some(look::class_word(*c)), count(*c)))
        .filter(|(_, _, n)| *n > 0)
        .collect()
}
