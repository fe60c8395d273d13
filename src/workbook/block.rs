//! The block of rates and lights that rows by leader, unit, section and the total share.

use rust_xlsxwriter::{
    ConditionalFormatCell, ConditionalFormatCellRule, ConditionalFormatDataBar,
    ConditionalFormatDataBarDirection, ConditionalFormatType, Format, FormatAlign, FormatBorder,
};

use super::{
    figure::{Figure, Select, Value},
    long::{Longs, Past},
    look,
    page::{Page, Xlsx},
    rows::keeps_up,
    view::{Scope, View},
};
use crate::{
    model::Rate,
    sheet::{cell_name, style::palette},
    stats::{Class, LightCounts, Rates},
};

/// How a row of a table looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    /// A row of the body.
    Body,
    /// The total line: bold, between rules.
    Total,
}

impl Line {
    /// The format of a cell of this row.
    pub(super) fn cell(self, format: Format) -> Format {
        match self {
            Self::Body => look::hairline(format),
            Self::Total => look::rule_below(
                format
                    .set_bold()
                    .set_font_color(palette::INK)
                    .set_border_top(FormatBorder::Thin)
                    .set_border_top_color(palette::INK),
            ),
        }
    }

    /// Text in a column of names.
    pub(super) fn name(self) -> Format {
        self.cell(look::song(10.5).set_text_wrap())
    }

    /// A centred count.
    pub(super) fn count(self) -> Format {
        self.cell(look::song(10.5).set_align(FormatAlign::Center).set_num_format(look::COUNT))
    }

    /// A centred count where zero is a dot.
    pub(super) fn dotted(self) -> Format {
        self.cell(look::song(10.5).set_align(FormatAlign::Center).set_num_format(look::LIGHT_COUNT))
    }

    /// A centred grey count where zero is a dot.
    pub(super) fn grey_dotted(self) -> Format {
        self.cell(look::grey(9.5).set_align(FormatAlign::Center).set_num_format(look::LIGHT_COUNT))
    }

    /// A number with one decimal, centred and grey.
    pub(super) fn share(self) -> Format {
        self.cell(look::grey(9.5).set_align(FormatAlign::Center).set_num_format(look::SHARE))
    }

    /// A rate.
    pub(super) fn rate(self) -> Format {
        self.cell(look::song(10.5).set_align(FormatAlign::Right).set_num_format(look::RATE))
    }

    /// A numerator; of nothing due nothing is printed, since 0 of 0 is no 0.
    pub(super) fn done(self, of_nothing: bool) -> Format {
        let format = if of_nothing { look::COUNT_OR_EMPTY } else { look::COUNT };
        self.cell(look::grey(9.5).set_align(FormatAlign::Right).set_num_format(format))
    }

    /// A denominator, set left against its numerator.
    pub(super) fn due(self) -> Format {
        self.cell(look::grey(9.5).set_align(FormatAlign::Left).set_num_format(look::DUE))
    }

    /// A change in points.
    pub(super) fn points(self) -> Format {
        self.cell(look::song(9.5).set_align(FormatAlign::Right).set_num_format(look::POINTS))
    }

    /// A percent of 0–100.
    pub(super) fn percent(self, grey: bool) -> Format {
        let face = if grey { look::grey(9.5) } else { look::song(10.5) };
        self.cell(face.set_align(FormatAlign::Right).set_num_format(look::PERCENT))
    }
}

/// The on-schedule rate of the period before, as a formula.
pub(super) struct LastRate {
    formula: String,
    select: Select,
    column: &'static str,
}

impl LastRate {
    /// As it stands in `长表_历月`.
    pub(super) fn past(past: &Past) -> Self {
        Self { formula: past.cell.clone(), select: past.select(), column: "达序时率" }
    }

    /// Of the same tasks, by what each was judged then.
    pub(super) fn of_flags(select: &Select) -> Self {
        Self { formula: select.mean(KEPT_UP), select: select.clone(), column: KEPT_UP }
    }
}

/// Column of the long sheets that says whether a task kept up in the period before.
const KEPT_UP: &str = "上期跟上";

/// The rate of the scope as a whole in the period before.
pub(super) fn last_of_scope(view: &View, longs: &Longs) -> Option<LastRate> {
    let past = match view.scope {
        Scope::Office => longs.past(1, "合计", "", "达序时率"),
        Scope::Leader(leader) => longs.past(1, "领导", &leader.key, "达序时率"),
        Scope::Unit(unit) => longs.past(1, "单位", &unit.key, "达序时率"),
    };
    past.as_ref().map(LastRate::past)
}

/// What a row counts.
pub(super) struct Counted<'a> {
    /// The rows of the long sheet that belong to it.
    pub(super) select: Select,
    /// The statistics' own result.
    pub(super) rates: &'a Rates,
    /// The on-schedule rate of the period before, if there is one.
    pub(super) last: Option<LastRate>,
    /// Whether both means are printed.
    pub(super) both_means: bool,
}

/// Writes the block from `column` on: rate, done, due, change, completion, done, due, mean(s), five lights.
pub(super) fn write(
    page: &mut Page,
    longs: &Longs,
    at: (u32, u16),
    line: Line,
    counted: &Counted,
) -> Xlsx {
    let (row, column) = at;
    let cell = |offset: u16| cell_name(row, u32::from(column + offset));
    let Counted { select, rates, last, both_means } = counted;
    let done = select.clone().is("跟上", 1.0);
    let full = select.clone().is("完成", 1.0);
    let pair = |page: &mut Page, from: u16, rate: Rate, done: &Select, rule, done_rule| -> Xlsx {
        let cells = (cell(from + 1), cell(from + 2));
        let figure = Figure::rate(done, select, Some((&cells.0, &cells.1)), rule);
        page.figure(row, column + from, &figure, &Value::maybe(rate.value()), &line.rate())?;
        let count = Figure::count(done, done_rule).to(longs.link(done));
        let format = line.done(rate.due == 0);
        page.figure(row, column + from + 1, &count, &Value::count(rate.done), &format)?;
        let count = Figure::count(select, "tasks").to(longs.link(select));
        page.figure(row, column + from + 2, &count, &Value::count(rate.due), &line.due())
    };
    pair(page, 0, rates.on_schedule, &done, "on_schedule", "on_schedule.done")?;
    change(
        page,
        (row, column + 3),
        &cell(0),
        last.as_ref(),
        rates.on_schedule.change,
        &line.points(),
    )?;
    pair(page, 4, rates.completion, &full, "completion", "completion.done")?;
    let mean = Figure::mean(select, "进度", "mean");
    page.figure(row, column + 7, &mean, &Value::maybe(rates.mean_progress), &line.percent(false))?;
    let mut next = column + 8;
    if *both_means {
        let mean = Figure::mean(select, "已报进度", "mean_reported");
        let cached = Value::maybe(rates.mean_progress_reported);
        page.figure(row, next, &mean, &cached, &line.percent(true))?;
        next += 1;
    }
    lights(page, longs, (row, next), line, select, rates.lights)
}

/// A change in points against the rate in `last`; “—” where there is none.
pub(super) fn change(
    page: &mut Page,
    at: (u32, u16),
    now: &str,
    last: Option<&LastRate>,
    cached: Option<f64>,
    format: &Format,
) -> Xlsx {
    match (cached, last) {
        (Some(cached), Some(last)) => {
            let formula = format!("({now}-{})*100", last.formula);
            let figure = Figure::of(formula, "change", &last.select, None, last.column);
            page.figure(at.0, at.1, &figure, &Value::Number(cached), format)
        }
        (cached, _) => page.maybe(at.0, at.1, cached, format),
    }
}

/// The five lights.
pub(super) fn lights(
    page: &mut Page,
    longs: &Longs,
    at: (u32, u16),
    line: Line,
    select: &Select,
    counts: LightCounts,
) -> Xlsx {
    for (offset, (light, count)) in (0u16..).zip(by_light(counts)) {
        let rows = select.clone().word("灯", look::light_word(light));
        let figure = Figure::count(&rows, "light").to(longs.link(&rows));
        page.figure(at.0, at.1 + offset, &figure, &Value::count(count), &line.dotted())?;
    }
    Ok(())
}

/// Counts with their lights, in the order of the strip.
pub(super) fn by_light(counts: LightCounts) -> [(crate::stats::Light, u64); 5] {
    let [done, green, yellow, red, none] = look::LIGHTS;
    [
        (done, counts.done),
        (green, counts.green),
        (yellow, counts.yellow),
        (red, counts.red),
        (none, counts.none),
    ]
}

/// Data bar behind a column of rates, 0–100 %.
pub(super) fn bar(page: &mut Page, column: u16, first: u32, last: u32) -> Xlsx {
    if last < first {
        return Ok(());
    }
    let bar = ConditionalFormatDataBar::new()
        .set_fill_color(palette::PALE_BLUE)
        .set_solid_fill(true)
        .set_border_off(true)
        .set_minimum(ConditionalFormatType::Number, 0)
        .set_maximum(ConditionalFormatType::Number, 1)
        .set_direction(ConditionalFormatDataBarDirection::LeftToRight);
    page.ws.add_conditional_format(first, column, last, column, &bar)?;
    Ok(())
}

/// Recolours the columns of lights where they count something: 黄 as a tint, 红 full.
pub(super) fn tint(page: &mut Page, column: u16, first: u32, last: u32) -> Xlsx {
    if last < first {
        return Ok(());
    }
    let paints = [
        (0, Format::new().set_font_color(look::colours(crate::stats::Light::Done).1).set_bold()),
        (2, Format::new().set_background_color(look::YELLOW_TINT)),
        (
            3,
            Format::new()
                .set_background_color(look::colours(crate::stats::Light::Red).0)
                .set_font_color(look::WHITE)
                .set_bold(),
        ),
        (4, Format::new().set_bold()),
    ];
    for (offset, format) in paints {
        let rule = ConditionalFormatCell::new()
            .set_rule(ConditionalFormatCellRule::GreaterThan(0))
            .set_format(format);
        page.ws.add_conditional_format(first, column + offset, last, column + offset, &rule)?;
    }
    Ok(())
}

/// Rates of any rows of the long sheets, where the statistics have no row of their own.
pub(super) fn rates_of(longs: &Longs, select: &Select) -> Rates {
    let count = |column, want| longs.count(&select.clone().is(column, want));
    let word = |column, word| longs.count(&select.clone().word(column, word));
    let light = |l| word("灯", look::light_word(l));
    let class = |c| word("判定", look::class_word(c));
    let due = longs.count(select);
    let [done, green, yellow, red, none] = look::LIGHTS.map(light);
    debug_assert!(keeps_up(Class::Done));
    let now = Rate::new(count("跟上", 1.0), due);
    let change = now.value().zip(longs.mean(select, KEPT_UP)).map(|(n, l)| (n - l) * 100.0);
    Rates {
        completion: Rate::new(count("完成", 1.0), due),
        on_schedule: Rate { change, ..now },
        mean_progress: longs.mean(select, "进度"),
        mean_progress_reported: longs.mean(select, "已报进度"),
        mean_excluded: count("无进度", 1.0),
        incomplete: count("缺报", 1.0),
        stale: count("沿用", 1.0),
        confirmed: count("销号", 1.0),
        lights: LightCounts { done, green, yellow, red, none },
        classes: crate::stats::ClassCounts {
            done: class(Class::Done),
            ahead: class(Class::Ahead),
            on_track: class(Class::OnTrack),
            behind: class(Class::Behind),
            overdue: class(Class::Overdue),
            not_started: class(Class::NotStarted),
            unreported: class(Class::Unreported),
            adjusted: 0,
        },
    }
}

/// A group of columns under one heading.
pub(super) struct Group<'a> {
    /// Heading over the columns; empty where the columns stand by themselves.
    pub(super) title: &'a str,
    /// Columns: heading, and the light it counts.
    pub(super) columns: Vec<(&'a str, Option<crate::stats::Light>)>,
}

/// Columns without a light.
pub(super) fn group<'a>(title: &'a str, columns: &[&'a str]) -> Group<'a> {
    Group { title, columns: columns.iter().map(|c| (*c, None)).collect() }
}

/// The five lights as heads.
pub(super) fn light_group() -> Group<'static> {
    let words = ["已完成", "绿\n正常", "黄\n偏慢", "红\n滞后", "无灯\n未报"];
    Group {
        title: "灯（项）", columns: words.into_iter().zip(look::LIGHTS.map(Some)).collect()
    }
}

/// Writes a head of two rows, 22 and 36 px. A column headed with an empty text belongs to the one before it.
pub(super) fn heads(page: &mut Page, row: u32, groups: &[Group]) -> Xlsx {
    page.height(row, 22)?;
    page.height(row + 1, 36)?;
    let above = look::rule_above(look::head());
    let below = look::thin_below(look::head());
    let both = look::rule_above(look::thin_below(look::head()));
    let mut column = 0u16;
    for group in groups {
        let width = u16::try_from(group.columns.len()).unwrap_or(1);
        if group.title.is_empty() {
            for (offset, (title, _)) in (0u16..).zip(&group.columns) {
                page.merge((row, column + offset, row + 1, column + offset), title, &both)?;
            }
        } else {
            page.merge((row, column, row, column + width - 1), group.title, &above)?;
            let mut offset = 0u16;
            while offset < width {
                let (title, light) = group.columns[usize::from(offset)];
                let mut span = 1;
                while offset + span < width
                    && group.columns[usize::from(offset + span)].0.is_empty()
                {
                    span += 1;
                }
                let format = match light {
                    Some(light) => {
                        let (fill, text) = look::colours(light);
                        below.clone().set_background_color(fill).set_font_color(text)
                    }
                    None => below.clone(),
                };
                let from = column + offset;
                page.merge((row + 1, from, row + 1, from + span - 1), title, &format)?;
                offset += span;
            }
        }
        column += width;
    }
    Ok(())
}
