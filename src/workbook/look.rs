//! The look of the statistic workbooks in one place: faces, sizes, colours, number formats, severities.
//!
//! Rules behind it: ink means trouble (the worse, the darker), colour is the light and the letter is the class, a
//! word or number stands in every coloured cell, three-line tables without vertical rules.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::{
    sheet::style::{self, HEI, Measure, SONG, TITLE_FACE, YAHEI, palette},
    stats::{Class, Light},
};

/// Fill of a chart's grid lines.
pub(super) const GRID: u32 = 0xE3_E8_ED;
/// Colour of the hatch of 未报 in charts.
pub(super) const HATCH: u32 = 0x7C_8A_99;
/// Frame of 已完成.
pub(super) const DONE_FRAME: u32 = 0x2E_75_62;
/// Tint of 黄 behind counts in tables.
pub(super) const YELLOW_TINT: u32 = 0xFB_E7_B5;
/// White.
pub(super) const WHITE: u32 = 0xFF_FF_FF;

/// Rate as percent.
pub(super) const RATE: &str = "0.0%";
/// Rate as a head figure: all of it is 100 %, which leaves room for the counts beside it.
pub(super) const HEAD_RATE: &str = "[=1]0%;0.0%";
/// Count.
pub(super) const COUNT: &str = "0";
/// Count that is not printed where it is 0.
pub(super) const COUNT_OR_EMPTY: &str = "0;;";
/// Denominator, set left against its numerator; nothing where nothing is due.
pub(super) const DUE: &str = "\"/\"0;;";
/// Gap and change in points, with a real minus sign.
pub(super) const POINTS: &str = "+0.0;\"−\"0.0;0.0";
/// A gap that one decimal would round to 0: its sign says which side it is on.
pub(super) const FINE_POINTS: &str = "+0.00;\"−\"0.00;0.0";
/// Change under a head figure.
pub(super) const HEAD_CHANGE: &str = "\"较上期 +\"0.0\" 点\";\"较上期 −\"0.0\" 点\";\"与上期持平\"";
/// Move in a ranking.
pub(super) const MOVE: &str = "\"↑\"0;\"↓\"0;\"—\"";
/// Count in the columns of lights: a zero is a dot, so that figures stand out.
pub(super) const LIGHT_COUNT: &str = "0;;\"·\"";
/// Share (折算, 工作量).
pub(super) const SHARE: &str = "0.0;\"−\"0.0;\"·\"";
/// Percent that is already 0–100.
pub(super) const PERCENT: &str = "0.0\"%\"";

/// Printed where nothing is due or nothing is known.
pub(super) const NOTHING: &str = "—";

/// The five lights in the order of the strip.
pub(super) const LIGHTS: [Light; 5] =
    [Light::Done, Light::Green, Light::Yellow, Light::Red, Light::None];

/// Colours of a severity: fill, text.
pub(super) const fn colours(light: Light) -> (u32, u32) {
    match light {
        Light::Done => (WHITE, 0x1F_6B_55),
        Light::Green => (0xCD_E5_DB, 0x0F_45_36),
        Light::Yellow => (0xED_B3_2E, 0x33_24_00),
        Light::Red => (0xB2_3A_2A, WHITE),
        Light::None => (WHITE, palette::INK),
    }
}

/// The word of a light as it stands in a cell.
pub(super) const fn light_word(light: Light) -> &'static str {
    match light {
        Light::Done => "已完成",
        Light::Green => "绿",
        Light::Yellow => "黄",
        Light::Red => "红",
        Light::None => "无灯",
    }
}

/// The word of a class.
pub(super) const fn class_word(class: Class) -> &'static str {
    match class {
        Class::Done => "已完成",
        Class::Unreported => "未报",
        Class::Overdue => "逾期未完成",
        Class::NotStarted => "未启动",
        Class::Behind => "欠序时",
        Class::Ahead => "超序时",
        Class::OnTrack => "达序时",
        Class::Adjusted => "调整",
    }
}

/// The letter of a class on the wall chart.
pub(super) const fn class_letter(class: Class) -> &'static str {
    match class {
        Class::Done => "完",
        Class::Unreported => "缺",
        Class::Overdue => "逾",
        Class::NotStarted => "未",
        Class::Behind => "欠",
        Class::Ahead => "超",
        Class::OnTrack => "达",
        Class::Adjusted => "调",
    }
}

/// Order of a light in sorted blocks: worst first.
pub(super) const fn severity(light: Light) -> u8 {
    match light {
        Light::Red => 0,
        Light::None => 1,
        Light::Yellow => 2,
        Light::Green => 3,
        Light::Done => 4,
    }
}

fn base(face: &str, size: f64) -> Format {
    style::face(face, size).set_font_color(palette::INK).set_align(FormatAlign::VerticalCenter)
}

/// 宋体: text and tables.
pub(super) fn song(size: f64) -> Format {
    base(SONG, size)
}

/// 黑体: headings, column heads, letters.
pub(super) fn hei(size: f64) -> Format {
    base(HEI, size)
}

/// 微软雅黑: head figures, numbers in coloured cells.
pub(super) fn yahei(size: f64) -> Format {
    base(YAHEI, size)
}

/// The Normal style: column widths count its digits, 8 pixels each.
///
/// The library's own (Calibri) is missing on many Chinese desktops, and every width would change with its substitute.
pub(super) fn normal() -> Format {
    style::face(SONG, 11.0)
}
/// Default row height in pixels under [`normal`].
pub(super) const NORMAL_ROW: u32 = 18;
/// Default column width in pixels under [`normal`].
pub(super) const NORMAL_COLUMN: u32 = 72;

/// The page title.
pub(super) fn title(size: f64) -> Format {
    base(TITLE_FACE, size).set_align(FormatAlign::Center)
}

/// Sub-lines, footnotes and marks.
pub(super) fn grey(size: f64) -> Format {
    song(size).set_font_color(palette::SECONDARY)
}

/// Section heading.
pub(super) fn heading() -> Format {
    hei(11.0)
}

/// Column head: grey fill, centred, wrapped.
pub(super) fn head() -> Format {
    hei(10.0).set_background_color(palette::QUIET).set_align(FormatAlign::Center).set_text_wrap()
}

/// Column head over texts.
pub(super) fn head_left() -> Format {
    head().set_align(FormatAlign::Left)
}

/// Cell of a severity.
pub(super) fn severe(format: Format, light: Light) -> Format {
    let (fill, text) = colours(light);
    let format = format.set_font_color(text);
    if fill == WHITE { format } else { format.set_background_color(fill) }
}

/// Medium rule above (三线表).
pub(super) fn rule_above(format: Format) -> Format {
    format.set_border_top(FormatBorder::Medium).set_border_top_color(palette::INK)
}

/// Medium rule below.
pub(super) fn rule_below(format: Format) -> Format {
    format.set_border_bottom(FormatBorder::Medium).set_border_bottom_color(palette::INK)
}

/// Thin rule below, under the head.
pub(super) fn thin_below(format: Format) -> Format {
    format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(palette::INK)
}

/// Hairline between rows.
pub(super) fn hairline(format: Format) -> Format {
    format.set_border_bottom(FormatBorder::Thin).set_border_bottom_color(palette::HAIRLINE)
}

/// Number format of a gap in points: one that rounds to 0.0 keeps a second decimal, so that 欠 never stands beside 0.0.
pub(super) fn gap(gap: Option<f64>) -> &'static str {
    if gap.is_some_and(|g| g != 0.0 && g.abs() < 0.05) { FINE_POINTS } else { POINTS }
}

/// Lines a text takes in a wrapped cell.
pub(super) fn lines(text: &str, px: u32, size: f64) -> u32 {
    // 5 % of every width stays free: substitute faces differ.
    Measure::WORKBOOK.lines(text, f64::from(px) * 0.95, size)
}

/// The text, shortened with … where it does not fit on `rows` lines; the whole text stands in 任务明细.
pub(super) fn fitted(text: &str, px: u32, size: f64, rows: u32) -> String {
    if lines(text, px, size) <= rows {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let (mut low, mut high) = (0, chars.len());
    while low < high {
        let middle = (low + high).div_ceil(2);
        let candidate: String = chars[..middle].iter().chain(['…'].iter()).collect();
        if lines(&candidate, px, size) <= rows { low = middle } else { high = middle - 1 }
    }
    chars[..low].iter().chain(['…'].iter()).collect()
}

/// A sheet name as formulas write it.
pub(super) fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.replace('\'', "''"))
}

/// The column of `长表_历月` that counts a light.
pub(super) const fn light_column(light: Light) -> &'static str {
    light_word(light)
}
